//! How often people are told of: exact for each account and each neighbourhood, whoever asks at once, in whichever process,
//! and whatever the clock does.

use contract::NeighbourhoodId;
use contract::common::Measure;
use contract::posts::{Post, State, publish_reply::Outcome};
use futures_util::future::join_all;
use runtime::{DAY_MS, MINUTE_MS};
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

#[tokio::test]
async fn two_moderators_have_more_shown_for_some_days_and_one_ends_it() {
    for world in World::each().await {
        let mo = world.moderator(29);
        world.attend(&mo).await;
        let mut waiting = Vec::new();
        for n in 1..=7 {
            let person = world.person(n);
            let draft = world.cooling(&person, world.behaviour()).await;
            world.pass(COOL_DOWN_MS);
            let held = world.confirmed(&person, &draft).await;
            waiting.push(world.released(&mo, &held).await);
        }
        let shown = async || {
            let mut shown = 0;
            for post in &waiting {
                let post = world.get(&mo, post).await.unwrap();
                shown += usize::from(post.state() == State::Published);
            }
            shown
        };
        assert_eq!(shown().await, 3);
        let today = world.clock.today();
        world.raised(1, 1, (5, today, today + 1)).await;
        world.posts.sweep().await.unwrap();
        assert_eq!(
            shown().await,
            5,
            "today's are shown as soon as it is decided"
        );
        // Ended, and then told once more as it was before: late news change nothing.
        world.raised(1, 2, (5, today, today - 1)).await;
        world.raised(1, 1, (5, today, today + 1)).await;
        world.second.sweep().await.unwrap();
        assert_eq!(shown().await, 5);
        let tomorrow_ms = DAY_MS - world.clock.now_ms() % DAY_MS;
        world.raised(2, 1, (10, today - 9, today)).await;
        world.pass(tomorrow_ms);
        let beside = NeighbourhoodId::from_random([7; 16]);
        world.raised_in(beside, 3, 1, (10, today, today + 9)).await;
        let person = world.person(8);
        let draft = world.cooling(&person, world.behaviour()).await;
        world.pass(COOL_DOWN_MS);
        let held = world.confirmed(&person, &draft).await;
        let two = async || {
            world.posts.sweep().await.unwrap();
            shown().await
        };
        assert_eq!(two().await, 7);
        assert_eq!(world.released(&mo, &held).await.state(), State::Published);
        let person = world.person(9);
        let draft = world.cooling(&person, world.behaviour()).await;
        world.pass(COOL_DOWN_MS);
        let held = world.confirmed(&person, &draft).await;
        assert!(
            world.released(&mo, &held).await.accepted,
            "what is over, or elsewhere, counts for nothing"
        );
    }
}
