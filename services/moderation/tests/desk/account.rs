//! The account that is given: to those whose data were looked at, and to everybody.

use std::collections::BTreeSet;

use contract::common::Measure;
use contract::events::envelope::Body;
use contract::moderation::moderation_server::Moderation as _;
use contract::moderation::number::Is;
use contract::moderation::view::What;
use contract::moderation::{
    Lane, ListDecisionsRequest, ListViewsRequest, Month, MonthRequest, Number, Rule,
};
use contract::{Caller, Fault};
use runtime::{DAY_MS, HOUR_MS};

use crate::world::{NOW_MS, Person, World, keeping, notice, removal, visitor};

async fn views(world: &World, of: &Person) -> BTreeSet<(i32, i64)> {
    let request = world.caller(of).request(ListViewsRequest {});
    let reply = world.desk.list_views(request).await.unwrap().into_inner();
    let what = |view: &contract::moderation::View| (view.what, view.day_ms);
    reply.views.iter().map(what).collect()
}

async fn month(world: &World, by: &Caller, year: u32, month: u32) -> Result<Month, Fault> {
    let request = MonthRequest {
        neighbourhood: world.here.to_bytes(),
        year,
        month,
    };
    Ok(world
        .desk
        .get_month(by.request(request))
        .await?
        .into_inner())
}

#[tokio::test]
async fn whose_words_a_moderator_read_can_see_that_one_did_and_not_who() {
    for world in World::each().await {
        let (ann, ben, mo) = (world.person(1), world.person(2), world.moderator(3));
        let about = notice(1, &ann);
        world.shown(&about, 1).await;
        world.reported(&ben, about.id).await;
        let case = world.case(&mo).await;
        assert!(
            views(&world, &ann).await.is_empty(),
            "the queue shows nothing"
        );
        world.get(&mo, &case).await.unwrap();
        world.get(&mo, &case).await.unwrap();
        let today = NOW_MS - NOW_MS % DAY_MS;
        assert_eq!(
            views(&world, &ann).await,
            [(What::Written.into(), today)].into()
        );
        assert_eq!(
            views(&world, &ben).await,
            [(What::Reported.into(), today)].into()
        );
        assert!(views(&world, &mo).await.is_empty());
        assert_eq!(world.count("viewing").await, 2, "once a day");
    }
}

#[tokio::test]
async fn everybody_reads_what_was_decided_without_content_or_people() {
    for world in World::each().await {
        let (ann, mo) = (world.person(1), world.moderator(2));
        for n in 1..4 {
            let about = notice(n, &ann);
            world.shown(&about, 1).await;
            world.reported(&world.person(5), about.id).await;
            let case = world.case(&mo).await;
            world.decided(&mo, removal(&case)).await;
            world.pass(DAY_MS);
        }
        let visitor = visitor(1);
        let (mut days, mut after) = (Vec::new(), String::new());
        loop {
            let request = ListDecisionsRequest {
                neighbourhood: world.here.to_bytes(),
                first: 2,
                after,
            };
            let reply = world.desk.list_decisions(visitor.request(request)).await;
            let reply = reply.unwrap().into_inner();
            for logged in &reply.decisions {
                assert_eq!(logged.measure(), Measure::Remove);
                assert_eq!(logged.rule(), Rule::Insult);
                days.push(logged.day_ms);
            }
            after = reply.cursors.last().unwrap().clone();
            if !reply.has_next {
                break;
            }
        }
        let today = NOW_MS - NOW_MS % DAY_MS;
        assert_eq!(days, [today + 2 * DAY_MS, today + DAY_MS, today]);
    }
}

#[tokio::test]
async fn the_numbers_of_a_month_are_told_once_it_is_over_and_small_ones_never() {
    for world in World::each().await {
        let (ann, mo) = (world.person(1), world.moderator(2));
        for n in 1..7 {
            let about = notice(n, &ann);
            world.shown(&about, 1).await;
            world.reported(&world.person(10 + n), about.id).await;
            let case = world.case(&mo).await;
            world.pass(HOUR_MS);
            let asked = if n == 1 {
                keeping(&case)
            } else {
                removal(&case)
            };
            world.decided(&mo, asked).await;
        }
        let visitor = visitor(1);
        // The test begins on a day of September 2026.
        for (year, of) in [(2026, 9), (2026, 10), (2026, 13)] {
            let fault = month(&world, &visitor, year, of).await.unwrap_err();
            assert_eq!(fault.code, "MONTH_NOT_OVER", "{of}");
        }
        world.pass(400 * DAY_MS);
        world.desk.sweep().await.unwrap();
        assert_eq!(world.count("decision").await, 0, "the rows are gone");
        let told = month(&world, &visitor, 2026, 9).await.unwrap();
        let few = Some(Number {
            is: Some(Is::Few(true)),
        });
        let exactly = |n| {
            Some(Number {
                is: Some(Is::Exactly(n)),
            })
        };
        assert_eq!(told.notices.len(), 1);
        assert_eq!(told.notices[0].number, exactly(6));
        let numbers: Vec<_> = told
            .decisions
            .iter()
            .map(|decided| (decided.rule(), decided.number))
            .collect();
        assert_eq!(
            numbers,
            [(Rule::NoneBroken, few), (Rule::Insult, exactly(5))]
        );
        assert_eq!(told.half_within_hours, 2);
        assert_eq!((told.human, told.automated), (exactly(6), exactly(0)));
        assert_eq!(
            (told.appeals, told.reversals, told.lapses),
            (exactly(0), exactly(0), exactly(0))
        );
    }
}

#[tokio::test]
async fn that_a_moderator_is_about_is_told_once_an_hour() {
    for world in World::each().await {
        let mo = world.moderator(2);
        let active = async || -> Vec<i64> {
            let told = world.told().await.into_iter();
            told.filter_map(|event| match event.body {
                Some(Body::ModeratorActive(body)) => {
                    assert_eq!(event.subject, world.here.to_bytes());
                    Some(body.hour_ms)
                }
                _ => None,
            })
            .collect()
        };
        for _ in 0..3 {
            world.queue(&mo, Lane::Every).await.unwrap();
        }
        assert_eq!(active().await, [NOW_MS]);
        world.pass(HOUR_MS + 1);
        world.queue(&mo, Lane::Every).await.unwrap();
        assert_eq!(active().await, [NOW_MS + HOUR_MS]);
        world
            .queue(&world.person(1), Lane::Every)
            .await
            .unwrap_err();
        assert!(active().await.is_empty());
    }
}
