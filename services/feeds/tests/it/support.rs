//! A board of feeds to test on: a scratch database, a clock that stands still, members with standings.

use std::time::Duration;

use bus::{Bus, Envelope, Hear, HearFault, Told};
use contract::common::Category;
use contract::events::envelope::Body;
use contract::events::{NeighbourhoodMapped, PostGone, PostHeld, PostShown};
use contract::feeds::feeds_server::{Feeds as _, FeedsServer};
use contract::feeds::{ChangesReply, ChangesRequest, ReadReply, ReadRequest};
use contract::posts::Post;
use contract::{
    Caller, Fault, FeedsClient, Locale, NeighbourhoodId, PostId, ResidentId, SessionId, Standing,
    StandingKeys, identity,
};
use ed25519_dalek::SigningKey;
use feeds::{Feeds, MIGRATIONS, Parts};
use geo::{CoarseCell, Place};
use runtime::{Clock, DAY_MS, Entropy, HOUR_MS, Keys};
use store::scratch::Scratch;

/// When every test begins.
pub const START_MS: i64 = 20_000 * DAY_MS;

/// The role over a scratch database.
pub struct Board {
    pub feeds: Feeds,
    pub clock: Clock,
    pub bus: Bus,
    pub scratch: Scratch,
}

fn feeds(scratch: &Scratch, clock: &Clock, keys: Keys, bus: &Bus, posts_in_memory: usize) -> Feeds {
    Feeds::new(Parts {
        store: scratch.store.clone(),
        clock: clock.clone(),
        keys,
        standing_keys: StandingKeys::new([("s1".to_owned(), signing().verifying_key())]),
        bus: bus.clone(),
        posts_in_memory,
    })
}

fn signing() -> SigningKey {
    SigningKey::from_bytes(&[9; 32])
}

impl Board {
    pub fn on(scratch: Scratch) -> Self {
        Self::with_keys(scratch, Keys::ephemeral(&Entropy::seeded(1)))
    }

    pub fn with_keys(scratch: Scratch, keys: Keys) -> Self {
        Self::holding(scratch, keys, feeds::POSTS_IN_MEMORY)
    }

    pub fn holding(scratch: Scratch, keys: Keys, posts_in_memory: usize) -> Self {
        let clock = Clock::manual(START_MS);
        let bus = Bus::memory();
        let feeds = feeds(&scratch, &clock, keys, &bus, posts_in_memory);
        Self {
            feeds,
            clock,
            bus,
            scratch,
        }
    }

    /// The role in another process, whose signals do not arrive here.
    pub fn another(&self, posts_in_memory: usize) -> Feeds {
        let keys = Keys::ephemeral(&Entropy::seeded(1));
        feeds(
            &self.scratch,
            &self.clock,
            keys,
            &Bus::memory(),
            posts_in_memory,
        )
    }

    /// One on each database.
    pub async fn each() -> [Self; 2] {
        Scratch::each(MIGRATIONS).await.map(Self::on)
    }

    pub fn advance_ms(&self, by_ms: i64) {
        self.clock
            .advance(Duration::from_millis(by_ms.unsigned_abs()));
    }

    /// A member of a neighbourhood; each number is another resident.
    pub fn member(&self, number: u8, neighbourhood: NeighbourhoodId) -> Caller {
        let resident = resident(number);
        let standing = Standing {
            resident,
            neighbourhood,
            pseudonym: format!("Membre {number}"),
            home: Place::Whole,
            map_version: 1,
            founder: false,
            moderator: number == 0,
            newcomer_until_ms: 0,
            suspended_until_ms: None,
            issued_at_ms: self.clock.now_ms(),
            reserve: false,
        };
        Caller::Resident {
            resident,
            session: SessionId::from_random([number; 16]),
            standings: vec![standing.sign("s1", &signing())],
            locale: Locale::French,
        }
    }

    pub async fn tell(&self, event: &Envelope) {
        self.feeds.hear(event).await.unwrap();
    }

    /// Several at once.
    pub async fn tell_together(&self, events: &[Envelope]) -> Result<(), HearFault> {
        let told: Vec<Told> = events.iter().cloned().map(Into::into).collect();
        let heard = self.feeds.hear_together(&told).await;
        heard.expect("feeds hears together")
    }

    pub async fn try_read(
        &self,
        caller: &Caller,
        request: ReadRequest,
    ) -> Result<ReadReply, Fault> {
        let reply = self.feeds.read(caller.request(request)).await;
        reply.map(tonic::Response::into_inner).map_err(Fault::from)
    }

    pub async fn read(&self, request: ReadRequest) -> ReadReply {
        let member = self.member(1, here());
        self.try_read(&member, request).await.unwrap()
    }

