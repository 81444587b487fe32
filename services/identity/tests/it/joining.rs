//! Joining without anybody's code: by two vouches.

use contract::identity::identity_server::Identity as _;
use contract::identity::{
    AskForVouchesRequest, EraseRequest, Joining, ListVouchesRequest, Neighbourhood, SignUpRequest,
    TakeBackVouchRequest, VouchRequest, Vouching, WithdrawJoiningRequest, ask_for_vouches_reply,
    read_vouching_reply, vouch_reply,
};
use contract::{Fault, FaultKind, Standing, common};
use futures_util::FutureExt;
use futures_util::future::join_all;

use crate::desk::{Desk, Member, PASSWORD, codes, tiles, visitor};

/// A board of two neighbourhoods: in one live three founders of a month, in the other somebody who would move.
pub struct Street {
    pub place: Neighbourhood,
    pub members: Vec<Member>,
    pub asker: Member,
}

impl Street {
    pub async fn of(desk: &Desk) -> Self {
        let place = desk.neighbourhood("le-verger").await;
        let mut members = Vec::new();
        for name in ["Merle", "Huppe", "Pinson"] {
            let code = desk.code(&place, 1, true).await;
            let email = format!("{}@example.org", name.to_lowercase());
            members.push(desk.join(&email, &code, name).await);
        }
        desk.pass_days(30);
        let other = desk.neighbourhood("la-butte").await;
        let code = desk.code(&other, 1, true).await;
        let asker = desk.join("anna@example.org", &code, "Lilas").await;
        Self {
            place,
            members,
            asker,
        }
    }
}

pub async fn ask(
    desk: &Desk,
    who: &Member,
    place: &Neighbourhood,
    name: &str,
) -> Result<String, String> {
    let request = AskForVouchesRequest {
        neighbourhood: place.id.clone(),
        pseudonym: name.into(),
        home_place: Some(tiles(place)[0]),
    };
    let request = who.caller.request(request);
    let reply = desk.identity.ask_for_vouches(request).await.unwrap();
    match reply.into_inner().outcome.unwrap() {
        ask_for_vouches_reply::Outcome::Asked(asked) => Ok(asked.code),
        ask_for_vouches_reply::Outcome::Refused(refused) => Err(codes(&refused)),
        ask_for_vouches_reply::Outcome::Limited(limited) => Err(limited.limit),
    }
}

pub async fn vouch(
    desk: &Desk,
    who: &Member,
    place: &Neighbourhood,
    code: &str,
) -> Result<u32, String> {
    let request = VouchRequest {
        neighbourhood: place.id.clone(),
        code: code.into(),
    };
    let reply = desk.identity.vouch(who.caller.request(request)).await;
    match reply.unwrap().into_inner().outcome.unwrap() {
        vouch_reply::Outcome::Vouched(vouching) => Ok(vouching.vouches),
        vouch_reply::Outcome::Refused(refused) => Err(codes(&refused)),
        vouch_reply::Outcome::Limited(limited) => Err(limited.limit),
    }
}

async fn shown(
    desk: &Desk,
    who: &Member,
    place: &Neighbourhood,
    code: &str,
) -> Result<Vouching, String> {
    let request = VouchRequest {
        neighbourhood: place.id.clone(),
        code: code.into(),
    };
    let reply = desk.identity.read_vouching(who.caller.request(request));
    match reply.await.unwrap().into_inner().outcome.unwrap() {
        read_vouching_reply::Outcome::Asks(vouching) => Ok(vouching),
        read_vouching_reply::Outcome::Refused(refused) => Err(codes(&refused)),
        read_vouching_reply::Outcome::Limited(limited) => Err(limited.limit),
    }
}

async fn vouched(desk: &Desk, who: &Member, place: &Neighbourhood) -> Vec<Vouching> {
    let request = ListVouchesRequest {
        neighbourhood: place.id.clone(),
    };
    let request = who.caller.request(request);
    let reply = desk.identity.list_vouches(request).await.unwrap();
    reply.into_inner().vouched
}

async fn take_back(
    desk: &Desk,
    who: &Member,
    place: &Neighbourhood,
    vouching: &Vouching,
) -> Result<(), FaultKind> {
    let request = TakeBackVouchRequest {
        neighbourhood: place.id.clone(),
        vouching: vouching.id.clone(),
    };
    let request = who.caller.request(request);
    let done = desk.identity.take_back_vouch(request).await;
    done.map(drop).map_err(|status| Fault::from(status).kind)
}

pub async fn joining(desk: &Desk, who: &Member) -> Joining {
    let request = who.caller.request(common::Empty {});
    desk.identity
        .list_joining(request)
        .await
        .unwrap()
        .into_inner()
}

