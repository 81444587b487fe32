//! A neighbourhood, a database and a place for files to test in: a folder, or a bucket on a real S3-compatible server.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::Cursor;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use bus::{Envelope, Hear, Told};
use contract::common::Picture;
use contract::events::envelope::Body;
use contract::events::{PostGone, PostHeld, PostShown, ResidentErased};
use contract::media::media_server::MediaServer;
use contract::media::{DescribeRequest, ReadReply, ReadRequest, UploadPiece, Variant};
use contract::posts::Post;
use contract::{
    Caller, Fault, Locale, MediaClient, NeighbourhoodId, PostId, ResidentId, SessionId, Standing,
    StandingKeys,
};
use ed25519_dalek::SigningKey;
use futures_util::{Stream, stream};
use image::{ImageFormat, Rgb, RgbImage};
use media::scratch::Server;
use media::{Media, Parts};
use object_store::ObjectStore;
use runtime::{Clock, DAY_MS, Entropy, HeavyWork, Weights};
use store::Store;
use store::scratch::Scratch;
use tempfile::TempDir;

pub const NOW_MS: i64 = 1_790_000_000_000;
/// When the time of every notice is over.
pub const EXPIRES_MS: i64 = NOW_MS + 14 * DAY_MS;
/// A small budget: a few small pictures at a time.
pub const WEIGHTS: u64 = 24 << 20;

pub struct World {
    pub media: Media,
    pub client: MediaClient,
    pub clock: Clock,
    scratch: Arc<Scratch>,
    pub weights: Weights,
    files: Arc<Files>,
    key: SigningKey,
    entropy: Entropy,
}

/// Where the files are.
enum Files {
    Folder(TempDir),
    Bucket(Server),
}

const BUCKET: &str = "board";

/// Somebody with their neighbourhoods.
#[derive(Clone)]
pub struct Person {
    pub resident: ResidentId,
    pub standings: Vec<Standing>,
    pub locale: Locale,
}

impl World {
    /// With a folder on each database, and with a bucket on the one that several processes can share.
    pub async fn each() -> Vec<World> {
        let mut worlds = vec![Self::in_bucket().await];
        for scratch in Scratch::each(media::MIGRATIONS).await {
            let folder = tempfile::tempdir().unwrap();
            let blobs = media::folder(folder.path()).unwrap();
            let store = scratch.store.clone();
            let ground = (Arc::new(scratch), Arc::new(Files::Folder(folder)));
            worlds.push(Self::on(
                ground,
                store,
                Arc::new(blobs),
                Clock::manual(NOW_MS),
                7,
            ));
        }
        worlds
    }

    /// With a bucket.
    pub async fn in_bucket() -> World {
        let scratch = Scratch::postgres(media::MIGRATIONS).await;
        let server = Server::start();
        let bucket = server.bucket(BUCKET);
        let blobs = bucket.open_tried(&Entropy::seeded(8)).await.unwrap();
        let store = scratch.store.clone();
        let ground = (Arc::new(scratch), Arc::new(Files::Bucket(server)));
        Self::on(ground, store, blobs, Clock::manual(NOW_MS), 7)
    }

    /// Another process over the same database and bucket, which has nothing else in common with this one but the time.
    pub async fn another_process(&self) -> World {
        let bucket = self.server().bucket(BUCKET);
        let blobs = bucket.open_tried(&Entropy::seeded(9)).await.unwrap();
        let store = Store::open(&self.scratch.address).await.unwrap();
        let ground = (self.scratch.clone(), self.files.clone());
        Self::on(ground, store, blobs, self.clock.clone(), 10)
    }

    fn on(
        (scratch, files): (Arc<Scratch>, Arc<Files>),
        store: Store,
        blobs: Arc<dyn ObjectStore>,
        clock: Clock,
        seed: u64,
    ) -> World {
        let key = SigningKey::from_bytes(&[5; 32]);
        let weights = Weights::new(WEIGHTS);
        let entropy = Entropy::seeded(seed);
        let media = Media::new(Parts {
            store,
            clock: clock.clone(),
            entropy: entropy.clone(),
            standing_keys: StandingKeys::new([("k1".to_owned(), key.verifying_key())]),
            heavy: HeavyWork::within(weights.clone()).unwrap(),
            blobs,
        });
        let server = MediaServer::new(media.clone());
        let world = World {
            client: MediaClient::new(contract::in_process(server, Duration::from_mins(1))),
            media,
            clock,
            scratch,
            weights,
            files,
            key,
            entropy,
        };
        // As a folder has it from the start, so that tests can put something there.
        fs::create_dir_all(world.path("pictures")).unwrap();
        world
    }

