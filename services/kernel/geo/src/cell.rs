//! A cell: the finest answer to "where" that exists.

use std::collections::BTreeSet;
use std::fmt;
use std::iter::successors;

use s2::cell::Cell;
use s2::cellid::CellID;
use s2::latlng::LatLng;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The coarsest level of a cell: between 12 and 25 km2 in Europe.
pub const COARSEST: u8 = 11;

/// The finest level of a cell: between 0.19 and 0.38 km2 in Europe, some 560 m across.
pub const FINEST: u8 = 14;

/// S2's deepest level, whose cells are about a centimetre across.
const DEEPEST: u8 = 30;

/// S2 projects the sphere onto the six faces of a cube; the face is the top three bits of an id.
const FACES: u64 = 6;

/// Where the bits of the face begin.
const FACE_SHIFT: u32 = 61;

/// An S2 cell of level 11 to 14.
///
/// A finer one cannot be made by any constructor, conversion or deserialisation of this crate. `Debug` shows the level
/// only and there is no `Display`, so a log line cannot tell the place; [`CoarseCell::token`] has to be asked for.
///
/// Cells are ordered along S2's curve; this is the order of the ids as unsigned numbers, and of the tokens of one
/// level as text. Stored as signed numbers, cells of different faces sort differently.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CoarseCell(u64);

/// Why something is not a cell. Says nothing of the value that was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CellError {
    /// Not 1 to 16 hexadecimal digits.
    #[error("a cell token has 1 to 16 hexadecimal digits and nothing else")]
    Malformed,
    /// Digits, but no cell has this id: there is no such face, or the lowest bit is at an odd position.
    #[error("this is not the id of an S2 cell")]
    NotACell,
    /// A cell coarser than level 11.
    #[error("the cell is too coarse: the coarsest level is 11")]
    TooCoarse,
    /// A cell finer than level 14, where it may not be coarsened because it claims to have been already.
    #[error("the cell is too fine: the finest level is 14")]
    TooFine,
    /// A level outside 11 to 14 was asked for.
    #[error("a cell has a level from 11 to 14")]
    LevelOutOfRange,
    /// A latitude or a longitude that is infinite or not a number.
    #[error("a position has a finite latitude and longitude")]
    PositionNotFinite,
    /// A latitude beyond 90 degrees or a longitude beyond 180.
    #[error("a position has a latitude from -90 to 90 and a longitude from -180 to 180 degrees")]
    PositionOutOfRange,
}

impl CellError {
    /// The stable code of this error, for programs.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Malformed => "CELL_MALFORMED",
            Self::NotACell => "CELL_UNKNOWN",
            Self::TooCoarse => "CELL_TOO_COARSE",
            Self::TooFine => "CELL_TOO_FINE",
            Self::LevelOutOfRange => "LEVEL_OUT_OF_RANGE",
            Self::PositionNotFinite => "POSITION_NOT_FINITE",
            Self::PositionOutOfRange => "POSITION_OUT_OF_RANGE",
        }
    }
}

impl CoarseCell {
    /// Reads S2's token of a cell: the hexadecimal digits of its id without the trailing zeros, in either case.
    ///
    /// A cell finer than level 14 is coarsened to its ancestor of level 14 here, before anything else can see it. A
    /// coarser one than level 11 is refused: it is no place on a board.
    ///
    /// # Errors
    /// [`CellError::Malformed`], [`CellError::NotACell`] or [`CellError::TooCoarse`].
    pub fn from_token(token: &str) -> Result<Self, CellError> {
        if !(1..=16).contains(&token.len()) || !token.bytes().all(|digit| digit.is_ascii_hexdigit())
        {
            return Err(CellError::Malformed);
        }
        let digits = u64::from_str_radix(token, 16).map_err(|_| CellError::Malformed)?;
        // A token leaves the trailing zeros of the sixteen digits out.
        let id = digits << (4 * (16 - token.len()));
        match level_of(id)? {
            level if level < COARSEST => Err(CellError::TooCoarse),
            level => Ok(Self(ancestor(id, level.min(FINEST)))),
        }
    }

    /// S2's token of this cell, in lowercase: 7 or 8 digits.
    pub fn token(self) -> String {
        CellID(self.0).to_token()
    }

    /// The level, from 11 to 14.
    pub fn level(self) -> u8 {
        level_of_lsb(lsb(self.0))
    }

    /// The id as databases keep it: the same 64 bits as a signed number. Never 0.
    pub const fn to_i64(self) -> i64 {
        self.0.cast_signed()
    }

    /// Reads an id from a store.
    ///
    /// # Errors
    /// [`CellError::NotACell`], [`CellError::TooCoarse`], and [`CellError::TooFine`]: what a store holds was coarsened
    /// before it got there, so a finer id is corruption and not a place to be rounded.
    pub fn from_i64(id: i64) -> Result<Self, CellError> {
        let id = id.cast_unsigned();
        match level_of(id)? {
            level if level < COARSEST => Err(CellError::TooCoarse),
            level if level > FINEST => Err(CellError::TooFine),
            _ => Ok(Self(id)),
        }
    }