    pub async fn try_changes(
        &self,
        caller: &Caller,
        request: ChangesRequest,
    ) -> Result<ChangesReply, Fault> {
        let reply = self.feeds.changes(caller.request(request)).await;
        reply.map(tonic::Response::into_inner).map_err(Fault::from)
    }

    pub async fn changes(&self, request: ChangesRequest) -> ChangesReply {
        let member = self.member(1, here());
        self.try_changes(&member, request).await.unwrap()
    }

    /// The role behind its generated server, as wiring has it.
    pub fn client(&self) -> FeedsClient {
        let server = FeedsServer::new(self.feeds.clone());
        FeedsClient::new(contract::in_process(server, Duration::from_secs(5)))
    }
}

pub fn here() -> NeighbourhoodId {
    NeighbourhoodId::from_random([1; 16])
}

pub fn elsewhere() -> NeighbourhoodId {
    NeighbourhoodId::from_random([2; 16])
}

pub fn resident(number: u8) -> ResidentId {
    ResidentId::from_random([number; 16])
}

/// A post of its own for each number; the ids do not sort like the numbers.
pub fn id(number: u64) -> PostId {
    let mixed = number.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut bytes = [7; 16];
    bytes[..8].copy_from_slice(&mixed.to_be_bytes());
    PostId::from_random(bytes)
}

/// The four level-13 cells of one of level 12.
pub fn quarters() -> [CoarseCell; 4] {
    CoarseCell::at(60.18, 24.95, 12)
        .unwrap()
        .children()
        .unwrap()
}

pub fn quarter(number: usize) -> Place {
    Place::Cell(quarters()[number])
}

/// A post of HELP, published when the tests begin, for two weeks.
pub fn post(number: u64, place: Place) -> Post {
    Post {
        id: id(number).to_bytes(),
        neighbourhood: here().to_bytes(),
        category: Category::Help.into(),
        state: contract::posts::State::Published.into(),
        title: format!("Titre {number}"),
        body: format!("Texte {number}"),
        place: place.to_i64(),
        map_version: 1,
        published_at_ms: START_MS,
        expires_at_ms: START_MS + 14 * DAY_MS,
        takes_comments: true,
        version: 1,
        ..Post::default()
    }
}

pub fn shown_in(neighbourhood: NeighbourhoodId, post: &Post) -> Envelope {
    Envelope {
        stream: "posts".into(),
        subject: post.id.clone(),
        version: post.version,
        neighbourhood: neighbourhood.to_bytes(),
        body: Some(Body::PostShown(PostShown {
            post: Some(post.clone()),
            author: resident(3).to_bytes(),
            order_at_ms: post.published_at_ms,
            ..PostShown::default()
        })),
        ..Envelope::default()
    }
}

pub fn shown(post: &Post) -> Envelope {
    shown_in(here(), post)
}

pub fn gone(number: u64, version: u64) -> Envelope {
    of_post(number, version, Body::PostGone(PostGone {}))
}

/// The post waits to be read again.
pub fn held(number: u64, version: u64) -> Envelope {
    of_post(number, version, Body::PostHeld(PostHeld::default()))
}

fn of_post(number: u64, version: u64, body: Body) -> Envelope {
    Envelope {
        stream: "posts".into(),
        subject: id(number).to_bytes(),
        version,
        neighbourhood: here().to_bytes(),
        body: Some(body),
        ..Envelope::default()
    }
}

/// The neighbourhood's map: four leaves of level 13.
pub fn mapped() -> Envelope {
    let leaves = quarters().map(|cell| identity::Leaf {
        place: cell.to_i64(),
        selectable: true,
    });
    Envelope {
        stream: "identity".into(),
        subject: here().to_bytes(),
        version: 1,
        neighbourhood: here().to_bytes(),
        body: Some(Body::NeighbourhoodMapped(NeighbourhoodMapped {
            map: Some(identity::LevelMap {
                version: 1,
                grain: 13,
                leaves: leaves.to_vec(),
            }),
            slug: "ici".into(),
        })),
        ..Envelope::default()
    }
}

pub fn reading(places: &[Place], first: u32) -> ReadRequest {
    ReadRequest {
        neighbourhood: here().to_bytes(),
        places: places.iter().map(|place| place.to_i64()).collect(),
        first,
        ..ReadRequest::default()
    }
}

pub fn following(places: &[Place], after: &str) -> ChangesRequest {
    ChangesRequest {
        neighbourhood: here().to_bytes(),
        places: places.iter().map(|place| place.to_i64()).collect(),
        first: 200,
        after: after.into(),
        ..ChangesRequest::default()
    }
}

pub fn ids(posts: &[Post]) -> Vec<PostId> {
    let ids = posts.iter().map(|post| PostId::from_bytes(&post.id));
    ids.collect::<Result<_, _>>().unwrap()
}

/// So many hours in milliseconds.
pub const fn hours(count: i64) -> i64 {
    count * HOUR_MS
}
