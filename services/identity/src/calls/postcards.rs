//! Postcards with a code: asked for, printed, posted. And everything that one asked for to become a member.

use contract::common::Empty;
use contract::identity::{
    AskForPostcardReply, AskForPostcardRequest, AskedPostcard, AskedVouches, Joining,
    ListPostcardsReply, ListPostcardsRequest, Postcard, PostcardAsked, Seen, SettlePostcardRequest,
    WithdrawJoiningRequest, ask_for_postcard_reply, seen as wire_seen,
};
use contract::{Caller, Fault, NeighbourhoodId, PostcardId};
use serde::{Deserialize, Serialize};
use store::StoreFault;
use uuid::Uuid;

use super::admit::{forget_asking, may_enter};
use super::moderator;
use crate::Identity;
use crate::domain::code::Code;
use crate::domain::day;
use crate::domain::joining::{AddressLines, POSTCARD_MS, POSTCARD_WAITS_MS};
use crate::domain::refusal::Refusal;
use crate::error::{IdentityFault, Spelling, Stop};
use crate::mail::{Letter, Recipient};
use crate::secrets::Kind;
use crate::store::{account, neighbourhood, postcard, seen, vouching};

/// How asking for a postcard is answered.
const ASK: Spelling<PostcardAsked, ask_for_postcard_reply::Outcome> = Spelling {
    done: ask_for_postcard_reply::Outcome::Asked,
    refused: ask_for_postcard_reply::Outcome::Refused,
    limited: ask_for_postcard_reply::Outcome::Limited,
};

/// What is sealed until a postcard is posted.
#[derive(Serialize, Deserialize)]
struct Writing {
    lines: AddressLines,
    code: String,
}

#[tracing::instrument(skip_all, fields(role = "identity", operation = "ask_for_postcard"))]
pub(super) async fn ask_for_postcard(
    identity: &Identity,
    caller: Caller,
    request: AskForPostcardRequest,
) -> Result<AskForPostcardReply, IdentityFault> {
    let done = ask(identity, &caller, &request).await;
    let outcome = ASK.spell(done, identity.clock.now_ms(), caller.locale())?;
    Ok(AskForPostcardReply { outcome })
}

async fn ask(
    identity: &Identity,
    caller: &Caller,
    request: &AskForPostcardRequest,
) -> Result<PostcardAsked, Stop> {
    let (resident, _) = caller.resident()?;
    let resident = resident.uuid();
    let neighbourhood = NeighbourhoodId::from_bytes(&request.neighbourhood)?.uuid();
    let lines = AddressLines::parse(&request.lines)?;
    let now_ms = identity.clock.now_ms();
    let code = Code::draw(&identity.entropy);
    let id = identity.draw_id();
    let writing = Writing {
        lines,
        code: code.shown(),
    };
    let json = serde_json::to_vec(&writing).map_err(|_| unreadable())?;
    let sealed = identity.secrets.seal(&json, id, &identity.entropy);

    let tx = identity.store.begin().await?;
    // Held, so that an account that is being erased gets nothing new.
    account::locked(&tx, resident)
        .await?
        .ok_or_else(Fault::unauthenticated)?;
    let there = neighbourhood::held(&tx, neighbourhood)
        .await?
        .ok_or_else(Fault::not_found)?;
    if !there.postcards {
        return Err(Refusal::PostcardsOff.into());
    }
    may_enter(&tx, neighbourhood, resident).await?;
    if let Some(before) = postcard::of(&*tx, resident).await? {
        if now_ms < before.expires_at_ms {
            return Err(Refusal::PostcardOpen.into());
        }
        postcard::delete(&tx, before.id).await?;
    }
    identity
        .count_postcard(&tx, neighbourhood, resident)
        .await?;
    let row = postcard::Model {
        id,
        neighbourhood,
        resident,
        code_hash: identity.secrets.hash(Kind::Postcard, code.bytes()).bytes,
        sealed: Some(sealed.bytes),
        sealed_key: Some(sealed.key_id),
        expires_at_ms: now_ms + POSTCARD_WAITS_MS,
    };
    let expires_at_ms = row.expires_at_ms;
    if !postcard::insert(&tx, row).await? {
        return Err(Refusal::PostcardOpen.into());
    }
    tx.commit().await?;
    Ok(PostcardAsked { expires_at_ms })
}

/// The sheet to print. That an address was on it is noted for whoever it is of.
#[tracing::instrument(skip_all, fields(role = "identity", operation = "list_postcards"))]
pub(super) async fn list_postcards(
    identity: &Identity,
    caller: Caller,
    request: ListPostcardsRequest,
) -> Result<ListPostcardsReply, IdentityFault> {
    let neighbourhood = NeighbourhoodId::from_bytes(&request.neighbourhood)?.uuid();
    let me = moderator(identity, &caller, neighbourhood).await?;
    let now_ms = identity.clock.now_ms();
    let today = day::of(now_ms);
    let tx = identity.store.begin().await?;
    let mut postcards = Vec::new();
    for row in postcard::waiting(&tx, neighbourhood, now_ms).await? {
        // Nobody lets themselves in.
        if row.resident == me {
            continue;
        }
        // One that no key opens keeps no other off the sheet.
        let Ok(writing) = identity.written(&row) else {
            tracing::error!("an address cannot be opened; is its key in the key folder?");
            continue;
        };
        seen::note(&tx, neighbourhood, row.resident, today, seen::ADDRESS).await?;
        postcards.push(Postcard {
            id: PostcardId::new(row.id).to_bytes(),
            lines: writing.lines.expose(),
            code: writing.code,
            until_day_ms: day::start_ms(day::of(row.expires_at_ms)),
        });
    }
    tx.commit().await?;
    Ok(ListPostcardsReply { postcards })
}

