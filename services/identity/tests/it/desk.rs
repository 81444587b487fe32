//! A desk to work at: identity over a fresh database, with a clock, mails and seeded chance of its own.

use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use bus::Bus;
use contract::common::Refused;
use contract::identity::identity_server::Identity as _;
use contract::identity::{
    ConfirmEmailRequest, CreateInviteRequest, CreateNeighbourhoodRequest, Density, Households,
    Neighbourhood, SignInRequest, SignUpRequest, Viewer, create_invite_reply, sign_in_reply,
    sign_up_reply,
};
use contract::{Caller, Locale, ResidentId, SessionId, Standing};
use geo::CoarseCell;
use identity::{Identity, MIGRATIONS, Mail, Parts, Settings};
use runtime::{Clock, DAY_MS, Entropy, HeavyWork, Keys, Weights};
use sea_orm::{ConnectionTrait, Statement};
use store::Store;
use store::scratch::Scratch;
use tempfile::TempDir;

/// 2026-11-21T12:00:00Z.
pub const START_MS: i64 = 1_795_262_400_000;
/// Strong, and known to no list.
pub const PASSWORD: &str = "quatre chats lisent le journal";

pub struct Desk {
    pub identity: Identity,
    pub clock: Clock,
    pub keys: Keys,
    pub bus: Bus,
    pub scratch: Scratch,
    pub folder: TempDir,
}

/// Somebody signed in.
#[derive(Clone)]
pub struct Member {
    pub caller: Caller,
    pub token: String,
    pub viewer: Viewer,
}

impl Member {
    pub fn resident(&self) -> ResidentId {
        ResidentId::from_bytes(&self.viewer.resident).unwrap()
    }

    pub fn standing(&self) -> Standing {
        Standing::read(self.viewer.memberships[0].standing.as_ref().unwrap()).unwrap()
    }
}

/// A mail as it was written, with its bodies made readable.
#[derive(Clone, Debug)]
pub struct Letter {
    pub raw: String,
    pub text: String,
}

impl Letter {
    pub fn is_to(&self, address: &str) -> bool {
        self.raw.contains(&format!("To: {address}\r\n"))
    }

    pub fn token(&self) -> String {
        let (_, rest) = self
            .text
            .split_once("#token=")
            .expect("the mail has a token");
        rest.chars()
            .take_while(|c| c.is_ascii_alphanumeric() || "-_".contains(*c))
            .collect()
    }
}

impl Desk {
    pub async fn each() -> Vec<Self> {
        Scratch::each(MIGRATIONS)
            .await
            .into_iter()
            .map(|scratch| Self::over(scratch, 7))
            .collect()
    }

    pub async fn sqlite() -> Self {
        Self::over(Scratch::sqlite(MIGRATIONS).await, 7)
    }

    pub fn over(scratch: Scratch, seed: u64) -> Self {
        let keys = Keys::ephemeral(&Entropy::seeded(1_000 + seed));
        Self::with(scratch, keys, Clock::manual(START_MS), seed)
    }

    pub fn with(scratch: Scratch, keys: Keys, clock: Clock, seed: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mail =
            Mail::open(&format!("folder:{}", folder.path().join("mails").display())).unwrap();
        let bus = Bus::memory();
        let identity = Identity::new(Parts {
            store: scratch.store.clone(),
            clock: clock.clone(),
            entropy: Entropy::seeded(seed),
            keys: keys.clone(),
            heavy: HeavyWork::within(Weights::new(192 << 20)).unwrap(),
            mail,
            bus: bus.clone(),
            settings: settings(),
        })
        .unwrap();
        Self {
            identity,
            clock,
            keys,
            bus,
            scratch,
            folder,
        }
    }

    /// Another process of the role, with connections of its own to the same database.
    pub async fn second(&self) -> Identity {
        let mails = self.folder.path().join("mails");
        Identity::new(Parts {
            store: Store::open(&self.scratch.address).await.unwrap(),
            clock: self.clock.clone(),
            entropy: Entropy::seeded(99),
            keys: self.keys.clone(),
            heavy: HeavyWork::within(Weights::new(192 << 20)).unwrap(),
            mail: Mail::open(&format!("folder:{}", mails.display())).unwrap(),
            bus: self.bus.clone(),
            settings: settings(),
        })
        .unwrap()
    }

    pub fn now_ms(&self) -> i64 {
        self.clock.now_ms()
    }

    pub fn pass(&self, ms: i64) {
        self.clock
            .advance(Duration::from_millis(u64::try_from(ms).unwrap()));
    }

