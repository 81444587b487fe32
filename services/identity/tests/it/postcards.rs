//! Joining with a postcard: its address is read to be printed, and erased when it is posted.

use contract::common::ResidentRequest;
use contract::identity::identity_server::Identity as _;
use contract::identity::{
    AppointRequest, AskForPostcardRequest, JoinRequest, ListPostcardsRequest, Neighbourhood,
    Postcard, SetPostcardsRequest, SettlePostcardRequest, ask_for_postcard_reply, join_reply,
    seen::What,
};
use contract::{Caller, Fault, FaultKind};
use futures_util::future::join_all;
use runtime::DAY_MS;

use crate::desk::{Desk, Member, START_MS, codes};
use crate::joining::{Street, joining, standings, withdraw};

pub async fn ask(
    desk: &Desk,
    who: &Member,
    place: &Neighbourhood,
    lines: &[&str],
) -> Result<i64, String> {
    let request = AskForPostcardRequest {
        neighbourhood: place.id.clone(),
        lines: lines.iter().map(|line| (*line).to_owned()).collect(),
    };
    let request = who.caller.request(request);
    let reply = desk.identity.ask_for_postcard(request).await.unwrap();
    match reply.into_inner().outcome.unwrap() {
        ask_for_postcard_reply::Outcome::Asked(asked) => Ok(asked.expires_at_ms),
        ask_for_postcard_reply::Outcome::Refused(refused) => Err(codes(&refused)),
        ask_for_postcard_reply::Outcome::Limited(limited) => Err(limited.limit),
    }
}

pub async fn appoint(desk: &Desk, place: &Neighbourhood, email: &str) {
    let request = AppointRequest {
        neighbourhood: place.id.clone(),
        email: email.into(),
        moderator: true,
    };
    let request = Caller::Operator.request(request);
    desk.identity.appoint(request).await.unwrap();
}

pub async fn sheet(
    desk: &Desk,
    who: &Member,
    place: &Neighbourhood,
) -> Result<Vec<Postcard>, FaultKind> {
    let request = ListPostcardsRequest {
        neighbourhood: place.id.clone(),
    };
    let reply = desk.identity.list_postcards(who.caller.request(request));
    let reply = reply.await.map_err(|status| Fault::from(status).kind)?;
    Ok(reply.into_inner().postcards)
}

pub async fn settle(
    desk: &Desk,
    who: &Member,
    place: &Neighbourhood,
    postcard: &Postcard,
    posted: bool,
) -> Result<(), FaultKind> {
    let request = SettlePostcardRequest {
        neighbourhood: place.id.clone(),
        postcard: postcard.id.clone(),
        posted,
    };
    let done = desk.identity.settle_postcard(who.caller.request(request));
    done.await
        .map(drop)
        .map_err(|status| Fault::from(status).kind)
}

async fn enter(desk: &Desk, who: &Member, code: &str, name: &str) -> Result<(), String> {
    let request = JoinRequest {
        code: code.into(),
        pseudonym: name.into(),
        home_place: None,
    };
    let reply = desk.identity.join(who.caller.request(request)).await;
    match reply.unwrap().into_inner().outcome.unwrap() {
        join_reply::Outcome::Joined(_) => Ok(()),
        join_reply::Outcome::Refused(refused) => Err(codes(&refused)),
        join_reply::Outcome::Limited(limited) => Err(limited.limit),
    }
}

const ADDRESS: [&str; 2] = ["12 rue du Lavoir", "75020 Paris"];

