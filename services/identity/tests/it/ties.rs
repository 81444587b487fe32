//! Whoever moderates leaves it to others to decide about whom they stood by, and who stood by them; where there are others.

use contract::FaultKind;
use contract::identity::identity_server::Identity as _;
use contract::identity::{ListLeftToOthersRequest, Neighbourhood};
use contract::{Fault, ResidentId};

use crate::desk::{Desk, Member};
use crate::postcards::appoint;

async fn left(
    desk: &Desk,
    who: &Member,
    place: &Neighbourhood,
    about: &[&Member],
) -> Result<Vec<ResidentId>, FaultKind> {
    let request = ListLeftToOthersRequest {
        neighbourhood: place.id.clone(),
        residents: about
            .iter()
            .map(|member| member.resident().to_bytes())
            .collect(),
    };
    let reply = desk
        .identity
        .list_left_to_others(who.caller.request(request));
    let reply = reply.await.map_err(|status| Fault::from(status).kind)?;
    let residents = reply.into_inner().residents.into_iter();
    Ok(residents
        .map(|id| ResidentId::from_bytes(&id).unwrap())
        .collect())
}

#[tokio::test]
async fn who_invited_somebody_leaves_them_to_another_moderator_and_the_other_way_round() {
    for desk in Desk::each().await {
        let (place, merle) = desk.founder("merle@example.org", "Merle").await;
        let code = desk.invite(&merle.caller, &place, 1, false).await.unwrap();
        let guest = desk.join("guest@example.org", &code, "Pinson").await;
        let code = desk.code(&place, 1, true).await;
        let stranger = desk.join("huppe@example.org", &code, "Huppe").await;
        appoint(&desk, &place, "merle@example.org").await;
        let everybody = [&merle, &guest, &stranger];
        let none = left(&desk, &merle, &place, &everybody).await;
        assert_eq!(none, Ok(vec![]), "nobody else could decide");

        appoint(&desk, &place, "huppe@example.org").await;
        let mine = left(&desk, &merle, &place, &everybody).await;
        assert_eq!(mine, Ok(vec![guest.resident()]));
        assert_eq!(left(&desk, &stranger, &place, &everybody).await, Ok(vec![]));
        appoint(&desk, &place, "guest@example.org").await;
        let theirs = left(&desk, &guest, &place, &everybody).await;
        assert_eq!(theirs, Ok(vec![merle.resident()]));
        let about_nobody_else = left(&desk, &merle, &place, &[&stranger]).await;
        assert_eq!(about_nobody_else, Ok(vec![]));

        let elsewhere = desk.neighbourhood("la-butte").await;
        let there = left(&desk, &merle, &elsewhere, &[&guest]).await;
        assert_eq!(there, Err(FaultKind::NotFound));
    }
}
