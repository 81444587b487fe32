//! What a process says about itself: log lines, and where the operator wants them traces and figures over OTLP.
//!
//! Each has a door through which nothing else fits. A line has the fields that [`ALLOWED_FIELDS`] names. A trace is made of
//! [`Step`]s, about which nothing can be said but an [`Attribute`]. A figure is a [`Measure`]. None of these types can hold a
//! text that somebody wrote, an address, a place or an id.
//!
//! Like its log, the telemetry of a process is installed once and reached from everywhere. Where it is not installed,
//! nothing is measured and no step is made.

mod context;
mod export;
mod figure;
mod layer;
mod lines;
mod measure;
mod step;

pub use context::{Cause, TRACEPARENT, TraceContext};
pub use export::{Export, Exporting, Receiver};
pub use figure::{Declared, Figure, Kind};
pub use lines::{ALLOWED_FIELDS, Lines, Sink};
pub use measure::{Measure, Stopwatch, is_measured, measure};
pub use step::{
    Attribute, Outcome, Step, cause, caused_by, current, mark, mark_here, on_its_way_for,
};

use tracing_subscriber::Layer;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::{Clock, SettingFault};

/// Installs the process's logging: `level` as in `RUST_LOG` ("info", "posts=debug"), written to `sink`; and what is exported.
/// A second call changes nothing.
///
/// # Errors
/// The setting `log`, where that is no level.
pub fn install(
    level: &str,
    clock: Clock,
    sink: Sink,
    export: Option<Export>,
) -> Result<(), SettingFault> {
    let filter = lines::filter(level, export.is_some())?;
    let telemetry = export.map(|export| export.telemetry.layer());
    let _ = tracing_subscriber::registry()
        .with(telemetry)
        .with(Lines::new(clock, sink).with_filter(filter))
        .try_init();
    Ok(())
}
