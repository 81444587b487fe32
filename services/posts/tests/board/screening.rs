//! Texts are read before neighbours read them.

use contract::common::Category;
use contract::posts::{EditRequest, Post, PublishRequest, State, publish_reply::Outcome};

use crate::world::World;

fn said(world: &World, title: &str, body: &str) -> PublishRequest {
    PublishRequest {
        title: title.into(),
        body: body.into(),
        ..world.draft()
    }
}

fn rewritten(post: &Post, title: &str, body: &str) -> EditRequest {
    EditRequest {
        post: post.id.clone(),
        title: Some(title.into()),
        body: Some(body.into()),
        ..EditRequest::default()
    }
}

#[tokio::test]
async fn what_is_found_is_refused_with_its_place_and_nothing_is_kept() {
    for world in World::each().await {
        let ann = world.person(1);
        let draft = said(&world, "Une clé 🔑", "📞 06 39 98 47 21");
        let Outcome::Refused(refused) = world.publish(&ann, draft.clone()).await.unwrap() else {
            panic!("it has a phone number");
        };
        let [reason] = refused.reasons.as_slice() else {
            panic!("{refused:?}");
        };
        assert_eq!(
            (reason.code.as_str(), reason.field.as_str()),
            ("PHONE_FOUND", "body")
        );
        assert_eq!(
            (reason.start, reason.end),
            (Some(3), Some(17)),
            "as browsers count"
        );
        assert!(world.told().await.is_empty(), "nobody hears of it");
        // The same key is free for the text without it.
        let mended = PublishRequest {
            body: "Demandez ici".into(),
            ..draft
        };
        assert_eq!(world.up(&ann, mended).await.state(), State::Published);
    }
}

#[tokio::test]
async fn who_says_that_a_finding_is_wrong_waits_for_a_person() {
    for world in World::each().await {
        let ann = world.person(1);
        let contested = PublishRequest {
            contests_findings: true,
            ..said(&world, "Un jeu", "Composez le 06 39 98 47 21 sur le jouet")
        };
        let Outcome::InReview(post) = world.publish(&ann, contested).await.unwrap() else {
            panic!("a person reads it");
        };
        assert!(
            world.get(&world.person(2), &post).await.is_err(),
            "not before"
        );
        let nothing = PublishRequest {
            contests_findings: true,
            client_key: vec![7; 16].into(),
            ..said(&world, "Un jeu", "Rien de tel")
        };
        assert_eq!(
            world.up(&ann, nothing).await.state(),
            State::Published,
            "nothing was found"
        );
    }
}

#[tokio::test]
async fn what_speaks_kindly_of_somebodys_origin_is_read_first() {
    for world in World::each().await {
        let ann = world.person(1);
        let draft = said(&world, "Un lit", "Une famille ukrainienne cherche un lit");
        let outcome = world.publish(&ann, draft).await.unwrap();
        assert!(matches!(outcome, Outcome::InReview(_)), "{outcome:?}");
    }
}

#[tokio::test]
async fn a_change_is_read_as_the_text_was() {
    for world in World::each().await {
        let (ann, ben) = (world.person(1), world.person(2));
        let post = world
            .up(&ann, said(&world, "Un banc", "Il est peint"))
            .await;
        let to = |body| rewritten(&post, "Un banc", body);
        let edited = world
            .edit(&ann, to("Dites-le au 06 39 98 47 21"))
            .await
            .unwrap();
        assert!(matches!(edited, Outcome::Refused(_)), "{edited:?}");
        assert_eq!(world.get(&ben, &post).await.unwrap().body, "Il est peint");
        let edited = world
            .edit(&ann, to("Une famille ukrainienne le cherche"))
            .await
            .unwrap();
        assert!(matches!(edited, Outcome::InReview(_)), "{edited:?}");
        assert!(
            world.get(&ben, &post).await.is_err(),
            "it is read again first"
        );
    }
}

#[tokio::test]
async fn what_is_found_because_of_another_field_is_told_of_a_change_too() {
    for world in World::each().await {
        let ann = world.person(1);
        let draft = PublishRequest {
            category: Category::Help.into(),
            ..said(&world, "Des jeunes sur le muret", "Bonjour")
        };
        let post = world.up(&ann, draft).await;
        let to = rewritten(&post, &post.title, "C’est louche, méfiez-vous");
        let edited = world.edit(&ann, to).await.unwrap();
        assert!(matches!(edited, Outcome::Refused(_)), "{edited:?}");
    }
}

#[tokio::test]
async fn what_a_person_let_through_stops_no_later_change() {
    for world in World::each().await {
        let ann = world.person(1);
        let contested = PublishRequest {
            contests_findings: true,
            ..said(&world, "Un jeu", "Composez le 06 39 98 47 21 sur le jouet")
        };
        let Outcome::InReview(post) = world.publish(&ann, contested).await.unwrap() else {
            panic!("a person reads it");
        };
        let to = rewritten(&post, "Un jeu de téléphone", &post.body);
        let edited = world.edit(&ann, to).await.unwrap();
        assert!(matches!(edited, Outcome::InReview(_)), "{edited:?}");
    }
}

#[tokio::test]
async fn what_somebody_did_belongs_into_the_form_but_who_asks_for_help_is_read_by_a_person() {
    for world in World::each().await {
        let ann = world.person(1);
        let draft = said(
            &world,
            "Au secours",
            "Mon mari me frappe, qui peut m’héberger ?",
        );
        assert_eq!(world.refusal(&ann, draft.clone()).await, ["USE_THE_FORM"]);
        let for_help = PublishRequest {
            category: Category::Help.into(),
            ..draft
        };
        let outcome = world.publish(&ann, for_help).await.unwrap();
        assert!(matches!(outcome, Outcome::InReview(_)), "{outcome:?}");
    }
}

#[tokio::test]
async fn what_an_organiser_gives_of_themselves_nobody_else_gives() {
    for world in World::each().await {
        let (ann, ben) = (world.person(1), world.person(2));
        let post = world.up(&ann, world.event()).await;
        let number = "Appelle le 06 39 98 47 21";
        world.added(&ann, world.comment(&post, number)).await;
        let mut answer = world.comment(&post, number);
        answer.client_key = vec![9; 16].into();
        let reply = world.add(&ben, answer).await.unwrap();
        assert!(format!("{reply:?}").contains("PHONE_FOUND"), "{reply:?}");
    }
}

#[tokio::test]
async fn an_answer_is_read_too() {
    for world in World::each().await {
        let (ann, ben) = (world.person(1), world.person(2));
        let post = world.up(&ann, world.draft()).await;
        let answer = world.comment(&post, "Appelle le 06 39 98 47 21");
        let reply = world.add(&ben, answer).await.unwrap();
        assert!(format!("{reply:?}").contains("PHONE_FOUND"), "{reply:?}");
    }
}
