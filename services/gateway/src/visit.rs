//! One request: who asks, in which language, from where and from which device.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::{Context, Error};
use contract::{Caller, Fault, Locale, NeighbourhoodId, identity};
use http::header::{ACCEPT_LANGUAGE, USER_AGENT};
use http::{HeaderMap, HeaderValue};
use runtime::Purpose;
use runtime::telemetry::{Cause, Measure, measure};

use crate::admit::{Kind, Who, bucket_name, client_address, origin_hash};
use crate::edge::Edge;
use crate::language::preferred;
use crate::session::{CookieChange, CookieJar, Found, Member, Signed, Token, device_name};

/// One request, or one operation of a socket.
pub(crate) struct Visit {
    /// What it works with.
    pub edge: Arc<Edge>,
    /// Ties what goes wrong to the log.
    pub trace: String,
    origin: [u8; 16],
    device: String,
    browser_locale: Locale,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    token: Option<Token>,
    signed: Option<Arc<Signed>>,
    cookie: Option<CookieChange>,
    cause: Option<Cause>,
    rests: Rests,
}

/// What the answer in the making rests on.
#[derive(Default)]
struct Rests {
    /// Whether it may say anything about who asks. Whoever looks at who asks in any way but the two for boards makes it so.
    is_personal: bool,
    on: Option<Ground>,
}

/// A board at one moment: what rests on it alone is the same for all its members.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ground {
    /// Whose board.
    pub neighbourhood: NeighbourhoodId,
    /// Where its change sequence stood.
    pub seq: i64,
    /// Until when it looks alike, in milliseconds since 1970, unless the sequence goes on.
    pub until_ms: i64,
}

impl Visit {
    /// A request as it came in, before anybody is asked whose cookie it carries.
    pub(crate) fn arrived(edge: Arc<Edge>, headers: &HeaderMap, peer: Option<SocketAddr>) -> Self {
        let address = client_address(peer, headers, edge.settings.trusted_proxies);
        let key = edge.keys.ring(Purpose::Origins).newest();
        let origin = origin_hash(key, address, edge.clock.today());
        let text = |name| headers.get(name).and_then(|value| value.to_str().ok());
        Self {
            trace: edge.trace(),
            origin,
            device: device_name(text(USER_AGENT).unwrap_or_default()),
            browser_locale: preferred(text(ACCEPT_LANGUAGE).unwrap_or_default()),
            state: Mutex::default(),
            edge,
        }
    }

    /// Finds out whose cookie the request carries.
    ///
    /// # Errors
    /// `UNAVAILABLE` when identity does not answer.
    pub(crate) async fn identify(&self, headers: &HeaderMap) -> Result<(), Fault> {
        match self.jar().read(headers) {
            None => Ok(()),
            Some(Err(())) => {
                self.with(|state| state.cookie = Some(CookieChange::Clear));
                Ok(())
            }
            Some(Ok(token)) => self.adopt(token).await,
        }
    }

    /// The same device and origin for a further operation of a socket, whoever is signed in by now.
    ///
    /// # Errors
    /// `UNAVAILABLE` when identity does not answer.
    pub(crate) async fn again(&self) -> Result<Self, Fault> {
        let visit = Self {
            edge: self.edge.clone(),
            trace: self.edge.trace(),
            origin: self.origin,
            device: self.device.clone(),
            browser_locale: self.browser_locale,
            state: Mutex::default(),
        };
        if let Some(token) = self.with(|state| state.token.clone()) {
            visit.adopt(token).await?;
        }
        Ok(visit)
    }

    async fn adopt(&self, token: Token) -> Result<(), Fault> {
        let found = self.edge.sessions.find(&token).await?;
        self.with(|state| match found {
            Found::Known(signed, replaced_by) => {
                state.signed = Some(signed);
                state.token = Some(replaced_by.clone().unwrap_or(token));
                if let Some(newer) = replaced_by {
                    state.cookie = Some(CookieChange::Set(newer));
                }
            }
            Found::Dead => {
                state.signed = None;
                state.token = None;
                state.cookie = Some(CookieChange::Clear);
            }
        });
        Ok(())
    }

    /// A resident just signed in: from here on the request is theirs, and the browser keeps the session.
    ///
    /// # Errors
    /// `INTERNAL` when identity's answer is not readable.
    pub(crate) fn sign_in(&self, signed_in: identity::SignedIn) -> Result<Arc<Signed>, Fault> {
        let token = Token::read(&signed_in.session_token).ok_or_else(Fault::internal)?;
        let viewer = signed_in.viewer.ok_or_else(Fault::internal)?;
        let signed = self.edge.sessions.begun(&token, viewer)?;
        self.with(|state| {
            if let Some(before) = state.token.replace(token.clone()) {
                self.edge.sessions.forget(&before);
            }
            state.signed = Some(signed.clone());
            state.cookie = Some(CookieChange::Set(token));
        });
        Ok(signed)
    }

