//! More of what tells of people: two moderators for some days, and one to end it.

use contract::Fault;
use contract::events::LimitRaised;
use contract::events::envelope::Body;
use contract::moderation::moderation_server::Moderation as _;
use contract::moderation::{
    DecideRaiseRequest, EndRaiseRequest, Limits, LimitsRequest, ProposeRaiseRequest, ProposedRaise,
    RaisedLimit,
};
use futures_util::future::join_all;
use runtime::DAY_MS;
use tonic::codegen::Bytes;

use crate::world::{FACTS, NOW_MS, Person, World, visitor};

const TODAY: i64 = NOW_MS / DAY_MS;

pub fn more(world: &World, a_day: u32, days: u32) -> ProposeRaiseRequest {
    ProposeRaiseRequest {
        neighbourhood: world.here.to_bytes(),
        a_day,
        days,
        facts: FACTS.into(),
    }
}

pub async fn propose(
    world: &World,
    by: &Person,
    asked: ProposeRaiseRequest,
) -> Result<ProposedRaise, Fault> {
    let request = world.caller(by).request(asked);
    Ok(world.desk.propose_raise(request).await?.into_inner())
}

pub async fn say(world: &World, by: &Person, raise: &Bytes, approve: bool) -> Result<(), Fault> {
    let raise = raise.clone();
    let request = world
        .caller(by)
        .request(DecideRaiseRequest { raise, approve });
    world.desk.decide_raise(request).await?;
    Ok(())
}

async fn end(world: &World, by: &Person, raise: &Bytes) -> Result<(), Fault> {
    let raise = raise.clone();
    let request = world.caller(by).request(EndRaiseRequest { raise });
    world.desk.end_raise(request).await?;
    Ok(())
}

async fn limits(world: &World, by: &Person) -> Result<Limits, Fault> {
    let neighbourhood = world.here.to_bytes();
    let request = world.caller(by).request(LimitsRequest { neighbourhood });
    Ok(world.desk.get_limits(request).await?.into_inner())
}

/// As everybody reads it, signed out too.
async fn public(world: &World) -> Vec<RaisedLimit> {
    let neighbourhood = world.here.to_bytes();
    let request = visitor(1).request(LimitsRequest { neighbourhood });
    let reply = world.desk.list_raised(request).await.unwrap();
    reply.into_inner().raised
}

async fn told(world: &World) -> Vec<LimitRaised> {
    let told = world.told().await.into_iter();
    told.filter_map(|event| match event.body {
        Some(Body::LimitRaised(raised)) => Some(raised),
        _ => None,
    })
    .collect()
}

fn code<T: std::fmt::Debug>(answer: Result<T, Fault>) -> String {
    answer.unwrap_err().code.to_string()
}

#[tokio::test]
async fn a_limit_is_raised_by_two_and_ended_by_one() {
    for world in World::each().await {
        let (mo, max) = (world.moderator(2), world.moderator(3));
        assert_eq!(limits(&world, &mo).await.unwrap().today, 3);
        let proposed = propose(&world, &mo, more(&world, 6, 10)).await.unwrap();
        let again = propose(&world, &mo, more(&world, 6, 10)).await.unwrap();
        assert_eq!(again, proposed);
        let other = propose(&world, &max, more(&world, 7, 10)).await;
        assert_eq!(code(other), "PROPOSED_ALREADY");
        assert_eq!(
            code(say(&world, &mo, &proposed.id, true).await),
            "OWN_PROPOSAL"
        );
        assert_eq!(code(end(&world, &mo, &proposed.id).await), "WRONG_STATE");
        assert!(!limits(&world, &max).await.unwrap().proposed.unwrap().mine);
        assert!(public(&world).await.is_empty() && told(&world).await.is_empty());

        say(&world, &max, &proposed.id, true).await.unwrap();
        say(&world, &max, &proposed.id, true).await.unwrap();
        let no = say(&world, &world.moderator(4), &proposed.id, false).await;
        assert_eq!(code(no), "WRONG_STATE");
        let now = limits(&world, &mo).await.unwrap();
        assert_eq!((now.usual, now.today, now.proposed), (3, 6, None));
        let raised = LimitRaised {
            a_day: 6,
            from_day: TODAY,
            until_day: TODAY + 9,
        };
        assert_eq!(told(&world).await, [raised]);
        let read = public(&world).await.remove(0);
        assert_eq!(
            (read.a_day, read.from_day_ms, read.until_day_ms, read.ended),
            (6, TODAY * DAY_MS, (TODAY + 9) * DAY_MS, false)
        );
        let further = propose(&world, &max, more(&world, 10, 14)).await;
        assert_eq!(code(further), "RAISED_ALREADY");

        world.pass(DAY_MS);
        end(&world, &mo, &proposed.id).await.unwrap();
        end(&world, &mo, &proposed.id).await.unwrap();
        let ended = LimitRaised {
            until_day: TODAY,
            ..raised
        };
        assert_eq!(told(&world).await, [ended]);
        let read = public(&world).await.remove(0);
        assert_eq!(
            (read.until_day_ms, read.ended),
            ((TODAY + 1) * DAY_MS, true)
        );
        assert_eq!(limits(&world, &mo).await.unwrap().today, 3);
        propose(&world, &max, more(&world, 4, 1)).await.unwrap();
    }
}

