//! A level map hides everyone, however the neighbourhood lives.

use std::collections::BTreeMap;

use geo::{
    COARSEST, CoarseCell, FINEST, HouseholdCounts, K, Leaf, LevelMap, MAX_LEAVES, MapError, Place,
};
use proptest::prelude::*;

use crate::given::{any_cell, block, cell, finest_in, households};

/// Neighbourhoods from 7 to 400 cells of level 14, of every density that is promised.
fn any_counts() -> impl Strategy<Value = HouseholdCounts> {
    let density = prop_oneof![Just(4000.0), Just(800.0), Just(60.0), Just(8.0)];
    (any_cell(), 1..=9_usize, density, any::<u64>())
        .prop_map(|(middle, rings, per_km2, seed)| {
            households(&block(finest_in(middle)[0], rings), per_km2, seed)
        })
        .prop_filter("a neighbourhood has at least K households", |counts| {
            counts.total() >= K
        })
}

/// How many households would say each place, if each says the finest it may in a category of this level.
fn who_says(map: &LevelMap, counts: &HouseholdCounts, finest: u8) -> BTreeMap<Place, u32> {
    let mut said = BTreeMap::new();
    for (home, households) in counts.cells() {
        *said
            .entry(map.coarsened(Place::Cell(home), finest))
            .or_insert(0) += households;
    }
    said
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn the_worst_placed_household_is_hidden_among_k(counts in any_counts(), grain in COARSEST..=FINEST) {
        let map = LevelMap::build(&counts, grain, K, 1).expect("there are enough households");
        for tile in map.tiles() {
            prop_assert!(counts.within(tile) >= K);
        }
        for finest in COARSEST..=FINEST {
            let said = who_says(&map, &counts, finest);
            prop_assert_eq!(said.values().sum::<u32>(), counts.total());
            for (place, households) in said {
                prop_assert!(households == 0 || households >= K, "{place:?} is said by {households}");
            }
        }
    }

    #[test]
    fn a_cell_is_divided_exactly_where_each_quarter_hides_k(counts in any_counts(), grain in COARSEST..=FINEST) {
        let map = LevelMap::build(&counts, grain, K, 1).expect("there are enough households");
        for leaf in map.leaves() {
            prop_assert!(leaf.cell.level() <= grain);
            let quarters = leaf.cell.children().filter(|_| leaf.cell.level() < grain);
            let few = |cell: &CoarseCell| (1..K).contains(&counts.within(*cell));
            prop_assert!(counts.within(leaf.cell) == 0 || quarters.is_none_or(|quarters| quarters.iter().any(few)));
            for divided in leaf.cell.ancestors() {
                for quarter in divided.children().into_iter().flatten() {
                    prop_assert!(!few(&quarter));
                    let is_there = map.leaves().any(|leaf| leaf.cell.contains(quarter) || quarter.contains(leaf.cell));
                    prop_assert_eq!(is_there, counts.cells().any(|(cell, _)| quarter.contains(cell)));
                }
            }
        }
        let unnamed: Vec<u32> =
            map.leaves().filter(|leaf| !leaf.selectable).map(|leaf| counts.within(leaf.cell)).collect();
        prop_assert!(unnamed.iter().filter(|households| **households >= K).count() <= 1);
    }

    #[test]
    fn leaves_are_disjoint_and_hold_everyone(counts in any_counts(), grain in COARSEST..=FINEST) {
        let map = LevelMap::build(&counts, grain, K, 1).expect("there are enough households");
        let leaves: Vec<CoarseCell> = map.leaves().map(|leaf| leaf.cell).collect();
        for (home, _) in counts.cells() {
            prop_assert_eq!(leaves.iter().filter(|leaf| leaf.contains(home)).count(), 1);
        }
        for (index, leaf) in leaves.iter().enumerate() {
            for other in &leaves[..index] {
                prop_assert!(!leaf.contains(*other) && !other.contains(*leaf));
            }
        }
    }

    #[test]
    fn no_place_is_finer_than_the_map(
        counts in any_counts(), grain in COARSEST..=FINEST, finest in COARSEST..=FINEST, at in any::<prop::sample::Index>(),
        level in COARSEST..=FINEST,
    ) {
        let map = LevelMap::build(&counts, grain, K, 1).expect("there are enough households");
        let homes: Vec<CoarseCell> = counts.cells().map(|(home, _)| home).collect();
        let asked = homes[at.index(homes.len())].coarsened(level);
        let place = map.place_of(Place::Cell(asked)).expect("the cell is in the neighbourhood");
        prop_assert!(place.contains(Place::Cell(asked)));
        prop_assert_eq!(map.place_of(place), Some(place));
        if let Place::Cell(placed) = place {
            prop_assert!(placed.level() <= grain && placed.level() <= level);
            prop_assert!(counts.within(placed) >= K);
            let leaf = map.leaves().find(|leaf| leaf.cell.contains(placed));
            prop_assert!(leaf.is_none_or(|leaf| leaf.cell == placed && leaf.selectable));
        }
        let coarsened = map.coarsened(Place::Cell(asked), finest);
        prop_assert_eq!(coarsened, place.coarsened(finest));
        prop_assert!(coarsened.level().is_none_or(|level| level <= finest));
        prop_assert_eq!(map.coarsened(coarsened, finest), coarsened);
        prop_assert_eq!(map.place_of(coarsened), Some(coarsened));
    }

    #[test]
    fn a_stored_map_is_the_same_in_any_order(counts in any_counts(), grain in COARSEST..=FINEST, version: u32) {
        let map = LevelMap::build(&counts, grain, K, version).expect("there are enough households");
        let mut leaves: Vec<Leaf> = map.leaves().collect();
        leaves.reverse();
        prop_assert_eq!(LevelMap::from_parts(version, grain, leaves), Ok(map.clone()));
        prop_assert_eq!((map.version(), map.grain()), (version, grain));
    }

    #[test]
    fn what_may_be_named_is_a_tile_and_nothing_else_is(counts in any_counts(), grain in COARSEST..=FINEST, other in any_cell()) {
        let map = LevelMap::build(&counts, grain, K, 1).expect("there are enough households");
        for cell in map.leaves().map(|leaf| leaf.cell).chain([other]) {
            prop_assert_eq!(map.is_tile(cell), map.tiles().any(|tile| tile == cell));
        }
    }
}

