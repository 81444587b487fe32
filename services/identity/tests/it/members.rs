//! Being a member: joining further, home, name.

use contract::identity::identity_server::Identity as _;
use contract::identity::{
    ChangeHomeRequest, ChangePseudonymRequest, JoinRequest, Membership, Neighbourhood,
    SuggestPseudonymRequest, change_home_reply, change_pseudonym_reply, join_reply,
};
use contract::{Fault, FaultKind, Locale, NeighbourhoodId, Standing};
use futures_util::FutureExt;
use geo::{CoarseCell, Place};

use crate::desk::{Desk, Member, codes, refusal, tiles};

fn home_of(membership: &Membership) -> Place {
    Standing::read(membership.standing.as_ref().unwrap())
        .unwrap()
        .home
}

async fn enter(desk: &Desk, member: &Member, code: &str, name: &str) -> Result<Membership, String> {
    let request = JoinRequest {
        code: code.into(),
        pseudonym: name.into(),
        home_place: None,
    };
    let reply = desk
        .identity
        .join(member.caller.request(request))
        .await
        .unwrap()
        .into_inner();
    match reply.outcome.unwrap() {
        join_reply::Outcome::Joined(membership) => Ok(membership),
        join_reply::Outcome::Refused(refused) => Err(codes(&refused)),
        join_reply::Outcome::Limited(limited) => Err(limited.limit),
    }
}

async fn rename(
    desk: &Desk,
    member: &Member,
    place: &Neighbourhood,
    name: &str,
) -> Result<Membership, String> {
    let request = ChangePseudonymRequest {
        neighbourhood: place.id.clone(),
        pseudonym: name.into(),
    };
    let reply = desk
        .identity
        .change_pseudonym(member.caller.request(request))
        .await
        .unwrap()
        .into_inner();
    match reply.outcome.unwrap() {
        change_pseudonym_reply::Outcome::Changed(membership) => Ok(membership),
        change_pseudonym_reply::Outcome::Refused(refused) => Err(codes(&refused)),
        change_pseudonym_reply::Outcome::Limited(limited) => Err(limited.limit),
    }
}

async fn settle(
    desk: &Desk,
    member: &Member,
    place: &Neighbourhood,
    home: i64,
) -> Result<Membership, String> {
    let request = ChangeHomeRequest {
        neighbourhood: place.id.clone(),
        place: home,
    };
    let reply = desk
        .identity
        .change_home(member.caller.request(request))
        .await
        .unwrap()
        .into_inner();
    match reply.outcome.unwrap() {
        change_home_reply::Outcome::Changed(membership) => Ok(membership),
        change_home_reply::Outcome::Refused(refused) => Err(codes(&refused)),
        change_home_reply::Outcome::Limited(limited) => {
            Err(format!("{} {}", limited.limit, limited.message))
        }
    }
}

#[tokio::test]
async fn a_resident_joins_a_further_neighbourhood_under_another_name() {
    for desk in Desk::each().await {
        let (_, anna) = desk.founder("anna@example.org", "Merle").await;
        let other = desk.neighbourhood("la-butte").await;
        let code = desk.code(&other, 2, false).await;
        let mut signals = desk.bus.listen(bus::Topic::Resident(anna.resident()));
        let joined = enter(&desk, &anna, &code, "Pervenche").await.unwrap();
        assert_eq!(joined.slug, "la-butte");
        assert!(
            signals.next().now_or_never().is_some(),
            "the edge looks again"
        );
        assert_eq!(
            enter(&desk, &anna, &code, "Pervenche").await.unwrap_err(),
            "ALREADY_MEMBER"
        );
        assert_eq!(
            enter(&desk, &anna, "0000-0000-000", "Pervenche")
                .await
                .unwrap_err(),
            "CODE_UNKNOWN"
        );
        let code_left = desk.count("invite WHERE uses_left = 1").await;
        assert_eq!(code_left, 1, "who is a member already uses none");
    }
}

#[tokio::test]
async fn who_signed_up_with_a_known_address_joins_with_the_use_reserved_for_it() {
    for desk in Desk::each().await {
        let (_, anna) = desk.founder("anna@example.org", "Merle").await;
        let other = desk.neighbourhood("la-butte").await;
        let code = desk.code(&other, 1, false).await;
        assert_eq!(
            refusal(desk.sign_up("anna@example.org", &code, "Pervenche").await),
            "MAILED"
        );
        assert_eq!(
            refusal(desk.sign_up("bert@example.org", &code, "Huppe").await),
            "CODE_UNKNOWN",
            "the last use waits"
        );
        enter(&desk, &anna, &code, "Pervenche").await.unwrap();
        assert_eq!(desk.count("sign_up").await, 0);
    }
}

