//! People are told that there is something to read: once, where they asked, and without a word of it.

use bus::{Envelope, Hear};
use bytes::Bytes;
use contract::common::{Occasion, ResidentRequest};
use contract::events::Notified;
use contract::events::envelope::Body;
use contract::identity::identity_server::Identity as _;
use contract::identity::{
    ChangeLocaleRequest, EraseRequest, KeepReplyAddressRequest, keep_reply_address_reply,
};
use contract::{Caller, Fault, FaultKind, Locale};
use runtime::Tasks;

use crate::desk::{Desk, Letter, Member, PASSWORD, codes, visitor};
use crate::mailing::{Server, posting};

/// A statement as moderation tells of it.
async fn tell(desk: &Desk, statement: [u8; 16], notified: Notified) {
    let event = Envelope {
        stream: "moderation".into(),
        offset: 1,
        subject: Bytes::copy_from_slice(&statement),
        version: 1,
        neighbourhood: Bytes::from_static(&[1; 16]),
        body: Some(Body::Notified(notified)),
    };
    desk.identity.hear(&event).await.unwrap();
}

async fn tell_resident(desk: &Desk, statement: [u8; 16], member: &Member, occasion: Occasion) {
    let notified = Notified {
        resident: member.viewer.resident.clone(),
        reply_to: Bytes::new(),
        occasion: occasion.into(),
    };
    tell(desk, statement, notified).await;
}

/// That a report was decided.
pub async fn tell_visitor(desk: &Desk, statement: [u8; 16], reply_to: &Bytes) {
    let notified = Notified {
        resident: Bytes::new(),
        reply_to: reply_to.clone(),
        occasion: Occasion::ReportDecided.into(),
    };
    tell(desk, statement, notified).await;
}

/// Gives a reply address as a visitor.
async fn keep(
    desk: &Desk,
    caller: Caller,
    email: &str,
    key: &[u8],
) -> Result<keep_reply_address_reply::Outcome, Fault> {
    let request = KeepReplyAddressRequest {
        email: email.into(),
        client_key: Bytes::copy_from_slice(key),
    };
    let reply = desk
        .identity
        .keep_reply_address(caller.request(request))
        .await?;
    Ok(reply.into_inner().outcome.unwrap())
}

/// Under what a reply address is kept.
pub async fn kept(desk: &Desk, email: &str, key: &[u8]) -> Bytes {
    let outcome = keep(desk, visitor(1), email, key).await.unwrap();
    let keep_reply_address_reply::Outcome::Kept(kept) = outcome else {
        panic!("not kept: {outcome:?}")
    };
    assert_eq!(kept.reply_to.len(), 16);
    kept.reply_to
}

fn subject(letter: &Letter) -> String {
    let mut lines = letter.raw.lines();
    let subject = lines.find_map(|line| line.strip_prefix("Subject: "));
    subject.unwrap().to_owned()
}

#[tokio::test]
async fn a_resident_is_mailed_once_for_each_statement_in_the_language_of_the_account() {
    for desk in Desk::each().await {
        let (_, anna) = desk.founder("anna@example.org", "Mésange").await;
        tell_resident(&desk, [1; 16], &anna, Occasion::Decision).await;
        tell_resident(&desk, [1; 16], &anna, Occasion::Decision).await;
        let mails = desk.mails().await;
        assert_eq!(mails.len(), 1, "told twice, mailed once");
        assert!(mails[0].is_to("anna@example.org"));
        assert_eq!(subject(&mails[0]), "A decision about what you wrote");
        let link = "https://board.example/me/statements\r\n";
        assert!(mails[0].text.contains(link), "{}", mails[0].text);
        tell_resident(&desk, [1; 16], &anna, Occasion::Decision).await;
        assert!(desk.mails().await.is_empty(), "nor after it was sent");

        let french = ChangeLocaleRequest {
            locale: "fr".into(),
        };
        let request = anna.caller.request(french);
        desk.identity.change_locale(request).await.unwrap();
        for (number, occasion) in [
            (2, Occasion::AppealDecided),
            (3, Occasion::ReportDecided),
            (4, Occasion::Lapsed),
        ] {
            tell_resident(&desk, [number; 16], &anna, occasion).await;
        }
        let mails = desk.mails().await;
        assert_eq!(mails.len(), 3);
        assert!(mails.iter().all(|mail| mail.text.contains("Bonjour,")));
        assert!(mails.iter().any(|mail| mail.text.contains("votre recours")));
    }
}

