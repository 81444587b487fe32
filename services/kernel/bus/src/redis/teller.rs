//! From an outbox onto its stream, and back from the stream what was handled. Several processes may do this at once for one
//! role: the stream takes only what follows upon what it has.

use prost::Message;
use store::Progress;

use super::stream::Sent;
use super::{Standing, Stream};
use crate::relay::{BATCH, Said};
use crate::{DeliveryFault, Relay};

impl Relay {
    /// Marks what was handled and sends what waits; answers how much moved.
    pub(crate) async fn tell_over(&self, stream: &Stream) -> Result<usize, DeliveryFault> {
        let consumers = self.consumers();
        let mut moved = 0;
        loop {
            let standing = stream.look(&consumers).await?;
            let mut progress = self.outbox.progress().await?;
            if standing.highest() > progress.highest {
                // The outbox was put back to an earlier day and gives these positions anew.
                stream.drop().await?;
                continue;
            }
            moved += self.mark(&consumers, &standing, &mut progress).await?;
            let done = progress.lowest_done();
            if standing.oldest.is_some_and(|oldest| oldest <= done) {
                stream.trim(done).await?;
            }
            match self.send(stream, standing.sent, done).await? {
                Some(sent) => moved += sent,
                None => return Ok(moved),
            }
        }
    }

    /// What a consumer has acknowledged without a gap it has handled for good, whatever became of the stream meanwhile.
    pub(super) async fn mark(
        &self,
        consumers: &[&'static str],
        standing: &Standing,
        progress: &mut Progress,
    ) -> Result<usize, DeliveryFault> {
        let mut moved = 0;
        for (consumer, acknowledged) in consumers.iter().zip(&standing.acknowledged) {
            let Some(done) = progress.done.get_mut(*consumer) else {
                continue;
            };
            if let Some(id) = acknowledged.filter(|id| *id > *done) {
                self.outbox.handled(consumer, id).await?;
                *done = id;
                moved += 1;
            }
        }
        Ok(moved)
    }

    /// Sends what follows upon what was sent, or upon what all have handled where the stream is to be begun. Answers how much
    /// that was, 0 where another was faster or the stream was emptied; none where nothing waits.
    pub(super) async fn send(
        &self,
        stream: &Stream,
        sent: Option<i64>,
        done: i64,
    ) -> Result<Option<usize>, DeliveryFault> {
        let entries = self.outbox.after(sent.unwrap_or(done), BATCH).await?;
        if entries.is_empty() {
            return Ok(None);
        }
        let mut told = Vec::with_capacity(entries.len());
        for entry in entries {
            let Said { event, cause } = self.tell(entry).await?;
            told.push(Sent {
                id: entry.id,
                event: event.map_or_else(Vec::new, |it| it.encode_to_vec()),
                cause,
            });
        }
        let appended = stream.append(sent, &told).await?;
        Ok(Some(if appended { told.len() } else { 0 }))
    }
}
