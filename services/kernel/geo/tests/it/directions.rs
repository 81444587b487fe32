//! A tile without a name is named by where it lies.

use std::collections::BTreeSet;

use geo::{CoarseCell, Direction, Leaf, LevelMap};

use crate::given::block;

#[test]
fn compass_words_say_where_tiles_lie() {
    let middle = CoarseCell::at(60.1841, 24.9494, 13).expect("a position");
    let leaves = block(middle, 1).into_iter().map(|cell| Leaf {
        cell,
        selectable: true,
    });
    let map = LevelMap::from_parts(1, 13, leaves).expect("nine tiles");
    assert_eq!(map.compass().direction_of(middle), Direction::Centre);
    let north = CoarseCell::at(60.3, 24.9494, 13).expect("a position");
    let beyond = |latitude, longitude| {
        CoarseCell::at(latitude, longitude, 13).map(|cell| map.compass().direction_of(cell))
    };
    assert_eq!(map.compass().direction_of(north), Direction::North);
    assert_eq!(beyond(60.24, 25.06), Ok(Direction::NorthEast));
    assert_eq!(beyond(60.1841, 25.1), Ok(Direction::East));
    assert_eq!(beyond(60.13, 25.06), Ok(Direction::SouthEast));
    assert_eq!(beyond(60.0, 24.9494), Ok(Direction::South));
    assert_eq!(beyond(60.13, 24.84), Ok(Direction::SouthWest));
    assert_eq!(beyond(60.1841, 24.8), Ok(Direction::West));
    assert_eq!(beyond(60.24, 24.84), Ok(Direction::NorthWest));
    let alone = LevelMap::from_parts(
        1,
        13,
        [Leaf {
            cell: middle,
            selectable: false,
        }],
    )
    .expect("one leaf");
    assert_eq!(alone.compass().direction_of(middle), Direction::Centre);
}

#[test]
fn eight_tiles_around_a_middle_have_eight_names() {
    // Where cells are squares; far from the middle of a face they are slanted, and two may share a word.
    let middle = CoarseCell::at(0.01, 0.01, 13).expect("a position");
    let leaves = block(middle, 1).into_iter().map(|cell| Leaf {
        cell,
        selectable: true,
    });
    let map = LevelMap::from_parts(1, 13, leaves).expect("nine tiles");
    let words: BTreeSet<Direction> = map
        .tiles()
        .map(|cell| map.compass().direction_of(cell))
        .collect();
    assert_eq!(words, BTreeSet::from(Direction::ALL));
}
