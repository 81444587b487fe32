//! What a code opens.

use contract::Caller;
use uuid::Uuid;

use crate::Identity;
use crate::domain::code::Code;
use crate::domain::refusal::Refusal;
use crate::error::Stop;
use crate::secrets::{Hash, Kind};
use crate::store::{invite, membership};

impl Identity {
    /// The invite of a code that can be used now. Every try counts until it is right.
    ///
    /// # Errors
    /// [`Refusal::CodeUnknown`], whatever is the matter with the code.
    pub(super) async fn usable_invite(
        &self,
        caller: &Caller,
        code: &str,
    ) -> Result<invite::Model, Stop> {
        let counted = self.count_code(caller).await?;
        let invite = self
            .invite_of(code)
            .await?
            .filter(|invite| invite.uses_left > 0)
            .ok_or(Refusal::CodeUnknown)?;
        self.was_right(counted).await?;
        Ok(invite)
    }

    /// The invite of a code that has not ended, used up or not.
    pub(super) async fn invite_of(&self, code: &str) -> Result<Option<invite::Model>, Stop> {
        let Some(code) = Code::parse(code) else {
            return Ok(None);
        };
        let hashes = self.secrets.code_hashes(&code);
        Ok(invite::by_code(self.store.read(), &hashes, self.clock.now_ms()).await?)
    }

    /// Who invited, as it is kept: to see that two came by the same branch, not by whose.
    pub(super) fn inviter_hash(&self, invite: &invite::Model) -> Option<Hash> {
        let creator = invite.creator?;
        Some(self.sponsor_hash(invite.neighbourhood, creator))
    }

    /// Who invited or vouched, as it is kept.
    pub(super) fn sponsor_hash(&self, neighbourhood: Uuid, resident: Uuid) -> Hash {
        self.secrets
            .hash(Kind::Inviter, &sponsor(neighbourhood, resident))
    }

    /// Whether somebody invited or vouched for a member.
    pub(super) fn is_sponsor(&self, member: &membership::Model, resident: Uuid) -> bool {
        let value = sponsor(member.neighbourhood, resident);
        let hashes = self.secrets.hashes(Kind::Inviter, &value);
        let kept = [&member.inviter_hash, &member.second_hash];
        kept.into_iter().flatten().any(|hash| hashes.contains(hash))
    }
}

fn sponsor(neighbourhood: Uuid, resident: Uuid) -> Vec<u8> {
    [neighbourhood.as_bytes().as_slice(), resident.as_bytes()].concat()
}
