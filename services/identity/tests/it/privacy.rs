//! What nobody may find.

use std::io::Write;
use std::sync::{Arc, Mutex};

use contract::Caller;
use contract::identity::identity_server::Identity as _;
use contract::identity::{AuthenticateRequest, RequestRecoveryRequest};
use identity::{IdentityFault, rows_under_other_keys};
use runtime::{Clock, Entropy, Keys, Purpose};
use sea_orm::ConnectionTrait;
use sea_orm::sea_query::Query;
use store::scratch::Scratch;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::dynamic_filter_fn;
use tracing_subscriber::fmt::format::FmtSpan;
use tracing_subscriber::layer::SubscriberExt;
use uuid::Uuid;

use crate::desk::{Desk, PASSWORD, START_MS, refusal_in, signed_in, visitor};
use crate::telling;

const CANARY: &str = "zanzibar.canary.7391@example.org";
const PEN_NAME: &str = "Zwartkopf";

/// One resident's every journey; answers what must be found nowhere.
async fn journeys(desk: &Desk) -> Vec<String> {
    let (place, member) = desk.founder(CANARY, PEN_NAME).await;
    let code = desk.invite(&member.caller, &place, 3, false).await.unwrap();
    desk.sign_in(CANARY, "a wrong one, by somebody", "x").await;
    let again = signed_in(desk.sign_in(CANARY, PASSWORD, "Safari on iPhone").await);
    desk.sign_up(CANARY, &code, "Pinson").await;
    desk.sign_up("second.canary.7391@example.org", &code, "Huppe")
        .await;
    desk.identity
        .request_recovery(visitor(1).request(RequestRecoveryRequest {
            email: CANARY.into(),
        }))
        .await
        .unwrap();
    desk.identity
        .authenticate(visitor(1).request(AuthenticateRequest {
            session_token: again.token.clone(),
        }))
        .await
        .unwrap();
    let reply_to = telling::kept(desk, "third.canary.7391@example.org", &[3; 16]).await;
    telling::tell_visitor(desk, [4; 16], &reply_to).await;
    let secrets = vec![
        "canary.7391".to_owned(),
        PASSWORD.to_owned(),
        code.clone(),
        code.replace('-', ""),
        member.token.clone(),
        again.token.clone(),
    ];
    desk.identity.sweep().await.unwrap();
    secrets
}

#[tokio::test]
async fn no_address_password_code_or_token_is_in_the_database_in_plain() {
    let desk = Desk::sqlite().await;
    let secrets = journeys(&desk).await;
    let path = desk.scratch.address.strip_prefix("sqlite://").unwrap();
    let mut bytes = Vec::new();
    for suffix in ["", "-wal"] {
        bytes.extend(std::fs::read(format!("{path}{suffix}")).unwrap_or_default());
    }
    let holds = |needle: &str| {
        bytes
            .windows(needle.len())
            .any(|window| window.eq_ignore_ascii_case(needle.as_bytes()))
    };
    assert!(holds(PEN_NAME), "the search finds what is there");
    for secret in &secrets {
        assert!(!holds(secret), "{secret}");
    }
    let tokens: Vec<String> = desk
        .mails()
        .await
        .iter()
        .filter(|mail| mail.text.contains("#token="))
        .map(crate::desk::Letter::token)
        .collect();
    assert!(!tokens.is_empty());
    assert!(
        tokens.iter().all(|token| !holds(token)),
        "mailed tokens wait sealed"
    );
}

/// What is logged while the test listens.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<Option<Vec<u8>>>>);

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        if let Some(kept) = self.0.lock().unwrap().as_mut() {
            kept.extend_from_slice(bytes);
        }
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn nothing_personal_reaches_a_log_whatever_is_recorded() {
    let kept = Kept(Arc::new(Mutex::new(Some(Vec::new()))));
    let (writer, listening) = (kept.clone(), kept.clone());
    let layer = tracing_subscriber::fmt::layer()
        .with_span_events(FmtSpan::FULL)
        .with_writer(move || writer.clone())
        .with_filter(dynamic_filter_fn(move |_, _| {
            listening.0.lock().unwrap().is_some()
        }));
    // For the whole process: what works on other threads is heard too, other tests' included.
    tracing::subscriber::set_global_default(tracing_subscriber::registry().with(layer)).unwrap();
    let desk = Desk::sqlite().await;
    let secrets = journeys(&desk).await;
    desk.mails().await;
    // A store that fails speaks too.
    desk.sql("DROP TABLE account").await;
    let request = contract::identity::SignInRequest {
        email: CANARY.into(),
        password: PASSWORD.into(),
        device: "x".into(),
    };
    assert!(
        desk.identity
            .sign_in(visitor(1).request(request))
            .await
            .is_err()
    );
    let log = String::from_utf8(kept.0.lock().unwrap().take().unwrap()).unwrap();
    assert!(
        log.contains("sign_up") && log.contains("a call failed"),
        "the log was heard"
    );
    for secret in secrets
        .iter()
        .map(String::as_str)
        .chain([PEN_NAME, "iPhone", "Safari"])
    {
        assert!(!log.contains(secret), "{secret}");
    }
}