#[tokio::test]
async fn a_postcard_is_printed_posted_and_joins_the_one_who_asked_once() {
    for desk in Desk::each().await {
        let street = Street::of(&desk).await;
        let (place, asker) = (&street.place, &street.asker);
        let [merle, huppe, _] = &street.members[..] else {
            panic!()
        };
        appoint(&desk, place, "merle@example.org").await;
        ask(&desk, asker, place, &ADDRESS).await.unwrap();
        assert_eq!(
            ask(&desk, asker, place, &ADDRESS).await,
            Err("POSTCARD_OPEN".into())
        );
        assert_eq!(
            sheet(&desk, huppe, place).await.unwrap_err(),
            FaultKind::Forbidden
        );
        assert_eq!(
            sheet(&desk, asker, place).await.unwrap_err(),
            FaultKind::NotFound
        );
        assert!(joining(&desk, asker).await.seen.is_empty());
        let printed = sheet(&desk, merle, place).await.unwrap();
        assert_eq!(printed[0].lines, ADDRESS);
        sheet(&desk, merle, place).await.unwrap();
        let mine = joining(&desk, asker).await;
        assert_eq!(mine.seen.len(), 1, "once a day");
        assert_eq!(
            mine.seen[0].day_ms,
            START_MS - START_MS % DAY_MS + 30 * DAY_MS
        );
        assert_eq!(mine.seen[0].what(), What::Address);
        assert!(!mine.postcards[0].posted);

        let code = printed[0].code.clone();
        let unknown = Err("CODE_UNKNOWN".to_owned());
        let early = enter(&desk, asker, &code, "Pervenche").await;
        assert_eq!(early, unknown, "before it was posted");
        assert_eq!(
            settle(&desk, huppe, place, &printed[0], true).await,
            Err(FaultKind::Forbidden)
        );
        settle(&desk, merle, place, &printed[0], true)
            .await
            .unwrap();
        assert_eq!(
            settle(&desk, merle, place, &printed[0], true).await,
            Err(FaultKind::NotFound),
            "once"
        );
        assert!(sheet(&desk, merle, place).await.unwrap().is_empty());
        assert_eq!(
            desk.count("postcard WHERE sealed IS NULL AND sealed_key IS NULL")
                .await,
            1,
            "the address is erased"
        );
        assert!(joining(&desk, asker).await.postcards[0].posted);
        let mails = desk.mails().await;
        assert!(
            mails.iter().any(|mail| mail.is_to("anna@example.org")
                && mail.text.contains("A postcard is on its way"))
        );
        assert!(mails.iter().all(|mail| !mail.text.contains("Lavoir")));

        let new = desk.code(&street.place, 1, true).await;
        let thief = desk.join("thief@example.org", &new, "Pie").await;
        let stolen = enter(&desk, &thief, &code, "Geai").await;
        assert_eq!(stolen, unknown, "to nobody else");
        assert_eq!(
            enter(&desk, asker, &code, "Merle").await,
            Err("PSEUDONYM_TAKEN".into())
        );
        let at_once = (0..4).map(|_| enter(&desk, asker, &code, "Pervenche"));
        let done = join_all(at_once).await;
        assert_eq!(done.iter().filter(|done| done.is_ok()).count(), 1);
        assert_eq!(desk.count("membership WHERE method = 'postcard'").await, 1);
        assert_eq!(desk.count("postcard").await, 0);
        assert_eq!(standings(&desk, asker).await.len(), 2);
    }
}

#[tokio::test]
async fn an_address_is_erased_when_nobody_posts_it_and_a_code_ends() {
    for desk in Desk::each().await {
        let street = Street::of(&desk).await;
        let (place, asker, merle) = (&street.place, &street.asker, &street.members[0]);
        appoint(&desk, place, "merle@example.org").await;
        ask(&desk, asker, place, &ADDRESS).await.unwrap();
        desk.pass_days(14);
        assert!(sheet(&desk, merle, place).await.unwrap().is_empty());
        desk.identity.sweep().await.unwrap();
        assert_eq!(desk.count("postcard").await, 0);

        ask(&desk, asker, place, &ADDRESS).await.unwrap();
        let printed = sheet(&desk, merle, place).await.unwrap();
        settle(&desk, merle, place, &printed[0], false)
            .await
            .unwrap();
        assert_eq!(desk.count("postcard").await, 0, "none of the neighbourhood");
        assert!(
            desk.mails()
                .await
                .iter()
                .any(|mail| mail.text.contains("will not be sent"))
        );

        desk.pass_days(15);
        ask(&desk, asker, place, &ADDRESS).await.unwrap();
        let printed = sheet(&desk, merle, place).await.unwrap();
        settle(&desk, merle, place, &printed[0], true)
            .await
            .unwrap();
        desk.pass_days(30);
        assert_eq!(
            enter(&desk, asker, &printed[0].code, "Pervenche").await,
            Err("CODE_UNKNOWN".into())
        );
        desk.identity.sweep().await.unwrap();
        assert_eq!(desk.count("postcard").await, 0);
        desk.pass_days(366);
        desk.identity.sweep().await.unwrap();
        assert_eq!(desk.count("seen").await, 0);
    }
}

#[tokio::test]
async fn where_moderators_send_none_none_is_asked_for_and_those_before_wait_on() {
    for desk in Desk::each().await {
        let street = Street::of(&desk).await;
        let (place, asker) = (&street.place, &street.asker);
        let [merle, huppe, _] = &street.members[..] else {
            panic!()
        };
        appoint(&desk, place, "merle@example.org").await;
        let set = async |who: &Member, offered| {
            let request = SetPostcardsRequest {
                neighbourhood: place.id.clone(),
                offered,
            };
            let request = who.caller.request(request);
            match desk.identity.set_postcards(request).await {
                Ok(reply) => Ok(reply.into_inner().postcards),
                Err(status) => Err(Fault::from(status).kind),
            }
        };
        assert_eq!(set(huppe, false).await, Err(FaultKind::Forbidden));
        assert_eq!(set(asker, false).await, Err(FaultKind::NotFound));
        ask(&desk, asker, place, &ADDRESS).await.unwrap();
        assert_eq!(set(merle, false).await, Ok(false));
        assert_eq!(sheet(&desk, merle, place).await.unwrap().len(), 1);
        withdraw(&desk, asker, place).await;
        assert_eq!(
            ask(&desk, asker, place, &ADDRESS).await,
            Err("POSTCARDS_OFF".into())
        );
        assert_eq!(set(merle, true).await, Ok(true));
        ask(&desk, asker, place, &ADDRESS).await.unwrap();
    }
}

