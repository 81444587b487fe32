//! What the form for posts about people asks, in its order: what was done, the harm, whether somebody is in danger now, the
//! ordinary explanations, and last, if at all, what somebody wore or drove. Nothing asks who or what somebody is.

use contract::common::Category;
use contract::posts::{Act, Behaviour, Ordinary};
use contract::text::Lines;

use super::reason::{Code, Reason};
use super::text::clean;

/// Longest account of the harm, and of why no ordinary explanation is enough, in characters.
pub(super) const ACCOUNT_AT_MOST: usize = 300;
/// Longest word about clothing or a vehicle, in characters.
const CLOTHING_AT_MOST: usize = 80;

// The fields of the form, as a refusal names them.
const FORM: &str = "behaviour";
const ACT: &str = "behaviour.act";
pub(super) const HARM: &str = "behaviour.harm";
const DANGER: &str = "behaviour.dangerNow";
const CONSIDERED: &str = "behaviour.considered";
pub(super) const WHY_NOT: &str = "behaviour.whyNot";
pub(super) const CLOTHING: &str = "behaviour.clothing";

/// The form, filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BehaviourDetails {
    /// What was done.
    pub act: Act,
    /// What harm there was or could have been.
    pub harm: String,
    /// Which ordinary explanations were thought of; never empty, in their order.
    pub considered: Vec<Ordinary>,
    /// Why none of them is enough.
    pub why_not: String,
    /// Clothing, or what kind of vehicle; empty: not said.
    pub clothing: String,
}

impl BehaviourDetails {
    /// Checks what goes with a notice of that category: the form where it asks for one, and nothing elsewhere.
    ///
    /// # Errors
    /// Every reason against it.
    pub fn check(
        category: Category,
        form: Option<&Behaviour>,
        title: &str,
    ) -> Result<Option<Self>, Vec<Reason>> {
        match (category, form) {
            (Category::ConcerningBehaviour, Some(form)) => Self::filled_in(form, title).map(Some),
            (Category::ConcerningBehaviour, None) => Err(vec![details(
                FORM,
                "Cette rubrique passe par le formulaire : il demande ce qui a été fait. Remplissez-le.",
                "This category goes by the form: it asks what was done. Please fill it in.",
            )]),
            (_, Some(_)) => Err(vec![details(
                FORM,
                "Ce formulaire n’appartient qu’à la rubrique « Comportement ». Changez de rubrique, ou retirez-le.",
                "This form belongs to the category “Behaviour” alone. Choose that category, or leave the form out.",
            )]),
            (_, None) => Ok(None),
        }
    }

    fn filled_in(form: &Behaviour, title: &str) -> Result<Self, Vec<Reason>> {
        if form.danger_now {
            return Err(vec![danger()]);
        }
        let mut reasons = Vec::new();
        if !title.trim().is_empty() {
            reasons.push(details(
                "title",
                "Le titre se fait de lui-même, d’après l’acte choisi. Laissez-le vide et mettez vos mots dans le texte.",
                "The headline is made of the act you chose. Leave the title empty and put your words into the text.",
            ));
        }
        if form.act() == Act::Unspecified {
            reasons.push(details(
                ACT,
                "Choisissez ce qui a été fait. Être là, marcher, attendre, sonner ou regarder n’est pas un acte.",
                "Choose what was done. Being there, walking, waiting, ringing or looking is nothing that was done.",
            ));
        }
        let mut considered: Vec<Ordinary> = form.considered().collect();
        considered.retain(|one| *one != Ordinary::Unspecified);
        considered.sort_unstable();
        considered.dedup();
        if considered.is_empty() {
            reasons.push(details(
                CONSIDERED,
                "Cochez au moins une explication ordinaire que vous avez envisagée. Souvent, l’une d’elles suffit.",
                "Tick at least one ordinary explanation that you have thought of. Often one of them is enough.",
            ));
        }
        let mut take = |text: &str, field, at_most| {
            clean(text, field, at_most, Lines::One).unwrap_or_else(|reason| {
                reasons.push(reason);
                String::new()
            })
        };
        let harm = take(&form.harm, HARM, ACCOUNT_AT_MOST);
        let why_not = take(&form.why_not, WHY_NOT, ACCOUNT_AT_MOST);
        let clothing = if form.clothing.trim().is_empty() {
            String::new()
        } else {
            take(&form.clothing, CLOTHING, CLOTHING_AT_MOST)
        };
        if !reasons.is_empty() {
            return Err(reasons);
        }
        Ok(Self {
            act: form.act(),
            harm,
            considered,
            why_not,
            clothing,
        })
    }

