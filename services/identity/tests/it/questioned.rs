//! Who no longer stands by a member has moderators look; nobody is put out by one alone.

use contract::identity::identity_server::Identity as _;
use contract::identity::{
    Doubt, ListQuestionedRequest, Neighbourhood, QuestionMemberRequest, Questioned,
    SettleQuestionedRequest, question_member_reply, settle_questioned_reply::Outcome,
};
use contract::{Fault, FaultKind};
use futures_util::FutureExt;

use crate::desk::{Desk, Member, codes};
use crate::joining::{Street, ask, joining, standings, vouch};
use crate::postcards::appoint;

pub async fn question(
    desk: &Desk,
    who: &Member,
    place: &Neighbourhood,
    name: &str,
    doubt: Doubt,
) -> Result<(), String> {
    let request = QuestionMemberRequest {
        neighbourhood: place.id.clone(),
        pseudonym: name.into(),
        doubt: doubt.into(),
    };
    let reply = desk.identity.question_member(who.caller.request(request));
    match reply.await.unwrap().into_inner().outcome.unwrap() {
        question_member_reply::Outcome::Heard(_) => Ok(()),
        question_member_reply::Outcome::Refused(refused) => Err(codes(&refused)),
        question_member_reply::Outcome::Limited(limited) => Err(limited.limit),
    }
}

pub async fn list(desk: &Desk, who: &Member, place: &Neighbourhood) -> Vec<Questioned> {
    let request = ListQuestionedRequest {
        neighbourhood: place.id.clone(),
    };
    let request = who.caller.request(request);
    let reply = desk.identity.list_questioned(request).await.unwrap();
    reply.into_inner().questioned
}

pub async fn settle(
    desk: &Desk,
    who: &Member,
    place: &Neighbourhood,
    about: &Questioned,
    end: bool,
) -> Result<Outcome, FaultKind> {
    let request = SettleQuestionedRequest {
        neighbourhood: place.id.clone(),
        questioned: about.id.clone(),
        end,
    };
    let reply = desk.identity.settle_questioned(who.caller.request(request));
    let reply = reply.await.map_err(|status| Fault::from(status).kind)?;
    Ok(reply.into_inner().outcome.unwrap())
}

/// The asker is a member by two vouches, of the first two; the third and somebody new moderate.
pub async fn vouched_for(desk: &Desk) -> (Street, Member) {
    let street = Street::of(desk).await;
    let code = ask(desk, &street.asker, &street.place, "Pervenche")
        .await
        .unwrap();
    for member in &street.members[..2] {
        vouch(desk, member, &street.place, &code).await.unwrap();
    }
    let code = desk.code(&street.place, 1, true).await;
    let other = desk.join("lanterne@example.org", &code, "Lanterne").await;
    for email in [
        "merle@example.org",
        "pinson@example.org",
        "lanterne@example.org",
    ] {
        appoint(desk, &street.place, email).await;
    }
    (street, other)
}

#[tokio::test]
async fn two_moderators_who_did_not_stand_by_a_member_end_a_membership_and_bar_nobody() {
    for desk in Desk::each().await {
        let (street, lanterne) = vouched_for(&desk).await;
        let (place, asker) = (&street.place, &street.asker);
        let [merle, huppe, pinson] = &street.members[..] else {
            panic!()
        };
        let heard = question(&desk, huppe, place, "Pervenche", Doubt::LivesElsewhere).await;
        assert_eq!(heard, Ok(()));
        let heard = question(&desk, merle, place, "Pervenche", Doubt::CodePassedOn).await;
        assert_eq!(heard, Ok(()));
        assert_eq!(
            standings(&desk, asker).await.len(),
            2,
            "nothing happened yet"
        );
        let listed = list(&desk, pinson, place).await;
        assert_eq!(listed.len(), 1);
        let about = &listed[0];
        assert_eq!(
            (about.pseudonym.as_str(), about.method.as_str()),
            ("Pervenche", "vouches")
        );
        let doubts: Vec<Doubt> = about.doubts().collect();
        assert_eq!(doubts, [Doubt::LivesElsewhere, Doubt::CodePassedOn]);
        assert!(!about.recused && !about.end_proposed);
        assert!(list(&desk, merle, place).await[0].recused, "who vouched");
        let seen = joining(&desk, asker).await.seen;
        assert_eq!(seen.len(), 1, "that it was read is noted");

        let ends = |who| settle(&desk, who, place, about, true);
        assert_eq!(ends(merle).await, Err(FaultKind::Conflict));
        assert_eq!(ends(huppe).await, Err(FaultKind::Forbidden));
        assert!(matches!(ends(pinson).await, Ok(Outcome::Proposed(_))));
        assert!(
            matches!(ends(pinson).await, Ok(Outcome::Proposed(_))),
            "alone"
        );
        assert!(list(&desk, pinson, place).await[0].recused);
        assert_eq!(standings(&desk, asker).await.len(), 2);
        let mut signals = desk.bus.listen(bus::Topic::Resident(asker.resident()));
        desk.mails().await;
        assert!(matches!(ends(&lanterne).await, Ok(Outcome::Ended(_))));
        assert!(signals.next().now_or_never().is_some());
        assert_eq!(
            standings(&desk, asker).await.len(),
            1,
            "elsewhere they stay"
        );
        assert_eq!(desk.count("questioned").await, 0);
        let mails = desk.mails().await;
        assert!(mails[0].is_to("anna@example.org"));
        assert!(mails[0].text.contains("Nothing keeps you from coming back"));
        ask(&desk, asker, place, "Pervenche").await.unwrap();
    }
}

