//! Why something honest people try is not done: a stable code and a sentence that helps, in two languages.

use contract::Locale;
use contract::common::{Reason, Refused};
use time::Date;

use super::area::AreaRefusal;
use super::day;

/// A reason for not doing it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("refused: {}", self.code())]
pub enum Refusal {
    /// Not an address that mail can be sent to.
    AddressInvalid,
    /// Unknown, used up, ended or revoked: nobody is told which.
    CodeUnknown,
    /// Unknown, used, or too old.
    TokenUnknown,
    /// No account has this address and this password.
    WrongCredentials,
    /// The password given once more is not the account's.
    WrongPassword,
    /// Too short, or easily guessed.
    PasswordWeak,
    /// More than 128 characters.
    PasswordTooLong,
    /// Fewer than 2 or more than 32 characters.
    PseudonymLength,
    /// Invisible characters, an `@`, or no letter at all.
    PseudonymCharacters,
    /// Speaks for everybody or for an office.
    PseudonymReserved,
    /// The name holds a number, an address or a plate, or attacks somebody.
    PseudonymUnfit,
    /// Somebody has it, or one that looks like it.
    PseudonymTaken,
    /// The tile is not one of this neighbourhood.
    OutsideNeighbourhood,
    /// Already a member there.
    AlreadyMember,
    /// Already a member of sixteen neighbourhoods.
    TooManyNeighbourhoods,
    /// New members do not invite yet.
    Newcomer {
        /// Until when, in milliseconds since 1970.
        until_ms: i64,
    },
    /// May not take part for now.
    Suspended {
        /// Until when, in milliseconds since 1970.
        until_ms: i64,
    },
    /// Two invites are open already.
    TooManyInvites,
    /// Not 1 to 10.
    UsesOutOfRange,
    /// Not 1 to 30.
    DaysOutOfRange,
    /// Members vouch after thirty days.
    MemberTooNew {
        /// From when on, in milliseconds since 1970.
        from_ms: i64,
    },
    /// Vouched for this already.
    AlreadyVouched,
    /// Neighbours are asked there already.
    VouchingOpen,
    /// A postcard is under way already.
    PostcardOpen,
    /// Nobody sends postcards there.
    PostcardsOff,
    /// Not 1 to 4 lines of at most 60 visible characters.
    AddressLines,
    /// No reason was chosen.
    DoubtMissing,
    /// No area to follow.
    Area(AreaRefusal),
}

contract::codes! { Refusal::code {
    Self::AddressInvalid => "EMAIL_INVALID",
    Self::CodeUnknown => "CODE_UNKNOWN",
    Self::TokenUnknown => "TOKEN_UNKNOWN",
    Self::WrongCredentials => "WRONG_CREDENTIALS",
    Self::WrongPassword => "WRONG_PASSWORD",
    Self::PasswordWeak => "WEAK_PASSWORD",
    Self::PasswordTooLong => "PASSWORD_TOO_LONG",
    Self::PseudonymLength => "PSEUDONYM_LENGTH",
    Self::PseudonymCharacters => "PSEUDONYM_CHARACTERS",
    Self::PseudonymReserved => "PSEUDONYM_RESERVED",
    Self::PseudonymUnfit => "PSEUDONYM_UNFIT",
    Self::PseudonymTaken => "PSEUDONYM_TAKEN",
    Self::OutsideNeighbourhood => "OUTSIDE_NEIGHBOURHOOD",
    Self::AlreadyMember => "ALREADY_MEMBER",
    Self::TooManyNeighbourhoods => "TOO_MANY_NEIGHBOURHOODS",
    Self::Newcomer { .. } => "NEWCOMER",
    Self::Suspended { .. } => "SUSPENDED",
    Self::TooManyInvites => "TOO_MANY_INVITES",
    Self::UsesOutOfRange => "USES_OUT_OF_RANGE",
    Self::DaysOutOfRange => "DAYS_OUT_OF_RANGE",
    Self::MemberTooNew { .. } => "MEMBER_TOO_NEW",
    Self::AlreadyVouched => "ALREADY_VOUCHED",
    Self::VouchingOpen => "VOUCHING_OPEN",
    Self::PostcardOpen => "POSTCARD_OPEN",
    Self::PostcardsOff => "POSTCARDS_OFF",
    Self::AddressLines => "ADDRESS_LINES",
    Self::DoubtMissing => "DOUBT_MISSING",
} Self::Area(refusal) => refusal.code() }

