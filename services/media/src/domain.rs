//! The rules of pictures: data in, decision out. No clock, no store, no files.

mod hang;
mod kept;

pub use hang::{Named, Telling, decide};
pub use kept::{
    CLAIMABLE_MS, CLAIMED_AT_MOST, Hung, Kept, LOOSE_AT_MOST, LOOSE_MS, Reader, room_again_ms,
};
