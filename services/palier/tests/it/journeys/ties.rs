//! Whoever invited somebody does not decide about them, where another moderator can.

use serde_json::json;

use crate::harness::Board;

#[tokio::test(flavor = "multi_thread")]
async fn whoever_invited_its_author_leaves_a_case_to_another_moderator_while_there_is_one() {
    for board in Board::each().await {
        let (one, other) = (
            board.moderator("Lanterne").await,
            board.moderator("Phare").await,
        );
        let input = json!({ "neighbourhood": one.neighbourhood().await });
        let fields = "... on InviteCreated { code }";
        let invite = one
            .mutate("createInvite", "CreateInviteInput", input, fields)
            .await;
        let code = invite["code"].as_str().unwrap();
        let guest = board.joined("Pinson", code).await;
        guest.publish(guest.draft("Bonjour").await).await;
        board.drain().await;

        let case = other.queue().await.remove(0)["id"].clone();
        let which = json!({ "case": case });
        assert!(one.queue().await.is_empty());
        assert_eq!(one.act_code("claimCase", which.clone()).await, "CONFLICT");
        other.act("claimCase", which.clone(), "__typename").await;
        other.act("returnCase", which.clone(), "__typename").await;

        board.dismiss("Phare").await;
        assert_eq!(one.queue().await.len(), 1, "there is nobody else any more");
        one.act("claimCase", which, "__typename").await;
        board.moderator("Sémaphore").await;
        let keep = json!({ "case": case, "version": 1, "measure": "KEEP", "rule": "NONE_BROKEN", "ground": "HOUSE_RULES",
            "facts": "Rien à redire à ce message de bienvenue." });
        assert_eq!(
            one.act_code("decideCase", keep).await,
            "CONFLICT",
            "now there is, and it is theirs"
        );
        board.close().await;
    }
}
