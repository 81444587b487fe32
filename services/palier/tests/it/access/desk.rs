//! The operations of moderators, each on fresh things: a notice of the author's that a neighbour reported.

use serde_json::{Value, json};

use super::Cast;
use crate::harness::client::{client_key, pseudonym};
use crate::harness::desk::{FACTS, removing};
use crate::harness::pictures::telling_jpeg;

/// An operation of the moderators' schema: the same for every standing, since only the last one changes anything; another one for
/// who helps out.
pub async fn document(cast: &Cast, operation: &str, standing: &'static str) -> (String, Value) {
    if standing == "reserve" {
        return fresh(cast, operation, standing).await;
    }
    let mut made = cast.made.lock().await;
    if let Some(document) = made.get(operation) {
        return document.clone();
    }
    let document = fresh(cast, operation, "moderator").await;
    made.insert(operation.to_owned(), document.clone());
    document
}

async fn fresh(cast: &Cast, operation: &str, by: &str) -> (String, Value) {
    let n = cast.clients["author"].neighbourhood().await;
    let with_input = |input: Value| {
        let name = format!("{}{}Input", operation[..1].to_uppercase(), &operation[1..]);
        let query =
            format!("mutation($input: {name}!) {{ {operation}(input: $input) {{ __typename }} }}");
        (query, json!({ "input": input }))
    };
    let by_id = |id: Value| {
        let query = format!("query($id: ID!) {{ {operation}(id: $id) {{ __typename }} }}");
        (query, json!({ "id": id }))
    };
    match operation {
        "queue" | "appeals" | "severe" | "limits" | "postcards" | "questioned" | "audit" => {
            let query = format!("{{ {operation}(neighbourhood: \"{n}\") {{ __typename }} }}");
            (query, json!({}))
        }
        "members" => {
            let query = format!(
                "{{ members(neighbourhood: \"{n}\", beginning: \"Me\") {{ __typename }} }}"
            );
            (query, json!({}))
        }
        "recordLegalRequest" => with_input(json!({
            "clientKey": client_key(), "neighbourhood": n, "authority": "POLICE", "given": "NOTHING_HELD",
        })),
        "settlePostcard" => with_input(
            json!({ "neighbourhood": n, "postcard": postcard(cast, &n).await, "posted": true }),
        ),
        "settleQuestioned" => with_input(
            json!({ "neighbourhood": n, "questioned": questioned(cast, &n).await, "end": false }),
        ),
        "nameTile" => with_input(
            json!({ "neighbourhood": n, "cell": crate::harness::cells()[0].token(), "name": "Verger" }),
        ),
        "setPostcards" => with_input(json!({ "neighbourhood": n, "offered": true })),
        "case" => by_id(reported(cast).await["id"].clone()),
        "claimCase" | "returnCase" | "recuseCase" => {
            with_input(json!({ "case": reported(cast).await["id"] }))
        }
        "decideCase" => {
            let open = reported(cast).await;
            let which = json!({ "case": open["id"] });
            let fields = "case { version }";
            let claimed = cast.clients[by].act("claimCase", which, fields).await;
            let mut decision = removing(0);
            decision["case"] = open["id"].clone();
            decision["version"] = claimed["case"]["version"].clone();
            with_input(decision)
        }
        "appeal" => by_id(appealed(cast).await),
        "decideAppeal" => with_input(
            json!({ "appeal": appealed(cast).await, "outcome": "UPHELD", "facts": FACTS }),
        ),
        "proposeSevere" => with_input(suspending(&removed(cast).await)),
        "approveSevere" => {
            let proposal = suspending(&removed(cast).await);
            let proposed = cast.clients["second"]
                .act("proposeSevere", proposal, "proposal { id }")
                .await;
            with_input(json!({ "proposal": proposed["proposal"]["id"], "approve": false }))
        }
        "proposeRaise" => {
            as_usual(cast, &n).await;
            with_input(raise(&n))
        }
        "approveRaise" => with_input(
            json!({ "raise": proposed_raise(cast, &n, "second").await, "approve": false }),
        ),
        "endRaise" => {
            let raise = proposed_raise(cast, &n, "second").await;
            let approval = json!({ "raise": raise, "approve": true });
            let moderator = &cast.clients["moderator"];
            moderator.act("approveRaise", approval, "id").await;
            with_input(json!({ "raise": raise }))
        }
        other => panic!("how is {other} called? Say so here."),
    }
}

fn suspending(case: &Value) -> Value {
    json!({
        "case": case["id"], "days": 30, "rule": "INSULT", "ground": "HOUSE_RULES", "facts": FACTS,
    })
}

fn raise(n: &str) -> Value {
    json!({ "neighbourhood": n, "aDay": 5, "days": 2, "facts": FACTS })
}

/// Proposed by this one, where nothing else is.
async fn proposed_raise(cast: &Cast, n: &str, by: &str) -> Value {
    as_usual(cast, n).await;
    let fields = "proposed { id }";
    let proposed = cast.clients[by].act("proposeRaise", raise(n), fields).await;
    proposed["proposed"]["id"].clone()
}

