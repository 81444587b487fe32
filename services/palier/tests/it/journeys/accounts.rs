//! Codes, passwords, sessions.

use std::io::{Cursor, Read};

use runtime::DAY_MS;
use serde_json::{Value, json};
use zip::ZipArchive;

use crate::harness::client::client_key;
use crate::harness::pictures::telling_jpeg;
use crate::harness::{Board, Client, PASSWORD, email};

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_an_expired_and_a_used_up_code_read_alike() {
    for board in Board::each().await {
        let ann = board.founder("Mésange").await;
        let input = json!({ "neighbourhood": ann.neighbourhood().await, "uses": 1, "days": 2 });
        let made = ann
            .mutate(
                "createInvite",
                "CreateInviteInput",
                input,
                "... on InviteCreated { code }",
            )
            .await;
        let code = made["code"].as_str().unwrap_or_else(|| panic!("{made}"));
        let client = board.client();
        assert_eq!(
            client
                .sign_up(&email("Un"), PASSWORD, code, "Pivoine")
                .await["__typename"],
            "MailSent"
        );
        let mut answers = Vec::new();
        for (code, wait_ms) in [
            (code, 0),
            ("ZZZZ-ZZZZ-ZZZ", 0),
            (board.code(true).await.as_str(), 31 * DAY_MS),
        ] {
            board.pass(wait_ms);
            let answer = client
                .sign_up(&email("Deux"), PASSWORD, code, "Tulipe")
                .await;
            assert_eq!(answer["reasons"][0]["code"], "CODE_UNKNOWN", "{answer}");
            answers.push(answer.to_string());
        }
        answers.dedup();
        assert_eq!(answers.len(), 1);
        board.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_tells_whether_an_address_is_known() {
    let board = Board::sqlite().await;
    board.founder("Mésange").await;
    board.mails().await;
    let client = board.client();
    let known = client
        .sign_up(
            &email("Mésange"),
            PASSWORD,
            &board.code(true).await,
            "Pivoine",
        )
        .await;
    let unknown = client
        .sign_up(
            &email("Inconnue"),
            PASSWORD,
            &board.code(true).await,
            "Tulipe",
        )
        .await;
    assert_eq!(known.to_string(), unknown.to_string());
    let mails = board.mails().await;
    assert_eq!(
        mails.len(),
        2,
        "the owner of a known address gets a mail too"
    );
    let wrong = |email: String| json!({ "email": email, "password": "not the password, really" });
    let fields = "... on SignInRefused { reasons { code message } }";
    let known = client
        .mutate("signIn", "SignInInput", wrong(email("Mésange")), fields)
        .await;
    let unknown = client
        .mutate("signIn", "SignInInput", wrong(email("Personne")), fields)
        .await;
    assert_eq!(known.to_string(), unknown.to_string());
    let recovery = |email: String| json!({ "email": email });
    let known = client
        .mutate(
            "requestRecovery",
            "RequestRecoveryInput",
            recovery(email("Mésange")),
            "",
        )
        .await;
    let unknown = client
        .mutate(
            "requestRecovery",
            "RequestRecoveryInput",
            recovery(email("Personne")),
            "",
        )
        .await;
    assert_eq!(known.to_string(), unknown.to_string());
    board.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_weak_password_is_refused_with_a_remedy() {
    let board = Board::sqlite().await;
    let client = board.client();
    let answer = client
        .sign_up(
            &email("Un"),
            "motdepasse123",
            &board.code(true).await,
            "Pivoine",
        )
        .await;
    assert_eq!(answer["reasons"][0]["code"], "WEAK_PASSWORD", "{answer}");
    assert!(answer["reasons"][0]["message"].as_str().unwrap().len() > 20);
    board.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn recovering_a_password_ends_every_other_session() {
    for board in Board::each().await {
        let phone = board.founder("Mésange").await;
        let laptop = board.client();
        assert_eq!(
            laptop.sign_in(&email("Mésange")).await["__typename"],
            "SignedIn"
        );
        board.mails().await;
        let lost = board.client();
        lost.mutate(
            "requestRecovery",
            "RequestRecoveryInput",
            json!({ "email": email("Mésange") }),
            "",
        )
        .await;
        let token = board.mailed_token().await;
        let input = json!({ "token": token, "password": "another quiet lighthouse" });
        let fields = "... on SignInRefused { reasons { code } }";
        let back = lost
            .mutate(
                "recoverPassword",
                "RecoverPasswordInput",
                input.clone(),
                fields,
            )
            .await;
        assert_eq!(back["__typename"], "SignedIn", "{back}");
        let viewer = |client: Client| async move {
            client.data("{ viewer { id } }", json!({})).await["viewer"].clone()
        };
        assert_ne!(viewer(lost.clone()).await, Value::Null);
        assert_eq!(viewer(phone).await, Value::Null);
        assert_eq!(viewer(laptop).await, Value::Null);
        let twice = lost
            .mutate("recoverPassword", "RecoverPasswordInput", input, fields)
            .await;
        assert_eq!(twice["reasons"][0]["code"], "TOKEN_UNKNOWN");
        board.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_is_listed_revoked_and_ends_by_itself() {
    let board = Board::sqlite().await;
    let phone = board.founder("Mésange").await;
    board.mails().await;
    let mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_0) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Safari/605.1.15";
    let laptop = Client::on(board.address, mac);
    laptop.sign_in(&email("Mésange")).await;
    assert_eq!(board.mails().await.len(), 1, "a new device is told by mail");
    let list = "{ viewer { sessions { id current } } }";
    let sessions = phone.data(list, json!({})).await["viewer"]["sessions"].clone();
    let other = sessions
        .as_array()
        .unwrap()
        .iter()
        .find(|session| session["current"] == false)
        .unwrap();
    let input = json!({ "session": other["id"] });
    phone
        .mutate("revokeSession", "RevokeSessionInput", input, "")
        .await;
    assert!(laptop.data("{ viewer { id } }", json!({})).await["viewer"].is_null());
    assert!(!phone.data("{ viewer { id } }", json!({})).await["viewer"].is_null());
    board.pass(31 * DAY_MS);
    assert!(
        phone.data("{ viewer { id } }", json!({})).await["viewer"].is_null(),
        "thirty idle days"
    );
    board.close().await;
}

/// A browser holds one session: what it had before is gone, not idle for thirty days.
#[tokio::test(flavor = "multi_thread")]
async fn signing_in_anew_replaces_the_session_of_the_browser() {
    let board = Board::sqlite().await;
    let ann = board.founder("Mésange").await;
    let before = ann.cookie().unwrap();
    assert_eq!(
        ann.sign_in(&email("Mésange")).await["__typename"],
        "SignedIn"
    );
    assert_ne!(ann.cookie().unwrap(), before);
    let list = ann
        .data("{ viewer { sessions { current } } }", json!({}))
        .await;
    assert_eq!(list["viewer"]["sessions"], json!([{ "current": true }]));
    board.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_kept_about_a_resident_is_one_archive_with_the_pictures() {
    for board in Board::each().await {
        let (ann, ben) = (board.founder("Mésange").await, board.founder("Merle").await);
        ben.up("his").await;
        let jpeg = telling_jpeg("PLC-canary-4410");
        let (_, picture) = ann.upload(jpeg, "image/jpeg").await;
        let mut draft = ann.draft("mine").await;
        draft["category"] = "GIVE_LEND".into();
        draft["media"] = json!([picture["id"]]);
        ann.publish(draft).await;
        board.drain().await;

        let export = ann
            .data(
                "mutation { exportMyData { parts { name json } archive } }",
                json!({}),
            )
            .await;
        let export = &export["exportMyData"];
        let path = export["archive"].as_str().unwrap();
        let answer = ann.get(path).await;
        assert_eq!(answer.status(), 200);
        assert_eq!(answer.headers()["content-type"], "application/zip");
        assert_eq!(answer.headers()["cache-control"], "no-store");
        let bytes = answer.bytes().await.unwrap();
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut text = |name: &str| {
            let mut text = String::new();
            let mut file = archive.by_name(name).unwrap();
            file.read_to_string(&mut text).unwrap();
            text
        };
        for part in export["parts"].as_array().unwrap() {
            let name = part["name"].as_str().unwrap();
            assert_eq!(text(name), part["json"].as_str().unwrap(), "{name}");
        }
        let notices = text("posts/notices.json");
        assert!(notices.contains("mine") && !notices.contains("his"));
        let pictures: Value = serde_json::from_str(&text("media/pictures.json")).unwrap();
        let mut jpeg = Vec::new();
        let mut file = archive
            .by_name(pictures[0]["file"].as_str().unwrap())
            .unwrap();
        file.read_to_end(&mut jpeg).unwrap();
        drop(file);
        assert!(jpeg.starts_with(&[0xff, 0xd8]) && jpeg.ends_with(&[0xff, 0xd9]));
        assert_eq!(
            archive.len(),
            export["parts"].as_array().unwrap().len() + 1,
            "one picture, and nothing else"
        );
        assert_eq!(board.client().get(path).await.status(), 401);
        board.close().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn erasure_reaches_notices_answers_and_pictures() {
    for board in Board::each().await {
        let (ann, ben) = (board.founder("Mésange").await, board.founder("Merle").await);
        let (_, picture) = ann
            .upload(telling_jpeg("PLC-canary-4411"), "image/jpeg")
            .await;
        let mut draft = ann.draft("mine").await;
        draft["category"] = "GIVE_LEND".into();
        draft["media"] = json!([picture["id"]]);
        let mine = ann.publish(draft).await;
        assert_eq!(mine["__typename"], "PostPublished", "{mine}");
        let his = ben.up("his").await;
        let input =
            json!({ "clientKey": client_key(), "post": his["id"], "body": "Ask at number five." });
        let answered = ann.mutate("addComment", "AddCommentInput", input, "").await;
        assert_eq!(answered["__typename"], "CommentAdded", "{answered}");
        board.drain().await;

        let path = format!("/media/{}/large", picture["id"].as_str().unwrap());
        let answers = async || {
            let query = "query($id: ID!) { node(id: $id) { ... on Post { comments { edges { node { body } } } } } }";
            let read = ben.data(query, json!({ "id": his["id"] })).await;
            read["node"]["comments"]["edges"].as_array().unwrap().len()
        };
        let kept = async || {
            let pictures = board.rows("media", "picture").await;
            let answers = board.rows("posts", "comment").await;
            (pictures, answers, board.pictures().len())
        };
        assert_eq!(ben.titles().await.len(), 2);
        assert_eq!(ben.get(&path).await.status(), 200);
        assert_eq!(answers().await, 1);
        assert_eq!(kept().await, (1, 1, 3), "in three sizes");
        let erased = ann
            .mutate(
                "eraseAccount",
                "EraseAccountInput",
                json!({ "password": PASSWORD }),
                "",
            )
            .await;
        assert_eq!(erased["__typename"], "AccountErased", "{erased}");
        board.drain().await;
        board.drain().await;
        assert_eq!(ben.titles().await, ["his"]);
        assert_eq!(ben.get(&path).await.status(), 404);
        assert_eq!(answers().await, 0);
        assert_eq!(kept().await, (0, 0, 0), "nothing is left of them");
        assert!(ann.data("{ viewer { id } }", json!({})).await["viewer"].is_null());
        assert_eq!(
            ann.sign_in(&email("Mésange")).await["__typename"],
            "SignInRefused"
        );
        board.close().await;
    }
}
