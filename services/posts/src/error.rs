//! What goes wrong in posts, and its one mapping to faults.

use contract::{Fault, Locale};
use runtime::CursorUnknown;
use store::{NoClientKey, StoreFault};
use tonic::Status;

/// A call that posts did not carry out.
#[derive(Debug, thiserror::Error)]
pub enum PostsFault {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// Nobody signed in, no member, a malformed id.
    #[error(transparent)]
    Caller(#[from] Fault),
    /// Not there, or not the caller's.
    #[error("no such notice")]
    NotFound,
    /// The same key with another body.
    #[error("a client key was used for something else")]
    KeyReused,
    /// The state of the notice does not allow it.
    #[error("the state of the notice does not allow this")]
    WrongState,
    /// What was read is no longer what there is.
    #[error("the notice was changed after it was read")]
    ChangedMeanwhile,
    /// The neighbourhood's level map has not arrived yet.
    #[error("the neighbourhood is not known here yet")]
    NoMap,
}

impl From<NoClientKey> for PostsFault {
    fn from(_: NoClientKey) -> Self {
        Self::Caller(Fault::no_client_key())
    }
}

impl From<CursorUnknown> for PostsFault {
    fn from(_: CursorUnknown) -> Self {
        Self::Caller(Fault::cursor_unknown())
    }
}

impl PostsFault {
    /// As the caller sees it, in their language.
    pub fn status(self, locale: Locale) -> Status {
        let conflict = |code: &'static str, french: &'static str, english: &'static str| {
            Fault::conflict(code, locale.pick(french, english))
        };
        let fault = match self {
            Self::Store(fault) if fault.passes() => Fault::unavailable(locale.pick(
                "Palier est très occupé. Réessayez dans un instant.",
                "Palier is busy. Please try again in a moment.",
            )),
            Self::Store(fault) => {
                tracing::error!(role = "posts", reason = %fault, "the store failed");
                Fault::internal()
            }
            Self::Caller(fault) => fault,
            Self::NotFound => Fault::not_found(),
            Self::KeyReused => conflict(
                "KEY_REUSED",
                "Cette clé a déjà servi pour un autre texte. Rechargez la page et recommencez.",
                "This key was already used for another text. Reload the page and try again.",
            ),
            Self::WrongState => conflict(
                "WRONG_STATE",
                "L’annonce n’est plus dans un état qui le permet. Rechargez-la.",
                "The notice is no longer in a state that allows this. Reload it.",
            ),
            Self::ChangedMeanwhile => conflict(
                "CHANGED_MEANWHILE",
                "L’annonce a changé depuis que vous l’avez lue. Relisez-la, puis confirmez.",
                "The notice was changed after you read it. Read it again, then confirm.",
            ),
            Self::NoMap => Fault::unavailable(locale.pick(
                "Ce voisinage s’installe encore. Réessayez dans une minute.",
                "This neighbourhood is still being set up. Please try again in a minute.",
            )),
        };
        fault.into()
    }
}