    /// The server of the bucket.
    pub fn server(&self) -> &Server {
        match self.files.as_ref() {
            Files::Folder(_) => panic!("a folder has no server"),
            Files::Bucket(server) => server,
        }
    }

    /// Whether the files are in a folder of this machine alone.
    pub fn is_folder(&self) -> bool {
        matches!(self.files.as_ref(), Files::Folder(_))
    }

    pub fn caller(&self, person: &Person) -> Caller {
        let fresh = |standing: &Standing| Standing {
            issued_at_ms: self.clock.now_ms(),
            ..standing.clone()
        };
        Caller::Resident {
            resident: person.resident,
            session: SessionId::from_random([9; 16]),
            standings: person
                .standings
                .iter()
                .map(|standing| fresh(standing).sign("k1", &self.key))
                .collect(),
            locale: person.locale,
        }
    }

    pub async fn upload(&self, person: &Person, file: &[u8]) -> Result<Picture, Fault> {
        self.send(person, pieces(file)).await
    }

    pub async fn send(
        &self,
        person: &Person,
        pieces: impl Stream<Item = UploadPiece> + Send + 'static,
    ) -> Result<Picture, Fault> {
        let request = self.caller(person).request(pieces);
        Ok(self.client.clone().upload(request).await?.into_inner())
    }

    /// A new small picture of a person, and its id.
    pub async fn picture(&self, person: &Person) -> Picture {
        let seed = self.entropy.below(u32::MAX);
        self.upload(person, &png(12, 9, seed)).await.unwrap()
    }

    pub async fn read(&self, person: &Person, picture: &Picture) -> Result<ReadReply, Fault> {
        self.read_as(person, picture, Variant::Small).await
    }

    pub async fn read_as(
        &self,
        person: &Person,
        picture: &Picture,
        variant: Variant,
    ) -> Result<ReadReply, Fault> {
        let request = self.caller(person).request(ReadRequest {
            id: picture.id.clone(),
            variant: variant.into(),
            etag: String::new(),
        });
        Ok(self.client.clone().read(request).await?.into_inner())
    }

    pub async fn sees(&self, person: &Person, picture: &Picture) -> bool {
        match self.read(person, picture).await {
            Ok(reply) => {
                assert!(reply.jpeg.starts_with(&[0xff, 0xd8]));
                true
            }
            Err(fault) => {
                assert_eq!(fault.code, "NOT_FOUND", "hidden reads as not there");
                false
            }
        }
    }

    pub async fn describe(
        &self,
        person: &Person,
        pictures: &[&Picture],
        post: Option<PostId>,
    ) -> Result<Vec<Picture>, Fault> {
        let request = self.caller(person).request(DescribeRequest {
            ids: pictures.iter().map(|picture| picture.id.clone()).collect(),
            post: post.map(PostId::to_bytes).unwrap_or_default(),
        });
        Ok(self
            .client
            .clone()
            .describe(request)
            .await?
            .into_inner()
            .pictures)
    }

    pub async fn hear(&self, event: &Envelope) {
        self.media.hear(event).await.unwrap();
    }

    pub async fn hear_together(&self, events: Vec<Envelope>) {
        let told: Vec<Told> = events.into_iter().map(Told::from).collect();
        let heard = self.media.hear_together(&told).await;
        heard.expect("heard together").unwrap();
    }

    pub async fn show(&self, post: PostId, version: u64, by: &Person, pictures: &[&Picture]) {
        self.hear(&shown(post, version, by, pictures)).await;
    }

    pub fn pass(&self, ms: i64) {
        self.clock.advance(Duration::from_millis(ms.unsigned_abs()));
    }

    /// Every file there, whatever its name.
    pub fn files(&self) -> BTreeSet<PathBuf> {
        let mut files = BTreeSet::new();
        walk(&self.path(""), &mut files);
        files
    }

