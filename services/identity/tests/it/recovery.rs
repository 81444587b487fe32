//! New passwords.

use contract::identity::identity_server::Identity as _;
use contract::identity::{
    AuthenticateRequest, ChangePasswordRequest, RecoverPasswordRequest, RequestRecoveryRequest,
    change_password_reply, sign_in_reply,
};
use contract::{Fault, FaultKind, SessionId};
use futures_util::FutureExt;
use runtime::HOUR_MS;

use crate::desk::{Desk, Member, PASSWORD, codes, refusal_in, signed_in, visitor};

const NEW: &str = "huit loups comptent les nuages";

async fn ask(desk: &Desk, email: &str) {
    desk.identity
        .request_recovery(visitor(1).request(RequestRecoveryRequest {
            email: email.into(),
        }))
        .await
        .unwrap();
}

async fn recover(desk: &Desk, token: &str, password: &str) -> sign_in_reply::Outcome {
    let request = RecoverPasswordRequest {
        token: token.into(),
        password: password.into(),
        device: "Firefox on Linux".into(),
    };
    desk.identity
        .recover_password(visitor(1).request(request))
        .await
        .unwrap()
        .into_inner()
        .outcome
        .unwrap()
}

async fn is_signed_in(desk: &Desk, member: &Member) -> bool {
    desk.identity
        .authenticate(visitor(1).request(AuthenticateRequest {
            session_token: member.token.clone(),
        }))
        .await
        .is_ok()
}

#[tokio::test]
async fn a_mailed_link_replaces_the_password_and_ends_every_other_session() {
    for desk in Desk::each().await {
        let (_, anna) = desk.founder("anna@example.org", "Merle").await;
        ask(&desk, "anna@example.org").await;
        let token = desk.mails().await[0].token();
        assert_eq!(
            refusal_in(recover(&desk, &token, "short").await),
            "WEAK_PASSWORD"
        );
        assert_eq!(
            refusal_in(recover(&desk, &token, "Merle-anna-1").await),
            "WEAK_PASSWORD"
        );
        let mut signals = desk.bus.listen(bus::Topic::Session(
            SessionId::from_bytes(&anna.viewer.session).unwrap(),
        ));
        let (one, other) = tokio::join!(recover(&desk, &token, NEW), recover(&desk, &token, NEW));
        let mut answers = [refusal_in(one), refusal_in(other)];
        answers.sort();
        assert_eq!(answers, ["SIGNED_IN", "TOKEN_UNKNOWN"], "a link works once");
        assert!(signals.next().now_or_never().is_some());
        assert!(!is_signed_in(&desk, &anna).await);
        assert_eq!(desk.count("session").await, 1);
        assert_eq!(
            refusal_in(desk.sign_in("anna@example.org", PASSWORD, "x").await),
            "WRONG_CREDENTIALS"
        );
        signed_in(
            desk.sign_in("anna@example.org", NEW, "Firefox on Linux")
                .await,
        );
        let mails = desk.mails().await;
        assert_eq!(mails.len(), 1, "a notice");
        assert!(mails[0].text.contains("has just changed"));
    }
}

#[tokio::test]
async fn asking_for_a_link_tells_nothing_and_does_the_same_work() {
    for desk in Desk::each().await {
        desk.founder("anna@example.org", "Merle").await;
        let mut work = Vec::new();
        for email in ["anna@example.org", "nobody@example.org"] {
            let before = (desk.count("mail").await, desk.count("recovery").await);
            ask(&desk, email).await;
            work.push((
                desk.count("mail").await - before.0,
                desk.count("recovery").await - before.1,
            ));
        }
        assert_eq!(work, [(1, 1), (1, 1)]);
        ask(&desk, "not an address").await;
        let mails = desk.mails().await;
        assert_eq!(mails.len(), 1);
        assert!(
            mails[0].is_to("anna@example.org"),
            "nobody else is written to"
        );
        assert_eq!(desk.identity.mail_waiting().await.unwrap(), 0);
    }
}

#[tokio::test]
async fn a_link_works_for_an_hour_and_a_mailbox_is_not_flooded() {
    for desk in Desk::each().await {
        desk.founder("anna@example.org", "Merle").await;
        for _ in 0..6 {
            ask(&desk, "anna@example.org").await;
        }
        let mails = desk.mails().await;
        assert_eq!(mails.len(), 3);
        for _ in 0..4 {
            ask(&desk, "x@example.org").await;
        }
        let request = visitor(1).request(RequestRecoveryRequest {
            email: "y@example.org".into(),
        });
        let fault = Fault::from(desk.identity.request_recovery(request).await.unwrap_err());
        assert_eq!(fault.kind, FaultKind::Limited);
        desk.pass(HOUR_MS);
        assert_eq!(
            refusal_in(recover(&desk, &mails[0].token(), NEW).await),
            "TOKEN_UNKNOWN"
        );
        assert_eq!(refusal_in(recover(&desk, "x", NEW).await), "TOKEN_UNKNOWN");
    }
}

#[tokio::test]
async fn a_recovery_lifts_the_pause_that_somebody_else_caused() {
    let desk = Desk::sqlite().await;
    desk.founder("anna@example.org", "Merle").await;
    for origin in 0..7 {
        desk.sign_in_from(
            visitor(origin),
            "anna@example.org",
            "not this one at all",
            "x",
        )
        .await;
    }
    assert_eq!(
        refusal_in(desk.sign_in("anna@example.org", PASSWORD, "x").await),
        "PASSWORDS"
    );
    ask(&desk, "anna@example.org").await;
    let token = desk.mails().await[0].token();
    signed_in(recover(&desk, &token, NEW).await);
    signed_in(desk.sign_in("anna@example.org", NEW, "x").await);
}

#[tokio::test]
async fn who_knows_the_password_changes_it_and_stays_signed_in() {
    for desk in Desk::each().await {
        let (_, anna) = desk.founder("anna@example.org", "Merle").await;
        let phone = signed_in(desk.sign_in("anna@example.org", PASSWORD, "Safari").await);
        desk.mails().await;
        let change = async |current: &str, password: &str| {
            let request = ChangePasswordRequest {
                current: current.into(),
                password: password.into(),
            };
            let reply = desk
                .identity
                .change_password(anna.caller.request(request))
                .await
                .unwrap();
            match reply.into_inner().outcome.unwrap() {
                change_password_reply::Outcome::Changed(_) => "CHANGED".to_owned(),
                change_password_reply::Outcome::Refused(refused) => codes(&refused),
                change_password_reply::Outcome::Limited(limited) => limited.limit,
            }
        };
        assert_eq!(change("not this one at all", NEW).await, "WRONG_PASSWORD");
        assert_eq!(change(PASSWORD, "password12345").await, "WEAK_PASSWORD");
        assert_eq!(change(PASSWORD, NEW).await, "CHANGED");
        assert!(is_signed_in(&desk, &anna).await && !is_signed_in(&desk, &phone).await);
        assert!(desk.mails().await[0].text.contains("has just changed"));
        for _ in 0..5 {
            change("not this one at all", NEW).await;
        }
        assert_eq!(change(NEW, PASSWORD).await, "PASSWORDS");
    }
}
