//! A queue is as fast with a hundred thousand cases as with a hundred.

use std::time::{Duration, Instant};

use contract::moderation::ListCasesRequest;
use contract::moderation::moderation_server::Moderation as _;
use contract::{Caller, NeighbourhoodId};
use sea_orm::{ConnectionTrait, Statement};
use store::Backend;

use crate::world::World;

/// How often each is asked, one after the other in turn.
const ROUNDS: usize = 41;

/// As many open cases, each about a notice of its own; written by the database itself.
async fn fill(world: &World, there: NeighbourhoodId, cases: u32) {
    let tx = world.scratch.store.begin().await.unwrap();
    let (numbers, drawn) = match world.scratch.store.backend() {
        Backend::Sqlite => (
            format!(
                "(WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {cases}) SELECT i FROM n)"
            ),
            "randomblob(16)",
        ),
        Backend::Postgres => (
            format!("(SELECT generate_series(1, {cases}) AS i)"),
            "gen_random_uuid()",
        ),
    };
    let empty = match world.scratch.store.backend() {
        Backend::Sqlite => "x''",
        Backend::Postgres => "''::bytea",
    };
    for sql in [
        format!(
            "INSERT INTO content (neighbourhood, id, kind, author, category, version, state, pictures, public_until_ms, measure, \
             read, pictures_hidden, pictures_removed, ruling, written) SELECT $1, {drawn}, 1, {drawn}, i % 9 + 1, 1, 2, {empty}, 0, 0, 0, \
             {empty}, {empty}, 0, 1 FROM {numbers} AS numbers"
        ),
        format!(
            "INSERT INTO case_file (neighbourhood, id, content, kind, category, author, causes, waits_until_ms, deadline_ms, lane, \
             opened_at_ms, closing) SELECT neighbourhood, {drawn}, id, 1, category, author, 256, 1000, 1000 + category, category % 3 + 1, \
             0, 0 FROM content WHERE neighbourhood = $1"
        ),
    ] {
        let backend = tx.get_database_backend();
        let statement = Statement::from_sql_and_values(backend, sql, [there.uuid().into()]);
        tx.execute_raw(statement).await.unwrap();
    }
    // SQLite plans without statistics, as it does in service; PostgreSQL gathers its own there.
    if world.scratch.store.backend() == Backend::Postgres {
        for table in ["content", "case_file"] {
            let sql = format!("ANALYZE {table}");
            tx.execute_unprepared(&sql).await.unwrap();
        }
    }
    tx.commit().await.unwrap();
}

/// How long the first fifty take.
#[allow(
    clippy::disallowed_methods,
    reason = "a duration as it is, and no time that a rule knows"
)]
async fn first(world: &World, caller: &Caller, there: NeighbourhoodId) -> Duration {
    let request = caller.request(ListCasesRequest {
        neighbourhood: there.to_bytes(),
        first: 50,
        ..ListCasesRequest::default()
    });
    let begun = Instant::now();
    let reply = world.desk.list_cases(request).await.unwrap();
    let took = begun.elapsed();
    assert_eq!(reply.into_inner().cases.len(), 50);
    took
}

/// Of both in turn, so that whatever else the machine does slows both; the median, so that a pause slows neither.
#[allow(clippy::print_stdout, reason = "who runs this looks at it")]
#[tokio::test]
async fn the_first_fifty_of_a_hundred_thousand_take_less_than_twice_those_of_a_hundred() {
    for world in World::each().await {
        fill(&world, world.here, 100_000).await;
        fill(&world, world.beside, 100).await;
        let (many, few) = (world.moderator(1), world.moderator_beside(2));
        let (many, few) = (world.caller(&many), world.caller(&few));
        let (mut of_many, mut of_few) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            of_many.push(first(&world, &many, world.here).await);
            of_few.push(first(&world, &few, world.beside).await);
        }
        of_many.sort_unstable();
        of_few.sort_unstable();
        let (of_many, of_few) = (of_many[ROUNDS / 2], of_few[ROUNDS / 2]);
        println!(
            "{:?}: {of_many:?} of 100,000, {of_few:?} of 100",
            world.scratch.store.backend()
        );
        assert!(of_many < 2 * of_few, "{of_many:?}, {of_few:?}");
    }
}
