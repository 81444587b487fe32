//! A resident's own pictures.

use bus::Hear;
use contract::common::{ExportPart, ResidentRequest};
use contract::media::UploadPiece;
use contract::{Caller, FaultKind};
use futures_util::stream;
use runtime::HOUR_MS;
use tokio::sync::oneshot;

use crate::world::{NOW_MS, Person, World, erased, gone, held, neighbour, png, post};

fn asked(person: &Person) -> ResidentRequest {
    ResidentRequest {
        resident: person.resident.to_bytes(),
    }
}

async fn three(world: &World, person: &Person) {
    for n in 0..3 {
        let picture = world.picture(person).await;
        match n {
            0 => world.show(post(1), 1, person, &[&picture]).await,
            1 => world.hear(&held(post(2), 1, person, &[&picture])).await,
            _ => {}
        }
    }
}

#[tokio::test]
async fn an_export_holds_every_picture_and_nobody_elses() {
    for world in World::each().await {
        let (ann, ben) = (neighbour(1), neighbour(2));
        three(&world, &ann).await;
        world.picture(&ben).await;
        let mut client = world.client.clone();
        let request = world.caller(&ann).request(asked(&ann));
        let export = client.export(request).await.unwrap().into_inner();
        let json = String::from_utf8(export.parts[0].json.to_vec()).unwrap();
        for caller in [world.caller(&ann), Caller::Role] {
            let request = caller.request(asked(&ann));
            let mut files = client.export_files(request).await.unwrap().into_inner();
            let mut names = Vec::new();
            while let Some(file) = files.message().await.unwrap() {
                assert!(file.data.starts_with(&[0xff, 0xd8]));
                assert!(json.contains(&format!("\"file\":\"{}\"", file.name)));
                names.push(file.name);
            }
            names.dedup();
            assert_eq!(names.len(), 3);
        }
        let request = world.caller(&ben).request(asked(&ann));
        let fault = contract::Fault::from(client.export(request).await.unwrap_err());
        assert_eq!(fault.kind, FaultKind::NotFound);
        let request = world.caller(&ben).request(asked(&ann));
        let fault = contract::Fault::from(client.export_files(request).await.unwrap_err());
        assert_eq!(fault.kind, FaultKind::NotFound);
    }
}

#[tokio::test]
async fn erasure_leaves_no_row_and_no_file() {
    for world in World::each().await {
        let (ann, ben) = (neighbour(1), neighbour(2));
        three(&world, &ann).await;
        let bens = world.picture(&ben).await;
        let mut client = world.client.clone();
        let request = world.caller(&ben).request(asked(&ann));
        assert!(client.erase(request).await.is_err(), "one's own only");
        for _ in 0..2 {
            let request = world.caller(&ann).request(asked(&ann));
            client.erase(request).await.unwrap();
            assert_eq!(world.files().len(), 3, "Ben's");
        }
        let request = Caller::Role.request(asked(&ann));
        let export = client.export(request).await.unwrap().into_inner();
        assert_eq!(export.parts[0].json.as_ref(), b"[]");
        assert!(world.sees(&ben, &bens).await);
    }
}

/// What is kept of a resident, part by part.
async fn kept(world: &World, person: &Person) -> Vec<String> {
    let request = Caller::Role.request(asked(person));
    let export = world.client.clone().export(request).await.unwrap();
    let parts = export.into_inner().parts.into_iter();
    let text = |part: ExportPart| String::from_utf8(part.json.to_vec()).unwrap();
    parts.map(text).collect()
}

#[tokio::test]
async fn a_picture_on_its_way_when_its_owner_is_erased_does_not_arrive() {
    for world in World::each().await {
        let ann = neighbour(1);
        let (begun, has_begun) = oneshot::channel();
        let (go, gone_on) = oneshot::channel();
        let whole = UploadPiece {
            data: png(12, 9, 1).into(),
            at_most_bytes: 0,
        };
        let pieces = stream::once(async move {
            begun.send(()).unwrap();
            gone_on.await.unwrap();
            whole
        });
        let erasing = async {
            has_begun.await.unwrap();
            world.hear(&erased(&ann)).await;
            go.send(()).unwrap();
        };
        let (sent, ()) = tokio::join!(world.send(&ann, pieces), erasing);
        assert_eq!(sent.unwrap_err().kind, FaultKind::Unauthenticated);
        assert!(world.files().is_empty());
        assert_eq!(kept(&world, &ann).await, ["[]", "null"]);
    }
}

#[tokio::test]
async fn that_somebody_sent_pictures_is_forgotten_with_the_last_of_them() {
    for world in World::each().await {
        let (ann, ben) = (neighbour(1), neighbour(2));
        let hanging = world.picture(&ann).await;
        world.show(post(1), 1, &ann, &[&hanging]).await;
        assert!(world.upload(&ben, b"hello").await.is_err());
        let sending = format!("{{\"lastSentAtMs\":{NOW_MS}}}");
        for person in [&ann, &ben] {
            assert_eq!(kept(&world, person).await[1], sending);
        }
        world.pass(HOUR_MS);
        world.media.sweep().await.unwrap();
        assert_eq!(kept(&world, &ann).await[1], sending, "her picture hangs");
        assert_eq!(kept(&world, &ben).await[1], "null");
        world.hear(&gone(post(1), 2)).await;
        world.pass(HOUR_MS);
        world.media.sweep().await.unwrap();
        assert_eq!(kept(&world, &ann).await[1], "null");
    }
}

#[tokio::test]
async fn hearing_that_a_resident_was_erased_erases_their_pictures() {
    for world in World::each().await {
        let ann = neighbour(1);
        three(&world, &ann).await;
        let event = erased(&ann);
        world.media.hear(&event).await.unwrap();
        world.media.hear(&event).await.unwrap();
        assert!(world.files().is_empty());
    }
}