pub async fn withdraw(desk: &Desk, who: &Member, place: &Neighbourhood) {
    let request = WithdrawJoiningRequest {
        neighbourhood: place.id.clone(),
    };
    let request = who.caller.request(request);
    desk.identity.withdraw_joining(request).await.unwrap();
}

/// The standings of somebody, freshly signed.
pub async fn standings(desk: &Desk, who: &Member) -> Vec<Standing> {
    let request = contract::identity::AuthenticateRequest {
        session_token: who.token.clone(),
    };
    let request = visitor(1).request(request);
    let viewer = desk.identity.authenticate(request).await.unwrap();
    let viewer = viewer.into_inner();
    let standings = viewer.memberships.iter();
    standings
        .map(|of| Standing::read(of.standing.as_ref().unwrap()).unwrap())
        .collect()
}

#[tokio::test]
async fn two_members_of_thirty_days_make_a_member_who_is_told() {
    for desk in Desk::each().await {
        let street = Street::of(&desk).await;
        let (place, asker) = (&street.place, &street.asker);
        let [merle, huppe, pinson] = &street.members[..] else {
            panic!()
        };
        let code = ask(&desk, asker, place, "Pervenche").await.unwrap();
        assert_eq!(code.len(), 13);
        let asks = shown(&desk, merle, place, &code).await.unwrap();
        assert_eq!((asks.pseudonym.as_str(), asks.vouches), ("Pervenche", 0));
        assert_eq!(vouch(&desk, merle, place, &code).await, Ok(1));
        assert_eq!(
            vouch(&desk, merle, place, &code).await,
            Err("ALREADY_VOUCHED".into())
        );
        assert_eq!(joining(&desk, asker).await.vouches[0].vouches, 1);
        assert_eq!(standings(&desk, asker).await.len(), 1, "one is not enough");
        assert_eq!(vouched(&desk, merle, place).await.len(), 1);
        let mut signals = desk.bus.listen(bus::Topic::Resident(asker.resident()));
        desk.mails().await;
        assert_eq!(vouch(&desk, huppe, place, &code).await, Ok(2));
        assert!(signals.next().now_or_never().is_some());
        let mails = desk.mails().await;
        assert!(mails[0].is_to("anna@example.org") && mails[0].text.contains("Le Verger"));
        let mine = standings(&desk, asker).await;
        let here = mine.iter().find(|of| of.pseudonym == "Pervenche").unwrap();
        assert!(!here.founder && !here.moderator);
        assert_eq!(here.home.to_i64(), tiles(place)[0]);
        assert_eq!(
            desk.count("membership WHERE method = 'vouches' AND inviter_hash IS NOT NULL AND second_hash IS NOT NULL").await,
            1
        );
        assert_eq!(
            vouch(&desk, pinson, place, &code).await,
            Err("CODE_UNKNOWN".into()),
            "it is over"
        );
        for table in ["vouching", "vouch"] {
            assert_eq!(desk.count(table).await, 0, "{table}");
        }
        assert!(joining(&desk, asker).await.vouches.is_empty());
        desk.pass_days(366);
        desk.identity.sweep().await.unwrap();
        assert_eq!(
            desk.count("membership WHERE inviter_hash IS NOT NULL OR second_hash IS NOT NULL")
                .await,
            0,
            "a year later nobody knows who vouched"
        );
    }
}

#[tokio::test]
async fn of_many_who_vouch_at_once_two_count_and_one_becomes_a_member_once() {
    for desk in Desk::each().await {
        let street = Street::of(&desk).await;
        let place = &street.place;
        let code = ask(&desk, &street.asker, place, "Pervenche").await.unwrap();
        let at_once = street
            .members
            .iter()
            .flat_map(|member| [member, member])
            .map(|member| vouch(&desk, member, place, &code));
        let done = join_all(at_once).await;
        let mut counted: Vec<u32> = done.iter().filter_map(|done| done.clone().ok()).collect();
        counted.sort_unstable();
        assert_eq!(counted, [1, 2], "{done:?}");
        assert_eq!(desk.count("membership WHERE method = 'vouches'").await, 1);
        assert_eq!(desk.count("vouch").await, 0);
    }
}