    /// The resident left: from here on the request is a visitor's, and the browser forgets the session.
    pub(crate) fn sign_out(&self) {
        self.with(|state| {
            if let Some(token) = state.token.take() {
                self.edge.sessions.forget(&token);
            }
            state.signed = None;
            state.cookie = Some(CookieChange::Clear);
        });
    }

    /// What identity vouches for changed just now: asks again.
    ///
    /// # Errors
    /// `UNAVAILABLE` when identity does not answer.
    pub(crate) async fn refresh(&self) -> Result<(), Fault> {
        let Some(token) = self.with(|state| state.token.clone()) else {
            return Ok(());
        };
        self.edge.sessions.forget(&token);
        self.adopt(token).await
    }

    /// Makes sure that what identity vouched for is still good: asks again where that is due, signs out where the session
    /// ended.
    ///
    /// # Errors
    /// `UNAVAILABLE` when identity does not answer.
    pub(crate) async fn renew(&self) -> Result<(), Fault> {
        match self.with(|state| state.token.clone()) {
            Some(token) => self.adopt(token).await,
            None => Ok(()),
        }
    }

    /// Whether it is known without asking that the session goes on and that the caller reads a board; from then on they are who
    /// they are now. Where it is not known, [`Visit::renew`] tells.
    pub(crate) fn still_reads(&self, neighbourhood: NeighbourhoodId) -> bool {
        let Some(token) = self.with(|state| state.token.clone()) else {
            return false;
        };
        let Some(Found::Known(signed, None)) = self.edge.sessions.known(&token) else {
            return false;
        };
        let reads = signed.member_of(neighbourhood).is_ok();
        self.with(|state| state.signed = Some(signed));
        reads
    }

    /// What the answer does to the browser's cookie, as a header; said once.
    pub(crate) fn set_cookie(&self) -> Option<HeaderValue> {
        let change = self.with(|state| state.cookie.take())?;
        self.jar().header(&change)
    }

    /// Whether the session has a new token that the browser does not know yet.
    pub(crate) fn has_new_token(&self) -> bool {
        self.with(|state| matches!(state.cookie, Some(CookieChange::Set(_))))
    }

    fn jar(&self) -> CookieJar {
        CookieJar::new(self.edge.settings.insecure_cookie)
    }

    /// Who is signed in; what looks at it says something about them.
    pub(crate) fn signed(&self) -> Option<Arc<Signed>> {
        self.with(|state| {
            state.rests.is_personal = true;
            state.signed.clone()
        })
    }

    /// An answer begins that rests on nothing yet.
    pub(crate) fn begin_answer(&self) {
        self.with(|state| state.rests = Rests::default());
    }

    /// Whether the answer may say anything about who asks.
    pub(crate) fn is_personal(&self) -> bool {
        self.with(|state| state.rests.is_personal)
    }

    /// The one board that the answer rests on, where it says nothing about who asks.
    pub(crate) fn ground(&self) -> Option<Ground> {
        self.with(|state| state.rests.on.filter(|_| !state.rests.is_personal))
    }

    /// The answer rests on a board. Two of them are more than one ground.
    pub(crate) fn rests_on(&self, ground: Ground) {
        self.with(|state| {
            let rests = &mut state.rests;
            match rests.on {
                Some(other) if other != ground => rests.is_personal = true,
                _ => rests.on = Some(ground),
            }
        });
    }

    /// Who reads a board: a caller for questions that have one answer for all its members.
    ///
    /// # Errors
    /// As [`Visit::member_of`].
    pub(crate) fn reader_of(&self, neighbourhood: NeighbourhoodId) -> Result<Caller, Fault> {
        self.reads(neighbourhood)?;
        let signed = self.with(|state| state.signed.clone());
        signed.map_or_else(
            || Err(Fault::unauthenticated()),
            |signed| Ok(signed.caller()),
        )
    }

    /// That somebody is signed in, whoever it is.
    ///
    /// # Errors
    /// `UNAUTHENTICATED` when nobody is.
    pub(crate) fn is_signed_in(&self) -> Result<(), Fault> {
        let known = self.with(|state| state.signed.is_some());
        known.then_some(()).ok_or_else(Fault::unauthenticated)
    }

    /// That the caller reads a board.
    ///
    /// # Errors
    /// As [`Visit::member_of`].
    pub(crate) fn reads(&self, neighbourhood: NeighbourhoodId) -> Result<(), Fault> {
        self.with(|state| match &state.signed {
            Some(signed) => signed.member_of(neighbourhood).map(|_| ()),
            None => Err(Fault::unauthenticated()),
        })
    }