#[tokio::test]
async fn a_fault_of_the_store_is_masked() {
    let desk = Desk::sqlite().await;
    desk.founder(CANARY, PEN_NAME).await;
    desk.sql("DROP TABLE account").await;
    let request = contract::identity::SignInRequest {
        email: CANARY.into(),
        password: PASSWORD.into(),
        device: "x".into(),
    };
    let status = desk
        .identity
        .sign_in(visitor(1).request(request))
        .await
        .unwrap_err();
    let fault = contract::Fault::from(status);
    assert_eq!(fault.code, "INTERNAL");
    assert!(!fault.message.contains("account"));
}

/// Keys as they are after an operator added newer ones.
fn rotated(folder: &std::path::Path) -> Keys {
    use std::os::unix::fs::PermissionsExt;
    for purpose in ["addresses", "address-lookup", "codes", "standings"] {
        let path = folder.join(format!("{purpose}.0002.key"));
        let digit = purpose.len() % 10;
        std::fs::write(&path, format!("{digit}a").repeat(32)).unwrap();
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
    }
    Keys::in_folder(folder, &Entropy::seeded(1)).unwrap()
}

#[tokio::test]
async fn newer_keys_take_over_without_anybody_noticing() {
    for scratch in Scratch::each(identity::MIGRATIONS).await {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::in_folder(folder.path(), &Entropy::seeded(1)).unwrap();
        let desk = Desk::with(scratch, keys, Clock::manual(START_MS), 7);
        let (place, anna) = desk.founder("anna@example.org", "Merle").await;
        let code = desk.code(&place, 1, false).await;
        let reply_to = telling::kept(&desk, "cleo@example.org", &[3; 16]).await;
        let keys = rotated(folder.path());
        let desk = Desk::with(desk.scratch, keys, desk.clock, 8);
        let viewer = desk
            .identity
            .authenticate(visitor(1).request(AuthenticateRequest {
                session_token: anna.token.clone(),
            }))
            .await
            .unwrap()
            .into_inner();
        let standing = viewer.memberships[0].standing.clone().unwrap();
        assert_eq!(standing.key_id, "0002");
        assert!(
            desk.identity
                .standing_keys()
                .verify(&standing, desk.now_ms())
                .is_ok()
        );
        signed_in(
            desk.sign_in("anna@example.org", PASSWORD, "Firefox on Linux")
                .await,
        );
        assert!(
            desk.mails().await.is_empty(),
            "a device stays known under a newer key"
        );
        desk.join("bert@example.org", &code, "Huppe").await;
        assert_eq!(desk.count("account WHERE address_key = '0001'").await, 1);
        let older = rows_under_other_keys(&desk.scratch.store, Purpose::Addresses, "0002");
        assert_eq!(older.await.unwrap(), 2, "an account and a reply address");
        desk.identity.sweep().await.unwrap();
        let older = rows_under_other_keys(&desk.scratch.store, Purpose::Addresses, "0002");
        assert_eq!(older.await.unwrap(), 0);
        assert_eq!(
            desk.count("account WHERE address_key = '0002' AND email_key = '0002'")
                .await,
            2
        );
        for purpose in ["addresses", "address-lookup"] {
            std::fs::remove_file(folder.path().join(format!("{purpose}.0001.key"))).unwrap();
        }
        let keys = Keys::in_folder(folder.path(), &Entropy::seeded(1)).unwrap();
        let desk = Desk::with(desk.scratch, keys, desk.clock, 9);
        signed_in(
            desk.sign_in("anna@example.org", PASSWORD, "A new one")
                .await,
        );
        assert!(
            desk.mails().await[0].is_to("anna@example.org"),
            "the older key is not needed any more"
        );
        telling::tell_visitor(&desk, [4; 16], &reply_to).await;
        assert!(desk.mails().await[0].is_to("cleo@example.org"));
    }
}

#[tokio::test]
async fn keys_belong_to_the_database_whose_accounts_they_open() {
    for scratch in Scratch::each(identity::MIGRATIONS).await {
        let folder = tempfile::tempdir().unwrap();
        let ours = Keys::in_folder(folder.path(), &Entropy::seeded(1)).unwrap();
        let others = Keys::ephemeral(&Entropy::seeded(2));
        let desk = Desk::with(scratch, ours.clone(), Clock::manual(START_MS), 7);
        let store = &desk.scratch.store;
        assert!(!identity::has_accounts(store).await.unwrap());
        assert!(identity::keys_belong(store, &others).await.unwrap());

        desk.founder("anna@example.org", "Merle").await;
        assert!(identity::has_accounts(store).await.unwrap());
        assert!(identity::keys_belong(store, &ours).await.unwrap());
        assert!(!identity::keys_belong(store, &others).await.unwrap());
        let newer = rotated(folder.path());
        assert!(identity::keys_belong(store, &newer).await.unwrap());
        lost_account(&desk, Uuid::from_u128(0)).await;
        assert!(
            identity::keys_belong(store, &ours).await.unwrap(),
            "one that is damaged keeps nobody out"
        );
        let lookup = folder.path().join("address-lookup.0001.key");
        std::fs::write(lookup, "5b".repeat(32)).unwrap();
        let without_lookup = Keys::existing(folder.path()).unwrap();
        assert!(!identity::keys_belong(store, &without_lookup).await.unwrap());
    }
}

