//! Who sees a picture.

use contract::FaultKind;
use contract::common::Picture;
use contract::events::envelope::Body;
use contract::media::{ReadRequest, Variant};
use contract::{Caller, Locale, NeighbourhoodId};
use media::domain::{CLAIMABLE_MS, LOOSE_MS};

use crate::world::{NOW_MS, World, held, here, member, neighbour, post, shown};

fn visitor() -> Caller {
    Caller::Visitor {
        locale: Locale::English,
        origin: vec![],
    }
}

#[tokio::test]
async fn a_picture_is_everybodys_while_its_notice_is() {
    for world in World::each().await {
        let ann = neighbour(1);
        let stranger = member(4, NeighbourhoodId::from_random([2; 16]), false);
        let [picture, waiting] = [world.picture(&ann).await, world.picture(&ann).await];
        let seen = async |picture: &Picture| {
            let request = visitor().request(ReadRequest {
                id: picture.id.clone(),
                variant: Variant::Small.into(),
                etag: String::new(),
            });
            match world.client.clone().read(request).await {
                Ok(_) => true,
                Err(status) => {
                    let fault = contract::Fault::from(status);
                    assert_eq!(fault.kind, FaultKind::Unauthenticated);
                    false
                }
            }
        };
        let until = |version, public_until_ms| {
            let mut event = shown(post(1), version, &ann, &[&picture]);
            if let Some(Body::PostShown(told)) = &mut event.body {
                told.public_until_ms = public_until_ms;
                told.pictures_held = vec![waiting.id.clone()];
            }
            event
        };
        assert!(!seen(&picture).await, "loose");
        world.hear(&until(1, 0)).await;
        assert!(!seen(&picture).await, "for members");
        world.hear(&until(2, NOW_MS + 1_000)).await;
        assert!(seen(&picture).await && world.sees(&stranger, &picture).await);
        assert!(!seen(&waiting).await, "not looked at yet");
        world.hear(&until(3, 0)).await;
        assert!(!seen(&picture).await, "for members again");
        world.hear(&until(4, NOW_MS + 1_000)).await;
        world.pass(999);
        assert!(seen(&picture).await);
        world.pass(1);
        assert!(!seen(&picture).await, "over");
        assert!(world.sees(&neighbour(2), &picture).await);
        world.hear(&until(5, NOW_MS + 9_000)).await;
        assert!(seen(&picture).await);
        world.hear(&held(post(1), 6, &ann, &[&picture])).await;
        assert!(!seen(&picture).await, "held");
    }
}

#[tokio::test]
async fn a_picture_is_seen_by_those_who_may_see_its_notice() {
    for world in World::each().await {
        let elsewhere = NeighbourhoodId::from_random([2; 16]);
        let ann = neighbour(1);
        let (ben, moderator) = (neighbour(2), member(3, here(), true));
        let stranger = member(4, elsewhere, true);
        let mut who_left = ann.clone();
        who_left.standings.clear();
        let [loose, shown, waiting] = [
            world.picture(&ann).await,
            world.picture(&ann).await,
            world.picture(&ann).await,
        ];
        world.show(post(1), 1, &ann, &[&shown]).await;
        world.hear(&held(post(2), 1, &ann, &[&waiting])).await;
        for (person, sees) in [
            (&ann, [true, true, true]),
            (&ben, [false, true, false]),
            (&moderator, [false, true, true]),
            (&stranger, [false, false, false]),
            (&who_left, [true, false, true]),
        ] {
            for (picture, sees) in [&loose, &shown, &waiting].into_iter().zip(sees) {
                assert_eq!(world.sees(person, picture).await, sees);
            }
        }
        for caller in [visitor(), Caller::Role, Caller::Operator] {
            let request = caller.request(ReadRequest {
                id: shown.id.clone(),
                variant: Variant::Small.into(),
                etag: String::new(),
            });
            let fault =
                contract::Fault::from(world.client.clone().read(request).await.unwrap_err());
            assert_eq!(fault.kind, FaultKind::Unauthenticated);
        }
    }
}