    pub fn pass_days(&self, days: i64) {
        self.pass(days * DAY_MS);
    }

    /// A neighbourhood of four tiles of level 13, and one where too few live.
    pub async fn neighbourhood(&self, slug: &str) -> Neighbourhood {
        let request = CreateNeighbourhoodRequest {
            slug: slug.into(),
            name: "Le Verger".into(),
            grain: 13,
            density: Some(density(300)),
            names: vec![],
        };
        self.identity
            .create_neighbourhood(Caller::Operator.request(request))
            .await
            .unwrap()
            .into_inner()
    }

    /// A code of the operator.
    pub async fn code(&self, neighbourhood: &Neighbourhood, uses: u32, founder: bool) -> String {
        self.invite(&Caller::Operator, neighbourhood, uses, founder)
            .await
            .unwrap()
    }

    pub async fn invite(
        &self,
        caller: &Caller,
        neighbourhood: &Neighbourhood,
        uses: u32,
        founder: bool,
    ) -> Result<String, String> {
        let request = CreateInviteRequest {
            neighbourhood: neighbourhood.id.clone(),
            uses,
            days: 30,
            founder,
        };
        let reply = self
            .identity
            .create_invite(caller.request(request))
            .await
            .unwrap()
            .into_inner();
        match reply.outcome.unwrap() {
            create_invite_reply::Outcome::Created(invite) => Ok(invite.code),
            create_invite_reply::Outcome::Refused(refused) => Err(codes(&refused)),
            create_invite_reply::Outcome::Limited(limited) => Err(limited.limit),
        }
    }

    pub async fn sign_up(
        &self,
        email: &str,
        code: &str,
        pseudonym: &str,
    ) -> sign_up_reply::Outcome {
        self.apply(SignUpRequest {
            email: email.into(),
            password: PASSWORD.into(),
            code: Some(code.into()),
            pseudonym: pseudonym.into(),
            home_place: None,
        })
        .await
    }

    pub async fn apply(&self, request: SignUpRequest) -> sign_up_reply::Outcome {
        let reply = self
            .identity
            .sign_up(visitor(1).request(request))
            .await
            .unwrap();
        reply.into_inner().outcome.unwrap()
    }

    pub async fn confirm(&self, token: &str) -> sign_in_reply::Outcome {
        let request = ConfirmEmailRequest {
            token: token.into(),
            device: "Firefox on Linux".into(),
        };
        let reply = self
            .identity
            .confirm_email(visitor(1).request(request))
            .await
            .unwrap();
        reply.into_inner().outcome.unwrap()
    }

    pub async fn sign_in(
        &self,
        email: &str,
        password: &str,
        device: &str,
    ) -> sign_in_reply::Outcome {
        self.sign_in_from(visitor(1), email, password, device).await
    }

    pub async fn sign_in_from(
        &self,
        caller: Caller,
        email: &str,
        password: &str,
        device: &str,
    ) -> sign_in_reply::Outcome {
        let request = SignInRequest {
            email: email.into(),
            password: password.into(),
            device: device.into(),
        };
        let reply = self
            .identity
            .sign_in(caller.request(request))
            .await
            .unwrap();
        reply.into_inner().outcome.unwrap()
    }

    /// Somebody who signed up with a code and confirmed.
    pub async fn join(&self, email: &str, code: &str, pseudonym: &str) -> Member {
        let outcome = self.sign_up(email, code, pseudonym).await;
        assert!(
            matches!(outcome, sign_up_reply::Outcome::Mailed(_)),
            "{outcome:?}"
        );
        let letters = self.mails().await;
        let letter = letters
            .iter()
            .find(|letter| letter.is_to(email))
            .expect("the link is mailed");
        signed_in(self.confirm(&letter.token()).await)
    }

    /// A founder and the neighbourhood.
    pub async fn founder(&self, email: &str, pseudonym: &str) -> (Neighbourhood, Member) {
        let neighbourhood = self.neighbourhood("le-verger").await;
        let code = self.code(&neighbourhood, 1, true).await;
        let member = self.join(email, &code, pseudonym).await;
        (neighbourhood, member)
    }

    /// Sends what waits; answers every mail of the folder and empties it.
    pub async fn mails(&self) -> Vec<Letter> {
        self.identity.deliver_mail().await.unwrap();
        let mut letters = Vec::new();
        for entry in std::fs::read_dir(self.folder.path().join("mails")).unwrap() {
            let path = entry.unwrap().path();
            assert_eq!(
                std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
                0o600
            );
            assert_eq!(path.extension().unwrap(), "eml");
            let raw = std::fs::read_to_string(&path).unwrap();
            letters.push(Letter {
                text: readable(&raw),
                raw,
            });
            std::fs::remove_file(path).unwrap();
        }
        letters
    }

