//! What tells of a person: with the form, after a while, confirmed, always read first, and for no longer than somebody does.

use contract::FaultKind;
use contract::common::{Category, Empty, Measure, Picture};
use contract::events::envelope::Body;
use contract::events::{AuthorRestrained, Cause, PostHeld};
use contract::posts::posts_server::Posts as _;
use contract::posts::{
    Act, AnswerPoliceReadingRequest, Behaviour, CheckRequest, EditRequest, Own, Post,
    PublishRequest, State, publish_reply::Outcome,
};
use runtime::{DAY_MS, HOUR_MS, MINUTE_MS};

use crate::world::{NOW_MS, Person, World};

const COOL_DOWN_MS: i64 = 20 * MINUTE_MS;

/// Worlds where somebody looks after the neighbourhood.
async fn attended() -> Vec<(World, Person)> {
    let mut worlds = Vec::new();
    for world in World::each().await {
        let mo = world.moderator(3);
        world.attend(&mo).await;
        worlds.push((world, mo));
    }
    worlds
}

fn limit(outcome: Outcome) -> (String, i64) {
    match outcome {
        Outcome::Limited(limited) => (limited.limit, limited.retry_at_ms),
        other => panic!("not limited: {other:?}"),
    }
}

fn codes(outcome: Outcome) -> Vec<String> {
    match outcome {
        Outcome::Refused(refused) => refused.reasons.into_iter().map(|r| r.code).collect(),
        other => panic!("not refused: {other:?}"),
    }
}