#[tokio::test]
async fn an_etag_is_of_the_content_and_spares_the_bytes() {
    for world in World::each().await {
        let ann = neighbour(1);
        let picture = world.picture(&ann).await;
        let mut etags = Vec::new();
        for variant in [Variant::Thumb, Variant::Small, Variant::Large] {
            let first = world.read_as(&ann, &picture, variant).await.unwrap();
            world.pass(1_000);
            let again = world.read_as(&ann, &picture, variant).await.unwrap();
            assert_eq!(first, again);
            assert!(first.etag.starts_with('"') && first.etag.ends_with('"'));
            let request = world.caller(&ann).request(ReadRequest {
                id: picture.id.clone(),
                variant: variant.into(),
                etag: first.etag.clone(),
            });
            let spared = world
                .client
                .clone()
                .read(request)
                .await
                .unwrap()
                .into_inner();
            assert!(spared.jpeg.is_empty() && spared.etag == first.etag);
            etags.push(first.etag);
        }
        etags.dedup();
        assert_eq!(etags.len(), 3);
        let other = world.picture(&ann).await;
        let other = world.read_as(&ann, &other, Variant::Thumb).await.unwrap();
        assert_ne!(other.etag, etags[0]);
        let fault = world.read_as(&ann, &picture, Variant::Unspecified).await;
        assert_eq!(fault.unwrap_err().code, "UNKNOWN_VARIANT");
    }
}

#[tokio::test]
async fn a_notice_takes_ones_own_loose_pictures_or_none() {
    for world in World::each().await {
        let (ann, ben) = (neighbour(1), neighbour(2));
        let [first, second, bens] = [
            world.picture(&ann).await,
            world.picture(&ann).await,
            world.picture(&ben).await,
        ];
        let described = world
            .describe(&ann, &[&second, &first], None)
            .await
            .unwrap();
        assert_eq!(
            described,
            [second.clone(), first.clone()],
            "in the order asked for"
        );
        let mut unknown = first.clone();
        unknown.id = vec![8; 16].into();
        for asked in [[&first, &bens], [&first, &unknown]] {
            let fault = world.describe(&ann, &asked, None).await.unwrap_err();
            assert_eq!(fault.kind, FaultKind::NotFound);
        }
        let five = [&first; 5];
        assert_eq!(
            world.describe(&ann, &five, None).await.unwrap_err().code,
            "TOO_MANY"
        );
        unknown.id = vec![8; 15].into();
        assert_eq!(
            world
                .describe(&ann, &[&unknown], None)
                .await
                .unwrap_err()
                .code,
            "INVALID_ID"
        );
        assert!(world.describe(&ann, &[], None).await.unwrap().is_empty());

        world.show(post(1), 1, &ann, &[&first]).await;
        assert!(
            world
                .describe(&ann, &[&first, &second], Some(post(1)))
                .await
                .is_ok()
        );
        assert!(
            world
                .describe(&ann, &[&first], Some(post(2)))
                .await
                .is_err()
        );
        assert!(world.describe(&ann, &[&first], None).await.is_err());
        assert!(
            world
                .describe(&ben, &[&first], Some(post(1)))
                .await
                .is_err()
        );
    }
}

#[tokio::test]
async fn a_picture_about_to_be_deleted_is_put_up_no_more() {
    for world in World::each().await {
        let ann = neighbour(1);
        let picture = world.picture(&ann).await;
        world.pass(CLAIMABLE_MS - 1);
        assert!(world.describe(&ann, &[&picture], None).await.is_ok());
        world.pass(1);
        assert!(world.describe(&ann, &[&picture], None).await.is_err());
        assert!(world.sees(&ann, &picture).await);
        world.pass(LOOSE_MS - CLAIMABLE_MS);
        assert!(!world.sees(&ann, &picture).await, "even before it is swept");
    }
}
