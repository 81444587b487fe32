//! Who moderators paused is vouched for as paused, where they did, and until when.

use bus::{Envelope, Hear};
use contract::Standing;
use contract::events::AuthorRestrained;
use contract::events::envelope::Body;
use contract::identity::AuthenticateRequest;
use contract::identity::identity_server::Identity as _;
use runtime::DAY_MS;

use crate::desk::{Desk, Member, START_MS, visitor};

async fn restrain(desk: &Desk, member: &Member, version: u64, paused_until_ms: i64) {
    let event = Envelope {
        stream: "moderation".into(),
        offset: 1,
        subject: member.resident().to_bytes(),
        version,
        neighbourhood: member.standing().neighbourhood.to_bytes(),
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
