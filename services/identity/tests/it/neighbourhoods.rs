//! Neighbourhoods and their maps.

use bus::{Compose, Relay};
use contract::common::Empty;
use contract::events::envelope::Body;
use contract::identity::identity_server::Identity as _;
use contract::identity::{
    AppointRequest, AuthenticateRequest, CreateNeighbourhoodRequest, Density,
    GetNeighbourhoodRequest, Households, ListNamesRequest, NameTileRequest, RemapRequest, TileName,
    get_neighbourhood_request::By,
};
use contract::{Caller, Fault, FaultKind, Standing};
use geo::{CoarseCell, Place};
use runtime::Clock;
use store::Outbox;

use crate::desk::{Desk, density, tiles, visitor};

fn request(slug: &str) -> CreateNeighbourhoodRequest {
    CreateNeighbourhoodRequest {
        slug: slug.into(),
        name: "Le Verger".into(),
        grain: 13,
        density: Some(density(300)),
        names: vec![],
    }
}

#[tokio::test]
async fn a_neighbourhood_is_made_by_the_operator_and_read_by_everybody() {
    for desk in Desk::each().await {
        let place = desk.neighbourhood("le-verger").await;
        let map = place.map.as_ref().unwrap();
        assert_eq!(
            (
                map.version,
                map.grain,
                map.leaves.len(),
                tiles(&place).len()
            ),
            (1, 13, 7, 7)
        );
        for by in [By::Slug("le-verger".into()), By::Id(place.id.clone())] {
            let got = desk
                .identity
                .get_neighbourhood(visitor(1).request(GetNeighbourhoodRequest { by: Some(by) }))
                .await
                .unwrap();
            assert_eq!(got.into_inner(), place);
        }
        for by in [
            Some(By::Slug("nowhere".into())),
            Some(By::Slug("N\u{0}".into())),
            None,
            Some(By::Id(vec![1; 16].into())),
        ] {
            let fault = Fault::from(
                desk.identity
                    .get_neighbourhood(visitor(1).request(GetNeighbourhoodRequest { by }))
                    .await
                    .unwrap_err(),
            );
            assert_eq!(fault.kind, FaultKind::NotFound);
        }
        let again = desk
            .identity
            .create_neighbourhood(Caller::Operator.request(request("le-verger")))
            .await
            .unwrap_err();
        assert_eq!(Fault::from(again).code, "SLUG_TAKEN");
        let list = desk
            .identity
            .list_neighbourhoods(Caller::Operator.request(Empty {}))
            .await
            .unwrap()
            .into_inner();
        assert_eq!(list.neighbourhoods, [place]);
        for caller in [visitor(1), Caller::Role] {
            assert!(
                desk.identity
                    .create_neighbourhood(caller.request(request("other")))
                    .await
                    .is_err()
            );
        }
        for caller in [visitor(1), Caller::Role] {
            assert!(
                desk.identity
                    .list_neighbourhoods(caller.request(Empty {}))
                    .await
                    .is_err()
            );
        }
    }
}

#[tokio::test]
async fn the_edge_is_told_so_many_names_and_nothing_else() {
    for desk in Desk::each().await {
        for (slug, name) in [
            ("le-canal", "le canal"),
            ("la-butte", "La Butte"),
            ("le-port", "Le Port"),
        ] {
            let request = Caller::Operator.request(CreateNeighbourhoodRequest {
                name: name.into(),
                ..request(slug)
            });
            desk.identity.create_neighbourhood(request).await.unwrap();
        }
        let names = async |first| {
            let request = Caller::Role.request(ListNamesRequest { first });
            let reply = desk.identity.list_names(request).await.unwrap();
            let names = reply.into_inner().names.into_iter();
            names.map(|name| (name.slug, name.name)).collect::<Vec<_>>()
        };
        let all = [
            ("la-butte", "La Butte"),
            ("le-canal", "le canal"),
            ("le-port", "Le Port"),
        ];
        let all = all.map(|(slug, name)| (slug.to_owned(), name.to_owned()));
        assert_eq!(names(100).await, all);
        assert_eq!(names(2).await, all[..2]);
        for caller in [visitor(1), Caller::Operator] {
            let request = caller.request(ListNamesRequest { first: 1 });
            assert!(desk.identity.list_names(request).await.is_err());
        }
    }
}

