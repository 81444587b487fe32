//! Cases come, wait in the queue, are taken, and go with their causes.

use contract::events::Cause as Held;
use contract::moderation::moderation_server::Moderation as _;
use contract::moderation::{Case, Cause, Lane, ListCasesRequest};
use contract::{Fault, PostId};
use runtime::{DAY_MS, HOUR_MS, MINUTE_MS};

use crate::world::{NOW_MS, Notice, Person, World, keeping, notice, picture, removal};

fn causes(case: &Case) -> Vec<Cause> {
    case.causes
        .iter()
        .map(|cause| Cause::try_from(*cause).unwrap())
        .collect()
}

async fn count(world: &World, by: &Person) -> usize {
    world.queue(by, Lane::Every).await.unwrap().len()
}

#[tokio::test]
async fn what_waits_is_a_case_until_it_does_not_wait_any_more() {
    for world in World::each().await {
        let (ann, mo) = (world.person(1), world.moderator(2));
        let about = notice(1, &ann);
        world.held(&about, 1, &[Held::Newcomer, Held::Found]).await;
        let case = world.case(&mo).await;
        assert_eq!(causes(&case), [Cause::Newcomer, Cause::Found]);
        assert_eq!(case.deadline_ms, NOW_MS + DAY_MS);
        world.pass(HOUR_MS);
        world.held(&about, 2, &[Held::Amended]).await;
        let again = world.case(&mo).await;
        assert_eq!((again.id, again.version), (case.id, 2), "the same case");
        assert_eq!(again.deadline_ms, NOW_MS + HOUR_MS + DAY_MS);
        world.shown(&about, 3).await;
        assert_eq!(count(&world, &mo).await, 0);
        world.held(&about, 2, &[Held::Found]).await;
        assert_eq!(count(&world, &mo).await, 0, "late news is none");
    }
}

#[tokio::test]
async fn what_its_author_is_to_change_waits_for_nobody_else() {
    for world in World::each().await {
        let (ann, mo) = (world.person(1), world.moderator(2));
        let about = notice(1, &ann);
        world.held(&about, 1, &[]).await;
        assert_eq!(count(&world, &mo).await, 0);
    }
}

#[tokio::test]
async fn a_hazard_is_read_afterwards_and_once() {
    for world in World::each().await {
        let (ann, mo) = (world.person(1), world.moderator(2));
        let mut about = notice(1, &ann);
        about.category = contract::common::Category::Hazard;
        world.shown(&about, 1).await;
        let case = world.case(&mo).await;
        assert_eq!(causes(&case), [Cause::ShownUnread]);
        assert_eq!(case.deadline_ms, NOW_MS + 3 * DAY_MS);
        world.decided(&mo, keeping(&case)).await;
        about.written = 1;
        world.shown(&about, 2).await;
        assert_eq!(count(&world, &mo).await, 0, "the words that were read");
        assert!(world.statements(&ann).await.is_empty(), "nothing to tell");
        about.written = 3;
        world.shown(&about, 3).await;
        let again = world.case(&mo).await;
        assert_eq!(causes(&again), [Cause::ShownUnread], "other words");
        assert_ne!(again.id, case.id);
        world.decided(&mo, keeping(&again)).await;

        let mut other = notice(2, &ann);
        other.category = contract::common::Category::Fault;
        other.written = 1;
        world.held(&other, 1, &[Held::Found]).await;
        world.shown(&other, 2).await;
        assert_eq!(count(&world, &mo).await, 0, "it was read before");
        world.shown(&notice(3, &ann), 1).await;
        assert_eq!(count(&world, &mo).await, 0, "a question is not");
    }
}

#[tokio::test]
async fn pictures_that_wait_are_a_case_though_their_text_is_shown() {
    for world in World::each().await {
        let (ann, mo) = (world.person(1), world.moderator(2));
        let mut about = notice(1, &ann);
        about.pictures = vec![picture(1), picture(2)];
        about.pictures_wait = true;
        world.shown(&about, 1).await;
        let case = world.case(&mo).await;
        assert_eq!(causes(&case), [Cause::PicturesWait]);
        assert_eq!(case.pictures.len(), 2);
        world.pass(HOUR_MS);
        world.shown(&about, 2).await;
        assert_eq!(world.case(&mo).await.deadline_ms, case.deadline_ms);
        about.pictures_wait = false;
        world.shown(&about, 3).await;
        assert_eq!(count(&world, &mo).await, 0);
    }
}

