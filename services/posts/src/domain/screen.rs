//! What the lexicon says to a text.

use contract::common::{Category, Picture};
use contract::posts::Behaviour;
use contract::text::Lines;
use screening::{Asked, Finding, Outcome, Passage, lexicon};

use super::behaviour::{ACCOUNT_AT_MOST, BehaviourDetails, CLOTHING, HARM, WHY_NOT};
use super::event::VENUE;
use super::reason::{Code, Reason};
use super::text::{BODY_AT_MOST, TITLE_AT_MOST, clean};

/// Whoever is told more than this at once reads none of it.
const REASONS_AT_MOST: usize = 12;

/// Where what a picture shows is written.
pub(super) const ALT: &str = "mediaAlt";

/// Everything that is written in a notice.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Written<'a> {
    pub title: &'a str,
    pub body: &'a str,
    /// Of an event.
    pub venue: Option<&'a str>,
    pub pictures: &'a [Picture],
    /// Of a notice about a person.
    pub behaviour: Option<&'a BehaviourDetails>,
}

impl<'a> Written<'a> {
    pub fn passages(self) -> Vec<Passage<'a>> {
        let texts = [("title", self.title), ("body", self.body)].into_iter();
        let venue = self.venue.into_iter().map(|venue| (VENUE, venue));
        let alts = self.pictures.iter();
        let alts = alts.map(|picture| (ALT, picture.alt.as_str()));
        let form = self.behaviour.into_iter().flat_map(|form| {
            [
                (HARM, form.harm.as_str()),
                (WHY_NOT, form.why_not.as_str()),
                (CLOTHING, form.clothing.as_str()),
            ]
        });
        let all = texts.chain(venue).chain(alts).chain(form);
        let written = all.filter(|(_, text)| !text.is_empty());
        written
            .map(|(field, text)| Passage { field, text })
            .collect()
    }
}

/// What follows for a text.
#[derive(Debug, Default, PartialEq)]
pub struct Screened {
    /// What has to be changed first.
    pub reasons: Vec<Reason>,
    /// Somebody reads it before it is shown: something was found.
    pub waits: bool,
}

/// What somebody has written so far.
#[derive(Clone, Copy, Debug)]
pub struct Texts<'a> {
    /// Unspecified: none is chosen yet.
    pub category: Category,
    /// May be empty.
    pub title: &'a str,
    /// May be empty.
    pub body: &'a str,
    /// May be empty.
    pub venue: &'a str,
    /// What they show is written with them.
    pub pictures: &'a [Picture],
    /// As far as it is filled in.
    pub behaviour: Option<&'a Behaviour>,
}

impl<'a> Texts<'a> {
    fn written(&self, form: Option<&'a BehaviourDetails>) -> Written<'a> {
        Written {
            title: self.title,
            body: self.body,
            venue: Some(self.venue),
            pictures: self.pictures,
            behaviour: form,
        }
    }

    const fn chosen(&self) -> Option<Category> {
        match self.category {
            Category::Unspecified => None,
            chosen => Some(chosen),
        }
    }
}

/// Everything that is found in texts, whether it stands against them or not: for whoever decides about them.
#[must_use]
pub fn findings(texts: &Texts<'_>) -> Vec<Reason> {
    let form = texts.behaviour.cloned().map(BehaviourDetails::kept);
    let passages = texts.written(form.as_ref()).passages();
    let category = texts.chosen();
    let reading = lexicon().read(Asked {
        category: category.map(|category| category.as_str_name()),
        passages: &passages,
    });
    let found = reading.findings.iter().filter_map(reason);
    found.take(REASONS_AT_MOST).collect()
}

/// What would follow for texts if they were sent, but for what is missing in them.
#[must_use]
pub fn reading(texts: &Texts<'_>) -> Screened {
    let form = texts.behaviour.cloned().map(BehaviourDetails::kept);
    let passages = texts.written(form.as_ref()).passages();
    let bound = |field| match field {
        "body" => BODY_AT_MOST,
        _ => TITLE_AT_MOST.max(ACCOUNT_AT_MOST),
    };
    let kept = passages.iter().map(|passage| {
        clean(
            passage.text,
            passage.field,
            bound(passage.field),
            Lines::Many,
        )
    });
    let unfit: Vec<Reason> = kept
        .filter_map(Result::err)
        .filter(|reason| reason.code != Code::Empty)
        .collect();
    if !unfit.is_empty() {
        return Screened {
            reasons: unfit,
            waits: false,
        };
    }
    screen(texts.chosen(), &passages)
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

/// Reads a text of a category, or of none. What somebody did belongs into the form, which is where it may be already: a person reads
/// it in any case, and that somebody did something is no second reason to. Whoever asks for help may have to tell what was done to
/// them, and a person reads it.
pub(super) fn screen(category: Option<Category>, passages: &[Passage<'_>]) -> Screened {
    let reading = lexicon().read(Asked {
        category: category.map(|category| category.as_str_name()),
        passages,
    });
    let stops = |finding: &&Finding<'_>| match finding.outcome {
        Outcome::Refuse => true,
        Outcome::Form => !matches!(
            category,
            Some(Category::Help | Category::ConcerningBehaviour)
        ),
        Outcome::Review | Outcome::Publish => false,
    };
    let in_the_form = category == Some(Category::ConcerningBehaviour);
    let mut findings = reading.findings.iter();
    let waits = findings.any(|finding| !in_the_form || finding.outcome == Outcome::Refuse);
    let reasons = reading.findings.iter().filter(stops).filter_map(reason);
    Screened {
        reasons: reasons.take(REASONS_AT_MOST).collect(),
        waits,
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
    fn what_somebody_did_is_told_in_the_form() {
        let text = "Mon mari me frappe, qui peut m’héberger ?";
        let elsewhere = said(Category::Question, text);
        assert_eq!(
            elsewhere.reasons[0].code,
            Code::Found(screening::Code::UseTheForm)
        );
        let for_help = said(Category::Help, text);
        assert!(
            for_help.waits && for_help.reasons.is_empty(),
            "a person reads it"
        );
        let in_the_form = said(
            Category::ConcerningBehaviour,
            "Il a tiré trois poignées de porte",
        );
        assert_eq!(in_the_form, Screened::default());
    }

    #[test]
    fn what_is_only_to_be_read_first_is_no_reason_against_it() {
        let screened = said(Category::Help, "Une famille ukrainienne cherche un lit");
        assert!(screened.waits && screened.reasons.is_empty());
    }
}
