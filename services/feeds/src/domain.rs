//! The rules: data in, decision out.

mod asked;
mod catch_up;
mod landing;
mod runs;
mod shown;

pub use asked::{AskFault, Asked, CATEGORIES_AT_MOST, PLACES_AT_MOST};
pub use catch_up::{CaughtUp, Position, Step, Turn, Turned, catch_up};
pub use landing::{Before, Landing, landing};
pub use runs::{Entry, Key, Runs};
pub use shown::{shown, shown_alike_until};
