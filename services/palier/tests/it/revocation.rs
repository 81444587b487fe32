//! A session that ends while the edge asks about it.

use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use contract::identity::identity_server::IdentityServer;
use contract::{IdentityClient, Link};
use gateway::{Gateway, Settings};
use reqwest::header::COOKIE;
use runtime::{Entropy, Health, Keys};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tower::ServiceExt;

use crate::harness::Board;
use crate::harness::client::http;
use palier::wiring::Role;

/// A way to identity on which something happens once, after identity answered and before the answer arrives.
fn interrupted<F>(board: &Board, meanwhile: impl Fn() -> F + Send + Sync + 'static) -> Link
where
    F: Future<Output = ()> + Send + 'static,
{
    let server = IdentityServer::new(board.house(Role::Identity).identity.clone().unwrap());
    let link = contract::in_process(server, Duration::from_secs(10));
    let (meanwhile, happened) = (Arc::new(meanwhile), Arc::new(AtomicBool::new(false)));
    Link::new(tower::service_fn(move |request| {
        let (link, meanwhile, happened) = (link.clone(), meanwhile.clone(), happened.clone());
        async move {
            let answer = link.oneshot(request).await;
            if !happened.swap(true, Ordering::SeqCst) {
                meanwhile().await;
            }
            answer
        }
    }))
}

/// The edge cannot watch a session that it does not know yet: whatever ended it before it did must still be seen.
#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_ends_while_it_is_first_asked_about_opens_nothing() {
    let board = Board::sqlite().await;
    let ann = board.founder("Mésange").await;
    let cookie = ann.cookie().unwrap();
    let link = interrupted(&board, move || {
        let ann = ann.clone();
        async move {
            ann.data("mutation { signOut { signedOut } }", json!({}))
                .await;
        }
    });
    let gateway = Gateway::new(gateway::Parts {
        identity: IdentityClient::new(link),
        posts: board.house(Role::Gateway).clients.posts.clone(),
        media: board.house(Role::Gateway).clients.media.clone(),
        feeds: board.house(Role::Gateway).clients.feeds.clone(),
        moderation: board.house(Role::Gateway).clients.moderation.clone(),
        bus: board.house(Role::Gateway).bus.clone(),
        clock: board.clock.clone(),
        entropy: Entropy::System,
        keys: Keys::ephemeral(&Entropy::System),
        health: Health::new(),
        tasks: board.house(Role::Gateway).tasks().clone(),
        settings: Settings {
            insecure_cookie: true,
            free_form_documents: true,
            ..Settings::default()
        },
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let stopping = board.house(Role::Gateway).tasks().stopping();
    let serving = async move { gateway.serve(listener, stopping).await };
    board.house(Role::Gateway).tasks().start(serving);

    for _ in 0..2 {
        let answer = http()
            .build()
            .unwrap()
            .post(format!("http://{address}/graphql"))
            .header(COOKIE, &cookie)
            .json(&json!({ "query": "{ viewer { id } }" }))
            .send()
            .await
            .unwrap();
        let answer: Value = answer.json().await.unwrap();
        assert_eq!(answer, json!({ "data": { "viewer": null } }));
    }
    board.close().await;
}
