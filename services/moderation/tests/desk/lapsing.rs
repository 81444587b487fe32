//! What time does.

use contract::common::Occasion;
use contract::events::Cause as Held;
use contract::moderation::moderation_server::Moderation as _;
use contract::moderation::{
    DecideCaseRequest, DecideProposalRequest, Ground, Lane, ProposeSuspensionRequest, Rule,
};
use runtime::DAY_MS;

use crate::world::{FACTS, World, notice, removal};

#[tokio::test]
async fn what_nobody_read_in_time_lapsed_and_its_author_is_told() {
    for world in World::each().await {
        let (ann, mo) = (world.person(1), world.moderator(2));
        let (late, withdrawn) = (notice(1, &ann), notice(2, &ann));
        world.held(&late, 1, &[Held::AboutPeople]).await;
        world.held(&withdrawn, 1, &[Held::AboutPeople]).await;
        world.gone(withdrawn.id, 2).await;
        assert!(world.statements(&ann).await.is_empty(), "they know");
        world.pass(DAY_MS);
        // Posts lets it lapse; its author may still read it.
        world.lapsed(&late, 2).await;
        assert!(world.queue(&mo, Lane::Every).await.unwrap().is_empty());
        let told = world.statement(&ann, Occasion::Lapsed).await;
        assert!(told.decision.is_none() && told.appeal_until_ms == 0);
        assert_eq!(told.content, late.id.to_bytes());
        world.gone(late.id, 3).await;
        assert_eq!(world.statements(&ann).await.len(), 1);
    }
}

/// However long it waited: what is taken back did not lapse.
#[tokio::test]
async fn who_takes_back_what_waited_is_not_told_that_nobody_read_it() {
    for world in World::each().await {
        let (ann, ben) = (world.person(1), world.person(2));
        let (withdrawn, erased) = (notice(1, &ann), notice(2, &ben));
        for about in [&withdrawn, &erased] {
            world.held(about, 1, &[Held::Newcomer]).await;
        }
        world.pass(2 * DAY_MS);
        world.gone(withdrawn.id, 2).await;
        world.erased(&ben).await;
        assert!(world.statements(&ann).await.is_empty(), "they know");
        assert_eq!(world.count("statement").await, 0);
        assert_eq!(world.late().await, 2, "nobody had read them in time");
        assert_eq!(world.count("case_file WHERE closing = 2").await, 2);
    }
}

#[tokio::test]
async fn copies_and_words_go_when_nobody_may_appeal_any_more_and_cases_after_a_year() {
    for world in World::each().await {
        let (ann, mo) = (world.person(1), world.moderator(2));
        let about = notice(1, &ann);
        world.shown(&about, 1).await;
        world.reported(&world.person(4), about.id).await;
        let case = world.case(&mo).await;
        let asked = DecideCaseRequest {
            pause_days: 1,
            ..removal(&case)
        };
        world.decided(&mo, asked).await;
        world.gone(about.id, 2).await;
        let words = "report WHERE explanation IS NOT NULL";
        world.pass(183 * DAY_MS);
        world.desk.sweep().await.unwrap();
        let left = [world.count("copy").await, world.count(words).await];
        assert_eq!(left, [1, 1]);
        world.pass(2 * DAY_MS);
        world.desk.sweep().await.unwrap();
        let left = [world.count("copy").await, world.count(words).await];
        assert_eq!(left, [0, 0]);
        assert_eq!(world.count("restraint").await, 0, "long over");
        assert_eq!(world.count("case_file").await, 1);
        world.pass(181 * DAY_MS);
        world.desk.sweep().await.unwrap();
        for table in [
            "content",
            "case_file",
            "report",
            "decision",
            "statement",
            "client_key",
            "reporter",
            "viewing",
            "recusal",
        ] {
            assert_eq!(world.count(table).await, 0, "{table}");
        }
        assert_eq!(world.count("logged").await, 1, "the log stays");
    }
}

#[tokio::test]
async fn a_case_is_kept_while_something_that_was_decided_in_it_runs() {
    for world in World::each().await {
        let (ann, mo, max) = (world.person(1), world.moderator(2), world.moderator(3));
        let about = notice(1, &ann);
        world.shown(&about, 1).await;
        world.reported(&world.person(4), about.id).await;
        let case = world.case(&mo).await;
        world.decided(&mo, removal(&case)).await;
        world.pass(300 * DAY_MS);
        let proposed = world.caller(&mo).request(ProposeSuspensionRequest {
            case: case.id.clone(),
            days: 100,
            rule: Rule::Insult.into(),
            ground: Ground::HouseRules.into(),
            facts: FACTS.into(),
        });
        let proposed = world.desk.propose_suspension(proposed).await.unwrap();
        let said = world.caller(&max).request(DecideProposalRequest {
            proposal: proposed.into_inner().id,
            approve: true,
        });
        world.desk.decide_proposal(said).await.unwrap();
        world.pass(66 * DAY_MS);
        world.desk.sweep().await.unwrap();
        assert_eq!(world.count("case_file").await, 1, "she may not write yet");
        let mut told = world.statements(&ann).await;
        told.retain(|told| told.appeal_until_ms > 0);
        assert_eq!(told.len(), 1, "and may appeal against that");
        world.pass(118 * DAY_MS);
        world.desk.sweep().await.unwrap();
        for table in ["case_file", "decision", "statement", "proposal"] {
            assert_eq!(world.count(table).await, 0, "{table}");
        }
    }
}