/// Everybody lives in these cells, so many in each.
fn counted(cells: &[(&str, u32)]) -> HouseholdCounts {
    let finest = cells
        .iter()
        .flat_map(|(token, each)| finest_in(cell(token)).into_iter().map(|cell| (cell, *each)));
    HouseholdCounts::from_cells(finest).expect("cells of level 14")
}

fn tokens(map: &LevelMap) -> Vec<String> {
    map.tiles().map(CoarseCell::token).collect()
}

#[test]
fn a_town_is_divided_down_to_its_grain() {
    let counts = counted(&[("47e66e4", 100)]);
    for (grain, tiles) in [(11, 1), (12, 4), (13, 16), (14, 64)] {
        let map = LevelMap::build(&counts, grain, K, 1).expect("6400 households");
        assert_eq!(map.tiles().count(), tiles);
        assert_eq!(map.leaves().count(), tiles);
    }
}

#[test]
fn what_lies_outside_or_is_a_park_keeps_nothing_together() {
    let finest = finest_in(cell("47e66e4"));
    // Two of four quarters of one cell of level 13: one lived in, one a park; the other two are outside.
    let parent = finest[0].parent().expect("level 13");
    let quarters = parent.children().expect("level 14");
    let counts =
        HouseholdCounts::from_cells([(quarters[0], 150), (quarters[1], 0)]).expect("counts");
    let map = LevelMap::build(&counts, 14, K, 1).expect("a map");
    assert_eq!(tokens(&map), [quarters[0].token()]);
    assert_eq!(
        map.place_of(Place::Cell(quarters[1])),
        Some(Place::Whole),
        "a park is a place of the neighbourhood"
    );
    assert_eq!(map.place_of(Place::Cell(quarters[2])), None);
}

