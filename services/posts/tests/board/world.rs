//! A neighbourhood to test in.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use bus::{Bus, Compose, Envelope, Hear};
use contract::common::{Category, Measure};
use contract::events::envelope::Body;
use contract::events::{ContentRuled, LimitRaised, ModeratorActive};
use contract::posts::posts_server::Posts as _;
use contract::posts::{
    Act, AddCommentRequest, Behaviour, Comment, ConfirmRequest, EditRequest, Event, Ordinary, Post,
    PostRequest, PublishRequest, add_comment_reply, publish_reply,
};
use contract::{
    Caller, Fault, Locale, NeighbourhoodId, ResidentId, SessionId, Standing, StandingKeys,
};
use ed25519_dalek::SigningKey;
use geo::{CoarseCell, HouseholdCounts, LevelMap, Place};
use posts::{Parts, Posts, Settings};
use runtime::{Clock, DAY_MS, Entropy, HOUR_MS, Keys};
use sea_orm::prelude::Uuid;
use sea_orm::{ConnectionTrait, Statement};
use store::scratch::Scratch;
use store::{Outbox, Store};
use tonic::codegen::Bytes;

pub const NOW_MS: i64 = 1_790_000_000_000;

pub struct World {
    pub posts: Posts,
    /// Another process of the role, with connections of its own to the same database.
    pub second: Posts,
    pub clock: Clock,
    pub bus: Bus,
    pub scratch: Scratch,
    pub map: LevelMap,
    pub here: NeighbourhoodId,
    key: SigningKey,
    outbox: Outbox,
    entropy: Entropy,
    rulings: AtomicU64,
}

/// Somebody in the neighbourhood.
#[derive(Clone)]
pub struct Person {
    pub standing: Standing,
}

impl World {
    pub async fn each() -> Vec<World> {
        let mut worlds = Vec::new();
        for scratch in Scratch::each(posts::MIGRATIONS).await {
            worlds.push(Self::on(scratch).await);
        }
        worlds
    }

    async fn on(scratch: Scratch) -> World {
        let entropy = Entropy::seeded(7);
        let key = SigningKey::from_bytes(&[5; 32]);
        let clock = Clock::manual(NOW_MS);
        let outbox = Outbox::of(scratch.store.clone());
        outbox.enrol(&["test"]).await.unwrap();
        let bus = Bus::memory();
        let process = |store| {
            Posts::new(Parts {
                store,
                clock: clock.clone(),
                entropy: entropy.clone(),
                keys: Keys::ephemeral(&Entropy::seeded(7)),
                bus: bus.clone(),
                standing_keys: StandingKeys::new([("k1".to_owned(), key.verifying_key())]),
                settings: Settings {
                    posts_a_day: 5,
                    comments_a_day: 5,
                    rsvps_a_day: 5,
                },
            })
        };
        let world = World {
            posts: process(scratch.store.clone()),
            second: process(Store::open(&scratch.address).await.unwrap()),
            clock,
            bus,
            scratch,
            map: map(1),
            here: NeighbourhoodId::from_random([1; 16]),
            key,
            outbox,
            entropy,
            rulings: AtomicU64::new(0),
        };
        world.hear_map(1).await;
        world
    }

    pub async fn hear_map(&self, version: u32) {
        let body = Body::NeighbourhoodMapped(contract::events::NeighbourhoodMapped {
            map: Some((&map(version)).into()),
            slug: "here".into(),
        });
        self.hear(self.here.to_bytes(), u64::from(version), body)
            .await;
    }

    /// Another neighbourhood, with the same tiles.
    pub async fn elsewhere(&self, there: NeighbourhoodId) -> NeighbourhoodId {
        let event = Envelope {
            stream: "identity".into(),
            offset: 2,
            subject: there.to_bytes(),
            version: 1,
            neighbourhood: there.to_bytes(),
            body: Some(Body::NeighbourhoodMapped(
                contract::events::NeighbourhoodMapped {
                    map: Some((&map(1)).into()),
                    slug: "there".into(),
                },
            )),
        };
        self.posts.hear(&event).await.unwrap();
        there
    }

