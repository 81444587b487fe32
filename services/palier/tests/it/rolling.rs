//! Two processes of every role are restarted one after the other, as in an upgrade, and nobody loses anything.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use runtime::Clock;
use tokio::task::JoinSet;

use crate::harness::fleet::Fleet;
use crate::harness::follower::Follower;
use crate::harness::resident::{Resident, signed_in};
use crate::harness::writing::{Writing, insist};

const RESIDENTS: usize = 4;
const FOLLOWERS: usize = 12;
const PACE: Duration = Duration::from_millis(200);
const COMPLETE_WITHIN_MS: i64 = 30_000;

/// Somebody who reads the feed over and over: how often each reading had to be asked for again.
async fn read(resident: Arc<Resident>, enough: tokio::sync::watch::Receiver<bool>) -> Vec<usize> {
    let mut again = Vec::new();
    while !*enough.borrow() {
        let query =
            "query($n: ID!) { feed(neighbourhood: $n, first: 20) { edges { node { id title } } } }";
        let variables = serde_json::json!({ "n": resident.neighbourhood });
        let (_, asked_again) = insist(|| resident.ask(query, variables.clone())).await;
        again.push(asked_again);
        Clock::System.wait(PACE).await;
    }
    again
}

#[tokio::test(flavor = "multi_thread")]
async fn a_rolling_restart_loses_nothing_and_costs_nobody_more_than_a_second_try() {
    let mut fleet = Fleet::settled(RESIDENTS).await;
    let mut residents = Vec::new();
    for number in 0..RESIDENTS {
        residents.push(Arc::new(signed_in(&fleet.origin, number).await));
    }
    let mut followers = Vec::new();
    for number in 0..FOLLOWERS {
        let resident = residents[number % RESIDENTS].clone();
        followers.push(Follower::begin(resident, number % 4 == 3).await);
    }
    let (enough, is_enough) = tokio::sync::watch::channel(false);
    let mut readers = JoinSet::new();
    for resident in &residents {
        readers.spawn(read(resident.clone(), is_enough.clone()));
    }
    let writing = Writing::begin(&residents, &(1..10_000), PACE / 4);

    for place in fleet.places() {
        fleet.restart(place);
    }

    let written = writing.break_off().await;
    enough.send_replace(true);
    let read = readers.join_all().await;
    assert!(written.up.len() > 20, "{} notices", written.up.len());
    let most = |again: &[usize]| again.iter().copied().max().unwrap_or_default();
    assert!(
        most(&written.again) <= 1,
        "asked again: {:?}",
        written.again
    );
    assert!(most(&read.concat()) <= 1, "read again: {read:?}");
    let up: BTreeSet<String> = written.up.values().cloned().collect();
    let deadline_ms = Clock::System.now_ms() + COMPLETE_WITHIN_MS;
    for follower in &followers {
        assert!(
            follower.until(&up, deadline_ms).await,
            "a follower misses something"
        );
        follower.known(|known| assert_eq!(known.twice, [""; 0]));
    }
    for edge in &fleet.edges {
        let (shown, _) = residents[0].asking(*edge).whole_feed().await.unwrap();
        assert_eq!(shown.len(), up.len(), "each once");
        assert_eq!(
            shown.into_iter().map(|(id, _)| id).collect::<BTreeSet<_>>(),
            up
        );
    }
}
