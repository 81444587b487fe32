//! The only SQL of feeds: the same statements on SQLite and on PostgreSQL.

mod everything;
mod map;
mod newest;
#[cfg(test)]
mod plans;
mod row;
mod sequence;
mod snapshot;
mod steps;
mod sweep;

pub(crate) use map::keep_map;
pub(crate) use row::{Row, remove, show};
pub(crate) use sequence::Sequence;
pub use snapshot::{Body, Head, Moment, Snapshot};
pub use steps::Span;
pub(crate) use sweep::{expire, expired_in, forget, forgettable_in};

use sea_orm::{ConnectionTrait, Statement, Value};

/// A statement in the dialect of `on`.
fn statement(
    on: &impl ConnectionTrait,
    sql: impl Into<String>,
    values: impl IntoIterator<Item = Value>,
) -> Statement {
    Statement::from_sql_and_values(on.get_database_backend(), sql, values)
}

/// `$from`, `$from + 1`, ... : so many placeholders, separated by commas.
fn placeholders(from: usize, count: usize) -> String {
    (from..from + count)
        .map(|number| format!("${number}"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// The sizes in which lists are handed over, so that few statements exist and stay prepared: the next power of two.
/// What is left over is filled with NULL, which equals nothing.
const fn padded(count: usize) -> usize {
    count.next_power_of_two()
}
