//! What readers are told of a notice that changed after they had seen it: on which day, and which part of it.

use contract::posts::Correction;
use contract::posts::correction::Part;
use runtime::DAY_MS;

use super::edit::{Changes, Standing};

/// So many days with corrections are told; older ones are forgotten.
const DAYS_AT_MOST: usize = 5;
/// For so many days members are told that a notice was taken down.
pub const TAKEN_DOWN_TOLD_DAYS: i64 = 14;

/// Which parts of a notice are no longer as they were.
#[must_use]
pub fn corrected(changes: &Changes, before: &Standing) -> Vec<Part> {
    fn differs<T: PartialEq>(after: Option<&T>, before: Option<&T>) -> bool {
        after.is_some() && after != before
    }
    let parts = [
        (
            Part::Title,
            differs(changes.title.as_ref(), Some(&before.title)),
        ),
        (
            Part::Text,
            differs(changes.body.as_ref(), Some(&before.body)),
        ),
        (
            Part::TimeAndPlace,
            differs(changes.event.as_ref(), before.event.as_ref()),
        ),
        (
            Part::Pictures,
            differs(changes.pictures.as_ref(), Some(&before.pictures)),
        ),
        (
            Part::Form,
            differs(changes.behaviour.as_ref(), before.behaviour.as_ref()),
        ),
    ];
    let parts = parts.into_iter().filter(|(_, differs)| *differs);
    parts.map(|(part, _)| part).collect()
}

/// The list with these parts corrected on a day (days since 1970), newest day last. What changes twice on a day is told once.
#[must_use]
pub fn with(mut told: Vec<Correction>, day: i64, parts: &[Part]) -> Vec<Correction> {
    if parts.is_empty() {
        return told;
    }
    let day_ms = day * DAY_MS;
    let mut of_day = match told.last() {
        Some(last) if last.day_ms == day_ms => told.pop().unwrap_or_default(),
        _ => Correction {
            day_ms,
            parts: Vec::new(),
        },
    };
    of_day
        .parts
        .extend(parts.iter().map(|part| i32::from(*part)));
    of_day.parts.sort_unstable();
    of_day.parts.dedup();
    told.push(of_day);
    let too_many = told.len().saturating_sub(DAYS_AT_MOST);
    told.drain(..too_many);
    told
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PARTS: [Part; 5] = [
        Part::Title,
        Part::Text,
        Part::TimeAndPlace,
        Part::Pictures,
        Part::Form,
    ];

    proptest! {
        #[test]
        fn the_last_days_are_told_each_once_and_in_order(
            changes in prop::collection::vec((0..3_i64, prop::sample::subsequence(&PARTS, 0..=5)), 0..20),
        ) {
            let mut day = 20_000;
            let mut told = Vec::new();
            for (later, parts) in &changes {
                day += later;
                told = with(told, day, parts);
                if let Some(part) = parts.first() {
                    let last: &Correction = told.last().unwrap();
                    prop_assert_eq!(last.day_ms, day * DAY_MS);
                    prop_assert!(last.parts.contains(&i32::from(*part)));
                }
            }
            prop_assert!(told.len() <= DAYS_AT_MOST);
            prop_assert!(told.is_sorted_by(|one, next| one.day_ms < next.day_ms));
            for of_day in &told {
                prop_assert!(of_day.parts.is_sorted_by(|one, next| one < next));
            }
        }
    }
}