    pub async fn hear(&self, subject: impl Into<Bytes>, version: u64, body: Body) {
        self.hear_of("identity", subject, version, body).await;
    }

    pub async fn hear_of(&self, stream: &str, subject: impl Into<Bytes>, version: u64, body: Body) {
        let event = Envelope {
            stream: stream.into(),
            offset: 1,
            subject: subject.into(),
            version,
            neighbourhood: self.here.to_bytes(),
            body: Some(body),
        };
        self.posts.hear(&event).await.unwrap();
    }

    pub fn person(&self, n: u8) -> Person {
        let home = self.map.tiles().next().map_or(Place::Whole, Place::Cell);
        Person {
            standing: Standing {
                resident: ResidentId::from_random([n; 16]),
                neighbourhood: self.here,
                pseudonym: format!("Merle {n}"),
                home,
                map_version: 1,
                founder: true,
                moderator: false,
                newcomer_until_ms: 0,
                suspended_until_ms: None,
                issued_at_ms: 0,
                reserve: false,
            },
        }
    }

    pub fn newcomer(&self, n: u8) -> Person {
        let mut person = self.person(n);
        person.standing.founder = false;
        person.standing.newcomer_until_ms = NOW_MS + 14 * DAY_MS;
        person
    }

    pub fn moderator(&self, n: u8) -> Person {
        let mut person = self.person(n);
        person.standing.moderator = true;
        person
    }

    pub fn caller(&self, person: &Person) -> Caller {
        let standing = Standing {
            issued_at_ms: self.clock.now_ms(),
            ..person.standing.clone()
        };
        Caller::Resident {
            resident: standing.resident,
            session: SessionId::from_random([9; 16]),
            standings: vec![standing.sign("k1", &self.key)],
            locale: Locale::English,
        }
    }

    pub fn draft(&self) -> PublishRequest {
        PublishRequest {
            client_key: self.entropy.bytes::<16>().to_vec().into(),
            neighbourhood: self.here.to_bytes(),
            category: Category::Question.into(),
            title: "Where to buy bread on Sunday?".into(),
            body: "The bakery by the church is closed.".into(),
            ..Default::default()
        }
    }

    pub fn event(&self) -> PublishRequest {
        PublishRequest {
            category: Category::Event.into(),
            event: Some(Event {
                starts_at_ms: NOW_MS + DAY_MS,
                ends_at_ms: NOW_MS + DAY_MS + 7_200_000,
                place_name: "The library".into(),
                capacity: 20,
                audience: 0,
            }),
            ..self.draft()
        }
    }

    /// The form, filled in.
    pub fn behaviour(&self) -> PublishRequest {
        PublishRequest {
            category: Category::ConcerningBehaviour.into(),
            title: String::new(),
            body: "Somebody pulled the handles of three garage doors.".into(),
            behaviour: Some(Behaviour {
                act: Act::TriedToOpen.into(),
                harm: "A garage could have been emptied.".into(),
                considered: vec![Ordinary::Delivery.into()],
                why_not: "Three doors in three lanes, and no parcel.".into(),
                clothing: String::new(),
                danger_now: false,
            }),
            occurred_at_ms: Some(self.clock.now_ms() - HOUR_MS),
            ..self.draft()
        }
    }

    /// A moderator looks after the neighbourhood, as moderation tells.
    pub async fn attend(&self, moderator: &Person) {
        let there = moderator.standing.neighbourhood;
        let hour_ms = self.clock.now_ms() / HOUR_MS * HOUR_MS;
        let event = Envelope {
            stream: "moderation".into(),
            offset: 1,
            subject: there.to_bytes(),
            version: (hour_ms / HOUR_MS).unsigned_abs(),
            neighbourhood: there.to_bytes(),
            body: Some(Body::ModeratorActive(ModeratorActive { hour_ms })),
        };
        self.posts.hear(&event).await.unwrap();
    }

