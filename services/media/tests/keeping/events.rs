//! What follows from the news of a notice, in whatever order it comes.

use bus::Envelope;
use contract::PostId;
use contract::common::Picture;
use contract::events::envelope::Body;

use crate::world::{
    EXPIRES_MS, NOW_MS, Person, World, erased, gone, held, here, member, neighbour, post,
    shown as notice,
};

#[tokio::test]
async fn pictures_come_wait_and_go_with_their_notice() {
    for world in World::each().await {
        let (ann, ben) = (neighbour(1), neighbour(2));
        let [kept, dropped, bens] = [
            world.picture(&ann).await,
            world.picture(&ann).await,
            world.picture(&ben).await,
        ];
        world
            .show(post(1), 1, &ann, &[&kept, &dropped, &bens])
            .await;
        assert!(world.sees(&ben, &kept).await && world.sees(&ben, &dropped).await);
        assert!(
            !world.sees(&ann, &bens).await,
            "another's picture is not put up"
        );
        world.show(post(1), 2, &ann, &[&kept]).await;
        assert!(
            !world.sees(&ann, &dropped).await,
            "what an edit dropped is gone"
        );
        assert_eq!(world.files().len(), 2 * 3);
        world.hear(&held(post(1), 3, &ann, &[&kept])).await;
        assert!(!world.sees(&ben, &kept).await && world.sees(&ann, &kept).await);
        world.show(post(1), 4, &ann, &[&kept]).await;
        assert!(world.sees(&ben, &kept).await, "released");
        world.hear(&gone(post(1), 5)).await;
        assert!(!world.sees(&ann, &kept).await);
        assert_eq!(world.files().len(), 3, "only Ben's is left");
    }
}

#[tokio::test]
async fn once_the_time_of_a_notice_is_over_its_pictures_are_unreadable_at_once() {
    for world in World::each().await {
        let (ann, ben) = (neighbour(1), neighbour(2));
        let moderator = member(3, here(), true);
        let [shown, waiting] = [world.picture(&ann).await, world.picture(&ann).await];
        let mut event = notice(post(1), 1, &ann, &[&shown]);
        if let Some(Body::PostShown(told)) = &mut event.body {
            told.pictures_held.push(waiting.id.clone());
        }
        world.hear(&event).await;
        world.pass(EXPIRES_MS - NOW_MS - 1);
        assert!(world.sees(&ben, &shown).await && world.sees(&moderator, &waiting).await);
        world.pass(1);
        for person in [&ann, &ben, &moderator] {
            for picture in [&shown, &waiting] {
                assert!(!world.sees(person, picture).await);
            }
        }
        world.media.sweep().await.unwrap();
        assert_eq!(world.files().len(), 6, "they go when the notice does");
        world.hear(&gone(post(1), 2)).await;
        assert!(world.files().is_empty());
    }
}

#[tokio::test]
async fn what_moderators_took_out_is_kept_for_nobody_to_see_until_they_say_what_becomes_of_it() {
    for world in World::each().await {
        let (ann, ben) = (neighbour(1), neighbour(2));
        let moderator = member(3, here(), true);
        let (out, stays) = (world.picture(&ann).await, world.picture(&ann).await);
        world.show(post(1), 1, &ann, &[&out, &stays]).await;
        assert!(world.sees(&ben, &out).await);
        for (version, of) in [
            (2, notice(post(1), 2, &ann, &[&stays])),
            (3, held(post(1), 3, &ann, &[&stays])),
        ] {
            let mut event = of;
            match &mut event.body {
                Some(Body::PostShown(told)) => told.pictures_withheld.push(out.id.clone()),
                Some(Body::PostHeld(told)) => told.pictures_withheld.push(out.id.clone()),
                _ => {}
            }
            world.hear(&event).await;
            for person in [&ann, &ben, &moderator] {
                assert!(!world.sees(person, &out).await, "{version}");
            }
            assert!(world.sees(&ann, &stays).await);
            world.media.sweep().await.unwrap();
            assert_eq!(world.files().len(), 6, "kept");
        }
        world.show(post(1), 4, &ann, &[&out, &stays]).await;
        assert!(world.sees(&ben, &out).await, "given back");
        world.show(post(1), 5, &ann, &[&stays]).await;
        assert_eq!(world.files().len(), 3, "gone for good");
    }
}