    /// Runs a statement of a test's own.
    pub async fn sql(&self, sql: &str) -> u64 {
        let tx = self.scratch.store.begin().await.unwrap();
        let done = tx
            .execute_raw(Statement::from_string(tx.get_database_backend(), sql))
            .await
            .unwrap();
        tx.commit().await.unwrap();
        done.rows_affected()
    }

    pub async fn count(&self, table: &str) -> i64 {
        let db = self.scratch.store.read();
        let sql = format!("SELECT COUNT(*) AS n FROM {table}");
        let row = db
            .query_one_raw(Statement::from_string(db.get_database_backend(), sql))
            .await
            .unwrap()
            .unwrap();
        row.try_get("", "n").unwrap()
    }
}

pub fn settings() -> Settings {
    Settings {
        public_url: "https://board.example/".into(),
        sender_name: "Palier".into(),
        sender_address: "palier@board.example".into(),
    }
}

pub fn visitor(origin: u8) -> Caller {
    Caller::Visitor {
        locale: Locale::English,
        origin: vec![origin; 16],
    }
}

/// `each` households in every level-14 cell of four level-13 cells of one level-11 cell, few in the others.
pub fn density(each: u32) -> Density {
    let root = CoarseCell::at(60.18, 24.95, 11).unwrap();
    let cells = root
        .children()
        .unwrap()
        .into_iter()
        .enumerate()
        .flat_map(|(n, twelve)| {
            twelve
                .children()
                .unwrap()
                .into_iter()
                .flat_map(move |thirteen| {
                    thirteen
                        .children()
                        .unwrap()
                        .into_iter()
                        .map(move |cell| Households {
                            place: cell.to_i64(),
                            count: if n == 0 { each } else { 10 },
                        })
                })
        });
    Density {
        cells: cells.collect(),
    }
}

/// A selectable tile and another one of the neighbourhood.
pub fn tiles(neighbourhood: &Neighbourhood) -> Vec<i64> {
    let map = neighbourhood.map.as_ref().unwrap();
    map.leaves
        .iter()
        .filter(|leaf| leaf.selectable)
        .map(|leaf| leaf.place)
        .collect()
}

pub fn signed_in(outcome: sign_in_reply::Outcome) -> Member {
    let sign_in_reply::Outcome::SignedIn(signed_in) = outcome else {
        panic!("not signed in: {outcome:?}")
    };
    let viewer = signed_in.viewer.unwrap();
    Member {
        caller: Caller::Resident {
            resident: ResidentId::from_bytes(&viewer.resident).unwrap(),
            session: SessionId::from_bytes(&viewer.session).unwrap(),
            standings: vec![],
            locale: Locale::English,
        },
        token: signed_in.session_token,
        viewer,
    }
}

/// The codes of a refusal, each with a sentence.
pub fn codes(refused: &Refused) -> String {
    assert!(
        refused
            .reasons
            .iter()
            .all(|reason| reason.message.len() > 20)
    );
    let codes: Vec<&str> = refused
        .reasons
        .iter()
        .map(|reason| reason.code.as_str())
        .collect();
    codes.join(" ")
}

pub fn refusal(outcome: sign_up_reply::Outcome) -> String {
    match outcome {
        sign_up_reply::Outcome::Refused(refused) => codes(&refused),
        sign_up_reply::Outcome::Limited(limited) => limited.limit,
        sign_up_reply::Outcome::Mailed(_) => "MAILED".into(),
    }
}

pub fn refusal_in(outcome: sign_in_reply::Outcome) -> String {
    match outcome {
        sign_in_reply::Outcome::Refused(refused) => codes(&refused),
        sign_in_reply::Outcome::Limited(limited) => limited.limit,
        sign_in_reply::Outcome::SignedIn(_) => "SIGNED_IN".into(),
    }
}

/// Quoted-printable undone (RFC 2045, section 6.7).
fn readable(raw: &str) -> String {
    let joined = raw.replace("=\r\n", "");
    let mut bytes = Vec::new();
    let mut rest = joined.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let decoded = (*first == b'=')
            .then(|| after.get(..2).and_then(|hex| hex::decode(hex).ok()))
            .flatten();
        if let Some(decoded) = decoded {
            bytes.extend(decoded);
            rest = &after[2..];
        } else {
            bytes.push(*first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}
