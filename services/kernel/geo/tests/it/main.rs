//! What the crate promises, tried from outside.

mod areas;
mod cells;
mod directions;
mod drawing;
mod given;
mod golden;
mod households;
mod maps;
mod outlines;
mod places;
mod readings;
mod sql;
mod traps;
