//! Read: who may ask, what can be asked, and how long a cursor is good.

use contract::feeds::ReadRequest;
use contract::posts::Post;
use contract::{Caller, FaultKind, Locale};
use feeds::MIGRATIONS;
use geo::Place;
use runtime::MINUTE_MS;
use store::scratch::Scratch;

use crate::support::*;

#[tokio::test]
async fn only_members_read() {
    let [board, _] = Board::each().await;
    board.tell(&shown(&post(1, quarter(0)))).await;
    let visitor = Caller::Visitor {
        locale: Locale::French,
        origin: vec![1],
    };
    let kind = |caller: Caller| {
        let board = &board;
        async move {
            let read = board.try_read(&caller, reading(&[], 10)).await;
            let missed = board.try_changes(&caller, following(&[], "")).await;
            let kinds = (read.unwrap_err().kind, missed.unwrap_err().kind);
            assert_eq!(kinds.0, kinds.1);
            kinds.0
        }
    };
    assert_eq!(kind(visitor).await, FaultKind::Unauthenticated);
    assert_eq!(
        kind(board.member(1, elsewhere())).await,
        FaultKind::NotFound
    );
    let stale = board.member(1, here());
    board.advance_ms(10 * MINUTE_MS);
    assert_eq!(kind(stale).await, FaultKind::Unauthenticated);
}

#[tokio::test]
async fn neighbourhoods_do_not_see_each_other() {
    for board in Board::each().await {
        let theirs = Post {
            neighbourhood: elsewhere().to_bytes(),
            ..post(1, quarter(0))
        };
        board.tell(&shown_in(elsewhere(), &theirs)).await;
        assert!(board.read(reading(&[], 10)).await.posts.is_empty());
        assert!(
            board
                .read(reading(&[quarter(0)], 10))
                .await
                .posts
                .is_empty()
        );
    }
}

#[tokio::test]
async fn what_cannot_be_asked_is_refused_with_a_code() {
    let [board, _] = Board::each().await;
    let member = board.member(1, here());
    let code = |request: ReadRequest| {
        let (board, member) = (&board, &member);
        async move {
            let fault = board.try_read(member, request).await.unwrap_err();
            assert_eq!(fault.kind, FaultKind::Invalid);
            assert!(fault.message.len() > 10);
            fault.code.into_owned()
        }
    };
    assert_eq!(code(reading(&[], 0)).await, "FIRST_OUT_OF_RANGE");
    assert_eq!(code(reading(&[], 31)).await, "FIRST_OUT_OF_RANGE");
    assert_eq!(
        code(reading(&[quarter(0); 162], 10)).await,
        "TOO_MANY_PLACES"
    );
    let places = |places: &[i64]| ReadRequest {
        places: places.to_vec(),
        ..reading(&[], 10)
    };
    assert_eq!(code(places(&[1])).await, "CELL_TOO_FINE");
    assert_eq!(code(places(&[1 << 60])).await, "CELL_TOO_COARSE");
    assert_eq!(code(places(&[-1])).await, "CELL_UNKNOWN");
    let categories = |categories: &[i32]| ReadRequest {
        categories: categories.to_vec(),
        ..reading(&[], 10)
    };
    assert_eq!(code(categories(&[77])).await, "CATEGORY_UNKNOWN");
    assert_eq!(code(categories(&[1; 65])).await, "TOO_MANY_CATEGORIES");
    let neighbourhood = ReadRequest {
        neighbourhood: vec![1; 3].into(),
        ..reading(&[], 10)
    };
    assert_eq!(code(neighbourhood).await, "INVALID_ID");
    for after in ["x", "é", "AAAA", &"A".repeat(100_000)] {
        let request = ReadRequest {
            after: after.into(),
            ..reading(&[], 10)
        };
        assert_eq!(code(request).await, "CURSOR_UNKNOWN");
    }
}

#[tokio::test]
async fn a_cursor_is_good_for_its_own_question_only() {
    let [board, _] = Board::each().await;
    board.tell(&mapped()).await;
    for number in 0..3 {
        board.tell(&shown(&post(number, quarter(0)))).await;
    }
    let page = board.read(reading(&[quarter(0)], 1)).await;
    let member = board.member(1, here());
    let with = |request: ReadRequest, cursor: &str| {
        let request = ReadRequest {
            after: cursor.to_owned(),
            ..request
        };
        let (board, member) = (&board, &member);
        async move { board.try_read(member, request).await }
    };
    assert!(
        with(reading(&[quarter(0)], 5), &page.cursors[0])
            .await
            .is_ok()
    );
    let finer = Place::Cell(quarters()[0].children().unwrap()[1]);
    assert!(
        with(reading(&[finer, quarter(0)], 5), &page.cursors[0])
            .await
            .is_ok()
    );
    let others = [
        (reading(&[], 5), &page.cursors[0]),
        (reading(&[quarter(1)], 5), &page.cursors[0]),
        (
            ReadRequest {
                categories: vec![1],
                ..reading(&[quarter(0)], 5)
            },
            &page.cursors[0],
        ),
        (reading(&[quarter(0)], 5), &page.changes_cursor),
    ];
    for (request, cursor) in others {
        assert_eq!(
            with(request, cursor).await.unwrap_err().code,
            "CURSOR_UNKNOWN"
        );
    }
    let theirs = ReadRequest {
        neighbourhood: elsewhere().to_bytes(),
        after: page.cursors[0].clone(),
        ..reading(&[quarter(0)], 5)
    };
    let neighbour = board.member(1, elsewhere());
    let fault = board.try_read(&neighbour, theirs).await.unwrap_err();
    assert_eq!(fault.code, "CURSOR_UNKNOWN");
}

#[tokio::test]
async fn a_cursor_outlives_the_rotation_of_its_key() {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let entropy = runtime::Entropy::seeded(5);
    let keys = || runtime::Keys::in_folder(folder.path(), &entropy).unwrap();
    let before = Board::with_keys(Scratch::sqlite(MIGRATIONS).await, keys());
    for number in 0..3 {
        before.tell(&shown(&post(number, quarter(0)))).await;
    }
    let page = before.read(reading(&[], 1)).await;
    let next = folder.path().join("cursors.0002.key");
    fs::write(&next, "cd".repeat(32)).unwrap();
    fs::set_permissions(&next, fs::Permissions::from_mode(0o600)).unwrap();
    let after = Board::with_keys(before.scratch, keys());
    let request = ReadRequest {
        after: page.cursors[0].clone(),
        ..reading(&[], 5)
    };
    assert_eq!(after.read(request).await.posts.len(), 2);
    let fresh = after.read(reading(&[], 1)).await;
    assert_ne!(
        fresh.cursors, page.cursors,
        "new cursors are of the new key"
    );
}

#[tokio::test]
async fn the_service_answers_through_its_client() {
    let [board, _] = Board::each().await;
    board.tell(&shown(&post(1, quarter(0)))).await;
    let member = board.member(1, here());
    let reply = board
        .client()
        .read(member.request(reading(&[], 10)))
        .await
        .unwrap();
    assert_eq!(ids(&reply.into_inner().posts), [id(1)]);
}
