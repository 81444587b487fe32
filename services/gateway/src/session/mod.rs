//! Whose cookie it is: identity is asked once in half a minute, and at once when it signals that something changed.

mod cookie;
mod device;

pub(crate) use cookie::{CookieChange, CookieJar, Token};
pub(crate) use device::device_name;

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use bus::{Bus, Signals, Topic};
use contract::common::SignedStanding;
use contract::{
    Caller, Fault, FaultKind, IdentityClient, Locale, NeighbourhoodId, ResidentId, SessionId,
    Standing, identity,
};
use moka::sync::Cache;
use runtime::{Clock, HOUR_MS, Tasks};
use sha2::{Digest, Sha256};
use tokio::sync::{Mutex as AsyncMutex, oneshot};

/// Older than this, what identity said is asked again: standings are good for 60 seconds and have to last a call.
const FRESH_MS: i64 = 30_000;
/// Older than this it is not used even where identity does not answer.
const USABLE_MS: i64 = 50_000;
/// How long a replaced token still leads to its replacement: the answer that carried the new cookie may have been lost,
/// and identity itself forgets the old token within minutes.
const REPLACED_MS: i64 = HOUR_MS;
/// How many sessions are remembered.
const KEPT: u64 = 50_000;

/// What identity vouches for about a signed-in resident in one neighbourhood.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    /// What it says.
    pub standing: Standing,
    /// The same, signed, for roles to check.
    pub signed: SignedStanding,
    /// When the home tile may be changed again, in milliseconds since 1970; 0: now.
    pub home_changeable_at_ms: i64,
}

impl Member {
    /// From identity's answer.
    ///
    /// # Errors
    /// `INTERNAL` when it is not readable.
    pub(crate) fn read(membership: identity::Membership) -> Result<Self, Fault> {
        let signed = membership.standing.ok_or_else(Fault::internal)?;
        Ok(Self {
            standing: Standing::read(&signed)?,
            signed,
            home_changeable_at_ms: membership.home_changeable_at_ms,
        })
    }
}

/// Where somebody moderates from elsewhere.
#[derive(Clone, Debug)]
pub(crate) struct Helping {
    /// What it says.
    pub standing: Standing,
    /// The same, signed, for roles to check.
    pub signed: SignedStanding,
    /// 0 h UTC of the day on which it ends, in milliseconds since 1970.
    pub until_day_ms: i64,
}

impl Helping {
    fn read(helping: identity::Helping) -> Result<Self, Fault> {
        let signed = helping.standing.ok_or_else(Fault::internal)?;
        Ok(Self {
            standing: Standing::read(&signed)?,
            signed,
            until_day_ms: helping.until_day_ms,
        })
    }
}

/// A signed-in resident, as identity vouched not long ago.
#[derive(Debug)]
pub(crate) struct Signed {
    /// The account.
    pub resident: ResidentId,
    /// The device.
    pub session: SessionId,
    /// The language chosen.
    pub locale: Locale,
    /// One for each neighbourhood.
    pub members: Vec<Member>,
    /// Where they are no member and moderate by a grant.
    pub helping: Vec<Helping>,
    /// When identity said so, in milliseconds since 1970.
    asked_at_ms: i64,
}

impl Signed {
    fn read(viewer: identity::Viewer, asked_at_ms: i64) -> Result<Self, Fault> {
        Ok(Self {
            resident: ResidentId::from_bytes(&viewer.resident).map_err(|_| Fault::internal())?,
            session: SessionId::from_bytes(&viewer.session).map_err(|_| Fault::internal())?,
            locale: Locale::from_tag(&viewer.locale),
            members: viewer
                .memberships
                .into_iter()
                .map(Member::read)
                .collect::<Result<_, _>>()?,
            helping: viewer
                .helping
                .into_iter()
                .map(Helping::read)
                .collect::<Result<_, _>>()?,
            asked_at_ms,
        })
    }

    /// As a caller of roles.
    pub(crate) fn caller(&self) -> Caller {
        Caller::Resident {
            resident: self.resident,
            session: self.session,
            standings: {
                let helping = self.helping.iter().map(|it| it.signed.clone());
                let members = self.members.iter().map(|it| it.signed.clone());
                members.chain(helping).collect()
            },
            locale: self.locale,
        }
    }

    /// Whether they moderate a neighbourhood by a grant.
    pub(crate) fn helps_out(&self, neighbourhood: NeighbourhoodId) -> bool {
        let mut there = self.helping.iter();
        there.any(|helping| helping.standing.neighbourhood == neighbourhood)
    }

    /// The membership in a neighbourhood.
    ///
    /// # Errors
    /// `NOT_FOUND` to those who are not members: for them its inside does not exist.
    pub(crate) fn member_of(&self, neighbourhood: NeighbourhoodId) -> Result<&Member, Fault> {
        self.members
            .iter()
            .find(|member| member.standing.neighbourhood == neighbourhood)
            .ok_or_else(Fault::not_found)
    }
}

