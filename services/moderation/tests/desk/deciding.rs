//! Deciding: what it takes, what follows from it, who is told.

use contract::common::{Measure, Occasion};
use contract::events::envelope::Body;
use contract::events::{AuthorRestrained, Cause as Held, ContentRuled, Notified};
use contract::moderation::{DecideCaseRequest, Ground, Rule};
use runtime::DAY_MS;

use crate::world::{FACTS, NOW_MS, World, keeping, notice, picture, removal};

#[tokio::test]
async fn a_removal_is_told_to_posts_to_its_author_and_to_who_reported_it() {
    for world in World::each().await {
        let (ann, ben, mo) = (world.person(1), world.person(2), world.moderator(3));
        let about = notice(1, &ann);
        world.shown(&about, 4).await;
        world.reported(&ben, about.id).await;
        let case = world.case(&mo).await;
        world.told().await;
        let decision = world.decided(&mo, removal(&case)).await;
        assert!(!decision.automated && decision.facts == FACTS);
        let told = world.told().await;
        let bodies: Vec<_> = told
            .iter()
            .map(|event| event.body.clone().unwrap())
            .collect();
        assert!(bodies.contains(&Body::ContentRuled(ContentRuled {
            measure: Measure::Remove.into(),
            read: 4,
            ..Default::default()
        })));
        for (whom, occasion) in [(&ann, Occasion::Decision), (&ben, Occasion::ReportDecided)] {
            let notified = Notified {
                resident: whom.id().to_bytes(),
                occasion: occasion.into(),
                ..Default::default()
            };
            assert!(bodies.contains(&Body::Notified(notified)), "{occasion:?}");
            let statement = world.statement(whom, occasion).await;
            assert_eq!(statement.decision, Some(decision.clone()));
            assert_eq!(statement.day_ms, NOW_MS - NOW_MS % DAY_MS);
            assert_eq!(statement.content, about.id.to_bytes());
            let may = statement.appeal_until_ms;
            assert_eq!(may > NOW_MS + 183 * DAY_MS, whom.id() == ann.id());
        }
        assert_eq!(world.count("copy").await, 1);
        assert!(world.statements(&mo).await.is_empty());
    }
}

#[tokio::test]
async fn what_was_released_is_told_to_who_waited_and_what_was_kept_only_to_who_reported() {
    for world in World::each().await {
        let (ann, ben, mo) = (world.person(1), world.person(2), world.moderator(3));
        let waits = notice(1, &ann);
        world.held(&waits, 1, &[Held::Newcomer]).await;
        let case = world.case(&mo).await;
        world.decided(&mo, keeping(&case)).await;
        let ruled = world.ruled(waits.id).await.unwrap();
        assert_eq!((ruled.measure(), ruled.read), (Measure::Keep, 1));
        let statement = world.statement(&ann, Occasion::Decision).await;
        assert_eq!(statement.appeal_until_ms, 0, "nothing was taken");

        let other = notice(2, &ann);
        world.shown(&other, 1).await;
        world.reported(&ben, other.id).await;
        let case = world.case(&mo).await;
        world.decided(&mo, keeping(&case)).await;
        assert_eq!(world.statements(&ann).await.len(), 1, "reported in vain");
        let statement = world.statement(&ben, Occasion::ReportDecided).await;
        assert!(statement.appeal_until_ms > NOW_MS);
        assert_eq!(world.count("copy").await, 0);
    }
}

#[tokio::test]
async fn what_only_the_desk_did_to_it_does_not_make_it_be_read_again() {
    for world in World::each().await {
        let (ann, mo) = (world.person(1), world.moderator(3));
        let mut about = notice(1, &ann);
        about.written = 1;
        world.shown(&about, 1).await;
        world.reported(&world.person(2), about.id).await;
        let read = world.case(&mo).await;
        world.claim(&mo, &read).await.unwrap();
        // A picture was hidden, a ruling was followed: posts tells another version of the same words.
        world.shown(&about, 3).await;
        world.decide(&mo, removal(&read)).await.unwrap();
        let ruled = world.ruled(about.id).await.unwrap();
        assert_eq!(ruled.read, read.version);
    }
}

#[tokio::test]
async fn what_was_changed_after_it_was_read_is_read_again() {
    for world in World::each().await {
        let (ann, mo) = (world.person(1), world.moderator(3));
        let about = notice(1, &ann);
        world.held(&about, 1, &[Held::Found]).await;
        let read = world.case(&mo).await;
        world.claim(&mo, &read).await.unwrap();
        world.held(&about, 2, &[Held::Found]).await;
        for asked in [removal(&read), keeping(&read)] {
            let fault = world.decide(&mo, asked).await.unwrap_err();
            assert_eq!(fault.code, "CHANGED_MEANWHILE");
        }
        let read = world.case(&mo).await;
        assert!(read.claimed_by_me, "the claim stays");
        world.decide(&mo, keeping(&read)).await.unwrap();
    }
}