/// The one thing that was told since the last time: that a notice is held.
async fn held(world: &World) -> PostHeld {
    let told = world.told().await;
    match &told[..] {
        [event] => match event.body.clone() {
            Some(Body::PostHeld(held)) => held,
            other => panic!("{other:?}"),
        },
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn from_the_draft_to_the_board() {
    for (world, mo) in attended().await {
        let (ann, ben) = (world.person(1), world.person(2));
        let draft = world.cooling(&ann, world.behaviour()).await;
        assert_eq!(draft.state(), State::CoolingDown);
        assert_eq!(draft.confirm_from_ms, NOW_MS + COOL_DOWN_MS);
        for other in [&ben, &mo] {
            let fault = world.get(other, &draft).await.unwrap_err();
            assert_eq!(fault.kind, FaultKind::NotFound, "nobody has read it");
        }
        assert!(world.waiting(&mo).await.is_empty(), "nor waits it for them");
        assert!(world.told().await.is_empty(), "nor does anybody hear of it");

        world.pass(COOL_DOWN_MS - 1);
        let early = world.confirm(&world.posts, &ann, &draft).await.unwrap();
        assert_eq!(limit(early), ("cool_down".into(), NOW_MS + COOL_DOWN_MS));
        world.pass(1);
        assert!(world.confirm(&world.posts, &ben, &draft).await.is_err());
        let waiting = world.confirmed(&ann, &draft).await;
        assert_eq!(waiting.lapses_at_ms, world.clock.now_ms() + DAY_MS);
        let again = world.confirm(&world.second, &ann, &draft).await.unwrap();
        assert!(matches!(again, Outcome::InReview(_)), "a retry is harmless");
        let held = held(&world).await;
        assert_eq!(held.causes, [i32::from(Cause::AboutPeople)]);
        assert!(!held.removed && held.category() == Category::ConcerningBehaviour);

        let read = world.waiting(&mo).await.remove(0);
        assert_eq!(
            read.lapses_at_ms % HOUR_MS,
            0,
            "no exact time for moderators"
        );
        assert_eq!(read.behaviour, draft.behaviour);
        let shown = world.released(&mo, &read).await;
        let seen = world.get(&ben, &shown).await.unwrap();
        assert_eq!(seen.state(), State::Published);
        assert!(!seen.takes_comments && seen.title.is_empty());
        for at_ms in [
            seen.published_at_ms,
            seen.occurred_at_ms,
            seen.expires_at_ms,
        ] {
            assert_eq!(at_ms % HOUR_MS, 0, "the hour, and nothing finer");
        }
        let stays_ms = seen.expires_at_ms - world.clock.now_ms();
        assert!((72 * HOUR_MS..73 * HOUR_MS).contains(&stays_ms), "72 hours");
        assert_eq!(
            (seen.confirm_from_ms, seen.lapses_at_ms, seen.accepted),
            (0, 0, false)
        );
    }
}

#[tokio::test]
async fn what_does_not_belong_into_it_is_refused() {
    for (world, _) in attended().await {
        let ann = world.person(1);
        let with = |change: &dyn Fn(&mut PublishRequest)| {
            let mut draft = world.behaviour();
            change(&mut draft);
            draft
        };
        let form = |change: &dyn Fn(&mut Behaviour)| {
            with(&|draft| change(draft.behaviour.as_mut().unwrap()))
        };
        let picture = Picture {
            id: vec![1; 16].into(),
            ..Picture::default()
        };
        for (draft, code) in [
            (with(&|d| d.behaviour = None), "BEHAVIOUR_DETAILS"),
            (with(&|d| d.title = "That man".into()), "BEHAVIOUR_DETAILS"),
            (
                with(&|d| d.pictures = vec![picture.clone()]),
                "MEDIA_NOT_ALLOWED",
            ),
            (with(&|d| d.occurred_at_ms = None), "TIME_OUT_OF_RANGE"),
            (
                with(&|d| d.expires_at_ms = Some(NOW_MS + 8 * DAY_MS)),
                "EXPIRY_OUT_OF_RANGE",
            ),
            (form(&|f| f.danger_now = true), "DANGER_NOW"),
            (
                form(&|f| f.clothing = "His plate is AB-123-CD".into()),
                "PLATE_FOUND",
            ),
            (
                form(&|f| f.why_not = "Call me: 06 39 98 47 21".into()),
                "PHONE_FOUND",
            ),
        ] {
            assert_eq!(world.refusal(&ann, draft).await, [code]);
        }
    }
}

#[tokio::test]
async fn newcomers_and_unattended_boards_tell_of_nobody_and_of_incidents_all_the_same() {
    for world in World::each().await {
        let (ann, new, mo) = (world.person(1), world.newcomer(2), world.moderator(3));
        let refused = world.publish(&ann, world.behaviour()).await.unwrap();
        assert_eq!(codes(refused), ["UNATTENDED"]);
        world.attend(&mo).await;
        world.cooling(&ann, world.behaviour()).await;
        let early = world.publish(&new, world.behaviour()).await.unwrap();
        assert_eq!(
            limit(early),
            ("about_people_newcomer".into(), NOW_MS + 14 * DAY_MS)
        );
        let incident = PublishRequest {
            category: Category::Incident.into(),
            title: "A broken window".into(),
            body: "The bakery was broken into last night.".into(),
            ..world.draft()
        };
        let outcome = world.publish(&new, incident).await.unwrap();
        assert!(matches!(outcome, Outcome::InReview(_)), "{outcome:?}");
        world.pass(14 * DAY_MS);
        let quiet = world.publish(&new, world.behaviour()).await.unwrap();
        assert_eq!(
            codes(quiet),
            ["NEWCOMER"],
            "the days are over, the notices missing"
        );
    }
}

#[tokio::test]
async fn nobody_confirms_what_nobody_would_read() {
    for (world, mo) in attended().await {
        let ann = world.person(1);
        let draft = world.cooling(&ann, world.behaviour()).await;
        world.pass(48 * HOUR_MS);
        let refused = world.confirm(&world.posts, &ann, &draft).await.unwrap();
        assert_eq!(codes(refused), ["UNATTENDED"]);
        world.attend(&mo).await;
        world.confirmed(&ann, &draft).await;
    }
}

#[tokio::test]
async fn other_words_rest_as_long_and_are_read_again() {
    for (world, mo) in attended().await {
        let (ann, ben) = (world.person(1), world.person(2));
        let draft = world.cooling(&ann, world.behaviour()).await;
        world.pass(COOL_DOWN_MS - MINUTE_MS);
        let edit = |post: &Post, body: &str| EditRequest {
            post: post.id.clone(),
            body: Some(body.into()),
            ..EditRequest::default()
        };
        let words = edit(&draft, "Somebody pulled the handles of two garage doors.");
        let Outcome::CoolingDown(changed) = world.edit(&ann, words).await.unwrap() else {
            panic!("it rests anew");
        };
        assert_eq!(changed.confirm_from_ms, world.clock.now_ms() + COOL_DOWN_MS);
        world.pass(COOL_DOWN_MS);
        let stale = world.confirm(&world.posts, &ann, &draft).await.unwrap_err();
        assert_eq!(
            stale.code, "CHANGED_MEANWHILE",
            "what was read is confirmed"
        );
        let waiting = world.confirmed(&ann, &changed).await;
        let shown = world.released(&mo, &waiting).await;

        let mut form = shown.behaviour.clone().unwrap();
        form.harm = "A garage was opened.".into();
        let more = EditRequest {
            post: shown.id.clone(),
            behaviour: Some(form.clone()),
            ..EditRequest::default()
        };
        let Outcome::InReview(read_again) = world.edit(&ann, more).await.unwrap() else {
            panic!("an edit goes through review again");
        };
        assert!(world.get(&ben, &shown).await.is_err());
        let shown = world.released(&mo, &read_again).await;
        assert_eq!(world.get(&ben, &shown).await.unwrap().behaviour, Some(form));
    }
}

#[tokio::test]
async fn what_nobody_reads_within_a_day_never_appears() {
    for (world, mo) in attended().await {
        let (ann, ben) = (world.person(1), world.person(2));
        let asked = PublishRequest {
            expires_at_ms: Some(NOW_MS + DAY_MS),
            ..world.behaviour()
        };
        let draft = world.cooling(&ann, asked.clone()).await;
        world.pass(COOL_DOWN_MS);
        let waiting = world.confirmed(&ann, &draft).await;
        world.told().await;
        world.pass(DAY_MS - 1);
        world.posts.sweep().await.unwrap();
        assert_eq!(world.waiting(&mo).await.len(), 1);
        world.pass(1);
        world.posts.sweep().await.unwrap();
        assert!(world.waiting(&mo).await.is_empty());
        for other in [&ben, &mo] {
            assert!(world.get(other, &waiting).await.is_err());
        }
        let lapsed = world.get(&ann, &waiting).await.unwrap();
        assert_eq!(lapsed.state(), State::Lapsed);
        assert_eq!(lapsed.body, waiting.body, "its author keeps the text");
        let told = held(&world).await;
        assert!(told.removed && told.lapsed, "moderation is told why");
        world.ruled(&world.posts, &waiting, Measure::Keep).await;
        let late = world.get(&ann, &waiting).await.unwrap();
        assert_eq!(late.state(), State::Lapsed, "what comes late shows nothing");
        let fault = world.publish(&ann, asked).await.unwrap_err();
        assert_eq!(
            fault.code, "WRONG_STATE",
            "a retry does not say that it is up"
        );
        let fault = world
            .confirm(&world.posts, &ann, &lapsed)
            .await
            .unwrap_err();
        assert_eq!(fault.code, "WRONG_STATE");
        world.pass(72 * HOUR_MS);
        world.posts.sweep().await.unwrap();
        assert!(
            world.get(&ann, &waiting).await.is_err(),
            "and then it is gone"
        );
    }
}

#[tokio::test]
async fn who_throws_a_draft_away_leaves_no_trace() {
    for (world, _) in attended().await {
        let ann = world.person(1);
        let draft = world.cooling(&ann, world.behaviour()).await;
        world.withdraw(&ann, &draft).await.unwrap();
        assert!(world.told().await.is_empty());
        assert!(world.get(&ann, &draft).await.is_err());
    }
}

#[tokio::test]
async fn a_contested_finding_is_for_the_moderators() {
    for (world, mo) in attended().await {
        let ann = world.person(1);
        let mut draft = world.behaviour();
        draft.contests_findings = true;
        draft.body = "Somebody read out AB-123-CD from a parcel and pulled three handles.".into();
        let draft = world.cooling(&ann, draft).await;
        world.pass(COOL_DOWN_MS);
        world.confirmed(&ann, &draft).await;
        let held = held(&world).await;
        let causes = [Cause::Contested, Cause::AboutPeople].map(i32::from);
        assert_eq!(held.causes, causes);
        assert_eq!(world.waiting(&mo).await.len(), 1);
    }
}

#[tokio::test]
async fn a_text_is_checked_before_it_is_sent_and_nothing_is_kept() {
    for (world, _) in attended().await {
        let ann = world.person(1);
        let check = |body: &str| CheckRequest {
            neighbourhood: world.here.to_bytes(),
            category: Category::Question.into(),
            body: body.into(),
            ..CheckRequest::default()
        };
        let ask = |request| world.posts.check(world.caller(&ann).request(request));
        let reply = ask(check("📞 06 39 98 47 21")).await.unwrap().into_inner();
        assert_eq!(reply.findings[0].code, "PHONE_FOUND");
        assert_eq!(reply.findings[0].start, Some(3));
        assert!(reply.waits);
        let reply = ask(check("Where is the library?")).await.unwrap();
        assert_eq!(reply.into_inner(), contract::posts::CheckReply::default());
        let too_long = ask(check(&"a".repeat(4_001))).await.unwrap().into_inner();
        assert_eq!(too_long.findings[0].code, "TOO_LONG");
        let empty = ask(check("")).await.unwrap().into_inner();
        assert!(empty.findings.is_empty(), "what is missing is no finding");
    }
}

#[tokio::test]
async fn police_may_read_nothing_unless_its_author_said_so() {
    for (world, mo) in attended().await {
        let ann = world.person(1);
        let incident = |may: Option<bool>| PublishRequest {
            category: Category::Incident.into(),
            title: "A broken window".into(),
            body: "The bakery was broken into last night.".into(),
            police_may_read: may,
            ..world.draft()
        };
        let may_read = async |draft| match world.publish(&ann, draft).await.unwrap() {
            Outcome::InReview(post) => post,
            other => panic!("{other:?}"),
        };
        let answer = async |post: &[u8], may_read| {
            let request = AnswerPoliceReadingRequest {
                post: post.to_vec().into(),
                may_read,
            };
            let request = world.caller(&ann).request(request);
            world.posts.answer_police_reading(request).await
        };
        let own = async || -> Own {
            let request = world.caller(&ann).request(Empty {});
            world.posts.read_own(request).await.unwrap().into_inner()
        };
        assert_eq!(own().await.police_may_read, None, "unanswered");
        assert!(!may_read(incident(None)).await.police_may_read);
        assert!(may_read(incident(Some(true))).await.police_may_read);
        answer(&[], true).await.unwrap();
        assert_eq!(own().await.police_may_read, Some(true));
        let told = may_read(incident(None)).await;
        assert!(told.police_may_read);
        assert!(!may_read(incident(Some(false))).await.police_may_read);
        let as_moderator = world.get(&mo, &told).await.unwrap();
        assert!(!as_moderator.police_may_read, "the answer is its author's");

        answer(&told.id, false).await.unwrap();
        assert!(!world.get(&ann, &told).await.unwrap().police_may_read);
        answer(&told.id, true).await.unwrap();
        answer(&[], false).await.unwrap();
        assert!(
            !world.get(&ann, &told).await.unwrap().police_may_read,
            "a no takes back every yes"
        );
        let other = world.up(&ann, world.draft()).await;
        let fault = answer(&other.id, true).await.unwrap_err();
        assert_eq!(contract::Fault::from(fault).code, "WRONG_STATE");
    }
}

#[tokio::test]
async fn who_may_tell_of_nobody_now_accuses_nobody_else_in_what_is_up() {
    for (world, mo) in attended().await {
        let (ann, ben) = (world.person(1), world.person(2));
        let draft = world.cooling(&ann, world.behaviour()).await;
        world.pass(COOL_DOWN_MS);
        let waiting = world.confirmed(&ann, &draft).await;
        world.released(&mo, &waiting).await;
        let (act, body) = (Act::TookOrDamaged, "Somebody took a bicycle from the yard.");
        let edit = |with_form: bool| EditRequest {
            post: draft.id.clone(),
            body: (!with_form).then(|| body.to_owned()),
            behaviour: with_form.then(|| Behaviour {
                act: act.into(),
                ..world.behaviour().behaviour.unwrap()
            }),
            ..EditRequest::default()
        };
        let tell = async |version, people_until_ms| {
            let body = Body::AuthorRestrained(AuthorRestrained {
                people_until_ms,
                ..AuthorRestrained::default()
            });
            let resident = ann.standing.resident.to_bytes();
            world.hear_of("moderation", resident, version, body).await;
        };
        tell(1, world.clock.now_ms() + 10 * DAY_MS).await;
        for with_form in [true, false] {
            match world.edit(&ann, edit(with_form)).await.unwrap() {
                Outcome::Limited(limited) => assert_eq!(limited.limit, "about_people_paused"),
                other => panic!("{other:?}"),
            }
        }
        let shown = world.get(&ben, &draft).await.unwrap();
        assert_eq!(shown.body, draft.body, "as it was read");

        tell(2, 0).await;
        world.pass(2 * DAY_MS);
        let Outcome::Refused(refused) = world.edit(&ann, edit(false)).await.unwrap() else {
            panic!("nobody would read it");
        };
        assert_eq!(refused.reasons[0].code, "UNATTENDED");
        world.attend(&mo).await;
        let changed = world.edit(&ann, edit(false)).await.unwrap();
        assert!(
            matches!(changed, Outcome::InReview(_)),
            "the week does not count"
        );
    }
}
