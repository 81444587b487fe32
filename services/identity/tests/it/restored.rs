//! What a restored backup does not bring back.

use std::sync::Arc;

use contract::identity::Doubt;
use identity::MIGRATIONS;
use runtime::{Clock, Entropy, Keys, Purpose};
use store::scratch::Scratch;
use store::{DELETIONS, DeletionLog, Store};

use crate::desk::{Desk, START_MS};
use crate::questioned::{list, question, settle, vouched_for};
use crate::{joining, postcards};

fn log(store: Store, clock: &Clock) -> DeletionLog {
    let keys = Keys::ephemeral(&Entropy::seeded(9));
    let (ring, clock) = (keys.ring(Purpose::Deletions).clone(), clock.clone());
    DeletionLog::new(
        store,
        Arc::new(move |name| ring.all().map(|key| key.hash(name)).collect()),
        Arc::new(move || clock.now_ms()),
    )
}

#[tokio::test]
async fn no_address_asking_or_ended_membership_comes_back() {
    for mut scratch in Scratch::each(MIGRATIONS).await {
        let clock = Clock::manual(START_MS);
        let logged = Scratch::sqlite(DELETIONS).await;
        let log = log(logged.store.clone(), &clock);
        scratch.store = scratch.store.clone().logging_to(log.clone());
        let keys = Keys::ephemeral(&Entropy::seeded(1_007));
        let desk = Desk::with(scratch, keys, clock, 7);
        let (street, lanterne) = vouched_for(&desk).await;
        let (place, pinson) = (&street.place, &street.members[2]);
        let huppe = &street.members[1];
        let taken_at_ms = desk.now_ms();
        desk.sql("CREATE TABLE backup AS SELECT * FROM membership")
            .await;
        question(&desk, huppe, place, "Pervenche", Doubt::LivesElsewhere)
            .await
            .unwrap();
        let about = list(&desk, pinson, place).await.remove(0);
        for moderator in [pinson, &lanterne] {
            settle(&desk, moderator, place, &about, true).await.unwrap();
        }
        assert_eq!(desk.count("membership").await, 5);

        desk.sql("DELETE FROM membership").await;
        desk.sql("INSERT INTO membership SELECT * FROM backup")
            .await;
        let asker = &street.asker;
        let other = desk.neighbourhood("le-port").await;
        joining::ask(&desk, asker, &other, "Bleuet").await.unwrap();
        postcards::ask(&desk, asker, &other, &["12 rue du Lavoir"])
            .await
            .unwrap();
        let gone = desk.identity.delete_again(&log, taken_at_ms - 1).await;
        assert_eq!(gone.unwrap(), 1, "what was ended");
        assert_eq!(desk.count("membership WHERE method = 'vouches'").await, 0);
        assert_eq!(desk.count("membership").await, 5, "and nobody else's");
        for table in ["postcard", "vouching", "pseudonym WHERE folded = 'bleuet'"] {
            assert_eq!(desk.count(table).await, 0, "{table}");
        }
    }
}