    /// The cell of `level` that holds a position, which is forgotten. Degrees on WGS 84.
    ///
    /// # Errors
    /// [`CellError::PositionNotFinite`], [`CellError::PositionOutOfRange`] or [`CellError::LevelOutOfRange`].
    pub fn at(latitude_deg: f64, longitude_deg: f64, level: u8) -> Result<Self, CellError> {
        if !(latitude_deg.is_finite() && longitude_deg.is_finite()) {
            return Err(CellError::PositionNotFinite);
        }
        if latitude_deg.abs() > 90.0 || longitude_deg.abs() > 180.0 {
            return Err(CellError::PositionOutOfRange);
        }
        if !(COARSEST..=FINEST).contains(&level) {
            return Err(CellError::LevelOutOfRange);
        }
        let point = CellID::from(LatLng::from_degrees(latitude_deg, longitude_deg));
        Ok(Self(ancestor(point.0, level)))
    }

    /// The ancestor of `level`, or this cell where that would be finer. Levels below 11 count as 11.
    #[must_use]
    pub fn coarsened(self, level: u8) -> Self {
        Self(ancestor(self.0, level.clamp(COARSEST, self.level())))
    }

    /// The cell that this one is a quarter of; none at level 11.
    pub fn parent(self) -> Option<Self> {
        let level = self.level();
        (level > COARSEST).then(|| self.coarsened(level - 1))
    }

    /// The four quarters of this cell in the order of the curve; none at level 14.
    pub fn children(self) -> Option<[Self; 4]> {
        let quarter = lsb(self.0) >> 2;
        let first = self.0 - 3 * quarter;
        (self.level() < FINEST).then(|| [0, 2, 4, 6].map(|step| Self(first + step * quarter)))
    }

    /// Whether `other` is this cell or lies inside it.
    pub fn contains(self, other: Self) -> bool {
        self.0.abs_diff(other.0) < lsb(self.0)
    }

    /// The cells that hold this one, from its parent to level 11.
    pub fn ancestors(self) -> impl Iterator<Item = Self> {
        successors(self.parent(), |cell| cell.parent())
    }

    /// The cells of the same level that touch this one, in order: eight of them, or seven at a corner of S2's cube.
    pub fn neighbours(self) -> Vec<Self> {
        let around = CellID(self.0).all_neighbors(u64::from(self.level()));
        let distinct: BTreeSet<Self> = around.into_iter().map(|cell| Self(cell.0)).collect();
        distinct.into_iter().collect()
    }

    /// The least and the greatest id of the level-14 cells inside, as cells, for range look-ups.
    pub(crate) fn finest_range(self) -> (Self, Self) {
        let reach = lsb(self.0) - lsb_of_level(FINEST);
        (Self(self.0 - reach), Self(self.0 + reach))
    }

    /// The cell with S2's geometry.
    pub(crate) fn geometry(self) -> Cell {
        Cell::from(CellID(self.0))
    }

    /// One of S2's own cells, where its level is one of ours.
    pub(crate) fn from_s2(cell: CellID) -> Option<Self> {
        Self::from_i64(cell.0.cast_signed()).ok()
    }
}

impl fmt::Debug for CoarseCell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CoarseCell(L{})", self.level())
    }
}

impl Serialize for CoarseCell {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.token())
    }
}

impl<'de> Deserialize<'de> for CoarseCell {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // serde's own complaint about a wrong type would quote the value.
        let token = String::deserialize(deserializer)
            .map_err(|_| D::Error::custom(CellError::Malformed))?;
        Self::from_token(&token).map_err(D::Error::custom)
    }
}

/// The lowest bit that is set, which tells the level; 0 of 0.
const fn lsb(id: u64) -> u64 {
    id & id.wrapping_neg()
}

/// The lowest bit of every id of a level.
pub(crate) const fn lsb_of_level(level: u8) -> u64 {
    1 << (2 * (DEEPEST - level))
}

/// The level of the cells whose lowest bit this is.
fn level_of_lsb(lsb: u64) -> u8 {
    u8::try_from(lsb.trailing_zeros() / 2).map_or(0, |up| DEEPEST.saturating_sub(up))
}

/// The level of any S2 cell, or that no cell has this id.
fn level_of(id: u64) -> Result<u8, CellError> {
    if id == 0 || id >> FACE_SHIFT >= FACES || !lsb(id).trailing_zeros().is_multiple_of(2) {
        return Err(CellError::NotACell);
    }
    Ok(level_of_lsb(lsb(id)))
}

/// The cell of `level` that holds the cell `id`, whose level must not be coarser.
const fn ancestor(id: u64, level: u8) -> u64 {
    let lsb = lsb_of_level(level);
    (id & lsb.wrapping_neg()) | lsb
}
