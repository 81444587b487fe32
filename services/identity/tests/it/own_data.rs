//! Everything kept about a resident, and its end.

use bus::Compose;
use contract::common::ResidentRequest;
use contract::events::envelope::Body;
use contract::identity::identity_server::Identity as _;
use contract::identity::{EraseRequest, JoinRequest, RequestRecoveryRequest, erase_reply};
use contract::{Caller, Fault, FaultKind, SessionId};
use futures_util::FutureExt;
use sea_orm::{ConnectionTrait, Statement};
use store::Outbox;

use crate::desk::{Desk, Member, PASSWORD, codes, refusal, refusal_in, signed_in, visitor};

async fn erase(
    desk: &Desk,
    caller: &Caller,
    member: &Member,
    password: &str,
) -> Result<String, FaultKind> {
    let request = EraseRequest {
        resident: member.viewer.resident.clone(),
        password: password.into(),
    };
    match desk.identity.erase(caller.request(request)).await {
        Ok(reply) => Ok(match reply.into_inner().outcome.unwrap() {
            erase_reply::Outcome::Erased(_) => "ERASED".into(),
            erase_reply::Outcome::Refused(refused) => codes(&refused),
            erase_reply::Outcome::Limited(limited) => limited.limit,
        }),
        Err(status) => Err(Fault::from(status).kind),
    }
}

#[tokio::test]
async fn an_export_is_whole_and_only_for_its_owner() {
    for desk in Desk::each().await {
        let (place, anna) = desk.founder("anna@example.org", "Mésange").await;
        desk.invite(&anna.caller, &place, 3, false).await.unwrap();
        let code = desk.code(&place, 1, false).await;
        let bert = desk.join("bert@example.org", &code, "Huppe").await;
        let request = ResidentRequest {
            resident: anna.viewer.resident.clone(),
        };
        let fault = Fault::from(
            desk.identity
                .export(bert.caller.request(request.clone()))
                .await
                .unwrap_err(),
        );
        assert_eq!(fault.kind, FaultKind::NotFound);
        assert!(
            desk.identity
                .export(visitor(1).request(request.clone()))
                .await
                .is_err()
        );
        let parts = desk
            .identity
            .export(anna.caller.request(request))
            .await
            .unwrap()
            .into_inner()
            .parts;
        let text = |name: &str| {
            let part = parts.iter().find(|part| part.name == name).unwrap();
            serde_json::from_slice::<serde_json::Value>(&part.json).unwrap()
        };
        assert_eq!(text("identity/account.json")["email"], "anna@example.org");
        assert_eq!(
            text("identity/sessions.json")["sessions"][0]["device"],
            "Firefox on Linux"
        );
        assert_eq!(
            text("identity/sessions.json")["sessions"][0]["created"],
            "2026-11-21"
        );
        let membership = &text("identity/memberships.json")[0];
        assert_eq!(
            (
                membership["pseudonym"].as_str(),
                membership["joined"].as_str(),
                membership["home"].as_str()
            ),
            (Some("Mésange"), Some("2026-11-21"), Some("X"))
        );
        assert_eq!(text("identity/invites.json")[0]["usesLeft"], 3);
    }
}

