//! What the board promises, on both databases, through its gRPC service.

mod comments;
mod events;
mod expiry;
mod held;
mod own_data;
mod publishing;
mod world;
