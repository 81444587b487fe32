//! Asking neighbours to vouch, and vouching.

use contract::common::Empty;
use contract::identity::{
    AskForVouchesReply, AskForVouchesRequest, ListVouchesReply, ListVouchesRequest,
    ReadVouchingReply, TakeBackVouchRequest, VouchReply, VouchRequest, Vouching, VouchingCode,
    ask_for_vouches_reply, read_vouching_reply, vouch_reply,
};
use contract::{Caller, Fault, NeighbourhoodId, VouchingId};
use geo::Place;
use sea_orm::ConnectionTrait;
use store::Tx;
use uuid::Uuid;

use super::admit::{Newcomer, forget_vouching, may_enter};
use super::place;
use crate::Identity;
use crate::domain::code::Code;
use crate::domain::home;
use crate::domain::joining::{VOUCHES, VOUCHING_MS, Voucher, may_vouch};
use crate::domain::pseudonym::Pseudonym;
use crate::domain::refusal::Refusal;
use crate::error::{IdentityFault, Spelling, Stop};
use crate::mail::{Letter, Recipient};
use crate::secrets::Kind;
use crate::store::{account, membership, neighbourhood, pseudonym, restraint, vouching};

/// How asking for vouches is answered.
const ASK: Spelling<VouchingCode, ask_for_vouches_reply::Outcome> = Spelling {
    done: ask_for_vouches_reply::Outcome::Asked,
    refused: ask_for_vouches_reply::Outcome::Refused,
    limited: ask_for_vouches_reply::Outcome::Limited,
};
/// How reading under which name somebody asks is answered.
const READ: Spelling<Vouching, read_vouching_reply::Outcome> = Spelling {
    done: read_vouching_reply::Outcome::Asks,
    refused: read_vouching_reply::Outcome::Refused,
    limited: read_vouching_reply::Outcome::Limited,
};
/// How vouching is answered.
const VOUCH: Spelling<Vouching, vouch_reply::Outcome> = Spelling {
    done: vouch_reply::Outcome::Vouched,
    refused: vouch_reply::Outcome::Refused,
    limited: vouch_reply::Outcome::Limited,
};

#[tracing::instrument(skip_all, fields(role = "identity", operation = "ask_for_vouches"))]
pub(super) async fn ask_for_vouches(
    identity: &Identity,
    caller: Caller,
    request: AskForVouchesRequest,
) -> Result<AskForVouchesReply, IdentityFault> {
    let done = ask(identity, &caller, request).await;
    let outcome = ASK.spell(done, identity.clock.now_ms(), caller.locale())?;
    Ok(AskForVouchesReply { outcome })
}

async fn ask(
    identity: &Identity,
    caller: &Caller,
    request: AskForVouchesRequest,
) -> Result<VouchingCode, Stop> {
    let (resident, _) = caller.resident()?;
    let resident = resident.uuid();
    let neighbourhood = NeighbourhoodId::from_bytes(&request.neighbourhood)?.uuid();
    let asked = request.home_place.map(place).transpose()?;
    let name = Pseudonym::choose(&request.pseudonym)?;
    neighbourhood::by_id(identity.store.read(), neighbourhood)
        .await?
        .ok_or_else(Fault::not_found)?;
    let now_ms = identity.clock.now_ms();

    let tx = identity.store.begin().await?;
    // Held, so that an account that is being erased gets nothing new.
    account::locked(&tx, resident)
        .await?
        .ok_or_else(Fault::unauthenticated)?;
    let (_, map) = identity.held_map(&tx, neighbourhood).await?;
    let home = asked.map(|asked| home::placed(&map, asked)).transpose()?;
    may_enter(&tx, neighbourhood, resident).await?;
    let before = vouching::locked_of(&tx, neighbourhood, resident).await?;
    if before.is_some_and(|before| now_ms < before.expires_at_ms) {
        return Err(Refusal::VouchingOpen.into());
    }
    forget_vouching(&tx, neighbourhood, resident).await?;
    if !pseudonym::take(&tx, neighbourhood, &name, resident).await? {
        return Err(Refusal::PseudonymTaken.into());
    }
    identity.count_vouching(&tx, resident).await?;
    let code = Code::draw(&identity.entropy);
    let row = vouching::Model {
        id: identity.draw_id(),
        neighbourhood,
        resident,
        code_hash: identity.secrets.hash(Kind::Vouching, code.bytes()).bytes,
        pseudonym: name.shown().to_owned(),
        home_place: home.map(Place::to_i64),
        expires_at_ms: now_ms + VOUCHING_MS,
    };
    let expires_at_ms = row.expires_at_ms;
    if !vouching::insert(&tx, row).await? {
        return Err(Refusal::VouchingOpen.into());
    }
    tx.commit().await?;
    Ok(VouchingCode {
        code: code.shown(),
        expires_at_ms,
    })
}