impl Refusal {
    /// The field it is about; empty when it is about the whole.
    pub const fn field(self) -> &'static str {
        match self {
            Self::AddressInvalid => "email",
            Self::CodeUnknown => "code",
            Self::TokenUnknown => "token",
            Self::WrongPassword | Self::PasswordWeak | Self::PasswordTooLong => "password",
            Self::PseudonymLength
            | Self::PseudonymCharacters
            | Self::PseudonymReserved
            | Self::PseudonymUnfit
            | Self::PseudonymTaken => "pseudonym",
            Self::OutsideNeighbourhood => "home_place",
            Self::UsesOutOfRange => "uses",
            Self::DaysOutOfRange => "days",
            Self::AddressLines => "lines",
            Self::DoubtMissing => "doubt",
            Self::Area(refusal) => refusal.field(),
            Self::WrongCredentials
            | Self::AlreadyMember
            | Self::TooManyNeighbourhoods
            | Self::Newcomer { .. }
            | Self::Suspended { .. }
            | Self::MemberTooNew { .. }
            | Self::AlreadyVouched
            | Self::VouchingOpen
            | Self::PostcardOpen
            | Self::PostcardsOff
            | Self::TooManyInvites => "",
        }
    }

    /// What was found and what to do.
    pub fn sentence(self, locale: Locale) -> String {
        let (french, english) = match self {
            Self::Newcomer { until_ms } => {
                let (french, english) = on_both(until_ms);
                (
                    format!(
                        "Vous venez d’arriver\u{a0}: vous pourrez inviter à partir du {french}."
                    ),
                    format!("You have just arrived: you can invite from {english}."),
                )
            }
            Self::Suspended { until_ms } => {
                let (french, english) = on_both(until_ms);
                (
                    format!("Votre participation est suspendue jusqu’au {french}."),
                    format!("You are suspended until {english}."),
                )
            }
            Self::MemberTooNew { from_ms } => {
                let (french, english) = on_both(from_ms);
                (
                    format!(
                        "On se porte garant après trente jours dans le quartier\u{a0}: vous le pourrez à partir du {french}. Qui demande peut montrer son code à quelqu’un d’autre."
                    ),
                    format!(
                        "Members vouch after thirty days: you can from {english}. Whoever asks can show the code to somebody else."
                    ),
                )
            }
            undated => return undated.words(locale).to_owned(),
        };
        locale.pick(&french, &english).to_owned()
    }

    /// What was found and what to do, where that names no day.
    const fn words(self, locale: Locale) -> &'static str {
        let (french, english) = match self {
            Self::Newcomer { .. } | Self::Suspended { .. } | Self::MemberTooNew { .. } => ("", ""),
            Self::AddressInvalid => (
                "Cette adresse ne peut pas recevoir de courriel. Vérifiez-la\u{a0}: elle a la forme nom@exemple.org.",
                "Mail cannot be sent to this address. Please check it: it looks like name@example.org.",
            ),
            Self::CodeUnknown => (
                "Ce code n’ouvre rien\u{a0}: il a pu servir, expirer ou être mal recopié. Vérifiez-le, ou demandez-en un autre à qui vous l’a donné.",
                "This code opens nothing: it may have been used, have ended or been copied wrongly. Please check it, or ask for another where you got it.",
            ),
            Self::TokenUnknown => (
                "Ce lien a déjà servi ou n’est plus valable. Essayez de vous connecter, ou recommencez pour recevoir un nouveau lien.",
                "This link has been used or is too old. Try to sign in, or start again to get a new one.",
            ),
            Self::WrongCredentials => (
                "Cette adresse et ce mot de passe ne vont pas ensemble. Si vous venez de vous inscrire, ouvrez d’abord le lien reçu par courriel\u{a0}; sinon, vous pouvez choisir un nouveau mot de passe.",
                "This address and this password do not belong together. If you have just signed up, open the link in the mail first; otherwise you can choose a new password.",
            ),
            Self::WrongPassword => (
                "Ce n’est pas le mot de passe de votre compte. Réessayez, ou choisissez-en un nouveau depuis la page de connexion.",
                "This is not the password of your account. Try again, or choose a new one from the sign-in page.",
            ),
            Self::PasswordWeak => (
                "Ce mot de passe se devine trop vite. Prenez au moins 10 caractères, par exemple quatre mots sans rapport entre eux ni avec vous.",
                "This password is guessed too quickly. Take at least 10 characters, for example four words that have nothing to do with each other or with you.",
            ),
            Self::PasswordTooLong => (
                "Ce mot de passe est trop long\u{a0}: 128 caractères au plus.",
                "This password is too long: at most 128 characters.",
            ),
            Self::PseudonymLength => (
                "Un nom a de 2 à 32 caractères.",
                "A name has 2 to 32 characters.",
            ),
            Self::PseudonymCharacters => (
                "Un nom a au moins une lettre, pas de «\u{a0}@\u{a0}» et aucun caractère invisible. Retapez-le plutôt que de le coller.",
                "A name has at least one letter, no “@” and no invisible characters. Please type it instead of pasting it.",
            ),
            Self::PseudonymUnfit => (
                "Ce pseudonyme contient un numéro, une adresse ou une plaque, ou s’en prend à quelqu’un. Choisissez-en un qui ne dit rien de personne.",
                "This name holds a number, an address or a plate, or attacks somebody. Choose one that says nothing of anybody.",
            ),
            Self::PseudonymReserved => (
                "Ce nom parlerait pour d’autres que vous. Choisissez-en un autre.",
                "This name would speak for others than you. Please choose another.",
            ),
            Self::PseudonymTaken => (
                "Ce nom, ou un nom qui lui ressemble, est déjà pris ici. Choisissez-en un autre.",
                "This name, or one that looks like it, is taken here. Please choose another.",
            ),
            Self::OutsideNeighbourhood => (
                "Ce carreau n’est pas de ce quartier. Choisissez-en un sur la carte, ou le quartier entier.",
                "This tile is not in this neighbourhood. Choose one on the map, or the whole neighbourhood.",
            ),
            Self::AlreadyMember => (
                "Vous faites déjà partie de ce quartier. Le code reste à qui voudra s’en servir.",
                "You already belong to this neighbourhood. The code is still there for somebody else.",
            ),
            Self::TooManyNeighbourhoods => (
                "Vous faites déjà partie de seize quartiers.",
                "You already belong to sixteen neighbourhoods.",
            ),
            Self::TooManyInvites => (
                "Vous avez déjà deux invitations ouvertes. Annulez-en une, ou attendez qu’elle serve ou se termine.",
                "You already have two open invites. Cancel one, or wait until it is used or ends.",
            ),
            Self::UsesOutOfRange => (
                "Un code sert de 1 à 10 fois.",
                "A code can be used 1 to 10 times.",
            ),
            Self::DaysOutOfRange => (
                "Un code dure de 1 à 30 jours.",
                "A code lasts 1 to 30 days.",
            ),
            Self::AlreadyVouched
            | Self::VouchingOpen
            | Self::PostcardOpen
            | Self::PostcardsOff
            | Self::AddressLines
            | Self::DoubtMissing => self.words_of_joining(),
            Self::Area(refusal) => refusal.words(),
        };
        locale.pick(french, english)
    }

    /// In French and in English, to who joins without anybody's code and to who stands by them; nothing for anything else.
    const fn words_of_joining(self) -> (&'static str, &'static str) {
        match self {
            Self::AlreadyVouched => (
                "Vous vous êtes déjà porté garant ici. Il en faut deux\u{a0}: quelqu’un d’autre doit voir le code.",
                "You vouched here already. It takes two: somebody else has to be shown the code.",
            ),
            Self::VouchingOpen => (
                "Vous demandez déjà à vos voisins de se porter garants. Montrez le code que vous avez, ou retirez votre demande pour en avoir un autre.",
                "You are asking neighbours to vouch already. Show the code you have, or withdraw to get another.",
            ),
            Self::PostcardOpen => (
                "Une carte postale est déjà en route pour vous. Attendez-la, ou retirez votre demande.",
                "A postcard is under way to you already. Wait for it, or withdraw what you asked for.",
            ),
            Self::PostcardsOff => (
                "Les modérateurs de ce quartier n’envoient pas de carte. Demandez un code à quelqu’un du quartier, ou à deux membres de se porter garants.",
                "The moderators of this neighbourhood send no postcards. Ask a neighbour for a code, or two members to vouch for you.",
            ),
            Self::AddressLines => (
                "Écrivez l’adresse comme sur une enveloppe\u{a0}: 1 à 4 lignes de 60 caractères au plus, sans caractère invisible.",
                "Write the address as on an envelope: 1 to 4 lines of at most 60 characters, none of them invisible.",
            ),
            Self::DoubtMissing => (
                "Choisissez ce qui vous fait douter.",
                "Choose what makes you doubt.",
            ),
            _ => ("", ""),
        }
    }
}