#[tokio::test]
async fn an_author_who_takes_it_down_leaves_nothing_to_decide() {
    for world in World::each().await {
        let (ann, mo) = (world.person(1), world.moderator(2));
        let about = notice(1, &ann);
        world.shown(&about, 1).await;
        world.reported(&world.person(3), about.id).await;
        let case = world.case(&mo).await;
        world.claim(&mo, &case).await.unwrap();
        world.gone(about.id, 2).await;
        assert_eq!(count(&world, &mo).await, 0);
        let fault = world.decide(&mo, removal(&case)).await.unwrap_err();
        assert_eq!(fault.code, "WRONG_STATE");
        world.shown(&notice(2, &ann), 1).await;
        world.gone(notice(2, &ann).id, 2).await;
        assert_eq!(
            world.count("content").await,
            1,
            "kept only where a case is about it"
        );
    }
}

#[tokio::test]
async fn the_queue_goes_by_deadline_page_by_page() {
    for world in World::each().await {
        let (ann, mo) = (world.person(1), world.moderator(2));
        let reports = [3, 1, 2].map(|n| notice(n, &ann));
        for about in &reports {
            world.pass(HOUR_MS);
            world.shown(about, 1).await;
            world.reported(&world.person(4), about.id).await;
        }
        let waits = notice(4, &ann);
        world.held(&waits, 1, &[Held::Newcomer]).await;
        let ids = |cases: &[Case]| -> Vec<PostId> {
            let id = |case: &Case| PostId::from_bytes(&case.content).unwrap();
            cases.iter().map(id).collect()
        };
        let order = [&waits, &reports[0], &reports[1], &reports[2]].map(|about| about.id);
        assert_eq!(ids(&world.queue(&mo, Lane::Every).await.unwrap()), order);
        assert_eq!(
            ids(&world.queue(&mo, Lane::Waits).await.unwrap()),
            order[..1]
        );
        assert_eq!(
            ids(&world.queue(&mo, Lane::Notices).await.unwrap()),
            order[1..]
        );
        assert!(world.queue(&mo, Lane::Claimed).await.unwrap().is_empty());
        let (mut seen, mut after) = (Vec::new(), String::new());
        loop {
            let reply = page(&world, &mo, Lane::Every, &after).await.unwrap();
            assert_eq!(reply.cursors.len(), 1);
            seen.extend(ids(&reply.cases));
            after.clone_from(&reply.cursors[0]);
            if !reply.has_next {
                break;
            }
        }
        assert_eq!(seen, order);
        let other = page(&world, &mo, Lane::Waits, &after).await.unwrap_err();
        assert_eq!(other.code, "CURSOR_UNKNOWN", "of another list");
    }
}

async fn page(
    world: &World,
    by: &Person,
    lane: Lane,
    after: &str,
) -> Result<contract::moderation::ListCasesReply, Fault> {
    let request = ListCasesRequest {
        neighbourhood: world.here.to_bytes(),
        lane: lane.into(),
        first: 1,
        after: after.to_owned(),
    };
    let request = world.caller(by).request(request);
    Ok(world.desk.list_cases(request).await?.into_inner())
}

