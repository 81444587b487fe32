//! What an erasure is about.

use std::collections::BTreeSet;

use contract::ResidentId;
use sea_orm::entity::prelude::*;
use sea_orm::{Condition, QuerySelect};
use store::{StoreFault, Tx};

use super::{appeal, case_file, content, decision, proposal, recusal, report, statement};

/// Neighbourhood and id of every notice and comment that a resident wrote.
pub async fn written(tx: &Tx, resident: ResidentId) -> Result<BTreeSet<(Uuid, Uuid)>, StoreFault> {
    use content::Column;
    let wrote = Condition::all().add(Column::Author.eq(resident.uuid()));
    let keys = [Column::Neighbourhood, Column::Id];
    found::<content::Entity>(tx, keys, wrote).await
}

/// Neighbourhood and id of every case in which a resident stands: as who wrote, reported, moderated, appealed or was told.
pub async fn cases(tx: &Tx, resident: ResidentId) -> Result<BTreeSet<(Uuid, Uuid)>, StoreFault> {
    let who = resident.uuid();
    let any = Condition::any;
    let mut cases = {
        use case_file::Column;
        let is = any().add(Column::Author.eq(who)).add(
            Condition::all()
                .add(Column::ClaimedBy.is_not_null())
                .add(Column::ClaimedBy.eq(who)),
        );
        found::<case_file::Entity>(tx, [Column::Neighbourhood, Column::Id], is).await?
    };
    macro_rules! those_of {
        ($table:ident: $($column:ident),+) => {{
            use $table::Column;
            let is = any()$(.add(Column::$column.eq(who)))+;
            let keys = [Column::Neighbourhood, Column::CaseId];
            cases.extend(found::<$table::Entity>(tx, keys, is).await?);
        }};
    }
    those_of!(report: Reporter);
    those_of!(recusal: Moderator);
    those_of!(decision: Decider);
    those_of!(appeal: Appellant, Decider);
    those_of!(proposal: Proposer, Approver);
    those_of!(statement: Recipient);
    Ok(cases)
}

async fn found<E: EntityTrait>(
    tx: &Tx,
    keys: [E::Column; 2],
    which: Condition,
) -> Result<BTreeSet<(Uuid, Uuid)>, StoreFault> {
    let rows = E::find().select_only().columns(keys).filter(which);
    let rows: Vec<(Uuid, Uuid)> = rows.into_tuple().all(&**tx).await?;
    Ok(rows.into_iter().collect())
}
