//! A neighbourhood to moderate, and one beside it.

use std::sync::Arc;
use std::time::Duration;

use bus::{Compose, Envelope, Hear};
use contract::common::{Category, Measure, Occasion, Picture};
use contract::events::envelope::Body;
use contract::events::{self, CommentShown, PostGone, PostHeld, PostShown, ResidentErased};
use contract::moderation::moderation_server::Moderation as _;
use contract::moderation::{
    Case, CaseRequest, DecideCaseRequest, Decision, Ground, Lane, ListCasesRequest,
    ListStatementsRequest, Reason, Receipt, ReportDepictionRequest, ReportReply, ReportRequest,
    Rule, Statement, report_reply,
};
use contract::posts::Post;
use contract::{
    Caller, Fault, Locale, MediaId, NeighbourhoodId, PostId, ResidentId, SessionId, Standing,
    StandingKeys,
};
use ed25519_dalek::SigningKey;
use moderation::{Moderation, Parts, Settings};
use runtime::{Clock, Entropy, Keys, Purpose};
use sea_orm::{ConnectionTrait, Statement as Sql};
use store::scratch::Scratch;
use store::{DELETIONS, DeletionLog, Outbox, Store};

/// On the hour.
pub const NOW_MS: i64 = 497_223 * 3_600_000;
pub const FACTS: &str = "It calls a neighbour names that nobody should be called.";

pub struct World {
    pub desk: Moderation,
    /// Another process of the role, with connections of its own to the same database.
    pub second: Moderation,
    pub clock: Clock,
    pub scratch: Scratch,
    /// What was deleted for good.
    pub log: DeletionLog,
    _logged: Scratch,
    pub here: NeighbourhoodId,
    pub beside: NeighbourhoodId,
    key: SigningKey,
    outbox: Outbox,
    entropy: Entropy,
}

/// Somebody in a neighbourhood.
#[derive(Clone)]
pub struct Person {
    pub standing: Standing,
}

impl Person {
    pub fn id(&self) -> ResidentId {
        self.standing.resident
    }
}

