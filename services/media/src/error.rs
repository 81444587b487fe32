//! What goes wrong in media, and its one mapping to faults.

use contract::{Fault, Locale};
use runtime::HeavyFault;
use store::StoreFault;
use tonic::Status;

use crate::answer;
use crate::picture::Refusal;
use crate::words;

/// A call that media did not carry out.
#[derive(Debug, thiserror::Error)]
pub enum MediaFault {
    /// The database failed.
    #[error(transparent)]
    Store(#[from] StoreFault),
    /// The files could not be written, read or deleted. Only the kind of fault is shown.
    #[error("the files failed: {}", answer::kind(.0))]
    Files(#[from] object_store::Error),
    /// Work on a picture ended without an answer.
    #[error(transparent)]
    Work(#[from] HeavyFault),
    /// Nobody signed in, a malformed id.
    #[error(transparent)]
    Caller(#[from] Fault),
    /// Not there, or not the caller's to see.
    #[error("no such picture")]
    NotFound,
    /// The file cannot become a picture.
    #[error(transparent)]
    Refused(#[from] Refusal),
    /// A piece of an upload is longer than a piece may be.
    #[error("a piece of an upload is too long")]
    PieceTooLong,
    /// More came than was announced.
    #[error("an upload is longer than announced")]
    LongerThanAnnounced,
    /// The upload stopped before its end.
    #[error("an upload broke off")]
    BrokenOff,
    /// The upload did not end in time.
    #[error("an upload took too long")]
    TooSlow,
    /// So many pictures of the caller wait for a notice that no more are taken before then.
    #[error("too many loose pictures")]
    TooManyLoose {
        /// When the oldest of them is deleted, in milliseconds since 1970.
        retry_at_ms: i64,
    },
    /// More pictures were asked about than a notice can have.
    #[error("too many pictures at once")]
    TooManyAsked,
}

impl MediaFault {
    /// As the caller sees it, in their language.
    pub fn status(self, locale: Locale) -> Status {
        let invalid = |code: &'static str, french: &'static str, english: &'static str| {
            Fault::invalid(code, locale.pick(french, english))
        };
        let fault = match self {
            Self::Store(fault) if fault.passes() => Fault::unavailable(locale.pick(
                "Palier est très occupé. Réessayez dans un instant.",
                "Palier is busy. Please try again in a moment.",
            )),
            Self::Store(_) | Self::Files(_) | Self::Work(_) => {
                tracing::error!(role = "media", reason = %self, "a call failed");
                Fault::internal()
            }
            Self::Caller(fault) => fault,
            Self::NotFound => Fault::not_found(),
            Self::Refused(refusal) => {
                Fault::invalid(refusal.code(), words::sentence(refusal, locale)).at("file")
            }
            Self::PieceTooLong => invalid(
                "PIECE_TOO_LONG",
                "Envoyez le fichier par morceaux de 64 ko au plus.",
                "Send the file in pieces of at most 64 kB.",
            ),
            Self::LongerThanAnnounced => invalid(
                "LONGER_THAN_ANNOUNCED",
                "Le fichier est plus long qu’annoncé. Envoyez-le à nouveau.",
                "The file is longer than announced. Send it again.",
            ),
            Self::BrokenOff => invalid(
                "BROKEN_OFF",
                "L’envoi s’est interrompu. Envoyez la photo à nouveau.",
                "The upload broke off. Send the picture again.",
            ),
            Self::TooSlow => invalid(
                "TOO_SLOW",
                "L’envoi a pris trop de temps. Réduisez la photo ou trouvez un meilleur réseau, puis envoyez-la à nouveau.",
                "The upload took too long. Scale the picture down or find a better connection, and send it again.",
            ),
            Self::TooManyLoose { retry_at_ms } => Fault::limited(
                locale.pick(
                    "Trente de vos photos attendent déjà une annonce. Affichez-en, ou attendez que les plus anciennes s’effacent.",
                    "Thirty of your pictures already wait for a notice. Put some up, or wait until the oldest are deleted.",
                ),
                retry_at_ms,
            ),
            Self::TooManyAsked => invalid(
                "TOO_MANY",
                "Une annonce porte quatre photos au plus.",
                "A notice has at most four pictures.",
            )
            .at("ids"),
        };
        fault.into()
    }
}
