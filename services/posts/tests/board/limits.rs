//! How often people are told of: exact for each account and each neighbourhood, whoever asks at once, in whichever process,
//! and whatever the clock does.

use contract::NeighbourhoodId;
use contract::common::Measure;
use contract::posts::{Post, State, publish_reply::Outcome};
use futures_util::future::join_all;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use runtime::{DAY_MS, HOUR_MS, MINUTE_MS};
use std::time::Duration;

use crate::world::{Person, World};

const COOL_DOWN_MS: i64 = 20 * MINUTE_MS;
const WEEK_MS: i64 = 7 * DAY_MS;

fn limited(outcome: &Outcome) -> Option<(&str, i64)> {
    match outcome {
        Outcome::Limited(limited) => Some((&limited.limit, limited.retry_at_ms)),
        _ => None,
    }
}

#[tokio::test]
async fn of_many_confirmed_at_once_by_one_account_one_goes_on() {
    for world in World::each().await {
        let (ann, mo) = (world.person(1), world.moderator(3));
        world.attend(&mo).await;
        let mut drafts = Vec::new();
        for _ in 0..5 {
            drafts.push(world.cooling(&ann, world.behaviour()).await);
        }
        world.pass(COOL_DOWN_MS);
        let processes = [&world.posts, &world.second];
        let each = drafts.iter().zip(processes.into_iter().cycle());
        let outcomes =
            join_all(each.map(|(draft, process)| world.confirm(process, &ann, draft))).await;
        let (on, off): (Vec<_>, Vec<_>) = outcomes
            .iter()
            .map(|outcome| outcome.as_ref().unwrap())
            .partition(|outcome| matches!(outcome, Outcome::InReview(_)));
        assert_eq!((on.len(), off.len()), (1, 4));
        let again_at_ms = world.clock.now_ms() + WEEK_MS;
        for outcome in off {
            assert_eq!(limited(outcome), Some(("about_people_a_week", again_at_ms)));
        }
        let early = world.publish(&ann, world.behaviour()).await.unwrap();
        assert!(limited(&early).is_some(), "nobody writes in vain");
    }
}

#[tokio::test]
async fn who_belongs_to_two_neighbourhoods_tells_of_no_more_people() {
    for world in World::each().await {
        let (ann, mo) = (world.person(1), world.moderator(3));
        let there = world.elsewhere(NeighbourhoodId::from_random([2; 16])).await;
        let as_there = |person: &Person| {
            let mut person = person.clone();
            person.standing.neighbourhood = there;
            person
        };
        world.attend(&mo).await;
        world.attend(&as_there(&mo)).await;
        let here = world.cooling(&ann, world.behaviour()).await;
        let mut draft = world.behaviour();
        draft.neighbourhood = there.to_bytes();
        let elsewhere = world.cooling(&as_there(&ann), draft).await;
        world.pass(COOL_DOWN_MS);
        let ann_there = as_there(&ann);
        let (one, other) = futures_util::join!(
            world.confirm(&world.posts, &ann, &here),
            world.confirm(&world.second, &ann_there, &elsewhere),
        );
        let on = [one.unwrap(), other.unwrap()];
        let on = on
            .iter()
            .filter(|outcome| matches!(outcome, Outcome::InReview(_)));
        assert_eq!(on.count(), 1);
    }
}

#[tokio::test]
async fn a_neighbourhood_is_shown_three_a_day_whoever_releases_them() {
    for world in World::each().await {
        let mo = world.moderator(9);
        world.attend(&mo).await;
        let mut drafts = Vec::new();
        for n in 1..=5 {
            let person = world.person(n);
            drafts.push((world.cooling(&person, world.behaviour()).await, person));
        }
        world.pass(COOL_DOWN_MS);
        let mut waiting = Vec::new();
        for (draft, person) in &drafts {
            waiting.push(world.confirmed(person, draft).await);
        }
        let processes = [&world.posts, &world.second];
        let each = waiting.iter().zip(processes.into_iter().cycle());
        join_all(each.map(|(post, process)| world.ruled(process, post, Measure::Keep))).await;
        let mut read = Vec::new();
        for post in &waiting {
            read.push(world.get(&mo, post).await.unwrap());
        }
        let shown = |posts: &[Post]| {
            posts
                .iter()
                .filter(|post| post.state() == State::Published)
                .count()
        };
        assert_eq!(shown(&read), 3);
        assert!(world.waiting(&mo).await.is_empty(), "all of them were read");
        let later: Vec<&Post> = read.iter().filter(|post| post.accepted).collect();
        assert_eq!(later.len(), 2);
        let again = world.released(&mo, later[0]).await;
        assert_eq!(
            again.state(),
            State::InReview,
            "nor because it is said twice"
        );

        world.posts.sweep().await.unwrap();
        let ben = world.person(8);
        assert!(world.get(&ben, later[0]).await.is_err(), "not on this day");
        let tomorrow_ms = DAY_MS - world.clock.now_ms() % DAY_MS;
        world.pass(tomorrow_ms);
        let (one, other) = futures_util::join!(world.posts.sweep(), world.second.sweep());
        one.unwrap();
        other.unwrap();
        for post in later {
            let seen = world.get(&ben, post).await.unwrap();
            assert_eq!(seen.state(), State::Published);
        }
    }
}