#[tokio::test]
async fn an_erasure_leaves_nothing_and_is_told_once() {
    for desk in Desk::each().await {
        let outbox = Outbox::of(desk.scratch.store.clone());
        outbox.enrol(&["posts"]).await.unwrap();
        let (place, anna) = desk.founder("anna@example.org", "Mésange").await;
        let other = desk.neighbourhood("la-butte").await;
        let code = desk.code(&other, 2, true).await;
        let request = JoinRequest {
            code: code.clone(),
            pseudonym: "Merle".into(),
            home_place: None,
        };
        desk.identity
            .join(anna.caller.request(request))
            .await
            .unwrap();
        let third = desk.neighbourhood("le-port").await;
        let reserved = desk.code(&third, 1, false).await;
        desk.sign_up("anna@example.org", &reserved, "Lilas").await;
        desk.invite(&anna.caller, &place, 3, false).await.unwrap();
        desk.identity
            .request_recovery(visitor(1).request(RequestRecoveryRequest {
                email: "anna@example.org".into(),
            }))
            .await
            .unwrap();
        for entry in outbox.waiting("posts", 10).await.unwrap() {
            outbox.handled("posts", entry.id).await.unwrap();
        }

        assert_eq!(
            erase(&desk, &visitor(1), &anna, PASSWORD).await,
            Err(FaultKind::Unauthenticated)
        );
        assert_eq!(
            erase(&desk, &Caller::Role, &anna, "").await,
            Err(FaultKind::Unauthenticated)
        );
        assert_eq!(
            erase(&desk, &anna.caller, &anna, "").await.unwrap(),
            "WRONG_PASSWORD"
        );
        let mut signals = desk.bus.listen(bus::Topic::Session(
            SessionId::from_bytes(&anna.viewer.session).unwrap(),
        ));
        assert_eq!(
            erase(&desk, &anna.caller, &anna, PASSWORD).await.unwrap(),
            "ERASED"
        );
        assert!(signals.next().now_or_never().is_some());

        for table in [
            "account",
            "session",
            "device",
            "recovery",
            "membership",
            "pseudonym",
            "mail",
            "sign_up",
        ] {
            assert_eq!(desk.count(table).await, 0, "{table}");
        }
        assert_eq!(desk.count("invite WHERE creator IS NOT NULL").await, 0);
        assert_eq!(
            refusal_in(desk.sign_in("anna@example.org", PASSWORD, "x").await),
            "WRONG_CREDENTIALS"
        );
        let mut told = Vec::new();
        for entry in outbox.waiting("posts", 10).await.unwrap() {
            let event = desk.identity.compose(entry).await.unwrap().unwrap();
            assert!(matches!(event.body, Some(Body::ResidentErased(_))));
            assert_eq!(event.subject, anna.viewer.resident);
            told.push((event.neighbourhood.is_empty(), event.version));
        }
        assert_eq!(told, [(true, 1)]);
        assert_eq!(
            refusal(desk.sign_up("bert@example.org", &reserved, "Lilas").await),
            "MAILED",
            "the use came back"
        );
        assert_eq!(
            refusal(desk.sign_up("anna@example.org", &code, "Merle").await),
            "MAILED",
            "and Anna may begin again"
        );
        assert!(
            desk.mails()
                .await
                .iter()
                .any(|mail| mail.is_to("anna@example.org") && mail.text.contains("#token="))
        );
    }
}

/// What somebody wrote stays where they are no member any more: it goes with their account.
#[tokio::test]
async fn an_erasure_is_told_of_whoever_is_a_member_nowhere() {
    for desk in Desk::each().await {
        let outbox = Outbox::of(desk.scratch.store.clone());
        outbox.enrol(&["posts"]).await.unwrap();
        let (_, anna) = desk.founder("anna@example.org", "Mésange").await;
        desk.sql("DELETE FROM membership").await;
        for entry in outbox.waiting("posts", 10).await.unwrap() {
            outbox.handled("posts", entry.id).await.unwrap();
        }
        assert_eq!(
            erase(&desk, &anna.caller, &anna, PASSWORD).await.unwrap(),
            "ERASED"
        );
        let told = outbox.waiting("posts", 10).await.unwrap();
        assert_eq!(told.len(), 1);
        assert_eq!(told[0].subject.as_bytes()[..], anna.viewer.resident[..]);
    }
}

