//! What neighbours do, from the first code to the last expiry.

mod accounts;
mod alike;
mod areas;
mod backup;
mod clock;
mod decisions;
mod events;
mod feed;
mod first;
mod held;
mod live;
mod people;
mod postcards;
mod reserve;
mod ties;
mod transparency;
