//! Answering a notice.

use contract::common::Category;
use contract::posts::{Signature, State};
use contract::text::Lines;
use screening::Passage;

use super::category::CategoryRules;
use super::draft::{Author, paused};
use super::place::signed_by;
use super::reason::{Code, Reason};
use super::screen::{Screened, screen};
use super::text::{COMMENT_AT_MOST, clean};

/// The notice that is answered.
#[derive(Clone, Copy, Debug)]
pub struct Notice<'a> {
    /// Its kind.
    pub category: Category,
    /// Held, shown or settled.
    pub state: State,
    /// Moderators decided that it takes none.
    pub is_limited: bool,
    /// The name under it; empty: "a neighbour".
    pub signed_by: &'a str,
    /// Whether who answers also wrote it.
    pub by_commenter: bool,
}

/// The comment as it will be kept and the name under it.
///
/// # Errors
/// Every reason against it.
pub fn decide_comment(
    body: &str,
    signature: Signature,
    notice: Notice<'_>,
    author: &Author,
    now_ms: i64,
) -> Result<(String, String), Vec<Reason>> {
    if let Some(reason) = paused(author, now_ms) {
        return Err(vec![reason]);
    }
    let open = notice.state == State::Published
        && !notice.is_limited
        && CategoryRules::of(notice.category).is_some_and(|rules| rules.comments);
    if !open {
        return Err(vec![Reason::new(
            Code::NoComments,
            "",
            "Cette annonce ne prend pas de réponses : elle est réglée, attend d’être lue, ou les modérateurs l’ont décidé.",
            "This notice takes no answers: it is settled, waits to be read, or moderators decided so.",
        )]);
    }
    let kept = clean(body, "body", COMMENT_AT_MOST, Lines::Many).map_err(|reason| vec![reason])?;
    let passages = [Passage {
        field: "body",
        text: body,
    }];
    // What an organiser may say of themselves, nobody else may say of them.
    let category = notice.by_commenter.then_some(notice.category);
    let Screened { reasons, .. } = screen(category, &passages);
    if !reasons.is_empty() {
        return Err(reasons);
    }
    // Who put it up as "a neighbour" would unmask themselves by answering under their name.
    let named = !(notice.by_commenter && notice.signed_by.is_empty());
    Ok((kept, signed_by(signature, named, &author.pseudonym)))
}
