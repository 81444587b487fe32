//! Why what people say cannot be taken as it is: data, with a sentence that helps.

use contract::Locale;
use contract::common::Refused;

use crate::domain::TextFault;

/// A text that cannot be taken as it is.
pub(super) fn text_refused(
    fault: TextFault,
    field: &str,
    at_most: usize,
    locale: Locale,
) -> Refused {
    let message = match fault {
        TextFault::Empty | TextFault::TooShort => locale
            .pick(
                "Expliquez en quelques mots ce qui ne va pas.",
                "Explain in a few words what is wrong.",
            )
            .to_owned(),
        TextFault::TooLong => match locale {
            Locale::French => format!("{at_most} caractères au plus."),
            Locale::English => format!("At most {at_most} characters."),
        },
        TextFault::ForbiddenCharacter => locale
            .pick(
                "Un caractère invisible ou qui renverse le texte s’est glissé ici. Écrivez ce passage à la main.",
                "An invisible character, or one that reverses text, slipped in here. Type this passage by hand.",
            )
            .to_owned(),
    };
    refusal(fault.code(), field, message)
}

/// A reason why something is not taken.
pub(super) fn refusal(code: &'static str, field: &str, message: String) -> Refused {
    Refused {
        reasons: vec![contract::common::Reason {
            code: code.to_owned(),
            message,
            field: field.to_owned(),
            start: None,
            end: None,
        }],
    }
}
