//! Signals from one process to another.

use bus::Topic;
use bus::scratch::Scratch;
use contract::{NeighbourhoodId, PostId};
use runtime::{Clock, Tasks};

use bus::scratch::Server;

#[tokio::test]
async fn a_signal_reaches_those_who_listen_in_another_process() {
    let keys = Scratch::redis();
    let (here, there) = (keys.bus(Clock::System), keys.bus(Clock::System));
    let tasks = Tasks::new();
    let feed = Topic::Feed(NeighbourhoodId::from_random([1; 16]));
    let mut followed = there.listen(feed.clone());
    there.start(&tasks);
    // Whoever begins to follow looks again once.
    followed.next().await;
    here.start(&tasks);
    here.signal(&feed);
    followed.next().await;
    tasks.stop().await;
}

#[tokio::test]
async fn in_the_same_process_it_is_heard_at_once_whether_or_not_redis_is_there() {
    let bus = Scratch::at("redis://127.0.0.1:1".to_owned()).bus(Clock::manual(0));
    let post = Topic::Post(PostId::from_random([2; 16]));
    let mut followed = bus.listen(post.clone());
    bus.signal(&post);
    followed.next().await;
}

#[tokio::test]
async fn after_the_connection_was_lost_everybody_looks_again() {
    let mut server = Server::new();
    let bus = server.keys().bus(Clock::System);
    let tasks = Tasks::new();
    let mut followed = bus.listen(Topic::Post(PostId::from_random([3; 16])));
    bus.start(&tasks);
    followed.next().await;
    server.stop();
    server.start();
    followed.next().await;
    tasks.stop().await;
}