/// What a cookie turned out to be.
pub(crate) enum Found {
    /// A session; with the token that replaces the presented one, where identity gave a new one.
    Known(Arc<Signed>, Option<Token>),
    /// Ended, revoked or never given out.
    Dead,
}

struct Entry {
    signed: Arc<Signed>,
    replaced_by: Option<Replaced>,
    watch: Arc<Watch>,
    /// What the watch had seen when identity was asked; none: it began later.
    seen: Option<u64>,
}

/// What identity signalled about a session: that it ended, or that a standing changed. Shared by the entries of its tokens.
struct Watch {
    signals: Mutex<(Signals, Signals)>,
    count: AtomicU64,
}

impl Watch {
    fn on(bus: &Bus, signed: &Signed) -> Arc<Self> {
        Arc::new(Self {
            signals: Mutex::new((
                bus.listen(Topic::Session(signed.session)),
                bus.listen(Topic::Resident(signed.resident)),
            )),
            count: AtomicU64::new(0),
        })
    }

    /// How often something was signalled. Grows, so that no entry misses what another one saw first.
    fn count(&self) -> u64 {
        let mut signals = self.signals.lock().unwrap_or_else(PoisonError::into_inner);
        let (ended, changed) = (signals.0.came(), signals.1.came());
        if ended || changed {
            self.count.fetch_add(1, Ordering::SeqCst);
        }
        self.count.load(Ordering::SeqCst)
    }
}

/// The token that replaces one, and since when, in milliseconds since 1970.
#[derive(Clone)]
struct Replaced {
    token: Token,
    since_ms: i64,
}

impl Entry {
    /// Whether identity may have signalled since this was last asked.
    fn is_outdated(&self) -> bool {
        Some(self.watch.count()) != self.seen
    }
}

/// The sessions seen lately, by the hash of their token. Cloning shares them.
#[derive(Clone)]
pub(crate) struct Sessions {
    known: Cache<[u8; 32], Arc<Entry>>,
    /// Held while identity is asked about a token: of two requests at once, one asks, and both learn of the new token.
    asking: Cache<[u8; 32], Arc<AsyncMutex<()>>>,
    identity: IdentityClient,
    bus: Bus,
    clock: Clock,
    tasks: Tasks,
}

impl Sessions {
    pub(crate) fn new(identity: IdentityClient, bus: Bus, clock: Clock, tasks: Tasks) -> Self {
        Self {
            known: Cache::new(KEPT),
            asking: Cache::new(KEPT),
            identity,
            bus,
            clock,
            tasks,
        }
    }

    /// Whose token this is.
    ///
    /// # Errors
    /// `UNAVAILABLE` when identity does not answer and did not lately.
    pub(crate) async fn find(&self, token: &Token) -> Result<Found, Fault> {
        if let Some(found) = self.known(token) {
            return Ok(found);
        }
        // Identity may answer with a new token, once: who asked is told even where the request was given up meanwhile.
        let (sessions, token) = (self.clone(), token.clone());
        let (answer, answered) = oneshot::channel();
        self.tasks.start(async move {
            // Whoever asked may be gone: what was learnt is remembered all the same.
            let _ = answer.send(sessions.ask(&token).await);
        });
        answered.await.unwrap_or_else(|_| Err(Fault::internal()))
    }

    /// Whose token this is, where identity need not be asked.
    pub(crate) fn known(&self, token: &Token) -> Option<Found> {
        self.fresh(&hash(token)).map(|entry| found(&entry))
    }

    /// What is known of a token and need not be asked again.
    fn fresh(&self, key: &[u8; 32]) -> Option<Arc<Entry>> {
        let now_ms = self.clock.now_ms();
        self.known.get(key).filter(|entry| {
            !lapsed(entry, now_ms) && is_younger(entry, now_ms, FRESH_MS) && !entry.is_outdated()
        })
    }

    async fn ask(&self, token: &Token) -> Result<Found, Fault> {
        let key = hash(token);
        let turn = self.asking.get_with(key, Arc::default);
        let _turn = turn.lock().await;
        if let Some(entry) = self.fresh(&key) {
            return Ok(found(&entry));
        }
        let now_ms = self.clock.now_ms();
        let known = self.known.get(&key).filter(|entry| !lapsed(entry, now_ms));
        let asked = match known {
            Some(entry) => self.ask_again(key, token, entry).await,
            None => match self.authenticate(token).await {
                // Only now it is known what to watch: what was signalled before is in the next answer.
                Ok(viewer) => {
                    self.ask_again(key, token, self.remember(key, viewer, None)?)
                        .await
                }
                Err(fault) => Err(fault),
            },
        };
        match asked {
            Ok(entry) => Ok(found(&entry)),
            Err(fault) if fault.kind == FaultKind::Unauthenticated => {
                self.known.invalidate(&key);
                Ok(Found::Dead)
            }
            Err(fault) => Err(fault),
        }
    }