    /// Where a file is on this machine.
    pub fn path(&self, relative: &str) -> PathBuf {
        match self.files.as_ref() {
            Files::Folder(folder) => folder.path().join(relative),
            Files::Bucket(server) => server.folder(&server.bucket(BUCKET)).join(relative),
        }
    }

    /// As if everything there had been written when the clock said this.
    pub fn written_at(&self, at_ms: i64) {
        let at = SystemTime::UNIX_EPOCH + Duration::from_millis(at_ms.unsigned_abs());
        for file in self.files() {
            File::options()
                .write(true)
                .open(file)
                .unwrap()
                .set_modified(at)
                .unwrap();
        }
    }
}

fn walk(folder: &Path, files: &mut BTreeSet<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, files);
        } else {
            files.insert(path);
        }
    }
}

pub fn here() -> NeighbourhoodId {
    NeighbourhoodId::from_random([1; 16])
}

pub fn post(n: u8) -> PostId {
    PostId::from_random([n; 16])
}

pub fn member(n: u8, of: NeighbourhoodId, moderator: bool) -> Person {
    let resident = ResidentId::from_random([n; 16]);
    Person {
        resident,
        standings: vec![Standing {
            resident,
            neighbourhood: of,
            pseudonym: format!("Merle {n}"),
            home: geo::Place::Whole,
            map_version: 1,
            founder: false,
            moderator,
            newcomer_until_ms: 0,
            suspended_until_ms: None,
            issued_at_ms: 0,
            reserve: false,
        }],
        locale: Locale::English,
    }
}

pub fn neighbour(n: u8) -> Person {
    member(n, here(), false)
}

pub fn erased(person: &Person) -> Envelope {
    Envelope {
        stream: "identity".into(),
        subject: person.resident.to_bytes(),
        version: 1,
        body: Some(Body::ResidentErased(ResidentErased {})),
        ..Default::default()
    }
}

fn told(post: PostId, version: u64, body: Body) -> Envelope {
    Envelope {
        stream: "posts".into(),
        offset: 1,
        subject: post.to_bytes(),
        version,
        neighbourhood: here().to_bytes(),
        body: Some(body),
    }
}

pub fn shown(post: PostId, version: u64, by: &Person, pictures: &[&Picture]) -> Envelope {
    let body = PostShown {
        post: Some(Post {
            pictures: pictures.iter().map(|picture| (*picture).clone()).collect(),
            expires_at_ms: EXPIRES_MS,
            ..Default::default()
        }),
        author: by.resident.to_bytes(),
        ..Default::default()
    };
    told(post, version, Body::PostShown(body))
}

pub fn held(post: PostId, version: u64, by: &Person, pictures: &[&Picture]) -> Envelope {
    let body = PostHeld {
        pictures: pictures.iter().map(|picture| picture.id.clone()).collect(),
        author: by.resident.to_bytes(),
        ..PostHeld::default()
    };
    told(post, version, Body::PostHeld(body))
}

pub fn gone(post: PostId, version: u64) -> Envelope {
    told(post, version, Body::PostGone(PostGone {}))
}

/// A picture that no other seed makes.
pub fn png(width: u32, height: u32, seed: u32) -> Vec<u8> {
    let [a, b, c, _] = seed.to_be_bytes();
    let picture = RgbImage::from_fn(width, height, |x, y| {
        let shade = u8::try_from((x * 16 + y * 7) % 64).unwrap();
        Rgb([a.wrapping_add(shade), b.wrapping_add(shade), c])
    });
    encoded(&picture, ImageFormat::Png)
}

pub fn encoded(picture: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, format).unwrap();
    file.into_inner()
}

/// A file as the edge sends it.
pub fn pieces(file: &[u8]) -> impl Stream<Item = UploadPiece> + Send + use<> {
    let at_most_bytes = u32::try_from(file.len()).unwrap();
    let pieces: Vec<_> = file
        .chunks(64 << 10)
        .enumerate()
        .map(|(n, data)| UploadPiece {
            data: data.to_vec().into(),
            at_most_bytes: if n == 0 { at_most_bytes } else { 0 },
        })
        .collect();
    stream::iter(pieces)
}
