//! Where a visitor is told what came of a report.

use contract::identity::{
    KeepReplyAddressReply, KeepReplyAddressRequest, KeptReplyAddress, keep_reply_address_reply,
};
use contract::{Caller, Fault, ReplyAddressId};

use crate::Identity;
use crate::domain::address::Address;
use crate::domain::{day, reply};
use crate::error::{IdentityFault, Spelling, Stop};
use crate::store::reply_address;

/// How keeping an address is answered.
const KEEP: Spelling<KeptReplyAddress, keep_reply_address_reply::Outcome> = Spelling {
    done: keep_reply_address_reply::Outcome::Kept,
    refused: keep_reply_address_reply::Outcome::Refused,
    limited: keep_reply_address_reply::Outcome::Limited,
};

#[tracing::instrument(skip_all, fields(role = "identity", operation = "keep_reply_address"))]
pub(super) async fn keep(
    identity: &Identity,
    caller: Caller,
    request: KeepReplyAddressRequest,
) -> Result<KeepReplyAddressReply, IdentityFault> {
    let done = attempt(identity, &caller, &request).await;
    let outcome = KEEP.spell(done, identity.clock.now_ms(), caller.locale())?;
    Ok(KeepReplyAddressReply { outcome })
}

/// Under what an address is kept follows from the client's key and the address, by a keyed hash: a second try finds the first,
/// and nobody sees by it that two reports came from one address.
async fn attempt(
    identity: &Identity,
    caller: &Caller,
    request: &KeepReplyAddressRequest,
) -> Result<KeptReplyAddress, Stop> {
    if !matches!(caller, Caller::Visitor { .. }) {
        let fault = Fault::forbidden("Who is signed in is told at the address of the account.");
        return Err(fault.into());
    }
    if !reply::CLIENT_KEY_BYTES.contains(&request.client_key.len()) {
        let fault = Fault::invalid(
            "INVALID_CLIENT_KEY",
            "A client key is 16 to 64 random bytes, made anew for each thing you report.",
        );
        return Err(fault.at("clientKey").into());
    }
    let address = Address::parse(&request.email)?;
    let secrets = &identity.secrets;
    let id = ReplyAddressId::from_random(secrets.reply_address_id(&request.client_key, &address));
    let kept = KeptReplyAddress {
        reply_to: id.to_bytes(),
    };
    // A second try is no further address.
    let before = reply_address::by_id(identity.store.read(), id.uuid()).await?;
    if before.is_some() {
        return Ok(kept);
    }
    let counted = identity.count_reply_address(caller, &address).await?;
    let sealed = secrets.seal(address.expose().as_bytes(), id.uuid(), &identity.entropy);
    let tx = identity.store.begin().await?;
    let row = reply_address::Model {
        id: id.uuid(),
        address: sealed.bytes,
        address_key: sealed.key_id,
        locale: caller.locale().tag().to_owned(),
        until_day: day::of(identity.clock.now_ms()) + reply::KEPT_DAYS,
    };
    let new = reply_address::insert(&tx, row).await?;
    tx.commit().await?;
    if !new {
        identity.was_right(counted).await?;
    }
    Ok(kept)
}