    /// Whether the caller reads a board as every member does: moderators get nothing that was made for others.
    pub(crate) fn reads_as_any_member(&self, neighbourhood: NeighbourhoodId) -> bool {
        self.with(|state| {
            let signed = state.signed.as_ref();
            let member = signed.and_then(|signed| signed.member_of(neighbourhood).ok());
            member.is_some_and(|member| !member.standing.moderator)
        })
    }

    /// Who is signed in.
    ///
    /// # Errors
    /// `UNAUTHENTICATED` when nobody is.
    pub(crate) fn resident(&self) -> Result<Arc<Signed>, Fault> {
        self.signed().ok_or_else(Fault::unauthenticated)
    }

    /// The caller's membership in a neighbourhood.
    ///
    /// # Errors
    /// `UNAUTHENTICATED` when nobody is signed in, `NOT_FOUND` to those who are not members.
    pub(crate) fn member_of(&self, neighbourhood: NeighbourhoodId) -> Result<Member, Fault> {
        self.resident()?.member_of(neighbourhood).cloned()
    }

    /// That the caller moderates a neighbourhood.
    ///
    /// # Errors
    /// As [`Visit::member_of`], and `FORBIDDEN` to members who do not moderate.
    pub(crate) fn moderator_of(&self, neighbourhood: NeighbourhoodId) -> Result<(), Fault> {
        let signed = self.resident()?;
        if signed.helps_out(neighbourhood) || signed.member_of(neighbourhood)?.standing.moderator {
            return Ok(());
        }
        Err(Fault::forbidden(self.locale().pick(
            "Seuls les modérateurs du quartier peuvent faire cela.",
            "Only moderators of the neighbourhood can do this.",
        )))
    }

    /// Who calls roles.
    pub(crate) fn caller(&self) -> Caller {
        self.signed().map_or_else(
            || Caller::Visitor {
                locale: self.browser_locale,
                origin: self.origin.to_vec(),
            },
            |signed| signed.caller(),
        )
    }

    /// What is told next follows from this.
    pub(crate) fn follows_from(&self, cause: Option<Cause>) {
        self.with(|state| state.cause = cause);
    }

    /// What is told now follows from; asked once.
    pub(crate) fn take_cause(&self) -> Option<Cause> {
        self.with(|state| state.cause.take())
    }

    /// The language of sentences for who asks.
    pub(crate) fn locale(&self) -> Locale {
        self.with(|state| {
            let signed = state.signed.as_ref();
            signed.map_or(self.browser_locale, |signed| signed.locale)
        })
    }

    /// What this device is called in the list of sessions.
    pub(crate) fn device(&self) -> String {
        self.device.clone()
    }

    /// Takes a token for one thing of a kind: of the resident's where one is signed in, else of the network address's;
    /// requests, entries and sockets always count for the address.
    ///
    /// # Errors
    /// `RATE_LIMITED`, with the moment from which it goes on.
    pub(crate) async fn take(&self, kind: Kind) -> Result<(), Fault> {
        let by_address = matches!(kind, Kind::Request | Kind::Entry | Kind::Socket);
        let who = match self.signed() {
            Some(signed) if !by_address => Who::Resident(signed.resident),
            _ => Who::Origin(self.origin),
        };
        let edge = &self.edge;
        let name = || {
            let key = edge.keys.ring(Purpose::Origins).newest();
            bucket_name(key, kind, who, edge.clock.today())
        };
        let taken = edge.buckets.take(kind, who, name, edge.clock.now_ms());
        taken.await.map_err(|again_ms| {
            measure(Measure::Limited(kind.limit()));
            let message = self.locale().pick(
                "C’est beaucoup en peu de temps. Attendez un instant, puis recommencez.",
                "That is a lot in a short time. Wait a moment, then try again.",
            );
            Fault::limited(message, again_ms)
        })
    }

    fn with<T>(&self, act: impl FnOnce(&mut State) -> T) -> T {
        act(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The visit that a field is resolved for.
pub(crate) fn visit<'a>(context: &Context<'a>) -> &'a Arc<Visit> {
    // Both ways to execute an operation put it there.
    context.data_unchecked::<Arc<Visit>>()
}

/// What a nullable field answers: where it failed, null beside the error. Left to itself, the executor would let the error
/// take everything around the field with it.
pub(crate) fn or_null<T>(context: &Context<'_>, found: Result<Option<T>, Error>) -> Option<T> {
    found.unwrap_or_else(|error| {
        let error = error.into_server_error(context.item.pos);
        context.add_error(context.set_error_path(error));
        None
    })
}
