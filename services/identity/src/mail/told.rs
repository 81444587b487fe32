//! That there is something to read, without a word of it, and where.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use contract::common::Occasion;
use contract::{Locale, STATEMENT_TAG, StatementId};
use serde::{Deserialize, Serialize};

/// What somebody is told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// It was decided about what one wrote.
    Decided,
    /// It was decided about what one reported.
    ReportDecided,
    /// It was decided about one's appeal.
    AppealDecided,
    /// Nobody read in time what one wrote.
    Lapsed,
}

impl Event {
    /// What roles say, where it is something to be told of.
    pub const fn of(occasion: Occasion) -> Option<Self> {
        match occasion {
            Occasion::Unspecified => None,
            Occasion::Decision => Some(Self::Decided),
            Occasion::ReportDecided => Some(Self::ReportDecided),
            Occasion::AppealDecided => Some(Self::AppealDecided),
            Occasion::Lapsed => Some(Self::Lapsed),
        }
    }

    /// In one line.
    pub(super) const fn subject(self, locale: Locale) -> &'static str {
        match self {
            Self::Decided => locale.pick(
                "Une décision sur ce que vous avez écrit",
                "A decision about what you wrote",
            ),
            Self::ReportDecided => locale.pick(
                "Une décision sur votre signalement",
                "A decision about your report",
            ),
            Self::AppealDecided => locale.pick(
                "Une décision sur votre recours",
                "A decision about your appeal",
            ),
            Self::Lapsed => locale.pick(
                "Ce que vous avez écrit n’a pas été relu à temps",
                "What you wrote was not read in time",
            ),
        }
    }

    /// In one sentence, before the link.
    pub(super) const fn sentence(self, locale: Locale) -> &'static str {
        match self {
            Self::Decided => locale.pick(
                "Les modérateurs ont pris une décision sur ce que vous avez écrit. Ce qu’ils ont décidé, pourquoi, et comment la contester se lit ici\u{a0}:",
                "Moderators decided about something you wrote. What they decided, why, and how to appeal can be read here:",
            ),
            Self::ReportDecided => locale.pick(
                "Les modérateurs ont pris une décision sur ce que vous avez signalé. Ce qu’ils ont décidé, pourquoi, et comment la contester se lit ici\u{a0}:",
                "Moderators decided about something you reported. What they decided, why, and how to appeal can be read here:",
            ),
            Self::AppealDecided => locale.pick(
                "Il a été décidé de votre recours. Ce qui a été décidé, et pourquoi, se lit ici\u{a0}:",
                "Your appeal was decided. What was decided, and why, can be read here:",
            ),
            Self::Lapsed => locale.pick(
                "Personne n’a relu à temps ce que vous avez écrit, qui n’a donc pas été affiché. Ce que vous pouvez faire se lit ici\u{a0}:",
                "Nobody read in time what you wrote, so it was not shown. What you can do can be read here:",
            ),
        }
    }
}

/// A statement's id as clients name it; the edge reads it again (`id.rs`, `a_statement_has_the_id_that_mails_name`).
pub fn name_of(statement: StatementId) -> String {
    let mut bytes = [STATEMENT_TAG; 17];
    bytes[1..].copy_from_slice(statement.uuid().as_bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Where a resident reads all statements, and a visitor the one.
pub(super) fn to_read(public_url: &str, statement: Option<&str>) -> String {
    statement.map_or_else(
        || format!("{public_url}/me/statements"),
        |statement| format!("{public_url}/statement/{statement}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_occasion_has_words_of_its_own() {
        let said = (1..=4).map(|number| Event::of(Occasion::try_from(number).unwrap()).unwrap());
        let said = said.flat_map(|event| {
            let both = [Locale::French, Locale::English];
            both.map(|locale| (event.subject(locale), event.sentence(locale)))
        });
        let said: std::collections::HashSet<_> = said.collect();
        assert_eq!(said.len(), 8);
        assert_eq!(Event::of(Occasion::Unspecified), None);
    }
}
