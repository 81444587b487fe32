//! Signing up with a code.

use contract::identity::identity_server::Identity as _;
use contract::identity::{
    CreateInviteRequest, GetNeighbourhoodRequest, RevokeInviteRequest, SignUpRequest,
    create_invite_reply, get_neighbourhood_request,
};
use contract::{Caller, Fault, FaultKind};
use runtime::{DAY_MS, HOUR_MS};

use crate::desk::{Desk, PASSWORD, density, refusal, refusal_in, signed_in, tiles, visitor};

#[tokio::test]
async fn a_visitor_joins_with_a_code_and_the_link_in_the_mail() {
    for desk in Desk::each().await {
        let place = desk.neighbourhood("le-verger").await;
        let code = desk.code(&place, 1, false).await;
        let home = tiles(&place)[0];
        let request = SignUpRequest {
            email: "Anna@Example.org".into(),
            password: PASSWORD.into(),
            code: Some(code.to_lowercase().replace('-', " ")),
            pseudonym: "Mésange bleue".into(),
            home_place: Some(home),
        };
        assert_eq!(refusal(desk.apply(request).await), "MAILED");
        assert_eq!(
            refusal_in(desk.sign_in("anna@example.org", PASSWORD, "x").await),
            "WRONG_CREDENTIALS",
            "not yet confirmed"
        );
        let mails = desk.mails().await;
        assert_eq!(mails.len(), 1);
        let token = mails[0].token();
        let anna = signed_in(desk.confirm(&token).await);
        let standing = anna.standing();
        assert_eq!(standing.pseudonym, "Mésange bleue");
        assert_eq!(standing.home.to_i64(), home);
        assert!(!standing.founder && !standing.moderator);
        assert!(standing.newcomer_until_ms > desk.now_ms() + 13 * DAY_MS);
        assert_eq!(anna.viewer.memberships[0].slug, "le-verger");
        assert_eq!(anna.viewer.locale, "en");
        assert_eq!(
            refusal_in(desk.confirm(&token).await),
            "TOKEN_UNKNOWN",
            "a link works once"
        );
        signed_in(
            desk.sign_in("ANNA@example.ORG", PASSWORD, "Firefox on Linux")
                .await,
        );
    }
}

#[tokio::test]
async fn nothing_but_the_mail_tells_whether_an_address_is_known() {
    for desk in Desk::each().await {
        let (place, _) = desk.founder("known@example.org", "Merle").await;
        let code = desk.code(&place, 10, false).await;
        let mut seen = Vec::new();
        for (email, name) in [
            ("known@example.org", "Pinson"),
            ("unknown@example.org", "Huppe"),
        ] {
            let before = (
                desk.identity.password_hashes(),
                desk.count("sign_up").await,
                desk.count("mail").await,
            );
            let outcome = desk.sign_up(email, &code, name).await;
            let after = (
                desk.identity.password_hashes(),
                desk.count("sign_up").await,
                desk.count("mail").await,
            );
            seen.push((
                format!("{outcome:?}"),
                after.0 - before.0,
                after.1 - before.1,
                after.2 - before.2,
            ));
        }
        assert_eq!(seen[0], seen[1], "same answer, hashes, rows and mails");
        assert_eq!(seen[0].1, 1);
        let invites = desk.identity.list_invites(Caller::Operator.request(
            contract::identity::ListInvitesRequest {
                neighbourhood: place.id.clone(),
            },
        ));
        assert_eq!(
            invites.await.unwrap().into_inner().invites[0].uses_left,
            8,
            "a use each"
        );
        let mails = desk.mails().await;
        let to = |address| mails.iter().find(|mail| mail.is_to(address)).unwrap();
        assert!(
            to("known@example.org")
                .text
                .contains("has an account already")
        );
        assert!(!to("known@example.org").text.contains("#token="));
        signed_in(desk.confirm(&to("unknown@example.org").token()).await);
    }
}

