//! How often something was tried, under keyed hashes of who or what it was about.

use sea_orm::Set;
use sea_orm::entity::prelude::*;
use sea_orm::sea_query::OnConflict;
use store::{Store, StoreFault, Tx};

use crate::domain::pace::{Gauge, Pace};

/// A gauge.
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "throttle")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub bucket: Vec<u8>,
    pub count: i32,
    pub until_ms: i64,
    pub forget_at_ms: i64,
}
#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}
impl ActiveModelBehavior for ActiveModel {}

/// Counts one more try in every bucket, or in none when one of them says it is too early: then the moment from which
/// on it is not.
pub async fn take(
    store: &Store,
    buckets: &[(Vec<u8>, Pace)],
    now_ms: i64,
) -> Result<Result<(), i64>, StoreFault> {
    let tx = store.begin().await?;
    for (bucket, pace) in buckets {
        if let Err(retry_at_ms) = take_within(&tx, bucket, *pace, now_ms).await? {
            return Ok(Err(retry_at_ms));
        }
    }
    tx.commit().await?;
    Ok(Ok(()))
}

/// Counts one more try in a bucket, in the transaction of what is tried: where that is not done it does not count.
pub async fn take_within(
    tx: &Tx,
    bucket: &[u8],
    pace: Pace,
    now_ms: i64,
) -> Result<Result<(), i64>, StoreFault> {
    Ok(match pace.take(read(tx, bucket).await?, now_ms) {
        Ok(gauge) => Ok(write(tx, bucket, gauge).await?),
        Err(retry_at_ms) => Err(retry_at_ms),
    })
}

/// Gives one try back in every bucket.
pub async fn give_back(store: &Store, buckets: &[(Vec<u8>, Pace)]) -> Result<(), StoreFault> {
    let tx = store.begin().await?;
    for (bucket, pace) in buckets {
        let gauge = read(&tx, bucket).await?;
        write(&tx, bucket, pace.give_back(gauge)).await?;
    }
    tx.commit().await
}

/// Forgets all tries of a bucket.
pub async fn clear(tx: &Tx, bucket: &[u8]) -> Result<(), StoreFault> {
    Entity::delete_by_id(bucket.to_vec()).exec(&**tx).await?;
    Ok(())
}

/// Removes gauges that say nothing any more.
pub async fn forget(tx: &Tx, now_ms: i64) -> Result<(), StoreFault> {
    Entity::delete_many()
        .filter(Column::ForgetAtMs.lte(now_ms))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Reads a gauge and holds it until the transaction ends, in one step: it is made where it is not there, since what is not
/// there cannot be held, and else written as it is.
async fn read(tx: &Tx, bucket: &[u8]) -> Result<Gauge, StoreFault> {
    let fresh = ActiveModel {
        bucket: Set(bucket.to_vec()),
        count: Set(0),
        until_ms: Set(0),
        forget_at_ms: Set(0),
    };
    let as_it_is = OnConflict::column(Column::Bucket)
        .update_column(Column::Bucket)
        .to_owned();
    let row = Entity::insert(fresh)
        .on_conflict(as_it_is)
        .exec_with_returning(&**tx)
        .await?;
    Ok(Gauge {
        count: row.count,
        until_ms: row.until_ms,
        forget_at_ms: row.forget_at_ms,
    })
}

async fn write(tx: &Tx, bucket: &[u8], gauge: Gauge) -> Result<(), StoreFault> {
    Entity::update_many()
        .set(ActiveModel {
            count: Set(gauge.count),
            until_ms: Set(gauge.until_ms),
            forget_at_ms: Set(gauge.forget_at_ms),
            ..Default::default()
        })
        .filter(Column::Bucket.eq(bucket.to_vec()))
        .exec(&**tx)
        .await?;
    Ok(())
}
