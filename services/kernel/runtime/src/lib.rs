//! A process: clock, entropy, keys, configuration, telemetry, health, tasks and shutdown. Everything a role needs that
//! is not its own subject, injected so that tests can hold it still.

mod clock;
mod configuration;
mod cursor;
mod entropy;
mod folder;
mod health;
mod heavy;
mod keys;
mod private;
mod rounding;
mod seal;
mod sealed_file;
mod tasks;
pub mod telemetry;
mod weight;
mod whole;

pub use clock::{Clock, DAY_MS, HOUR_MS, MINUTE_MS};
pub use configuration::{SettingFault, load};
pub use cursor::{CursorUnknown, Cursors};
pub use entropy::Entropy;
pub use folder::{is_open_to_others, make_private};
pub use health::{Health, Readiness};
pub use heavy::{HeavyFault, HeavyWork};
pub use keys::{
    Key, KeyFault, KeyFile, KeyRing, Keys, Purpose, Stage, announce_key, key_files, public_halves,
    remove_older_keys, use_announced_key,
};
pub use private::Private;
pub use rounding::{QUARTER_MS, WEEK_MS, rounded_by_age, rounded_down, rounded_up};
pub use seal::{Sealed, Sealer};
pub use sealed_file::{SealedFault, SealedReader, SealedWriter};
pub use tasks::Tasks;
pub use weight::{Weight, Weights};
pub use whole::{make_file, replace_file};
