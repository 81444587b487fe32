//! Sessions.

use contract::common::Empty;
use contract::identity::identity_server::Identity as _;
use contract::identity::{
    AuthenticateRequest, ChangeLocaleRequest, ConfirmEmailRequest, RevokeSessionRequest, Viewer,
};
use contract::{Caller, Fault, NeighbourhoodId, SessionId};
use futures_util::FutureExt;
use runtime::{DAY_MS, MINUTE_MS};

use crate::desk::{Desk, Member, PASSWORD, signed_in, visitor};

async fn authenticate(desk: &Desk, token: &str) -> Result<Viewer, String> {
    let request = visitor(1).request(AuthenticateRequest {
        session_token: token.into(),
    });
    match desk.identity.authenticate(request).await {
        Ok(viewer) => Ok(viewer.into_inner()),
        Err(status) => Err(Fault::from(status).code.into_owned()),
    }
}

#[tokio::test]
async fn a_token_gives_the_viewer_with_standings_that_verify() {
    for desk in Desk::each().await {
        let (place, anna) = desk.founder("anna@example.org", "Merle").await;
        let viewer = authenticate(&desk, &anna.token).await.unwrap();
        assert_eq!(viewer.resident, anna.viewer.resident);
        assert_eq!(viewer.rotated_token, "");
        let caller = Caller::Resident {
            resident: anna.resident(),
            session: SessionId::from_bytes(&viewer.session).unwrap(),
            standings: viewer
                .memberships
                .iter()
                .filter_map(|m| m.standing.clone())
                .collect(),
            locale: contract::Locale::French,
        };
        let neighbourhood = NeighbourhoodId::from_bytes(&place.id).unwrap();
        let standing = caller
            .member_of(neighbourhood, &desk.identity.standing_keys(), desk.now_ms())
            .unwrap();
        assert!(standing.founder && standing.pseudonym == "Merle" && standing.map_version == 1);
        desk.pass(2 * MINUTE_MS);
        assert!(
            caller
                .member_of(neighbourhood, &desk.identity.standing_keys(), desk.now_ms())
                .is_err(),
            "a standing is short-lived"
        );
        for bad in [
            "",
            "x",
            &"A".repeat(43),
            &anna.token[1..],
            &"A".repeat(100_000),
        ] {
            assert_eq!(
                authenticate(&desk, bad).await.unwrap_err(),
                "UNAUTHENTICATED"
            );
        }
    }
}

#[tokio::test]
async fn a_token_changes_daily_and_the_one_before_works_two_minutes_more() {
    for desk in Desk::each().await {
        let (_, anna) = desk.founder("anna@example.org", "Merle").await;
        desk.pass(DAY_MS);
        let (one, other) = tokio::join!(
            authenticate(&desk, &anna.token),
            authenticate(&desk, &anna.token)
        );
        let rotated: Vec<String> = [one, other]
            .into_iter()
            .map(|viewer| viewer.unwrap().rotated_token)
            .filter(|token| !token.is_empty())
            .collect();
        assert_eq!(
            rotated.len(),
            1,
            "of two requests at once one brings the new token"
        );
        assert_eq!(
            authenticate(&desk, &rotated[0])
                .await
                .unwrap()
                .rotated_token,
            ""
        );
        desk.pass(2 * MINUTE_MS - 1);
        assert_eq!(
            authenticate(&desk, &anna.token)
                .await
                .unwrap()
                .rotated_token,
            ""
        );
        desk.pass(1);
        assert!(authenticate(&desk, &anna.token).await.is_err());
        desk.identity.sweep().await.unwrap();
        assert_eq!(
            desk.count("session WHERE previous_hash IS NOT NULL OR previous_until_ms IS NOT NULL")
                .await,
            0
        );
        assert!(authenticate(&desk, &rotated[0]).await.is_ok());
    }
}

#[tokio::test]
async fn a_session_ends_after_thirty_idle_days_or_half_a_year() {
    for desk in Desk::each().await {
        let (_, anna) = desk.founder("anna@example.org", "Merle").await;
        let mut token = anna.token.clone();
        for _ in 0..6 {
            desk.pass(30 * DAY_MS);
            token = authenticate(&desk, &token).await.unwrap().rotated_token;
        }
        desk.pass(DAY_MS);
        assert!(authenticate(&desk, &token).await.is_err(), "180 days");
        let again = signed_in(desk.sign_in("anna@example.org", PASSWORD, "x").await);
        desk.pass(31 * DAY_MS);
        assert!(
            authenticate(&desk, &again.token).await.is_err(),
            "30 idle days"
        );
        desk.identity.sweep().await.unwrap();
        assert_eq!(desk.count("session").await, 0);
    }
}