#[tracing::instrument(skip_all, fields(role = "identity", operation = "settle_postcard"))]
pub(super) async fn settle_postcard(
    identity: &Identity,
    caller: Caller,
    request: SettlePostcardRequest,
) -> Result<Empty, IdentityFault> {
    let id = NeighbourhoodId::from_bytes(&request.neighbourhood)?.uuid();
    let postcard = PostcardId::from_bytes(&request.postcard)?.uuid();
    let me = moderator(identity, &caller, id).await?;
    let now_ms = identity.clock.now_ms();
    let whose = postcard::by_id(identity.store.read(), id, postcard)
        .await?
        .map(|row| row.resident)
        .filter(|resident| *resident != me)
        .ok_or_else(Fault::not_found)?;
    let tx = identity.store.begin().await?;
    // Held, so that an account that is being erased gets no mail.
    account::locked(&tx, whose)
        .await?
        .ok_or_else(Fault::not_found)?;
    let name = neighbourhood::held(&tx, id)
        .await?
        .ok_or_else(Fault::not_found)?
        .name;
    let row = postcard::locked(&tx, postcard, now_ms)
        .await?
        .ok_or_else(Fault::not_found)?;
    if request.posted {
        postcard::post(&tx, row.id, now_ms + POSTCARD_MS).await?;
    } else {
        postcard::delete(&tx, row.id).await?;
    }
    let letter = Letter::Postcard {
        neighbourhood: name,
        posted: request.posted,
    };
    identity
        .queue(&tx, Recipient::Resident(row.resident), None, letter)
        .await?;
    tx.commit().await?;
    identity.queued.notify_one();
    Ok(Empty {})
}

#[tracing::instrument(skip_all, fields(role = "identity", operation = "list_joining"))]
pub(super) async fn list_joining(
    identity: &Identity,
    caller: Caller,
) -> Result<Joining, IdentityFault> {
    let (resident, _) = caller.resident()?;
    let resident = resident.uuid();
    let (db, now_ms) = (identity.store.read(), identity.clock.now_ms());
    let bytes = |id: Uuid| NeighbourhoodId::new(id).to_bytes();
    let mut vouches = Vec::new();
    for asked in vouching::of(db, resident).await? {
        if now_ms < asked.expires_at_ms {
            let count = vouching::vouchers(db, asked.id).await?.len();
            vouches.push(AskedVouches {
                neighbourhood: bytes(asked.neighbourhood),
                pseudonym: asked.pseudonym,
                vouches: u32::try_from(count).unwrap_or(u32::MAX),
                expires_at_ms: asked.expires_at_ms,
            });
        }
    }
    let postcard = postcard::of(db, resident).await?;
    let postcard = postcard.filter(|row| now_ms < row.expires_at_ms);
    let postcards = postcard.into_iter().map(|row| AskedPostcard {
        neighbourhood: bytes(row.neighbourhood),
        posted: row.sealed.is_none(),
        expires_at_ms: row.expires_at_ms,
    });
    let seen = seen::of(db, resident).await?.into_iter().map(|row| Seen {
        neighbourhood: bytes(row.neighbourhood),
        day_ms: day::start_ms(row.day),
        what: match row.what.as_str() {
            seen::ADDRESS => wire_seen::What::Address.into(),
            seen::NAME => wire_seen::What::Name.into(),
            _ => wire_seen::What::Membership.into(),
        },
    });
    Ok(Joining {
        vouches,
        postcards: postcards.collect(),
        seen: seen.collect(),
    })
}

#[tracing::instrument(skip_all, fields(role = "identity", operation = "withdraw_joining"))]
pub(super) async fn withdraw_joining(
    identity: &Identity,
    caller: Caller,
    request: WithdrawJoiningRequest,
) -> Result<Empty, IdentityFault> {
    let (resident, _) = caller.resident()?;
    let neighbourhood = NeighbourhoodId::from_bytes(&request.neighbourhood)?.uuid();
    let tx = identity.store.begin().await?;
    account::locked(&tx, resident.uuid())
        .await?
        .ok_or_else(Fault::unauthenticated)?;
    neighbourhood::held(&tx, neighbourhood).await?;
    forget_asking(&tx, neighbourhood, resident.uuid()).await?;
    tx.commit().await?;
    Ok(Empty {})
}

const fn unreadable() -> StoreFault {
    StoreFault::Unreadable { table: "postcard" }
}

impl Identity {
    /// The posted postcard whose code this is, of the resident who asked for it.
    pub(super) async fn postcard_of(
        &self,
        resident: Uuid,
        code: &str,
    ) -> Result<Option<postcard::Model>, Stop> {
        let Some(code) = Code::parse(code) else {
            return Ok(None);
        };
        let hashes = self.secrets.hashes(Kind::Postcard, code.bytes());
        let now_ms = self.clock.now_ms();
        Ok(postcard::by_code(self.store.read(), resident, &hashes, now_ms).await?)
    }

    /// The lines of an address that waits to be posted; none where nothing does.
    pub(super) fn address_lines(
        &self,
        row: &postcard::Model,
    ) -> Result<Option<Vec<String>>, IdentityFault> {
        if row.sealed.is_none() {
            return Ok(None);
        }
        Ok(Some(self.written(row)?.lines.expose()))
    }

    fn written(&self, row: &postcard::Model) -> Result<Writing, IdentityFault> {
        let sealed = row.sealed_key.as_deref().zip(row.sealed.as_deref());
        let json = sealed.and_then(|(key, sealed)| self.secrets.open(key, sealed, row.id));
        let json = json.ok_or(IdentityFault::Sealed { table: "postcard" })?;
        Ok(serde_json::from_slice(json.expose()).map_err(|_| unreadable())?)
    }
}
