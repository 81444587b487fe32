//! Where a tile lies from the middle of its neighbourhood, in a word.

use s2::point::Point;
use s2::r3::vector::Vector;

use crate::cell::CoarseCell;

/// A cell whose middle is nearer to the middle of the neighbourhood than this part of its side is the centre.
const CENTRAL: f64 = 1.0 / 3.0;

/// A compass word, for tiles that nobody has named yet ("north-east of ...").
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Direction {
    /// In the middle.
    Centre,
    /// Towards the pole star.
    North,
    /// Between north and east.
    NorthEast,
    /// Towards the sunrise.
    East,
    /// Between south and east.
    SouthEast,
    /// Towards the noon sun of Europe.
    South,
    /// Between south and west.
    SouthWest,
    /// Towards the sunset.
    West,
    /// Between north and west.
    NorthWest,
}

impl Direction {
    /// Every direction: the centre, then clockwise from the north.
    pub const ALL: [Self; 9] = [
        Self::Centre,
        Self::North,
        Self::NorthEast,
        Self::East,
        Self::SouthEast,
        Self::South,
        Self::SouthWest,
        Self::West,
        Self::NorthWest,
    ];
}

/// The middle of a neighbourhood, from which its tiles lie somewhere. It cannot be read.
#[derive(Clone)]
pub struct Compass(Point);

impl std::fmt::Debug for Compass {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Compass")
    }
}

impl Compass {
    /// In the middle of some cells, each as heavy as it is large. Cells all over the globe have none; any point will do.
    pub(crate) fn amid(cells: impl Iterator<Item = CoarseCell>) -> Self {
        let sum = cells.fold(Vector::new(0.0, 0.0, 0.0), |sum, cell| {
            let cell = cell.geometry();
            sum + cell.center().0 * cell.approx_area()
        });
        Self(Point(sum.normalize()))
    }

    /// Where a cell lies, seen from the middle.
    pub fn direction_of(&self, cell: CoarseCell) -> Direction {
        seen_from(self.0, cell)
    }
}

fn seen_from(middle: Point, cell: CoarseCell) -> Direction {
    let cell = cell.geometry();
    let way = cell.center().0 - middle.0;
    if way.norm() < CENTRAL * cell.approx_area().sqrt() {
        return Direction::Centre;
    }
    let east = Vector::new(0.0, 0.0, 1.0).cross(&middle.0);
    let north = middle.0.cross(&east);
    let clockwise_deg = way.dot(&east).atan2(way.dot(&north)).to_degrees();
    // Each word stands for 45 degrees, half of them on either side.
    match clockwise_deg {
        ..-157.5 => Direction::South,
        ..-112.5 => Direction::SouthWest,
        ..-67.5 => Direction::West,
        ..-22.5 => Direction::NorthWest,
        ..22.5 => Direction::North,
        ..67.5 => Direction::NorthEast,
        ..112.5 => Direction::East,
        ..157.5 => Direction::SouthEast,
        _ => Direction::South,
    }
}