    /// Two moderators decided, or one ended, what is told of it: so many a day, from a day up to and with another.
    pub async fn raised(&self, which: u8, version: u64, told: (i64, i64, i64)) {
        self.raised_in(self.here, which, version, told).await;
    }

    /// The same elsewhere.
    pub async fn raised_in(
        &self,
        there: NeighbourhoodId,
        which: u8,
        version: u64,
        (a_day, from_day, until_day): (i64, i64, i64),
    ) {
        let body = Body::LimitRaised(LimitRaised {
            a_day: u32::try_from(a_day).unwrap(),
            from_day,
            until_day,
        });
        let event = Envelope {
            stream: "moderation".into(),
            offset: 1,
            subject: vec![which; 16].into(),
            version,
            neighbourhood: there.to_bytes(),
            body: Some(body),
        };
        self.posts.hear(&event).await.unwrap();
    }

    /// What waits for somebody to read it, as that moderator sees it, oldest first.
    pub async fn waiting(&self, moderator: &Person) -> Vec<Post> {
        let held = Statement::from_string(
            self.scratch.store.read().get_database_backend(),
            "SELECT id FROM post WHERE pictures_held OR (waits_since_ms IS NOT NULL AND NOT accepted) ORDER BY created_at_ms, id",
        );
        let rows = self.scratch.store.read().query_all_raw(held).await.unwrap();
        let mut waiting = Vec::new();
        for row in rows {
            let id: Uuid = row.try_get("", "id").unwrap();
            waiting.push(
                self.get_by_id(moderator, id.as_bytes().to_vec())
                    .await
                    .unwrap(),
            );
        }
        waiting
    }

    /// Writes what tells of a person.
    pub async fn cooling(&self, person: &Person, draft: PublishRequest) -> Post {
        match self.publish(person, draft).await.unwrap() {
            publish_reply::Outcome::CoolingDown(post) => post,
            other => panic!("does not cool down: {other:?}"),
        }
    }

    /// Confirms it, in one process or the other.
    pub async fn confirm(
        &self,
        process: &Posts,
        person: &Person,
        post: &Post,
    ) -> Result<publish_reply::Outcome, Fault> {
        let request = ConfirmRequest {
            post: post.id.clone(),
            version: post.version,
        };
        let request = self.caller(person).request(request);
        let reply = process.confirm(request).await?.into_inner();
        Ok(reply.outcome.unwrap())
    }

    /// Confirms what has cooled down.
    pub async fn confirmed(&self, person: &Person, post: &Post) -> Post {
        match self.confirm(&self.posts, person, post).await.unwrap() {
            publish_reply::Outcome::InReview(post) => post,
            other => panic!("not confirmed: {other:?}"),
        }
    }

    /// What moderators decided about what they read, as one process or the other hears it.
    pub async fn ruled(&self, process: &Posts, read: &Post, measure: Measure) {
        let event = Envelope {
            stream: "moderation".into(),
            offset: 1,
            subject: read.id.clone(),
            version: self.rulings.fetch_add(1, Ordering::Relaxed) + 1,
            neighbourhood: read.neighbourhood.clone(),
            body: Some(Body::ContentRuled(ContentRuled {
                measure: measure.into(),
                read: read.version,
                ..ContentRuled::default()
            })),
        };
        process.hear(&event).await.unwrap();
    }

    /// A moderator read it, and it may be shown; answers it as they see it then.
    pub async fn released(&self, moderator: &Person, read: &Post) -> Post {
        self.ruled(&self.posts, read, Measure::Keep).await;
        self.get(moderator, read).await.unwrap()
    }

    pub async fn publish(
        &self,
        person: &Person,
        draft: PublishRequest,
    ) -> Result<publish_reply::Outcome, Fault> {
        let reply = self
            .posts
            .publish(self.caller(person).request(draft))
            .await?;
        Ok(reply.into_inner().outcome.unwrap())
    }

