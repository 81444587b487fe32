//! What a member follows besides the home tile.

use contract::common::ResidentRequest;
use contract::identity::identity_server::Identity as _;
use contract::identity::{
    EraseRequest, FollowAreaRequest, FollowedArea, Households, ListAreasRequest, Neighbourhood,
    RemapRequest, erase_reply, follow_area_reply,
};
use contract::{Caller, Fault, FaultKind, NeighbourhoodId};
use futures_util::future::join_all;
use geo::CoarseCell;
use runtime::DAY_MS;

use crate::desk::{Desk, Member, codes, density, tiles, visitor};

/// What is followed afterwards, or why not.
async fn follow(
    desk: &Desk,
    caller: &Caller,
    place: &Neighbourhood,
    (number, name, places): (u32, &str, &[i64]),
) -> Result<Vec<FollowedArea>, String> {
    let request = FollowAreaRequest {
        neighbourhood: place.id.clone(),
        number,
        name: name.into(),
        places: places.to_vec(),
    };
    let reply = desk.identity.follow_area(caller.request(request)).await;
    match reply.unwrap().into_inner().outcome.unwrap() {
        follow_area_reply::Outcome::Followed(followed) => Ok(followed.areas),
        follow_area_reply::Outcome::Refused(refused) => Err(codes(&refused)),
        follow_area_reply::Outcome::Limited(limited) => Err(format!(
            "{} {} {}",
            limited.limit, limited.retry_at_ms, limited.message
        )),
    }
}

async fn followed(desk: &Desk, member: &Member, place: &Neighbourhood) -> Vec<FollowedArea> {
    let request = ListAreasRequest {
        neighbourhood: place.id.clone(),
    };
    let reply = desk.identity.list_areas(member.caller.request(request));
    reply.await.unwrap().into_inner().areas
}

fn area(number: u32, name: &str, places: &[i64]) -> FollowedArea {
    FollowedArea {
        number,
        name: name.into(),
        places: places.to_vec(),
    }
}

fn cell(id: i64) -> CoarseCell {
    CoarseCell::from_i64(id).unwrap()
}

#[tokio::test]
async fn a_member_follows_up_to_five_areas_and_lets_go_of_them() {
    for desk in Desk::each().await {
        let (place, anna) = desk.founder("anna@example.org", "Merle").await;
        let code = desk.code(&place, 1, true).await;
        let bert = desk.join("bert@example.org", &code, "Huppe").await;
        let tiles = tiles(&place);
        follow(
            &desk,
            &anna.caller,
            &place,
            (5, " Le  canal ", &tiles[1..3]),
        )
        .await
        .unwrap();
        let finer = cell(tiles[0]).children().unwrap()[2].to_i64();
        let areas = follow(&desk, &anna.caller, &place, (2, "École", &[finer])).await;
        let both = [
            area(2, "École", &tiles[..1]),
            area(5, "Le canal", &tiles[1..3]),
        ];
        assert_eq!(areas.unwrap(), both, "by number, as coarse as the map");
        assert_eq!(followed(&desk, &anna, &place).await, both);
        assert!(followed(&desk, &bert, &place).await.is_empty());

        let coarse = cell(tiles[0]).parent().unwrap();
        let within: Vec<i64> = tiles
            .iter()
            .copied()
            .filter(|tile| coarse.contains(cell(*tile)))
            .collect();
        let areas = follow(
            &desk,
            &anna.caller,
            &place,
            (5, "Le canal", &[coarse.to_i64()]),
        )
        .await;
        assert_eq!(
            areas.unwrap()[1],
            area(5, "Le canal", &within),
            "as its tiles"
        );
        let areas = follow(&desk, &anna.caller, &place, (2, "", &[]))
            .await
            .unwrap();
        assert_eq!(areas, [area(5, "Le canal", &within)]);
        assert_eq!(desk.count("followed_area").await, 1);
        let kept = i64::try_from(within.len()).unwrap();
        assert_eq!(desk.count("followed_tile").await, kept);
    }
}

