//! Decisions, copies of what was read, what people were told, appeals, what takes two, what authors may not do.

use sea_orm_migration::prelude::*;

use super::columns::{
    bytes, maybe_number, maybe_text, maybe_uuid, number, of_case, small, text, uuid,
};

/// What is decided.
pub struct Decisions;

impl MigrationName for Decisions {
    fn name(&self) -> &'static str {
        "m0002_decisions"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Decisions {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.create_table(decision()).await?;
        let on = manager.get_connection();
        // What an appeal refers to.
        on.execute_unprepared(
            "CREATE UNIQUE INDEX decision_decider ON decision (neighbourhood, id, decider)",
        )
        .await?;
        manager.create_table(copy()).await?;
        manager.create_table(statement()).await?;
        manager.create_table(appeal()).await?;
        manager.create_table(proposal()).await?;
        manager.create_table(restraint()).await?;
        for sql in [
            "CREATE UNIQUE INDEX decision_case ON decision (neighbourhood, case_id) WHERE proposal IS NULL",
            "CREATE INDEX decision_of ON decision (neighbourhood, case_id)",
            "CREATE INDEX decision_by ON decision (decider)",
            "CREATE INDEX copy_until ON copy (until_ms)",
            "CREATE INDEX statement_recipient ON statement (recipient, told_at_ms, id) WHERE recipient IS NOT NULL",
            "CREATE INDEX statement_visitor ON statement (id) WHERE reply_to IS NOT NULL",
            "CREATE INDEX statement_case ON statement (neighbourhood, case_id)",
            "CREATE UNIQUE INDEX appeal_statement ON appeal (neighbourhood, statement)",
            "CREATE INDEX appeal_decision ON appeal (neighbourhood, decision)",
            "CREATE INDEX appeal_queue ON appeal (neighbourhood, deadline_ms, id) WHERE decided_at_ms IS NULL",
            "CREATE INDEX appeal_due ON appeal (deadline_ms) WHERE decided_at_ms IS NULL",
            "CREATE INDEX appeal_appellant ON appeal (appellant)",
            "CREATE INDEX appeal_decider ON appeal (decider)",
            "CREATE UNIQUE INDEX proposal_open ON proposal (neighbourhood, case_id) WHERE decided_at_ms IS NULL",
            "CREATE INDEX proposal_case ON proposal (neighbourhood, case_id)",
            "CREATE INDEX proposal_due ON proposal (deadline_ms) WHERE decided_at_ms IS NULL",
            "CREATE INDEX restraint_resident ON restraint (resident)",
        ] {
            on.execute_unprepared(sql).await?;
        }
        Ok(())
    }
}

/// Rule and facts are compulsory, whoever writes here.
const REASONED: [&str; 3] = [
    "rule BETWEEN 1 AND 12",
    "ground BETWEEN 1 AND 2",
    "length(facts) BETWEEN 20 AND 2000",
];

fn decision() -> TableCreateStatement {
    let mut table = Table::create();
    table
        .table("decision")
        .col(uuid("neighbourhood"))
        .col(uuid("id"))
        .col(uuid("case_id"))
        .col(maybe_uuid("proposal"))
        .col(number("version"))
        .col(small("measure"))
        .col(bytes("pictures_removed"))
        .col(number("paused_until_ms"))
        .col(number("people_until_ms"))
        .col(small("rule"))
        .col(small("ground"))
        .col(text("facts"))
        .col(uuid("decider"))
        .col(number("decided_at_ms"))
        .col(number("appeal_until_ms"))
        .col(small("outcome"))
        .col(uuid("logged"))
        .primary_key(Index::create().col("neighbourhood").col("id"))
        .foreign_key(&mut of_case("decision"))
        .check(Expr::cust("measure BETWEEN 0 AND 4"))
        .check(Expr::cust("(measure = 0) = (proposal IS NOT NULL)"))
        .check(Expr::cust("measure IN (0, 1) OR rule > 1"))
        .check(Expr::cust("outcome BETWEEN 0 AND 2"));
    for rule in REASONED {
        table.check(Expr::cust(rule));
    }
    table
}

