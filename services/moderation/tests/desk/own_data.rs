//! A resident's own data.

use contract::common::{Occasion, ResidentRequest};
use contract::moderation::moderation_server::Moderation as _;
use contract::moderation::{
    AppealRequest, DecideAppealRequest, DecideCaseRequest, DecideProposalRequest, Ground, Outcome,
    ProposeSuspensionRequest, Reason, Rule, appeal_reply,
};
use contract::{Caller, ResidentId};
use sea_orm::{ConnectionTrait, Statement};
use store::Backend;

use crate::limits::{more, propose, say};
use crate::world::{FACTS, Person, World, keeping, notice, receipt, removal};

/// Every table and column in which a resident's id stands.
async fn sightings(world: &World, resident: ResidentId) -> Vec<String> {
    let on = world.scratch.store.read();
    let (tables, hex) = match world.scratch.store.backend() {
        Backend::Sqlite => (
            "SELECT m.name AS \"table\", p.name AS \"column\", p.type AS kind FROM sqlite_master m, pragma_table_info(m.name) p \
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'",
            "hex",
        ),
        Backend::Postgres => (
            "SELECT table_name::text AS \"table\", column_name::text AS \"column\", data_type::text AS kind \
             FROM information_schema.columns WHERE table_schema = current_schema()",
            "replace",
        ),
    };
    let id = resident.to_string().to_uppercase();
    let mut found = Vec::new();
    let backend = on.get_database_backend();
    for row in on
        .query_all_raw(Statement::from_string(backend, tables))
        .await
        .unwrap()
    {
        let [table, column, kind] =
            ["table", "column", "kind"].map(|name| row.try_get::<String>("", name).unwrap());
        // Positions of the outbox, and that somebody is gone: both are forgotten in days.
        if ["outbox", "inbox", "seaql_migrations"].contains(&table.as_str()) {
            continue;
        }
        let value = match (hex, kind.as_str()) {
            ("hex", _) => format!("hex(\"{column}\")"),
            (_, "bytea") => format!("upper(encode(\"{column}\", 'hex'))"),
            _ => format!("upper(replace(\"{column}\"::text, '-', ''))"),
        };
        let count = world
            .count(&format!("\"{table}\" WHERE {value} LIKE '%{id}%'"))
            .await;
        if count > 0 {
            found.push(format!("{table}.{column}"));
        }
    }
    found.sort();
    found
}

async fn exported(world: &World, by: &Caller, of: &Person) -> String {
    let request = ResidentRequest {
        resident: of.id().to_bytes(),
    };
    let reply = world.desk.export(by.request(request)).await.unwrap();
    let parts = reply.into_inner().parts;
    parts
        .iter()
        .map(|part| String::from_utf8(part.json.to_vec()).unwrap())
        .collect::<Vec<_>>()
        .join("\n")
}

async fn appeal(world: &World, by: &Person, occasion: Occasion) -> tonic::codegen::Bytes {
    let on = world.statement(by, occasion).await;
    let asked = world.caller(by).request(AppealRequest {
        statement: on.id,
        text: "Please look again.".into(),
    });
    let reply = world.desk.appeal(asked).await.unwrap().into_inner();
    match reply.outcome {
        Some(appeal_reply::Outcome::Made(made)) => made.appeal,
        other => panic!("{other:?}"),
    }
}

