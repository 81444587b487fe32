//! Who may invite.

use contract::identity::identity_server::Identity as _;
use contract::identity::{
    CreateInviteRequest, ListInvitesRequest, RevokeInviteRequest, create_invite_reply,
};
use contract::{Caller, Fault, FaultKind};

use crate::desk::{Desk, codes};

#[tokio::test]
async fn a_newcomer_invites_nobody_a_member_holds_two_and_a_founder_may_at_once() {
    for desk in Desk::each().await {
        let (place, founder) = desk.founder("anna@example.org", "Merle").await;
        let code = desk
            .invite(&founder.caller, &place, 1, false)
            .await
            .unwrap();
        assert_eq!(code.len(), 13);
        let bert = desk.join("bert@example.org", &code, "Huppe").await;
        assert_eq!(
            desk.invite(&bert.caller, &place, 1, false)
                .await
                .unwrap_err(),
            "NEWCOMER"
        );
        desk.pass_days(13);
        assert_eq!(
            desk.invite(&bert.caller, &place, 1, false)
                .await
                .unwrap_err(),
            "NEWCOMER"
        );
        desk.pass_days(1);
        let invites = (0..4).map(|_| desk.invite(&bert.caller, &place, 10, false));
        let made = futures_util::future::join_all(invites).await;
        assert_eq!(
            made.iter().filter(|invite| invite.is_ok()).count(),
            2,
            "also of four at once"
        );
        assert!(
            made.iter()
                .filter_map(|invite| invite.as_ref().err())
                .all(|code| code == "TOO_MANY_INVITES")
        );
        desk.pass_days(30);
        assert!(
            desk.invite(&bert.caller, &place, 1, false).await.is_ok(),
            "the others have ended"
        );
    }
}

#[tokio::test]
async fn a_use_that_waits_for_its_mail_keeps_an_invite_open() {
    let desk = Desk::sqlite().await;
    let (place, anna) = desk.founder("anna@example.org", "Merle").await;
    for name in ["Huppe", "Pinson"] {
        let code = desk.invite(&anna.caller, &place, 1, false).await.unwrap();
        desk.sign_up(&format!("{name}@example.org"), &code, name)
            .await;
    }
    assert_eq!(
        desk.invite(&anna.caller, &place, 1, false)
            .await
            .unwrap_err(),
        "TOO_MANY_INVITES"
    );
}

#[tokio::test]
async fn terms_have_bounds_and_only_the_operator_invites_founders() {
    let desk = Desk::sqlite().await;
    let (place, anna) = desk.founder("anna@example.org", "Merle").await;
    for (uses, days, expected) in [
        (0, 1, "USES_OUT_OF_RANGE"),
        (11, 1, "USES_OUT_OF_RANGE"),
        (u32::MAX, 1, "USES_OUT_OF_RANGE"),
        (1, 0, "DAYS_OUT_OF_RANGE"),
        (1, 31, "DAYS_OUT_OF_RANGE"),
    ] {
        let request = CreateInviteRequest {
            neighbourhood: place.id.clone(),
            uses,
            days,
            founder: false,
        };
        let reply = desk
            .identity
            .create_invite(Caller::Operator.request(request))
            .await
            .unwrap()
            .into_inner();
        let Some(create_invite_reply::Outcome::Refused(refused)) = reply.outcome else {
            panic!()
        };
        assert_eq!(codes(&refused), expected);
    }
    let founders = CreateInviteRequest {
        neighbourhood: place.id.clone(),
        uses: 1,
        days: 1,
        founder: true,
    };
    let fault = Fault::from(
        desk.identity
            .create_invite(anna.caller.request(founders))
            .await
            .unwrap_err(),
    );
    assert_eq!(fault.kind, FaultKind::Forbidden);
    let elsewhere = CreateInviteRequest {
        neighbourhood: vec![1; 16].into(),
        uses: 1,
        days: 1,
        founder: false,
    };
    for caller in [&anna.caller, &Caller::Operator] {
        let fault = Fault::from(
            desk.identity
                .create_invite(caller.request(elsewhere.clone()))
                .await
                .unwrap_err(),
        );
        assert_eq!(fault.kind, FaultKind::NotFound);
    }
}

#[tokio::test]
async fn members_see_and_revoke_their_own_invites_only() {
    for desk in Desk::each().await {
        let (place, anna) = desk.founder("anna@example.org", "Merle").await;
        let code = desk.code(&place, 1, true).await;
        let bert = desk.join("bert@example.org", &code, "Huppe").await;
        desk.invite(&anna.caller, &place, 3, false).await.unwrap();
        let list = async |caller: &Caller| {
            let request = ListInvitesRequest {
                neighbourhood: place.id.clone(),
            };
            desk.identity
                .list_invites(caller.request(request))
                .await
                .unwrap()
                .into_inner()
                .invites
        };
        let mine = list(&anna.caller).await;
        assert_eq!(
            (mine.len(), mine[0].uses_left, mine[0].code.as_str()),
            (1, 3, ""),
            "a code is shown once"
        );
        assert!(list(&bert.caller).await.is_empty());
        let revoke = |caller: &Caller| {
            let request = RevokeInviteRequest {
                neighbourhood: place.id.clone(),
                invite: mine[0].id.clone(),
            };
            desk.identity.revoke_invite(caller.request(request))
        };
        assert_eq!(
            Fault::from(revoke(&bert.caller).await.unwrap_err()).kind,
            FaultKind::NotFound
        );
        revoke(&anna.caller).await.unwrap();
        assert!(list(&anna.caller).await.is_empty());
        assert_eq!(
            Fault::from(revoke(&anna.caller).await.unwrap_err()).kind,
            FaultKind::NotFound
        );
    }
}
