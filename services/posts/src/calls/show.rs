//! Showing what waited: for the first time or again.

use contract::posts::State;
use contract::{NeighbourhoodId, ResidentId};
use store::Tx;

use crate::PostsFault;
use crate::domain::{CategoryRules, moved_end};
use crate::store::post::Model;
use crate::store::{author, raised_limit, shown_day};

/// Makes a locked notice that was read one that is shown, if this day has room for it; else it waits for one that has.
/// Whoever calls saves it.
pub(crate) async fn show(
    tx: &Tx,
    post: &mut Model,
    today: i64,
    now_ms: i64,
) -> Result<(), PostsFault> {
    let rules = CategoryRules::of(post.category());
    let is_first = !post.was_shown;
    if is_first {
        let (neighbourhood, resident) = (
            NeighbourhoodId::new(post.neighbourhood),
            ResidentId::new(post.author),
        );
        let mut author = author::lock(tx, neighbourhood, resident, today).await?;
        if rules.is_some_and(|rules| rules.about_person) {
            let mut day = shown_day::lock(tx, post.neighbourhood, today).await?;
            let room = raised_limit::shown_a_day(tx, neighbourhood, today).await?;
            if day.shown >= room {
                if !post.accepted {
                    post.wait_no_longer();
                    post.state = State::InReview.into();
                    post.accepted = true;
                    post.waits_since_ms = Some(now_ms);
                }
                return Ok(());
            }
            day.shown += 1;
            shown_day::update(tx, day).await?;
        }
        author.published += 1;
        author::update(tx, author).await?;
        // Waiting does not shorten the time a notice stays up. One that was edited and read again does not begin anew.
        if let Some(rules) = rules.filter(|_| post.event.is_none()) {
            let (end_ms, from_ms) = (post.expires_at_ms, post.published_at_ms);
            post.expires_at_ms = moved_end(end_ms, from_ms, now_ms, &rules);
        }
        post.published_at_ms = now_ms;
        post.was_shown = true;
    }
    post.state = State::Published.into();
    post.wait_no_longer();
    Ok(())
}
