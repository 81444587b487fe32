//! What may happen next. Who and what is chosen among those there are: a shorter sequence is still one.

use contract::common::{Category, Measure};
use proptest::prelude::*;

use crate::faults::{Lost, lost};
use crate::house::WAYS;
use crate::people::ACTORS;

/// What somebody writes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Shown at once, unless by a newcomer.
    Question,
    /// Shown at once, and read afterwards.
    Hazard,
    /// About a person: rests, is confirmed, is read.
    Person,
    /// With a picture.
    Pictured,
    /// Something is found in it, and its author says that this is wrong.
    Contested,
}

impl Kind {
    pub const fn category(self) -> Category {
        match self {
            Self::Question | Self::Contested => Category::Question,
            Self::Hazard => Category::Hazard,
            Self::Person => Category::ConcerningBehaviour,
            Self::Pictured => Category::LostFound,
        }
    }
}

/// One thing that happens.
#[derive(Clone, Debug)]
pub enum Step {
    Publish {
        who: usize,
        kind: Kind,
        lost: Lost,
    },
    Confirm {
        notice: usize,
        lost: Lost,
    },
    Edit {
        notice: usize,
        lost: Lost,
    },
    Withdraw {
        notice: usize,
        lost: Lost,
    },
    Report {
        who: usize,
        notice: usize,
        lost: Lost,
    },
    Depicted {
        who: usize,
        notice: usize,
        lost: Lost,
    },
    /// A moderator takes a case.
    Claim {
        who: usize,
        case: usize,
        lost: Lost,
    },
    /// And decides it, perhaps much later.
    Decide {
        claimed: usize,
        measure: Measure,
        pictures: bool,
        days: u32,
        lost: Lost,
    },
    Appeal {
        who: usize,
        statement: usize,
        lost: Lost,
    },
    DecideAppeal {
        who: usize,
        appeal: usize,
        reverse: bool,
        lost: Lost,
    },
    Propose {
        claimed: usize,
        lost: Lost,
    },
    Approve {
        who: usize,
        proposal: usize,
        lost: Lost,
    },
    /// The next thing that was told is heard.
    Deliver {
        way: usize,
        lost: Lost,
    },
    /// Everything that was told to somebody is heard, the first of it with a fault.
    DeliverAll {
        way: usize,
        lost: Lost,
    },
    /// Everything that was told is heard.
    Settle,
    Sweep {
        role: usize,
        lost: Lost,
    },
    Pass {
        minutes: i64,
    },
    Erase {
        who: usize,
    },
}

/// Any of them.
pub fn step() -> impl Strategy<Value = Step> {
    let (who, any) = (0..ACTORS, 0..64_usize);
    let moderator = 2..ACTORS;
    let kind = prop_oneof![
        4 => Just(Kind::Question),
        2 => Just(Kind::Hazard),
        2 => Just(Kind::Person),
        4 => Just(Kind::Pictured),
        2 => Just(Kind::Contested),
    ];
    let measure = prop_oneof![
        2 => Just(Measure::Keep),
        1 => Just(Measure::AskForEdit),
        1 => Just(Measure::Limit),
        3 => Just(Measure::Remove),
    ];
    let minutes = prop_oneof![
        8 => Just(25_i64),
        3 => Just(6 * 60),
        1 => Just(25 * 60),
        1 => Just(15 * 24 * 60),
    ];
    prop_oneof![
        8 => (who.clone(), kind, lost()).prop_map(|(who, kind, lost)| Step::Publish { who, kind, lost }),
        3 => (any.clone(), lost()).prop_map(|(notice, lost)| Step::Confirm { notice, lost }),
        4 => (any.clone(), lost()).prop_map(|(notice, lost)| Step::Edit { notice, lost }),
        1 => (any.clone(), lost()).prop_map(|(notice, lost)| Step::Withdraw { notice, lost }),
        10 => (who.clone(), any.clone(), lost()).prop_map(|(who, notice, lost)| Step::Report { who, notice, lost }),
        5 => (who.clone(), any.clone(), lost()).prop_map(|(who, notice, lost)| Step::Depicted { who, notice, lost }),
        16 => (moderator.clone(), any.clone(), lost()).prop_map(|(who, case, lost)| Step::Claim { who, case, lost }),
        18 => (any.clone(), measure, prop::bool::ANY, 0..3_u32, lost()).prop_map(|(claimed, measure, pictures, days, lost)| {
            Step::Decide { claimed, measure, pictures, days, lost }
        }),
        8 => (who.clone(), any.clone(), lost()).prop_map(|(who, statement, lost)| Step::Appeal { who, statement, lost }),
        6 => (moderator.clone(), any.clone(), prop::bool::ANY, lost()).prop_map(|(who, appeal, reverse, lost)| {
            Step::DecideAppeal { who, appeal, reverse, lost }
        }),
        3 => (any.clone(), lost()).prop_map(|(claimed, lost)| Step::Propose { claimed, lost }),
        3 => (moderator.clone(), any.clone(), lost()).prop_map(|(who, proposal, lost)| Step::Approve { who, proposal, lost }),
        12 => (0..WAYS.len(), lost()).prop_map(|(way, lost)| Step::Deliver { way, lost }),
        20 => (0..WAYS.len(), lost()).prop_map(|(way, lost)| Step::DeliverAll { way, lost }),
        12 => Just(Step::Settle),
        3 => (0..4_usize, lost()).prop_map(|(role, lost)| Step::Sweep { role, lost }),
        5 => minutes.prop_map(|minutes| Step::Pass { minutes }),
        1 => who.prop_map(|who| Step::Erase { who }),
    ]
}
