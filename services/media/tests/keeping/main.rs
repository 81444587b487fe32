//! What keeping pictures promises, on both databases and in a real folder, through the gRPC service.

mod bounds;
mod crash;
mod events;
mod own_data;
mod readers;
mod sweep;
mod world;
