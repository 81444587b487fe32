//! The whole of Palier, over real HTTP and real stores.

mod access;
mod bad_input;
mod harness;
mod journeys;
mod privacy;
mod shapes;
mod sudden_end;
