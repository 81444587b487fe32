//! `palier seed`: load data, the same for the same seed.

use std::process::ExitCode;

use contract::common::Category;
use contract::identity::{CreateNeighbourhoodRequest, Density, Households};
use contract::posts::PublishRequest;
use contract::{Caller, Fault, Locale, NeighbourhoodId};
use geo::{CoarseCell, Place};
use runtime::{Clock, DAY_MS, Entropy, SettingFault};

use crate::cli::{CommandFault, tell};
use crate::config::Config;
use crate::settle::{self, Person, Settler};

/// Loading puts notices up over this long, ending now.
const SPREAD_MS: i64 = 10 * DAY_MS;
const SLUG: &str = "seed";
const PASSWORD: &str = "load data of a quiet lighthouse";
const CATEGORIES: [Category; 5] = [
    Category::Question,
    Category::GiveLend,
    Category::LostFound,
    Category::Hazard,
    Category::Fault,
];
const WORDS: [&str; 24] = [
    "lampadaire",
    "vélo",
    "marché",
    "banc",
    "clé",
    "jardin",
    "soupe",
    "pluie",
    "fenêtre",
    "chat",
    "livre",
    "café",
    "bench",
    "ladder",
    "bread",
    "tram",
    "corner",
    "window",
    "seeds",
    "kettle",
    "stairs",
    "bakery",
    "umbrella",
    "radio",
];

/// Fills an empty board.
pub async fn run(
    config: &Config,
    posts: u32,
    residents: u32,
    seed: u64,
) -> Result<ExitCode, CommandFault> {
    if residents == 0 {
        return Err(SettingFault::new("--residents", "0", "name at least one").into());
    }
    if !settle::is_empty(config).await? {
        return Err(
            SettingFault::new("--data", "this board is not empty", "name an empty folder").into(),
        );
    }
    let entropy = Entropy::seeded(seed);
    let start_ms = Clock::System.now_ms() - SPREAD_MS;
    let mut settler = Settler::enter(config, start_ms, entropy.clone()).await?;
    let mut identity = settler.house.clients.identity.clone();
    let cells = cells()?;
    let request = Caller::Operator.request(CreateNeighbourhoodRequest {
        slug: SLUG.to_owned(),
        name: "Seed".to_owned(),
        grain: u32::from(geo::FINEST),
        density: Some(Density {
            cells: cells
                .iter()
                .map(|cell| Households {
                    place: cell.to_i64(),
                    count: 400,
                })
                .collect(),
        }),
        names: Vec::new(),
    });
    let made = identity
        .create_neighbourhood(request)
        .await
        .map_err(Fault::from)?;
    let neighbourhood = NeighbourhoodId::from_bytes(&made.into_inner().id)?;
    settler.house.drain().await?;

    for number in 0..residents {
        let cell = *pick(&entropy, &cells);
        let person = Person {
            pseudonym: name(number),
            email: format!("resident{number}@example.org"),
            password: PASSWORD.to_owned(),
            locale: if number % 2 == 0 {
                Locale::French
            } else {
                Locale::English
            },
            home: Place::Cell(cell),
            founder: true,
        };
        settler.settle(&person, neighbourhood).await?;
    }
    for number in 0..posts {
        settler.wait_until(start_ms + SPREAD_MS * i64::from(number) / i64::from(posts));
        let cell = *pick(&entropy, &cells);
        let request = PublishRequest {
            client_key: entropy.bytes::<16>().to_vec().into(),
            neighbourhood: neighbourhood.to_bytes(),
            category: (*pick(&entropy, &CATEGORIES)).into(),
            title: words(&entropy, 5),
            body: words(&entropy, 40),
            place: Some(cell.to_i64()),
            ..PublishRequest::default()
        };
        settler
            .publish(&name(entropy.below(residents)), request)
            .await?;
    }
    settler.leave().await?;
    tell(&format!(
        "{posts} notices by {residents} residents in {SLUG}; sign in as resident0@example.org with: {PASSWORD}"
    ));
    Ok(ExitCode::SUCCESS)
}

/// One of some, every one equally likely.
fn pick<'a, T>(entropy: &Entropy, among: &'a [T]) -> &'a T {
    let count = u32::try_from(among.len()).unwrap_or(u32::MAX);
    &among[entropy.below(count) as usize]
}

fn name(number: u32) -> String {
    format!("Résident {number}")
}

fn words(entropy: &Entropy, count: usize) -> String {
    let chosen: Vec<&str> = (0..count).map(|_| *pick(entropy, &WORDS)).collect();
    chosen.join(" ")
}

/// The finest tiles of one cell of level 12.
fn cells() -> Result<Vec<CoarseCell>, CommandFault> {
    let invalid = |fault: geo::CellError| CommandFault::Failed(fault.to_string());
    let somewhere = CoarseCell::from_token("47e66e1c").map_err(invalid)?;
    let mut cells = vec![somewhere.coarsened(12)];
    while cells.first().is_some_and(|cell| cell.level() < geo::FINEST) {
        cells = cells
            .into_iter()
            .filter_map(CoarseCell::children)
            .flatten()
            .collect();
    }
    Ok(cells)
}