#[tokio::test]
async fn one_moderator_keeps_a_membership_and_an_old_doubt_lapses() {
    for desk in Desk::each().await {
        let (street, lanterne) = vouched_for(&desk).await;
        let (place, asker) = (&street.place, &street.asker);
        let [_, huppe, pinson] = &street.members[..] else {
            panic!()
        };
        question(&desk, huppe, place, "Pervenche", Doubt::NotWhoTheySaid)
            .await
            .unwrap();
        let about = list(&desk, pinson, place).await.remove(0);
        settle(&desk, pinson, place, &about, true).await.unwrap();
        let kept = settle(&desk, &lanterne, place, &about, false).await;
        assert!(matches!(kept, Ok(Outcome::Kept(_))));
        assert_eq!(
            settle(&desk, &lanterne, place, &about, true).await,
            Err(FaultKind::NotFound)
        );
        assert_eq!(standings(&desk, asker).await.len(), 2);

        question(&desk, huppe, place, "Pervenche", Doubt::NotWhoTheySaid)
            .await
            .unwrap();
        desk.pass_days(90);
        desk.identity.sweep().await.unwrap();
        assert_eq!(desk.count("questioned").await, 1);
        desk.pass_days(1);
        desk.identity.sweep().await.unwrap();
        assert_eq!(desk.count("questioned").await, 0, "nothing by a clock");
        assert_eq!(desk.count("membership WHERE method = 'vouches'").await, 1);
    }
}

/// A proposal of somebody who moderates no longer is nobody's, and of two at once who decide each counts once.
#[tokio::test]
async fn a_proposal_counts_as_long_as_its_proposer_moderates() {
    for desk in Desk::each().await {
        let (street, lanterne) = vouched_for(&desk).await;
        let (place, asker) = (&street.place, &street.asker);
        let [_, huppe, pinson] = &street.members[..] else {
            panic!()
        };
        question(&desk, huppe, place, "Pervenche", Doubt::NotWhoTheySaid)
            .await
            .unwrap();
        let about = list(&desk, pinson, place).await.remove(0);
        settle(&desk, pinson, place, &about, true).await.unwrap();
        desk.sql("UPDATE membership SET moderator = false WHERE pseudonym = 'Pinson'")
            .await;
        let done = settle(&desk, &lanterne, place, &about, true).await;
        assert!(matches!(done, Ok(Outcome::Proposed(_))));
        desk.sql("UPDATE membership SET moderator = true WHERE pseudonym = 'Pinson'")
            .await;
        let (one, other) = tokio::join!(
            settle(&desk, pinson, place, &about, true),
            settle(&desk, pinson, place, &about, true),
        );
        let ended = [one, other]
            .into_iter()
            .filter(|done| matches!(done, Ok(Outcome::Ended(_))));
        assert_eq!(ended.count(), 1);
        assert_eq!(standings(&desk, asker).await.len(), 1);
    }
}

/// Whoever did not stand by a member learns nothing, and has nobody looked at.
#[tokio::test]
async fn a_doubt_of_somebody_else_is_heard_alike_and_opens_nothing() {
    for desk in Desk::each().await {
        let (street, lanterne) = vouched_for(&desk).await;
        let place = &street.place;
        for name in ["Pervenche", "Personne"] {
            let heard = question(&desk, &lanterne, place, name, Doubt::CodePassedOn).await;
            assert_eq!(heard, Ok(()));
        }
        assert_eq!(desk.count("questioned").await, 0);
        let none = question(&desk, &lanterne, place, "Pervenche", Doubt::Unspecified).await;
        assert_eq!(none, Err("DOUBT_MISSING".into()));
        question(&desk, &lanterne, place, "Merle", Doubt::CodePassedOn)
            .await
            .unwrap();
        let more = question(&desk, &lanterne, place, "Merle", Doubt::CodePassedOn).await;
        assert_eq!(more, Err("QUESTIONS".into()));
    }
}

/// Who invited may doubt, too.
#[tokio::test]
async fn who_invited_may_have_moderators_look() {
    for desk in Desk::each().await {
        let (place, anna) = desk.founder("anna@example.org", "Merle").await;
        let code = desk.invite(&anna.caller, &place, 1, false).await.unwrap();
        desk.join("bert@example.org", &code, "Huppe").await;
        question(&desk, &anna, &place, "Huppe", Doubt::LivesElsewhere)
            .await
            .unwrap();
        assert_eq!(desk.count("questioned").await, 1);
        assert_eq!(desk.count("membership").await, 2);
    }
}
