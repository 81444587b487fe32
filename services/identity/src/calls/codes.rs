//! What a code opens.

use contract::Caller;

use crate::Identity;
use crate::domain::code::Code;
use crate::domain::refusal::Refusal;
use crate::error::Stop;
use crate::secrets::Kind;
use crate::store::invite;

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
    pub(super) fn inviter_hash(&self, invite: &invite::Model) -> (Option<Vec<u8>>, Option<String>) {
        let hash = invite.creator.map(|creator| {
            let value = [
                invite.neighbourhood.as_bytes().as_slice(),
                creator.as_bytes(),
            ]
            .concat();
            self.secrets.hash(Kind::Inviter, &value)
        });
        hash.map(|hash| (hash.bytes, hash.key_id)).unzip()
    }
}