#[tokio::test]
async fn a_picture_hangs_on_one_notice_only() {
    for world in World::each().await {
        let ann = neighbour(1);
        let picture = world.picture(&ann).await;
        world.show(post(1), 1, &ann, &[&picture]).await;
        world.show(post(2), 1, &ann, &[&picture]).await;
        world.hear(&gone(post(2), 2)).await;
        assert!(
            world.sees(&ann, &picture).await,
            "it goes with the notice it hangs on"
        );
        world.hear(&gone(post(1), 2)).await;
        assert!(!world.sees(&ann, &picture).await);
    }
}

#[tokio::test]
async fn every_order_with_repetitions_ends_like_the_newest_version() {
    for world in World::each().await {
        let (ann, ben) = (neighbour(1), neighbour(2));
        for (n, order) in orders(4).into_iter().enumerate() {
            let post = post(u8::try_from(n).unwrap() + 10);
            let picture = world.picture(&ann).await;
            let history = history(post, &ann, &picture);
            let (last, before) = history.split_last().unwrap();
            let ordered: Vec<&Envelope> = order.iter().map(|i| &history[*i]).collect();
            let mut newest = 0;
            for event in &ordered {
                for _ in 0..2 {
                    world.hear(event).await;
                }
                newest = newest.max(event.version);
                let gone = newest == last.version;
                let came_first = gone && ordered[0].version == last.version;
                assert_eq!(
                    world.sees(&ben, &picture).await,
                    !gone && newest != 2,
                    "{order:?} at {}",
                    event.version
                );
                assert_eq!(world.sees(&ann, &picture).await, !gone || came_first);
            }
            for late in before {
                world.hear(late).await;
                assert!(!world.sees(&ben, &picture).await, "nothing is revived");
            }
            if ordered[0].version == last.version {
                world
                    .show(super::world::post(9), 1 + n as u64 * 2, &ann, &[&picture])
                    .await;
                world
                    .show(super::world::post(9), 2 + n as u64 * 2, &ann, &[])
                    .await;
            }
            assert!(world.files().is_empty());
        }
    }
}

/// Several notices at once, each with a history that comes in an order of its own.
#[tokio::test]
async fn what_is_heard_together_ends_like_the_newest_version_of_each() {
    for world in World::each().await {
        let ben = neighbour(0);
        for heard in 1..=4 {
            let (mut together, mut expected) = (Vec::new(), Vec::new());
            for (n, order) in orders(4).into_iter().enumerate() {
                // Their ids are in another order than they are heard.
                let number = u8::try_from(24 * heard + n).unwrap();
                let (post, ann) = (post(250 - number), neighbour(number));
                let picture = world.picture(&ann).await;
                let history = history(post, &ann, &picture);
                let heard: Vec<&Envelope> = order[..heard].iter().map(|i| &history[*i]).collect();
                let newest = heard.iter().map(|event| event.version).max();
                together.extend(heard.into_iter().cloned());
                expected.push((picture, matches!(newest, Some(1 | 3))));
            }
            world.hear_together(together).await;
            for (picture, is_shown) in &expected {
                assert_eq!(world.sees(&ben, picture).await, *is_shown);
            }
        }
    }
}

/// Two processes hear of notices of somebody who names the same pictures in all of them, and of whom everything is erased meanwhile.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_waits_for_somebody_who_waits_for_them() {
    let one = World::in_bucket().await;
    let other = one.another_process().await;
    for round in 0..10 {
        let (ann, version) = (neighbour(round), u64::from(round) + 1);
        let mut pictures = Vec::new();
        for _ in 0..6 {
            pictures.push(one.picture(&ann).await);
        }
        let there = pictures.iter().zip(0..);
        let there = there.map(|(picture, n)| notice(post(100 + n), version, &ann, &[picture]));
        let back = pictures.iter().rev().zip(0..);
        let back = back.map(|(picture, n)| notice(post(200 + n), version, &ann, &[picture]));
        let erased = erased(&ann);
        tokio::join!(
            one.hear_together(there.collect()),
            other.hear_together(back.collect()),
            one.hear(&erased),
        );
        assert!(one.files().is_empty(), "what is erased stays so");
    }
}

/// A notice that is up, held, up again and gone, with a picture all the while.
fn history(of: PostId, by: &Person, picture: &Picture) -> [Envelope; 4] {
    [
        notice(of, 1, by, &[picture]),
        held(of, 2, by, &[picture]),
        notice(of, 3, by, &[picture]),
        gone(of, 4),
    ]
}

fn orders(n: usize) -> Vec<Vec<usize>> {
    if n == 0 {
        return vec![vec![]];
    }
    orders(n - 1)
        .into_iter()
        .flat_map(|order| {
            (0..n).map(move |at| {
                let mut order = order.clone();
                order.insert(at, n - 1);
                order
            })
        })
        .collect()
}
