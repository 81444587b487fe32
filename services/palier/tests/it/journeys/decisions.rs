//! What moderators decide reaches the board, and what it took from its author can be taken back.

use serde_json::{Value, json};

use crate::harness::client::client_key;
use crate::harness::desk::{FACTS, keeping, removing};
use crate::harness::{Board, Client};

async fn report(who: &Client, content: &Value) -> Value {
    let input = json!({ "clientKey": client_key(), "content": content, "reason": "HARASSMENT" });
    let fields = "... on ContentReported { report } ... on ReportRefused { reasons { code } }";
    let reported = who
        .mutate("reportContent", "ReportContentInput", input, fields)
        .await;
    assert_eq!(reported["__typename"], "ContentReported", "{reported}");
    reported["report"].clone()
}

async fn statements(who: &Client) -> Vec<Value> {
    let query = "{ statements { edges { node { id occasion kind content appealUntil appealOutcome appealFacts day \
         decision { measure rule ground facts automated pausedUntil } } } } }";
    let listed = who.data(query, json!({})).await;
    let edges = listed["statements"]["edges"].as_array().unwrap().iter();
    edges.map(|edge| edge["node"].clone()).collect()
}

async fn appeal(who: &Client, statement: &Value) -> Value {
    let input = json!({ "statement": statement["id"], "text": "I meant the weather." });
    let fields = "... on AppealMade { decidedBy }";
    who.mutate("appealDecision", "AppealDecisionInput", input, fields)
        .await
}