#[tokio::test]
async fn a_claim_holds_a_quarter_of_an_hour() {
    for world in World::each().await {
        let (ann, mo, max) = (world.person(1), world.moderator(2), world.moderator(3));
        let about = notice(1, &ann);
        world.shown(&about, 1).await;
        world.reported(&world.person(4), about.id).await;
        world.pass(MINUTE_MS);
        let case = world.case(&mo).await;
        let fault = world.decide(&mo, removal(&case)).await.unwrap_err();
        assert_eq!(fault.code, "NOT_CLAIMED");
        let mine = world.claim(&mo, &case).await.unwrap();
        assert!(mine.claimed_by_me);
        assert_eq!(mine.claimed_until_ms, NOW_MS + 16 * MINUTE_MS);
        assert_eq!(world.queue(&mo, Lane::Claimed).await.unwrap().len(), 1);
        let theirs = world.case(&max).await;
        assert!(!theirs.claimed_by_me);
        assert_eq!(theirs.claimed_until_ms, NOW_MS + 30 * MINUTE_MS, "not when");
        for fault in [
            world.claim(&max, &case).await.unwrap_err(),
            world.decide(&max, removal(&case)).await.unwrap_err(),
        ] {
            assert_eq!(fault.code, "CLAIMED_BY_ANOTHER");
        }
        world.pass(15 * MINUTE_MS);
        let fault = world.decide(&mo, removal(&case)).await.unwrap_err();
        assert_eq!(fault.code, "NOT_CLAIMED");
        world.claim(&max, &case).await.unwrap();
        world.give_back(&mo, &case).await.unwrap();
        assert!(world.case(&max).await.claimed_by_me, "not theirs to return");
        world.give_back(&max, &case).await.unwrap();
        world.claim(&mo, &case).await.unwrap();
        world.decide(&mo, removal(&case)).await.unwrap();
    }
}

#[tokio::test]
async fn whoever_stood_back_wrote_or_reported_never_has_it() {
    for world in World::each().await {
        let (author, mo, max) = (world.moderator(1), world.moderator(2), world.moderator(3));
        let about = notice(1, &author);
        world.shown(&about, 1).await;
        world.reported(&max, about.id).await;
        let case = world.case(&mo).await;
        for (by, code) in [(&author, "OWN_CASE"), (&max, "OWN_CASE")] {
            assert_eq!(count(&world, by).await, 0);
            assert_eq!(world.claim(by, &case).await.unwrap_err().code, code);
            assert_eq!(world.get(by, &case).await.unwrap_err().code, code);
        }
        world.claim(&mo, &case).await.unwrap();
        world.recuse(&mo, &case).await.unwrap();
        world.recuse(&mo, &case).await.unwrap();
        assert_eq!(count(&world, &mo).await, 0);
        assert_eq!(world.claim(&mo, &case).await.unwrap_err().code, "RECUSED");
        let fault = world.decide(&mo, removal(&case)).await.unwrap_err();
        assert_eq!(fault.code, "RECUSED");
        let other = world.moderator(4);
        assert_eq!(world.case(&other).await.claimed_until_ms, 0, "free again");
    }
}

#[tokio::test]
async fn what_is_said_while_somebody_decides_is_read_before_they_do() {
    for world in World::each().await {
        let (ann, zoe, mo) = (world.person(1), world.person(2), world.moderator(3));
        let about = Notice {
            pictures: vec![picture(1)],
            ..notice(1, &ann)
        };
        world.shown(&about, 1).await;
        world.reported(&world.person(4), about.id).await;
        let case = world.case(&mo).await;
        world.claim(&mo, &case).await.unwrap();
        // She is in the picture, and a visitor has something to say.
        let asked = world.depicting(about.id, picture(1));
        world.depicted(&world.caller(&zoe), asked).await.unwrap();
        let unread = world.decide(&mo, keeping(&case)).await;
        assert_eq!(unread.unwrap_err().code, "CHANGED_MEANWHILE");
        let ruled = world.ruled(about.id).await.unwrap();
        assert_eq!(ruled.pictures_hidden, [picture(1).to_bytes()], "still");
        world.get(&mo, &case).await.unwrap();
        let unread = world.decide(&mo, keeping(&case)).await;
        assert_eq!(unread.unwrap_err().code, "CHANGED_MEANWHILE");

        let again = world.claim(&mo, &case).await.unwrap();
        assert_eq!(again.reports.len(), 2, "what is new");
        assert_eq!(again.pictures_hidden.len(), 1);
        let once = world.decide(&mo, keeping(&case)).await.unwrap();
        let twice = world.decide(&mo, keeping(&case)).await.unwrap();
        assert_eq!(once, twice);
    }
}