#[tokio::test]
async fn who_was_erased_is_told_nothing_more() {
    for desk in Desk::each().await {
        let (_, anna) = desk.founder("anna@example.org", "Mésange").await;
        tell_resident(&desk, [1; 16], &anna, Occasion::Decision).await;
        let request = EraseRequest {
            resident: anna.viewer.resident.clone(),
            password: PASSWORD.into(),
        };
        let request = anna.caller.request(request);
        desk.identity.erase(request).await.unwrap();
        assert_eq!(desk.count("mail").await, 0, "what waits goes too");
        tell_resident(&desk, [1; 16], &anna, Occasion::Decision).await;
        tell_resident(&desk, [2; 16], &anna, Occasion::Lapsed).await;
        assert_eq!(desk.count("mail").await, 0);
        assert!(desk.mails().await.is_empty());
    }
}

#[tokio::test]
async fn a_visitor_is_told_by_smtp_where_the_statement_is_as_often_as_there_is_one() {
    for desk in Desk::each().await {
        let tasks = Tasks::new();
        let (server, address) = Server::open(&tasks).await;
        let posting = posting(&desk, &address);
        let reply_to = kept(&desk, "Cleo@example.org", &[3; 16]).await;
        tell_visitor(&desk, [7; 16], &reply_to).await;
        tell_visitor(&desk, [7; 16], &reply_to).await;
        assert_eq!(posting.deliver_mail().await.unwrap().sent, 1);
        tell_visitor(&desk, [8; 16], &reply_to).await;
        assert_eq!(
            posting.deliver_mail().await.unwrap().sent,
            1,
            "an appeal too"
        );
        let received = server.received();
        assert_eq!(received.len(), 2);
        assert!(received[0].contains("To: Cleo@example.org\r\n"));
        assert!(received[0].contains("Subject: A decision about your report"));
        let link = "https://board.example/statement/dAcHBwcHBwcHBwcHBwcHBwc";
        let text = received[0].replace("=\r\n", "");
        assert!(text.contains(link), "{text}");
        assert!(!received[1].contains("/me/statements"));
        drop(posting);
        tasks.stop().await;
    }
}

#[tokio::test]
async fn a_visitor_is_written_to_in_the_language_in_which_they_reported() {
    for desk in Desk::each().await {
        let caller = Caller::Visitor {
            locale: Locale::French,
            origin: vec![1; 16],
        };
        let outcome = keep(&desk, caller, "cleo@example.org", &[3; 16]).await;
        let Ok(keep_reply_address_reply::Outcome::Kept(kept)) = outcome else {
            panic!("{outcome:?}")
        };
        tell_visitor(&desk, [7; 16], &kept.reply_to).await;
        assert!(desk.mails().await[0].text.contains("vous avez signalé"));
        tell_visitor(&desk, [8; 16], &Bytes::from_static(&[9; 16])).await;
        assert!(desk.mails().await.is_empty(), "to an address nobody gave");
    }
}

#[tokio::test]
async fn a_reply_address_is_kept_once_for_a_report_and_not_linked_to_another() {
    for desk in Desk::each().await {
        let first = kept(&desk, "cleo@example.org", &[3; 16]).await;
        let again = kept(&desk, "Cleo@EXAMPLE.org", &[3; 16]).await;
        assert_eq!(first, again, "a second try");
        assert_eq!(desk.count("reply_address").await, 1);
        let other = kept(&desk, "cleo@example.org", &[4; 16]).await;
        assert_ne!(first, other);
        let elsewhere = kept(&desk, "dan@example.org", &[3; 16]).await;
        assert_ne!(first, elsewhere);
        assert_eq!(desk.count("reply_address").await, 3);
    }
}

#[tokio::test]
async fn an_address_that_no_key_opens_keeps_back_nobody_elses_mail() {
    for desk in Desk::each().await {
        let lost = kept(&desk, "cleo@example.org", &[3; 16]).await;
        desk.sql("UPDATE reply_address SET address_key = 'another'")
            .await;
        let other = kept(&desk, "dan@example.org", &[4; 16]).await;
        tell_visitor(&desk, [7; 16], &lost).await;
        tell_visitor(&desk, [8; 16], &other).await;
        let mails = desk.mails().await;
        assert_eq!(mails.len(), 1);
        assert!(mails[0].is_to("dan@example.org"));
    }
}

