//! Answering notices.

use contract::FaultKind;
use contract::common::Empty;
use contract::posts::add_comment_reply::Outcome;
use contract::posts::posts_server::Posts as _;
use contract::posts::{
    Comment, CommentRequest, ListCommentsReply, ListCommentsRequest, Post, Signature,
};

use crate::world::{Person, World};

async fn list(
    world: &World,
    by: &Person,
    post: &Post,
    first: u32,
    after: &str,
) -> Result<ListCommentsReply, contract::Fault> {
    let request = ListCommentsRequest {
        post: post.id.clone(),
        first,
        after: after.into(),
    };
    Ok(world
        .posts
        .list_comments(world.caller(by).request(request))
        .await?
        .into_inner())
}

async fn withdraw(world: &World, by: &Person, comment: &Comment) -> Result<Empty, contract::Fault> {
    let request = CommentRequest {
        comment: comment.id.clone(),
    };
    Ok(world
        .posts
        .withdraw_comment(world.caller(by).request(request))
        .await?
        .into_inner())
}

#[tokio::test]
async fn answers_come_in_their_order_page_by_page() {
    for world in World::each().await {
        let (ann, ben) = (world.person(1), world.person(2));
        let post = world.up(&ann, world.draft()).await;
        for body in ["one", "two", "three"] {
            world.added(&ben, world.comment(&post, body)).await;
        }
        let first = list(&world, &ann, &post, 2, "").await.unwrap();
        assert!(first.has_next);
        let rest = list(&world, &ann, &post, 2, &first.cursors[1])
            .await
            .unwrap();
        let bodies: Vec<_> = first
            .comments
            .iter()
            .chain(&rest.comments)
            .map(|c| c.body.clone())
            .collect();
        assert_eq!(bodies.len(), 3);
        assert!(!rest.has_next);
        let other = world.up(&ann, world.draft()).await;
        let fault = list(&world, &ann, &other, 2, &first.cursors[1])
            .await
            .unwrap_err();
        assert_eq!(fault.code, "CURSOR_UNKNOWN", "a cursor is of one list");
        assert_eq!(
            list(&world, &ann, &post, 51, "").await.unwrap_err().code,
            "FIRST_OUT_OF_RANGE"
        );
    }
}

#[tokio::test]
async fn an_author_who_signed_as_a_neighbour_is_not_unmasked_by_answering() {
    for world in World::each().await {
        let ann = world.person(1);
        let mut draft = world.draft();
        draft.signed_as = Signature::Neighbour.into();
        let post = world.up(&ann, draft).await;
        let own = world.added(&ann, world.comment(&post, "Found it!")).await;
        assert_eq!((own.signed_by.as_str(), own.by_author), ("", true));
        let mut named = world.comment(&post, "It was me.");
        named.signed_as = Signature::Pseudonym.into();
        let named = world.added(&ann, named).await;
        assert_eq!(
            (named.signed_by.as_str(), named.by_author),
            ("Merle 1", false)
        );
    }
}

#[tokio::test]
async fn a_settled_notice_takes_no_answer_and_a_retry_answers_once() {
    for world in World::each().await {
        let (ann, ben) = (world.person(1), world.person(2));
        let post = world.up(&ann, world.draft()).await;
        let comment = world.comment(&post, "Try the market.");
        let first = world.added(&ben, comment.clone()).await;
        assert_eq!(world.added(&ben, comment.clone()).await.id, first.id);
        world.resolve(&ann, &post).await.unwrap();
        let Outcome::Refused(refused) =
            world.add(&ben, world.comment(&post, "Late")).await.unwrap()
        else {
            panic!("settled");
        };
        assert_eq!(refused.reasons[0].code, "NO_COMMENTS");
        assert_eq!(
            list(&world, &ann, &post, 9, "")
                .await
                .unwrap()
                .comments
                .len(),
            1
        );
        withdraw(&world, &ben, &first).await.unwrap();
        assert!(
            list(&world, &ann, &post, 9, "")
                .await
                .unwrap()
                .comments
                .is_empty()
        );
        assert_eq!(
            world.add(&ben, comment).await.unwrap_err().kind,
            FaultKind::NotFound
        );
    }
}

#[tokio::test]
async fn only_its_author_takes_an_answer_back() {
    for world in World::each().await {
        let (ann, ben) = (world.person(1), world.person(2));
        let post = world.up(&ann, world.draft()).await;
        let comment = world.added(&ben, world.comment(&post, "Hello")).await;
        assert_eq!(
            withdraw(&world, &ann, &comment).await.unwrap_err().kind,
            FaultKind::NotFound
        );
    }
}
