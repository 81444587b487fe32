//! What went wrong with a call, and its one spelling on the wire.

use std::borrow::Cow;

use http::HeaderMap;
use prost::Message;
use tonic::metadata::{BinaryMetadataValue, MetadataMap};
use tonic::{Code, Status};

use crate::common;

const METADATA_KEY: &str = "palier-fault-bin";

/// The eight ways a call fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum FaultKind {
    /// A value is not of the form asked for.
    Invalid,
    /// Nobody is signed in, or no longer.
    Unauthenticated,
    /// Known, but not allowed.
    Forbidden,
    /// Not there, or not yours.
    NotFound,
    /// It contradicts what is there: another state, another body under the same key.
    Conflict,
    /// Too much or too often.
    Limited,
    /// Cannot be done now; trying again helps.
    Unavailable,
    /// Our fault.
    Internal,
}

impl FaultKind {
    /// Every one of them.
    pub const ALL: [Self; 8] = [
        Self::Invalid,
        Self::Unauthenticated,
        Self::Forbidden,
        Self::NotFound,
        Self::Conflict,
        Self::Limited,
        Self::Unavailable,
        Self::Internal,
    ];

    /// Its code: what clients branch on.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Invalid => "INVALID",
            Self::Unauthenticated => "UNAUTHENTICATED",
            Self::Forbidden => "FORBIDDEN",
            Self::NotFound => "NOT_FOUND",
            Self::Conflict => "CONFLICT",
            Self::Limited => "RATE_LIMITED",
            Self::Unavailable => "UNAVAILABLE",
            Self::Internal => "INTERNAL",
        }
    }

    /// What a status stands for that is not [`Code::Ok`], whoever made it.
    pub fn of_code(code: Code) -> Self {
        let ours = Self::ALL.into_iter().find(|kind| wire(*kind).0 == code);
        ours.unwrap_or(match code {
            Code::DeadlineExceeded | Code::Cancelled => Self::Unavailable,
            _ => Self::Internal,
        })
    }

    /// What went wrong with a call, by the head of its answer; none where nothing did so far.
    pub fn of_answer(headers: &HeaderMap) -> Option<Self> {
        let code = Status::from_header_map(headers)?.code();
        (code != Code::Ok).then(|| Self::of_code(code))
    }
}

/// A failed call: a stable code, a sentence that helps, nothing personal.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {message}")]
pub struct Fault {
    /// Which of the eight.
    pub kind: FaultKind,
    /// Stable, upper snake case; clients may rely on it.
    pub code: Cow<'static, str>,
    /// What the caller can do about it.
    pub message: Cow<'static, str>,
    /// The field at fault, where one is.
    pub field: Option<Cow<'static, str>>,
    /// When trying again makes sense, in milliseconds since 1970.
    pub retry_at_ms: Option<i64>,
}

impl Fault {
    fn new(
        kind: FaultKind,
        code: impl Into<Cow<'static, str>>,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self {
            kind,
            code: code.into(),
            message: message.into(),
            field: None,
            retry_at_ms: None,
        }
    }

    /// A value is not of the form asked for.
    pub fn invalid(
        code: impl Into<Cow<'static, str>>,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::new(FaultKind::Invalid, code, message)
    }

    /// Nobody is signed in.
    pub fn unauthenticated() -> Self {
        Self::new(
            FaultKind::Unauthenticated,
            "UNAUTHENTICATED",
            "Please sign in.",
        )
    }

    /// Known, but not allowed.
    pub fn forbidden(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(FaultKind::Forbidden, "FORBIDDEN", message)
    }

    /// Not there, or not yours: the two read alike.
    pub fn not_found() -> Self {
        Self::new(
            FaultKind::NotFound,
            "NOT_FOUND",
            "There is nothing here, or it is not yours to see.",
        )
    }

    /// It contradicts what is there.
    pub fn conflict(
        code: impl Into<Cow<'static, str>>,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self::new(FaultKind::Conflict, code, message)
    }

    /// Too much or too often; `retry_at_ms` says when again.
    pub fn limited(message: impl Into<Cow<'static, str>>, retry_at_ms: i64) -> Self {
        Self {
            retry_at_ms: Some(retry_at_ms),
            ..Self::new(FaultKind::Limited, "RATE_LIMITED", message)
        }
    }

    /// Cannot be done now; trying again helps.
    pub fn unavailable(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(FaultKind::Unavailable, "UNAVAILABLE", message)
    }

    /// Our fault. What happened goes to the log, never to the caller.
    pub fn internal() -> Self {
        Self::new(
            FaultKind::Internal,
            "INTERNAL",
            "Something went wrong here. Nothing was lost; please try again.",
        )
    }

    /// What is to be carried out only once came without a key to know it by.
    pub fn no_client_key() -> Self {
        Self::invalid(
            "INVALID_CLIENT_KEY",
            "A client key is 16 to 64 random bytes, made anew for each thing you send.",
        )
        .at("clientKey")
    }

    /// The same fault, naming the field at fault.
    #[must_use]
    pub fn at(mut self, field: impl Into<Cow<'static, str>>) -> Self {
        self.field = Some(field.into());
        self
    }
}