async fn open_appeals(who: &Client) -> Vec<Value> {
    let query = "query($n: ID!) { appeals(neighbourhood: $n) { edges { node { id byReporter against { measure } } } } }";
    let listed = who
        .desk(query, json!({ "n": who.neighbourhood().await }))
        .await;
    let edges = listed["appeals"]["edges"].as_array().unwrap().iter();
    edges.map(|edge| edge["node"].clone()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_waits_is_released_reported_removed_appealed_and_shown_again() {
    for board in Board::each().await {
        let (new, ben) = (board.newcomer("Crocus").await, board.founder("Merle").await);
        let (mo, other) = (
            board.moderator("Lanterne").await,
            board.moderator("Phare").await,
        );
        let held = new.publish(new.draft("Bonjour à tous").await).await;
        let id = held["post"]["id"].clone();
        board.drain().await;
        mo.decide_the_only(&board, keeping()).await;
        assert_eq!(ben.titles().await, ["Bonjour à tous"]);
        assert!(mo.queue().await.is_empty());

        let receipt = report(&ben, &id).await;
        assert_eq!(report(&ben, &id).await, receipt, "the same report");
        let read = mo.decide_the_only(&board, removing(3)).await;
        assert_eq!(read["reports"][0]["reason"], "HARASSMENT", "{read}");
        assert_eq!(read["reports"][0]["byVisitor"], false);
        assert!(ben.titles().await.is_empty());
        let gone = "query($n: ID!) { takenDown(neighbourhood: $n) { id category day } }";
        let n = json!({ "n": ben.neighbourhood().await });
        assert_eq!(
            ben.data(gone, n.clone()).await["takenDown"],
            json!([{ "id": id, "category": "QUESTION", "day": "2026-11-21T00:00:00Z" }]),
            "who read it learns that it is gone, and nothing else"
        );
        let node = "query($id: ID!) { node(id: $id) { ... on Post { state ruling } } }";
        let own = new.data(node, json!({ "id": id })).await;
        assert_eq!(
            own["node"],
            json!({ "state": "REMOVED", "ruling": "REMOVE" })
        );
        let paused = new.publish(new.draft("Encore").await).await;
        assert_eq!(paused["reasons"][0]["code"], "SUSPENDED", "{paused}");
        let to_reporter = statements(&ben).await;
        assert_eq!(to_reporter.len(), 1, "who reported it is told");
        assert_eq!(to_reporter[0]["occasion"], "REPORT_DECIDED");
        assert!(
            to_reporter[0]["decision"]["pausedUntil"].is_null(),
            "and not what else follows for its author"
        );

        let told = statements(&new).await;
        let removal = told
            .iter()
            .find(|one| !one["appealUntil"].is_null())
            .unwrap();
        assert_eq!(removal["decision"]["facts"], FACTS);
        assert_eq!(removal["decision"]["automated"], false);
        let made = appeal(&new, removal).await;
        assert_eq!(made["__typename"], "AppealMade", "{made}");
        assert_eq!(appeal(&new, removal).await, made, "once");
        assert!(open_appeals(&mo).await.is_empty(), "it is another one's");
        let open = open_appeals(&other).await.remove(0);
        let full = "query($id: ID!) { appeal(id: $id) { text byReporter \
             frozen { post { title body } comment { id } } content { post { id } } } }";
        let seen = other.desk(full, json!({ "id": open["id"] })).await;
        assert_eq!(
            seen["appeal"]["frozen"]["post"]["title"], "Bonjour à tous",
            "as it was read: {seen}"
        );
        assert!(seen["appeal"]["content"].is_null(), "taken down: {seen}");
        let reversal = json!({ "appeal": open["id"], "outcome": "REVERSED", "facts": FACTS });
        assert_eq!(
            mo.act_code("decideAppeal", reversal.clone()).await,
            "CONFLICT"
        );
        other.act("decideAppeal", reversal, "id").await;
        board.drain().await;
        assert_eq!(
            ben.titles().await,
            ["Bonjour à tous"],
            "with the rest of its time"
        );
        assert_eq!(ben.data(gone, n).await["takenDown"], json!([]));
        let told = statements(&new).await;
        let of_appeal = told
            .iter()
            .find(|one| one["occasion"] == "APPEAL_DECIDED")
            .unwrap();
        assert_eq!(of_appeal["appealOutcome"], "REVERSED");
        let again = new.publish(new.draft("Encore").await).await;
        assert_eq!(again["__typename"], "PostInReview", "{again}");

        let log = "query($n: ID!) { decisions(neighbourhood: $n) { edges { node { measure rule paused appealOutcome } } } }";
        let n = ben.neighbourhood().await;
        let logged = board.client().data(log, json!({ "n": n })).await;
        let removals: Vec<_> = logged["decisions"]["edges"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|edge| edge["node"]["measure"] == "REMOVE")
            .collect();
        assert_eq!(
            removals[0]["node"],
            json!({ "measure": "REMOVE", "rule": "INSULT", "paused": true, "appealOutcome": "REVERSED" }),
            "everybody can read of it"
        );
        board.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_is_reported_removed_and_shown_again() {
    let board = Board::sqlite().await;
    let (ann, ben) = (board.founder("Mésange").await, board.founder("Merle").await);
    let (mo, other) = (
        board.moderator("Lanterne").await,
        board.moderator("Phare").await,
    );
    let post = ann.up("the bakery").await;
    let input = json!({ "clientKey": client_key(), "post": post["id"], "body": "Ask the fool at 06 39 98 47." });
    let added = ben
        .mutate(
            "addComment",
            "AddCommentInput",
            input,
            "... on CommentAdded { comment { id } }",
        )
        .await;
    let id = added["comment"]["id"].clone();
    board.drain().await;
    report(&ann, &id).await;
    let read = mo.decide_the_only(&board, removing(0)).await;
    assert_eq!(read["kind"], "COMMENT", "{read}");
    assert_eq!(
        read["content"]["post"]["title"], "the bakery",
        "with what it answers"
    );
    let answers = "query($id: ID!) { node(id: $id) { ... on Post { comments { edges { node { body removed } } } } } }";
    let of = async |who: &Client| {
        let node = who.data(answers, json!({ "id": post["id"] })).await;
        node["node"]["comments"]["edges"].clone()
    };
    assert_eq!(of(&ann).await, json!([]));
    assert_eq!(of(&ben).await[0]["node"]["removed"], true);
    let told = statements(&ben).await.remove(0);
    assert_eq!(told["content"], id);
    appeal(&ben, &told).await;
    let open = open_appeals(&other).await.remove(0);
    let reversal = json!({ "appeal": open["id"], "outcome": "REVERSED", "facts": FACTS });
    other.act("decideAppeal", reversal, "id").await;
    board.drain().await;
    assert_eq!(of(&ann).await[0]["node"]["removed"], false);
    board.close().await;
}

/// Whoever is in a picture does not wait for anybody: it is hidden, wherever it was.
#[tokio::test(flavor = "multi_thread")]
async fn a_picture_with_somebody_in_it_is_hidden_at_once_and_goes_with_the_decision() {
    for board in Board::each().await {
        let (ann, ben, mo) = (
            board.founder("Mésange").await,
            board.founder("Merle").await,
            board.moderator("Lanterne").await,
        );
        let bytes = crate::harness::pictures::telling_jpeg("nothing");
        let (_, picture) = ann.upload(bytes, "image/jpeg").await;
        let mut draft = ann.draft("a lost glove").await;
        draft["category"] = "LOST_FOUND".into();
        draft["media"] = json!([picture["id"]]);
        let post = ann.up_with(draft).await;
        board.drain().await;
        let path = format!("/media/{}/large", picture["id"].as_str().unwrap());
        assert_eq!(ben.get(&path).await.status(), 200);
        let input =
            json!({ "clientKey": client_key(), "post": post["id"], "media": picture["id"] });
        let reported = ben
            .mutate("reportDepiction", "ReportDepictionInput", input, "")
            .await;
        assert_eq!(reported["__typename"], "ContentReported", "{reported}");
        board.drain().await;
        assert_eq!(ben.get(&path).await.status(), 404);
        assert_eq!(
            ben.feed().await["edges"][0]["node"]["media"],
            json!([]),
            "the notice stays"
        );
        let waiting = mo.queue().await.remove(0);
        assert_eq!(waiting["causes"], json!(["DEPICTED"]), "{waiting}");
        let case = mo.case(&waiting["id"]).await;
        assert_eq!(case["mediaHidden"], json!([picture["id"]]), "{case}");
        assert_eq!(case["reports"][0]["media"], picture["id"]);
        assert_eq!(mo.get(&path).await.status(), 200, "who decides may look");
        let mut decision = keeping();
        decision["mediaRemoved"] = json!([picture["id"]]);
        decision["rule"] = "DEPICTION".into();
        mo.decide(&waiting, decision).await;
        board.drain().await;
        assert_eq!(ann.get(&path).await.status(), 404);
        assert_eq!(ben.titles().await, ["a lost glove"]);
        board.close().await;
    }
}

/// Two moderators: one proposes, another one approves, and its author is told of both.
#[tokio::test(flavor = "multi_thread")]
async fn a_long_suspension_takes_two() {
    let board = Board::sqlite().await;
    let (ann, ben) = (board.founder("Mésange").await, board.founder("Merle").await);
    let (mo, other) = (
        board.moderator("Lanterne").await,
        board.moderator("Phare").await,
    );
    let post = ann.up("an insult").await;
    board.drain().await;
    report(&ben, &post["id"]).await;
    let case = mo.decide_the_only(&board, removing(0)).await;
    let proposal = json!({
        "case": case["id"], "days": 30, "rule": "INSULT", "ground": "HOUSE_RULES", "facts": FACTS,
    });
    let proposed = mo
        .act("proposeSevere", proposal, "proposal { id days mine }")
        .await;
    assert_eq!(proposed["proposal"]["mine"], true);
    let answer = json!({ "proposal": proposed["proposal"]["id"], "approve": true });
    assert_eq!(
        mo.act_code("approveSevere", answer.clone()).await,
        "CONFLICT"
    );
    let list = "query($n: ID!) { severe(neighbourhood: $n) { id days facts mine } }";
    let n = other.neighbourhood().await;
    let inbox = other.desk(list, json!({ "n": n })).await;
    assert_eq!(inbox["severe"][0]["days"], 30, "{inbox}");
    other.act("approveSevere", answer, "id").await;
    board.drain().await;
    let paused = ann.publish(ann.draft("Encore").await).await;
    assert_eq!(paused["reasons"][0]["code"], "SUSPENDED", "{paused}");
    let told = statements(&ann).await;
    assert_eq!(told.len(), 2, "{told:?}");
    assert!(told.iter().any(|one| one["decision"]["measure"].is_null()));
    board.close().await;
}

/// Whoever has no account reports what everybody can read, is told by mail, and reads what came of it by the link in it.
#[tokio::test(flavor = "multi_thread")]
async fn a_visitor_reports_what_is_for_everybody_and_is_told() {
    for board in Board::each().await {
        let (ann, mo) = (
            board.founder("Mésange").await,
            board.moderator("Lanterne").await,
        );
        let visitor = board.client();
        let inside = ann.up("for members").await;
        let mut event = ann.event("for everybody").await;
        event["event"]["audience"] = "PUBLIC".into();
        let open = ann.up_with(event).await;
        board.drain().await;
        let input = |content: &Value, more: Value| {
            let mut input =
                json!({ "clientKey": client_key(), "content": content, "reason": "HARASSMENT" });
            let more = more.as_object().unwrap().clone();
            input.as_object_mut().unwrap().extend(more);
            input
        };
        let query =
            "mutation($input: ReportContentInput!) { reportContent(input: $input) { __typename } }";
        let hidden = json!({ "input": input(&inside["id"], json!({})) });
        assert_eq!(visitor.code(query, hidden).await, "NOT_FOUND");
        let fields = "... on ReportRefused { reasons { code field } }";
        let say = async |more: Value| {
            let input = input(&open["id"], more);
            visitor
                .mutate("reportContent", "ReportContentInput", input, fields)
                .await
        };
        let unexplained = say(json!({ "reason": "ILLEGAL_CONTENT" })).await;
        assert_eq!(
            unexplained["reasons"][0]["code"], "GOOD_FAITH",
            "{unexplained}"
        );
        let nowhere = say(json!({ "replyTo": "not an address" })).await;
        assert_eq!(
            nowhere["reasons"],
            json!([{ "code": "EMAIL_INVALID", "field": "replyTo" }]),
            "{nowhere}"
        );
        let said = say(json!({ "replyTo": "passer-by@example.org" })).await;
        assert_eq!(said["__typename"], "ContentReported", "{said}");
        let read = mo.decide_the_only(&board, keeping()).await;
        assert_eq!(read["reports"][0]["byVisitor"], true, "{read}");

        let told = board.mailed_statement().await;
        let statement = "query($id: ID!) { statement(id: $id) { occasion decision { facts } } }";
        let stated = visitor.data(statement, json!({ "id": told })).await;
        assert_eq!(
            stated["statement"]["occasion"], "REPORT_DECIDED",
            "{stated}"
        );
        assert_eq!(stated["statement"]["decision"]["facts"], FACTS);
        let made = appeal(&visitor, &json!({ "id": told })).await;
        assert_eq!(made["__typename"], "AppealMade", "{made}");
        board.close().await;
    }
}
