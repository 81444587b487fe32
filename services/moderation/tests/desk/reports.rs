//! Saying what is wrong.

use contract::common::Occasion;
use contract::events::envelope::Body;
use contract::moderation::{Cause, Lane, Reason, ReportRequest};
use contract::{PostId, ReportId};
use runtime::{DAY_MS, HOUR_MS, MINUTE_MS};

use crate::world::{NOW_MS, Notice, World, keeping, notice, picture, receipt, visitor, word};

#[tokio::test]
async fn fifty_reports_of_one_content_are_one_case() {
    for world in World::each().await {
        let (ann, mo) = (world.person(1), world.moderator(2));
        let about = notice(1, &ann);
        world.shown(&about, 1).await;
        for n in 3..53 {
            world.pass(MINUTE_MS);
            world.reported(&world.person(n), about.id).await;
        }
        let case = world.case(&mo).await;
        assert_eq!(case.causes, [i32::from(Cause::Reported)]);
        assert_eq!(
            case.deadline_ms,
            NOW_MS + 3 * DAY_MS,
            "the first one counts"
        );
        assert_eq!(world.get(&mo, &case).await.unwrap().reports.len(), 50);
    }
}

#[tokio::test]
async fn one_resident_reports_one_content_once_while_its_case_is_open() {
    for world in World::each().await {
        let (ann, ben, mo) = (world.person(1), world.person(2), world.moderator(3));
        let about = notice(1, &ann);
        world.shown(&about, 1).await;
        let first = world.reported(&ben, about.id).await;
        assert_eq!(world.reported(&ben, about.id).await, first);
        assert_eq!(world.count("report").await, 1);
        let case = world.case(&mo).await;
        world.decided(&mo, keeping(&case)).await;
        assert_ne!(world.reported(&ben, about.id).await, first);
    }
}

#[tokio::test]
async fn a_retry_is_harmless_and_a_key_is_good_for_one_thing() {
    for world in World::each().await {
        let (ann, ben) = (world.person(1), world.caller(&world.person(2)));
        let about = notice(1, &ann);
        world.shown(&about, 1).await;
        let asked = world.reporting(about.id, Reason::Danger);
        let first = receipt(world.report(&ben, asked.clone()).await.unwrap());
        let again = receipt(world.report(&ben, asked.clone()).await.unwrap());
        assert_eq!(first, again);
        let other = ReportRequest {
            explanation: "Something else.".into(),
            ..asked.clone()
        };
        assert_eq!(word(world.report(&ben, other).await), "KEY_REUSED");
        let short = ReportRequest {
            client_key: vec![1; 15].into(),
            ..asked
        };
        assert_eq!(word(world.report(&ben, short).await), "INVALID_CLIENT_KEY");
    }
}

#[tokio::test]
async fn what_is_said_is_complete_bounded_and_in_good_faith() {
    for world in World::each().await {
        let (ann, ben) = (world.person(1), world.caller(&world.person(2)));
        let about = notice(1, &ann);
        world.shown(&about, 1).await;
        let asked = |reason, explanation: &str, good_faith| ReportRequest {
            explanation: explanation.into(),
            good_faith,
            ..world.reporting(about.id, reason)
        };
        for (asked, expected) in [
            (asked(Reason::Unspecified, "Why", true), "REASON"),
            (asked(Reason::InPicture, "Why", true), "REASON"),
            (asked(Reason::IllegalContent, "Why", false), "GOOD_FAITH"),
            (asked(Reason::IllegalContent, " ", true), "EMPTY"),
            (asked(Reason::SomethingElse, "", true), "EMPTY"),
            (asked(Reason::Danger, &"a".repeat(1_001), true), "TOO_LONG"),
            (
                asked(Reason::Danger, "a\u{202e}b", true),
                "FORBIDDEN_CHARACTER",
            ),
            (asked(Reason::Danger, "", false), "taken"),
        ] {
            assert_eq!(word(world.report(&ben, asked).await), expected);
        }
    }
}

#[tokio::test]
async fn nobody_reports_more_than_so_much_a_day() {
    for world in World::each().await {
        let (ann, ben) = (world.person(1), world.person(2));
        let report = async |n: u8| {
            let about = notice(n, &ann);
            world.shown(&about, 1).await;
            let asked = world.reporting(about.id, Reason::Danger);
            word(world.report(&world.caller(&ben), asked).await)
        };
        for n in 0..5 {
            assert_eq!(report(n).await, "taken");
        }
        assert_eq!(report(5).await, "reports_a_day");
        world.pass(DAY_MS);
        assert_eq!(report(6).await, "taken");
    }
}