#[tokio::test]
async fn postcards_are_few_and_addresses_bounded() {
    for desk in Desk::each().await {
        let street = Street::of(&desk).await;
        let (place, asker) = (&street.place, &street.asker);
        let long = "a".repeat(61);
        for wrong in [
            &[][..],
            &[""],
            &["1", "2", "3", "4", "5"],
            &["a\nb"],
            &[&long],
        ] {
            assert_eq!(
                ask(&desk, asker, place, wrong).await,
                Err("ADDRESS_LINES".into())
            );
        }
        assert_eq!(
            ask(&desk, &street.members[0], place, &ADDRESS).await,
            Err("ALREADY_MEMBER".into())
        );
        for _ in 0..2 {
            ask(&desk, asker, place, &ADDRESS).await.unwrap();
            withdraw(&desk, asker, place).await;
        }
        assert_eq!(
            ask(&desk, asker, place, &ADDRESS).await,
            Err("POSTCARDS".into())
        );
        assert_eq!(desk.count("postcard").await, 0);
        // As if others had asked for the rest of the day's.
        desk.sql("UPDATE throttle SET count = 20 WHERE count = 2")
            .await;
        desk.pass_days(0);
        let other = desk.neighbourhood("le-port").await;
        let code = desk.code(&other, 1, true).await;
        let last = desk.join("last@example.org", &code, "Crocus").await;
        assert_eq!(
            ask(&desk, &last, place, &ADDRESS).await,
            Err("POSTCARDS_HERE".into())
        );
        desk.pass_days(1);
        ask(&desk, &last, place, &ADDRESS).await.unwrap();
    }
}

#[tokio::test]
async fn an_export_has_the_address_and_an_erasure_leaves_nothing_of_it() {
    for desk in Desk::each().await {
        let street = Street::of(&desk).await;
        let (place, asker, merle) = (&street.place, &street.asker, &street.members[0]);
        appoint(&desk, place, "merle@example.org").await;
        ask(&desk, asker, place, &ADDRESS).await.unwrap();
        crate::joining::ask(&desk, asker, place, "Pervenche")
            .await
            .unwrap();
        sheet(&desk, merle, place).await.unwrap();
        let request = ResidentRequest {
            resident: asker.viewer.resident.clone(),
        };
        let request = asker.caller.request(request);
        let parts = desk.identity.export(request).await.unwrap().into_inner();
        let part = parts
            .parts
            .iter()
            .find(|part| part.name == "identity/joining.json");
        let json: serde_json::Value = serde_json::from_slice(&part.unwrap().json).unwrap();
        assert_eq!(json["postcard"]["addressUntilPosted"][0], ADDRESS[0]);
        assert_eq!(json["askedNeighboursToVouch"][0]["pseudonym"], "Pervenche");
        assert_eq!(json["readByModeratorsOn"][0]["day"], "2026-12-21");
        let request = contract::identity::EraseRequest {
            resident: asker.viewer.resident.clone(),
            password: String::new(),
        };
        let request = Caller::Operator.request(request);
        desk.identity.erase(request).await.unwrap();
        for table in [
            "postcard",
            "seen",
            "vouching",
            "pseudonym WHERE folded = 'pervenche'",
        ] {
            assert_eq!(desk.count(table).await, 0, "{table}");
        }
    }
}

/// What is sealed for one postcard opens for no other, and says nothing in the file.
#[tokio::test]
async fn an_address_is_not_in_the_database_in_plain() {
    let desk = Desk::sqlite().await;
    let street = Street::of(&desk).await;
    let canary = "Zwartkopfstraat 7391";
    ask(&desk, &street.asker, &street.place, &[canary])
        .await
        .unwrap();
    appoint(&desk, &street.place, "merle@example.org").await;
    let merle = &street.members[0];
    let printed = sheet(&desk, merle, &street.place).await.unwrap();
    assert_eq!(printed[0].lines, [canary]);
    let path = desk.scratch.address.strip_prefix("sqlite://").unwrap();
    for suffix in ["", "-wal"] {
        let bytes = std::fs::read(format!("{path}{suffix}")).unwrap_or_default();
        for needle in [canary, &printed[0].code] {
            let found = bytes
                .windows(needle.len())
                .any(|window| window.eq_ignore_ascii_case(needle.as_bytes()));
            assert!(!found, "{needle}");
        }
    }
}
