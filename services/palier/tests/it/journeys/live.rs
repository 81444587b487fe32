//! What changes while one looks, and what was missed while one did not.

use std::time::Duration;

use runtime::MINUTE_MS;
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::harness::client::client_key;
use crate::harness::desk::keeping;
use crate::harness::{Board, Client};
use palier::config::Rate;
use palier::wiring::Role;

#[tokio::test(flavor = "multi_thread")]
async fn after_a_reconnect_nothing_is_missed_and_what_is_gone_is_gone() {
    for board in Board::each().await {
        let (ann, ben) = (board.founder("Mésange").await, board.founder("Merle").await);
        let first = ann.up("first").await;
        board.drain().await;
        let mut live = ben
            .follow(Some(ben.feed().await["changesCursor"].as_str().unwrap()))
            .await;
        board.pass(1_000);
        ann.up("second").await;
        board.drain().await;
        let change = live.change().await;
        assert_eq!(change["post"]["title"], "second");
        drop(live);

        board.pass(1_000);
        ann.up("third").await;
        ann.mutate(
            "withdrawPost",
            "WithdrawPostInput",
            json!({ "post": first["id"] }),
            "",
        )
        .await;
        board.drain().await;
        let mut live = ben.follow(change["cursor"].as_str()).await;
        let third = live.change().await;
        assert_eq!(third["post"]["title"], "third");
        let gone = live.change().await;
        assert_eq!(
            (gone["__typename"].as_str(), &gone["id"]),
            (Some("PostGone"), &first["id"])
        );
        assert_eq!(ben.titles().await, ["third", "second"]);
        drop(live);
        board.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_socket_ends_with_its_session() {
    let board = Board::sqlite().await;
    let ann = board.founder("Mésange").await;
    let live = ann.follow(None).await;
    ann.data("mutation { signOut { signedOut } }", json!({}))
        .await;
    assert_eq!(live.closed().await, 4403);
    board.close().await;
}

/// The server waits for nobody who does not read, and keeps nothing for them: they come back after the last change they have.
#[tokio::test(flavor = "multi_thread")]
async fn who_does_not_read_is_sent_away_and_misses_nothing() {
    const CHANGES: usize = 40;
    let board = Board::sqlite().await;
    let (ann, ben) = (board.founder("Mésange").await, board.founder("Merle").await);
    let feed = ben.feed().await;
    let after = feed["changesCursor"].as_str().unwrap();
    let neighbourhood = ben.neighbourhood().await;
    let mut live = ben.follow(Some(after)).await;
    // Each time more is told than the systems on the way take in altogether.
    let on_the_way = most_on_the_way("tcp_wmem") + most_on_the_way("tcp_rmem");
    let body = "By the canal. ".repeat(280);
    let often: String = (0..15).map(|time| format!("b{time}: body ")).collect();
    let wordy = format!(
        "subscription($n: ID!, $after: String) {{ feedChanges(neighbourhood: $n, after: $after) {{ \
         ... on PostAppeared {{ post {{ {often} }} }} }} }}"
    );
    for number in 0..=on_the_way / (CHANGES * 15 * body.len()) {
        let variables = json!({ "n": neighbourhood, "after": after });
        live.begin(&format!("wordy {number}"), &wordy, variables)
            .await;
    }
    for number in 0..CHANGES {
        let mut draft = ann.draft(&number.to_string()).await;
        draft["body"] = body.clone().into();
        ann.up_with(draft).await;
        board.drain().await;
    }
    for _ in 0..15 {
        board.pass(A_MOMENT_MS);
        ann.ask("{ __typename }", json!({})).await;
    }
    let closed = timeout(WITHIN, live.all_until_closed()).await;
    let (told, code) = closed.expect("nobody waits for who does not read");
    // Whoever goes on reading too late for that finds the connection cut.
    assert!(code.is_none_or(|code| code == 1013), "{code:?}");
    let own: Vec<&Value> = told
        .iter()
        .filter(|message| message["id"] == "1")
        .map(|message| &message["payload"]["data"]["feedChanges"])
        .collect();
    let last = own
        .last()
        .map_or(after, |change| change["cursor"].as_str().unwrap());
    let title = |change: &Value| change["post"]["title"].as_str().unwrap().to_owned();
    let mut titles: Vec<String> = own.iter().map(|change| title(change)).collect();
    assert!(titles.len() < CHANGES, "all of it was taken");
    let mut back = ben.follow(Some(last)).await;
    while titles.len() < CHANGES {
        titles.push(title(&back.change().await));
    }
    let all: Vec<String> = (0..CHANGES).map(|number| number.to_string()).collect();
    assert_eq!(titles, all);
    drop(back);
    board.close().await;
}

/// The most bytes that the system lets wait on one side of a connection.
fn most_on_the_way(side: &str) -> usize {
    let sizes = std::fs::read_to_string(format!("/proc/sys/net/ipv4/{side}")).unwrap();
    sizes.split_whitespace().last().unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn when_the_server_stops_sockets_are_told_to_come_back() {
    let board = Board::sqlite().await;
    let ann = board.founder("Mésange").await;
    let live = ann.follow(None).await;
    board.house(Role::Gateway).tasks().ask_to_stop();
    assert_eq!(live.closed().await, 1012);
    board.close().await;
}

/// Long before this is over everything that is to happen has happened.
const WITHIN: Duration = Duration::from_mins(1);

/// Longer than one state of a notice stands before the next is told.
const A_MOMENT_MS: i64 = 1_000;

async fn answer(client: &Client, post: &Value, body: &str) -> Value {
    let input = json!({ "clientKey": client_key(), "post": post["id"], "body": body });
    let fields = "... on CommentAdded { comment { id } }";
    let added = client
        .mutate("addComment", "AddCommentInput", input, fields)
        .await;
    added["comment"]["id"].clone()
}

fn answers(post: &Value) -> Vec<&str> {
    let edges = post["comments"]["edges"].as_array().unwrap().iter();
    edges
        .map(|edge| edge["node"]["body"].as_str().unwrap())
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_a_notice_open_sees_the_answers_come_and_go_and_its_end() {
    for board in Board::each().await {
        let (ann, ben) = (board.founder("Mésange").await, board.founder("Merle").await);
        let post = ann.up("Where to buy bread?").await;
        let mut live = ann.follow_post(&post["id"]).await;
        let now = live.post().await;
        assert_eq!(now["title"], "Where to buy bread?", "as it is now");
        assert!(answers(&now).is_empty());

        board.pass(A_MOMENT_MS);
        let first = answer(&ben, &post, "By the canal.").await;
        assert_eq!(answers(&live.post().await), ["By the canal."]);

        // Whatever happens in one moment is told at once.
        let input = json!({ "comment": first });
        ben.mutate("withdrawComment", "WithdrawCommentInput", input, "")
            .await;
        for body in ["One.", "Two.", "Three."] {
            answer(&ben, &post, body).await;
            board.pass(1);
        }
        let input = json!({ "clientKey": client_key(), "post": post["id"], "title": "Where to buy good bread?" });
        ann.mutate("editPost", "EditPostInput", input, "").await;
        // A signal that comes after the look would be told again.
        board.drain().await;
        board.pass(A_MOMENT_MS);
        let now = live.post().await;
        assert_eq!(answers(&now), ["One.", "Two.", "Three."]);
        assert_eq!(now["title"], "Where to buy good bread?");

        board.pass(A_MOMENT_MS);
        let input = json!({ "post": post["id"] });
        ann.mutate("resolvePost", "ResolvePostInput", input.clone(), "")
            .await;
        assert_eq!(
            live.post().await["state"],
            "RESOLVED",
            "the burst was told once"
        );
        board.pass(A_MOMENT_MS);
        ann.mutate("withdrawPost", "WithdrawPostInput", input, "")
            .await;
        assert_eq!(live.post().await, Value::Null);
        live.completed().await;
        let mut late = ben.follow_post(&post["id"]).await;
        assert_eq!(late.post().await, Value::Null, "nor for who comes back");
        late.completed().await;
        board.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_has_an_event_open_sees_the_places_and_nobody() {
    for board in Board::each().await {
        let (ann, ben) = (board.founder("Mésange").await, board.founder("Merle").await);
        let mut draft = ann.event("The long table").await;
        draft["event"]["capacity"] = 2.into();
        let party = ann.up_with(draft).await;
        let moderator = board.moderator("Lanterne").await;
        let mut live = moderator.follow_post(&party["id"]).await;
        let open = json!({ "placesLeft": 2, "myRsvp": null });
        assert_eq!(live.post().await["event"], open);
        board.pass(A_MOMENT_MS);
        for (who, answer) in [(&ann, "MAYBE"), (&ben, "GOING")] {
            let input = json!({ "post": party["id"], "answer": answer });
            who.mutate("setRsvp", "SetRsvpInput", input, "").await;
        }
        let taken = json!({ "placesLeft": 1, "myRsvp": null });
        assert_eq!(live.post().await["event"], taken, "of the one who comes");
        drop(live);
        board.close().await;
    }
}

/// Neither what is said below a public event nor that something is said there is for others than its neighbours.
#[tokio::test(flavor = "multi_thread")]
async fn a_stranger_with_a_public_event_open_is_told_of_the_event_alone() {
    for board in Board::each().await {
        let (ann, ben) = (board.founder("Mésange").await, board.founder("Merle").await);
        let mut draft = ann.event("The long table").await;
        draft["event"]["audience"] = "PUBLIC".into();
        let party = ann.up_with(draft).await;
        let title = "subscription($id: ID!) { postChanges(id: $id) { title } }";
        let stranger = board.stranger("Ailleurs").await;
        let mut far = stranger.follow_with(title, &party["id"]).await;
        let mut near = ben.follow_with(title, &party["id"]).await;
        for live in [&mut far, &mut near] {
            assert_eq!(live.post().await["title"], "The long table");
        }
        board.pass(A_MOMENT_MS);
        answer(&ben, &party, "I bring bread.").await;
        assert_eq!(near.post().await["title"], "The long table", "once more");
        board.pass(A_MOMENT_MS);
        let input =
            json!({ "clientKey": client_key(), "post": party["id"], "title": "The longer table" });
        ann.mutate("editPost", "EditPostInput", input, "").await;
        assert_eq!(near.post().await["title"], "The longer table");
        // Whoever looked only now at what was answered waits a moment before the next look.
        board.pass(A_MOMENT_MS);
        assert_eq!(far.post().await["title"], "The longer table");
        drop((near, far));
        board.close().await;
    }
}

/// Reading on as a notice changes is asking, and nobody asks without end.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_told_of_a_notice_counts_among_its_readers_questions() {
    const AT_ONCE: u32 = 30;
    let few = Rate {
        burst: AT_ONCE,
        per_minute: 6,
    };
    let board = Board::asked_at_most(few).await;
    let (ann, ben) = (board.founder("Mésange").await, board.founder("Merle").await);
    let post = ann.up("Where to buy bread?").await;
    let mut live = ben.follow_post(&post["id"]).await;
    live.post().await;
    for told in 1..=15 {
        board.pass(A_MOMENT_MS);
        answer(&ann, &post, "By the canal.").await;
        assert_eq!(answers(&live.post().await).len(), told);
    }
    let mut left = 0;
    while ben.ask("{ __typename }", json!({})).await.0 == 200 {
        left += 1;
    }
    // One or two came back meanwhile.
    assert!(left <= AT_ONCE - 14, "{left}");
    board.pass(A_MOMENT_MS);
    answer(&ann, &post, "The last one.").await;
    // Whenever the reader is turned away, time goes on afterwards; and not so long that the socket is taken for dead.
    let told = {
        let mut told = std::pin::pin!(live.post());
        loop {
            board.pass(A_MOMENT_MS);
            tokio::select! {
                biased;
                told = &mut told => break told,
                _ = ann.ask("{ __typename }", json!({})) => {}
            }
        }
    };
    assert_eq!(answers(&told).len(), 16, "later, and nothing is lost");
    drop(live);
    board.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_notice_that_is_held_again_is_gone_for_its_readers() {
    let board = Board::sqlite().await;
    let new = board.newcomer("Crocus").await;
    let ben = board.founder("Merle").await;
    let moderator = board.moderator("Lanterne").await;
    let held = new.publish(new.draft("held").await).await;
    let id = &held["post"]["id"];
    let mut early = ben.follow_post(id).await;
    assert_eq!(early.post().await, Value::Null, "not theirs to see");
    early.completed().await;
    let mut own = new.follow_post(id).await;
    assert_eq!(own.post().await["state"], "IN_REVIEW");

    board.pass(A_MOMENT_MS);
    board.drain().await;
    moderator.decide_the_only(&board, keeping()).await;
    assert_eq!(own.post().await["state"], "PUBLISHED");
    let mut live = ben.follow_post(id).await;
    assert_eq!(live.post().await["title"], "held");

    board.pass(A_MOMENT_MS);
    let input = json!({ "clientKey": client_key(), "post": id, "title": "changed" });
    new.mutate("editPost", "EditPostInput", input, "").await;
    assert_eq!(live.post().await, Value::Null);
    live.completed().await;
    assert_eq!(own.post().await["title"], "changed", "still the author's");
    drop(own);
    board.close().await;
}

/// Signals may be lost, and a notice must not outlive its end on anybody's screen.
#[tokio::test(flavor = "multi_thread")]
async fn a_notice_whose_time_is_over_is_gone_without_any_signal() {
    let board = Board::sqlite().await;
    let ann = board.founder("Mésange").await;
    let mut draft = ann.draft("until half past eleven").await;
    draft["expiresAt"] = "2026-11-21T11:30:00Z".into();
    let post = ann.up_with(draft).await;
    // 11:29:45
    board.pass(82 * MINUTE_MS + 45_000);
    let mut live = ann.follow_post(&post["id"]).await;
    assert_eq!(live.post().await["state"], "PUBLISHED");
    board.pass(30_000);
    assert_eq!(live.post().await, Value::Null);
    live.completed().await;
    board.close().await;
}