#[tokio::test]
async fn it_is_over_by_itself_and_nothing_comes_of_a_refusal_or_of_silence() {
    for world in World::each().await {
        let (mo, max) = (world.moderator(2), world.moderator(3));
        let refused = propose(&world, &mo, more(&world, 4, 1)).await.unwrap();
        say(&world, &max, &refused.id, false).await.unwrap();
        let yes = say(&world, &max, &refused.id, true).await;
        assert_eq!(code(yes), "WRONG_STATE");
        assert_eq!(code(end(&world, &mo, &refused.id).await), "WRONG_STATE");

        let silent = propose(&world, &mo, more(&world, 4, 1)).await.unwrap();
        world.pass(3 * DAY_MS);
        let late = say(&world, &max, &silent.id, true).await;
        assert_eq!(code(late), "WRONG_STATE");
        assert!(limits(&world, &mo).await.unwrap().proposed.is_none());
        assert!(public(&world).await.is_empty() && told(&world).await.is_empty());

        let short = propose(&world, &mo, more(&world, 4, 1)).await.unwrap();
        say(&world, &max, &short.id, true).await.unwrap();
        assert_eq!(limits(&world, &mo).await.unwrap().today, 4);
        world.pass(DAY_MS);
        assert_eq!(limits(&world, &mo).await.unwrap().today, 3);
        assert_eq!(code(end(&world, &mo, &short.id).await), "WRONG_STATE");
        world.desk.sweep().await.unwrap();
        assert_eq!(public(&world).await.len(), 1);
        world.pass(372 * DAY_MS);
        world.desk.sweep().await.unwrap();
        assert!(public(&world).await.is_empty());
        assert_eq!(world.count("raised_limit").await, 0);
    }
}

#[tokio::test]
async fn only_moderators_of_the_neighbourhood_and_only_a_little() {
    for world in World::each().await {
        let (mo, beside) = (world.moderator(2), world.moderator_beside(5));
        for (a_day, days, said) in [
            (3, 5, "A_DAY_OUT_OF_RANGE"),
            (11, 5, "A_DAY_OUT_OF_RANGE"),
            (u32::MAX, 5, "A_DAY_OUT_OF_RANGE"),
            (4, 0, "DAYS_OUT_OF_RANGE"),
            (4, 15, "DAYS_OUT_OF_RANGE"),
        ] {
            let answer = propose(&world, &mo, more(&world, a_day, days)).await;
            assert_eq!(code(answer), said);
        }
        let mut unexplained = more(&world, 4, 1);
        unexplained.facts = "Because.".into();
        let answer = propose(&world, &mo, unexplained).await;
        assert_eq!(code(answer), "TOO_SHORT");
        let proposed = propose(&world, &mo, more(&world, 4, 1)).await.unwrap();
        assert_eq!(code(limits(&world, &beside).await), "NOT_FOUND");
        assert_eq!(code(limits(&world, &world.person(1)).await), "FORBIDDEN");
        for by in [&beside, &world.person(1)] {
            assert!(propose(&world, by, more(&world, 4, 1)).await.is_err());
            assert!(say(&world, by, &proposed.id, true).await.is_err());
            assert!(end(&world, by, &proposed.id).await.is_err());
        }
        let sql = "UPDATE raised_limit SET approver = proposer, stage = 2";
        let tx = world.scratch.store.begin().await.unwrap();
        let alone = sea_orm::ConnectionTrait::execute_unprepared(&*tx, sql).await;
        assert!(alone.is_err(), "nor does the database take one for two");
    }
}

/// Of many who propose at once, one does; of two who say something at once, one is heard.
#[tokio::test]
async fn one_at_a_time_however_many_propose_and_decide_at_once() {
    for world in World::each().await {
        let people: Vec<Person> = (2..8).map(|n| world.moderator(n)).collect();
        let asked = people.iter().enumerate().map(async |(n, by)| {
            let a_day = 4 + u32::try_from(n).unwrap();
            let desk = if n % 2 == 0 {
                &world.desk
            } else {
                &world.second
            };
            let request = world.caller(by).request(more(&world, a_day, 2));
            desk.propose_raise(request).await.map_err(Fault::from)
        });
        let (on, off): (Vec<_>, Vec<_>) =
            join_all(asked).await.into_iter().partition(Result::is_ok);
        assert_eq!((on.len(), off.len()), (1, 5));
        for answer in off {
            assert_eq!(code(answer), "PROPOSED_ALREADY");
        }
        let proposed = on.into_iter().next().unwrap().unwrap().into_inner();
        let (one, other) = (world.moderator(20), world.moderator(21));
        let (yes, no) = futures_util::join!(
            say(&world, &one, &proposed.id, true),
            say(&world, &other, &proposed.id, false),
        );
        assert!(yes.is_ok() != no.is_ok());
        assert_eq!(told(&world).await.len(), usize::from(yes.is_ok()));
    }
}
