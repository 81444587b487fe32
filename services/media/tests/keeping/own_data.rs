//! A resident's own pictures.

use bus::Hear;
use contract::common::ResidentRequest;
use contract::events::envelope::Body;
use contract::events::{Envelope, ResidentErased};
use contract::{Caller, FaultKind};

use crate::world::{Person, World, held, neighbour, post};

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

#[tokio::test]
async fn hearing_that_a_resident_was_erased_erases_their_pictures() {
    for world in World::each().await {
        let ann = neighbour(1);
        three(&world, &ann).await;
        let event = Envelope {
            stream: "identity".into(),
            subject: ann.resident.to_bytes(),
            version: 1,
            body: Some(Body::ResidentErased(ResidentErased {})),
            ..Default::default()
        };
        world.media.hear(&event).await.unwrap();
        world.media.hear(&event).await.unwrap();
        assert!(world.files().is_empty());
    }
}
