//! What contradicts how things stand.

use contract::{Fault, Locale};

/// Why something cannot be done as things stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Conflict {
    /// It is decided, closed or gone.
    WrongState,
    /// Another moderator has claimed it.
    ClaimedByAnother,
    /// The caller has not claimed it, or too long ago.
    NotClaimed,
    /// The caller wrote it or reported it.
    OwnCase,
    /// The caller does not want to decide about it.
    Recused,
    /// What was read is no longer what there is.
    ChangedMeanwhile,
    /// The caller decided it before, or took part in that.
    OwnDecision,
    /// Against this nobody appeals: it was not decided against them, or too long ago.
    NotAppealable,
    /// The caller proposed it.
    OwnProposal,
    /// The same is proposed already.
    ProposedAlready,
    /// A limit is raised already.
    RaisedAlready,
    /// The same key with another body.
    KeyReused,
}

contract::codes! { Conflict::code {
    Self::WrongState => "WRONG_STATE",
    Self::ClaimedByAnother => "CLAIMED_BY_ANOTHER",
    Self::NotClaimed => "NOT_CLAIMED",
    Self::OwnCase => "OWN_CASE",
    Self::Recused => "RECUSED",
    Self::ChangedMeanwhile => "CHANGED_MEANWHILE",
    Self::OwnDecision => "OWN_DECISION",
    Self::NotAppealable => "NOT_APPEALABLE",
    Self::OwnProposal => "OWN_PROPOSAL",
    Self::ProposedAlready => "PROPOSED_ALREADY",
    Self::RaisedAlready => "RAISED_ALREADY",
    Self::KeyReused => "KEY_REUSED",
} }

impl Conflict {
    /// As the caller sees it, in their language.
    pub fn fault(self, locale: Locale) -> Fault {
        let (french, english) = match self {
            Self::WrongState => (
                "Ce n’est plus ouvert. Rechargez la page.",
                "This is no longer open. Reload the page.",
            ),
            Self::ClaimedByAnother => (
                "Un autre modérateur s’en occupe. Prenez-en un autre, ou revenez dans un quart d’heure.",
                "Another moderator is at it. Take another one, or come back in a quarter of an hour.",
            ),
            Self::NotClaimed => (
                "Prenez d’abord ce cas : vous ne l’aviez pas, ou votre quart d’heure est passé.",
                "Claim this case first: it was not yours, or your quarter of an hour is over.",
            ),
            Self::OwnCase => (
                "Vous l’avez écrit ou signalé : un autre modérateur doit décider.",
                "You wrote it or reported it: another moderator has to decide.",
            ),
            Self::Recused => (
                "Vous vous êtes récusé de ce cas.",
                "You stood back from this case.",
            ),
            Self::ChangedMeanwhile => (
                "Le texte a changé depuis que vous l’avez lu, ou quelqu’un a dit autre chose à son sujet. Relisez, puis décidez.",
                "The text was changed after you read it, or somebody said something else about it. Read it again, then decide.",
            ),
            Self::OwnDecision => (
                "Vous avez pris part à la première décision : un autre modérateur doit juger le recours.",
                "You took part in the first decision: another moderator has to decide the appeal.",
            ),
            Self::NotAppealable => (
                "Il n’y a pas, ou plus, de recours possible contre cette décision.",
                "Against this decision no appeal is possible, or none any more.",
            ),
            Self::OwnProposal => (
                "Vous l’avez proposé : un autre modérateur doit l’approuver.",
                "You proposed it: another moderator has to approve.",
            ),
            Self::ProposedAlready => (
                "C’est déjà proposé. Un autre modérateur doit se prononcer.",
                "This is proposed already. Another moderator has to say yes or no.",
            ),
            Self::RaisedAlready => (
                "Cette limite est déjà relevée. Attendez que cela finisse, ou mettez-y fin.",
                "This limit is raised already. Wait for that to be over, or end it.",
            ),
            Self::KeyReused => (
                "Cette clé a déjà servi pour autre chose. Rechargez la page et recommencez.",
                "This key was already used for something else. Reload the page and try again.",
            ),
        };
        Fault::conflict(self.code(), locale.pick(french, english).to_owned())
    }
}
