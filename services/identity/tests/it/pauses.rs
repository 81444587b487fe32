//! Who moderators paused is vouched for as paused, where they did, and until when.

use bus::{Envelope, Hear};
use contract::common::ResidentRequest;
use contract::events::AuthorRestrained;
use contract::events::envelope::Body;
use contract::identity::identity_server::Identity as _;
use contract::identity::{AuthenticateRequest, Doubt, EraseRequest, Neighbourhood};
use contract::{Caller, Standing};
use runtime::DAY_MS;
use tonic::codegen::Bytes;

use crate::desk::{Desk, Member, START_MS, visitor};
use crate::joining::{ask, vouch};
use crate::questioned::{list, question, settle, vouched_for};

async fn restrain(desk: &Desk, member: &Member, version: u64, paused_until_ms: i64) {
    let neighbourhood = member.standing().neighbourhood.to_bytes();
    restrain_in(desk, member, neighbourhood, version, paused_until_ms).await;
}

async fn restrain_in(
    desk: &Desk,
    member: &Member,
    neighbourhood: Bytes,
    version: u64,
    paused_until_ms: i64,
) {
    let event = Envelope {
        stream: "moderation".into(),
        offset: 1,
        subject: member.resident().to_bytes(),
        version,
        neighbourhood,
        body: Some(Body::AuthorRestrained(AuthorRestrained {
            paused_until_ms,
            people_until_ms: 0,
        })),
    };
    desk.identity.hear(&event).await.unwrap();
}

async fn paused_until_ms(desk: &Desk, member: &Member) -> Vec<Option<i64>> {
    let request = AuthenticateRequest {
        session_token: member.token.clone(),
    };
    let request = visitor(1).request(request);
    let viewer = desk.identity.authenticate(request).await.unwrap();
    let viewer = viewer.into_inner();
    let standings = viewer.memberships.iter();
    let standings = standings.map(|of| Standing::read(of.standing.as_ref().unwrap()).unwrap());
    standings
        .map(|standing| standing.suspended_until_ms)
        .collect()
}

#[tokio::test]
async fn a_pause_is_vouched_for_until_it_is_lifted_and_an_older_one_changes_nothing() {
    for desk in Desk::each().await {
        let (_, ann) = desk.founder("ann@example.org", "Mésange").await;
        assert_eq!(paused_until_ms(&desk, &ann).await, [None]);
        let until_ms = START_MS + 3 * DAY_MS;
        restrain(&desk, &ann, 1, until_ms).await;
        assert_eq!(paused_until_ms(&desk, &ann).await, [Some(until_ms)]);
        restrain(&desk, &ann, 2, 0).await;
        restrain(&desk, &ann, 1, until_ms).await;
        assert_eq!(paused_until_ms(&desk, &ann).await, [None]);
    }
}

async fn here(desk: &Desk, member: &Member, place: &Neighbourhood) -> Option<i64> {
    let request = AuthenticateRequest {
        session_token: member.token.clone(),
    };
    let request = visitor(1).request(request);
    let viewer = desk.identity.authenticate(request).await.unwrap();
    let standings = viewer.into_inner().memberships.into_iter();
    standings
        .map(|of| Standing::read(of.standing.as_ref().unwrap()).unwrap())
        .find(|standing| standing.neighbourhood.to_bytes() == place.id)
        .unwrap()
        .suspended_until_ms
}

#[tokio::test]
async fn a_pause_outlives_a_membership_and_goes_with_its_end_or_the_account() {
    for desk in Desk::each().await {
        let (street, lanterne) = vouched_for(&desk).await;
        let (place, asker) = (&street.place, &street.asker);
        let [merle, huppe, pinson] = &street.members[..] else {
            panic!()
        };
        let number = |at_ms: i64| at_ms.unsigned_abs();
        let until_ms = desk.now_ms() + 200 * DAY_MS;
        let year_ms = desk.now_ms() + 365 * DAY_MS;
        restrain_in(
            &desk,
            asker,
            place.id.clone(),
            number(desk.now_ms()),
            until_ms,
        )
        .await;
        assert_eq!(here(&desk, asker, place).await, Some(until_ms));
        question(&desk, huppe, place, "Pervenche", Doubt::LivesElsewhere)
            .await
            .unwrap();
        let about = list(&desk, pinson, place).await.remove(0);
        for moderator in [pinson, &lanterne] {
            settle(&desk, moderator, place, &about, true).await.unwrap();
        }
        // Heard while they are a member nowhere there.
        restrain_in(
            &desk,
            asker,
            place.id.clone(),
            number(desk.now_ms() + 1),
            year_ms,
        )
        .await;
        let request = ResidentRequest {
            resident: asker.viewer.resident.clone(),
        };
        let told = desk.identity.export(asker.caller.request(request)).await;
        let parts = told.unwrap().into_inner().parts;
        let pauses = parts
            .iter()
            .find(|part| part.name == "identity/pauses.json");
        let pauses = String::from_utf8(pauses.unwrap().json.to_vec()).unwrap();
        assert!(pauses.contains(&year_ms.to_string()), "{pauses}");

        let code = ask(&desk, asker, place, "Sittelle").await.unwrap();
        for member in [merle, huppe] {
            vouch(&desk, member, place, &code).await.unwrap();
        }
        assert_eq!(here(&desk, asker, place).await, Some(year_ms));
        desk.identity.sweep().await.unwrap();
        assert_eq!(desk.count("restraint").await, 1);
        desk.pass_days(370);
        desk.identity.sweep().await.unwrap();
        assert_eq!(desk.count("restraint").await, 0, "it is over");

        let later_ms = desk.now_ms() + DAY_MS;
        restrain(&desk, merle, number(desk.now_ms()), later_ms).await;
        assert_eq!(desk.count("restraint").await, 1);
        let request = EraseRequest {
            resident: merle.viewer.resident.clone(),
            ..Default::default()
        };
        let erased = desk.identity.erase(Caller::Operator.request(request)).await;
        erased.unwrap();
        assert_eq!(desk.count("restraint").await, 0);
        restrain(&desk, merle, number(later_ms), later_ms).await;
        assert_eq!(desk.count("restraint").await, 0, "nobody is left to pause");
    }
}