#[tokio::test]
async fn the_same_decision_again_is_answered_alike_and_another_one_refused() {
    for world in World::each().await {
        let (ann, mo, max) = (world.person(1), world.moderator(2), world.moderator(3));
        let about = notice(1, &ann);
        world.shown(&about, 1).await;
        world.reported(&world.person(4), about.id).await;
        let case = world.case(&mo).await;
        let asked = DecideCaseRequest {
            pause_days: 2,
            ..removal(&case)
        };
        let first = world.decided(&mo, asked.clone()).await;
        world.pass(DAY_MS);
        assert_eq!(world.decide(&mo, asked.clone()).await.unwrap(), first);
        let other = DecideCaseRequest {
            pause_days: 3,
            ..asked.clone()
        };
        for (by, asked) in [(&mo, other), (&max, asked)] {
            let fault = world.decide(by, asked).await.unwrap_err();
            assert_eq!(fault.code, "WRONG_STATE");
        }
        assert_eq!(world.count("decision").await, 1);
        assert_eq!(world.count("logged").await, 1);
    }
}

#[tokio::test]
async fn whoever_profiled_pauses_and_is_told_nothing_else_about_it() {
    for world in World::each().await {
        let (ann, mo) = (world.person(1), world.moderator(2));
        for (n, days, profiling) in [(1, 7, true), (2, 3, false)] {
            let about = notice(n, &ann);
            world.shown(&about, 1).await;
            world.reported(&world.person(4), about.id).await;
            let case = world.case(&mo).await;
            let asked = DecideCaseRequest {
                pause_days: days,
                rule: if profiling {
                    Rule::Profiling
                } else {
                    Rule::Insult
                }
                .into(),
                ..removal(&case)
            };
            world.told().await;
            world.decided(&mo, asked).await;
            let restrained = world.told().await.into_iter().find_map(|event| {
                let id = event.subject.clone();
                match event.body {
                    Some(Body::AuthorRestrained(restrained)) => Some((id, restrained)),
                    _ => None,
                }
            });
            // The shorter pause changes nothing that is told.
            let expected = profiling.then(|| {
                let restrained = AuthorRestrained {
                    paused_until_ms: NOW_MS + 7 * DAY_MS,
                    people_until_ms: NOW_MS + 30 * DAY_MS,
                };
                (ann.id().to_bytes(), restrained)
            });
            assert_eq!(restrained, expected);
        }
    }
}

#[tokio::test]
async fn a_decision_without_rule_facts_or_what_was_read_is_none() {
    for world in World::each().await {
        let (ann, mo) = (world.person(1), world.moderator(2));
        let mut about = notice(1, &ann);
        about.pictures = vec![picture(1)];
        world.shown(&about, 1).await;
        world.reported(&world.person(4), about.id).await;
        let case = world.case(&mo).await;
        world.claim(&mo, &case).await.unwrap();
        let with = |change: &dyn Fn(&mut DecideCaseRequest)| {
            let mut asked = removal(&case);
            change(&mut asked);
            asked
        };
        for (asked, field) in [
            (with(&|asked| asked.rule = 0), "rule"),
            (with(&|asked| asked.rule = Rule::NoneBroken.into()), "rule"),
            (with(&|asked| asked.ground = 0), "ground"),
            (with(&|asked| asked.ground = Ground::Law.into()), "ground"),
            (with(&|asked| asked.facts = "Short.".into()), "facts"),
            (with(&|asked| asked.facts = "a".repeat(2_001)), "facts"),
            (with(&|asked| asked.read = Vec::new().into()), "read"),
            (with(&|asked| asked.read = vec![0; 65_537].into()), "read"),
            (with(&|asked| asked.pause_days = 8), "pauseDays"),
            (with(&|asked| asked.measure = 0), "measure"),
            (
                with(&|asked| asked.pictures_removed = vec![picture(9).to_bytes()]),
                "picturesRemoved",
            ),
        ] {
            let fault = world.decide(&mo, asked).await.unwrap_err();
            assert_eq!(fault.kind, contract::FaultKind::Invalid);
            assert_eq!(fault.field.as_deref(), Some(field));
        }
        assert_eq!(world.count("decision").await, 0);
    }
}

#[tokio::test]
async fn some_pictures_go_and_the_notice_stays() {
    for world in World::each().await {
        let (ann, mo) = (world.person(1), world.moderator(2));
        let mut about = notice(1, &ann);
        about.pictures = vec![picture(1), picture(2)];
        about.pictures_wait = true;
        world.shown(&about, 1).await;
        let case = world.case(&mo).await;
        let asked = DecideCaseRequest {
            pictures_removed: vec![picture(2).to_bytes()],
            measure: Measure::Keep.into(),
            rule: Rule::PrivateData.into(),
            ..removal(&case)
        };
        world.decided(&mo, asked).await;
        let ruled = world.ruled(about.id).await.unwrap();
        assert_eq!(ruled.measure(), Measure::Keep);
        assert_eq!(ruled.pictures_withheld, [picture(2).to_bytes()]);
        let statement = world.statement(&ann, Occasion::Decision).await;
        assert!(statement.appeal_until_ms > 0, "something was taken");
    }
}
