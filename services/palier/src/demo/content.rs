//! The demo's data, read and checked.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use contract::common::Category;
use contract::posts::{Audience, Event, Rsvp, Signature};
use contract::{Locale, PostId};
use geo::Place;
use runtime::{DAY_MS, HOUR_MS, MINUTE_MS};
use rust_embed::RustEmbed;
use serde::Deserialize;

#[derive(RustEmbed)]
#[folder = "demo"]
struct Files;

/// Everything of the demo.
pub struct Content {
    tiles: Tiles,
    residents: Residents,
    posts: Posts,
    published: RefCell<BTreeMap<String, PostId>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tiles {
    neighbourhood: Hood,
    #[serde(rename = "tiles")]
    named: Vec<Tile>,
}

/// What the neighbourhood is called.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Hood {
    pub slug: String,
    pub name: String,
    pub grain: u32,
}

/// What a tile is called.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tile {
    pub token: String,
    #[serde(rename = "level")]
    _level: u8,
    pub name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Residents {
    password: String,
    moderator: Resident,
    #[serde(rename = "residents")]
    others: Vec<Resident>,
}

/// An account.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Resident {
    pub pseudonym: String,
    pub email: String,
    pub locale: String,
    pub home: String,
    pub joined_days_ago: u32,
    #[serde(default)]
    pub founder: bool,
    #[serde(default)]
    pub newcomer: bool,
    /// At most five, in the order of their numbers.
    #[serde(default)]
    pub follows: Vec<Area>,
}

/// An area that somebody follows besides home.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Area {
    pub name: String,
    tiles: Vec<String>,
}

impl Area {
    /// The tiles that it is made of.
    pub fn places(&self) -> Result<Vec<i64>, geo::CellError> {
        let places = self.tiles.iter().map(|token| Place::from_token(token));
        places.map(|place| place.map(Place::to_i64)).collect()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Posts {
    #[serde(rename = "posts")]
    notices: Vec<Notice>,
}

/// A notice.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    pub key: String,
    pub author: String,
    lang: String,
    category: String,
    pub title: String,
    pub body: String,
    tile: Option<String>,
    signed: Option<String>,
    pub published_minutes_ago: u32,
    pub expires_in_hours: Option<u32>,
    #[serde(default)]
    pub photos: Vec<Photo>,
    event: Option<Happening>,
    #[serde(default)]
    pub coming: Vec<Coming>,
    #[serde(default)]
    pub comments: Vec<Answer>,
    #[serde(default)]
    pub resolved: bool,
    #[serde(default)]
    pub held: bool,
}

/// A photo and what it shows.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Photo {
    pub file: String,
    alt: Alt,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Alt {
    fr: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Happening {
    starts_in_hours: u32,
    ends_in_hours: u32,
    clock: Option<String>,
    place: String,
    #[serde(default)]
    capacity: u32,
    audience: String,
}

/// Somebody who says whether they come to an event.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coming {
    pub who: String,
    pub minutes_after: u32,
    answer: String,
}

impl Coming {
    /// What they say; a word that is no answer is none.
    pub fn answer(&self) -> Rsvp {
        Rsvp::from_str_name(&self.answer).unwrap_or_default()
    }
}

/// An answer to a notice.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    pub author: String,
    pub minutes_after: u32,
    pub body: String,
}

impl Content {
    /// Writes the archives of the basemap into a folder.
    pub fn write_tiles(folder: &Path) -> std::io::Result<()> {
        std::fs::create_dir_all(folder)?;
        for path in Files::iter().filter(|path| path.ends_with(".pmtiles")) {
            let name = path.strip_prefix("tiles/").unwrap_or(&path);
            if let Some(file) = Files::get(&path) {
                std::fs::write(folder.join(name), file.data)?;
            }
        }
        Ok(())
    }

    /// What is built into the program.
    pub fn embedded() -> anyhow::Result<Self> {
        Ok(Self {
            tiles: toml::from_str(&Self::text("tiles.toml")?)?,
            residents: toml::from_str(&Self::text("residents.toml")?)?,
            posts: toml::from_str(&Self::text("posts.toml")?)?,
            published: RefCell::default(),
        })
    }