async fn sessions(desk: &Desk, member: &Member) -> Vec<contract::identity::Session> {
    desk.identity
        .list_sessions(member.caller.request(Empty {}))
        .await
        .unwrap()
        .into_inner()
        .sessions
}

#[tokio::test]
async fn sessions_are_listed_by_days_and_ended_one_by_one() {
    for desk in Desk::each().await {
        let (place, anna) = desk.founder("anna@example.org", "Merle").await;
        let phone = signed_in(
            desk.sign_in("anna@example.org", PASSWORD, "Safari on iPhone")
                .await,
        );
        let code = desk.code(&place, 1, false).await;
        let bert = desk.join("bert@example.org", &code, "Huppe").await;
        let list = sessions(&desk, &anna).await;
        assert_eq!(list.len(), 2);
        assert!(
            list.iter()
                .all(|session| session.created_day_ms % DAY_MS == 0
                    && session.last_seen_day_ms % DAY_MS == 0)
        );
        assert_eq!(list.iter().filter(|session| session.current).count(), 1);
        let revoke = |member: &Member, session: &bytes::Bytes| {
            desk.identity
                .revoke_session(member.caller.request(RevokeSessionRequest {
                    session: session.clone(),
                }))
        };
        assert!(
            revoke(&bert, &phone.viewer.session).await.is_err(),
            "not his"
        );
        let mut signals = desk.bus.listen(bus::Topic::Session(
            SessionId::from_bytes(&phone.viewer.session).unwrap(),
        ));
        revoke(&anna, &phone.viewer.session).await.unwrap();
        assert!(signals.next().now_or_never().is_some(), "the edge is told");
        assert!(authenticate(&desk, &phone.token).await.is_err());
        assert!(authenticate(&desk, &anna.token).await.is_ok());
        desk.identity
            .sign_out(anna.caller.request(Empty {}))
            .await
            .unwrap();
        assert!(authenticate(&desk, &anna.token).await.is_err());
        assert!(
            desk.identity
                .list_sessions(visitor(1).request(Empty {}))
                .await
                .is_err()
        );
    }
}

/// One device, one session: a browser that signs in anew loses the token it had.
#[tokio::test]
async fn a_session_ends_when_its_device_signs_in_again_as_whomever() {
    for desk in Desk::each().await {
        let (place, anna) = desk.founder("anna@example.org", "Merle").await;
        let phone = signed_in(desk.sign_in("anna@example.org", PASSWORD, "x").await);
        let mut signals = desk.bus.listen(bus::Topic::Session(
            SessionId::from_bytes(&anna.viewer.session).unwrap(),
        ));
        let again = async |caller: &Caller, email| {
            let device = "Firefox on Linux";
            signed_in(
                desk.sign_in_from(caller.clone(), email, PASSWORD, device)
                    .await,
            )
        };
        let anew = again(&anna.caller, "anna@example.org").await;
        assert!(signals.next().now_or_never().is_some(), "the edge is told");
        assert!(authenticate(&desk, &anna.token).await.is_err());
        assert!(authenticate(&desk, &anew.token).await.is_ok());
        assert!(authenticate(&desk, &phone.token).await.is_ok());

        let code = desk.code(&place, 1, false).await;
        desk.sign_up("bert@example.org", &code, "Huppe").await;
        let mails = desk.mails().await;
        let link = mails.iter().find(|mail| mail.is_to("bert@example.org"));
        let request = ConfirmEmailRequest {
            token: link.unwrap().token(),
            device: "Firefox on Linux".into(),
        };
        let confirmed = desk
            .identity
            .confirm_email(anew.caller.request(request))
            .await
            .unwrap();
        let bert = signed_in(confirmed.into_inner().outcome.unwrap());
        assert!(
            authenticate(&desk, &anew.token).await.is_err(),
            "by a link in a mail too"
        );

        again(&bert.caller, "anna@example.org").await;
        assert!(authenticate(&desk, &bert.token).await.is_err());
        assert_eq!(desk.count("session").await, 2);
    }
}

#[tokio::test]
async fn the_language_of_an_account_is_that_of_its_mails() {
    for desk in Desk::each().await {
        let (_, anna) = desk.founder("anna@example.org", "Merle").await;
        let change = |locale: &str| {
            desk.identity
                .change_locale(anna.caller.request(ChangeLocaleRequest {
                    locale: locale.into(),
                }))
        };
        assert!(change("de").await.is_err());
        change("fr").await.unwrap();
        assert_eq!(authenticate(&desk, &anna.token).await.unwrap().locale, "fr");
        signed_in(desk.sign_in("anna@example.org", PASSWORD, "Safari").await);
        assert!(desk.mails().await[0].text.contains("21 novembre"));
    }
}
