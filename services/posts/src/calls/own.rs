//! What an account answered once and for all, and from when it may tell of people again.

use contract::common::Empty;
use contract::posts::Own;

use super::Call;
use crate::store::teller;
use crate::{Posts, PostsFault};

impl Posts {
    pub(super) async fn do_read_own(&self, call: &Call, _: Empty) -> Result<Own, PostsFault> {
        let (resident, _) = call.caller.resident()?;
        let on = self.parts.store.read();
        let account = teller::find(on, resident).await?;
        // The week is the account's; where it is paused for longer, that is told on writing.
        let barred = account.teller(0).barred(call.now_ms);
        Ok(Own {
            police_may_read: account.police_may_read,
            about_people_from_ms: barred.map_or(0, |barred| barred.again_at_ms),
        })
    }
}