#[tokio::test]
async fn the_first_home_is_free_and_then_it_stays_for_ninety_days() {
    for desk in Desk::each().await {
        let (place, anna) = desk.founder("anna@example.org", "Merle").await;
        let tiles = tiles(&place);
        assert_eq!(anna.viewer.memberships[0].home_changeable_at_ms, 0);
        let first = settle(&desk, &anna, &place, tiles[0]).await.unwrap();
        assert_eq!(home_of(&first).to_i64(), tiles[0]);
        assert!(first.home_changeable_at_ms > desk.now_ms());
        assert_eq!(
            settle(&desk, &anna, &place, tiles[0])
                .await
                .unwrap()
                .home_changeable_at_ms,
            first.home_changeable_at_ms
        );
        let refused = settle(&desk, &anna, &place, tiles[1]).await.unwrap_err();
        assert!(
            refused.starts_with("HOME") && refused.contains("90 days"),
            "{refused}"
        );
        desk.pass_days(89);
        assert!(settle(&desk, &anna, &place, tiles[1]).await.is_err());
        desk.pass_days(1);
        assert_eq!(
            home_of(&settle(&desk, &anna, &place, tiles[1]).await.unwrap()).to_i64(),
            tiles[1]
        );
        assert!(settle(&desk, &anna, &place, 0).await.is_err());
    }
}

#[tokio::test]
async fn a_home_is_never_finer_than_the_map() {
    let desk = Desk::sqlite().await;
    let (place, anna) = desk.founder("anna@example.org", "Merle").await;
    let tile = CoarseCell::from_i64(tiles(&place)[0]).unwrap();
    let finer = tile.children().unwrap()[0];
    let outside = CoarseCell::at(48.85, 2.35, 13).unwrap();
    assert_eq!(
        settle(&desk, &anna, &place, outside.to_i64())
            .await
            .unwrap_err(),
        "OUTSIDE_NEIGHBOURHOOD"
    );
    assert_eq!(
        home_of(&settle(&desk, &anna, &place, finer.to_i64()).await.unwrap()),
        Place::Cell(tile)
    );
    for bad in [1_i64, -1, i64::MIN, i64::MAX, 0x4600_0000_0000_0001] {
        let request = ChangeHomeRequest {
            neighbourhood: place.id.clone(),
            place: bad,
        };
        let fault = Fault::from(
            desk.identity
                .change_home(anna.caller.request(request))
                .await
                .unwrap_err(),
        );
        assert_eq!(fault.kind, FaultKind::Invalid);
    }
    let request = ChangeHomeRequest {
        neighbourhood: NeighbourhoodId::from_random([9; 16]).to_bytes(),
        place: 0,
    };
    let fault = Fault::from(
        desk.identity
            .change_home(anna.caller.request(request))
            .await
            .unwrap_err(),
    );
    assert_eq!(fault.kind, FaultKind::NotFound);
}

#[tokio::test]
async fn a_name_changes_seldom_and_rests_before_another_bears_it() {
    for desk in Desk::each().await {
        let (place, anna) = desk.founder("anna@example.org", "Merle").await;
        let code = desk.code(&place, 2, true).await;
        let bert = desk.join("bert@example.org", &code, "Huppe").await;
        assert_eq!(
            rename(&desk, &anna, &place, "hùppe").await.unwrap_err(),
            "PSEUDONYM_TAKEN"
        );
        assert_eq!(
            rename(&desk, &anna, &place, "Palier").await.unwrap_err(),
            "PSEUDONYM_RESERVED"
        );
        rename(&desk, &anna, &place, "Pinson").await.unwrap();
        assert_eq!(
            rename(&desk, &bert, &place, "Merle").await.unwrap_err(),
            "PSEUDONYM_TAKEN",
            "it rests"
        );
        rename(&desk, &anna, &place, "Merle").await.unwrap();
        assert_eq!(
            rename(&desk, &anna, &place, "Lilas").await.unwrap_err(),
            "PSEUDONYMS"
        );
        rename(&desk, &anna, &place, "Merle")
            .await
            .expect("the same name costs nothing");
        desk.pass_days(91);
        desk.identity.sweep().await.unwrap();
        rename(&desk, &bert, &place, "Pinson")
            .await
            .expect("it rested long enough");
    }
}

#[tokio::test]
async fn names_are_suggested_in_the_language_of_the_visitor_and_free() {
    for desk in Desk::each().await {
        let place = desk.neighbourhood("le-verger").await;
        let code = desk.code(&place, 5, false).await;
        let suggest = async |locale, code: &str| {
            let caller = contract::Caller::Visitor {
                locale,
                origin: vec![1],
            };
            let request = caller.request(SuggestPseudonymRequest { code: code.into() });
            desk.identity
                .suggest_pseudonym(request)
                .await
                .map(|reply| reply.into_inner().pseudonyms)
        };
        let french = suggest(Locale::French, &code).await.unwrap();
        let english = suggest(Locale::English, &code).await.unwrap();
        assert_eq!((french.len(), english.len()), (6, 6));
        assert!(french.iter().all(|name| !english.contains(name)));
        assert_eq!(
            refusal(desk.sign_up("a@example.org", &code, &english[0]).await),
            "MAILED"
        );
        for _ in 0..20 {
            assert!(
                !suggest(Locale::English, &code)
                    .await
                    .unwrap()
                    .contains(&english[0])
            );
        }
        let fault = Fault::from(suggest(Locale::French, "0000-0000-000").await.unwrap_err());
        assert_eq!(fault.code, "CODE_UNKNOWN");
        assert!(fault.message.contains("Ce code"));
    }
}
