//! Which limits there are, and how one says that it was reached: what, and when again.

use contract::Locale;
use contract::common::RateLimited;

/// Which limit was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// Trying codes.
    Codes,
    /// Signing up.
    SignUps,
    /// Giving addresses at which to be told.
    ReplyAddresses,
    /// Passwords.
    Passwords,
    /// Asking for a new password.
    Recoveries,
    /// Choosing another home tile.
    Home,
    /// Choosing another pseudonym.
    Pseudonyms,
    /// Changing what a followed area is made of.
    Areas,
    /// Asking neighbours to vouch.
    Vouchings,
    /// Vouching.
    Vouches,
    /// Asking for postcards.
    Postcards,
    /// Postcards of a neighbourhood.
    PostcardsHere,
    /// Having moderators look at memberships.
    Questions,
}

impl Limit {
    /// The stable name.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Codes => "CODES",
            Self::SignUps => "SIGN_UPS",
            Self::ReplyAddresses => "REPLY_ADDRESSES",
            Self::Passwords => "PASSWORDS",
            Self::Recoveries => "RECOVERIES",
            Self::Home => "HOME",
            Self::Pseudonyms => "PSEUDONYMS",
            Self::Areas => "AREAS",
            Self::Vouchings => "VOUCHINGS",
            Self::Vouches => "VOUCHES",
            Self::Postcards => "POSTCARDS",
            Self::PostcardsHere => "POSTCARDS_HERE",
            Self::Questions => "QUESTIONS",
        }
    }

    /// What to do and when again.
    pub fn sentence(self, retry_at_ms: i64, now_ms: i64, locale: Locale) -> String {
        let wait = wait(retry_at_ms - now_ms, locale);
        let (french, english) = match self {
            Self::Codes => (
                "Trop de codes essayés d’ici.",
                "Too many codes were tried from here.",
            ),
            Self::SignUps => (
                "Trop d’inscriptions à la fois.",
                "Too many sign-ups at once.",
            ),
            Self::ReplyAddresses => (
                "Trop d’adresses de réponse données à la fois.",
                "Too many reply addresses were given at once.",
            ),
            Self::Passwords => (
                "Trop d’essais de mot de passe.",
                "Too many passwords were tried.",
            ),
            Self::Recoveries => ("Trop de demandes à la fois.", "Too many requests at once."),
            Self::Home => (
                "Le carreau où vous habitez se change une fois par saison.",
                "Your home tile changes once a season.",
            ),
            Self::Pseudonyms => (
                "Votre nom a changé il y a peu\u{a0}: vos voisins doivent vous reconnaître.",
                "Your name changed a short while ago: your neighbours should know you again.",
            ),
            Self::Areas => (
                "Les zones que vous suivez changent cinq fois par jour au plus.",
                "The areas you follow change at most five times a day.",
            ),
            Self::Vouchings => (
                "Vous avez demandé trop souvent à des voisins de se porter garants.",
                "You asked neighbours to vouch too often.",
            ),
            Self::Vouches => (
                "On se porte garant deux fois par mois au plus.",
                "Members vouch at most twice a month.",
            ),
            Self::Postcards => (
                "Vous avez demandé trop de cartes postales.",
                "You asked for too many postcards.",
            ),
            Self::PostcardsHere => (
                "On a demandé beaucoup de cartes postales dans ce quartier aujourd’hui.",
                "Many postcards were asked for in this neighbourhood today.",
            ),
            Self::Questions => (
                "C’est beaucoup pour un jour\u{a0}: ce que vous avez déjà dit sera lu.",
                "That is a lot for one day: what you said already will be read.",
            ),
        };
        match locale {
            Locale::French => format!("{french} Vous pourrez réessayer dans {wait}."),
            Locale::English => format!("{english} You can try again in {wait}."),
        }
    }

    /// As it travels.
    pub fn limited(self, retry_at_ms: i64, now_ms: i64, locale: Locale) -> RateLimited {
        RateLimited {
            limit: self.code().to_owned(),
            retry_at_ms,
            message: self.sentence(retry_at_ms, now_ms, locale),
        }
    }
}

/// A duration, rounded up, in its largest sensible unit.
fn wait(duration_ms: i64, locale: Locale) -> String {
    let seconds = in_units(duration_ms.max(1), 1_000);
    let (count, french, english) = match seconds {
        ..60 => (seconds, "seconde", "second"),
        60..5_400 => (in_units(seconds, 60), "minute", "minute"),
        5_400..129_600 => (in_units(seconds, 3_600), "heure", "hour"),
        _ => (in_units(seconds, 86_400), "jour", "day"),
    };
    let plural = if count > 1 { "s" } else { "" };
    format!("{count} {}{plural}", locale.pick(french, english))
}

/// Division that rounds up, for numbers that are not negative.
const fn in_units(count: i64, unit: i64) -> i64 {
    count.saturating_add(unit - 1) / unit
}

#[cfg(test)]
mod tests {
    use runtime::{DAY_MS, HOUR_MS, MINUTE_MS};

    use super::*;

    #[test]
    fn a_wait_is_said_in_words_people_use() {
        for (ms, french, english) in [
            (1, "1 seconde", "1 second"),
            (30_000, "30 secondes", "30 seconds"),
            (MINUTE_MS, "1 minute", "1 minute"),
            (15 * MINUTE_MS - 1, "15 minutes", "15 minutes"),
            (4 * HOUR_MS, "4 heures", "4 hours"),
            (90 * DAY_MS, "90 jours", "90 days"),
        ] {
            assert_eq!(wait(ms, Locale::French), french);
            assert_eq!(wait(ms, Locale::English), english);
        }
    }
}