#[test]
fn one_household_too_few_keeps_four_quarters_together() {
    let mut numbers: Vec<(CoarseCell, u32)> = finest_in(cell("47e66e4"))
        .into_iter()
        .map(|cell| (cell, 100))
        .collect();
    numbers[0].1 = 99;
    let map = LevelMap::build(
        &HouseholdCounts::from_cells(numbers).expect("counts"),
        14,
        K,
        1,
    )
    .expect("a map");
    assert_eq!(
        map.tiles().count(),
        61,
        "60 quarters, and one cell of level 13 in place of four"
    );
    assert_eq!(map.tiles().filter(|tile| tile.level() == 13).count(), 1);
}

#[test]
fn a_leaf_with_few_is_not_named_and_takes_another_along() {
    // Level 11: 6400 households, 640 and 64. The 64 alone would be known by saying "the whole neighbourhood".
    let near = cell("47e66e4").neighbours();
    let (middling, small) = (near[0].token(), near[1].token());
    let counts = counted(&[("47e66e4", 100), (&middling, 10), (&small, 1)]);
    let map = LevelMap::build(&counts, 11, K, 1).expect("a map");
    assert_eq!(tokens(&map), ["47e66e4"]);
    assert_eq!(map.place_of(Place::Cell(cell(&small))), Some(Place::Whole));
    assert_eq!(
        map.place_of(Place::Cell(cell(&middling))),
        Some(Place::Whole)
    );
    // With 128 they are enough among themselves.
    let counts = counted(&[("47e66e4", 100), (&middling, 10), (&small, 2)]);
    let map = LevelMap::build(&counts, 11, K, 1).expect("a map");
    assert_eq!(map.tiles().count(), 3);
    let few = near[2].token();
    let counts = counted(&[("47e66e4", 100), (&middling, 1), (&small, 1), (&few, 10)]);
    let map = LevelMap::build(&counts, 11, K, 1).expect("a map");
    assert_eq!(map.tiles().count(), 2, "two leaves of 64 hide each other");
    // Where nobody lives nobody has to be hidden.
    let counts = counted(&[("47e66e4", 100), (&small, 0)]);
    let map = LevelMap::build(&counts, 11, K, 1).expect("a map");
    assert_eq!(tokens(&map), ["47e66e4"]);
    assert_eq!(map.leaves().count(), 2);
}

#[test]
fn a_leaf_is_named_from_k_households_on() {
    let near = cell("47e66e4").neighbours();
    let counts = near
        .iter()
        .zip([99, 99, 100])
        .map(|(leaf, households)| (finest_in(*leaf)[0], households));
    let counts = HouseholdCounts::from_cells(counts).expect("counts");
    let map = LevelMap::build(&counts, 14, K, 1).expect("a map");
    assert_eq!(map.tiles().collect::<Vec<_>>(), [finest_in(near[2])[0]]);
}

#[test]
fn a_neighbourhood_that_hides_nobody_is_refused() {
    let counts = |households| {
        HouseholdCounts::from_cells([(cell("47e66e1d"), households)]).expect("a count")
    };
    let refused = Err(MapError::TooFewHouseholds {
        households: 99,
        needed: 100,
    });
    assert_eq!(LevelMap::build(&counts(99), 13, K, 1), refused);
    assert!(LevelMap::build(&counts(100), 13, K, 1).is_ok());
    assert_eq!(
        LevelMap::build(&counts(1000), 13, 99, 1),
        Err(MapError::KTooSmall)
    );
    for grain in [0, 10, 15, u8::MAX] {
        assert_eq!(
            LevelMap::build(&counts(1000), grain, K, 1),
            Err(MapError::GrainOutOfRange)
        );
    }
    assert!(
        LevelMap::build(&counts(199), 13, 200, 1).is_err(),
        "an operator may ask for more"
    );
}

