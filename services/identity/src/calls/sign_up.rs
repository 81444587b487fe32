//! A visitor joins with a code, or makes an account alone: sign-up, and the link in the mail.

use contract::Caller;
use contract::common::Empty;
use contract::identity::{
    ConfirmEmailRequest, SignInReply, SignUpReply, SignUpRequest, SignedIn, sign_in_reply,
    sign_up_reply,
};
use geo::Place;
use runtime::Private;
use store::{StoreFault, Tx};
use uuid::Uuid;

use super::place;
use crate::Identity;
use crate::domain::address::Address;
use crate::domain::day::{self, Day};
use crate::domain::home;
use crate::domain::pseudonym::Pseudonym;
use crate::domain::refusal::Refusal;
use crate::domain::session::CONFIRMATION_MS;
use crate::domain::token::Token;
use crate::error::{IdentityFault, Spelling, Stop};
use crate::mail::{Letter, Recipient};
use crate::secrets::Kind;
use crate::store::{account, invite, mail, membership, neighbourhood, pseudonym, sign_up};

/// How a sign-up is answered.
const SIGN_UP: Spelling<Empty, sign_up_reply::Outcome> = Spelling {
    done: sign_up_reply::Outcome::Mailed,
    refused: sign_up_reply::Outcome::Refused,
    limited: sign_up_reply::Outcome::Limited,
};
/// How signing in is answered.
pub(super) const SIGN_IN: Spelling<SignedIn, sign_in_reply::Outcome> = Spelling {
    done: sign_in_reply::Outcome::SignedIn,
    refused: sign_in_reply::Outcome::Refused,
    limited: sign_in_reply::Outcome::Limited,
};

#[tracing::instrument(skip_all, fields(role = "identity", operation = "sign_up"))]
pub(super) async fn sign_up(
    identity: &Identity,
    caller: Caller,
    request: SignUpRequest,
) -> Result<SignUpReply, IdentityFault> {
    let done = apply(identity, &caller, request).await;
    let outcome = SIGN_UP.spell(done, identity.clock.now_ms(), caller.locale())?;
    Ok(SignUpReply { outcome })
}

/// Where a code leads to.
struct Entry {
    invite: invite::Model,
    /// What the neighbourhood is called.
    place: String,
    name: Pseudonym,
    home: Option<Place>,
}

/// Everything that can be seen to be wrong is said at once; then the code, where there is one; then, whether or not the address
/// is known, the same work: one hash, one row, one mail.
async fn apply(
    identity: &Identity,
    caller: &Caller,
    request: SignUpRequest,
) -> Result<Empty, Stop> {
    let asked = request.home_place.map(place).transpose()?;
    let address = Address::parse(&request.email);
    let pseudonym = match &request.code {
        Some(_) => Pseudonym::choose(&request.pseudonym).map(Some),
        None => Ok(None),
    };
    let name = pseudonym.as_ref().ok().and_then(Option::as_ref);
    let known = [
        address.as_ref().ok().map(Address::folded),
        name.map(|name| Private::new(name.shown().to_owned())),
    ];
    let password = identity
        .passwords
        .choose(request.password, known.into_iter().flatten().collect())
        .await?;
    let (address, pseudonym, password) = match (address, pseudonym, password) {
        (Ok(address), Ok(pseudonym), Ok(password)) => (address, pseudonym, password),
        (address, pseudonym, password) => {
            let reasons = [address.err(), pseudonym.err(), password.err()];
            return Err(Stop::Refused(reasons.into_iter().flatten().collect()));
        }
    };
    let invite = match &request.code {
        Some(code) => Some(identity.usable_invite(caller, code).await?),
        None => None,
    };
    let _counted = identity.count_sign_up(caller, &address).await?;
    let entry = match invite.zip(pseudonym) {
        Some((invite, name)) => {
            let (row, map) = identity.newest_map(invite.neighbourhood).await?;
            let home = asked.map(|asked| home::placed(&map, asked)).transpose()?;
            let place = row.name;
            Some(Entry {
                invite,
                place,
                name,
                home,
            })
        }
        None => None,
    };
    let encoded = identity
        .passwords
        .hash(password, identity.entropy.bytes())
        .await?;
    keep(identity, caller, &address, entry, &encoded).await
}