/// Somebody who wrote, reported, appealed and moderated; everything that can be kept of them is.
async fn busy(world: &World) -> (Person, Person) {
    let (ann, mo) = (world.moderator(1), world.moderator(2));
    let (wrote, other) = (notice(1, &ann), notice(2, &mo));
    world.shown(&wrote, 1).await;
    world.shown(&other, 1).await;
    world.reported(&world.person(4), wrote.id).await;
    let case = world.case(&mo).await;
    let asked = DecideCaseRequest {
        pause_days: 7,
        rule: Rule::Profiling.into(),
        ..removal(&case)
    };
    world.decided(&mo, asked).await;
    let max = world.moderator(3);
    let proposed = ProposeSuspensionRequest {
        case: case.id,
        days: 30,
        rule: Rule::Insult.into(),
        ground: Ground::HouseRules.into(),
        facts: FACTS.into(),
    };
    let proposed = world.caller(&max).request(proposed);
    world.desk.propose_suspension(proposed).await.unwrap();
    let mut asked = world.reporting(other.id, Reason::Harassment);
    asked.explanation = "From Ann".into();
    receipt(world.report(&world.caller(&ann), asked).await.unwrap());
    let case = world.case(&max).await;
    world.decided(&max, keeping(&case)).await;
    appeal(world, &ann, Occasion::Decision).await;
    appeal(world, &ann, Occasion::ReportDecided).await;
    moderated(world, &ann, &max).await;
    let raise = propose(world, &ann, more(world, 4, 1)).await.unwrap();
    say(world, &max, &raise.id, false).await.unwrap();
    let raise = propose(world, &max, more(world, 4, 1)).await.unwrap();
    say(world, &ann, &raise.id, true).await.unwrap();
    (ann, mo)
}

/// They decided, stood back, claimed, decided an appeal, proposed and approved.
async fn moderated(world: &World, ann: &Person, max: &Person) {
    let (eve, pat) = (world.person(6), world.person(7));
    for n in 3..7 {
        world.shown(&notice(n, &eve), 1).await;
        world.reported(&pat, notice(n, &eve).id).await;
        let mut cases = world
            .queue(ann, contract::moderation::Lane::Every)
            .await
            .unwrap();
        cases.retain(|case| case.content == notice(n, &eve).id.to_bytes());
        let case = cases.remove(0);
        match n {
            3 => world.recuse(ann, &case).await.unwrap(),
            4 => {
                world.claim(ann, &case).await.unwrap();
            }
            n => {
                let (by, other) = if n == 5 { (ann, max) } else { (max, ann) };
                world.decided(by, removal(&case)).await;
                let proposed = ProposeSuspensionRequest {
                    case: case.id,
                    days: 30,
                    rule: Rule::Insult.into(),
                    ground: Ground::HouseRules.into(),
                    facts: FACTS.into(),
                };
                let proposed = world.caller(by).request(proposed);
                let proposed = world.desk.propose_suspension(proposed).await.unwrap();
                let said = DecideProposalRequest {
                    proposal: proposed.into_inner().id,
                    approve: true,
                };
                let said = world.caller(other).request(said);
                world.desk.decide_proposal(said).await.unwrap();
            }
        }
    }
    // Of what was taken from her, she has the last reviewed by Ann.
    let told = world.statements(&eve).await;
    let mut theirs = told.into_iter().filter(|told| {
        let measure = told.decision.as_ref().unwrap().measure();
        told.content == notice(6, &eve).id.to_bytes()
            && measure != contract::common::Measure::Unspecified
    });
    let asked = world.caller(&eve).request(AppealRequest {
        statement: theirs.next().unwrap().id,
        text: "Please look again.".into(),
    });
    let reply = world.desk.appeal(asked).await.unwrap().into_inner();
    let Some(appeal_reply::Outcome::Made(made)) = reply.outcome else {
        panic!("not made");
    };
    let decide = world.caller(ann).request(DecideAppealRequest {
        appeal: made.appeal,
        outcome: Outcome::Upheld.into(),
        facts: FACTS.into(),
    });
    world.desk.decide_appeal(decide).await.unwrap();
}

