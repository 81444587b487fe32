//! Whether police may read what somebody tells of incidents.

use contract::PostId;
use contract::common::Empty;
use contract::posts::AnswerPoliceReadingRequest;

use super::Call;
use crate::domain::CategoryRules;
use crate::store::{post, teller};
use crate::{Posts, PostsFault};

impl Posts {
    /// A no takes back every yes there is; a yes is for what comes, or for the one notice.
    pub(super) async fn do_answer_police_reading(
        &self,
        call: &Call,
        asked: AnswerPoliceReadingRequest,
    ) -> Result<Empty, PostsFault> {
        let (resident, _) = call.caller.resident()?;
        let tx = self.parts.store.begin().await?;
        if asked.post.is_empty() {
            let mut account = teller::lock(&tx, resident).await?;
            account.police_may_read = Some(asked.may_read);
            teller::update(&tx, account).await?;
            if !asked.may_read {
                post::keep_from_police(&tx, resident).await?;
            }
        } else {
            let (mut post, _) = self
                .own(&tx, call, PostId::from_bytes(&asked.post)?)
                .await?;
            if asked.may_read && !police_could_read(&post) {
                return Err(PostsFault::WrongState);
            }
            post.police_may_read = asked.may_read;
            post::update(&tx, post).await?;
        }
        tx.commit().await?;
        Ok(Empty {})
    }
}

fn police_could_read(post: &post::Model) -> bool {
    CategoryRules::of(post.category()).is_some_and(|rules| rules.police)
}