#[tokio::test]
async fn a_visitor_reports_what_everybody_sees_and_reads_what_came_of_it() {
    for world in World::each().await {
        let (ann, mo) = (world.person(1), world.moderator(2));
        let (inside, mut public) = (notice(1, &ann), notice(2, &ann));
        public.public_until_ms = NOW_MS + DAY_MS;
        world.shown(&inside, 1).await;
        world.shown(&public, 1).await;
        let outside = visitor(1);
        let asked = |id: PostId| world.reporting(id, Reason::Danger);
        assert_eq!(
            word(world.report(&outside, asked(inside.id)).await),
            "NOT_FOUND"
        );
        let reply_to = ReportId::from_random([77; 16]).to_bytes();
        let with_address = ReportRequest {
            reply_to: reply_to.clone(),
            ..asked(public.id)
        };
        receipt(world.report(&outside, with_address).await.unwrap());
        receipt(world.report(&visitor(2), asked(public.id)).await.unwrap());
        let case = world.case(&mo).await;
        let seen = world.get(&mo, &case).await.unwrap();
        assert!(seen.reports.iter().all(|report| report.by_visitor));
        world.told().await;
        world.decided(&mo, keeping(&case)).await;
        let told = world.told().await;
        let notified: Vec<_> = told
            .iter()
            .filter_map(|event| match &event.body {
                Some(Body::Notified(notified)) => Some((event, notified)),
                _ => None,
            })
            .collect();
        assert_eq!(notified.len(), 1, "only who said where to");
        let (event, notified) = notified[0];
        assert_eq!(notified.reply_to, reply_to);
        assert!(notified.resident.is_empty());
        assert_eq!(notified.occasion(), Occasion::ReportDecided);
        let statement = world.read(&outside, event.subject.clone()).await.unwrap();
        assert_eq!(statement.occasion(), Occasion::ReportDecided);
        world.pass(2 * DAY_MS);
        assert_eq!(
            word(world.report(&outside, asked(public.id)).await),
            "NOT_FOUND",
            "it is not public any more"
        );
    }
}

#[tokio::test]
async fn nobody_reports_what_they_do_not_see_or_wrote_themselves() {
    for world in World::each().await {
        let (ann, ben) = (world.person(1), world.person(2));
        let about = notice(1, &ann);
        world
            .held(&about, 1, &[contract::events::Cause::Newcomer])
            .await;
        let asked = || world.reporting(about.id, Reason::Danger);
        let by = |person| world.caller(person);
        assert_eq!(word(world.report(&by(&ben), asked()).await), "NOT_FOUND");
        world.shown(&about, 2).await;
        assert_eq!(word(world.report(&by(&ann), asked()).await), "OWN_CASE");
        let stranger = world.moderator_beside(3);
        assert_eq!(
            word(world.report(&by(&stranger), asked()).await),
            "NOT_FOUND"
        );
        world.gone(about.id, 3).await;
        assert_eq!(word(world.report(&by(&ben), asked()).await), "NOT_FOUND");
    }
}

#[tokio::test]
async fn an_answer_that_is_told_after_its_notice_is_gone_is_not_remembered() {
    for world in World::each().await {
        let (ann, ben) = (world.person(1), world.person(2));
        for n in [10, 200] {
            let about = notice(n, &ann);
            let comment = PostId::from_random([90 + n / 10; 16]);
            world.shown(&about, 1).await;
            world.gone(about.id, 2).await;
            world.answered(&about, comment, &ben).await;
            assert_eq!(world.count("content").await, 0);
            let asked = world.reporting(comment, Reason::Danger);
            let reported = world.report(&world.caller(&ann), asked).await;
            assert_eq!(word(reported), "NOT_FOUND");
        }
    }
}

#[tokio::test]
async fn a_comment_is_reported_like_a_notice_and_goes_with_it() {
    for world in World::each().await {
        let (ann, ben, mo) = (world.person(1), world.person(2), world.moderator(3));
        let about = notice(1, &ann);
        let comment = PostId::from_random([90; 16]);
        world.shown(&about, 1).await;
        world.answered(&about, comment, &ben).await;
        world.pass(HOUR_MS / 2);
        world.reported(&ann, comment).await;
        let case = world.case(&mo).await;
        assert_eq!(case.post, about.id.to_bytes());
        assert_eq!(case.category, i32::from(about.category));
        assert_eq!(case.opened_ms, NOW_MS, "to the hour");
        world.gone(about.id, 2).await;
        assert!(world.queue(&mo, Lane::Every).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn of_what_many_report_the_first_are_read_and_each_is_told_once() {
    for world in World::each().await {
        let (ann, mo) = (world.person(1), world.moderator(2));
        let about = Notice {
            pictures: vec![picture(1)],
            ..notice(1, &ann)
        };
        world.shown(&about, 1).await;
        for n in 0..60 {
            world.reported(&world.person(10 + n), about.id).await;
        }
        let case = world.case(&mo).await;
        assert!(case.reports.is_empty() && case.reports_more == 0);
        let read = world.claim(&mo, &case).await.unwrap();
        assert_eq!((read.reports.len(), read.reports_more), (50, 10));
        // Of somebody who is in a picture they learn; of one more who says the same they need not.
        world.reported(&world.person(80), about.id).await;
        let asked = world.depicting(about.id, picture(1));
        let zoe = world.caller(&world.person(10));
        receipt(world.depicted(&zoe, asked).await.unwrap());
        let unread = world.decide(&mo, keeping(&case)).await;
        assert_eq!(unread.unwrap_err().code, "CHANGED_MEANWHILE");
        world.claim(&mo, &case).await.unwrap();
        world.reported(&world.person(81), about.id).await;
        world.decide(&mo, keeping(&case)).await.unwrap();
        assert_eq!(world.count("statement").await, 62, "each once");
    }
}