#[tokio::test]
async fn what_was_accepted_and_finds_no_day_lapses() {
    for world in World::each().await {
        let mo = world.moderator(29);
        world.attend(&mo).await;
        let mut later = Vec::new();
        for n in 1..=7 {
            let person = world.person(n);
            let draft = world.cooling(&person, world.behaviour()).await;
            world.pass(COOL_DOWN_MS);
            let waiting = world.confirmed(&person, &draft).await;
            let read = world.released(&mo, &waiting).await;
            if read.accepted {
                later.push((read, person));
            }
        }
        assert_eq!(later.len(), 4);
        let tomorrow_ms = DAY_MS - world.clock.now_ms() % DAY_MS;
        world.pass(tomorrow_ms);
        world.posts.sweep().await.unwrap();
        world.pass(DAY_MS);
        world.posts.sweep().await.unwrap();
        let mut states = Vec::new();
        for (post, person) in &later {
            states.push(world.get(person, post).await.unwrap().state());
        }
        assert_eq!(
            states,
            [
                State::Published,
                State::Published,
                State::Published,
                State::Lapsed
            ]
        );
    }
}

#[tokio::test]
async fn a_clock_that_is_put_right_bars_nobody_for_long_and_lets_nobody_twice() {
    for world in World::each().await {
        let (ann, mo) = (world.person(1), world.moderator(3));
        world.pass(30 * DAY_MS);
        world.attend(&mo).await;
        let draft = world.cooling(&ann, world.behaviour()).await;
        world.pass(COOL_DOWN_MS);
        let waiting = world.confirmed(&ann, &draft).await;
        world.released(&mo, &waiting).await;
        let next = world.cooling(&world.person(2), world.behaviour()).await;

        world
            .clock
            .set_back(Duration::from_millis((30 * DAY_MS).unsigned_abs()));
        let ben = world.person(2);
        let early = world.confirm(&world.posts, &ben, &next).await.unwrap();
        let again_at_ms = world.clock.now_ms() + COOL_DOWN_MS;
        assert_eq!(limited(&early), Some(("cool_down", again_at_ms)));
        let barred = world.publish(&ann, world.behaviour()).await.unwrap();
        let again_at_ms = world.clock.now_ms() + WEEK_MS;
        assert_eq!(limited(&barred), Some(("about_people_a_week", again_at_ms)));
    }
}

/// Something that happens.
#[derive(Clone, Debug)]
enum Step {
    /// These people write at once.
    Write(Vec<u8>),
    /// These confirm what they wrote last, at once, in one process or the other.
    Confirm(Vec<(u8, bool)>),
    /// A moderator releases all that waits, at once, in one process or the other.
    Release(Vec<bool>),
    /// Time passes, in hours, and then what lapses does.
    Pass(i64),
}

fn step() -> impl Strategy<Value = Step> {
    let people = || prop::collection::vec(1..=8_u8, 1..=4);
    let confirming = prop::collection::vec((1..=8_u8, any::<bool>()), 1..=6);
    prop_oneof![
        2 => people().prop_map(Step::Write),
        4 => confirming.prop_map(Step::Confirm),
        3 => prop::collection::vec(any::<bool>(), 8).prop_map(Step::Release),
        3 => (1..40_i64).prop_map(Step::Pass),
    ]
}

/// What has to be true whatever happens: each account one a week, each day three, and nobody is held back who is not at one
/// of these limits.
#[derive(Default)]
struct Model {
    confirmed_at_ms: std::collections::BTreeMap<u8, i64>,
    shown: std::collections::BTreeMap<i64, usize>,
}

#[tokio::test]
async fn never_one_too_many_and_never_one_too_few() {
    let mut runner = TestRunner::deterministic();
    let steps = prop::collection::vec(step(), 60);
    for _ in 0..2 {
        let steps = steps.new_tree(&mut runner).unwrap().current();
        for world in World::each().await {
            Run::new(&world).await.follow(&steps).await;
        }
    }
}

struct Run<'a> {
    world: &'a World,
    moderator: Person,
    model: Model,
    /// What each person wrote last and did not confirm.
    drafts: std::collections::BTreeMap<u8, Post>,
    /// What was released on a day without room.
    accepted: Vec<(u8, Post)>,
    waiting: Vec<(u8, Post)>,
}

impl<'a> Run<'a> {
    async fn new(world: &'a World) -> Self {
        let moderator = world.moderator(99);
        world.attend(&moderator).await;
        Self {
            world,
            moderator,
            model: Model::default(),
            drafts: std::collections::BTreeMap::new(),
            accepted: Vec::new(),
            waiting: Vec::new(),
        }
    }