#[tracing::instrument(skip_all, fields(role = "identity", operation = "read_vouching"))]
pub(super) async fn read_vouching(
    identity: &Identity,
    caller: Caller,
    request: VouchRequest,
) -> Result<ReadVouchingReply, IdentityFault> {
    let done = read(identity, &caller, &request).await;
    let outcome = READ.spell(done, identity.clock.now_ms(), caller.locale())?;
    Ok(ReadVouchingReply { outcome })
}

async fn read(
    identity: &Identity,
    caller: &Caller,
    request: &VouchRequest,
) -> Result<Vouching, Stop> {
    let (resident, _) = caller.resident()?;
    let asked = identity.shown(caller, request).await?;
    let db = identity.store.read();
    let member = membership::of(db, asked.neighbourhood, resident.uuid())
        .await?
        .ok_or_else(Fault::not_found)?;
    let voucher = voucher(db, &member).await?;
    may_vouch(voucher, identity.clock.now_ms())?;
    Ok(wire(db, asked).await?)
}

#[tracing::instrument(skip_all, fields(role = "identity", operation = "vouch"))]
pub(super) async fn vouch(
    identity: &Identity,
    caller: Caller,
    request: VouchRequest,
) -> Result<VouchReply, IdentityFault> {
    let done = stand_by(identity, &caller, &request).await;
    let outcome = VOUCH.spell(done, identity.clock.now_ms(), caller.locale())?;
    Ok(VouchReply { outcome })
}

async fn stand_by(
    identity: &Identity,
    caller: &Caller,
    request: &VouchRequest,
) -> Result<Vouching, Stop> {
    let (resident, _) = caller.resident()?;
    let resident = resident.uuid();
    let shown = identity.shown(caller, request).await?;
    let now_ms = identity.clock.now_ms();

    let tx = identity.store.begin().await?;
    account::locked(&tx, shown.resident)
        .await?
        .ok_or(Refusal::CodeUnknown)?;
    let (row, map) = identity.held_map(&tx, shown.neighbourhood).await?;
    // Held, so that who is being erased, or is a member no longer, does not vouch.
    let member = membership::locked(&tx, shown.neighbourhood, resident)
        .await?
        .ok_or_else(Fault::not_found)?;
    may_vouch(voucher(&*tx, &member).await?, now_ms)?;
    // Of two who vouch at once, the second sees the first; a third sees that it is over.
    let asked = vouching::locked(&tx, shown.id)
        .await?
        .filter(|asked| now_ms < asked.expires_at_ms)
        .ok_or(Refusal::CodeUnknown)?;
    if !vouching::vouch(&tx, asked.id, resident).await? {
        return Err(Refusal::AlreadyVouched.into());
    }
    identity
        .count_vouch(&tx, asked.neighbourhood, resident)
        .await?;
    let answer = wire(&*tx, asked.clone()).await?;
    let vouchers = vouching::vouchers(&*tx, asked.id).await?;
    let newcomer = asked.resident;
    let enough = vouchers.len() >= VOUCHES;
    if enough {
        welcome(identity, &tx, asked, &vouchers, &map).await?;
        let letter = Letter::Welcome {
            neighbourhood: row.name,
        };
        identity
            .queue(&tx, Recipient::Resident(newcomer), None, letter)
            .await?;
    }
    tx.commit().await?;
    if enough {
        identity.queued.notify_one();
        identity.look_again(newcomer);
    }
    Ok(answer)
}