#[tokio::test]
async fn what_is_no_area_of_the_neighbourhood_is_refused_with_every_reason() {
    let desk = Desk::sqlite().await;
    let (place, anna) = desk.founder("anna@example.org", "Merle").await;
    let tile = tiles(&place)[0];
    let outside = CoarseCell::at(48.85, 2.35, 13).unwrap().to_i64();
    let long = "é".repeat(41);
    for ((number, name, places), expected) in [
        ((0, "x", [tile].as_slice()), "NUMBER_OUT_OF_RANGE"),
        ((6, "x", &[tile]), "NUMBER_OUT_OF_RANGE"),
        ((u32::MAX, "x", &[]), "NUMBER_OUT_OF_RANGE"),
        ((1, "", &[tile]), "NAME_INVALID"),
        ((1, "a\u{202e}b", &[tile]), "NAME_INVALID"),
        (
            (1, &long, &[tile, outside]),
            "NAME_INVALID OUTSIDE_NEIGHBOURHOOD",
        ),
        ((1, "x", &[tile, 0]), "WHOLE_NEIGHBOURHOOD"),
        ((1, "x", &[tile; 33]), "TOO_MANY_TILES"),
    ] {
        let refused = follow(&desk, &anna.caller, &place, (number, name, places)).await;
        assert_eq!(refused.unwrap_err(), expected);
    }
    assert_eq!(desk.count("followed_area").await, 0);
    assert_eq!(desk.count("followed_tile").await, 0);
    let reads = [
        (visitor(1), place.id.clone(), FaultKind::Unauthenticated),
        (Caller::Role, place.id.clone(), FaultKind::Unauthenticated),
        (
            anna.caller.clone(),
            NeighbourhoodId::from_random([9; 16]).to_bytes(),
            FaultKind::NotFound,
        ),
    ];
    for (caller, neighbourhood, kind) in reads {
        let list = caller.request(ListAreasRequest {
            neighbourhood: neighbourhood.clone(),
        });
        let fault = Fault::from(desk.identity.list_areas(list).await.unwrap_err());
        assert_eq!(fault.kind, kind);
        let change = caller.request(FollowAreaRequest {
            neighbourhood,
            number: 1,
            name: "x".into(),
            places: vec![tile],
        });
        let fault = Fault::from(desk.identity.follow_area(change).await.unwrap_err());
        assert_eq!(fault.kind, kind);
    }
}

#[tokio::test]
async fn where_too_few_live_nothing_is_followed() {
    let desk = Desk::sqlite().await;
    let (place, anna) = desk.founder("anna@example.org", "Merle").await;
    let mut households = density(300);
    let beside = CoarseCell::at(60.18, 24.95, 11).unwrap().neighbours()[0];
    households.cells.push(Households {
        place: beside.children().unwrap()[0].children().unwrap()[0]
            .children()
            .unwrap()[0]
            .to_i64(),
        count: 50,
    });
    let request = Caller::Operator.request(RemapRequest {
        neighbourhood: place.id.clone(),
        density: Some(households),
        grain: 13,
    });
    let place = desk.identity.remap(request).await.unwrap().into_inner();
    let leaves = place.map.as_ref().unwrap().leaves.iter();
    let sparse = leaves
        .filter(|leaf| !leaf.selectable)
        .map(|leaf| leaf.place);
    let sparse: Vec<i64> = sparse.collect();
    assert!(sparse.len() > 1, "it, and one that hides it");
    for leaf in sparse {
        let refused = follow(&desk, &anna.caller, &place, (1, "x", &[leaf])).await;
        assert_eq!(refused.unwrap_err(), "WHOLE_NEIGHBOURHOOD");
    }
    assert_eq!(desk.count("followed_tile").await, 0);
}

