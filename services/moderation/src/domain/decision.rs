//! Deciding about a notice or a comment.

use contract::MediaId;
use contract::common::Measure;
use contract::moderation::{Ground, Kind, Rule};
use runtime::{DAY_MS, HOUR_MS, rounded_up};

use super::text::{TextFault, facts};
use super::{Conflict, Restraint};

/// The longest pause of an author that one moderator may decide, in days.
pub const PAUSE_DAYS_AT_MOST: u32 = 7;
/// The most bytes of what was read that are kept.
pub const COPY_AT_MOST: usize = 64 * 1024;
/// For so many days whoever profiled somebody does not write about people.
const PEOPLE_PAUSE_DAYS: u32 = 30;

/// What a moderator wants to be so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Asked {
    /// Which version they read.
    pub version: i64,
    /// What becomes of it.
    pub measure: Measure,
    /// Pictures that go for good.
    pub removed: Vec<MediaId>,
    /// For how many days its author may not write.
    pub pause_days: u32,
    /// Which rule.
    pub rule: Rule,
    /// On what it stands.
    pub ground: Ground,
    /// What happened.
    pub facts: String,
    /// What was read.
    pub read: Vec<u8>,
}

/// What is decided about, as it is.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// A notice or a comment.
    pub kind: Kind,
    /// Its version.
    pub version: i64,
    /// The version in which its author last wrote something in it.
    pub written: i64,
    /// Its pictures.
    pub pictures: &'a [MediaId],
    /// Whether its author still has an account.
    pub has_author: bool,
}

/// A decision, checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decided {
    /// What becomes of it.
    pub measure: Measure,
    /// Pictures that go for good, in order.
    pub removed: Vec<MediaId>,
    /// What its author may not do.
    pub restraint: Restraint,
    /// Which rule.
    pub rule: Rule,
    /// On what it stands.
    pub ground: Ground,
    /// What happened, as it will be kept.
    pub facts: String,
    /// Whether it takes anything from anybody: then there are a copy and an appeal.
    pub restrictive: bool,
}

/// Why a decision is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// Something else is there than what was read.
    Conflict(Conflict),
    /// No measure, or none for this kind of content.
    Measure,
    /// A picture that is not there.
    Pictures,
    /// Too long for one moderator, or nobody to pause.
    PauseDays,
    /// No rule, or one that does not go with the measure.
    Rule,
    /// No ground, or one that does not go with the rule.
    Ground,
    /// What happened is not said.
    Facts(TextFault),
    /// What was read is missing or too long.
    Read,
}

/// Until when somebody may not do something: with the end of an hour, so that it does not tell when it was decided. 0: none.
pub fn restrained_until(days: u32, now_ms: i64) -> i64 {
    if days == 0 {
        return 0;
    }
    rounded_up(now_ms + i64::from(days) * DAY_MS, HOUR_MS)
}