#[tokio::test]
async fn after_an_erasure_nobody_finds_them_in_any_table() {
    for world in World::each().await {
        let (ann, _) = busy(&world).await;
        let before = sightings(&world, ann.id()).await;
        for column in [
            "appeal.appellant",
            "appeal.decider",
            "appeal.first_decider",
            "case_file.author",
            "case_file.claimed_by",
            "client_key.who",
            "content.author",
            "decision.decider",
            "proposal.approver",
            "proposal.proposer",
            "raised_limit.approver",
            "raised_limit.proposer",
            "recusal.moderator",
            "report.reporter",
            "reporter.who",
            "restraint.resident",
            "statement.recipient",
            "viewing.subject",
        ] {
            let known = before.iter().any(|found| found == column);
            // Nobody appealed against what Ann decided herself.
            assert!(
                known || column == "appeal.first_decider",
                "{column}: {before:?}"
            );
        }
        let decisions = world.count("decision").await;
        world.erased(&ann).await;
        assert_eq!(sightings(&world, ann.id()).await, Vec::<String>::new());
        assert_eq!(
            world.count("decision").await,
            decisions,
            "what was decided stays"
        );
        assert_eq!(
            world.count("report WHERE explanation = 'From Ann'").await,
            0
        );
        assert_eq!(
            world.count("proposal WHERE stage = 0").await,
            0,
            "nobody to suspend"
        );
        let open = "appeal WHERE decided_at_ms IS NULL";
        assert_eq!(world.count(open).await, 0, "her appeals are closed");
        let copies =
            "copy, case_file WHERE copy.case_id = case_file.id AND case_file.author IS NULL";
        assert_eq!(world.count(copies).await, 0, "nor what she wrote");
        for part in exported(&world, &Caller::Role, &ann).await.lines() {
            assert_eq!(part, "[]");
        }
        world.erased(&ann).await;
        world.desk.sweep().await.unwrap();
        assert_eq!(sightings(&world, ann.id()).await, Vec::<String>::new());
    }
}

#[tokio::test]
async fn what_is_told_late_of_who_was_erased_brings_nothing_back() {
    for world in World::each().await {
        let (ann, mo) = (world.person(1), world.moderator(3));
        let about = notice(1, &ann);
        world.shown(&about, 1).await;
        world.reported(&world.person(2), about.id).await;
        world.erased(&ann).await;
        let lane = contract::moderation::Lane::Every;
        assert!(
            world.queue(&mo, lane).await.unwrap().is_empty(),
            "nothing is left to decide"
        );
        world.shown(&about, 2).await;
        world.shown(&notice(2, &ann), 1).await;
        world
            .held(&notice(3, &ann), 1, &[contract::events::Cause::Found])
            .await;
        assert_eq!(sightings(&world, ann.id()).await, Vec::<String>::new());
        assert!(world.queue(&mo, lane).await.unwrap().is_empty());
    }
}

/// Every table and column in which these words stand.
async fn said(world: &World, words: &str) -> Vec<String> {
    let mut found = Vec::new();
    for column in [
        "appeal.text",
        "appeal.facts",
        "decision.facts",
        "proposal.facts",
        "report.explanation",
    ] {
        let (table, column_name) = column.split_once('.').unwrap();
        let count = world
            .count(&format!("{table} WHERE {column_name} LIKE '%{words}%'"))
            .await;
        if count > 0 {
            found.push(column.to_owned());
        }
    }
    found
}

