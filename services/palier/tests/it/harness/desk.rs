//! A moderator at work: the queue, a case, a decision.

use serde_json::{Value, json};

use super::{Board, Client};

/// The fields of a case that tests look at.
const CASE: &str = "id kind category causes version claimedByMe mediaHidden reports { reason explanation media byVisitor } \
     content { post { id title body state media { id } behaviour { considered } } comment { id body } \
     findings { code field range { start end } } }";

/// Words for what happened.
pub const FACTS: &str = "The second sentence calls a neighbour names; the first one may stay.";

/// Everything stays as it is.
pub fn keeping() -> Value {
    json!({ "measure": "KEEP", "rule": "NONE_BROKEN", "ground": "HOUSE_RULES", "facts": FACTS })
}

/// It is taken down, and its author paused for so many days.
pub fn removing(pause_days: u32) -> Value {
    json!({
        "measure": "REMOVE", "rule": "INSULT", "ground": "HOUSE_RULES", "facts": FACTS, "pauseDays": pause_days,
    })
}

impl Client {
    /// What the moderators' schema answers: status and body.
    pub async fn ask_desk(&self, query: &str, variables: Value) -> (reqwest::StatusCode, Value) {
        self.ask_at("/moderator/graphql", query, variables).await
    }

    /// The data of an answer of the moderators' schema without errors.
    pub async fn desk(&self, query: &str, variables: Value) -> Value {
        let (status, body) = self.ask_desk(query, variables).await;
        assert!(body.get("errors").is_none(), "{status} {body}");
        body["data"].clone()
    }

    /// What came of a mutation of the moderators' schema.
    pub async fn act(&self, field: &str, input: Value, fields: &str) -> Value {
        let (_, body) = self.try_act(field, input, fields).await;
        assert!(body.get("errors").is_none(), "{body}");
        body["data"][field].clone()
    }

    /// The code of the error that came of one.
    pub async fn act_code(&self, field: &str, input: Value) -> String {
        let (_, body) = self.try_act(field, input, "__typename").await;
        let code = &body["errors"][0]["extensions"]["code"];
        code.as_str()
            .unwrap_or_else(|| panic!("no error: {body}"))
            .to_owned()
    }

    async fn try_act(
        &self,
        field: &str,
        input: Value,
        fields: &str,
    ) -> (reqwest::StatusCode, Value) {
        let ty = format!("{}{}Input", field[..1].to_uppercase(), &field[1..]);
        let query = format!("mutation($input: {ty}!) {{ {field}(input: $input) {{ {fields} }} }}");
        self.ask_desk(&query, json!({ "input": input })).await
    }

    /// The open cases that are the caller's to decide, as they stand in the queue.
    pub async fn queue(&self) -> Vec<Value> {
        let query = "query($n: ID!) { queue(neighbourhood: $n, first: 50) { edges { node { \
             id kind category causes claimedByMe } } } }";
        let variables = json!({ "n": self.neighbourhood().await });
        let listed = self.desk(query, variables).await;
        let edges = listed["queue"]["edges"].as_array().unwrap().iter();
        edges.map(|edge| edge["node"].clone()).collect()
    }

    /// Looks after the neighbourhood, so that there may be told of people.
    pub async fn look_after(&self, board: &Board) {
        self.queue().await;
        board.drain().await;
    }

    /// A case with all that is needed to decide it.
    pub async fn case(&self, id: &Value) -> Value {
        let query = format!("query($id: ID!) {{ case(id: $id) {{ {CASE} }} }}");
        self.desk(&query, json!({ "id": id })).await["case"].clone()
    }

    /// Takes a case, reads it and decides it.
    pub async fn decide(&self, case: &Value, decision: Value) -> Value {
        let fields = format!("case {{ {CASE} }}");
        let claimed = self
            .act("claimCase", json!({ "case": case["id"] }), &fields)
            .await;
        let mut input = decision;
        input["case"] = case["id"].clone();
        input["version"] = claimed["case"]["version"].clone();
        let fields = "id decision { measure rule ground facts automated pausedUntil }";
        self.act("decideCase", input, fields).await;
        claimed["case"].clone()
    }

    /// Takes the only case there is, decides it, and lets everybody hear of it.
    pub async fn decide_the_only(&self, board: &Board, decision: Value) -> Value {
        let cases = self.queue().await;
        assert_eq!(cases.len(), 1, "{cases:?}");
        let decided = self.decide(&cases[0], decision).await;
        board.drain().await;
        decided
    }
}