#[tokio::test]
async fn every_code_that_opens_nothing_gets_one_and_the_same_answer() {
    for desk in Desk::each().await {
        let place = desk.neighbourhood("le-verger").await;
        let used_up = desk.code(&place, 1, false).await;
        desk.join("a@example.org", &used_up, "Merle").await;
        let request = CreateInviteRequest {
            neighbourhood: place.id.clone(),
            uses: 1,
            days: 1,
            founder: false,
        };
        let reply = desk
            .identity
            .create_invite(Caller::Operator.request(request))
            .await
            .unwrap()
            .into_inner();
        let Some(create_invite_reply::Outcome::Created(ended)) = reply.outcome else {
            panic!()
        };
        let request = CreateInviteRequest {
            neighbourhood: place.id.clone(),
            uses: 1,
            days: 30,
            founder: false,
        };
        let reply = desk
            .identity
            .create_invite(Caller::Operator.request(request))
            .await
            .unwrap()
            .into_inner();
        let Some(create_invite_reply::Outcome::Created(revoked)) = reply.outcome else {
            panic!()
        };
        let request = RevokeInviteRequest {
            neighbourhood: place.id.clone(),
            invite: revoked.id,
        };
        desk.identity
            .revoke_invite(Caller::Operator.request(request))
            .await
            .unwrap();
        desk.pass(DAY_MS);
        let mut answers = Vec::new();
        for code in [
            used_up.as_str(),
            &ended.code,
            &revoked.code,
            "0000-0000-000",
            "",
            "not a code",
        ] {
            answers.push(format!(
                "{:?}",
                desk.sign_up("b@example.org", code, "Huppe").await
            ));
        }
        assert!(answers[0].contains("CODE_UNKNOWN"));
        assert!(answers.iter().all(|answer| *answer == answers[0]));
        assert_eq!(desk.count("sign_up").await, 0);
    }
}

#[tokio::test]
async fn of_two_who_use_the_last_use_at_once_one_gets_it() {
    for desk in Desk::each().await {
        let place = desk.neighbourhood("le-verger").await;
        let code = desk.code(&place, 1, false).await;
        let (one, other) = tokio::join!(
            desk.sign_up("a@example.org", &code, "Merle"),
            desk.sign_up("b@example.org", &code, "Huppe")
        );
        let mut answers = [refusal(one), refusal(other)];
        answers.sort();
        assert_eq!(answers, ["CODE_UNKNOWN", "MAILED"]);
        assert_eq!(desk.count("sign_up").await, 1);
    }
}

#[tokio::test]
async fn of_two_sign_ups_for_one_address_one_becomes_an_account() {
    for desk in Desk::each().await {
        let place = desk.neighbourhood("le-verger").await;
        let code = desk.code(&place, 3, false).await;
        let (one, other) = tokio::join!(
            desk.sign_up("a@example.org", &code, "Merle"),
            desk.sign_up("A@example.org", &code, "Huppe")
        );
        assert_eq!([refusal(one), refusal(other)], ["MAILED", "MAILED"]);
        let mails = desk.mails().await;
        assert_eq!(mails.len(), 2);
        let (first, second) = (mails[0].token(), mails[1].token());
        let (one, other) = tokio::join!(desk.confirm(&first), desk.confirm(&second));
        let mut answers = [refusal_in(one), refusal_in(other)];
        answers.sort();
        assert_eq!(answers, ["SIGNED_IN", "TOKEN_UNKNOWN"]);
        assert_eq!(
            (
                desk.count("account").await,
                desk.count("membership").await,
                desk.count("pseudonym").await
            ),
            (1, 1, 1)
        );
        assert_eq!(
            desk.sql("UPDATE invite SET reserved = 0 WHERE uses_left = 2 AND reserved = 0")
                .await,
            1,
            "the other use came back"
        );
    }
}

#[tokio::test]
async fn a_sign_up_that_nobody_confirms_lapses_and_gives_its_use_back() {
    for desk in Desk::each().await {
        let place = desk.neighbourhood("le-verger").await;
        let code = desk.code(&place, 1, false).await;
        assert_eq!(
            refusal(desk.sign_up("a@example.org", &code, "Merle").await),
            "MAILED"
        );
        let token = desk.mails().await[0].token();
        assert_eq!(
            refusal(desk.sign_up("b@example.org", &code, "Huppe").await),
            "CODE_UNKNOWN"
        );
        desk.pass(DAY_MS);
        assert_eq!(
            refusal_in(desk.confirm(&token).await),
            "TOKEN_UNKNOWN",
            "24 hours are over"
        );
        desk.identity.sweep().await.unwrap();
        desk.identity.sweep().await.unwrap();
        assert_eq!(
            (desk.count("sign_up").await, desk.count("pseudonym").await),
            (0, 0)
        );
        desk.join("b@example.org", &code, "Merle").await;
        assert_eq!(
            refusal(desk.sign_up("c@example.org", &code, "Huppe").await),
            "CODE_UNKNOWN",
            "one use came back, not two"
        );
    }
}