#[tokio::test]
async fn who_is_new_suspended_or_elsewhere_does_not_vouch() {
    for desk in Desk::each().await {
        let street = Street::of(&desk).await;
        let place = &street.place;
        let code = desk.code(place, 1, true).await;
        let new = desk.join("new@example.org", &code, "Crocus").await;
        let code = ask(&desk, &street.asker, place, "Pervenche").await.unwrap();
        let too_new = Err("MEMBER_TOO_NEW".to_owned());
        assert_eq!(vouch(&desk, &new, place, &code).await, too_new, "a founder");
        let refused = shown(&desk, &new, place, &code).await.unwrap_err();
        assert_eq!(refused, "MEMBER_TOO_NEW");
        let until_ms = desk.now_ms() + 1_000;
        desk.sql(&format!(
            "INSERT INTO restraint SELECT neighbourhood, resident, {until_ms}, 1 FROM membership WHERE pseudonym = 'Merle'"
        ))
        .await;
        let merle = &street.members[0];
        assert_eq!(
            vouch(&desk, merle, place, &code).await,
            Err("SUSPENDED".into())
        );
        let request = VouchRequest {
            neighbourhood: place.id.clone(),
            code,
        };
        let elsewhere = desk
            .identity
            .vouch(street.asker.caller.request(request))
            .await;
        assert_eq!(
            Fault::from(elsewhere.unwrap_err()).kind,
            FaultKind::NotFound,
            "who asks vouches neither"
        );
        assert_eq!(desk.count("vouch").await, 0);
    }
}

#[tokio::test]
async fn a_vouch_is_taken_back_before_the_second() {
    for desk in Desk::each().await {
        let street = Street::of(&desk).await;
        let place = &street.place;
        let [merle, huppe, pinson] = &street.members[..] else {
            panic!()
        };
        let code = ask(&desk, &street.asker, place, "Pervenche").await.unwrap();
        vouch(&desk, merle, place, &code).await.unwrap();
        let mine = &vouched(&desk, merle, place).await[0];
        assert_eq!(
            take_back(&desk, huppe, place, mine).await,
            Err(FaultKind::NotFound)
        );
        assert_eq!(take_back(&desk, merle, place, mine).await, Ok(()));
        assert_eq!(
            take_back(&desk, merle, place, mine).await,
            Err(FaultKind::NotFound)
        );
        assert_eq!(vouch(&desk, huppe, place, &code).await, Ok(1));
        assert_eq!(desk.count("membership WHERE method = 'vouches'").await, 0);
        assert_eq!(vouch(&desk, pinson, place, &code).await, Ok(2));
        assert_eq!(
            take_back(&desk, huppe, place, mine).await,
            Err(FaultKind::NotFound),
            "a member is questioned, not taken back"
        );
    }
}

#[tokio::test]
async fn an_asking_ends_after_two_weeks_is_one_at_a_time_and_holds_its_name() {
    for desk in Desk::each().await {
        let street = Street::of(&desk).await;
        let (place, asker) = (&street.place, &street.asker);
        assert_eq!(
            ask(&desk, asker, place, "Merle").await,
            Err("PSEUDONYM_TAKEN".into())
        );
        assert_eq!(
            ask(&desk, &street.members[0], place, "Autre").await,
            Err("ALREADY_MEMBER".into())
        );
        let code = ask(&desk, asker, place, "Pervenche").await.unwrap();
        assert_eq!(
            ask(&desk, asker, place, "Bleuet").await,
            Err("VOUCHING_OPEN".into())
        );
        let invite = desk.code(place, 2, false).await;
        let taken = desk.sign_up("new@example.org", &invite, "Pervenche").await;
        assert_eq!(crate::desk::refusal(taken), "PSEUDONYM_TAKEN");
        desk.pass_days(14);
        let merle = &street.members[0];
        assert_eq!(
            vouch(&desk, merle, place, &code).await,
            Err("CODE_UNKNOWN".into())
        );
        assert!(joining(&desk, asker).await.vouches.is_empty());
        desk.identity.sweep().await.unwrap();
        assert_eq!(desk.count("vouching").await, 0);
        let free = desk.sign_up("new@example.org", &invite, "Pervenche").await;
        assert_eq!(crate::desk::refusal(free), "MAILED");

        ask(&desk, asker, place, "Bleuet").await.unwrap();
        withdraw(&desk, asker, place).await;
        withdraw(&desk, asker, place).await;
        ask(&desk, asker, place, "Bleuet").await.unwrap();
        withdraw(&desk, asker, place).await;
        ask(&desk, asker, place, "Bleuet").await.unwrap();
        withdraw(&desk, asker, place).await;
        assert_eq!(
            ask(&desk, asker, place, "Bleuet").await,
            Err("VOUCHINGS".into())
        );
        assert_eq!(desk.count("pseudonym WHERE folded = 'bleuet'").await, 0);
    }
}