    /// Asks about a session whose signals are watched.
    async fn ask_again(
        &self,
        key: [u8; 32],
        token: &Token,
        entry: Arc<Entry>,
    ) -> Result<Arc<Entry>, Fault> {
        let outdated = entry.is_outdated();
        let replaced = entry.replaced_by.as_ref();
        let newest = replaced.map_or(token, |replaced| &replaced.token);
        // What is signalled from here on is not in the answer.
        let seen = entry.watch.count();
        match self.authenticate(newest).await {
            Ok(viewer) => self.remember(key, viewer, Some((&entry, seen))),
            Err(fault) => {
                let usable = !outdated && is_younger(&entry, self.clock.now_ms(), USABLE_MS);
                if usable && fault.kind != FaultKind::Unauthenticated {
                    return Ok(entry);
                }
                // The entry stays where it is: identity tells a new token once, and is asked again before this is used.
                Err(fault)
            }
        }
    }

    /// Who asks is what is being asked: the call itself is the edge's own.
    async fn authenticate(&self, token: &Token) -> Result<identity::Viewer, Fault> {
        let request = identity::AuthenticateRequest {
            session_token: token.expose().to_owned(),
        };
        let asked = self
            .identity
            .clone()
            .authenticate(Caller::Role.request(request))
            .await;
        Ok(asked.map_err(Fault::from)?.into_inner())
    }

    /// Takes in a session that just began: it is watched from here on, and asked about when it comes next.
    ///
    /// # Errors
    /// `INTERNAL` when identity's answer is not readable.
    pub(crate) fn begun(
        &self,
        token: &Token,
        viewer: identity::Viewer,
    ) -> Result<Arc<Signed>, Fault> {
        let entry = self.remember(hash(token), viewer, None)?;
        Ok(entry.signed.clone())
    }

    /// The next time this token comes, identity is asked.
    pub(crate) fn forget(&self, token: &Token) {
        self.known.invalidate(&hash(token));
    }

    /// Keeps what identity said; `before`: what was known, and what its watch had seen when identity was asked.
    fn remember(
        &self,
        key: [u8; 32],
        viewer: identity::Viewer,
        before: Option<(&Entry, u64)>,
    ) -> Result<Arc<Entry>, Fault> {
        let now_ms = self.clock.now_ms();
        let replaced_by = Token::read(&viewer.rotated_token)
            .map(|token| Replaced {
                token,
                since_ms: now_ms,
            })
            .or_else(|| before.and_then(|(before, _)| before.replaced_by.clone()));
        let signed = Arc::new(Signed::read(viewer, now_ms)?);
        let (watch, seen) = before.map_or_else(
            || (Watch::on(&self.bus, &signed), None),
            |(before, seen)| (before.watch.clone(), Some(seen)),
        );
        let entry = Arc::new(Entry {
            signed: signed.clone(),
            replaced_by: replaced_by.clone(),
            watch: watch.clone(),
            seen,
        });
        self.known.insert(key, entry.clone());
        if let Some(Replaced { token, .. }) = replaced_by {
            let renewed = Entry {
                signed,
                replaced_by: None,
                watch,
                seen,
            };
            self.known.insert(hash(&token), Arc::new(renewed));
        }
        Ok(entry)
    }
}

fn found(entry: &Entry) -> Found {
    let replaced_by = entry.replaced_by.as_ref();
    let newest = replaced_by.map(|replaced| replaced.token.clone());
    Found::Known(entry.signed.clone(), newest)
}

/// Whether the token was replaced too long ago.
fn lapsed(entry: &Entry, now_ms: i64) -> bool {
    entry
        .replaced_by
        .as_ref()
        .is_some_and(|replaced| now_ms.saturating_sub(replaced.since_ms) > REPLACED_MS)
}

/// Whether identity was asked less than so long ago. Not where that lies ahead, because the clock was set back: roles
/// refuse a standing from the future.
fn is_younger(entry: &Entry, now_ms: i64, than_ms: i64) -> bool {
    (0..than_ms).contains(&now_ms.saturating_sub(entry.signed.asked_at_ms))
}

fn hash(token: &Token) -> [u8; 32] {
    Sha256::digest(token.expose().as_bytes()).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_one_entry_saw_the_others_do_not_miss() {
        let bus = Bus::memory();
        let signed = Signed {
            resident: ResidentId::from_random([1; 16]),
            session: SessionId::from_random([2; 16]),
            locale: Locale::French,
            members: Vec::new(),
            helping: Vec::new(),
            asked_at_ms: 0,
        };
        let watch = Watch::on(&bus, &signed);
        let signed = Arc::new(signed);
        let entry = || Entry {
            signed: signed.clone(),
            replaced_by: None,
            watch: watch.clone(),
            seen: Some(watch.count()),
        };
        let (older, newer) = (entry(), entry());
        assert!(!older.is_outdated() && !newer.is_outdated());
        bus.signal(&Topic::Session(signed.session));
        assert!(older.is_outdated() && newer.is_outdated());
        assert!(older.is_outdated(), "until identity was asked");
        assert!(!entry().is_outdated());
    }
}
