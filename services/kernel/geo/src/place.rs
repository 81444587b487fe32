//! Where a post is, or what a resident calls home.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::cell::{CellError, CoarseCell};

/// S2's own token for "no cell"; here it stands for the whole neighbourhood.
const WHOLE: &str = "X";

/// The whole neighbourhood, or one of its cells. The order puts the whole first.
///
/// `Debug` shows the level at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Place {
    /// Anywhere in the neighbourhood. Token `X`, stored as 0.
    Whole,
    /// In this cell.
    Cell(CoarseCell),
}

impl Place {
    /// Reads `X` or the token of a cell, as [`CoarseCell::from_token`] does.
    ///
    /// # Errors
    /// Those of [`CoarseCell::from_token`].
    pub fn from_token(token: &str) -> Result<Self, CellError> {
        if token == WHOLE {
            Ok(Self::Whole)
        } else {
            CoarseCell::from_token(token).map(Self::Cell)
        }
    }

    /// `X`, or the token of the cell.
    pub fn token(self) -> String {
        match self {
            Self::Whole => WHOLE.to_owned(),
            Self::Cell(cell) => cell.token(),
        }
    }

    /// The level of the cell; none for the whole neighbourhood.
    pub fn level(self) -> Option<u8> {
        self.cell().map(CoarseCell::level)
    }

    /// The cell, unless it is the whole neighbourhood.
    pub const fn cell(self) -> Option<CoarseCell> {
        match self {
            Self::Whole => None,
            Self::Cell(cell) => Some(cell),
        }
    }

    /// The number that databases keep: 0, or the id of the cell.
    pub const fn to_i64(self) -> i64 {
        match self {
            Self::Whole => 0,
            Self::Cell(cell) => cell.to_i64(),
        }
    }

    /// Reads the number from a store.
    ///
    /// # Errors
    /// Those of [`CoarseCell::from_i64`].
    pub fn from_i64(id: i64) -> Result<Self, CellError> {
        if id == 0 {
            Ok(Self::Whole)
        } else {
            CoarseCell::from_i64(id).map(Self::Cell)
        }
    }

    /// The ancestor of `level`, as [`CoarseCell::coarsened`] gives it; the whole stays the whole.
    #[must_use]
    pub fn coarsened(self, level: u8) -> Self {
        match self {
            Self::Whole => Self::Whole,
            Self::Cell(cell) => Self::Cell(cell.coarsened(level)),
        }
    }

    /// Whether `other` is this place or lies inside it.
    pub fn contains(self, other: Self) -> bool {
        match (self, other) {
            (Self::Whole, _) => true,
            (Self::Cell(_), Self::Whole) => false,
            (Self::Cell(outer), Self::Cell(inner)) => outer.contains(inner),
        }
    }
}

impl From<CoarseCell> for Place {
    fn from(cell: CoarseCell) -> Self {
        Self::Cell(cell)
    }
}

impl Serialize for Place {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.token())
    }
}

impl<'de> Deserialize<'de> for Place {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // serde's own complaint about a wrong type would quote the value.
        let token = String::deserialize(deserializer)
            .map_err(|_| D::Error::custom(CellError::Malformed))?;
        Self::from_token(&token).map_err(D::Error::custom)
    }
}