#[tokio::test]
async fn everything_wrong_with_a_form_is_said_at_once_and_costs_no_hash() {
    let desk = Desk::sqlite().await;
    let place = desk.neighbourhood("le-verger").await;
    let code = desk.code(&place, 1, false).await;
    let request = |email: &str, password: &str, pseudonym: &str| SignUpRequest {
        email: email.into(),
        password: password.into(),
        code: Some(code.clone()),
        pseudonym: pseudonym.into(),
        home_place: None,
    };
    for (request, expected) in [
        (
            request("nobody", "short", "\u{202e}evil"),
            "EMAIL_INVALID PSEUDONYM_CHARACTERS WEAK_PASSWORD",
        ),
        (
            request("a@example.org", "correct horse", "un Voisin"),
            "PSEUDONYM_RESERVED",
        ),
        (
            request("marguerite@example.org", "Marguerite1", "Merle"),
            "WEAK_PASSWORD",
        ),
        (
            request("a@example.org", &"x".repeat(200_000), "Merle"),
            "PASSWORD_TOO_LONG",
        ),
        (
            request(&"a".repeat(100_000), PASSWORD, &"b".repeat(100_000)),
            "EMAIL_INVALID PSEUDONYM_LENGTH",
        ),
    ] {
        assert_eq!(refusal(desk.apply(request).await), expected);
    }
    let outside = geo::CoarseCell::at(48.85, 2.35, 13).unwrap().to_i64();
    let request = SignUpRequest {
        home_place: Some(outside),
        ..request("a@example.org", PASSWORD, "Merle")
    };
    assert_eq!(
        refusal(desk.apply(request.clone()).await),
        "OUTSIDE_NEIGHBOURHOOD"
    );
    let request = SignUpRequest {
        home_place: Some(12_345),
        ..request
    };
    let fault = Fault::from(
        desk.identity
            .sign_up(visitor(1).request(request))
            .await
            .unwrap_err(),
    );
    assert_eq!(fault.kind, FaultKind::Invalid);
    assert_eq!(desk.identity.password_hashes(), 0);
    assert_eq!(
        (desk.count("sign_up").await, desk.count("mail").await),
        (0, 0)
    );
}

#[tokio::test]
async fn a_name_is_taken_once_however_it_is_written() {
    for desk in Desk::each().await {
        let place = desk.neighbourhood("le-verger").await;
        let code = desk.code(&place, 5, false).await;
        assert_eq!(
            refusal(desk.sign_up("a@example.org", &code, "Mésange bleue").await),
            "MAILED"
        );
        assert_eq!(
            refusal(desk.sign_up("b@example.org", &code, "MESANGE-BLEUE").await),
            "PSEUDONYM_TAKEN",
            "also while it waits"
        );
        let other = desk
            .identity
            .create_neighbourhood(Caller::Operator.request(
                contract::identity::CreateNeighbourhoodRequest {
                    slug: "elsewhere".into(),
                    name: "Elsewhere".into(),
                    grain: 12,
                    density: Some(density(300)),
                    names: vec![],
                },
            ))
            .await
            .unwrap()
            .into_inner();
        let code = desk.code(&other, 1, false).await;
        assert_eq!(
            refusal(desk.sign_up("b@example.org", &code, "Mesange bleue").await),
            "MAILED",
            "elsewhere it is free"
        );
    }
}

#[tokio::test]
async fn guessing_codes_is_slowed_per_origin_and_says_when_again() {
    for desk in Desk::each().await {
        let place = desk.neighbourhood("le-verger").await;
        let code = desk.code(&place, 1, false).await;
        for _ in 0..10 {
            assert_eq!(
                refusal(
                    desk.sign_up("a@example.org", "0000-0000-000", "Merle")
                        .await
                ),
                "CODE_UNKNOWN"
            );
        }
        let outcome = desk.sign_up("a@example.org", &code, "Merle").await;
        let contract::identity::sign_up_reply::Outcome::Limited(limited) = outcome else {
            panic!("{outcome:?}")
        };
        assert_eq!(limited.limit, "CODES");
        assert!(
            limited.retry_at_ms > desk.now_ms() && limited.retry_at_ms <= desk.now_ms() + HOUR_MS
        );
        let by_code = |origin| {
            let by = Some(get_neighbourhood_request::By::Code(code.clone()));
            desk.identity
                .get_neighbourhood(visitor(origin).request(GetNeighbourhoodRequest { by }))
        };
        assert_eq!(
            Fault::from(by_code(1).await.unwrap_err()).code,
            "RATE_LIMITED",
            "every way to try a code counts"
        );
        assert_eq!(
            by_code(2).await.unwrap().into_inner().slug,
            "le-verger",
            "others are not held up"
        );
        for _ in 0..30 {
            by_code(3).await.unwrap();
        }
        desk.pass(limited.retry_at_ms - desk.now_ms());
        assert_eq!(
            refusal(desk.sign_up("a@example.org", &code, "Merle").await),
            "MAILED"
        );
    }
}
