//! What tells of a person: the form, the wait, the confirmation, the reader; and no more of it than is allowed, however many
//! ask at once.

use futures_util::future::join_all;
use runtime::{DAY_MS, MINUTE_MS};
use serde_json::{Value, json};

use crate::harness::desk::keeping;
use crate::harness::{Board, Client};

const COOL_DOWN_MS: i64 = 20 * MINUTE_MS;

async fn cooling(who: &Client) -> Value {
    let draft = who.publish(who.behaviour().await).await;
    assert_eq!(draft["__typename"], "PostCoolingDown", "{draft}");
    draft["post"].clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_form_to_the_board() {
    for board in Board::each().await {
        let (ann, ben, mo) = (
            board.founder("Mésange").await,
            board.founder("Merle").await,
            board.moderator("Lanterne").await,
        );
        let unattended = ann.publish(ann.behaviour().await).await;
        assert_eq!(
            unattended["reasons"][0]["code"], "UNATTENDED",
            "{unattended}"
        );
        mo.look_after(&board).await;

        let checked = json!({ "neighbourhood": ann.neighbourhood().await, "category": "QUESTION", "body": "📞 06 39 98 47 21" });
        let fields = "findings { code range { start end } } readFirst";
        let checked = ann
            .mutate("checkText", "CheckTextInput", checked, fields)
            .await;
        assert_eq!(checked["findings"][0]["code"], "PHONE_FOUND", "{checked}");
        assert_eq!(checked["findings"][0]["range"]["start"], 3);

        let draft = cooling(&ann).await;
        assert_eq!(
            draft["title"],
            "Somebody tried to open a door, a garage or a car"
        );
        let node = "query($id: ID!) { node(id: $id) { ... on Post { title } } }";
        let id = json!({ "id": draft["id"] });
        for other in [&ben, &mo] {
            assert!(other.data(node, id.clone()).await["node"].is_null());
        }
        let early = ann.confirm_post(&draft).await;
        assert_eq!(early["limit"], "cool_down", "{early}");
        assert_eq!(early["retryAfter"], draft["confirmableFrom"]);
        board.pass(COOL_DOWN_MS);
        let waiting = ann.confirm_post(&draft).await;
        assert_eq!(waiting["__typename"], "PostInReview", "{waiting}");
        board.drain().await;
        assert!(ben.titles().await.is_empty());

        let read = mo.decide_the_only(&board, keeping()).await;
        assert_eq!(read["causes"], json!(["ABOUT_PEOPLE"]), "{read}");
        assert_eq!(
            read["content"]["post"]["behaviour"]["considered"],
            json!(["DELIVERY"]),
            "{read}"
        );
        let feed = ben.feed().await;
        let shown = &feed["edges"][0]["node"];
        assert_eq!(shown["title"], draft["title"], "{feed}");
        assert_eq!(shown["takesComments"], false);
        assert!(
            shown["publishedAt"].as_str().unwrap().ends_with(":00:00Z"),
            "{shown}"
        );

        let again = ann.publish(ann.behaviour().await).await;
        assert_eq!(again["limit"], "about_people_a_week", "{again}");
        board.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_what_is_confirmed_and_released_at_once_no_more_than_allowed_goes_on() {
    for board in Board::each().await {
        let mo = board.moderator("Lanterne").await;
        mo.look_after(&board).await;
        let mut people = Vec::new();
        for name in ["Mésange", "Merle", "Pinson", "Rouge-gorge", "Verdier"] {
            people.push(board.founder(name).await);
        }
        let mut drafts = Vec::new();
        for who in &people {
            drafts.push((who, [cooling(who).await, cooling(who).await]));
        }
        board.pass(COOL_DOWN_MS);
        let asked = drafts
            .iter()
            .flat_map(|(who, drafts)| drafts.iter().map(move |draft| who.confirm_post(draft)));
        let came = join_all(asked).await;
        for of_one in came.chunks(2) {
            let on = of_one
                .iter()
                .filter(|came| came["__typename"] == "PostInReview");
            assert_eq!(on.count(), 1, "{of_one:?}");
        }
        board.drain().await;
        let waiting = mo.queue().await;
        assert_eq!(waiting.len(), 5);
        join_all(waiting.iter().map(|case| mo.decide(case, keeping()))).await;
        board.drain().await;
        assert_eq!(people[0].titles().await.len(), 3);
        board.pass(DAY_MS - COOL_DOWN_MS);
        board.sweep().await;
        board.drain().await;
        assert_eq!(
            people[0].titles().await.len(),
            5,
            "the others follow on the next day"
        );
        board.close().await;
    }
}