#[test]
fn where_a_place_is_asked_it_is_placed_or_refused() {
    let counts = counted(&[("47e66e4", 100)]);
    let map = LevelMap::build(&counts, 13, K, 1).expect("a map");
    let at = |token| map.place_of(Place::Cell(cell(token))).map(Place::token);
    assert_eq!(
        at("47e66e1d").as_deref(),
        Some("47e66e1c"),
        "finer than the map: its leaf"
    );
    assert_eq!(at("47e66e1c").as_deref(), Some("47e66e1c"));
    assert_eq!(
        at("47e66e1").as_deref(),
        Some("47e66e1"),
        "coarser than the leaves: hides more"
    );
    assert_eq!(at("47e66e4").as_deref(), Some("47e66e4"));
    assert_eq!(at("47e66c4"), None, "outside");
    assert_eq!(at("89c2594c"), None, "far outside");
    assert_eq!(map.place_of(Place::Whole), Some(Place::Whole));
    assert_eq!(
        map.coarsened(Place::Cell(cell("47e66e1d")), 12),
        Place::Cell(cell("47e66e1"))
    );
    assert_eq!(
        map.coarsened(Place::Cell(cell("47e66c4")), 12),
        Place::Whole
    );
}

#[test]
fn a_coarse_cell_without_anything_to_name_in_it_is_the_whole() {
    let leaves = finest_in(cell("47e66e4")).into_iter().map(|cell| Leaf {
        cell,
        selectable: cell.token() == "47e66e1d",
    });
    let map = LevelMap::from_parts(1, 14, leaves).expect("a map");
    assert_eq!(
        map.place_of(Place::Cell(cell("47e66e1"))),
        Some(Place::Cell(cell("47e66e1")))
    );
    assert_eq!(
        map.place_of(Place::Cell(cell("47e66e7"))),
        Some(Place::Whole)
    );
}

#[test]
fn a_stored_map_that_cannot_be_is_refused() {
    let leaf = |token: &str| Leaf {
        cell: cell(token),
        selectable: true,
    };
    let parts =
        |grain, tokens: &[&str]| LevelMap::from_parts(1, grain, tokens.iter().copied().map(leaf));
    assert_eq!(parts(13, &[]), Err(MapError::NoLeaves));
    assert_eq!(parts(10, &["47e66e4"]), Err(MapError::GrainOutOfRange));
    assert_eq!(parts(13, &["47e66e1d"]), Err(MapError::FinerThanGrain));
    assert_eq!(parts(13, &["47e66e1c", "47e66e1c"]), Err(MapError::Overlap));
    assert_eq!(
        parts(14, &["47e66e1d", "47e66e04", "47e66e1"]),
        Err(MapError::Overlap)
    );
    assert_eq!(
        parts(14, &["47e66e4", "47e66c4", "47e66e04"]),
        Err(MapError::Overlap)
    );
    let many = cell("47e66e4")
        .neighbours()
        .into_iter()
        .flat_map(|near| block(near, 5))
        .flat_map(finest_in);
    let many = many.map(|cell| Leaf {
        cell,
        selectable: true,
    });
    assert!(many.clone().count() > MAX_LEAVES);
    assert_eq!(
        LevelMap::from_parts(1, 14, many),
        Err(MapError::TooManyLeaves)
    );
    let endless = std::iter::repeat(leaf("47e66e4"));
    assert_eq!(
        LevelMap::from_parts(1, 14, endless),
        Err(MapError::TooManyLeaves),
        "and is not read to its end"
    );
}

#[test]
fn too_many_leaves_are_refused() {
    let wide = block(cell("47e66e4"), 4)
        .into_iter()
        .flat_map(finest_in)
        .map(|cell| (cell, 100));
    let counts = HouseholdCounts::from_cells(wide).expect("counts");
    assert_eq!(
        LevelMap::build(&counts, 14, K, 1),
        Err(MapError::TooManyLeaves)
    );
    assert!(LevelMap::build(&counts, 13, K, 1).is_ok());
}

#[test]
fn a_map_in_a_log_line_tells_no_place() {
    let counts = counted(&[("47e66e4", 100)]);
    let map = LevelMap::build(&counts, 14, K, 1).expect("a map");
    let line = format!("{map:?} {counts:?}");
    for tile in map.tiles() {
        assert!(!line.contains(&tile.token()) && !line.contains(&tile.to_i64().to_string()));
    }
}