/// Nothing is proposed, nothing raised.
async fn as_usual(cast: &Cast, n: &str) {
    let query = format!(
        "{{ limits(neighbourhood: \"{n}\") {{ raised {{ id }} proposed {{ id mine }} }} }}"
    );
    let (one, second) = (&cast.clients["moderator"], &cast.clients["second"]);
    let limits = &one.desk(&query, json!({})).await["limits"];
    if let Some(raised) = limits["raised"].as_object() {
        let end = json!({ "raise": raised["id"] });
        one.act("endRaise", end, "id").await;
    }
    if let Some(proposed) = limits["proposed"].as_object() {
        let other = if proposed["mine"] == true {
            second
        } else {
            one
        };
        let refusal = json!({ "raise": proposed["id"], "approve": false });
        other.act("approveRaise", refusal, "id").await;
    }
}

/// One that somebody asked for who is no member of this neighbourhood.
async fn postcard(cast: &Cast, n: &str) -> Value {
    let input = json!({ "neighbourhood": n, "lines": ["Anne Personne", "1 rue des Essais"] });
    cast.board.pass(3 * 60_000);
    let asker = pseudonym("Pic");
    cast.board
        .stranger(&asker)
        .await
        .mutate("askForPostcard", "AskForPostcardInput", input, "")
        .await;
    let query = format!("{{ postcards(neighbourhood: \"{n}\") {{ id }} }}");
    let listed = cast.clients["moderator"].desk(&query, json!({})).await;
    listed["postcards"][0]["id"].clone()
}

/// Of somebody whom the author invited and does not stand by any more.
async fn questioned(cast: &Cast, n: &str) -> Value {
    let author = &cast.clients["author"];
    let input = json!({ "neighbourhood": n });
    let made = author
        .mutate(
            "createInvite",
            "CreateInviteInput",
            input,
            "... on InviteCreated { code }",
        )
        .await;
    let code = made["code"].as_str().unwrap();
    cast.board.pass(3 * 60_000);
    let who = pseudonym("Courlis");
    cast.board.joined(&who, code).await;
    let input = json!({ "neighbourhood": n, "pseudonym": who, "doubt": "CODE_PASSED_ON" });
    author
        .mutate("questionMember", "QuestionMemberInput", input, "")
        .await;
    let query = format!("{{ questioned(neighbourhood: \"{n}\") {{ id }} }}");
    let listed = cast.clients["moderator"].desk(&query, json!({})).await;
    listed["questioned"][0]["id"].clone()
}

/// A notice of the author's that a neighbour has reported.
async fn reported(cast: &Cast) -> Value {
    let post = cast.clients["author"].up("a fresh notice").await;
    report(cast, &post["id"]).await
}

async fn report(cast: &Cast, post: &Value) -> Value {
    cast.board.drain().await;
    let moderator = &cast.clients["moderator"];
    let before = moderator.queue().await;
    let input = json!({ "clientKey": client_key(), "content": post, "reason": "HARASSMENT" });
    // Nobody reports without end, nor signs up.
    cast.board.pass(3 * 60_000);
    let who = pseudonym("Voisin");
    let reported = cast
        .board
        .founder(&who)
        .await
        .mutate("reportContent", "ReportContentInput", input, "")
        .await;
    assert_eq!(reported["__typename"], "ContentReported", "{reported}");
    let after = moderator.queue().await;
    let mut new = after.into_iter().filter(|case| !before.contains(case));
    new.next().expect("a case of its own")
}

/// One that the second moderator took down.
async fn removed(cast: &Cast) -> Value {
    let open = reported(cast).await;
    // So that what is told of it is the newest.
    cast.board.pass(1_000);
    cast.clients["second"].decide(&open, removing(0)).await;
    cast.board.drain().await;
    open
}

/// What the author was told when that was done.
pub async fn statement(cast: &Cast) -> Value {
    removed(cast).await;
    let query = "{ statements(first: 1) { edges { node { id } } } }";
    let told = cast.clients["author"].data(query, json!({})).await;
    told["statements"]["edges"][0]["node"]["id"].clone()
}

/// The author's appeal against it.
async fn appealed(cast: &Cast) -> Value {
    let moderator = &cast.clients["moderator"];
    let query =
        "query($n: ID!) { appeals(neighbourhood: $n, first: 50) { edges { node { id } } } }";
    let n = json!({ "n": moderator.neighbourhood().await });
    let open = async || {
        let listed = moderator.desk(query, n.clone()).await;
        listed["appeals"]["edges"].as_array().unwrap().clone()
    };
    let before = open().await;
    let input = json!({ "statement": statement(cast).await, "text": "I meant the weather." });
    let made = cast.clients["author"]
        .mutate("appealDecision", "AppealDecisionInput", input, "")
        .await;
    assert_eq!(made["__typename"], "AppealMade", "{made}");
    let after = open().await;
    let new = after.iter().find(|edge| !before.contains(edge));
    new.expect("an appeal of its own")["node"]["id"].clone()
}

/// A notice of the author's with a picture.
pub async fn pictured(cast: &Cast) -> Value {
    let author = &cast.clients["author"];
    let (_, picture) = author.upload(telling_jpeg("nothing"), "image/jpeg").await;
    let mut draft = author.draft("a lost glove").await;
    draft["category"] = "LOST_FOUND".into();
    draft["media"] = json!([picture["id"]]);
    let post = author.up_with(draft).await;
    cast.board.drain().await;
    post
}