/// A decision and an appeal about it: from the day something was told the time begins anew.
#[tokio::test]
async fn a_reply_address_goes_when_no_appeal_can_come_any_more() {
    for desk in Desk::each().await {
        let waits = kept(&desk, "cleo@example.org", &[3; 16]).await;
        kept(&desk, "dan@example.org", &[4; 16]).await;
        desk.pass_days(200);
        tell_visitor(&desk, [7; 16], &waits).await;
        desk.pass_days(10);
        desk.identity.sweep().await.unwrap();
        assert_eq!(desk.count("reply_address").await, 2, "on the last day");
        desk.pass_days(1);
        desk.identity.sweep().await.unwrap();
        assert_eq!(desk.count("reply_address").await, 1, "nothing was told");
        desk.pass_days(183 + 1 + 14 - 11);
        desk.identity.sweep().await.unwrap();
        tell_visitor(&desk, [8; 16], &waits).await;
        assert_eq!(desk.count("mail").await, 1, "the appeal's end is told");
        desk.pass_days(211);
        desk.identity.sweep().await.unwrap();
        assert_eq!(desk.count("reply_address").await, 0);
        tell_visitor(&desk, [9; 16], &waits).await;
        assert_eq!(desk.count("mail").await, 0);
    }
}

#[tokio::test]
async fn what_is_no_address_or_no_key_and_too_many_are_refused() {
    let desk = Desk::sqlite().await;
    for wrong in ["", "cleo", "cleo@localhost", "a\nb@example.org"] {
        let outcome = keep(&desk, visitor(1), wrong, &[3; 16]).await.unwrap();
        let keep_reply_address_reply::Outcome::Refused(refused) = outcome else {
            panic!("{wrong}: {outcome:?}")
        };
        assert_eq!(codes(&refused), "EMAIL_INVALID");
    }
    for key in [&[3_u8; 15][..], &[3; 65], &[]] {
        let fault = keep(&desk, visitor(1), "cleo@example.org", key).await;
        assert_eq!(fault.unwrap_err().code, "INVALID_CLIENT_KEY");
    }
    let (_, anna) = desk.founder("anna@example.org", "Mésange").await;
    for caller in [anna.caller.clone(), Caller::Operator, Caller::Role] {
        let fault = keep(&desk, caller, "cleo@example.org", &[3; 16]).await;
        assert_eq!(fault.unwrap_err().kind, FaultKind::Forbidden);
    }
    for number in 0..20_u8 {
        let email = format!("cleo{number}@example.org");
        kept(&desk, &email, &[3; 16]).await;
        kept(&desk, &email, &[3; 16]).await;
    }
    let limited = |outcome| match outcome {
        Ok(keep_reply_address_reply::Outcome::Limited(limited)) => limited.limit,
        other => panic!("{other:?}"),
    };
    let outcome = keep(&desk, visitor(1), "one.more@example.org", &[3; 16]).await;
    assert_eq!(limited(outcome), "REPLY_ADDRESSES", "from here");
    for number in 0..20_u8 {
        let caller = visitor(100 + number);
        keep(&desk, caller, "dan@example.org", &[number; 16])
            .await
            .unwrap();
    }
    let outcome = keep(&desk, visitor(200), "dan@example.org", &[99; 16]).await;
    assert_eq!(limited(outcome), "REPLY_ADDRESSES", "to one mailbox");
    assert_eq!(desk.count("reply_address").await, 40);
}

/// Nothing about an account tells of reports made without it.
#[tokio::test]
async fn an_export_knows_no_reply_address() {
    let desk = Desk::sqlite().await;
    let (_, anna) = desk.founder("anna@example.org", "Mésange").await;
    let kept = kept(&desk, "anna@example.org", &[3; 16]).await;
    let request = ResidentRequest {
        resident: anna.viewer.resident.clone(),
    };
    let request = anna.caller.request(request);
    let parts = desk.identity.export(request).await.unwrap().into_inner();
    for part in parts.parts {
        let text = String::from_utf8(part.json.to_vec()).unwrap();
        assert!(!text.contains(&hex::encode(&kept)) && !text.contains("reply"));
    }
}