/// Keeps a sign-up with the mail for it.
async fn keep(
    identity: &Identity,
    caller: &Caller,
    address: &Address,
    entry: Option<Entry>,
    encoded: &Private<String>,
) -> Result<Empty, Stop> {
    let tx = identity.store.begin().await?;
    let id = identity.draw_id();
    if let Some(Entry { invite, name, .. }) = &entry {
        if !invite::use_up(&tx, invite.id, true, identity.clock.now_ms()).await? {
            return Err(Refusal::CodeUnknown.into());
        }
        if !pseudonym::take(&tx, invite.neighbourhood, name, id).await? {
            return Err(Refusal::PseudonymTaken.into());
        }
    }
    let hashes = identity.secrets.address_hashes(address);
    let account = account::by_email(&*tx, &hashes).await?;
    let token = Token::draw(&identity.entropy);
    let sealed = identity
        .secrets
        .seal(address.expose().as_bytes(), id, &identity.entropy);
    let alone = sign_up::Model {
        id,
        neighbourhood: Uuid::nil(),
        invite: Uuid::nil(),
        inviter_hash: None,
        inviter_key: None,
        founder: false,
        email_hash: identity.secrets.address_hash(address).bytes,
        address: sealed.bytes,
        address_key: sealed.key_id,
        password: encoded.expose().clone(),
        locale: caller.locale().tag().to_owned(),
        pseudonym: String::new(),
        home_place: None,
        token_hash: identity.secrets.hash(Kind::SignUp, token.bytes()).bytes,
        expires_at_ms: identity.clock.now_ms() + CONFIRMATION_MS,
    };
    let row = match &entry {
        Some(entry) => entering(identity, entry, alone),
        None => alone,
    };
    sign_up::insert(&tx, row).await?;
    let (to, letter) = match (&account, entry) {
        (Some(account), entry) => (
            Recipient::Resident(account.id),
            Letter::AddressKnown {
                neighbourhood: entry.map(|entry| entry.place),
            },
        ),
        (None, Some(entry)) => (
            Recipient::At(id, address),
            Letter::ConfirmSignUp {
                token: token.text(),
                neighbourhood: entry.place,
                pseudonym: entry.name.shown().to_owned(),
            },
        ),
        (None, None) => (
            Recipient::At(id, address),
            Letter::ConfirmAccount {
                token: token.text(),
            },
        ),
    };
    identity
        .queue(&tx, to, Some(caller.locale()), letter)
        .await?;
    tx.commit().await?;
    identity.queued.notify_one();
    Ok(Empty {})
}

/// A sign-up that makes a member, too.
fn entering(identity: &Identity, entry: &Entry, alone: sign_up::Model) -> sign_up::Model {
    let inviter = identity.inviter_hash(&entry.invite);
    let (inviter_hash, inviter_key) = inviter.map(|hash| (hash.bytes, hash.key_id)).unzip();
    sign_up::Model {
        neighbourhood: entry.invite.neighbourhood,
        invite: entry.invite.id,
        inviter_hash,
        inviter_key,
        founder: entry.invite.founder,
        pseudonym: entry.name.shown().to_owned(),
        home_place: entry.home.map(Place::to_i64),
        ..alone
    }
}

#[tracing::instrument(skip_all, fields(role = "identity", operation = "confirm_email"))]
pub(super) async fn confirm_email(
    identity: &Identity,
    caller: Caller,
    request: ConfirmEmailRequest,
) -> Result<SignInReply, IdentityFault> {
    let done = confirm(identity, &caller, request).await;
    let outcome = SIGN_IN.spell(done, identity.clock.now_ms(), caller.locale())?;
    Ok(SignInReply { outcome })
}

