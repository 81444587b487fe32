//! Joining without anybody's code: two neighbours vouch, or a postcard comes. And what follows when somebody no longer stands by
//! a member.

use std::ops::RangeInclusive;

use runtime::DAY_MS;
use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;
use unicode_segmentation::UnicodeSegmentation;

use super::day::{self, Day};
use super::pseudonym::is_visible;
use super::refusal::Refusal;

/// How many members vouch for somebody.
pub const VOUCHES: usize = 2;
/// How long one may be vouched for after asking.
pub const VOUCHING_MS: i64 = 14 * DAY_MS;
/// For how many days somebody is a member before vouching. Founders too: they have invites from their first day, and a vouch
/// says that somebody has met the neighbourhood.
const MEMBER_DAYS: Day = 30;

/// How long an address waits for its postcard to be posted.
pub const POSTCARD_WAITS_MS: i64 = 14 * DAY_MS;
/// How long the code of a postcard opens, from when it was posted.
pub const POSTCARD_MS: i64 = 30 * DAY_MS;
/// For how many days it is kept that moderators read an address.
pub const SEEN_KEPT_DAYS: Day = 365;

/// For how many days moderators may look at a membership that is questioned; then it goes on, for nothing is taken by a clock.
pub const QUESTIONED_DAYS: Day = 90;

/// How many lines an address has.
const LINES: RangeInclusive<usize> = 1..=4;
/// Graphemes of a line.
const LINE_LENGTHS: RangeInclusive<usize> = 1..=60;
/// No line of these lengths is longer, in bytes.
const LINE_BYTES: usize = 400;

/// A member as far as vouching goes.
#[derive(Clone, Copy, Debug)]
pub struct Voucher {
    /// The day of joining.
    pub joined: Day,
    /// May not take part until then.
    pub suspended_until_ms: Option<i64>,
}

/// Whether a member may vouch.
///
/// # Errors
/// [`Refusal::Suspended`] or [`Refusal::MemberTooNew`].
pub fn may_vouch(voucher: Voucher, now_ms: i64) -> Result<(), Refusal> {
    let from_ms = day::start_ms(voucher.joined + MEMBER_DAYS);
    match voucher.suspended_until_ms {
        Some(until_ms) if now_ms < until_ms => Err(Refusal::Suspended { until_ms }),
        _ if now_ms < from_ms => Err(Refusal::MemberTooNew { from_ms }),
        _ => Ok(()),
    }
}

/// A postal address as on an envelope. Never prints itself.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AddressLines(Vec<String>);

impl AddressLines {
    /// Reads an address as somebody typed it, without empty lines and spaces around; NFC.
    ///
    /// # Errors
    /// [`Refusal::AddressLines`] when it has not 1 to 4 lines of at most 60 visible characters, one of them a letter or a digit.
    pub fn parse(lines: &[String]) -> Result<Self, Refusal> {
        if lines.len() > *LINES.end() {
            return Err(Refusal::AddressLines);
        }
        let lines = lines.iter().map(|line| tidy(line));
        let mut lines = lines.collect::<Result<Vec<_>, _>>()?;
        lines.retain(|line| !line.is_empty());
        let says = lines.iter().flat_map(|line| line.chars());
        if !LINES.contains(&lines.len()) || !says.into_iter().any(char::is_alphanumeric) {
            return Err(Refusal::AddressLines);
        }
        Ok(Self(lines))
    }

    /// Shows the lines to who prints them.
    pub fn expose(self) -> Vec<String> {
        self.0
    }
}

impl std::fmt::Debug for AddressLines {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("AddressLines")
    }
}

/// A line with single spaces, or nothing.
fn tidy(line: &str) -> Result<String, Refusal> {
    if line.len() > LINE_BYTES {
        return Err(Refusal::AddressLines);
    }
    let words = line.split(' ').filter(|word| !word.is_empty());
    let line: String = words.collect::<Vec<_>>().join(" ").nfc().collect();
    let fits = line.is_empty() || LINE_LENGTHS.contains(&line.graphemes(true).count());
    let visible = line.chars().all(|c| c == ' ' || is_visible(c));
    (fits && visible)
        .then_some(line)
        .ok_or(Refusal::AddressLines)
}

/// What a moderator says about a membership that is questioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It goes on.
    Keep,
    /// It ends, if a second moderator agrees.
    End,
}

/// What follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// The membership goes on, and nobody looks at it any more.
    Kept,
    /// It goes on until a second moderator agrees.
    Proposed,
    /// It is over.
    Ended,
}

/// What follows from a verdict, where another moderator proposed the end before or nobody did. One who keeps a membership does
/// so alone, also against a proposal.
pub const fn settle(verdict: Verdict, proposed_by_another: bool) -> Settled {
    match verdict {
        Verdict::Keep => Settled::Kept,
        Verdict::End if proposed_by_another => Settled::Ended,
        Verdict::End => Settled::Proposed,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn lines(text: &[&str]) -> Vec<String> {
        text.iter().map(|line| (*line).to_owned()).collect()
    }

    #[test]
    fn an_address_is_as_on_an_envelope() {
        let typed = lines(&[" 12  rue du Lavoir ", "", "75020 Paris"]);
        let read = AddressLines::parse(&typed).unwrap();
        assert!(!format!("{read:?}").contains("Lavoir"));
        assert_eq!(read.expose(), ["12 rue du Lavoir", "75020 Paris"]);
        let long = "a".repeat(61);
        for wrong in [
            &[][..],
            &["", " "],
            &["—"],
            &["1", "2", "3", "4", "5"],
            &["12\nrue"],
            &["12\u{202e}rue"],
            &["12\u{200b}rue"],
            &[&long],
        ] {
            let wrong = lines(wrong);
            assert_eq!(AddressLines::parse(&wrong), Err(Refusal::AddressLines));
        }
    }

    proptest! {
        #[test]
        fn whatever_is_an_address_is_bounded_visible_and_stays_as_it_is(typed in proptest::collection::vec("\\PC{0,70}|.{0,70}", 0..6)) {
            if let Ok(read) = AddressLines::parse(&typed) {
                let shown = read.clone().expose();
                prop_assert!((1..=4).contains(&shown.len()));
                for line in &shown {
                    prop_assert!((1..=60).contains(&line.graphemes(true).count()));
                    prop_assert!(!line.chars().any(char::is_control));
                }
                prop_assert_eq!(AddressLines::parse(&shown), Ok(read));
            }
        }

        #[test]
        fn who_vouches_is_a_member_of_thirty_days_and_takes_part(joined in 0..60_i32, today in 0..60_i32, suspended in proptest::option::of(0..60_i32)) {
            let suspended_until_ms = suspended.map(day::start_ms);
            let done = may_vouch(Voucher { joined, suspended_until_ms }, day::start_ms(today));
            let fit = today >= joined + 30 && suspended.is_none_or(|until| today >= until);
            prop_assert_eq!(done.is_ok(), fit);
        }

        #[test]
        fn a_membership_ends_by_two_and_never_by_one(end: bool, proposed: bool) {
            let verdict = if end { Verdict::End } else { Verdict::Keep };
            let settled = settle(verdict, proposed);
            prop_assert_eq!(settled == Settled::Ended, end && proposed);
            prop_assert_eq!(settled == Settled::Kept, !end);
        }
    }
}