/// Reasons as they travel.
pub fn refused(reasons: &[Refusal], locale: Locale) -> Refused {
    let reasons = reasons.iter().map(|refusal| Reason {
        code: refusal.code().to_owned(),
        message: refusal.sentence(locale),
        field: refusal.field().to_owned(),
        start: None,
        end: None,
    });
    Refused {
        reasons: reasons.collect(),
    }
}

const FRENCH_MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// The day of a moment, in French and in English.
fn on_both(at_ms: i64) -> (String, String) {
    (on(at_ms, Locale::French), on(at_ms, Locale::English))
}

/// The day of a moment, in words.
pub fn on(at_ms: i64, locale: Locale) -> String {
    day::date(day::of(at_ms)).map_or_else(String::new, |date| in_words(date, locale))
}

fn in_words(date: Date, locale: Locale) -> String {
    let (number, month) = (date.day(), date.month());
    match locale {
        Locale::French if number == 1 => {
            format!("1er {}", FRENCH_MONTHS[usize::from(u8::from(month)) - 1])
        }
        Locale::French => format!(
            "{number} {}",
            FRENCH_MONTHS[usize::from(u8::from(month)) - 1]
        ),
        Locale::English => format!("{number} {month}"),
    }
}

#[cfg(test)]
mod tests {
    use runtime::DAY_MS;

    use super::*;

    #[test]
    fn a_day_is_said_in_words() {
        assert_eq!(on(0, Locale::French), "1er janvier");
        assert_eq!(on(31 * DAY_MS, Locale::English), "1 February");
    }
}