/// One of hers was removed and a suspension proposed; of another one, who had reported it in vain appealed in vain.
#[tokio::test]
async fn after_an_erasure_nobody_reads_what_was_said_of_what_they_wrote() {
    for world in World::each().await {
        let (ann, ben) = (world.person(1), world.person(2));
        let (mo, max) = (world.moderator(3), world.moderator(4));
        let words = "Ann of the second floor";
        let (removed, kept) = (notice(1, &ann), notice(2, &ann));
        let elsewhere = notice(3, &ben);
        for about in [&removed, &kept, &elsewhere] {
            world.shown(about, 1).await;
            let mut asked = world.reporting(about.id, Reason::Harassment);
            asked.explanation = format!("{words} is rude.");
            let by = if about.id == elsewhere.id { &ann } else { &ben };
            receipt(world.report(&world.caller(by), asked).await.unwrap());
        }
        for case in world
            .queue(&mo, contract::moderation::Lane::Every)
            .await
            .unwrap()
        {
            let is_kept = case.content == kept.id.to_bytes();
            let facts = format!("{words} calls a neighbour names, or does not.");
            let asked = if is_kept {
                keeping(&case)
            } else {
                removal(&case)
            };
            world
                .decided(&mo, DecideCaseRequest { facts, ..asked })
                .await;
            if case.content == removed.id.to_bytes() {
                let proposed = ProposeSuspensionRequest {
                    case: case.id,
                    days: 30,
                    rule: Rule::Insult.into(),
                    ground: Ground::HouseRules.into(),
                    facts: format!("{words} does so every week."),
                };
                let proposed = world.caller(&max).request(proposed);
                world.desk.propose_suspension(proposed).await.unwrap();
            }
        }
        let told = world.statements(&ben).await;
        let on = told
            .iter()
            .find(|told| told.content == kept.id.to_bytes())
            .unwrap();
        let asked = world.caller(&ben).request(AppealRequest {
            statement: on.id.clone(),
            text: format!("{words} meant me."),
        });
        let reply = world.desk.appeal(asked).await.unwrap().into_inner();
        let Some(appeal_reply::Outcome::Made(made)) = reply.outcome else {
            panic!("not made");
        };
        let decide = world.caller(&max).request(DecideAppealRequest {
            appeal: made.appeal,
            outcome: Outcome::Upheld.into(),
            facts: format!("{words} meant somebody else."),
        });
        world.desk.decide_appeal(decide).await.unwrap();
        assert_eq!(said(&world, words).await.len(), 5);
        let [decisions, logged, tallies] = ["decision", "logged", "tally"];
        let before = [
            world.count(decisions).await,
            world.count(logged).await,
            world.count(tallies).await,
        ];

        world.erased(&ann).await;
        // What was decided about what Ben wrote is his to read.
        assert_eq!(said(&world, words).await, ["decision.facts"]);
        let about_others = format!("decision WHERE facts LIKE '%{words}%'");
        assert_eq!(world.count(&about_others).await, 1);
        let after = [
            world.count(decisions).await,
            world.count(logged).await,
            world.count(tallies).await,
        ];
        assert_eq!(after, before, "numbers and the log stay");
        for told in world.statements(&ben).await {
            let is_hers = told.content != elsewhere.id.to_bytes();
            let facts = told.decision.map(|decision| decision.facts).unwrap();
            assert_eq!(facts.is_empty(), is_hers, "{facts:?}");
        }
    }
}

#[tokio::test]
async fn an_appeal_against_who_was_erased_is_still_decided_by_another_one() {
    for world in World::each().await {
        let (ann, mo) = (world.person(1), world.moderator(2));
        let about = notice(1, &ann);
        world.shown(&about, 1).await;
        world.reported(&world.person(4), about.id).await;
        let case = world.case(&mo).await;
        world.decided(&mo, removal(&case)).await;
        let made = appeal(&world, &ann, Occasion::Decision).await;
        world.erased(&mo).await;
        assert_eq!(sightings(&world, mo.id()).await, Vec::<String>::new());
        let decide = world
            .caller(&world.moderator(3))
            .request(DecideAppealRequest {
                appeal: made,
                outcome: Outcome::Reversed.into(),
                facts: FACTS.into(),
            });
        world.desk.decide_appeal(decide).await.unwrap();
    }
}

#[tokio::test]
async fn an_export_holds_what_one_was_told_and_said_and_nothing_of_others() {
    for world in World::each().await {
        let (ann, mo) = busy(&world).await;
        let export = exported(&world, &world.caller(&ann), &ann).await;
        for expected in [
            "From Ann",
            FACTS,
            "\"PROFILING\"",
            "\"REPORT_DECIDED\"",
            "Please look again.",
            "\"WRITTEN\"",
            "peopleUntilMs",
            "\"automated\":false",
        ] {
            assert!(export.contains(expected), "{expected}: {export}");
        }
        assert!(!export.contains(&mo.id().to_string()), "nobody else's id");
        assert!(!export.contains("Somebody is named there."), "nor words");
    }
}