/// More accounts than one sweep takes, that no key opens, before one that an older key opens.
#[tokio::test]
async fn accounts_that_cannot_be_opened_keep_no_other_under_an_older_key() {
    for scratch in Scratch::each(identity::MIGRATIONS).await {
        let folder = tempfile::tempdir().unwrap();
        let keys = Keys::in_folder(folder.path(), &Entropy::seeded(1)).unwrap();
        let desk = Desk::with(scratch, keys, Clock::manual(START_MS), 7);
        for number in 0..250_u32 {
            lost_account(&desk, Uuid::from_u128(u128::from(number))).await;
        }
        desk.founder("anna@example.org", "Merle").await;
        let desk = Desk::with(desk.scratch, rotated(folder.path()), desk.clock, 8);
        let fault = desk.identity.sweep().await.unwrap_err();
        assert!(matches!(fault, IdentityFault::Sealed { table: "account" }));
        assert_eq!(desk.count("account WHERE address_key = '0002'").await, 1);
        assert_eq!(desk.count("account WHERE address_key = 'lost'").await, 250);
    }
}

/// An account under a key that is gone.
async fn lost_account(desk: &Desk, id: Uuid) {
    let tx = desk.scratch.store.begin().await.unwrap();
    let backend = tx.get_database_backend();
    let bytes = id.as_bytes().to_vec();
    let insert = Query::insert()
        .into_table("account")
        .columns([
            "id",
            "email_hash",
            "email_key",
            "address",
            "address_key",
            "password",
            "locale",
        ])
        .values_panic([
            id.into(),
            bytes.clone().into(),
            "lost".into(),
            bytes.into(),
            "lost".into(),
            "".into(),
            "en".into(),
        ])
        .to_owned();
    tx.execute_raw(backend.build(&insert)).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_sealed_address_moved_to_another_account_does_not_open() {
    let desk = Desk::sqlite().await;
    let (place, _) = desk.founder("anna@example.org", "Merle").await;
    let code = desk.code(&place, 1, false).await;
    let bert = desk.join("bert@example.org", &code, "Huppe").await;
    let id = bert.resident().to_string().to_uppercase();
    desk.sql(&format!("UPDATE account SET address = (SELECT address FROM account WHERE hex(id) <> '{id}') WHERE hex(id) = '{id}'")).await;
    let request = contract::common::ResidentRequest {
        resident: bert.viewer.resident.clone(),
    };
    assert!(
        desk.identity
            .export(bert.caller.request(request))
            .await
            .is_err()
    );
    assert_eq!(
        refusal_in(
            desk.sign_in("bert@example.org", PASSWORD, "Firefox on Linux")
                .await
        ),
        "SIGNED_IN"
    );
}

#[tokio::test]
async fn no_place_finer_than_level_fourteen_can_be_written() {
    for desk in Desk::each().await {
        let (_, _) = desk.founder("anna@example.org", "Merle").await;
        let fine = 0x4692_0abc_d100_0001_i64;
        let tx = desk.scratch.store.begin().await.unwrap();
        assert!(
            tx.execute_unprepared(&format!("UPDATE membership SET home_place = {fine}"))
                .await
                .is_err()
        );
        drop(tx);
        let tx = desk.scratch.store.begin().await.unwrap();
        assert!(
            tx.execute_unprepared(&format!("UPDATE leaf SET place = {fine}"))
                .await
                .is_err()
        );
        drop(tx);
        let tx = desk.scratch.store.begin().await.unwrap();
        let follow = format!(
            "INSERT INTO followed_tile SELECT neighbourhood, resident, 1, {fine} FROM membership"
        );
        assert!(tx.execute_unprepared(&follow).await.is_err());
    }
}

#[tokio::test]
async fn who_did_not_say_who_they_are_gets_nothing() {
    let desk = Desk::sqlite().await;
    let request = tonic::Request::new(AuthenticateRequest {
        session_token: "x".into(),
    });
    assert!(desk.identity.authenticate(request).await.is_err());
    assert!(
        desk.identity
            .list_neighbourhoods(tonic::Request::new(contract::common::Empty {}))
            .await
            .is_err()
    );
    assert!(
        desk.identity
            .list_neighbourhoods(Caller::Operator.request(contract::common::Empty {}))
            .await
            .is_ok()
    );
}