#[tokio::test]
async fn a_member_vouches_twice_a_month_and_guesses_no_codes() {
    for desk in Desk::each().await {
        let street = Street::of(&desk).await;
        let place = &street.place;
        let other = desk.neighbourhood("le-port").await;
        let merle = &street.members[0];
        for (number, expected) in [(0, Ok(1)), (1, Ok(1)), (2, Err("VOUCHES".to_owned()))] {
            let code = desk.code(&other, 1, true).await;
            let name = ["Crocus", "Bleuet", "Muguet"][number];
            let who = desk
                .join(&format!("{number}@example.org"), &code, name)
                .await;
            let code = ask(&desk, &who, place, name).await.unwrap();
            assert_eq!(vouch(&desk, merle, place, &code).await, expected);
        }
        assert_eq!(
            desk.count("vouch").await,
            2,
            "what is too often is not kept"
        );
        let wrong = Err("CODE_UNKNOWN".to_owned());
        for _ in 0..10 {
            assert_eq!(vouch(&desk, merle, place, "0000-0000-000").await, wrong);
        }
        assert_eq!(
            vouch(&desk, merle, place, "0000-0000-000").await,
            Err("CODES".into())
        );
    }
}

/// Who joins by another way meanwhile is asked for no more, and who vouched and is gone counts no more.
#[tokio::test]
async fn joining_otherwise_ends_an_asking_and_an_erasure_takes_a_vouch_with_it() {
    for desk in Desk::each().await {
        let street = Street::of(&desk).await;
        let (place, asker) = (&street.place, &street.asker);
        let [merle, huppe, _] = &street.members[..] else {
            panic!()
        };
        let code = ask(&desk, asker, place, "Pervenche").await.unwrap();
        vouch(&desk, merle, place, &code).await.unwrap();
        let request = EraseRequest {
            resident: merle.viewer.resident.clone(),
            password: PASSWORD.into(),
        };
        let request = merle.caller.request(request);
        desk.identity.erase(request).await.unwrap();
        assert_eq!(desk.count("vouch").await, 0);
        assert_eq!(vouch(&desk, huppe, place, &code).await, Ok(1));

        let invite = desk.code(place, 1, false).await;
        let request = contract::identity::JoinRequest {
            code: invite,
            pseudonym: "Bleuet".into(),
            home_place: None,
        };
        let request = asker.caller.request(request);
        desk.identity.join(request).await.unwrap();
        for table in ["vouching", "vouch", "pseudonym WHERE folded = 'pervenche'"] {
            assert_eq!(desk.count(table).await, 0, "{table}");
        }
    }
}

/// Somebody without a code makes an account that is a member nowhere, and joins by two vouches.
#[tokio::test]
async fn an_account_without_a_code_is_a_member_nowhere_until_two_vouch() {
    for desk in Desk::each().await {
        let street = Street::of(&desk).await;
        let place = &street.place;
        let apply = |email: &str, pseudonym: &str| SignUpRequest {
            email: email.into(),
            password: PASSWORD.into(),
            code: None,
            pseudonym: pseudonym.into(),
            home_place: None,
        };
        for email in ["neu@example.org", "merle@example.org"] {
            let outcome = desk.apply(apply(email, "ignored")).await;
            assert_eq!(crate::desk::refusal(outcome), "MAILED", "alike");
        }
        let weak = SignUpRequest {
            password: "short".into(),
            ..apply("x", "")
        };
        assert_eq!(
            crate::desk::refusal(desk.apply(weak).await),
            "EMAIL_INVALID WEAK_PASSWORD"
        );
        let mails = desk.mails().await;
        let to = |email: &str| mails.iter().find(|mail| mail.is_to(email)).unwrap();
        let known = &to("merle@example.org").text;
        assert!(known.contains("has an account already") && !known.contains("#token="));
        let token = to("neu@example.org").token();
        let new = crate::desk::signed_in(desk.confirm(&token).await);
        assert!(new.viewer.memberships.is_empty());
        assert_eq!(
            crate::desk::refusal_in(desk.confirm(&token).await),
            "TOKEN_UNKNOWN"
        );
        assert_eq!(
            desk.count("pseudonym WHERE folded = 'ignored'").await,
            0,
            "no name is taken"
        );
        let code = ask(&desk, &new, place, "Pervenche").await.unwrap();
        for member in &street.members[..2] {
            vouch(&desk, member, place, &code).await.unwrap();
        }
        assert_eq!(standings(&desk, &new).await[0].pseudonym, "Pervenche");

        desk.mails().await;
        desk.apply(apply("never@example.org", "")).await;
        desk.pass_days(1);
        desk.identity.sweep().await.unwrap();
        for table in ["sign_up", "mail"] {
            assert_eq!(desk.count(table).await, 0, "{table}");
        }
    }
}