async fn confirm(
    identity: &Identity,
    caller: &Caller,
    request: ConfirmEmailRequest,
) -> Result<SignedIn, Stop> {
    let token = Token::parse(&request.token).ok_or(Refusal::TokenUnknown)?;
    let hashes = identity.secrets.token_hashes(Kind::SignUp, &token);
    let pending = sign_up::by_token(identity.store.read(), &hashes, identity.clock.now_ms())
        .await?
        .ok_or(Refusal::TokenUnknown)?;

    let tx = identity.store.begin().await?;
    let map = if pending.enters() {
        Some(identity.held_map(&tx, pending.neighbourhood).await?.1)
    } else {
        None
    };
    // The invite first, here as everywhere: two transactions never wait for each other.
    invite::locked(&tx, pending.invite).await?;
    if !sign_up::delete(&tx, pending.id).await? {
        return Err(Refusal::TokenUnknown.into());
    }
    // The link came: however often it was mailed, it goes out no more.
    mail::delete_to(&tx, pending.id).await?;
    let Some((account, address)) = open_account(identity, &tx, &pending).await? else {
        invite::settle(&tx, pending.invite, true).await?;
        pseudonym::free(&tx, pending.id).await?;
        tx.commit().await?;
        return Err(Refusal::TokenUnknown.into());
    };
    invite::settle(&tx, pending.invite, false).await?;
    if let Some(map) = &map {
        let joined = member_of(&pending, account.id, map, day::of(identity.clock.now_ms()))?;
        membership::insert(&tx, joined).await?;
    }
    let opened = identity
        .open_session(&tx, caller, account.id, &request.device)
        .await?;
    tx.commit().await?;
    // What else was signed up with this address opens nothing any more, and keeps nothing. Whoever is in stays in where that
    // fails: it lapses by itself, and an erasure finds it.
    if let Err(fault) = identity.give_up_all(&address).await {
        tracing::warn!(reason = %fault, "sign-ups of an address that has an account wait for their end");
    }
    Ok(identity.signed_in(&account, opened).await?)
}

/// The membership of a sign-up that was confirmed today.
fn member_of(
    pending: &sign_up::Model,
    resident: Uuid,
    map: &geo::LevelMap,
    today: Day,
) -> Result<membership::Model, IdentityFault> {
    let home = pending.home_place.map(place).transpose()?;
    let home = home.map(|home| map.place_of(home).unwrap_or(Place::Whole));
    Ok(membership::Model {
        neighbourhood: pending.neighbourhood,
        resident,
        pseudonym: pending.pseudonym.clone(),
        home_place: home.unwrap_or(Place::Whole).to_i64(),
        home_chosen_day: home.map(|_| today),
        method: membership::method(pending.founder, pending.inviter_hash.is_some()),
        joined_day: today,
        joined_by_month: false,
        inviter_hash: pending.inviter_hash.clone(),
        inviter_key: pending.inviter_key.clone(),
        founder: pending.founder,
        moderator: false,
        second_hash: None,
        second_key: None,
    })
}

/// Makes the account of a sign-up; none when its address has got one meanwhile.
async fn open_account(
    identity: &Identity,
    tx: &Tx,
    pending: &sign_up::Model,
) -> Result<Option<(account::Model, Address)>, IdentityFault> {
    let secrets = &identity.secrets;
    let address = secrets
        .open_address(&pending.address_key, &pending.address, pending.id)
        .ok_or(IdentityFault::Sealed { table: "sign_up" })?;
    if account::by_email(&**tx, &secrets.address_hashes(&address))
        .await?
        .is_some()
    {
        return Ok(None);
    }
    let hash = secrets.address_hash(&address);
    let account = account::Model {
        id: pending.id,
        email_hash: hash.bytes,
        email_key: hash.key_id,
        address: pending.address.clone(),
        address_key: pending.address_key.clone(),
        password: pending.password.clone(),
        locale: pending.locale.clone(),
    };
    let made = account::insert(&**tx, account.clone()).await?;
    Ok(made.then_some((account, address)))
}

impl Identity {
    /// A neighbourhood and its newest level map.
    pub(super) async fn newest_map(
        &self,
        id: Uuid,
    ) -> Result<(neighbourhood::Model, geo::LevelMap), IdentityFault> {
        let db = self.store.read();
        with_map(db, neighbourhood::by_id(db, id).await?).await
    }

    /// The same, held until the transaction ends: no newer map comes between the choice of a tile and its keeping. Before
    /// anything else is locked but the account.
    pub(super) async fn held_map(
        &self,
        tx: &Tx,
        id: Uuid,
    ) -> Result<(neighbourhood::Model, geo::LevelMap), IdentityFault> {
        with_map(&**tx, neighbourhood::held(tx, id).await?).await
    }
}

async fn with_map(
    db: &impl sea_orm::ConnectionTrait,
    row: Option<neighbourhood::Model>,
) -> Result<(neighbourhood::Model, geo::LevelMap), IdentityFault> {
    let row = row.ok_or(StoreFault::Unreadable {
        table: "neighbourhood",
    })?;
    let map = neighbourhood::map(db, row.id, row.map_version).await?;
    Ok((row, map))
}
