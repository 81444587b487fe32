//! What the databases refuse, whoever writes into them.

use contract::common::Occasion;
use contract::moderation::moderation_server::Moderation as _;
use contract::moderation::{AppealRequest, Ground, ProposeSuspensionRequest, Rule};
use sea_orm::ConnectionTrait;

use crate::world::{FACTS, Person, World, notice, removal};

/// A removal by the second person, appealed against, and a suspension that they proposed.
async fn appealed(world: &World) -> (Person, Person) {
    let (ann, mo) = (world.person(1), world.moderator(2));
    let about = notice(1, &ann);
    world.shown(&about, 1).await;
    world.reported(&world.person(4), about.id).await;
    let case = world.case(&mo).await;
    world.decided(&mo, removal(&case)).await;
    let on = world.statement(&ann, Occasion::Decision).await;
    let asked = world.caller(&ann).request(AppealRequest {
        statement: on.id,
        text: "Please look again.".into(),
    });
    world.desk.appeal(asked).await.unwrap();
    let asked = world.caller(&mo).request(ProposeSuspensionRequest {
        case: case.id,
        days: 30,
        rule: Rule::Insult.into(),
        ground: Ground::HouseRules.into(),
        facts: FACTS.into(),
    });
    world.desk.propose_suspension(asked).await.unwrap();
    (ann, mo)
}

async fn is_taken(world: &World, sql: &str) -> bool {
    let tx = world.scratch.store.begin().await.unwrap();
    tx.execute_unprepared(sql).await.is_ok()
}

#[tokio::test]
async fn no_decision_is_without_rule_ground_and_facts() {
    for world in World::each().await {
        appealed(&world).await;
        assert!(is_taken(&world, "UPDATE decision SET rule = 6").await);
        for sql in [
            "UPDATE decision SET rule = NULL",
            "UPDATE decision SET rule = 0",
            "UPDATE decision SET rule = 13",
            "UPDATE decision SET rule = 1",
            "UPDATE decision SET ground = NULL",
            "UPDATE decision SET ground = 3",
            "UPDATE decision SET facts = NULL",
            "UPDATE decision SET facts = 'Too short.'",
            "UPDATE decision SET measure = 5",
            "UPDATE decision SET measure = 0",
            "UPDATE proposal SET facts = ''",
            "UPDATE proposal SET rule = 0",
        ] {
            assert!(!is_taken(&world, sql).await, "{sql}");
        }
    }
}

#[tokio::test]
async fn no_appeal_is_decided_by_who_decided_before() {
    for world in World::each().await {
        appealed(&world).await;
        let decide = |by: &str| {
            format!(
                "UPDATE appeal SET decider = {by}, facts = '{FACTS}', outcome = 2, decided_at_ms = 1"
            )
        };
        assert!(is_taken(&world, &decide("appellant")).await, "another one");
        assert!(!is_taken(&world, &decide("first_decider")).await);
        assert!(
            !is_taken(&world, "UPDATE appeal SET first_decider = appellant").await,
            "it names who decided"
        );
        for sql in [
            "UPDATE appeal SET outcome = 2",
            "UPDATE appeal SET outcome = 1, decided_at_ms = 1",
            "UPDATE appeal SET decider = appellant",
        ] {
            assert!(!is_taken(&world, sql).await, "{sql}");
        }
    }
}

#[tokio::test]
async fn nobody_approves_what_they_proposed() {
    for world in World::each().await {
        appealed(&world).await;
        let approve =
            |by: &str| format!("UPDATE proposal SET approver = {by}, stage = 1, decided_at_ms = 1");
        assert!(!is_taken(&world, &approve("proposer")).await);
        assert!(!is_taken(&world, &approve("NULL")).await);
        assert!(is_taken(&world, &approve("id")).await, "somebody else");
        for days in [7, 366] {
            let sql = format!("UPDATE proposal SET days = {days}");
            assert!(!is_taken(&world, &sql).await, "{days}");
        }
    }
}

#[tokio::test]
async fn there_is_one_open_case_and_one_decision_of_each() {
    for world in World::each().await {
        appealed(&world).await;
        let copy = |table: &str, columns: &str, values: &str| {
            format!("INSERT INTO {table} ({columns}) SELECT {values} FROM {table}")
        };
        let columns = "neighbourhood, id, content, kind, category, causes, deadline_ms, lane, opened_at_ms, closing";
        let values = "neighbourhood, content, content, kind, category, 1, 1, 1, 1, 0";
        let sql = copy("case_file", columns, values);
        assert!(is_taken(&world, &sql).await, "the first one is closed");
        let tx = world.scratch.store.begin().await.unwrap();
        tx.execute_unprepared(&sql).await.unwrap();
        let again = sql.replace(
            "neighbourhood, content, content",
            "neighbourhood, author, content",
        );
        assert!(tx.execute_unprepared(&again).await.is_err());
        drop(tx);
        let columns = "neighbourhood, id, case_id, version, measure, pictures_removed, paused_until_ms, people_until_ms, \
                       rule, ground, facts, decider, decided_at_ms, appeal_until_ms, outcome, logged";
        let values = columns.replacen("id,", "logged,", 1);
        assert!(!is_taken(&world, &copy("decision", columns, &values)).await);
    }
}
