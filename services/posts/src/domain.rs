//! The rules of the board: data in, decision out. No clock, no store, no network.

mod category;
mod comment;
mod draft;
mod edit;
mod event;
mod place;
mod reason;
mod rsvp;
mod screen;
mod text;
mod time;

pub use category::{CategoryRules, PhotoRule};
pub use comment::{Notice, decide_comment};
pub use draft::{Accepted, Author, Draft, PICTURES_AT_MOST, Verdict, decide};
pub use edit::{Changes, Edit, EditVerdict, Standing as PostStanding, decide_edit};
pub use event::EventDetails;
pub use reason::{Code, Reason};
pub use rsvp::{Coming, decide_rsvp, places_left};
pub use text::{BODY_AT_MOST, COMMENT_AT_MOST, TITLE_AT_MOST};
pub use time::{moved_end, until_tomorrow};
