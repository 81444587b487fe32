//! A resident's own data: the language, everything kept, and its end.

use bus::Topic;
use contract::common::{Empty, ExportPart, ExportReply, ResidentRequest};
use contract::identity::{ChangeLocaleRequest, EraseReply, EraseRequest, erase_reply};
use contract::{Caller, Fault, Locale, NeighbourhoodId, ResidentId};
use serde_json::json;
use store::Outbox;
use uuid::Uuid;

use crate::Identity;
use crate::domain::address::Address;
use crate::domain::day::{self, Day};
use crate::error::{IdentityFault, Spelling, Stop};
use crate::gone;
use crate::store::{
    account, area, invite, mail, membership, neighbourhood, own_data, postcard, pseudonym,
    questioned, recovery, reserve, restraint, seen, session, sign_up, vouching,
};

/// How an erasure is answered.
const ERASE: Spelling<Empty, erase_reply::Outcome> = Spelling {
    done: erase_reply::Outcome::Erased,
    refused: erase_reply::Outcome::Refused,
    limited: erase_reply::Outcome::Limited,
};

#[tracing::instrument(skip_all, fields(role = "identity", operation = "change_locale"))]
pub(super) async fn change_locale(
    identity: &Identity,
    caller: Caller,
    request: ChangeLocaleRequest,
) -> Result<Empty, IdentityFault> {
    let (resident, _) = caller.resident()?;
    let locale = Locale::from_tag(&request.locale);
    if locale.tag() != request.locale {
        return Err(Fault::invalid("LOCALE_UNKNOWN", "Palier speaks fr and en.")
            .at("locale")
            .into());
    }
    let tx = identity.store.begin().await?;
    account::set_locale(&*tx, resident.uuid(), locale.tag()).await?;
    tx.commit().await?;
    identity.bus.signal(&Topic::Resident(resident));
    Ok(Empty {})
}

/// A day as people write it.
fn date(day: Day) -> String {
    day::date(day)
        .map(|date| date.to_string())
        .unwrap_or_default()
}

#[tracing::instrument(skip_all, fields(role = "identity", operation = "export"))]
pub(super) async fn export(
    identity: &Identity,
    caller: Caller,
    request: ResidentRequest,
) -> Result<ExportReply, IdentityFault> {
    let resident = caller.whose(&request.resident)?.uuid();
    let db = identity.store.read();
    let account = account::by_id(db, resident)
        .await?
        .ok_or_else(Fault::not_found)?;
    let now_ms = identity.clock.now_ms();
    let address = identity.address_of(&account)?;
    let hashes = identity.secrets.address_hashes(&address);
    let about_account = json!({
        "id": ResidentId::new(resident).to_string(),
        "email": address.expose(),
        "locale": account.locale,
        "password": "kept as an Argon2id hash, from which it cannot be read",
        "recoveryLinksOpen": recovery::count_of(db, resident, now_ms).await?,
        "mailsWaiting": mail::kinds_to(db, resident).await?,
        "signUpsWithYourAddressWaiting": sign_up::of_address(db, &hashes).await?.len(),
    });
    let sessions: Vec<_> = session::of(db, resident)
        .await?
        .into_iter()
        .map(|session| json!({ "device": session.device, "created": date(session.created_day), "lastSeen": date(session.seen_day) }))
        .collect();
    let devices: Vec<String> = session::device_days(db, resident)
        .await?
        .into_iter()
        .map(date)
        .collect();
    let mut memberships = Vec::new();
    let mut invites = Vec::new();
    for member in membership::all_of(db, resident).await? {
        let place = neighbourhood::by_id(db, member.neighbourhood).await?;
        let slug = place.map(|row| row.slug).unwrap_or_default();
        let home = geo::Place::from_i64(member.home_place)
            .map(geo::Place::token)
            .unwrap_or_default();
        let joined = date(member.joined_day);
        let areas = area::all_of(db, member.neighbourhood, resident).await?;
        let areas = areas.into_iter().map(|area| {
            let tiles: Vec<String> = area.tiles.iter().map(|cell| cell.token()).collect();
            json!({ "number": area.number, "name": area.name, "tiles": tiles })
        });
        memberships.push(json!({
            "id": NeighbourhoodId::new(member.neighbourhood).to_string(),
            "neighbourhood": slug,
            "pseudonym": member.pseudonym,
            "formerPseudonymsKeptFree": pseudonym::former(db, member.neighbourhood, resident).await?,
            "home": home,
            "homeChosen": member.home_chosen_day.map(date),
            "followedAreas": areas.collect::<Vec<_>>(),
            "method": member.method,
            "joined": if member.joined_by_month { joined[..joined.len().min(7)].to_owned() } else { joined },
            "inviterKeptAsHash": member.inviter_hash.is_some(),
            "secondVoucherKeptAsHash": member.second_hash.is_some(),
            "founder": member.founder,
            "moderator": member.moderator,
        }));
        for invite in invite::list_open(db, member.neighbourhood, Some(resident), now_ms).await? {
            invites.push(json!({ "neighbourhood": slug, "usesLeft": invite.uses_left, "expiresAtMs": invite.expires_at_ms }));
        }
    }
    // Where they are a member no longer, too.
    let pauses = restraint::all_of(db, resident).await?.into_iter();
    let pauses = pauses.map(|row| {
        let neighbourhood = NeighbourhoodId::new(row.neighbourhood).to_string();
        json!({ "neighbourhood": neighbourhood, "untilMs": row.until_ms })
    });
    let joining = joining_of(identity, resident).await?;
    let parts = [
        ("account.json", about_account),
        (
            "sessions.json",
            json!({ "sessions": sessions, "devicesLastSignedInOn": devices }),
        ),
        ("memberships.json", json!(memberships)),
        ("pauses.json", json!(pauses.collect::<Vec<_>>())),
        ("invites.json", json!(invites)),
        ("joining.json", joining),
    ];
    let parts = parts.map(|(name, json)| ExportPart {
        name: format!("identity/{name}"),
        json: json.to_string().into_bytes().into(),
    });
    Ok(ExportReply {
        parts: parts.into(),
    })
}

