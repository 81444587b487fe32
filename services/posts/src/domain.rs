//! The rules of the board: data in, decision out. No clock, no store, no network.

mod about_people;
mod behaviour;
mod category;
mod comment;
mod correction;
mod draft;
mod edit;
mod event;
mod limit;
mod place;
mod reason;
mod rsvp;
mod ruling;
mod screen;
mod text;
mod time;

pub use about_people::{
    Barred, COOL_DOWN_MS, LAPSED_STAYS_MS, LAPSES_AFTER_MS, Teller, confirm_from, may_tell,
};
pub use behaviour::BehaviourDetails;
pub use category::{CategoryRules, PhotoRule, ReadFirst};
pub use comment::{Notice, decide_comment};
pub use correction::{TAKEN_DOWN_TOLD_DAYS, corrected, with};
pub use draft::{Accepted, Author, Draft, PICTURES_AT_MOST, Telling, Verdict, decide, paused};
pub use edit::{Changes, Edit, Standing as PostStanding, decide_edit, may_retell};
pub use event::EventDetails;
pub use limit::{Limit, Limited};
pub use reason::{Code, Reason};
pub use rsvp::{Coming, decide_rsvp, places_left};
pub use ruling::{Follows, follows, is_shown};
pub use screen::{Screened, Texts, findings, reading};
pub use text::{BODY_AT_MOST, COMMENT_AT_MOST, TITLE_AT_MOST};
pub use time::{moved_end, until_tomorrow};
