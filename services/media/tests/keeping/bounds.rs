//! What is refused, and that nothing is left of it.

use std::sync::Arc;

use contract::media::UploadPiece;
use contract::{Caller, Fault, FaultKind, Locale};
use futures_util::future::join_all;
use futures_util::{Stream, StreamExt, stream};
use image::{ImageFormat, RgbImage};
use media::domain::{LOOSE_AT_MOST, LOOSE_MS};
use media::picture::MAX_BYTES;
use tokio::sync::Semaphore;

use crate::world::{NOW_MS, Person, WEIGHTS, World, encoded, neighbour, pieces, png};

fn piece(data: Vec<u8>, at_most_bytes: u32) -> UploadPiece {
    UploadPiece {
        data: data.into(),
        at_most_bytes,
    }
}

/// A few bytes of PNG whose header promises 50,000 pixels a side.
fn bomb() -> Vec<u8> {
    let mut file = png(8, 8, 1);
    file[16..24].copy_from_slice(&[0, 0, 0xc3, 0x50, 0, 0, 0xc3, 0x50]);
    file
}

async fn nothing_is_left(world: &World, person: &Person) {
    assert!(world.files().is_empty());
    let request = contract::common::ResidentRequest {
        resident: person.resident.to_bytes(),
    };
    let request = world.caller(person).request(request);
    let parts = world
        .client
        .clone()
        .export(request)
        .await
        .unwrap()
        .into_inner()
        .parts;
    assert_eq!(parts[0].json.as_ref(), b"[]");
}

#[tokio::test]
async fn what_cannot_become_a_picture_says_why_and_leaves_nothing() {
    for world in World::each().await {
        let ann = neighbour(1);
        let whole = encoded(&RgbImage::new(40, 40), ImageFormat::Jpeg);
        let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>".to_vec();
        for (file, code) in [
            (vec![], "EMPTY"),
            (b"hello".to_vec(), "NOT_AN_IMAGE"),
            (svg, "NOT_AN_IMAGE"),
            (whole[..whole.len() / 2].to_vec(), "UNDECODABLE"),
            (png(9, 9, 1)[..60].to_vec(), "UNDECODABLE"),
            (bomb(), "TOO_MANY_PIXELS"),
        ] {
            let fault = world.upload(&ann, &file).await.unwrap_err();
            assert_eq!(
                (fault.kind, fault.code.as_ref()),
                (FaultKind::Invalid, code)
            );
            assert!(fault.message.contains(' '), "a sentence, not a code");
        }
        nothing_is_left(&world, &ann).await;
        let mut in_french = ann.clone();
        in_french.locale = Locale::French;
        let fault = world.upload(&in_french, b"hello").await.unwrap_err();
        assert!(fault.message.starts_with("Ce n’est pas une image."));
    }
}

#[tokio::test]
async fn a_sender_is_held_to_pieces_and_lengths() {
    for world in World::each().await {
        let ann = neighbour(1);
        let longest = u32::try_from(MAX_BYTES).unwrap();
        let full = piece(vec![0; 64 << 10], 0);
        for (sent, code) in [
            (stream::iter(vec![]).boxed(), "EMPTY"),
            (stream::iter(vec![piece(vec![], 0); 3]).boxed(), "EMPTY"),
            (
                stream::iter([piece(vec![0; (64 << 10) + 1], 0)]).boxed(),
                "PIECE_TOO_LONG",
            ),
            (
                stream::iter([piece(vec![0; 3], 2)]).boxed(),
                "LONGER_THAN_ANNOUNCED",
            ),
            (
                stream::iter([piece(vec![0; 3], longest + 1)]).boxed(),
                "TOO_LARGE",
            ),
            (stream::repeat(full).boxed(), "TOO_LARGE"),
        ] {
            assert_eq!(world.send(&ann, sent).await.unwrap_err().code, code);
        }
        nothing_is_left(&world, &ann).await;
    }
}

#[tokio::test]
async fn a_sender_that_stops_midway_is_let_go() {
    for world in World::each().await {
        let ann = neighbour(1);
        let start = stream::iter([piece(vec![0; 10], 0)]);
        let sending = world.send(&ann, start.chain(stream::pending()));
        tokio::pin!(sending);
        let waiting = async {
            loop {
                world.pass(1_000);
                tokio::task::yield_now().await;
            }
        };
        let fault = tokio::select! {
            sent = &mut sending => sent.unwrap_err(),
            () = waiting => unreachable!(),
        };
        assert_eq!(fault.code, "TOO_SLOW");
        nothing_is_left(&world, &ann).await;
    }
}

#[tokio::test]
async fn only_residents_send_pictures() {
    for world in World::each().await {
        let visitor = Caller::Visitor {
            locale: Locale::English,
            origin: vec![],
        };
        for caller in [visitor, Caller::Role, Caller::Operator] {
            let request = caller.request(pieces(&png(5, 5, 1)));
            let fault = Fault::from(world.client.clone().upload(request).await.unwrap_err());
            assert_eq!(fault.kind, FaultKind::Unauthenticated);
        }
        assert!(world.files().is_empty());
    }
}

