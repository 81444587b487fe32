//! Who may what.

use contract::common::ResidentRequest;
use contract::moderation::moderation_server::Moderation as _;
use contract::moderation::{
    AppealIdRequest, AppealRequest, CaseRequest, DecideAppealRequest, DecideProposalRequest,
    ListAppealsRequest, ListCasesRequest, ListDecisionsRequest, ListProposalsRequest,
    ListStatementsRequest, ListViewsRequest, Outcome, StatementRequest,
};
use contract::{Caller, Fault};

use crate::world::{FACTS, World, notice, removal, visitor};

/// What each call of a moderator says to somebody.
async fn moderating(world: &World, by: &Caller, case: &contract::moderation::Case) -> Vec<String> {
    let desk = &world.desk;
    let id = || CaseRequest {
        case: case.id.clone(),
    };
    let hood = world.here.to_bytes();
    let appeal = vec![99; 16];
    let lists = ListCasesRequest {
        neighbourhood: hood.clone(),
        first: 1,
        ..Default::default()
    };
    let appeals = ListAppealsRequest {
        neighbourhood: hood.clone(),
        first: 1,
        ..Default::default()
    };
    let get_appeal = AppealIdRequest {
        appeal: appeal.clone().into(),
    };
    let decide_appeal = DecideAppealRequest {
        appeal: appeal.clone().into(),
        outcome: Outcome::Upheld.into(),
        facts: FACTS.into(),
    };
    let suspension = contract::moderation::ProposeSuspensionRequest {
        case: case.id.clone(),
        days: 30,
        rule: 2,
        ground: 1,
        facts: FACTS.into(),
    };
    let proposals = ListProposalsRequest {
        neighbourhood: hood,
    };
    let decide_proposal = DecideProposalRequest {
        proposal: appeal.into(),
        approve: true,
    };
    let removal = removal(case);
    let code = |status: tonic::Status| Fault::from(status).code.into_owned();
    let said = [
        desk.list_cases(by.request(lists)).await.err(),
        desk.get_case(by.request(id())).await.err(),
        desk.claim_case(by.request(id())).await.err(),
        desk.return_case(by.request(id())).await.err(),
        desk.recuse(by.request(id())).await.err(),
        desk.decide_case(by.request(removal)).await.err(),
        desk.list_appeals(by.request(appeals)).await.err(),
        desk.get_appeal(by.request(get_appeal)).await.err(),
        desk.decide_appeal(by.request(decide_appeal)).await.err(),
        desk.propose_suspension(by.request(suspension)).await.err(),
        desk.list_proposals(by.request(proposals)).await.err(),
        desk.decide_proposal(by.request(decide_proposal))
            .await
            .err(),
    ];
    said.into_iter()
        .map(|status| status.map_or_else(|| "done".to_owned(), code))
        .collect()
}

#[tokio::test]
async fn only_moderators_of_this_neighbourhood_moderate_it() {
    for world in World::each().await {
        let (ann, ben, mo) = (world.person(1), world.person(2), world.moderator(3));
        let about = notice(1, &ann);
        world.shown(&about, 1).await;
        world.reported(&ben, about.id).await;
        let case = world.case(&mo).await;
        for (by, code) in [
            (visitor(1), "UNAUTHENTICATED"),
            (world.caller(&ben), "FORBIDDEN"),
            (world.caller(&ann), "FORBIDDEN"),
            (world.caller(&world.moderator_beside(4)), "NOT_FOUND"),
            (Caller::Operator, "UNAUTHENTICATED"),
            (Caller::Role, "UNAUTHENTICATED"),
        ] {
            for said in moderating(&world, &by, &case).await {
                assert_eq!(said, code, "{by:?}");
            }
        }
        assert_eq!(world.count("decision").await, 0);
        assert_eq!(world.count("viewing").await, 0);
        let other = moderating(&world, &world.caller(&mo), &case).await;
        assert_eq!(other[..5], ["done"; 5]);
    }
}

#[tokio::test]
async fn a_standing_that_is_old_or_forged_is_none() {
    for world in World::each().await {
        let (ann, mo) = (world.person(1), world.moderator(3));
        let about = notice(1, &ann);
        world.shown(&about, 1).await;
        world.reported(&world.person(2), about.id).await;
        let case = world.case(&mo).await;
        let old = world.caller(&mo);
        world.pass(66_000);
        for said in moderating(&world, &old, &case).await {
            assert!(
                ["UNAUTHENTICATED", "FORBIDDEN"].contains(&said.as_str()),
                "{said}"
            );
        }
    }
}

#[tokio::test]
async fn what_is_told_to_one_is_nobody_elses() {
    for world in World::each().await {
        let (ann, ben, mo) = (world.person(1), world.person(2), world.moderator(3));
        let about = notice(1, &ann);
        world.shown(&about, 1).await;
        world.reported(&ben, about.id).await;
        let case = world.case(&mo).await;
        world.decided(&mo, removal(&case)).await;
        let theirs = world.statements(&ann).await.remove(0);
        for (by, code) in [
            (visitor(1), "UNAUTHENTICATED"),
            (world.caller(&ben), "NOT_FOUND"),
            (world.caller(&mo), "NOT_FOUND"),
        ] {
            let read = world.read(&by, theirs.id.clone()).await.unwrap_err();
            assert_eq!(read.code, code);
            let appeal = AppealRequest {
                statement: theirs.id.clone(),
                text: "Not mine.".into(),
            };
            let made = world.desk.appeal(by.request(appeal)).await.unwrap_err();
            assert_eq!(Fault::from(made).code, code);
            let request = ResidentRequest {
                resident: ann.id().to_bytes(),
            };
            let export = world.desk.export(by.request(request.clone())).await;
            assert_eq!(Fault::from(export.unwrap_err()).code, code);
            let erase = world.desk.erase(by.request(request)).await;
            assert_eq!(Fault::from(erase.unwrap_err()).code, code);
        }
        let visitor = visitor(1);
        let first = ListStatementsRequest {
            first: 1,
            ..Default::default()
        };
        let none = [
            world
                .desk
                .list_statements(visitor.request(first))
                .await
                .err(),
            world
                .desk
                .list_views(visitor.request(ListViewsRequest {}))
                .await
                .err(),
            world
                .desk
                .get_statement(visitor.request(StatementRequest {
                    statement: vec![1; 15].into(),
                }))
                .await
                .err(),
        ];
        let codes = none.map(|status| Fault::from(status.unwrap()).code);
        assert_eq!(codes, ["UNAUTHENTICATED", "UNAUTHENTICATED", "INVALID_ID"]);
        let log = ListDecisionsRequest {
            neighbourhood: world.here.to_bytes(),
            first: 51,
            ..Default::default()
        };
        let log = world.desk.list_decisions(visitor.request(log)).await;
        assert_eq!(Fault::from(log.unwrap_err()).code, "FIRST_OUT_OF_RANGE");
    }
}