/// Whoever signs up twice and confirms once has one account; what the other sign-up kept must not outlive it.
#[tokio::test]
async fn confirming_ends_every_other_sign_up_of_the_address() {
    for desk in Desk::each().await {
        let first = desk.neighbourhood("le-verger").await;
        let second = desk.neighbourhood("la-butte").await;
        let reserved = desk.code(&second, 1, false).await;
        desk.sign_up(
            "anna@example.org",
            &desk.code(&first, 1, false).await,
            "Merle",
        )
        .await;
        let mails = desk.mails().await;
        desk.sign_up("Anna@example.org", &reserved, "Lilas").await;
        let stranger = desk.code(&second, 1, false).await;
        desk.sign_up("bert@example.org", &stranger, "Huppe").await;
        let anna = signed_in(desk.confirm(&mails[0].token()).await);
        assert_eq!(desk.count("sign_up").await, 1, "a stranger's stays");
        assert_eq!(desk.count("mail").await, 1, "and so does the mail to him");
        assert_eq!(
            refusal(desk.sign_up("cleo@example.org", &reserved, "Lilas").await),
            "MAILED",
            "the use and the name are free again"
        );
        assert_eq!(
            erase(&desk, &anna.caller, &anna, PASSWORD).await.unwrap(),
            "ERASED"
        );
        assert_eq!(desk.count("account").await, 0);
        assert!(
            desk.mails()
                .await
                .iter()
                .all(|mail| !mail.raw.to_lowercase().contains("to: anna@example.org"))
        );
    }
}

/// A sign-up that came between an account's making and the end of the others is found by its address.
#[tokio::test]
async fn an_erasure_finds_sign_ups_that_no_confirmation_ended() {
    for desk in Desk::each().await {
        let (place, anna) = desk.founder("anna@example.org", "Mésange").await;
        let code = desk.code(&place, 1, false).await;
        desk.sign_up("bert@example.org", &code, "Huppe").await;
        let kept = "(SELECT email_hash FROM account)";
        desk.sql(&format!("UPDATE sign_up SET email_hash = {kept}"))
            .await;
        assert_eq!(
            erase(&desk, &anna.caller, &anna, PASSWORD).await.unwrap(),
            "ERASED"
        );
        for table in ["sign_up", "mail"] {
            assert_eq!(desk.count(table).await, 0, "{table}");
        }
    }
}

#[tokio::test]
async fn a_mail_waits_no_longer_than_the_sign_up_it_is_for() {
    for desk in Desk::each().await {
        let place = desk.neighbourhood("le-verger").await;
        let code = desk.code(&place, 1, false).await;
        desk.sign_up("anna@example.org", &code, "Merle").await;
        desk.pass_days(1);
        desk.identity.sweep().await.unwrap();
        for table in ["sign_up", "mail"] {
            assert_eq!(desk.count(table).await, 0, "{table}");
        }
    }
}

#[tokio::test]
async fn the_operator_erases_without_a_password() {
    for desk in Desk::each().await {
        let (_, anna) = desk.founder("anna@example.org", "Mésange").await;
        assert_eq!(
            erase(&desk, &Caller::Operator, &anna, "").await.unwrap(),
            "ERASED"
        );
        assert_eq!(
            erase(&desk, &Caller::Operator, &anna, "").await,
            Err(FaultKind::NotFound)
        );
        assert_eq!(
            erase(&desk, &anna.caller, &anna, PASSWORD).await,
            Err(FaultKind::Unauthenticated)
        );
    }
}

/// A table that a later migration adds with a resident in it must be in the erasure too. The outbox names who is gone until
/// the others were told.
#[tokio::test]
async fn no_table_with_a_resident_is_forgotten_by_the_erasure() {
    let desk = Desk::sqlite().await;
    let (_, anna) = desk.founder("anna@example.org", "Mésange").await;
    erase(&desk, &Caller::Operator, &anna, "").await.unwrap();
    let db = desk.scratch.store.read();
    let tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'outbox'";
    let tables = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), tables))
        .await
        .unwrap();
    for table in tables {
        let table: String = table.try_get("", "name").unwrap();
        let columns = format!("SELECT name FROM pragma_table_info('{table}')");
        for column in db
            .query_all_raw(Statement::from_string(db.get_database_backend(), columns))
            .await
            .unwrap()
        {
            let column: String = column.try_get("", "name").unwrap();
            let id = anna.resident().to_string().to_uppercase();
            let found = desk
                .count(&format!("{table} WHERE hex({column}) = '{id}'"))
                .await;
            assert_eq!(found, 0, "{table}.{column}");
        }
    }
}