impl World {
    pub async fn each() -> Vec<World> {
        let mut worlds = Vec::new();
        for scratch in Scratch::each(moderation::MIGRATIONS).await {
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
        let logged = Scratch::sqlite(DELETIONS).await;
        let log = log(logged.store.clone(), &clock);
        let process = |store: Store| {
            Moderation::new(Parts {
                store: store.logging_to(log.clone()),
                clock: clock.clone(),
                entropy: entropy.clone(),
                keys: Keys::ephemeral(&Entropy::seeded(7)),
                standing_keys: StandingKeys::new([("k1".to_owned(), key.verifying_key())]),
                settings: Settings { reports_a_day: 5 },
            })
        };
        World {
            desk: process(scratch.store.clone()),
            second: process(Store::open(&scratch.address).await.unwrap()),
            clock,
            scratch,
            log,
            _logged: logged,
            here: NeighbourhoodId::from_random([1; 16]),
            beside: NeighbourhoodId::from_random([2; 16]),
            key,
            outbox,
            entropy,
        }
    }

    /// A member here; their ids begin where those of neighbourhoods, notices and pictures have ended.
    pub fn person(&self, n: u8) -> Person {
        Person {
            standing: Standing {
                resident: ResidentId::from_random([100 + n; 16]),
                neighbourhood: self.here,
                pseudonym: format!("Merle {n}"),
                home: geo::Place::Whole,
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

    pub fn moderator(&self, n: u8) -> Person {
        let mut person = self.person(n);
        person.standing.moderator = true;
        person
    }

    /// A moderator of the neighbourhood beside, who is nobody here.
    pub fn moderator_beside(&self, n: u8) -> Person {
        let mut person = self.moderator(n);
        person.standing.neighbourhood = self.beside;
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

    pub async fn hear(&self, subject: impl Into<tonic::codegen::Bytes>, version: u64, body: Body) {
        let stream = match body {
            Body::ResidentErased(_) => "identity",
            _ => "posts",
        };
        let event = Envelope {
            stream: stream.into(),
            offset: 1,
            subject: subject.into(),
            version,
            neighbourhood: self.here.to_bytes(),
            body: Some(body),
        };
        self.desk.hear(&event).await.unwrap();
    }

    /// A notice is readable, at this version.
    pub async fn shown(&self, notice: &Notice, version: u64) {
        let (held, pictures): (Vec<_>, Vec<_>) =
            notice.pictures.iter().partition(|_| notice.pictures_wait);
        let body = Body::PostShown(PostShown {
            post: Some(Post {
                id: notice.id.to_bytes(),
                neighbourhood: self.here.to_bytes(),
                category: notice.category.into(),
                pictures: pictures
                    .into_iter()
                    .map(|id: &MediaId| Picture {
                        id: id.to_bytes(),
                        ..Default::default()
                    })
                    .collect(),
                version,
                ..Default::default()
            }),
            author: notice.author.to_bytes(),
            order_at_ms: self.clock.now_ms(),
            pictures_held: held.into_iter().map(|id| id.to_bytes()).collect(),
            public_until_ms: notice.public_until_ms,
            written: notice.written,
            pictures_withheld: Vec::new(),
        });
        self.hear(notice.id.to_bytes(), version, body).await;
    }

    /// It waits for these causes, since now.
    pub async fn held(&self, notice: &Notice, version: u64, causes: &[events::Cause]) {
        let body = Body::PostHeld(PostHeld {
            pictures: notice.pictures.iter().map(|id| id.to_bytes()).collect(),
            author: notice.author.to_bytes(),
            category: notice.category.into(),
            causes: causes.iter().map(|cause| i32::from(*cause)).collect(),
            since_ms: self.clock.now_ms(),
            written: notice.written,
            ..Default::default()
        });
        self.hear(notice.id.to_bytes(), version, body).await;
    }

    /// Nobody waits for it any more, nobody sees it.
    pub async fn taken_down(&self, notice: &Notice, version: u64) {
        let body = Body::PostHeld(PostHeld {
            author: notice.author.to_bytes(),
            category: notice.category.into(),
            removed: true,
            ..Default::default()
        });
        self.hear(notice.id.to_bytes(), version, body).await;
    }

    /// Nobody read it in time.
    pub async fn lapsed(&self, notice: &Notice, version: u64) {
        let body = Body::PostHeld(PostHeld {
            author: notice.author.to_bytes(),
            category: notice.category.into(),
            removed: true,
            lapsed: true,
            ..Default::default()
        });
        self.hear(notice.id.to_bytes(), version, body).await;
    }

    pub async fn gone(&self, id: PostId, version: u64) {
        self.hear(id.to_bytes(), version, Body::PostGone(PostGone {}))
            .await;
    }

    pub async fn answered(&self, notice: &Notice, comment: PostId, author: &Person) {
        let body = Body::CommentShown(CommentShown {
            post: notice.id.to_bytes(),
            author: author.id().to_bytes(),
        });
        self.hear(comment.to_bytes(), 1, body).await;
    }

    pub async fn erased(&self, person: &Person) {
        let body = Body::ResidentErased(ResidentErased {});
        self.hear(person.id().to_bytes(), 1, body).await;
    }

    pub fn reporting(&self, content: PostId, reason: Reason) -> ReportRequest {
        ReportRequest {
            client_key: self.entropy.bytes::<16>().to_vec().into(),
            content: content.to_bytes(),
            reason: reason.into(),
            explanation: "Somebody is named there.".into(),
            good_faith: true,
            ..Default::default()
        }
    }

    pub async fn report(&self, by: &Caller, asked: ReportRequest) -> Result<ReportReply, Fault> {
        Ok(self.desk.report(by.request(asked)).await?.into_inner())
    }

    /// Reports what must be taken; answers the report's id.
    pub async fn reported(&self, by: &Person, content: PostId) -> Vec<u8> {
        let asked = self.reporting(content, Reason::Harassment);
        receipt(self.report(&self.caller(by), asked).await.unwrap())
    }

    pub fn depicting(&self, post: PostId, picture: MediaId) -> ReportDepictionRequest {
        ReportDepictionRequest {
            client_key: self.entropy.bytes::<16>().to_vec().into(),
            post: post.to_bytes(),
            picture: picture.to_bytes(),
            ..Default::default()
        }
    }

    pub async fn depicted(
        &self,
        by: &Caller,
        asked: ReportDepictionRequest,
    ) -> Result<ReportReply, Fault> {
        let reply = self.desk.report_depiction(by.request(asked)).await?;
        Ok(reply.into_inner())
    }

    pub async fn queue(&self, by: &Person, lane: Lane) -> Result<Vec<Case>, Fault> {
        let request = ListCasesRequest {
            neighbourhood: self.here.to_bytes(),
            lane: lane.into(),
            first: 50,
            ..Default::default()
        };
        let reply = self
            .desk
            .list_cases(self.caller(by).request(request))
            .await?;
        Ok(reply.into_inner().cases)
    }

    /// The one case there is for them.
    pub async fn case(&self, by: &Person) -> Case {
        let mut cases = self.queue(by, Lane::Every).await.unwrap();
        assert_eq!(cases.len(), 1);
        cases.remove(0)
    }

    pub async fn get(&self, by: &Person, case: &Case) -> Result<Case, Fault> {
        let request = CaseRequest {
            case: case.id.clone(),
        };
        let reply = self.desk.get_case(self.caller(by).request(request)).await?;
        Ok(reply.into_inner())
    }

    pub async fn claim(&self, by: &Person, case: &Case) -> Result<Case, Fault> {
        let request = CaseRequest {
            case: case.id.clone(),
        };
        let request = self.caller(by).request(request);
        Ok(self.desk.claim_case(request).await?.into_inner())
    }

    pub async fn give_back(&self, by: &Person, case: &Case) -> Result<(), Fault> {
        let request = CaseRequest {
            case: case.id.clone(),
        };
        self.desk
            .return_case(self.caller(by).request(request))
            .await?;
        Ok(())
    }

    pub async fn recuse(&self, by: &Person, case: &Case) -> Result<(), Fault> {
        let request = CaseRequest {
            case: case.id.clone(),
        };
        self.desk.recuse(self.caller(by).request(request)).await?;
        Ok(())
    }

    pub async fn decide(&self, by: &Person, asked: DecideCaseRequest) -> Result<Decision, Fault> {
        let request = self.caller(by).request(asked);
        Ok(self.desk.decide_case(request).await?.into_inner())
    }

    /// Claims and decides what must be decidable.
    pub async fn decided(&self, by: &Person, asked: DecideCaseRequest) -> Decision {
        let case = Case {
            id: asked.case.clone(),
            ..Default::default()
        };
        self.claim(by, &case).await.unwrap();
        self.decide(by, asked).await.unwrap()
    }

    pub async fn statements(&self, person: &Person) -> Vec<Statement> {
        let request = ListStatementsRequest {
            first: 50,
            after: String::new(),
        };
        let request = self.caller(person).request(request);
        let reply = self.desk.list_statements(request).await.unwrap();
        reply.into_inner().statements
    }

    /// The one statement that somebody has on this occasion.
    pub async fn statement(&self, person: &Person, occasion: Occasion) -> Statement {
        let mut told = self.statements(person).await;
        told.retain(|statement| statement.occasion() == occasion);
        assert_eq!(told.len(), 1, "{occasion:?}");
        told.remove(0)
    }

    /// What was told since the last time.
    pub async fn told(&self) -> Vec<Envelope> {
        let mut events = Vec::new();
        for entry in self.outbox.waiting("test", 1_000).await.unwrap() {
            events.extend(self.desk.compose(entry).await.unwrap());
            self.outbox.handled("test", entry.id).await.unwrap();
        }
        events
    }

    /// How a content stands by the last that was told of it.
    pub async fn ruled(&self, content: PostId) -> Option<events::ContentRuled> {
        let told = self.told().await.into_iter().rev();
        told.filter(|event| event.subject == content.to_bytes())
            .find_map(|event| match event.body {
                Some(Body::ContentRuled(ruled)) => Some(ruled),
                _ => None,
            })
    }

    pub async fn count(&self, from: &str) -> i64 {
        self.number("COUNT(*)", from).await
    }

    async fn number(&self, what: &str, from: &str) -> i64 {
        let on = self.scratch.store.read();
        let sql = format!("SELECT CAST({what} AS BIGINT) AS n FROM {from}");
        let row = on
            .query_one_raw(Sql::from_string(on.get_database_backend(), sql))
            .await
            .unwrap()
            .unwrap();
        row.try_get("", "n").unwrap()
    }

    /// How much was not read or decided in time.
    pub async fn late(&self) -> i64 {
        self.number("COALESCE(SUM(number), 0)", "tally WHERE what = 6")
            .await
    }

    pub fn pass(&self, ms: i64) {
        self.clock.advance(Duration::from_millis(ms.unsigned_abs()));
    }
}

/// A notice as posts tells of it.
#[derive(Clone)]
pub struct Notice {
    pub id: PostId,
    pub author: ResidentId,
    pub category: Category,
    pub pictures: Vec<MediaId>,
    pub pictures_wait: bool,
    pub public_until_ms: i64,
    /// The version that its author wrote; 0: the one that is told.
    pub written: u64,
}

/// A question for members, without pictures.
pub fn notice(n: u8, author: &Person) -> Notice {
    Notice {
        id: PostId::from_random([10 + n; 16]),
        author: author.id(),
        category: Category::Question,
        pictures: Vec::new(),
        pictures_wait: false,
        public_until_ms: 0,
        written: 0,
    }
}

pub fn picture(n: u8) -> MediaId {
    MediaId::from_random([50 + n; 16])
}

pub fn receipt(reply: ReportReply) -> Vec<u8> {
    taken(reply).report.to_vec()
}

/// What is answered to who said something that is read.
pub fn taken(reply: ReportReply) -> Receipt {
    match reply.outcome {
        Some(report_reply::Outcome::Reported(receipt)) => receipt,
        other => panic!("not taken: {other:?}"),
    }
}

/// What came of it, in a word: "taken", the code of the reason, the limit or the fault.
pub fn word(reply: Result<ReportReply, Fault>) -> String {
    match reply.map(|reply| reply.outcome) {
        Ok(Some(report_reply::Outcome::Reported(_))) => "taken".to_owned(),
        Ok(Some(report_reply::Outcome::Refused(refused))) => refused.reasons[0].code.clone(),
        Ok(Some(report_reply::Outcome::Limited(limited))) => limited.limit,
        Ok(None) => "nothing".to_owned(),
        Err(fault) => fault.code.into_owned(),
    }
}

impl World {
    pub async fn read(
        &self,
        by: &Caller,
        statement: tonic::codegen::Bytes,
    ) -> Result<Statement, Fault> {
        let request = contract::moderation::StatementRequest { statement };
        let reply = self.desk.get_statement(by.request(request)).await?;
        Ok(reply.into_inner())
    }
}

pub fn visitor(n: u8) -> Caller {
    Caller::Visitor {
        locale: Locale::English,
        origin: vec![n; 32],
    }
}

pub fn removal(case: &Case) -> DecideCaseRequest {
    DecideCaseRequest {
        case: case.id.clone(),
        version: case.version,
        measure: Measure::Remove.into(),
        rule: Rule::Insult.into(),
        ground: Ground::HouseRules.into(),
        facts: FACTS.into(),
        read: b"What the notice said.".to_vec().into(),
        ..Default::default()
    }
}

pub fn keeping(case: &Case) -> DecideCaseRequest {
    DecideCaseRequest {
        measure: Measure::Keep.into(),
        rule: Rule::NoneBroken.into(),
        read: Vec::new().into(),
        ..removal(case)
    }
}

fn log(store: Store, clock: &Clock) -> DeletionLog {
    let keys = Keys::ephemeral(&Entropy::seeded(9));
    let (ring, clock) = (keys.ring(Purpose::Deletions).clone(), clock.clone());
    DeletionLog::new(
        store,
        Arc::new(move |name| ring.all().map(|key| key.hash(name)).collect()),
        Arc::new(move || clock.now_ms()),
    )
}