#[tokio::test]
async fn tiles_change_five_times_a_day_while_names_and_letting_go_cost_nothing() {
    for desk in Desk::each().await {
        let (place, anna) = desk.founder("anna@example.org", "Merle").await;
        let code = desk.code(&place, 1, true).await;
        let bert = desk.join("bert@example.org", &code, "Huppe").await;
        let tiles = tiles(&place);
        for number in 1..=5 {
            let asked = (number, "Le canal", &tiles[..1]);
            follow(&desk, &anna.caller, &place, asked).await.unwrap();
            let renamed = (number, "Le port", &tiles[..1]);
            follow(&desk, &anna.caller, &place, renamed).await.unwrap();
            let refused = (number, "-", &tiles[1..2]);
            assert!(follow(&desk, &anna.caller, &place, refused).await.is_err());
        }
        let sixth = (3, "Le canal", &tiles[1..2]);
        let limited = follow(&desk, &anna.caller, &place, sixth)
            .await
            .unwrap_err();
        let midnight = desk.now_ms() - desk.now_ms() % DAY_MS + DAY_MS;
        assert!(
            limited.starts_with(&format!("AREAS {midnight} ")),
            "{limited}"
        );
        assert!(limited.ends_with("in 12 hours."), "{limited}");
        assert_eq!(
            followed(&desk, &anna, &place).await[2],
            area(3, "Le port", &tiles[..1]),
            "as it was"
        );
        follow(&desk, &anna.caller, &place, (3, "", &[]))
            .await
            .unwrap();
        let back = (3, "Le port", &tiles[..1]);
        assert!(follow(&desk, &anna.caller, &place, back).await.is_err());
        follow(&desk, &bert.caller, &place, sixth).await.unwrap();
        desk.pass(midnight - desk.now_ms());
        follow(&desk, &anna.caller, &place, sixth).await.unwrap();
    }
}

#[tokio::test]
async fn areas_move_with_the_map_and_what_it_has_not_is_followed_no_longer() {
    for desk in Desk::each().await {
        let (place, anna) = desk.founder("anna@example.org", "Merle").await;
        let tiles = tiles(&place);
        let coarsest = tiles
            .iter()
            .copied()
            .min_by_key(|tile| cell(*tile).level())
            .unwrap();
        let finest: Vec<i64> = tiles
            .iter()
            .copied()
            .filter(|tile| cell(*tile).level() == 13)
            .collect();
        let parent = cell(finest[0]).parent().unwrap();
        follow(&desk, &anna.caller, &place, (1, "Le canal", &finest[..2]))
            .await
            .unwrap();
        follow(&desk, &anna.caller, &place, (2, "Ailleurs", &[coarsest]))
            .await
            .unwrap();
        let remap = async |households, grain| {
            let request = Caller::Operator.request(RemapRequest {
                neighbourhood: place.id.clone(),
                density: Some(households),
                grain,
            });
            desk.identity.remap(request).await.unwrap();
            followed(&desk, &anna, &place).await
        };
        let areas = remap(density(300), 12).await;
        assert_eq!(
            areas[0],
            area(1, "Le canal", &[parent.to_i64()]),
            "coarser with the map"
        );
        assert_eq!(areas[1], area(2, "Ailleurs", &[coarsest]), "as it was");
        let areas = remap(density(300), 14).await;
        assert_eq!(
            areas[0],
            area(1, "Le canal", &[parent.to_i64()]),
            "as it was, for all tiles in it"
        );
        assert_eq!(areas[1], area(2, "Ailleurs", &[coarsest]));
        let quarters = parent.children().unwrap().map(|c| c.children().unwrap());
        let mut quarters: Vec<i64> = quarters.as_flattened().iter().map(|c| c.to_i64()).collect();
        quarters.sort_by_key(|id| cell(*id));
        let same = [vec![parent.to_i64()], quarters];
        let renamed = follow(&desk, &anna.caller, &place, (1, "Le port", &same[0])).await;
        assert_eq!(renamed.unwrap()[0], area(1, "Le port", &same[0]));
        for n in 0..6 {
            let drawn = follow(&desk, &anna.caller, &place, (1, "Le canal", &same[n % 2])).await;
            let drawn = &drawn.unwrap()[0];
            assert!(same.contains(&drawn.places), "no other tiles: {drawn:?}");
        }
        let mut fewer = density(300);
        fewer
            .cells
            .retain(|cells| parent.contains(cell(cells.place)));
        let areas = remap(fewer, 12).await;
        assert_eq!(areas, [area(1, "Le canal", &[parent.to_i64()])]);
        assert_eq!(desk.count("followed_area").await, 1);
        assert_eq!(desk.count("followed_tile").await, 1);
    }
}