    /// As it was kept.
    pub fn kept(form: Behaviour) -> Self {
        Self {
            act: form.act(),
            considered: form.considered().collect(),
            harm: form.harm,
            why_not: form.why_not,
            clothing: form.clothing,
        }
    }

    /// As messages carry it and as it is kept.
    pub fn wire(&self) -> Behaviour {
        Behaviour {
            act: self.act.into(),
            harm: self.harm.clone(),
            considered: self.considered.iter().map(|one| i32::from(*one)).collect(),
            why_not: self.why_not.clone(),
            clothing: self.clothing.clone(),
            danger_now: false,
        }
    }
}

fn details(field: &'static str, french: &str, english: &str) -> Reason {
    Reason::new(Code::BehaviourDetails, field, french, english)
}

fn danger() -> Reason {
    Reason::new(
        Code::DangerNow,
        DANGER,
        "N’écrivez pas ici : appelez le 17 ou le 112, maintenant. Une annonce serait lue trop tard.",
        "Do not write here: call 112, now. A notice would be read too late.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form() -> Behaviour {
        Behaviour {
            act: Act::TriedToOpen.into(),
            harm: "A garage could have been emptied".into(),
            considered: vec![Ordinary::Visitor.into(), Ordinary::Delivery.into()],
            why_not: "Three doors in a row, no parcel".into(),
            clothing: String::new(),
            danger_now: false,
        }
    }

    fn check(form: &Behaviour) -> Result<Option<BehaviourDetails>, Vec<Reason>> {
        BehaviourDetails::check(Category::ConcerningBehaviour, Some(form), "")
    }

    fn refused(form: &Behaviour) -> Vec<(Code, &'static str)> {
        let reasons = check(form).unwrap_err();
        reasons.into_iter().map(|r| (r.code, r.field)).collect()
    }

    #[test]
    fn a_form_that_is_filled_in_is_kept_as_it_is() {
        let kept = check(&form()).unwrap().unwrap();
        assert_eq!(kept.considered, [Ordinary::Delivery, Ordinary::Visitor]);
        assert_eq!(BehaviourDetails::kept(kept.wire()), kept);
    }

    #[test]
    fn danger_now_stops_the_form_whatever_else_is_in_it() {
        let in_danger = Behaviour {
            danger_now: true,
            act: 0,
            ..form()
        };
        assert_eq!(refused(&in_danger), [(Code::DangerNow, DANGER)]);
    }

    #[test]
    fn every_question_but_the_last_has_to_be_answered() {
        let empty = Behaviour::default();
        assert_eq!(
            refused(&empty),
            [
                (Code::BehaviourDetails, ACT),
                (Code::BehaviourDetails, CONSIDERED),
                (Code::Empty, HARM),
                (Code::Empty, WHY_NOT),
            ]
        );
        let unknown = Behaviour {
            act: 99,
            considered: vec![0, 99],
            ..form()
        };
        assert_eq!(
            refused(&unknown),
            [
                (Code::BehaviourDetails, ACT),
                (Code::BehaviourDetails, CONSIDERED)
            ]
        );
    }

    #[test]
    fn the_form_goes_with_its_category_alone_and_makes_the_headline() {
        let check = |category, form: Option<&Behaviour>, title: &str| {
            BehaviourDetails::check(category, form, title)
        };
        assert!(check(Category::Question, Some(&form()), "").is_err());
        assert!(check(Category::ConcerningBehaviour, None, "").is_err());
        assert_eq!(check(Category::Incident, None, "A theft").unwrap(), None);
        let reasons = check(Category::ConcerningBehaviour, Some(&form()), "That man").unwrap_err();
        assert_eq!(reasons[0].field, "title");
    }
}
