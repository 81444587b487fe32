//! What is kept by its neighbourhood and its own id.

use contract::{NeighbourhoodId, ResidentId};
use runtime::Entropy;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::{Expr, ExprTrait, Query, SelectStatement};
use sea_orm::{ConnectionTrait, QuerySelect};
use store::{StoreFault, Tx};

/// A table whose key is a neighbourhood and an id.
pub trait Keyed: EntityTrait<PrimaryKey: PrimaryKeyTrait<ValueType = (Uuid, Uuid)>> {
    /// The column of the neighbourhood.
    const NEIGHBOURHOOD: Self::Column;
    /// The column of the id.
    const ID: Self::Column;

    /// One in one of these neighbourhoods.
    async fn within(
        on: &impl ConnectionTrait,
        neighbourhoods: &[NeighbourhoodId],
        id: Uuid,
    ) -> Result<Option<Self::Model>, StoreFault> {
        Ok(Self::find()
            .filter(Self::NEIGHBOURHOOD.is_in(neighbourhoods.iter().map(|n| n.uuid())))
            .filter(Self::ID.eq(id))
            .one(on)
            .await?)
    }

    /// One by its key.
    async fn by_id(
        on: &impl ConnectionTrait,
        neighbourhood: Uuid,
        id: Uuid,
    ) -> Result<Option<Self::Model>, StoreFault> {
        Ok(Self::find_by_id((neighbourhood, id)).one(on).await?)
    }

    /// One by its key, locked: content before case, and case before what hangs on it, so that two never wait for each other.
    async fn lock(
        tx: &Tx,
        neighbourhood: Uuid,
        id: Uuid,
    ) -> Result<Option<Self::Model>, StoreFault> {
        Ok(Self::find_by_id((neighbourhood, id))
            .lock_exclusive()
            .one(&**tx)
            .await?)
    }

    /// Puts nobody where somebody stands who is erased: in each row another id, drawn at random. What they did stays done by one
    /// person, and not by the same one as anything else: whoever decides an appeal against it is still another one.
    async fn forget_who(
        tx: &Tx,
        column: Self::Column,
        resident: ResidentId,
        entropy: &Entropy,
    ) -> Result<(), StoreFault> {
        let theirs: Vec<(Uuid, Uuid)> = Self::find()
            .select_only()
            .columns([Self::NEIGHBOURHOOD, Self::ID])
            .filter(column.eq(resident.uuid()))
            .lock_exclusive()
            .into_tuple()
            .all(&**tx)
            .await?;
        for (neighbourhood, id) in theirs {
            let nobody = ResidentId::from_random(entropy.bytes()).uuid();
            Self::update_many()
                .col_expr(column, Expr::value(nobody))
                .filter(Self::NEIGHBOURHOOD.eq(neighbourhood))
                .filter(Self::ID.eq(id))
                .exec(&**tx)
                .await?;
        }
        Ok(())
    }
}

/// What of a table is of the case of another query, which names its neighbourhood and itself so. `columns`: where the table
/// names these.
pub fn in_case<E: EntityTrait>(columns: [E::Column; 2], case: [Expr; 2]) -> SelectStatement {
    let mut query = Query::select();
    query.column(columns[0]).from(E::default());
    for (column, is) in columns.into_iter().zip(case) {
        query.and_where(Expr::col((E::default(), column)).eq(is));
    }
    query
}