#[tokio::test]
async fn forty_at_once_take_turns_within_the_memory() {
    for world in World::each().await {
        let people: Vec<_> = (1..=10).map(neighbour).collect();
        let uploads = (0..40).map(|n| {
            let file = png(64 + n, 64, n);
            let world = &world;
            let person = &people[n as usize % people.len()];
            async move { world.upload(person, &file).await }
        });
        for (outcome, n) in join_all(uploads).await.into_iter().zip(0_u32..) {
            assert_eq!(outcome.unwrap().width, 64 + n);
        }
        assert_eq!(world.files().len(), 40 * 3);
        assert!(
            world.weights.take(WEIGHTS).await.is_some(),
            "every share came back"
        );
    }
}

/// Lets everything else go on for a while.
async fn a_while() {
    for _ in 0..500 {
        tokio::task::yield_now().await;
    }
}

/// Says the most and sends next to nothing.
fn dawdling() -> impl Stream<Item = UploadPiece> + Send + use<> {
    let longest = u32::try_from(MAX_BYTES).unwrap();
    stream::iter([piece(vec![0; 9], longest)]).chain(stream::pending())
}

/// The same, and says when its first piece was taken.
fn dawdling_heard(heard: &Arc<Semaphore>) -> impl Stream<Item = UploadPiece> + Send + use<> {
    let heard = heard.clone();
    let longest = u32::try_from(MAX_BYTES).unwrap();
    let first = stream::iter([piece(vec![0; 9], longest)]);
    let never = stream::once(async move {
        heard.add_permits(1);
        std::future::pending().await
    });
    first.chain(never)
}

#[tokio::test]
async fn files_wait_outside_until_there_is_room_to_hold_them() {
    for world in World::each().await {
        let people: Vec<_> = (1..=3).map(neighbour).collect();
        let heard = Arc::new(Semaphore::new(0));
        let mut first = Box::pin(join_all(
            people
                .iter()
                .map(|one| world.send(one, dawdling_heard(&heard))),
        ));
        tokio::select! {
            _ = &mut first => panic!("they do not end"),
            _ = heard.acquire_many(3) => {}
        }
        // Between the first piece and the room for the file there is nothing to wait for.
        tokio::select! {
            _ = &mut first => panic!("they do not end"),
            () = a_while() => {}
        }
        let longest = u32::try_from(MAX_BYTES).unwrap();
        let whole = stream::iter([piece(png(9, 9, 1), longest)]);
        let ben = neighbour(4);
        let mut last = Box::pin(world.send(&ben, whole));
        tokio::select! {
            _ = &mut first => panic!("they do not end"),
            _ = &mut last => panic!("there is no room for four of the largest"),
            () = a_while() => {}
        }
        drop(first);
        assert!(last.await.is_ok());
    }
}

#[tokio::test]
async fn whoever_dawdles_keeps_nobody_but_oneself_waiting() {
    for world in World::each().await {
        let (ann, ben) = (neighbour(1), neighbour(2));
        let mut anns = Box::pin(join_all((0..5).map(|_| world.send(&ann, dawdling()))));
        tokio::select! {
            _ = &mut anns => panic!("they do not end"),
            () = a_while() => {}
        }
        // As long as any, for nobody said how long it is.
        let bens = stream::iter([piece(png(9, 9, 1), 0)]);
        tokio::select! {
            _ = &mut anns => panic!("Ben waited until Ann's files were given up"),
            sent = world.send(&ben, bens) => assert!(sent.is_ok()),
        }
    }
}

#[tokio::test]
async fn a_picture_that_takes_more_than_the_whole_memory_is_refused() {
    for world in World::each().await {
        let ann = neighbour(1);
        let large = encoded(&RgbImage::new(3_000, 3_000), ImageFormat::Jpeg);
        let fault = world.upload(&ann, &large).await.unwrap_err();
        assert_eq!(fault.code, "TOO_HEAVY");
        nothing_is_left(&world, &ann).await;
    }
}

#[tokio::test]
async fn the_limit_of_loose_pictures_is_exact_and_says_when_again() {
    for world in World::each().await {
        let ann = neighbour(1);
        let oldest = world.picture(&ann).await;
        world.pass(5);
        let files: Vec<_> = (0_u32..)
            .map(|n| png(6, 6, n))
            .take(LOOSE_AT_MOST + 3)
            .collect();
        let outcomes = join_all(files.iter().map(|file| world.upload(&ann, file))).await;
        let (taken, refused): (Vec<_>, Vec<_>) = outcomes.into_iter().partition(Result::is_ok);
        assert_eq!((taken.len(), refused.len()), (LOOSE_AT_MOST - 1, 4));
        for fault in refused {
            let fault = fault.unwrap_err();
            assert_eq!(fault.kind, FaultKind::Limited);
            assert_eq!(fault.retry_at_ms, Some(NOW_MS + LOOSE_MS));
        }
        assert_eq!(
            world.files().len(),
            LOOSE_AT_MOST * 3,
            "nothing is left of the others"
        );
        assert!(world.upload(&neighbour(2), &files[0]).await.is_ok());
        world.show(crate::world::post(1), 1, &ann, &[&oldest]).await;
        assert!(world.upload(&ann, &files[0]).await.is_ok(), "one hangs now");
        assert!(world.upload(&ann, &files[0]).await.is_err());
        world.pass(LOOSE_MS);
        assert!(
            world.upload(&ann, &files[0]).await.is_ok(),
            "the old ones have ended"
        );
    }
}
