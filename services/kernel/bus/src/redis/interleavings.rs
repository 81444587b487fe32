//! Whatever the order in which processes send, take, acknowledge, mark and die, and whenever Redis forgets: a consumer that is
//! marked as having handled an entry has heard it, and in the end everything is heard and nothing is kept.

mod world;

use proptest::prelude::*;

use world::World;

/// One step of one process; a step that has nothing to work on does nothing.
#[derive(Clone, Copy, Debug)]
enum Step {
    /// The role that tells commits something.
    Tell,
    /// A relay looks how the stream stands, and goes on with that at its next step, however much later.
    Look(usize),
    /// It marks what it saw acknowledged.
    Mark(usize),
    /// It sends what follows upon what it saw.
    Send(usize),
    /// All three at once.
    Round(usize),
    /// A consumer's process takes some entries.
    Take(usize),
    /// It hears the first of what it took.
    Hear(usize),
    /// It acknowledges the first of what it heard.
    Acknowledge(usize),
    /// It takes some entries, hears and acknowledges all it has.
    Handle(usize),
    /// It looks up what it took and did not acknowledge.
    Again(usize),
    /// It dies, and another starts in its place.
    Die(usize),
    /// Redis forgets everything.
    Empty,
    /// Half a minute and a little more goes by.
    Wait,
    /// An hour goes by.
    WaitLong,
}

fn step() -> impl Strategy<Value = Step> {
    let relay = 0..2_usize;
    let hearer = 0..4_usize;
    prop_oneof![
        5 => Just(Step::Tell),
        4 => relay.clone().prop_map(Step::Look),
        2 => relay.clone().prop_map(Step::Mark),
        4 => relay.clone().prop_map(Step::Send),
        3 => relay.prop_map(Step::Round),
        2 => hearer.clone().prop_map(Step::Take),
        3 => hearer.clone().prop_map(Step::Hear),
        3 => hearer.clone().prop_map(Step::Acknowledge),
        4 => hearer.clone().prop_map(Step::Handle),
        1 => hearer.clone().prop_map(Step::Again),
        1 => hearer.prop_map(Step::Die),
        2 => Just(Step::Empty),
        1 => Just(Step::Wait),
        1 => Just(Step::WaitLong),
    ]
}

async fn run(steps: Vec<Step>) {
    let mut world = World::new().await;
    let mut told = 0;
    for step in steps {
        told += i64::from(matches!(step, Step::Tell));
        world.step(step).await;
        world.check(told).await;
    }
    world.finish(told).await;
    world.keys.empty().await;
}

#[tokio::test]
async fn emptied_between_looking_and_sending_a_stream_is_begun_again() {
    let (look, send) = (Step::Look(0), Step::Send(0));
    run(vec![
        Step::Tell,
        Step::Round(0),
        look,
        Step::Tell,
        Step::Empty,
        send,
        Step::Handle(0),
        Step::Handle(1),
        Step::Round(1),
    ])
    .await;
}

#[tokio::test]
async fn emptied_between_looking_and_marking_what_was_acknowledged_counts_and_no_more() {
    run(vec![
        Step::Tell,
        Step::Tell,
        Step::Round(0),
        Step::Handle(0),
        Step::Look(0),
        Step::Empty,
        Step::Tell,
        Step::Round(1),
        Step::Take(0),
        Step::Mark(0),
        Step::Round(1),
    ])
    .await;
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn marked_means_heard_and_in_the_end_everything_is(
        steps in proptest::collection::vec(step(), 1..80)
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(run(steps));
    }
}
