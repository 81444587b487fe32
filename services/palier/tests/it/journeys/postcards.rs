//! A postcard brings somebody in who has nobody's code, and its address is gone as soon as it is posted.

use serde_json::json;

use crate::harness::Board;

#[tokio::test(flavor = "multi_thread")]
async fn a_postcard_is_asked_for_written_posted_and_lets_its_reader_in() {
    for board in Board::each().await {
        let mo = board.moderator("Lanterne").await;
        let n = mo.neighbourhood().await;
        let asker = board.stranger("Pervenche").await;
        let input = json!({ "neighbourhood": n, "lines": ["Boîte 4", "12 rue des Essais"] });
        let reply = asker
            .mutate("askForPostcard", "AskForPostcardInput", input, "")
            .await;
        assert_eq!(reply["__typename"], "PostcardAsked", "{reply}");

        let query = format!("{{ postcards(neighbourhood: \"{n}\") {{ id lines code }} }}");
        let listed = mo.desk(&query, json!({})).await["postcards"].clone();
        let card = &listed[0];
        assert_eq!(card["lines"], json!(["Boîte 4", "12 rue des Essais"]));
        let join = json!({ "code": card["code"], "pseudonym": "Pervenche" });
        let joins = async || {
            let came = asker
                .mutate("joinNeighbourhood", "JoinInput", join.clone(), "")
                .await;
            came["__typename"].as_str().unwrap().to_owned()
        };
        assert_eq!(joins().await, "JoinRefused", "it was not posted");

        let input = json!({ "neighbourhood": n, "postcard": card["id"], "posted": true });
        mo.act("settlePostcard", input.clone(), "id").await;
        assert_eq!(mo.desk(&query, json!({})).await["postcards"], json!([]));
        assert_eq!(
            mo.act_code("settlePostcard", input).await,
            "NOT_FOUND",
            "there is nothing left of it to settle"
        );
        let seen = asker.data("{ joining { seen { what } } }", json!({})).await;
        assert_eq!(seen["joining"]["seen"], json!([{ "what": "ADDRESS" }]));
        assert_eq!(joins().await, "Joined");

        let members = format!(
            "{{ members(neighbourhood: \"{n}\", beginning: \"pérv\") {{ nodes {{ pseudonym joinedBy newcomer }} hasMore }} }}"
        );
        let found = mo.desk(&members, json!({})).await;
        assert_eq!(
            found["members"],
            json!({
                "nodes": [{ "pseudonym": "Pervenche", "joinedBy": "POSTCARD", "newcomer": true }],
                "hasMore": false,
            })
        );
        let seen = asker.data("{ joining { seen { what } } }", json!({})).await;
        assert_eq!(
            seen["joining"]["seen"],
            json!([{ "what": "ADDRESS" }, { "what": "NAME" }])
        );
        board.close().await;
    }
}
