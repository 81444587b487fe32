//! Who is looking: an account with what identity vouches for, and the session it looks through.

use bus::Topic;
use contract::identity::{Membership, SignedIn, Viewer};
use contract::{Caller, NeighbourhoodId, ResidentId, SessionId, Standing};
use store::{StoreFault, Tx};
use uuid::Uuid;

use crate::Identity;
use crate::domain::{day, home, invite, label, token::Token};
use crate::error::IdentityFault;
use crate::secrets::Kind;
use crate::store::{account, membership, neighbourhood, restraint, session};

/// A session that was opened within a transaction.
pub(super) struct Opened {
    token: Token,
    id: Uuid,
    ended: Vec<Uuid>,
    /// The device as the account's owner will see it in the list.
    pub device: String,
    /// The account was not seen on this device before.
    pub is_new_device: bool,
}

impl Identity {
    /// A random id.
    pub(crate) fn draw_id(&self) -> Uuid {
        ResidentId::from_random(self.entropy.bytes()).uuid()
    }

    /// Opens a session on the caller's device. The one that the device had until now, whoever's it is, ends: nobody holds its
    /// token any more.
    pub(super) async fn open_session(
        &self,
        tx: &Tx,
        caller: &Caller,
        resident: Uuid,
        device: &str,
    ) -> Result<Opened, StoreFault> {
        let today = day::of(self.clock.now_ms());
        let token = Token::draw(&self.entropy);
        let device = label::label(device);
        let id = self.draw_id();
        let mut ended = Vec::new();
        if let Caller::Resident {
            resident, session, ..
        } = caller
            && session::end(tx, resident.uuid(), session.uuid()).await?
        {
            ended.push(session.uuid());
        }
        let pushed_out = session::insert(
            tx,
            session::Model {
                id,
                resident,
                token_hash: self.secrets.hash(Kind::Session, token.bytes()).bytes,
                previous_hash: None,
                previous_until_ms: None,
                device: device.clone(),
                created_day: today,
                seen_day: today,
            },
        )
        .await?;
        ended.extend(pushed_out);
        let label = [resident.as_bytes().as_slice(), device.as_bytes()].concat();
        let hashes = self.secrets.hashes(Kind::Device, &label);
        let is_new_device = session::note_device(tx, resident, hashes, today).await?;
        Ok(Opened {
            token,
            id,
            ended,
            device,
            is_new_device,
        })
    }

    /// The answer to whoever has just signed in; after the transaction.
    pub(super) async fn signed_in(
        &self,
        account: &account::Model,
        opened: Opened,
    ) -> Result<SignedIn, IdentityFault> {
        self.sessions_ended(&opened.ended);
        Ok(SignedIn {
            session_token: opened.token.text(),
            viewer: Some(self.viewer(account, opened.id, String::new()).await?),
        })
    }

    /// The account as it looks at things.
    pub(super) async fn viewer(
        &self,
        account: &account::Model,
        session: Uuid,
        rotated_token: String,
    ) -> Result<Viewer, IdentityFault> {
        let db = self.store.read();
        let members = membership::all_of(db, account.id).await?;
        let ids = members.iter().map(|member| member.neighbourhood).collect();
        let neighbourhoods = neighbourhood::by_ids(db, ids).await?;
        let pauses = restraint::all_of(db, account.id).await?;
        let mut memberships = Vec::new();
        for member in &members {
            if let Some(neighbourhood) = neighbourhoods
                .iter()
                .find(|row| row.id == member.neighbourhood)
            {
                let here = pauses
                    .iter()
                    .find(|row| row.neighbourhood == member.neighbourhood);
                let paused_until_ms = here.map(|row| row.until_ms);
                memberships.push(self.wire_membership(member, neighbourhood, paused_until_ms)?);
            }
        }
        Ok(Viewer {
            resident: ResidentId::new(account.id).to_bytes(),
            session: SessionId::new(session).to_bytes(),
            locale: account.locale.clone(),
            memberships,
            rotated_token,
            helping: self.helping(&members, account.id).await?,
        })
    }

    /// A membership with a freshly signed standing.
    fn wire_membership(
        &self,
        member: &membership::Model,
        neighbourhood: &neighbourhood::Model,
        suspended_until_ms: Option<i64>,
    ) -> Result<Membership, IdentityFault> {
        let unreadable = StoreFault::Unreadable {
            table: "membership",
        };
        let standing = Standing {
            resident: ResidentId::new(member.resident),
            neighbourhood: NeighbourhoodId::new(member.neighbourhood),
            pseudonym: member.pseudonym.clone(),
            home: geo::Place::from_i64(member.home_place).map_err(|_| unreadable)?,
            map_version: u32::try_from(neighbourhood.map_version).unwrap_or_default(),
            founder: member.founder,
            moderator: member.moderator,
            newcomer_until_ms: invite::newcomer_until_ms(member.joined_day),
            suspended_until_ms,
            issued_at_ms: self.clock.now_ms(),
            reserve: false,
        };
        let key = self.secrets.standings().newest();
        let home_changeable_at_ms = match home::changeable_at_ms(member.home_chosen_day) {
            at_ms if at_ms <= self.clock.now_ms() => 0,
            at_ms => at_ms,
        };
        Ok(Membership {
            standing: Some(standing.sign(key.id(), &key.signing())),
            slug: neighbourhood.slug.clone(),
            home_changeable_at_ms,
        })
    }

    /// A member's membership as it is now; after the transaction that changed it, which others are told to look at.
    pub(super) async fn changed_membership(
        &self,
        neighbourhood: Uuid,
        resident: Uuid,
    ) -> Result<Membership, IdentityFault> {
        self.look_again(resident);
        let db = self.store.read();
        let member = membership::of(db, neighbourhood, resident).await?;
        let row = neighbourhood::by_id(db, neighbourhood).await?;
        let (member, row) = member.zip(row).ok_or_else(contract::Fault::not_found)?;
        let paused_until_ms = restraint::until_ms(db, neighbourhood, resident).await?;
        self.wire_membership(&member, &row, paused_until_ms)
    }

    /// Says that a resident's standings changed.
    pub(super) fn look_again(&self, resident: Uuid) {
        self.bus.signal(&Topic::Resident(ResidentId::new(resident)));
    }

    /// Says that sessions ended before their time.
    pub(super) fn sessions_ended(&self, ids: &[Uuid]) {
        for id in ids {
            self.bus.signal(&Topic::Session(SessionId::new(*id)));
        }
    }
}
