//! What was destroyed stays so, whatever a backup brings back.

use contract::common::Measure;
use sea_orm::ConnectionTrait;

use crate::world::{NOW_MS, Person, World, notice, removal};

async fn removed(world: &World, n: u8, by: &Person) {
    let (author, mo) = (world.person(n), by);
    let about = notice(n, &author);
    world.shown(&about, 1).await;
    world.reported(&world.person(9), about.id).await;
    let case = world.case(mo).await;
    let decision = world.decided(mo, removal(&case)).await;
    assert_eq!(decision.measure(), Measure::Remove);
}

#[tokio::test]
async fn a_copy_that_was_destroyed_is_destroyed_again() {
    for world in World::each().await {
        let mo = world.moderator(8);
        removed(&world, 1, &mo).await;
        removed(&world, 2, &mo).await;
        let tx = world.scratch.store.begin().await.unwrap();
        let backup = "CREATE TABLE backup AS SELECT * FROM copy";
        tx.execute_unprepared(backup).await.unwrap();
        tx.commit().await.unwrap();
        world.erased(&world.person(1)).await;
        assert_eq!(world.count("copy").await, 1);
        let tx = world.scratch.store.begin().await.unwrap();
        for sql in ["DELETE FROM copy", "INSERT INTO copy SELECT * FROM backup"] {
            tx.execute_unprepared(sql).await.unwrap();
        }
        tx.commit().await.unwrap();
        let again = world.desk.delete_again(&world.log, NOW_MS - 1).await;
        assert_eq!(again.unwrap(), 1);
        assert_eq!(world.count("copy").await, 1, "the other one stays");
        let again = world.desk.delete_again(&world.log, NOW_MS - 1).await;
        assert_eq!(again.unwrap(), 0);
    }
}