/// What is erased may be followed by a new map at the same moment; nothing of it is left, and nobody waits for ever.
#[tokio::test]
async fn an_erasure_beside_a_new_map_leaves_nothing() {
    for desk in Desk::each().await {
        let (place, anna) = desk.founder("anna@example.org", "Merle").await;
        let code = desk.code(&place, 3, true).await;
        let mut members = vec![anna];
        for (email, name) in [("bert@example.org", "Huppe"), ("cleo@example.org", "Grive")] {
            members.push(desk.join(email, &code, name).await);
        }
        let tiles = tiles(&place);
        for member in &members {
            for number in 1..=5 {
                let asked = (number, "Le canal", tiles.as_slice());
                follow(&desk, &member.caller, &place, asked).await.unwrap();
            }
        }
        let tables = ["account", "membership", "followed_area", "followed_tile"];
        for table in tables {
            desk.sql(&format!(
                "CREATE TABLE kept_{table} AS SELECT * FROM {table}"
            ))
            .await;
        }
        for _ in 0..25 {
            let erasures = members.iter().map(|member| {
                let request = EraseRequest {
                    resident: member.viewer.resident.clone(),
                    password: String::new(),
                };
                desk.identity.erase(Caller::Operator.request(request))
            });
            let remap = Caller::Operator.request(RemapRequest {
                neighbourhood: place.id.clone(),
                density: Some(density(300)),
                grain: 12,
            });
            let (erased, remapped) = tokio::join!(join_all(erasures), desk.identity.remap(remap));
            remapped.unwrap();
            for erased in erased {
                let outcome = erased.unwrap().into_inner().outcome;
                assert!(matches!(outcome, Some(erase_reply::Outcome::Erased(_))));
            }
            for table in tables {
                assert_eq!(desk.count(table).await, 0, "{table}");
                desk.sql(&format!("INSERT INTO {table} SELECT * FROM kept_{table}"))
                    .await;
            }
        }
    }
}

/// Of changes made at once as many pass as of changes made one after another.
#[tokio::test]
async fn of_ten_changes_at_once_five_pass() {
    for desk in Desk::each().await {
        let (place, anna) = desk.founder("anna@example.org", "Merle").await;
        let tiles = tiles(&place);
        let changes = (0..10_usize).map(|n| {
            let number = u32::try_from(n % 5).unwrap() + 1;
            let asked = (number, "Le canal", &tiles[..=n / 5]);
            follow(&desk, &anna.caller, &place, asked)
        });
        let outcomes = join_all(changes).await;
        let passed = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
        assert_eq!(passed, 5, "{outcomes:?}");
        let limited = outcomes.iter().filter_map(|outcome| outcome.as_ref().err());
        assert!(
            limited
                .into_iter()
                .all(|limited| limited.starts_with("AREAS "))
        );
    }
}

#[tokio::test]
async fn areas_are_exported_and_erased_with_their_member() {
    for desk in Desk::each().await {
        let (place, anna) = desk.founder("anna@example.org", "Merle").await;
        let tile = tiles(&place)[0];
        follow(&desk, &anna.caller, &place, (4, "Le canal", &[tile]))
            .await
            .unwrap();
        let request = ResidentRequest {
            resident: anna.viewer.resident.clone(),
        };
        let export = desk
            .identity
            .export(anna.caller.request(request))
            .await
            .unwrap();
        let parts = export.into_inner().parts;
        let part = parts
            .iter()
            .find(|part| part.name == "identity/memberships.json");
        let json: serde_json::Value = serde_json::from_slice(&part.unwrap().json).unwrap();
        let expected =
            serde_json::json!([{ "number": 4, "name": "Le canal", "tiles": [cell(tile).token()] }]);
        assert_eq!(json[0]["followedAreas"], expected);
        let request = EraseRequest {
            resident: anna.viewer.resident.clone(),
            password: String::new(),
        };
        desk.identity
            .erase(Caller::Operator.request(request))
            .await
            .unwrap();
        assert_eq!(desk.count("followed_area").await, 0);
        assert_eq!(desk.count("followed_tile").await, 0);
    }
}