/// Makes a member of somebody whom enough others vouched for.
async fn welcome(
    identity: &Identity,
    tx: &Tx,
    asked: vouching::Model,
    vouchers: &[Uuid],
    map: &geo::LevelMap,
) -> Result<(), Stop> {
    let (neighbourhood, resident) = (asked.neighbourhood, asked.resident);
    // Who became a member of too many others meanwhile: what they are told is for them, not for who vouches.
    if let Err(Stop::Refused(_)) = may_enter(tx, neighbourhood, resident).await {
        return Err(Refusal::CodeUnknown.into());
    }
    let name = Pseudonym::parse(&asked.pseudonym)?;
    let home = asked.home_place.map(place).transpose()?;
    let mut hashes = vouchers
        .iter()
        .map(|voucher| identity.sponsor_hash(neighbourhood, *voucher));
    let newcomer = Newcomer {
        neighbourhood,
        resident,
        name: &name,
        home: home.map(|home| map.place_of(home).unwrap_or(Place::Whole)),
        method: membership::VOUCHES.to_owned(),
        founder: false,
        sponsors: [hashes.next(), hashes.next()],
    };
    identity.admit(tx, newcomer).await
}

#[tracing::instrument(skip_all, fields(role = "identity", operation = "list_vouches"))]
pub(super) async fn list_vouches(
    identity: &Identity,
    caller: Caller,
    request: ListVouchesRequest,
) -> Result<ListVouchesReply, IdentityFault> {
    let (resident, _) = caller.resident()?;
    let neighbourhood = NeighbourhoodId::from_bytes(&request.neighbourhood)?.uuid();
    let db = identity.store.read();
    membership::of(db, neighbourhood, resident.uuid())
        .await?
        .ok_or_else(Fault::not_found)?;
    let now_ms = identity.clock.now_ms();
    let mut vouched = Vec::new();
    for asked in vouching::vouched_by(db, neighbourhood, resident.uuid(), now_ms).await? {
        vouched.push(wire(db, asked).await?);
    }
    Ok(ListVouchesReply { vouched })
}

#[tracing::instrument(skip_all, fields(role = "identity", operation = "take_back_vouch"))]
pub(super) async fn take_back_vouch(
    identity: &Identity,
    caller: Caller,
    request: TakeBackVouchRequest,
) -> Result<Empty, IdentityFault> {
    let (resident, _) = caller.resident()?;
    let neighbourhood = NeighbourhoodId::from_bytes(&request.neighbourhood)?.uuid();
    let id = VouchingId::from_bytes(&request.vouching)?.uuid();
    let tx = identity.store.begin().await?;
    vouching::locked(&tx, id)
        .await?
        .filter(|asked| asked.neighbourhood == neighbourhood)
        .ok_or_else(Fault::not_found)?;
    if !vouching::take_back(&tx, id, resident.uuid()).await? {
        return Err(Fault::not_found().into());
    }
    tx.commit().await?;
    Ok(Empty {})
}

async fn voucher(
    db: &impl ConnectionTrait,
    member: &membership::Model,
) -> Result<Voucher, IdentityFault> {
    let (neighbourhood, resident) = (member.neighbourhood, member.resident);
    Ok(Voucher {
        joined: member.joined_day,
        suspended_until_ms: restraint::until_ms(db, neighbourhood, resident).await?,
    })
}

async fn wire(
    db: &impl ConnectionTrait,
    asked: vouching::Model,
) -> Result<Vouching, IdentityFault> {
    let vouches = vouching::vouchers(db, asked.id).await?.len();
    Ok(Vouching {
        id: VouchingId::new(asked.id).to_bytes(),
        pseudonym: asked.pseudonym,
        vouches: u32::try_from(vouches).unwrap_or(u32::MAX),
        expires_at_ms: asked.expires_at_ms,
    })
}

impl Identity {
    /// What the code opens that a member was shown. Every try counts until it is right.
    ///
    /// # Errors
    /// [`Refusal::CodeUnknown`], whatever is the matter with the code.
    async fn shown(
        &self,
        caller: &Caller,
        request: &VouchRequest,
    ) -> Result<vouching::Model, Stop> {
        let (resident, _) = caller.resident()?;
        let neighbourhood = NeighbourhoodId::from_bytes(&request.neighbourhood)?.uuid();
        let db = self.store.read();
        membership::of(db, neighbourhood, resident.uuid())
            .await?
            .ok_or_else(Fault::not_found)?;
        let counted = self.count_code(caller).await?;
        let code = Code::parse(&request.code).ok_or(Refusal::CodeUnknown)?;
        let hashes = self.secrets.hashes(Kind::Vouching, code.bytes());
        let now_ms = self.clock.now_ms();
        let asked = vouching::by_code(db, neighbourhood, &hashes, now_ms)
            .await?
            .ok_or(Refusal::CodeUnknown)?;
        self.was_right(counted).await?;
        Ok(asked)
    }
}
