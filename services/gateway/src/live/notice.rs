//! One notice, as long as somebody reads it: what it is now, again and again as it changes.
//!
//! Posts signals that a notice changed and says nothing about it; what it is now is read as the one who reads may see it.
//! Nothing waits here: what happens while one notice is being told is told with the next. Each look is a question of its
//! reader's, and counted among them: those who follow a feed share one look, those who read a notice cannot.

use std::sync::Arc;
use std::time::Duration;

use bus::{Signals, Topic};
use contract::{Fault, PostId};
use futures_util::{Stream, stream};
use runtime::telemetry::{Attribute, Cause, Step, caused_by, mark};
use tracing::Instrument;

use super::{AGAIN_AFTER, passes};
use crate::admit::{Held, Kind};
use crate::model::post::Post;
use crate::resident::read_post;
use crate::visit::Visit;

/// How long one state of a notice stands before the next is told: of a burst only what comes of it is told.
const PAUSE: Duration = Duration::from_secs(1);
/// How often it is looked at where no signal came: signals may be lost, and it must not outlive its end on a screen.
const LOOK_EVERY: Duration = Duration::from_secs(30);

/// A notice now and after each change; none, once, when it is not there or no longer the caller's to see.
///
/// # Errors
/// Why it cannot be followed: nobody is signed in, or too much is open.
pub(crate) async fn changes_of(
    visit: Arc<Visit>,
    post: PostId,
) -> Result<impl Stream<Item = Result<Option<Post>, Fault>> + use<>, Fault> {
    visit.renew().await?;
    let signed = visit.resident()?;
    let held = visit.edge.follows.take(Some(signed.resident))?;
    let reader = Reader {
        // Listens before it looks: what happens in between is told too.
        signals: visit.edge.bus.listen(Topic::Post(post)),
        post,
        looked_at_ms: 0,
        told_version: 0,
        is_due: true,
        cause: None,
        _held: held,
        visit,
    };
    Ok(stream::unfold(Some(reader), |reader| async move {
        let mut reader = reader?;
        let told = reader.next().await;
        let goes_on = matches!(told, Ok(Some(_)));
        Some((told, goes_on.then_some(reader)))
    }))
}

struct Reader {
    signals: Signals,
    post: PostId,
    looked_at_ms: i64,
    told_version: u64,
    /// Whether something changed since it was told.
    is_due: bool,
    /// What the change follows from, where that is traced.
    cause: Option<Cause>,
    _held: Held,
    visit: Arc<Visit>,
}

impl Reader {
    async fn next(&mut self) -> Result<Option<Post>, Fault> {
        loop {
            if !self.is_due {
                self.wait().await;
            }
            let step = Step::Look.caused(self.cause.take());
            mark(&step, Attribute::Role("gateway"));
            let found = self.look().instrument(step.clone()).await;
            self.looked_at_ms = self.visit.edge.clock.now_ms();
            match found {
                Ok(Some(post)) if !self.is_news(&post) => self.is_due = false,
                Ok(found) => {
                    self.is_due = false;
                    self.told_version = found.as_ref().map_or(0, Post::version_told);
                    self.visit.follows_from(caused_by(&step));
                    return Ok(found);
                }
                Err(fault) if passes(&fault) => self.visit.edge.clock.wait(AGAIN_AFTER).await,
                Err(fault) => return Err(fault),
            }
        }
    }

    /// Whether there is something to tell. That something is said below a public event is told to its neighbours alone: of
    /// another neighbourhood one hears that the event itself is another.
    fn is_news(&self, post: &Post) -> bool {
        let is_near = self.visit.member_of(post.hangs_in()).is_ok();
        (self.is_due && is_near) || post.version_told() != self.told_version
    }

    /// Done when it is time to look.
    async fn wait(&mut self) {
        let clock = self.visit.edge.clock.clone();
        clock.wait(self.left_of(PAUSE)).await;
        let look = clock.wait(self.left_of(LOOK_EVERY));
        tokio::select! {
            () = self.signals.next() => {
                self.is_due = true;
                self.cause = self.signals.cause();
            }
            () = look => {}
        }
    }

    /// How much of a time since the last look is left.
    fn left_of(&self, time: Duration) -> Duration {
        let passed_ms = self.visit.edge.clock.now_ms() - self.looked_at_ms;
        time.saturating_sub(Duration::from_millis(passed_ms.max(0).unsigned_abs()))
    }

    /// The notice as it is now, to somebody who is still signed in and does not ask too often.
    async fn look(&self) -> Result<Option<Post>, Fault> {
        self.visit.renew().await?;
        self.visit.resident()?;
        self.visit.take(Kind::Query).await?;
        read_post(&self.visit, self.post).await
    }
}