const fn wire(kind: FaultKind) -> (Code, common::fault::Kind) {
    use common::fault::Kind;
    match kind {
        FaultKind::Invalid => (Code::InvalidArgument, Kind::Invalid),
        FaultKind::Unauthenticated => (Code::Unauthenticated, Kind::Unauthenticated),
        FaultKind::Forbidden => (Code::PermissionDenied, Kind::Forbidden),
        FaultKind::NotFound => (Code::NotFound, Kind::NotFound),
        FaultKind::Conflict => (Code::FailedPrecondition, Kind::Conflict),
        FaultKind::Limited => (Code::ResourceExhausted, Kind::Limited),
        FaultKind::Unavailable => (Code::Unavailable, Kind::Unavailable),
        FaultKind::Internal => (Code::Internal, Kind::Internal),
    }
}

impl From<Fault> for Status {
    fn from(fault: Fault) -> Self {
        let (code, kind) = wire(fault.kind);
        let message = common::Fault {
            kind: kind.into(),
            code: fault.code.into_owned(),
            message: fault.message.into_owned(),
            field: fault.field.map(Cow::into_owned).unwrap_or_default(),
            retry_at_ms: fault.retry_at_ms.unwrap_or_default(),
        };
        let mut metadata = MetadataMap::new();
        metadata.insert_bin(
            METADATA_KEY,
            BinaryMetadataValue::from_bytes(&message.encode_to_vec()),
        );
        Status::with_metadata(code, message.code, metadata)
    }
}

impl From<Status> for Fault {
    fn from(status: Status) -> Self {
        let carried = status
            .metadata()
            .get_bin(METADATA_KEY)
            .and_then(|value| value.to_bytes().ok())
            .and_then(|bytes| common::Fault::decode(bytes).ok());
        let Some(fault) = carried else {
            return match status.code() {
                Code::Unavailable | Code::DeadlineExceeded | Code::Cancelled => {
                    Self::unavailable("This part of Palier does not answer. Please try again.")
                }
                Code::ResourceExhausted => Self::unavailable("Too much at once. Please try again."),
                _ => Self::internal(),
            };
        };
        let kind = match fault.kind() {
            common::fault::Kind::Internal => FaultKind::Internal,
            common::fault::Kind::Invalid => FaultKind::Invalid,
            common::fault::Kind::Unauthenticated => FaultKind::Unauthenticated,
            common::fault::Kind::Forbidden => FaultKind::Forbidden,
            common::fault::Kind::NotFound => FaultKind::NotFound,
            common::fault::Kind::Conflict => FaultKind::Conflict,
            common::fault::Kind::Limited => FaultKind::Limited,
            common::fault::Kind::Unavailable => FaultKind::Unavailable,
        };
        Self {
            kind,
            code: fault.code.into(),
            message: fault.message.into(),
            field: (!fault.field.is_empty()).then(|| fault.field.into()),
            retry_at_ms: (fault.retry_at_ms != 0).then_some(fault.retry_at_ms),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_crosses_the_wire_unchanged() {
        let faults = [
            Fault::invalid("TOO_LONG", "At most 120 characters.").at("title"),
            Fault::unauthenticated(),
            Fault::forbidden("Moderators only."),
            Fault::not_found(),
            Fault::conflict("KEY_REUSED", "This key was used for something else."),
            Fault::limited("Too often.", 1_700_000_000_000),
            Fault::unavailable("Later."),
            Fault::internal(),
        ];
        for fault in faults {
            assert_eq!(Fault::from(Status::from(fault.clone())), fault);
        }
    }

    #[test]
    fn the_kind_of_a_fault_is_known_by_the_head_of_the_answer() {
        for kind in FaultKind::ALL {
            let fault = Fault::new(kind, kind.code(), "");
            let answer: http::Response<tonic::body::Body> = Status::from(fault).into_http();
            assert_eq!(FaultKind::of_answer(answer.headers()), Some(kind));
        }
        assert_eq!(FaultKind::of_answer(&HeaderMap::new()), None);
        assert_eq!(
            FaultKind::of_code(Code::DeadlineExceeded),
            FaultKind::Unavailable
        );
    }

    #[test]
    fn a_status_of_another_origin_is_masked() {
        let fault = Fault::from(Status::unknown("SELECT secret FROM accounts"));
        assert_eq!(fault.kind, FaultKind::Internal);
        assert!(!fault.message.contains("secret"));
    }
}
