//! Signing in with an address and a password.

use contract::identity::SignInRequest;
use contract::identity::sign_in_reply::Outcome;
use runtime::{DAY_MS, MINUTE_MS};

use crate::desk::{Desk, PASSWORD, refusal_in, signed_in, visitor};
use contract::identity::identity_server::Identity as _;

#[tokio::test]
async fn unknown_and_wrong_cost_and_say_the_same() {
    for desk in Desk::each().await {
        desk.founder("anna@example.org", "Merle").await;
        let mut seen = Vec::new();
        for (email, password) in [
            ("anna@example.org", "not this one at all"),
            ("nobody@example.org", PASSWORD),
        ] {
            let before = desk.identity.password_hashes();
            let outcome = desk.sign_in(email, password, "x").await;
            seen.push((
                format!("{outcome:?}"),
                desk.identity.password_hashes() - before,
            ));
        }
        assert_eq!(seen[0], seen[1]);
        assert!(seen[0].0.contains("WRONG_CREDENTIALS") && seen[0].1 == 1);
        let before = desk.identity.password_hashes();
        for email in ["anna@example.org", "nobody@example.org"] {
            assert_eq!(
                refusal_in(desk.sign_in(email, &"x".repeat(100_000), "x").await),
                "WRONG_CREDENTIALS"
            );
        }
        assert_eq!(
            refusal_in(desk.sign_in("no address", PASSWORD, "x").await),
            "WRONG_CREDENTIALS"
        );
        assert_eq!(
            desk.identity.password_hashes(),
            before,
            "what nobody can have costs nothing"
        );
    }
}

#[tokio::test]
async fn wrong_passwords_slow_down_and_never_lock_out_for_good() {
    for desk in Desk::each().await {
        desk.founder("anna@example.org", "Merle").await;
        let wrong = async |email: &'static str, origin| {
            desk.sign_in_from(visitor(origin), email, "not this one at all", "x")
                .await
        };
        for email in ["anna@example.org", "nobody@example.org"] {
            for origin in 0..6 {
                assert_eq!(refusal_in(wrong(email, origin).await), "WRONG_CREDENTIALS");
            }
            let outcome = wrong(email, 7).await;
            let Outcome::Limited(limited) = outcome else {
                panic!("{email}: {outcome:?}")
            };
            assert_eq!(
                limited.retry_at_ms,
                desk.now_ms() + 30_000,
                "known or not, from wherever"
            );
        }
        let before = desk.identity.password_hashes();
        assert_eq!(
            refusal_in(desk.sign_in("anna@example.org", PASSWORD, "x").await),
            "PASSWORDS",
            "also the right one waits"
        );
        assert_eq!(desk.identity.password_hashes(), before, "and costs nothing");
        for _ in 0..20 {
            desk.pass(15 * MINUTE_MS);
            assert_eq!(
                refusal_in(wrong("anna@example.org", 8).await),
                "WRONG_CREDENTIALS",
                "the longest pause is a quarter of an hour"
            );
        }
        desk.pass(15 * MINUTE_MS);
        signed_in(desk.sign_in("anna@example.org", PASSWORD, "x").await);
        for _ in 0..5 {
            assert_eq!(
                refusal_in(wrong("anna@example.org", 9).await),
                "WRONG_CREDENTIALS",
                "the owner's own slips are forgotten"
            );
        }
    }
}

#[tokio::test]
async fn many_at_once_count_as_many() {
    for desk in Desk::each().await {
        desk.founder("anna@example.org", "Merle").await;
        let tries = (0..12).map(|_| desk.sign_in("anna@example.org", "not this one at all", "x"));
        let outcomes = futures_util::future::join_all(tries).await;
        let counted = outcomes
            .into_iter()
            .filter(|outcome| matches!(outcome, Outcome::Refused(_)))
            .count();
        assert_eq!(counted, 6);
    }
}