#[tokio::test]
async fn what_would_not_hide_anybody_or_is_no_map_is_refused_with_its_reason() {
    let desk = Desk::sqlite().await;
    let cell = |count| Density {
        cells: vec![Households {
            place: CoarseCell::at(60.18, 24.95, 14).unwrap().to_i64(),
            count,
        }],
    };
    let coarse = Density {
        cells: vec![Households {
            place: CoarseCell::at(60.18, 24.95, 13).unwrap().to_i64(),
            count: 500,
        }],
    };
    let many = Density {
        cells: vec![Households::default(); 20_001],
    };
    for (request, code) in [
        (
            CreateNeighbourhoodRequest {
                density: Some(cell(99)),
                ..request("a-b")
            },
            "MAP_TOO_FEW_HOUSEHOLDS",
        ),
        (
            CreateNeighbourhoodRequest {
                density: None,
                ..request("a-b")
            },
            "MAP_TOO_FEW_HOUSEHOLDS",
        ),
        (
            CreateNeighbourhoodRequest {
                density: Some(coarse),
                ..request("a-b")
            },
            "HOUSEHOLDS_NOT_FINEST",
        ),
        (
            CreateNeighbourhoodRequest {
                density: Some(many),
                ..request("a-b")
            },
            "DENSITY_TOO_LARGE",
        ),
        (
            CreateNeighbourhoodRequest {
                density: Some(cell(u32::MAX)),
                ..request("a-b")
            },
            "HOUSEHOLDS_TOO_MANY",
        ),
        (
            CreateNeighbourhoodRequest {
                grain: 15,
                ..request("a-b")
            },
            "MAP_GRAIN_OUT_OF_RANGE",
        ),
        (
            CreateNeighbourhoodRequest {
                grain: u32::MAX,
                ..request("a-b")
            },
            "MAP_GRAIN_OUT_OF_RANGE",
        ),
        (request("A B"), "SLUG_INVALID"),
        (
            CreateNeighbourhoodRequest {
                name: "\u{202e}x".into(),
                ..request("a-b")
            },
            "NAME_INVALID",
        ),
        (
            CreateNeighbourhoodRequest {
                names: vec![TileName {
                    place: 0,
                    name: "x".into(),
                }],
                ..request("a-b")
            },
            "TILE_UNKNOWN",
        ),
    ] {
        let fault = Fault::from(
            desk.identity
                .create_neighbourhood(Caller::Operator.request(request))
                .await
                .unwrap_err(),
        );
        assert_eq!(fault.code, code);
    }
    assert_eq!(desk.count("neighbourhood").await, 0);
}

#[tokio::test]
async fn a_new_map_is_a_new_version_that_moves_homes_it_no_longer_has() {
    for desk in Desk::each().await {
        let (place, anna) = desk.founder("anna@example.org", "Merle").await;
        let home = CoarseCell::from_i64(tiles(&place)[0]).unwrap();
        let change = contract::identity::ChangeHomeRequest {
            neighbourhood: place.id.clone(),
            place: home.to_i64(),
        };
        desk.identity
            .change_home(anna.caller.request(change))
            .await
            .unwrap();
        let request = RemapRequest {
            neighbourhood: place.id.clone(),
            density: Some(density(300)),
            grain: 12,
        };
        let remapped = desk
            .identity
            .remap(Caller::Operator.request(request))
            .await
            .unwrap()
            .into_inner();
        assert_eq!(remapped.map.as_ref().unwrap().version, 2);
        let viewer = desk
            .identity
            .authenticate(visitor(1).request(AuthenticateRequest {
                session_token: anna.token.clone(),
            }))
            .await
            .unwrap()
            .into_inner();
        let membership = &viewer.memberships[0];
        let standing = Standing::read(membership.standing.as_ref().unwrap()).unwrap();
        assert_eq!(
            standing.home,
            Place::Cell(home.parent().unwrap()),
            "coarser with the map"
        );
        assert_eq!(
            (standing.map_version, membership.home_changeable_at_ms),
            (2, 0),
            "and free to choose again"
        );
        assert_eq!(desk.count("level_map").await, 2, "every version is kept");
        assert!(
            desk.identity
                .remap(anna.caller.request(RemapRequest::default()))
                .await
                .is_err()
        );
    }
}

