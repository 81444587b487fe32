//! What moderators decide reaches the board, and what it took from its author can be taken back.

use contract::common::Measure;
use contract::identity::AuthenticateRequest;
use contract::moderation::{
    AppealRequest, Case, CaseRequest, Cause, DecideAppealRequest, DecideCaseRequest, Ground,
    ListAppealsRequest, ListCasesRequest, ListStatementsRequest, Outcome, Reason, ReportRequest,
    Rule, Statement, appeal_reply, report_reply,
};
use contract::{Caller, Locale, ModerationClient, ResidentId, SessionId};
use palier::wiring::Role;
use serde_json::json;

use crate::harness::{Board, Client};

const FACTS: &str = "The second sentence calls a neighbour names; the first one may stay.";

fn moderation(board: &Board) -> ModerationClient {
    board.house(Role::Gateway).clients.moderation.clone()
}

/// Somebody as roles see them.
async fn caller(board: &Board, who: &Client) -> Caller {
    let cookie = who.cookie().unwrap();
    let visitor = Caller::Visitor {
        locale: Locale::English,
        origin: Vec::new(),
    };
    let request = visitor.request(AuthenticateRequest {
        session_token: cookie.split_once('=').unwrap().1.to_owned(),
    });
    let viewer = board.identity().authenticate(request).await.unwrap();
    let viewer = viewer.into_inner();
    let memberships = viewer.memberships.into_iter();
    Caller::Resident {
        resident: ResidentId::from_bytes(&viewer.resident).unwrap(),
        session: SessionId::from_bytes(&viewer.session).unwrap(),
        standings: memberships.filter_map(|member| member.standing).collect(),
        locale: Locale::English,
    }
}

async fn cases(board: &Board, moderator: &Client) -> Vec<Case> {
    let request = caller(board, moderator).await.request(ListCasesRequest {
        neighbourhood: board.neighbourhood.to_bytes(),
        first: 20,
        ..ListCasesRequest::default()
    });
    let listed = moderation(board).list_cases(request).await.unwrap();
    listed.into_inner().cases
}

/// A moderator takes the only case there is, and decides.
async fn decide(board: &Board, moderator: &Client, decision: DecideCaseRequest) -> Case {
    let case = cases(board, moderator).await.remove(0);
    let as_moderator = caller(board, moderator).await;
    let which = CaseRequest {
        case: case.id.clone(),
    };
    let mut client = moderation(board);
    client
        .claim_case(as_moderator.request(which))
        .await
        .unwrap();
    let decision = DecideCaseRequest {
        case: case.id.clone(),
        version: case.version,
        facts: FACTS.into(),
        ground: Ground::HouseRules.into(),
        ..decision
    };
    client
        .decide_case(as_moderator.request(decision))
        .await
        .unwrap();
    board.drain().await;
    case
}

fn keeping() -> DecideCaseRequest {
    DecideCaseRequest {
        measure: Measure::Keep.into(),
        rule: Rule::NoneBroken.into(),
        ..DecideCaseRequest::default()
    }
}

fn removing(pause_days: u32) -> DecideCaseRequest {
    DecideCaseRequest {
        measure: Measure::Remove.into(),
        rule: Rule::Insult.into(),
        read: b"what was read".to_vec().into(),
        pause_days,
        ..DecideCaseRequest::default()
    }
}

async fn report(board: &Board, who: &Client, case: &Case) {
    let request = caller(board, who).await.request(ReportRequest {
        client_key: vec![7; 16].into(),
        content: case.content.clone(),
        reason: Reason::Harassment.into(),
        ..ReportRequest::default()
    });
    let reply = moderation(board).report(request).await.unwrap();
    let outcome = reply.into_inner().outcome.unwrap();
    assert!(
        matches!(outcome, report_reply::Outcome::Reported(_)),
        "{outcome:?}"
    );
}

async fn statements(board: &Board, who: &Client) -> Vec<Statement> {
    let request = caller(board, who).await.request(ListStatementsRequest {
        first: 20,
        ..ListStatementsRequest::default()
    });
    let listed = moderation(board).list_statements(request).await.unwrap();
    listed.into_inner().statements
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
        assert_eq!(held["__typename"], "PostInReview", "{held}");
        board.drain().await;
        let waiting = cases(&board, &mo).await;
        assert_eq!(waiting[0].causes, [i32::from(Cause::Newcomer)]);
        let case = decide(&board, &mo, keeping()).await;
        assert_eq!(ben.titles().await, ["Bonjour à tous"]);
        assert!(cases(&board, &mo).await.is_empty());

        report(&board, &ben, &case).await;
        decide(&board, &mo, removing(3)).await;
        assert!(ben.titles().await.is_empty());
        let node = "query($id: ID!) { node(id: $id) { ... on Post { state ruling } } }";
        let own = new.data(node, json!({ "id": held["post"]["id"] })).await;
        assert_eq!(
            own["node"],
            json!({ "state": "REMOVED", "ruling": "REMOVE" })
        );
        let paused = new.publish(new.draft("Encore").await).await;
        assert_eq!(paused["reasons"][0]["code"], "SUSPENDED", "{paused}");
        assert_eq!(
            statements(&board, &ben).await.len(),
            1,
            "who reported it is told"
        );

        let told = statements(&board, &new).await;
        let removal = told.iter().find(|one| one.appeal_until_ms != 0).unwrap();
        let appeal = caller(&board, &new).await.request(AppealRequest {
            statement: removal.id.clone(),
            text: "I meant the weather.".into(),
        });
        let mut client = moderation(&board);
        let made = client.appeal(appeal).await.unwrap().into_inner().outcome;
        let Some(appeal_reply::Outcome::Made(made)) = made else {
            panic!("{made:?}");
        };
        let reversal = DecideAppealRequest {
            appeal: made.appeal,
            outcome: Outcome::Reversed.into(),
            facts: FACTS.into(),
        };
        let list = ListAppealsRequest {
            neighbourhood: board.neighbourhood.to_bytes(),
            first: 20,
            ..ListAppealsRequest::default()
        };
        let by_first = caller(&board, &mo).await;
        let seen = client.list_appeals(by_first.request(list)).await.unwrap();
        assert!(seen.into_inner().appeals.is_empty(), "it is another one's");
        let refused = client
            .decide_appeal(by_first.request(reversal.clone()))
            .await;
        assert!(refused.is_err());
        let by_other = caller(&board, &other).await;
        client
            .decide_appeal(by_other.request(reversal))
            .await
            .unwrap();
        board.drain().await;
        assert_eq!(
            ben.titles().await,
            ["Bonjour à tous"],
            "with the rest of its time"
        );
        let again = new.publish(new.draft("Encore").await).await;
        assert_eq!(again["__typename"], "PostInReview", "{again}");
        board.close().await;
    }
}