/// What was asked for to join, and for whom it was vouched.
async fn joining_of(
    identity: &Identity,
    resident: Uuid,
) -> Result<serde_json::Value, IdentityFault> {
    let (db, now_ms) = (identity.store.read(), identity.clock.now_ms());
    let id = |id: Uuid| NeighbourhoodId::new(id).to_string();
    let (mut asked, mut vouched) = (Vec::new(), 0);
    for row in vouching::of(db, resident).await? {
        let home = row.home_place.map(geo::Place::from_i64);
        asked.push(json!({
            "neighbourhood": id(row.neighbourhood),
            "pseudonym": row.pseudonym,
            "home": home.and_then(Result::ok).map(geo::Place::token),
            "vouches": vouching::vouchers(db, row.id).await?.len(),
            "expiresAtMs": row.expires_at_ms,
        }));
    }
    for member in membership::all_of(db, resident).await? {
        let open = vouching::vouched_by(db, member.neighbourhood, resident, now_ms).await?;
        vouched += open.len();
    }
    let postcard = match postcard::of(db, resident).await? {
        Some(row) => Some(json!({
            "neighbourhood": id(row.neighbourhood),
            "addressUntilPosted": identity.address_lines(&row)?,
            "expiresAtMs": row.expires_at_ms,
        })),
        None => None,
    };
    let seen = seen::of(db, resident).await?.into_iter().map(|row| {
        json!({ "neighbourhood": id(row.neighbourhood), "day": date(row.day), "what": row.what })
    });
    let questioned = questioned::of(db, resident).await?.into_iter();
    let questioned = questioned
        .map(|row| json!({ "neighbourhood": id(row.neighbourhood), "since": date(row.since_day) }));
    let helping = reserve::all_of(db, resident).await?.into_iter();
    let helping = helping.map(|row| {
        json!({
            "neighbourhood": id(row.neighbourhood),
            "name": row.name,
            "since": date(row.since_day),
            "until": date(row.until_day),
        })
    });
    Ok(json!({
        "moderatesFromElsewhere": helping.collect::<Vec<_>>(),
        "askedNeighboursToVouch": asked,
        "vouchedForWhoIsNoMemberYet": vouched,
        "postcard": postcard,
        "readByModeratorsOn": seen.collect::<Vec<_>>(),
        "membershipsModeratorsLookAt": questioned.collect::<Vec<_>>(),
    }))
}

#[tracing::instrument(skip_all, fields(role = "identity", operation = "erase"))]
pub(super) async fn erase(
    identity: &Identity,
    caller: Caller,
    request: EraseRequest,
) -> Result<EraseReply, IdentityFault> {
    let done = end(identity, &caller, &request).await;
    let outcome = ERASE.spell(done, identity.clock.now_ms(), caller.locale())?;
    Ok(EraseReply { outcome })
}

async fn end(identity: &Identity, caller: &Caller, request: &EraseRequest) -> Result<Empty, Stop> {
    let resident = caller.whose(&request.resident)?.uuid();
    let db = identity.store.read();
    let account = if matches!(caller, Caller::Operator) {
        account::by_id(db, resident)
            .await?
            .ok_or_else(Fault::not_found)?
    } else {
        caller.resident()?;
        identity.prove(resident, &request.password).await?
    };
    identity.erase_account(&account).await?;
    Ok(Empty {})
}

impl Identity {
    /// Erases an account with whatever is about it, and tells of it.
    pub(crate) async fn erase_account(
        &self,
        account: &account::Model,
    ) -> Result<(), IdentityFault> {
        let resident = account.id;
        let address = self.address_of(account)?;
        // Sign-ups with this address go first: once the account is gone, the link of one would make it anew.
        self.give_up_all(&address).await?;
        let tx = self.store.begin().await?;
        account::locked(&tx, resident)
            .await?
            .ok_or_else(Fault::not_found)?;
        tx.gone(gone::account(resident));
        self.forget_passwords(&tx, &address).await?;
        let sessions = own_data::erase(&tx, resident).await?;
        // Of no neighbourhood: what somebody wrote stays where they are no member any more, and goes with their account.
        Outbox::append(&tx, resident, 1, Uuid::nil());
        tx.commit().await?;
        self.sessions_ended(&sessions);
        self.bus.signal(&Topic::Resident(ResidentId::new(resident)));
        Ok(())
    }

    /// Gives up every sign-up of an address, by whomever: each in its own transaction, because invites are held before what
    /// uses them.
    pub(super) async fn give_up_all(&self, address: &Address) -> Result<(), IdentityFault> {
        let hashes = self.secrets.address_hashes(address);
        for (id, invite) in sign_up::of_address(self.store.read(), &hashes).await? {
            self.give_up(id, invite).await?;
        }
        Ok(())
    }

    /// Gives up a sign-up: its invite gets the use back, its name is free again, no mail goes out for it.
    pub(crate) async fn give_up(&self, id: Uuid, invite: Uuid) -> Result<(), IdentityFault> {
        let tx = self.store.begin().await?;
        invite::locked(&tx, invite).await?;
        if sign_up::delete(&tx, id).await? {
            invite::settle(&tx, invite, true).await?;
            pseudonym::free(&tx, id).await?;
            mail::delete_to(&tx, id).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}
