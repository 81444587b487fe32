//! Places and moments.

use async_graphql::{InputType, InputValueError, InputValueResult, Scalar, ScalarType, Value};
use geo::Place;
use time::OffsetDateTime;
use time::format_description::well_known::Rfc3339;

use crate::error::rfc3339;

/// 1970-01-01 to 2100-01-01.
const EARLIEST_MS: i64 = 0;
const LATEST_MS: i64 = 4_102_444_800_000;

/// The token of an S2 cell of level 11 to 14, or `X` for the whole neighbourhood. A finer cell is coarsened to level 14 as
/// it is read, and to the neighbourhood's own tiles before anything else sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct CellToken(pub Place);

/// The token of an S2 cell of level 11 to 14, or `X` for the whole neighbourhood. What is finer than the neighbourhood's
/// level map is coarsened to its cell before anything sees it.
#[Scalar(
    name = "CellToken",
    specified_by_url = "http://s2geometry.io/devguide/s2cell_hierarchy"
)]
impl ScalarType for CellToken {
    fn parse(value: Value) -> InputValueResult<Self> {
        // The value itself is never repeated: it may be finer than anything that may be said.
        let Value::String(token) = value else {
            return Err(refused(
                "CELL_MALFORMED",
                "A tile is given by its token, a text.",
            ));
        };
        Place::from_token(&token)
            .map(Self)
            .map_err(|error| refused(error.code(), &error.to_string()))
    }

    fn to_value(&self) -> Value {
        Value::String(self.0.token())
    }
}

/// A moment, in milliseconds since 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct DateTime(pub i64);

impl DateTime {
    /// A moment, where 0 stands for none.
    pub(crate) fn unless_zero(at_ms: i64) -> Option<Self> {
        (at_ms != 0).then_some(Self(at_ms))
    }
}

/// A moment as RFC 3339 writes it, such as `2026-11-23T10:15:00Z`; from 1970 to 2100.
#[Scalar(
    name = "DateTime",
    specified_by_url = "https://www.rfc-editor.org/rfc/rfc3339"
)]
impl ScalarType for DateTime {
    fn parse(value: Value) -> InputValueResult<Self> {
        let read = |text: &str| {
            let at = OffsetDateTime::parse(text, &Rfc3339).ok()?;
            let at_ms = i64::try_from(at.unix_timestamp_nanos().div_euclid(1_000_000)).ok()?;
            (EARLIEST_MS..LATEST_MS)
                .contains(&at_ms)
                .then_some(Self(at_ms))
        };
        let Value::String(text) = &value else {
            return Err(refused(
                "TIME_MALFORMED",
                "A moment is a text such as 2026-11-23T10:15:00Z.",
            ));
        };
        // Longer ones only add digits behind the milliseconds.
        (text.len() <= 40)
            .then(|| read(text))
            .flatten()
            .ok_or_else(|| {
                refused(
                    "TIME_MALFORMED",
                    "A moment looks like 2026-11-23T10:15:00Z and lies between 1970 and 2100.",
                )
            })
    }

    fn to_value(&self) -> Value {
        rfc3339(self.0).map_or(Value::Null, Value::String)
    }
}

fn refused<T: InputType>(reason: &'static str, message: &str) -> InputValueError<T> {
    InputValueError::custom(message).with_extension("reason", reason)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn cell(value: Value) -> Result<String, String> {
        <CellToken as ScalarType>::parse(value)
            .map(|cell| cell.0.token())
            .map_err(|error| {
                error
                    .into_server_error(async_graphql::Pos::default())
                    .message
            })
    }

    fn moment(text: &str) -> Option<i64> {
        <DateTime as ScalarType>::parse(Value::from(text))
            .ok()
            .map(|at| at.0)
    }

    #[test]
    fn what_is_finer_than_level_14_is_coarsened_as_it_is_read() {
        // The same place at levels 13 to 16.
        for token in ["47e66e1d", "47e66e1dc", "47e66e1d9", "47E66E1D9"] {
            assert_eq!(cell(Value::from(token)).unwrap(), "47e66e1d");
        }
        assert_eq!(cell(Value::from("47e66e1c")).unwrap(), "47e66e1c");
        assert_eq!(cell(Value::from("X")).unwrap(), "X");
    }

    #[test]
    fn what_is_no_cell_is_refused_without_being_repeated() {
        for value in [
            Value::from("48.8566,2.3522"),
            Value::from("+1"),
            Value::from(""),
            Value::from("47e66e1d9zz"),
            Value::from(47),
            Value::Null,
        ] {
            let message = cell(value.clone()).unwrap_err();
            assert!(
                !message.contains("48.8566") && !message.contains("47e"),
                "{message}"
            );
        }
    }

    #[test]
    fn moments_are_read_and_written_alike() {
        assert_eq!(moment("2026-11-23T10:15:00Z"), Some(1_795_428_900_000));
        assert_eq!(moment("2026-11-23T11:15:00+01:00"), Some(1_795_428_900_000));
        assert_eq!(
            ScalarType::to_value(&DateTime(1_795_428_900_000)),
            Value::from("2026-11-23T10:15:00Z")
        );
        for text in [
            "",
            "now",
            "2026-11-23",
            "1969-12-31T23:59:59Z",
            "2100-01-01T00:00:00Z",
            "2026-13-01T00:00:00Z",
        ] {
            assert_eq!(moment(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_moment_within_the_bounds_comes_back(at_ms in EARLIEST_MS..LATEST_MS) {
            let Value::String(text) = ScalarType::to_value(&DateTime(at_ms)) else { panic!() };
            prop_assert_eq!(moment(&text), Some(at_ms));
        }
    }
}