    /// Publishes what must go up.
    pub async fn up(&self, person: &Person, draft: PublishRequest) -> Post {
        match self.publish(person, draft).await.unwrap() {
            publish_reply::Outcome::Published(post) => post,
            other => panic!("not published: {other:?}"),
        }
    }

    pub async fn refusal(&self, person: &Person, draft: PublishRequest) -> Vec<String> {
        match self.publish(person, draft).await.unwrap() {
            publish_reply::Outcome::Refused(refused) => refused
                .reasons
                .into_iter()
                .map(|reason| reason.code)
                .collect(),
            other => panic!("not refused: {other:?}"),
        }
    }

    pub async fn edit(
        &self,
        person: &Person,
        edit: EditRequest,
    ) -> Result<publish_reply::Outcome, Fault> {
        let edit = EditRequest {
            client_key: self.entropy.bytes::<16>().to_vec().into(),
            ..edit
        };
        let reply = self.posts.edit(self.caller(person).request(edit)).await?;
        Ok(reply.into_inner().outcome.unwrap())
    }

    pub async fn get(&self, person: &Person, post: &Post) -> Result<Post, Fault> {
        self.get_by_id(person, post.id.clone()).await
    }

    async fn get_by_id(&self, person: &Person, id: impl Into<Bytes>) -> Result<Post, Fault> {
        let request = PostRequest { post: id.into() };
        Ok(self
            .posts
            .get(self.caller(person).request(request))
            .await?
            .into_inner())
    }

    pub async fn resolve(&self, person: &Person, post: &Post) -> Result<Post, Fault> {
        let request = PostRequest {
            post: post.id.clone(),
        };
        Ok(self
            .posts
            .resolve(self.caller(person).request(request))
            .await?
            .into_inner())
    }

    pub async fn withdraw(&self, person: &Person, post: &Post) -> Result<(), Fault> {
        let request = PostRequest {
            post: post.id.clone(),
        };
        self.posts
            .withdraw(self.caller(person).request(request))
            .await?;
        Ok(())
    }

    pub fn comment(&self, post: &Post, body: &str) -> AddCommentRequest {
        AddCommentRequest {
            client_key: self.entropy.bytes::<16>().to_vec().into(),
            post: post.id.clone(),
            body: body.into(),
            signed_as: 0,
        }
    }

    pub async fn add(
        &self,
        person: &Person,
        comment: AddCommentRequest,
    ) -> Result<add_comment_reply::Outcome, Fault> {
        let reply = self
            .posts
            .add_comment(self.caller(person).request(comment))
            .await?;
        Ok(reply.into_inner().outcome.unwrap())
    }

    pub async fn added(&self, person: &Person, comment: AddCommentRequest) -> Comment {
        match self.add(person, comment).await.unwrap() {
            add_comment_reply::Outcome::Added(comment) => comment,
            other => panic!("not added: {other:?}"),
        }
    }

    /// What was told since the last time.
    pub async fn told(&self) -> Vec<Envelope> {
        let mut events = Vec::new();
        for entry in self.outbox.waiting("test", 1_000).await.unwrap() {
            events.extend(self.posts.compose(entry).await.unwrap());
            self.outbox.handled("test", entry.id).await.unwrap();
        }
        events
    }

    pub fn pass(&self, ms: i64) {
        self.clock.advance(Duration::from_millis(ms.unsigned_abs()));
    }
}

/// A map with tiles of level 14 around a point in the sea.
pub fn map(version: u32) -> LevelMap {
    let root = CoarseCell::at(48.0, -5.5, 11).unwrap();
    let mut finest = vec![root];
    while finest[0].level() < geo::FINEST {
        finest = finest
            .into_iter()
            .flat_map(|cell| cell.children().unwrap())
            .collect();
    }
    let counts = HouseholdCounts::from_cells(finest.into_iter().map(|cell| (cell, 150))).unwrap();
    LevelMap::build(&counts, geo::FINEST, geo::K, version).unwrap()
}