/// The decision as it will be kept.
///
/// # Errors
/// The first reason why it is none.
pub fn decide(asked: &Asked, about: Subject<'_>, now_ms: i64) -> Result<Decided, Flaw> {
    if !(about.written..=about.version).contains(&asked.version) {
        return Err(Flaw::Conflict(Conflict::ChangedMeanwhile));
    }
    let fits = match (asked.measure, about.kind) {
        (Measure::Unspecified, _) => false,
        // Nobody changes a comment, and nobody answers it.
        (Measure::AskForEdit | Measure::Limit, kind) => kind == Kind::Post,
        _ => true,
    };
    if !fits {
        return Err(Flaw::Measure);
    }
    let mut removed = asked.removed.clone();
    removed.sort_unstable();
    removed.dedup();
    if removed
        .iter()
        .any(|picture| !about.pictures.contains(picture))
    {
        return Err(Flaw::Pictures);
    }
    if asked.pause_days > PAUSE_DAYS_AT_MOST || (asked.pause_days > 0 && !about.has_author) {
        return Err(Flaw::PauseDays);
    }
    let restrictive = asked.measure != Measure::Keep || !removed.is_empty() || asked.pause_days > 0;
    let broken = !matches!(asked.rule, Rule::Unspecified | Rule::NoneBroken);
    if restrictive != broken || asked.rule == Rule::Unspecified {
        return Err(Flaw::Rule);
    }
    let by_law = asked.rule == Rule::Illegal;
    if asked.ground == Ground::Unspecified || by_law != (asked.ground == Ground::Law) {
        return Err(Flaw::Ground);
    }
    let facts = facts(&asked.facts).map_err(Flaw::Facts)?;
    if asked.read.len() > COPY_AT_MOST || (restrictive && asked.read.is_empty()) {
        return Err(Flaw::Read);
    }
    let profiled = asked.measure == Measure::Remove && asked.rule == Rule::Profiling;
    Ok(Decided {
        measure: asked.measure,
        removed,
        restraint: Restraint {
            paused_until_ms: restrained_until(asked.pause_days, now_ms),
            people_until_ms: if profiled && about.has_author {
                restrained_until(PEOPLE_PAUSE_DAYS, now_ms)
            } else {
                0
            },
        },
        rule: asked.rule,
        ground: asked.ground,
        facts,
        restrictive,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PICTURES: [MediaId; 2] = [
        MediaId::new(uuid::Uuid::from_u128(1)),
        MediaId::new(uuid::Uuid::from_u128(2)),
    ];

    fn about(kind: Kind) -> Subject<'static> {
        Subject {
            kind,
            version: 3,
            written: 3,
            pictures: &PICTURES,
            has_author: true,
        }
    }

    fn removal() -> Asked {
        Asked {
            version: 3,
            measure: Measure::Remove,
            removed: vec![],
            pause_days: 0,
            rule: Rule::Insult,
            ground: Ground::HouseRules,
            facts: "It calls a neighbour names.".into(),
            read: b"read".to_vec(),
        }
    }

    fn decided(asked: &Asked) -> Result<Decided, Flaw> {
        decide(asked, about(Kind::Post), 1_000)
    }

    #[test]
    fn each_flaw_is_named() {
        let with = |change: &dyn Fn(&mut Asked)| {
            let mut asked = removal();
            change(&mut asked);
            decided(&asked).unwrap_err()
        };
        assert!(decided(&removal()).unwrap().restrictive);
        assert_eq!(
            with(&|asked| asked.version = 2),
            Flaw::Conflict(Conflict::ChangedMeanwhile)
        );
        assert_eq!(
            with(&|asked| asked.measure = Measure::Unspecified),
            Flaw::Measure
        );
        assert_eq!(
            with(&|asked| asked.removed = vec![MediaId::from_random([9; 16])]),
            Flaw::Pictures
        );
        assert_eq!(with(&|asked| asked.pause_days = 8), Flaw::PauseDays);
        assert_eq!(with(&|asked| asked.rule = Rule::Unspecified), Flaw::Rule);
        assert_eq!(with(&|asked| asked.rule = Rule::NoneBroken), Flaw::Rule);
        assert_eq!(with(&|asked| asked.measure = Measure::Keep), Flaw::Rule);
        assert_eq!(with(&|asked| asked.ground = Ground::Law), Flaw::Ground);
        assert_eq!(with(&|asked| asked.rule = Rule::Illegal), Flaw::Ground);
        assert_eq!(
            with(&|asked| asked.facts = "No.".into()),
            Flaw::Facts(TextFault::TooShort)
        );
        assert_eq!(with(&|asked| asked.read = vec![]), Flaw::Read);
        assert_eq!(
            with(&|asked| asked.read = vec![0; COPY_AT_MOST + 1]),
            Flaw::Read
        );
    }

    #[test]
    fn words_that_were_read_are_read_whatever_was_decided_meanwhile() {
        let ruled_since = Subject {
            version: 5,
            written: 3,
            ..about(Kind::Post)
        };
        for (version, is_read) in [(2, false), (3, true), (5, true), (6, false)] {
            let asked = Asked {
                version,
                ..removal()
            };
            assert_eq!(decide(&asked, ruled_since, 0).is_ok(), is_read, "{version}");
        }
    }

    #[test]
    fn comments_are_kept_or_removed() {
        for (measure, taken) in [
            (Measure::AskForEdit, false),
            (Measure::Limit, false),
            (Measure::Remove, true),
        ] {
            let asked = Asked {
                measure,
                ..removal()
            };
            assert_eq!(
                decide(&asked, about(Kind::Comment), 0).is_ok(),
                taken,
                "{measure:?}"
            );
        }
    }

    #[test]
    fn who_profiled_writes_about_nobody_for_thirty_days() {
        let asked = Asked {
            rule: Rule::Profiling,
            pause_days: 7,
            ..removal()
        };
        assert_eq!(
            decided(&asked).unwrap().restraint,
            Restraint {
                paused_until_ms: HOUR_MS + 7 * DAY_MS,
                people_until_ms: HOUR_MS + 30 * DAY_MS,
            }
        );
        let limited = Asked {
            measure: Measure::Limit,
            pause_days: 0,
            ..asked.clone()
        };
        assert_eq!(decided(&limited).unwrap().restraint, Restraint::default());
        let nobody = Subject {
            has_author: false,
            ..about(Kind::Post)
        };
        assert_eq!(decide(&asked, nobody, 0), Err(Flaw::PauseDays));
    }

    proptest! {
        #[test]
        fn the_end_of_a_pause_does_not_tell_when_it_was_decided(days in 1..366_u32, now_ms in 0..1_000 * DAY_MS) {
            let until_ms = restrained_until(days, now_ms);
            prop_assert_eq!(until_ms % HOUR_MS, 0);
            let longer_ms = until_ms - now_ms - i64::from(days) * DAY_MS;
            prop_assert!((0..HOUR_MS).contains(&longer_ms));
        }

        #[test]
        fn what_takes_something_names_a_rule_and_what_takes_nothing_names_none(
            measure in 1..5_i32, rule in 1..13_i32, ground in 1..3_i32, pause_days in 0..8_u32, removes: bool,
        ) {
            let asked = Asked {
                measure: Measure::try_from(measure).unwrap(),
                rule: Rule::try_from(rule).unwrap(),
                ground: Ground::try_from(ground).unwrap(),
                removed: if removes { vec![PICTURES[0]] } else { vec![] },
                pause_days,
                ..removal()
            };
            if let Ok(decided) = decided(&asked) {
                prop_assert_eq!(decided.restrictive, decided.rule != Rule::NoneBroken);
                prop_assert_eq!(decided.ground == Ground::Law, decided.rule == Rule::Illegal);
                prop_assert!(decided.restrictive || decided.restraint == Restraint::default());
            }
        }
    }
}
