//! The process may end between any two steps.

use std::collections::BTreeSet;
use std::fs;
use std::pin::pin;
use std::task::Poll;

use contract::common::ResidentRequest;
use runtime::HOUR_MS;

use crate::world::{NOW_MS, Person, WEIGHTS, World, neighbour, png};

/// Runs a future until it has been polled `steps` times; whether it ended by then.
async fn interrupted(future: impl Future, steps: usize) -> bool {
    let mut future = pin!(future);
    let mut left = steps;
    std::future::poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(false);
        }
        left -= 1;
        future.as_mut().poll(context).map(|_| true)
    })
    .await
}

/// How many pictures have a row; every one of them has its files.
async fn rows(world: &World, person: &Person) -> usize {
    let asked = ResidentRequest {
        resident: person.resident.to_bytes(),
    };
    let request = world.caller(person).request(asked);
    let mut files = world
        .client
        .clone()
        .export_files(request)
        .await
        .unwrap()
        .into_inner();
    let mut whole = 0;
    while let Some(file) = files.message().await.unwrap() {
        assert!(file.data.starts_with(&[0xff, 0xd8]));
        whole += 1;
    }
    let request = world.caller(person).request(ResidentRequest {
        resident: person.resident.to_bytes(),
    });
    let export = world
        .client
        .clone()
        .export(request)
        .await
        .unwrap()
        .into_inner();
    let json = String::from_utf8(export.parts[0].json.to_vec()).unwrap();
    let rows = json.matches("\"createdAtMs\"").count();
    assert_eq!(rows, whole, "a row never lacks its file");
    rows
}

#[tokio::test]
async fn an_upload_interrupted_anywhere_is_whole_or_swept() {
    for world in World::each().await {
        let ann = neighbour(1);
        let mut ended = 0;
        for steps in 1.. {
            let file = png(10, 10, u32::try_from(steps).unwrap());
            if interrupted(world.upload(&ann, &file), steps).await {
                ended += 1;
            }
            if ended == 3 {
                break;
            }
        }
        let all = world.weights.take(WEIGHTS).await;
        assert!(
            all.is_some(),
            "work that nobody waits for gives its share back"
        );
        let rows = rows(&world, &ann).await;
        assert!(rows >= 3, "what was acknowledged is there");
        world.written_at(NOW_MS);
        world.pass(HOUR_MS);
        world.media.sweep().await.unwrap();
        let names: BTreeSet<_> = world
            .files()
            .into_iter()
            .map(|file| file.parent().unwrap().to_owned())
            .collect();
        assert_eq!((names.len(), world.files().len()), (rows, rows * 3));
    }
}

#[tokio::test]
async fn files_that_cannot_be_written_leave_no_row() {
    for world in World::each().await {
        let ann = neighbour(1);
        fs::remove_dir_all(world.path("pictures")).unwrap();
        fs::write(world.path("pictures"), b"not a folder").unwrap();
        let fault = world.upload(&ann, &png(10, 10, 1)).await.unwrap_err();
        assert_eq!(fault.code, "INTERNAL");
        fs::remove_file(world.path("pictures")).unwrap();
        assert_eq!(rows(&world, &ann).await, 0);
        world.picture(&ann).await;
        assert_eq!(rows(&world, &ann).await, 1);
    }
}
