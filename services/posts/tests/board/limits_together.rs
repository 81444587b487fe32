//! The limits of telling of people, whatever happens in whatever order.

use std::collections::BTreeMap;

use contract::common::Measure;
use contract::posts::{Post, State, publish_reply::Outcome};
use futures_util::future::join_all;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use runtime::{DAY_MS, HOUR_MS};

use crate::world::{Person, World};

const WEEK_MS: i64 = 7 * DAY_MS;

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
    /// Two moderators have as many shown, for as many days.
    Raise(i64, i64),
    /// One of them ends it.
    Lower,
}

fn step() -> impl Strategy<Value = Step> {
    let people = || prop::collection::vec(1..=8_u8, 1..=4);
    let confirming = prop::collection::vec((1..=8_u8, any::<bool>()), 1..=6);
    prop_oneof![
        2 => people().prop_map(Step::Write),
        4 => confirming.prop_map(Step::Confirm),
        3 => prop::collection::vec(any::<bool>(), 8).prop_map(Step::Release),
        3 => (1..40_i64).prop_map(Step::Pass),
        1 => (4..=6_i64, 1..=3_i64).prop_map(|(a_day, days)| Step::Raise(a_day, days)),
        1 => Just(Step::Lower),
    ]
}

/// What has to be true whatever happens: each account one a week, each day three or as many as were decided, and nobody is held
/// back who is not at one of these limits.
#[derive(Default)]
struct Model {
    confirmed_at_ms: BTreeMap<u8, i64>,
    shown: BTreeMap<i64, usize>,
    /// The most that was ever allowed on a day.
    allowed: BTreeMap<i64, usize>,
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
    drafts: BTreeMap<u8, Post>,
    /// What was released on a day without room.
    accepted: Vec<(u8, Post)>,
    waiting: Vec<(u8, Post)>,
    /// The last that was decided, and how many were.
    raised: Option<(i64, i64, i64)>,
    decisions: u8,
}

impl<'a> Run<'a> {
    async fn new(world: &'a World) -> Self {
        let moderator = world.moderator(99);
        world.attend(&moderator).await;
        Self {
            world,
            moderator,
            model: Model::default(),
            drafts: BTreeMap::new(),
            accepted: Vec::new(),
            waiting: Vec::new(),
            raised: None,
            decisions: 0,
        }
    }

    /// As many as may be shown today.
    fn room(&mut self) -> usize {
        let today = self.world.clock.today();
        let raised = self
            .raised
            .filter(|(_, from, until)| (*from..=*until).contains(&today));
        let room = raised.map_or(3, |(a_day, _, _)| usize::try_from(a_day).unwrap());
        let allowed = self.model.allowed.entry(today).or_insert(room);
        *allowed = room.max(*allowed);
        room
    }

    async fn raise(&mut self, a_day: i64, days: i64) {
        let today = self.world.clock.today();
        if self.raised.is_none_or(|(_, _, until)| until < today) {
            self.decisions += 1;
            let raised = (a_day, today, today + days - 1);
            self.raised = Some(raised);
            self.world.raised(self.decisions, 1, raised).await;
            self.settle().await;
        }
    }

    async fn lower(&mut self) {
        let today = self.world.clock.today();
        if let Some((a_day, from, until)) = self.raised.take().filter(|raised| raised.2 >= today) {
            let ended = (a_day, from, until.min(today - 1));
            self.world.raised(self.decisions, 2, ended).await;
        }
    }

    async fn follow(mut self, steps: &[Step]) {
        for step in steps {
            self.room();
            match step {
                Step::Write(people) => self.write(people).await,
                Step::Confirm(people) => self.confirm(people).await,
                Step::Release(processes) => self.release(processes).await,
                Step::Pass(hours) => self.pass(*hours).await,
                Step::Raise(a_day, days) => self.raise(*a_day, *days).await,
                Step::Lower => self.lower().await,
            }
            for (day, shown) in &self.model.shown {
                assert!(*shown <= self.model.allowed[day], "one too many on a day");
            }
        }
        assert!(!self.model.shown.is_empty(), "nothing was ever shown");
        assert!(self.decisions > 0, "nothing was ever raised");
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
        let mut newly = BTreeMap::new();
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
        assert!(!held_today || shown >= self.room(), "one too few on a day");
    }

    async fn pass(&mut self, hours: i64) {
        self.world.pass(hours * HOUR_MS);
        self.world.attend(&self.moderator).await;
        self.settle().await;
    }

    /// Whatever time brings, in both processes at once.
    async fn settle(&mut self) {
        let room = self.room();
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
        assert!(still.is_empty() || shown >= room, "one too few on a day");
        self.accepted = still;
        // A draft that nobody confirmed goes when its time is over.
        self.drafts.retain(|_, post| post.expires_at_ms > now_ms);
    }
}
