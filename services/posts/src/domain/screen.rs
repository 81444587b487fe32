//! What the lexicon says to a text.

use contract::common::{Category, Picture};
use screening::{Asked, Finding, Outcome, Passage, lexicon};

use super::event::VENUE;
use super::reason::{Code, Reason};

/// Whoever is told more than this at once reads none of it.
const REASONS_AT_MOST: usize = 12;

/// Where what a picture shows is written.
pub(super) const ALT: &str = "mediaAlt";

/// Everything that is written in a notice.
pub(super) fn passages<'a>(
    title: &'a str,
    body: &'a str,
    venue: Option<&'a str>,
    pictures: &'a [Picture],
) -> Vec<Passage<'a>> {
    let texts = [("title", title), ("body", body)].into_iter();
    let venue = venue.into_iter().map(|venue| (VENUE, venue));
    let alts = pictures.iter().map(|picture| (ALT, picture.alt.as_str()));
    let all = texts.chain(venue).chain(alts);
    all.map(|(field, text)| Passage { field, text }).collect()
}

/// What follows for a text.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Screened {
    /// What has to be changed first.
    pub reasons: Vec<Reason>,
    /// Somebody reads it before it is shown: something was found.
    pub waits: bool,
}

impl Screened {
    /// The reasons that another reading of the same text did not give.
    pub fn reasons_beyond(self, known: &Self) -> Vec<Reason> {
        let is_known = |reason: &Reason| {
            let mut known = known.reasons.iter();
            known.any(|known| (known.code, known.field) == (reason.code, reason.field))
        };
        let new = self.reasons.into_iter();
        new.filter(|reason| !is_known(reason)).collect()
    }
}

/// Reads a text of a category, or of none. What somebody did belongs into a form that is not there yet: a person reads it.
pub(super) fn screen(category: Option<Category>, passages: &[Passage<'_>]) -> Screened {
    let reading = lexicon().read(Asked {
        category: category.map(|category| category.as_str_name()),
        passages,
    });
    let stops = |finding: &&Finding<'_>| finding.outcome == Outcome::Refuse;
    let reasons = reading.findings.iter().filter(stops).filter_map(reason);
    Screened {
        reasons: reasons.take(REASONS_AT_MOST).collect(),
        waits: reading.outcome > Outcome::Publish,
    }
}

fn reason(finding: &Finding<'_>) -> Option<Reason> {
    let code = finding.code?;
    let sentence = lexicon().sentence(code)?;
    Some(Reason {
        range: Some((finding.range.start, finding.range.end)),
        ..Reason::new(Code::Found(code), finding.field, &sentence.fr, &sentence.en)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(category: Category, text: &str) -> Screened {
        screen(
            Some(category),
            &[Passage {
                field: "body",
                text,
            }],
        )
    }

    #[test]
    fn what_was_found_is_told_with_its_place() {
        let screened = said(Category::GiveLend, "📦 à prendre, 06 39 98 47 21");
        assert_eq!(screened.reasons.len(), 1);
        assert_eq!(
            screened.reasons[0].code,
            Code::Found(screening::Code::PhoneFound)
        );
        assert_eq!(screened.reasons[0].range, Some((14, 28)));
    }

    #[test]
    fn the_category_counts() {
        let organiser = "Inscriptions auprès de l’asso : 06 39 98 20 11";
        assert_eq!(said(Category::Event, organiser), Screened::default());
        assert!(!said(Category::Question, organiser).reasons.is_empty());
    }

    #[test]
    fn who_tells_what_was_done_to_them_is_read_by_a_person() {
        let screened = said(Category::Help, "Mon mari me frappe, qui peut m’héberger ?");
        assert!(screened.waits && screened.reasons.is_empty());
    }

    #[test]
    fn what_is_only_to_be_read_first_is_no_reason_against_it() {
        let screened = said(Category::Help, "Une famille ukrainienne cherche un lit");
        assert!(screened.waits && screened.reasons.is_empty());
    }
}