    async fn follow(mut self, steps: &[Step]) {
        for step in steps {
            match step {
                Step::Write(people) => self.write(people).await,
                Step::Confirm(people) => self.confirm(people).await,
                Step::Release(processes) => self.release(processes).await,
                Step::Pass(hours) => self.pass(*hours).await,
            }
            for shown in self.model.shown.values() {
                assert!(*shown <= 3, "one too many on a day");
            }
        }
        assert!(!self.model.shown.is_empty(), "nothing was ever shown");
    }

    fn is_barred(&self, who: u8) -> bool {
        let now_ms = self.world.clock.now_ms();
        let last = self.model.confirmed_at_ms.get(&who);
        last.is_some_and(|at_ms| now_ms - at_ms < WEEK_MS)
    }

    async fn write(&mut self, people: &[u8]) {
        for who in people {
            let person = self.world.person(*who);
            match self
                .world
                .publish(&person, self.world.behaviour())
                .await
                .unwrap()
            {
                Outcome::CoolingDown(post) => {
                    assert!(!self.is_barred(*who), "one too many was begun");
                    self.drafts.insert(*who, post);
                }
                Outcome::Limited(limited) => assert!(
                    self.is_barred(*who) || limited.limit == "posts_a_day",
                    "held back without a reason: {limited:?}"
                ),
                other => panic!("{other:?}"),
            }
        }
    }

    async fn confirm(&mut self, people: &[(u8, bool)]) {
        let now_ms = self.world.clock.now_ms();
        let mut asked: Vec<(u8, bool, Post)> = Vec::new();
        for (who, second) in people {
            let draft = self.drafts.get(who).cloned();
            asked.extend(draft.map(|draft| (*who, *second, draft)));
        }
        let each = asked.iter().map(async |(who, second, draft)| {
            let process = if *second {
                &self.world.second
            } else {
                &self.world.posts
            };
            self.world
                .confirm(process, &self.world.person(*who), draft)
                .await
        });
        let outcomes = join_all(each).await;
        let mut newly = std::collections::BTreeMap::new();
        for ((who, _, draft), outcome) in asked.into_iter().zip(outcomes) {
            match outcome.unwrap() {
                Outcome::InReview(post) => {
                    assert!(!self.is_barred(who), "one too many");
                    // A retry within the same step answers the same.
                    let before = newly.insert(who, post.clone());
                    assert!(before.is_none_or(|before| before.id == post.id));
                    self.drafts.remove(&who);
                }
                Outcome::Limited(limited) => {
                    let cools = draft.confirm_from_ms > now_ms;
                    let barred = self.is_barred(who) || newly.contains_key(&who);
                    assert!(cools || barred, "one too few: {limited:?}");
                }
                other => panic!("{other:?}"),
            }
        }
        for (who, post) in newly {
            self.model.confirmed_at_ms.insert(who, now_ms);
            self.waiting.push((who, post));
        }
    }

    async fn release(&mut self, processes: &[bool]) {
        let today = self.world.clock.today();
        let each = self
            .waiting
            .iter()
            .zip(processes)
            .map(async |((_, post), second)| {
                let process = if *second {
                    &self.world.second
                } else {
                    &self.world.posts
                };
                self.world.ruled(process, post, Measure::Keep).await;
            });
        let read = join_all(each).await.len();
        let rest = self.waiting.split_off(read);
        for (who, post) in std::mem::replace(&mut self.waiting, rest) {
            let post = self.world.get(&self.moderator, &post).await.unwrap();
            if post.accepted {
                self.accepted.push((who, post));
            } else {
                *self.model.shown.entry(today).or_default() += 1;
            }
        }
        let shown = self.model.shown.get(&today).copied().unwrap_or_default();
        // As moderators see it: to the hour.
        let lapses_at_ms = self.world.clock.now_ms() + DAY_MS;
        let lapses_at_ms = lapses_at_ms - lapses_at_ms % HOUR_MS;
        let held_today = self
            .accepted
            .iter()
            .any(|(_, post)| post.lapses_at_ms == lapses_at_ms);
        assert!(!held_today || shown == 3, "one too few on a day");
    }

    async fn pass(&mut self, hours: i64) {
        self.world.pass(hours * HOUR_MS);
        self.world.attend(&self.moderator).await;
        let (one, other) = futures_util::join!(self.world.posts.sweep(), self.world.second.sweep());
        one.unwrap();
        other.unwrap();
        let (now_ms, today) = (self.world.clock.now_ms(), self.world.clock.today());
        self.waiting.retain(|(_, post)| post.lapses_at_ms > now_ms);
        let mut still = Vec::new();
        for (who, post) in std::mem::take(&mut self.accepted) {
            let now = self
                .world
                .get(&self.world.person(who), &post)
                .await
                .unwrap();
            match now.state() {
                State::Published => *self.model.shown.entry(today).or_default() += 1,
                State::Lapsed => assert!(post.lapses_at_ms <= now_ms),
                _ => still.push((who, post)),
            }
        }
        let shown = self.model.shown.get(&today).copied().unwrap_or_default();
        assert!(still.is_empty() || shown == 3, "one too few on a day");
        self.accepted = still;
        // A draft that nobody confirmed goes when its time is over.
        self.drafts.retain(|_, post| post.expires_at_ms > now_ms);
    }
}
