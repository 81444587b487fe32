//! A board with one moderator has somebody from elsewhere to look again.

use contract::Caller;
use contract::identity::AppointReserveRequest;
use serde_json::json;

use crate::harness::client::client_key;
use crate::harness::desk::{FACTS, removing};
use crate::harness::{Board, email};

#[tokio::test(flavor = "multi_thread")]
async fn who_helps_out_decides_an_appeal_and_is_nobodys_neighbour() {
    for board in Board::each().await {
        let (ann, ben) = (board.founder("Mésange").await, board.founder("Merle").await);
        let mo = board.moderator("Lanterne").await;
        let reserve = board.reserve("Renfort").await;
        let n = mo.neighbourhood().await;
        let post = ann.up("Un chat").await;
        board.drain().await;
        let input =
            json!({ "clientKey": client_key(), "content": post["id"], "reason": "ADVERTISING" });
        ben.mutate("reportContent", "ReportContentInput", input, "")
            .await;
        mo.decide_the_only(&board, removing(0)).await;
        let told = ann
            .data("{ statements { edges { node { id } } } }", json!({}))
            .await;
        let statement = told["statements"]["edges"][0]["node"]["id"].clone();
        let input = json!({ "statement": statement, "text": "It is about a cat." });
        ann.mutate("appealDecision", "AppealDecisionInput", input, "")
            .await;
        board.drain().await;

        let query =
            format!("{{ appeals(neighbourhood: \"{n}\") {{ edges {{ node {{ id }} }} }} }}");
        let empty = json!([]);
        assert_eq!(mo.desk(&query, json!({})).await["appeals"]["edges"], empty);
        let open = reserve.desk(&query, json!({})).await;
        let appeal = open["appeals"]["edges"][0]["node"]["id"].clone();
        let read = format!("{{ appeal(id: {appeal}) {{ frozen {{ post {{ title }} }} }} }}");
        let read = reserve.desk(&read, json!({})).await;
        assert_eq!(read["appeal"]["frozen"]["post"]["title"], "Un chat");
        let input = json!({ "appeal": appeal, "outcome": "REVERSED", "facts": FACTS });
        reserve.act("decideAppeal", input, "id").await;
        board.drain().await;
        assert_eq!(ben.titles().await, ["Un chat"]);

        let where_they_help =
            "{ viewer { memberships { moderator } helping { name neighbourhood { id } } } }";
        let seen = reserve.data(where_they_help, json!({})).await;
        let name = "Renfort, d'ailleurs";
        assert_eq!(
            seen["viewer"]["helping"],
            json!([{ "name": name, "neighbourhood": { "id": n } }])
        );
        let feed = format!("{{ feed(neighbourhood: \"{n}\") {{ edges {{ cursor }} }} }}");
        assert_eq!(reserve.code(&feed, json!({})).await, "NOT_FOUND");
        let public = format!("{{ reserveModerators(neighbourhood: \"{n}\") {{ name }} }}");
        let public = board.client().data(&public, json!({})).await;
        assert_eq!(public["reserveModerators"], json!([{ "name": name }]));

        let request = Caller::Operator.request(AppointReserveRequest {
            neighbourhood: board.neighbourhood.to_bytes(),
            email: email("Renfort"),
            name: String::new(),
            days: 0,
        });
        board.identity().appoint_reserve(request).await.unwrap();
        board.pass(61_000);
        let (_, body) = reserve.ask_desk(&query, json!({})).await;
        let code = &body["errors"][0]["extensions"]["code"];
        assert_eq!(code, "NOT_FOUND", "within a minute: {body}");
        board.close().await;
    }
}