#[tokio::test]
async fn other_roles_are_told_each_version_of_a_map() {
    for desk in Desk::each().await {
        let outbox = Outbox::of(desk.scratch.store.clone());
        outbox.enrol(&["posts"]).await.unwrap();
        let place = desk.neighbourhood("le-verger").await;
        let request = RemapRequest {
            neighbourhood: place.id.clone(),
            density: Some(density(300)),
            grain: 12,
        };
        desk.identity
            .remap(Caller::Operator.request(request))
            .await
            .unwrap();
        let mut told = Vec::new();
        for entry in outbox.waiting("posts", 10).await.unwrap() {
            let event = desk.identity.compose(entry).await.unwrap().unwrap();
            assert_eq!(
                (event.stream.as_str(), &event.subject, &event.neighbourhood),
                ("identity", &place.id, &place.id)
            );
            let Some(Body::NeighbourhoodMapped(mapped)) = event.body else {
                panic!()
            };
            let map = mapped.map.unwrap();
            assert_eq!(u64::from(map.version), event.version);
            told.push((mapped.slug, map.version, map.grain));
        }
        assert_eq!(
            told,
            [("le-verger".into(), 1, 13), ("le-verger".into(), 2, 12)]
        );
        let relay = Relay::new(
            identity::STREAM,
            outbox,
            std::sync::Arc::new(desk.identity.clone()),
            desk.bus.clone(),
            Clock::manual(0),
        );
        relay.enrol().await.unwrap();
    }
}

#[tokio::test]
async fn moderators_name_tiles_and_the_operator_appoints_them() {
    for desk in Desk::each().await {
        let (place, anna) = desk.founder("anna@example.org", "Merle").await;
        let name = |tile: i64, name: &str| {
            let request = NameTileRequest {
                neighbourhood: place.id.clone(),
                place: tile,
                name: name.into(),
            };
            desk.identity.name_tile(anna.caller.request(request))
        };
        let tile = tiles(&place)[0];
        assert_eq!(
            Fault::from(name(tile, "Lavoir").await.unwrap_err()).kind,
            FaultKind::Forbidden
        );
        let appoint = |caller: Caller, email: &str, moderator| {
            let request = AppointRequest {
                neighbourhood: place.id.clone(),
                email: email.into(),
                moderator,
            };
            desk.identity.appoint(caller.request(request))
        };
        assert!(
            appoint(anna.caller.clone(), "anna@example.org", true)
                .await
                .is_err()
        );
        assert_eq!(
            Fault::from(
                appoint(Caller::Operator, "nobody@example.org", true)
                    .await
                    .unwrap_err()
            )
            .code,
            "NOT_A_MEMBER"
        );
        appoint(Caller::Operator, "anna@example.org", true)
            .await
            .unwrap();
        let named = name(tile, "  Lavoir ").await.unwrap().into_inner();
        assert_eq!(
            named.names,
            [TileName {
                place: tile,
                name: "Lavoir".into()
            }]
        );
        for (tile, text, code) in [
            (0, "x", "TILE_UNKNOWN"),
            (tile, "\u{200b}", "NAME_INVALID"),
            (7, "x", "CELL_NOT"),
        ] {
            let fault = Fault::from(name(tile, text).await.unwrap_err());
            assert!(
                fault.code == code || fault.code.starts_with("CELL_"),
                "{}",
                fault.code
            );
        }
        assert!(name(tile, "").await.unwrap().into_inner().names.is_empty());
        appoint(Caller::Operator, "anna@example.org", false)
            .await
            .unwrap();
        assert!(name(tile, "Lavoir").await.is_err());
    }
}
