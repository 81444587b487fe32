//! What only a server can get wrong, and what is said of one that cannot be used.

use futures_util::future::join_all;
use media::domain::LOOSE_AT_MOST;
use media::scratch::Server;
use media::{Bucket, BucketFault, BucketKey, TrialFault};
use runtime::{Entropy, HOUR_MS};

use crate::world::{NOW_MS, World, gone, neighbour, png, post};

async fn trial(bucket: &Bucket) -> Result<(), TrialFault> {
    match bucket.open_tried(&Entropy::seeded(1)).await {
        Ok(_) => Ok(()),
        Err(BucketFault::Trial(fault)) => Err(fault),
        Err(other) => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_bucket_is_tried_out_and_nothing_is_left_of_it() {
    let server = Server::start();
    let bucket = server.bucket("board");
    assert_eq!(trial(&bucket).await, Ok(()));
    assert!(bucket.look().await.is_ok());
    let left = std::fs::read_dir(server.folder(&bucket).join("pictures")).unwrap();
    for folder in left {
        let files = std::fs::read_dir(folder.unwrap().path()).unwrap();
        assert_eq!(files.count(), 0);
    }
}

#[tokio::test]
async fn a_bucket_that_cannot_be_used_says_why() {
    let server = Server::start();
    let bucket = server.bucket("board");
    let other = |change: &dyn Fn(&mut Bucket)| {
        let mut bucket = bucket.clone();
        change(&mut bucket);
        bucket
    };
    let elsewhere = other(&|bucket| bucket.name = "elsewhere".to_owned());
    assert_eq!(trial(&elsewhere).await, Err(TrialFault::NoBucket));
    assert!(elsewhere.look().await.is_err());
    assert!(!server.folder(&elsewhere).exists(), "nobody made it");
    for key in [
        ("scratch-id", "another-secret"),
        ("nobody", "scratch-secret"),
    ] {
        let key = BucketKey::new(key.0, key.1).unwrap();
        let closed = other(&|bucket| bucket.key = key.clone());
        assert_eq!(trial(&closed).await, Err(TrialFault::KeyRefused));
    }
    let nobody = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let nowhere = format!("http://{}", nobody.local_addr().unwrap());
    drop(nobody);
    let silent = other(&|bucket| bucket.endpoint = Some(nowhere.clone()));
    let Err(TrialFault::NoUse(said)) = trial(&silent).await else {
        panic!("nobody is there");
    };
    assert!(said.contains("refused"), "{said}");
}

/// Another process sweeps after an hour what has no row: a picture whose files took so long must not get one.
#[tokio::test]
async fn a_picture_that_takes_too_long_to_write_is_given_up() {
    let world = World::in_bucket().await;
    let ann = neighbour(1);
    world.server().close();
    let file = png(10, 10, 1);
    let mut sending = Box::pin(world.upload(&ann, &file));
    tokio::select! {
        _ = &mut sending => panic!("nothing can be written"),
        () = world.server().knocked() => {}
    }
    world.pass(HOUR_MS);
    world.server().open();
    assert_eq!(sending.await.unwrap_err().code, "TOO_SLOW");
    assert!(world.files().is_empty(), "and its files are gone");
    world.picture(&ann).await;
}

/// Two processes that know of each other by the database and the bucket alone.
#[tokio::test]
async fn what_one_process_does_holds_for_the_other() {
    let one = World::in_bucket().await;
    let other = one.another_process().await;
    let (ann, ben) = (neighbour(1), neighbour(2));
    let [first, second] = [one.picture(&ann).await, other.picture(&ann).await];
    for (process, picture) in [(&one, &second), (&other, &first)] {
        assert!(process.sees(&ann, picture).await);
        assert!(!process.sees(&ben, picture).await, "it is loose");
    }
    one.show(post(1), 1, &ann, &[&first, &second]).await;
    assert!(other.sees(&ben, &first).await && other.sees(&ben, &second).await);

    one.written_at(NOW_MS);
    one.pass(2 * HOUR_MS);
    let (swept, also) = tokio::join!(one.media.sweep(), other.media.sweep());
    assert!(swept.is_ok() && also.is_ok());
    assert!(other.sees(&ben, &first).await && one.sees(&ben, &second).await);

    other.hear(&gone(post(1), 2)).await;
    one.show(post(1), 1, &ann, &[&first, &second]).await;
    for process in [&one, &other] {
        assert!(!process.sees(&ann, &first).await && !process.sees(&ann, &second).await);
    }
    assert!(one.files().is_empty());
}

/// The most loose pictures of one resident are the most, however many processes take them.
#[tokio::test]
async fn two_processes_together_take_no_more_than_one() {
    let one = World::in_bucket().await;
    let other = one.another_process().await;
    let ann = neighbour(1);
    let files: Vec<_> = (0_u32..)
        .map(|n| png(6, 6, n))
        .take(LOOSE_AT_MOST + 4)
        .collect();
    let sent = files.iter().enumerate().map(|(n, file)| {
        let process = if n % 2 == 0 { &one } else { &other };
        process.upload(&ann, file)
    });
    let outcomes = join_all(sent).await;
    let taken = outcomes.iter().filter(|sent| sent.is_ok()).count();
    assert_eq!(taken, LOOSE_AT_MOST);
    assert_eq!(
        one.files().len(),
        LOOSE_AT_MOST * 3,
        "nothing is left of the others"
    );
}
