//! Who comes to the events of one answer.

use bytes::Bytes;
use contract::{Fault, PostId, posts};
use tokio::sync::OnceCell;

use crate::visit::Visit;

/// Who comes to the events of one answer: asked for when the first field wants to know, once, for all of them.
pub(crate) struct Attendance {
    events: Vec<Bytes>,
    known: OnceCell<Vec<posts::Attendance>>,
}

impl Attendance {
    /// Of the events among these notices.
    pub(crate) fn of(notices: &[posts::Post]) -> Self {
        let events = notices.iter().filter(|notice| notice.event.is_some());
        Self {
            events: events.map(|event| event.id.clone()).collect(),
            known: OnceCell::new(),
        }
    }

    /// Who comes to one of them, as far as the caller may know; none where it is no longer there for them.
    ///
    /// # Errors
    /// That posts does not answer; then the next field asks again.
    pub(crate) async fn to(
        &self,
        event: PostId,
        visit: &Visit,
    ) -> Result<Option<&posts::Attendance>, Fault> {
        let ask = || async {
            let request = posts::ListRsvpsRequest {
                posts: self.events.clone(),
            };
            let mut client = visit.edge.posts.clone();
            let reply = client.list_rsvps(visit.caller().request(request)).await?;
            Ok::<_, Fault>(reply.into_inner().events)
        };
        let known = self.known.get_or_try_init(ask).await?;
        let id = event.to_bytes();
        Ok(known.iter().find(|coming| coming.post == id))
    }
}
