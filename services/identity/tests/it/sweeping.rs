//! What lapses with time.

use contract::common::ResidentRequest;
use contract::identity::identity_server::Identity as _;
use runtime::DAY_MS;

use crate::desk::{Desk, Member};
use crate::telling;

async fn joined(desk: &Desk, member: &Member) -> (String, bool) {
    let request = ResidentRequest {
        resident: member.viewer.resident.clone(),
    };
    let parts = desk
        .identity
        .export(member.caller.request(request))
        .await
        .unwrap()
        .into_inner()
        .parts;
    let part = parts
        .iter()
        .find(|part| part.name == "identity/memberships.json")
        .unwrap();
    let json: serde_json::Value = serde_json::from_slice(&part.json).unwrap();
    (
        json[0]["joined"].as_str().unwrap().to_owned(),
        json[0]["inviterKeptAsHash"].as_bool().unwrap(),
    )
}

#[tokio::test]
async fn the_day_of_joining_becomes_a_month_and_the_inviter_is_forgotten() {
    for desk in Desk::each().await {
        let (place, anna) = desk.founder("anna@example.org", "Merle").await;
        let code = desk.invite(&anna.caller, &place, 1, false).await.unwrap();
        let bert = desk.join("bert@example.org", &code, "Huppe").await;
        let sweep = async || {
            desk.identity.sweep().await.unwrap();
            joined(&desk, &bert).await
        };
        desk.pass_days(90);
        assert_eq!(sweep().await, ("2026-11-21".into(), true));
        desk.pass_days(1);
        assert_eq!(sweep().await, ("2026-11".into(), true));
        assert_eq!(
            sweep().await,
            ("2026-11".into(), true),
            "twice changes nothing"
        );
        desk.pass_days(275);
        assert_eq!(sweep().await, ("2026-11".into(), false));
        assert_eq!(joined(&desk, &anna).await, ("2026-11".into(), false));
    }
}

#[tokio::test]
async fn a_mail_lies_in_its_folder_for_a_day() {
    let desk = Desk::sqlite().await;
    let place = desk.neighbourhood("le-verger").await;
    let code = desk.code(&place, 2, false).await;
    desk.sign_up("bert@example.org", &code, "Huppe").await;
    desk.identity.deliver_mail().await.unwrap();
    let note = desk.folder.path().join("mails/not-a-mail.txt");
    std::fs::write(&note, "mine").unwrap();
    let lying = || {
        let folder = std::fs::read_dir(desk.folder.path().join("mails"));
        folder.unwrap().count() - 1
    };
    desk.pass_days(1);
    desk.identity.sweep().await.unwrap();
    assert_eq!(lying(), 1);
    desk.pass(1);
    desk.identity.sweep().await.unwrap();
    assert_eq!(lying(), 0);
    assert!(note.exists(), "what palier did not write stays");
}

#[tokio::test]
async fn after_a_while_nothing_is_left_but_members() {
    for desk in Desk::each().await {
        let (place, anna) = desk.founder("anna@example.org", "Merle").await;
        let code = desk.invite(&anna.caller, &place, 3, false).await.unwrap();
        desk.sign_up("bert@example.org", &code, "Huppe").await;
        desk.sign_in("anna@example.org", "not this one at all", "x")
            .await;
        let request = contract::identity::RequestRecoveryRequest {
            email: "anna@example.org".into(),
        };
        desk.identity
            .request_recovery(crate::desk::visitor(1).request(request))
            .await
            .unwrap();
        let told = [7; 16];
        let reply_to = telling::kept(&desk, "cleo@example.org", &told).await;
        telling::tell_visitor(&desk, told, &reply_to).await;
        desk.pass(500 * DAY_MS);
        desk.identity.sweep().await.unwrap();
        for table in [
            "sign_up",
            "session",
            "device",
            "recovery",
            "throttle",
            "invite",
            "mail",
            "reply_address",
            "inbox",
        ] {
            assert_eq!(desk.count(table).await, 0, "{table}");
        }
        for table in ["account", "membership", "pseudonym"] {
            assert_eq!(desk.count(table).await, 1, "{table}");
        }
    }
}

#[tokio::test]
async fn what_is_asked_often_is_answered_by_an_index() {
    use sea_orm::{ConnectionTrait, Statement};
    let desk = Desk::sqlite().await;
    let db = desk.scratch.store.read();
    for (query, index) in [
        (
            "SELECT * FROM session WHERE token_hash IN (x'00', x'01')",
            "session_token",
        ),
        (
            "SELECT * FROM session WHERE previous_hash IN (x'00') AND previous_until_ms > 0",
            "session_previous",
        ),
        (
            "SELECT * FROM account WHERE email_hash IN (x'00', x'01')",
            "account_email",
        ),
        (
            "SELECT * FROM membership WHERE resident = x'00'",
            "membership_resident",
        ),
        (
            "SELECT * FROM invite WHERE code_hash IN (x'00') AND expires_at_ms > 0",
            "invite_code",
        ),
        (
            "SELECT * FROM vouching WHERE code_hash IN (x'00') AND neighbourhood = x'00' AND expires_at_ms > 0",
            "vouching_code",
        ),
        (
            "SELECT * FROM postcard WHERE neighbourhood = x'00' AND expires_at_ms > 0 ORDER BY expires_at_ms LIMIT 50",
            "postcard_sheet",
        ),
        (
            "SELECT * FROM mail WHERE next_at_ms <= 0 ORDER BY next_at_ms LIMIT 20",
            "mail_next",
        ),
        (
            "SELECT * FROM leaf WHERE neighbourhood = x'00' AND version = 1",
            "sqlite_autoindex_leaf_1",
        ),
    ] {
        let plan = Statement::from_string(
            db.get_database_backend(),
            format!("EXPLAIN QUERY PLAN {query}"),
        );
        let rows = db.query_all_raw(plan).await.unwrap();
        let plan: Vec<String> = rows
            .iter()
            .map(|row| row.try_get("", "detail").unwrap())
            .collect();
        assert!(
            plan.iter().all(|step| step.contains(index)),
            "{query}: {plan:?}"
        );
    }
}
