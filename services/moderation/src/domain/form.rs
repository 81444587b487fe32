//! What tells of people: which notices do, and how far somebody gets who writes one.

use contract::common::Category;
use contract::moderation::FormStep;

/// The steps that a device tells of; the next one is told by posts.
const ON_THE_DEVICE: [FormStep; 6] = [
    FormStep::Act,
    FormStep::When,
    FormStep::Harm,
    FormStep::Danger,
    FormStep::Ordinary,
    FormStep::Sent,
];

/// Every step that somebody reached who got as far as this one, without those that were counted before; none where a device
/// cannot know of it.
pub fn steps_between(after: FormStep, furthest: FormStep) -> Option<&'static [FormStep]> {
    let at = |which: FormStep| ON_THE_DEVICE.iter().position(|step| *step == which);
    let first = match after {
        FormStep::Unspecified => 0,
        counted => at(counted)? + 1,
    };
    ON_THE_DEVICE.get(first..=at(furthest)?)
}

/// Whether a notice of this category tells of somebody.
pub fn is_about_people(category: i32) -> bool {
    matches!(
        Category::try_from(category),
        Ok(Category::Incident | Category::ConcerningBehaviour)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_got_far_reached_all_that_lies_before() {
        use FormStep::{Act, Danger, Harm, Sent, Unspecified, When};
        assert_eq!(steps_between(Unspecified, Act), Some(&[Act][..]));
        assert_eq!(steps_between(Unspecified, Sent).map(<[_]>::len), Some(6));
        assert_eq!(steps_between(When, Danger), Some(&[Harm, Danger][..]));
        let in_order = ON_THE_DEVICE.map(i32::from);
        assert!(in_order.is_sorted(), "told in the order of the form");
    }

    #[test]
    fn what_only_the_server_knows_no_device_tells() {
        use FormStep::{Act, Confirmed, Harm, Unspecified};
        assert_eq!(steps_between(Unspecified, Confirmed), None);
        assert_eq!(steps_between(Confirmed, Harm), None);
        assert_eq!(steps_between(Unspecified, Unspecified), None);
        assert_eq!(steps_between(Harm, Act), None, "nobody goes back");
    }
}