    /// A text file of the demo.
    pub fn text(name: &str) -> anyhow::Result<String> {
        let file = Files::get(name).with_context(|| format!("the demo has no {name}"))?;
        Ok(String::from_utf8(file.data.into_owned())?)
    }

    /// A photo of the demo.
    pub fn photo(name: &str) -> anyhow::Result<Vec<u8>> {
        let path = format!("photos/{name}");
        let file = Files::get(&path).with_context(|| format!("the demo has no {path}"))?;
        Ok(file.data.into_owned())
    }

    pub fn neighbourhood(&self) -> &Hood {
        &self.tiles.neighbourhood
    }

    pub fn tiles(&self) -> impl Iterator<Item = &Tile> {
        self.tiles.named.iter()
    }

    pub fn password(&self) -> &str {
        &self.residents.password
    }

    pub fn moderator(&self) -> &Resident {
        &self.residents.moderator
    }

    /// The moderator and every resident.
    pub fn everybody(&self) -> impl Iterator<Item = &Resident> {
        [&self.residents.moderator]
            .into_iter()
            .chain(&self.residents.others)
    }

    pub fn notices(&self) -> impl Iterator<Item = &Notice> {
        self.posts.notices.iter()
    }

    /// How many days ago the first of them came.
    pub fn oldest_days(&self) -> u32 {
        self.everybody()
            .map(|resident| resident.joined_days_ago)
            .max()
            .unwrap_or_default()
    }

    /// Under which id a notice went up.
    pub fn published(&self, key: &str) -> Option<PostId> {
        self.published.borrow().get(key).copied()
    }

    pub fn remember(&self, key: &str, post: PostId) {
        self.published.borrow_mut().insert(key.to_owned(), post);
    }
}

impl Photo {
    pub fn alt(&self, locale: Locale) -> &str {
        locale.pick(&self.alt.fr, &self.alt.en)
    }
}

impl Notice {
    pub fn lang(&self) -> Locale {
        Locale::from_tag(&self.lang)
    }

    pub fn category(&self) -> Category {
        Category::from_str_name(&self.category).unwrap_or_default()
    }

    pub fn place(&self) -> Result<Option<Place>, geo::CellError> {
        self.tile.as_deref().map(Place::from_token).transpose()
    }

    pub fn signature(&self) -> Signature {
        match self.signed.as_deref() {
            Some("pseudonym") => Signature::Pseudonym,
            Some("neighbour") => Signature::Neighbour,
            _ => Signature::Default,
        }
    }

    /// When and where, relative to the moment of loading.
    pub fn event(&self, now_ms: i64) -> Option<Event> {
        let event = self.event.as_ref()?;
        let lasts_ms =
            i64::from(event.ends_in_hours.saturating_sub(event.starts_in_hours)) * HOUR_MS;
        let about_ms = now_ms + i64::from(event.starts_in_hours) * HOUR_MS;
        let starts_at_ms = event
            .clock
            .as_deref()
            .and_then(minutes)
            .map_or(about_ms, |minutes| {
                // Helsinki's winter time, UTC+2; the board shows it in each reader's own.
                let day_ms = about_ms - (about_ms + 2 * HOUR_MS).rem_euclid(DAY_MS);
                let at_ms = day_ms + minutes * MINUTE_MS;
                if at_ms > now_ms {
                    at_ms
                } else {
                    at_ms + DAY_MS
                }
            });
        Some(Event {
            starts_at_ms,
            ends_at_ms: starts_at_ms + lasts_ms,
            place_name: event.place.clone(),
            capacity: event.capacity,
            audience: match event.audience.as_str() {
                "PUBLIC" => Audience::Public,
                _ => Audience::Neighbourhood,
            }
            .into(),
        })
    }
}

/// Minutes since midnight of `HH:MM`.
fn minutes(clock: &str) -> Option<i64> {
    let (hours, minutes) = clock.split_once(':')?;
    Some(hours.parse::<i64>().ok()? * 60 + minutes.parse::<i64>().ok()?)
}