#[tokio::test]
async fn wrong_passwords_are_counted_whichever_process_they_are_tried_at() {
    for desk in Desk::each().await {
        desk.founder("anna@example.org", "Merle").await;
        let second = desk.second().await;
        let guess = |number: usize| {
            let process = if number.is_multiple_of(2) {
                &desk.identity
            } else {
                &second
            };
            process.sign_in(visitor(1).request(SignInRequest {
                email: "anna@example.org".into(),
                password: "not this one at all".into(),
                device: "x".into(),
            }))
        };
        let outcomes = futures_util::future::join_all((0..12).map(guess)).await;
        let outcomes = outcomes
            .into_iter()
            .map(|reply| reply.unwrap().into_inner());
        let counted = outcomes.filter(|reply| matches!(reply.outcome, Some(Outcome::Refused(_))));
        assert_eq!(counted.count(), 6);
    }
}

#[tokio::test]
async fn a_device_not_seen_before_is_mailed_about_once() {
    for desk in Desk::each().await {
        desk.founder("anna@example.org", "Merle").await;
        signed_in(
            desk.sign_in("anna@example.org", PASSWORD, "Firefox on Linux")
                .await,
        );
        assert!(desk.mails().await.is_empty(), "known from the confirmation");
        signed_in(
            desk.sign_in(
                "anna@example.org",
                PASSWORD,
                "Safari <b>on</b>\r\nBcc: x@y.org iPhone",
            )
            .await,
        );
        let mails = desk.mails().await;
        assert_eq!(mails.len(), 1);
        assert!(mails[0].is_to("anna@example.org"));
        assert!(mails[0].text.contains("21 November") && !mails[0].raw.contains("\nBcc"));
        assert!(
            mails[0].text.matches("12:00").count() == 1,
            "a day, not a time: that stands in the Date header only"
        );
        signed_in(
            desk.sign_in(
                "anna@example.org",
                PASSWORD,
                "Safari <b>on</b>\r\nBcc: x@y.org iPhone",
            )
            .await,
        );
        assert!(desk.mails().await.is_empty());
    }
}

#[tokio::test]
async fn an_older_hash_is_made_anew_at_the_next_sign_in() {
    for desk in Desk::each().await {
        desk.founder("anna@example.org", "Merle").await;
        let config = argon2::Config {
            mem_cost: 8 * 1024,
            ..argon2::Config::rfc9106_low_mem()
        };
        let older = argon2::hash_encoded(PASSWORD.as_bytes(), b"an older salt", &config).unwrap();
        desk.sql(&format!("UPDATE account SET password = '{older}'"))
            .await;
        signed_in(desk.sign_in("anna@example.org", PASSWORD, "x").await);
        let current = "$argon2id$v=19$m=65536,t=3,p=1$";
        assert_eq!(
            desk.sql(&format!(
                "UPDATE account SET locale = 'fr' WHERE password LIKE '{current}%'"
            ))
            .await,
            1
        );
        signed_in(desk.sign_in("anna@example.org", PASSWORD, "x").await);
    }
}

#[tokio::test]
async fn an_account_has_at_most_twenty_sessions() {
    let desk = Desk::sqlite().await;
    let (_, anna) = desk.founder("anna@example.org", "Merle").await;
    desk.pass(DAY_MS);
    for _ in 0..20 {
        signed_in(desk.sign_in("anna@example.org", PASSWORD, "x").await);
    }
    assert_eq!(desk.count("session").await, 20);
    let session = contract::SessionId::from_bytes(&anna.viewer.session).unwrap();
    assert_eq!(
        desk.sql(&format!(
            "DELETE FROM session WHERE hex(id) = '{}'",
            session.to_string().to_uppercase()
        ))
        .await,
        0,
        "the oldest went"
    );
    let newest = signed_in(desk.sign_in("anna@example.org", PASSWORD, "x").await);
    assert_eq!(desk.count("session").await, 20);
    let request = contract::identity::AuthenticateRequest {
        session_token: newest.token,
    };
    let viewer = desk
        .identity
        .authenticate(crate::desk::visitor(1).request(request));
    assert!(viewer.await.is_ok(), "who signs in is not signed out by it");
}
