//! Numbers that are told: none so small that they point at somebody.

use contract::moderation::{Number as Wire, number::Is};
use runtime::HOUR_MS;

/// From here on a number is told as it is.
const TOLD_FROM: u32 = 5;

/// A number as it may be told: which small one it was cannot be had back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number(Told);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Told {
    Exactly(u32),
    Few,
}

impl Number {
    /// A count, with 1 to 4 made one.
    pub fn of(count: i64) -> Self {
        let count = u32::try_from(count.max(0)).unwrap_or(u32::MAX);
        Self(match count {
            1..TOLD_FROM => Told::Few,
            count => Told::Exactly(count),
        })
    }

    /// As messages carry it.
    pub const fn wire(self) -> Wire {
        Wire {
            is: Some(match self.0 {
                Told::Exactly(count) => Is::Exactly(count),
                Told::Few => Is::Few(true),
            }),
        }
    }
}

/// How long decisions took: the ends of the classes, in hours; what took longer is in the last one.
const CLASSES_HOURS: [u32; 12] = [1, 2, 4, 8, 12, 24, 36, 48, 72, 120, 240, u32::MAX];

/// So many decisions in each class of how long they took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Times([i64; CLASSES_HOURS.len()]);

impl Times {
    /// The class of what took so long.
    pub fn class(took_ms: i64) -> i32 {
        let hours = took_ms.max(0).div_euclid(HOUR_MS);
        let class = CLASSES_HOURS.iter().position(|end| hours < i64::from(*end));
        i32::try_from(class.unwrap_or(CLASSES_HOURS.len() - 1)).unwrap_or_default()
    }

    /// So many more in a class.
    pub fn add(&mut self, class: i32, count: i64) {
        let class = usize::try_from(class).ok();
        if let Some(kept) = class.and_then(|class| self.0.get_mut(class)) {
            *kept += count;
        }
    }

    /// Within how many hours half of them were decided; none where there are too few to say.
    pub fn half_within_hours(&self) -> Option<u32> {
        let all: i64 = self.0.iter().sum();
        if all < i64::from(TOLD_FROM) {
            return None;
        }
        let mut so_far = 0;
        self.0.iter().zip(CLASSES_HOURS).find_map(|(count, end)| {
            so_far += count;
            (so_far * 2 >= all).then_some(end)
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn small_numbers_look_alike_and_others_are_told(count in 0..100_i64) {
            let told = Number::of(count);
            if (1..5).contains(&count) {
                prop_assert_eq!(told, Number::of(1));
                prop_assert_eq!(told.wire().is, Some(Is::Few(true)));
            } else {
                prop_assert_eq!(told.wire().is, Some(Is::Exactly(u32::try_from(count).unwrap())));
            }
        }

        #[test]
        fn half_of_them_were_within_what_is_said(hours in prop::collection::vec(0..300_i64, 5..40)) {
            let mut times = Times::default();
            for hour in &hours {
                times.add(Times::class(hour * HOUR_MS), 1);
            }
            let half = i64::from(times.half_within_hours().unwrap());
            let within = hours.iter().filter(|hour| **hour < half).count();
            prop_assert!(within * 2 >= hours.len());
        }
    }

    #[test]
    fn of_few_decisions_no_time_is_told() {
        let mut times = Times::default();
        times.add(Times::class(3 * HOUR_MS), 4);
        assert_eq!(times.half_within_hours(), None);
        times.add(Times::class(3 * HOUR_MS), 1);
        assert_eq!(times.half_within_hours(), Some(4));
        times.add(99, 1_000);
        assert_eq!(times.half_within_hours(), Some(4));
    }
}