fn copy() -> TableCreateStatement {
    Table::create()
        .table("copy")
        .col(uuid("neighbourhood"))
        .col(uuid("case_id"))
        .col(text("key_id"))
        .col(bytes("key"))
        .col(bytes("sealed"))
        .col(number("until_ms"))
        .primary_key(Index::create().col("neighbourhood").col("case_id"))
        .foreign_key(&mut of_case("copy"))
        .to_owned()
}

fn statement() -> TableCreateStatement {
    Table::create()
        .table("statement")
        .col(uuid("neighbourhood"))
        .col(uuid("id"))
        .col(uuid("case_id"))
        .col(maybe_uuid("decision"))
        .col(maybe_uuid("appeal"))
        .col(maybe_uuid("recipient"))
        .col(maybe_uuid("reply_to"))
        .col(small("occasion"))
        .col(number("told_at_ms"))
        .col(number("appeal_until_ms"))
        .primary_key(Index::create().col("neighbourhood").col("id"))
        .foreign_key(&mut of_case("statement"))
        .check(Expr::cust("occasion BETWEEN 1 AND 4"))
        .check(Expr::cust("recipient IS NULL OR reply_to IS NULL"))
        .to_owned()
}

fn appeal() -> TableCreateStatement {
    Table::create()
        .table("appeal")
        .col(uuid("neighbourhood"))
        .col(uuid("id"))
        .col(uuid("case_id"))
        .col(uuid("statement"))
        .col(uuid("decision"))
        .col(uuid("first_decider"))
        .col(maybe_uuid("appellant"))
        .col(maybe_uuid("reply_to"))
        .col(small("occasion"))
        .col(text("text"))
        .col(number("made_at_ms"))
        .col(number("deadline_ms"))
        .col(small("outcome"))
        .col(maybe_uuid("decider"))
        .col(maybe_text("facts"))
        .col(maybe_number("decided_at_ms"))
        .primary_key(Index::create().col("neighbourhood").col("id"))
        .foreign_key(&mut of_case("appeal"))
        // Names who decided first, and keeps naming them.
        .foreign_key(
            ForeignKey::create()
                .from("appeal", ("neighbourhood", "decision", "first_decider"))
                .to("decision", ("neighbourhood", "id", "decider"))
                .on_update(ForeignKeyAction::Cascade)
                .on_delete(ForeignKeyAction::Cascade),
        )
        .check(Expr::cust("decider <> first_decider"))
        .check(Expr::cust("(decider IS NULL) = (facts IS NULL)"))
        .check(Expr::cust("length(facts) BETWEEN 20 AND 2000"))
        .check(Expr::cust("length(text) BETWEEN 1 AND 2000"))
        .check(Expr::cust("outcome BETWEEN 0 AND 2"))
        .check(Expr::cust("(outcome = 0) = (decided_at_ms IS NULL)"))
        // What nobody decided succeeds.
        .check(Expr::cust("outcome <> 1 OR decider IS NOT NULL"))
        .to_owned()
}

fn proposal() -> TableCreateStatement {
    let mut table = Table::create();
    table
        .table("proposal")
        .col(uuid("neighbourhood"))
        .col(uuid("id"))
        .col(uuid("case_id"))
        .col(small("days"))
        .col(small("rule"))
        .col(small("ground"))
        .col(text("facts"))
        .col(uuid("proposer"))
        .col(maybe_uuid("approver"))
        .col(number("proposed_at_ms"))
        .col(number("deadline_ms"))
        .col(small("stage"))
        .col(maybe_number("decided_at_ms"))
        .primary_key(Index::create().col("neighbourhood").col("id"))
        .foreign_key(&mut of_case("proposal"))
        .check(Expr::cust("approver <> proposer"))
        .check(Expr::cust("stage BETWEEN 0 AND 3"))
        .check(Expr::cust("(stage = 0) = (decided_at_ms IS NULL)"))
        .check(Expr::cust("(stage IN (1, 2)) = (approver IS NOT NULL)"))
        .check(Expr::cust("days BETWEEN 8 AND 365"));
    for rule in REASONED {
        table.check(Expr::cust(rule));
    }
    table
}

fn restraint() -> TableCreateStatement {
    Table::create()
        .table("restraint")
        .col(uuid("neighbourhood"))
        .col(uuid("resident"))
        .col(number("paused_until_ms"))
        .col(number("people_until_ms"))
        .col(number("version"))
        .primary_key(Index::create().col("neighbourhood").col("resident"))
        .to_owned()
}
