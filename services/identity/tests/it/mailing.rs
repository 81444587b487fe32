//! How mails leave.

use std::sync::{Arc, Mutex};

use identity::{Delivered, Identity, Mail, Parts};
use runtime::{Entropy, HOUR_MS, HeavyWork, MINUTE_MS, Tasks, Weights};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};

use crate::desk::{Desk, settings};

/// A mail server that keeps what it is given, or says no.
#[derive(Clone, Default)]
pub struct Server {
    received: Arc<Mutex<Vec<String>>>,
    answer_to_recipient: Arc<Mutex<&'static str>>,
}

impl Server {
    pub async fn open(tasks: &Tasks) -> (Self, String) {
        let server = Self::default();
        server.answer("250 ok");
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("smtp://{}", listener.local_addr().unwrap());
        let (kept, inner, stopping) = (server.clone(), tasks.clone(), tasks.stopping());
        tasks.start(async move {
            let serve = std::pin::pin!(async {
                while let Ok((stream, _)) = listener.accept().await {
                    let server = kept.clone();
                    let stopping = inner.stopping();
                    inner.start(async move {
                        futures_util::future::select(
                            std::pin::pin!(server.talk(stream)),
                            std::pin::pin!(stopping),
                        )
                        .await;
                    });
                }
            });
            futures_util::future::select(serve, std::pin::pin!(stopping)).await;
        });
        (server, address)
    }

    fn answer(&self, text: &'static str) {
        *self.answer_to_recipient.lock().unwrap() = text;
    }

    pub fn received(&self) -> Vec<String> {
        self.received.lock().unwrap().clone()
    }

    /// One conversation (RFC 5321).
    async fn talk(&self, mut stream: TcpStream) {
        let (reader, mut writer) = stream.split();
        let mut lines = BufReader::new(reader);
        writer
            .write_all(b"220 sink.example ESMTP\r\n")
            .await
            .unwrap();
        let mut line = String::new();
        while {
            line.clear();
            lines.read_line(&mut line).await.is_ok_and(|read| read > 0)
        } {
            let answer = match line
                .get(..4)
                .unwrap_or_default()
                .to_ascii_uppercase()
                .as_str()
            {
                "EHLO" => "250-sink.example\r\n250 8BITMIME".to_owned(),
                "RCPT" => self.answer_to_recipient.lock().unwrap().to_owned(),
                "DATA" => {
                    writer.write_all(b"354 go on\r\n").await.unwrap();
                    let mut data = Vec::new();
                    while !data.ends_with(b"\r\n.\r\n") {
                        data.push(lines.read_u8().await.unwrap());
                    }
                    self.received
                        .lock()
                        .unwrap()
                        .push(String::from_utf8(data).unwrap());
                    "250 kept".to_owned()
                }
                "QUIT" => "221 bye".to_owned(),
                _ => "250 ok".to_owned(),
            };
            if writer
                .write_all(format!("{answer}\r\n").as_bytes())
                .await
                .is_err()
            {
                return;
            }
        }
    }
}

/// The same desk, its mails going to an SMTP server.
pub fn posting(desk: &Desk, address: &str) -> Identity {
    Identity::new(Parts {
        store: desk.scratch.store.clone(),
        clock: desk.clock.clone(),
        entropy: Entropy::seeded(99),
        keys: desk.keys.clone(),
        heavy: HeavyWork::within(Weights::new(192 << 20)).unwrap(),
        mail: Mail::open(address).unwrap(),
        bus: desk.bus.clone(),
        settings: settings(),
    })
    .unwrap()
}

#[tokio::test]
async fn a_mail_leaves_by_smtp_as_text_and_html_and_says_that_no_person_wrote_it() {
    for desk in Desk::each().await {
        let tasks = Tasks::new();
        let (server, address) = Server::open(&tasks).await;
        let posting = posting(&desk, &address);
        let place = desk.neighbourhood("le-verger").await;
        let code = desk.code(&place, 2, false).await;
        desk.sign_up("anna@example.org", &code, "Merle").await;
        assert_eq!(
            posting.deliver_mail().await.unwrap(),
            Delivered {
                sent: 1,
                ..Delivered::default()
            }
        );
        assert_eq!(
            posting.deliver_mail().await.unwrap(),
            Delivered::default(),
            "once"
        );
        let received = server.received();
        assert_eq!(received.len(), 1);
        let mail = &received[0];
        for header in [
            "From: Palier <palier@board.example>",
            "To: anna@example.org",
            "Subject: Confirm your sign-up",
            "Auto-Submitted: auto-generated",
            "Date: Sat, 21 Nov 2026 12:00:00 +0000",
            "multipart/alternative",
            "text/plain",
            "text/html",
        ] {
            assert!(mail.contains(header), "{header} in {mail}");
        }
        assert!(!mail.contains("<img") && !mail.contains("http://"));
        drop(posting);
        tasks.stop().await;
    }
}

#[tokio::test]
async fn a_mail_waits_while_the_server_is_away_and_is_given_up_after_two_days() {
    for desk in Desk::each().await {
        let tasks = Tasks::new();
        let (server, address) = Server::open(&tasks).await;
        let posting = posting(&desk, &address);
        let place = desk.neighbourhood("le-verger").await;
        let code = desk.code(&place, 2, false).await;
        server.answer("451 later");
        desk.sign_up("anna@example.org", &code, "Merle").await;
        let waiting = Delivered {
            waiting: 1,
            ..Delivered::default()
        };
        assert_eq!(posting.deliver_mail().await.unwrap(), waiting);
        assert_eq!(
            posting.deliver_mail().await.unwrap(),
            Delivered::default(),
            "not at once"
        );
        desk.pass(MINUTE_MS);
        assert_eq!(posting.deliver_mail().await.unwrap(), waiting);
        desk.pass(2 * MINUTE_MS);
        server.answer("250 ok");
        assert_eq!(posting.deliver_mail().await.unwrap().sent, 1);

        server.answer("451 later");
        desk.sign_up("bert@example.org", &code, "Huppe").await;
        let mut attempts = 0;
        for _ in 0..49 {
            attempts += posting.deliver_mail().await.unwrap().waiting;
            desk.pass(HOUR_MS);
        }
        assert!((8..30).contains(&attempts), "{attempts}");
        assert_eq!(posting.mail_waiting().await.unwrap(), 0);
        assert_eq!(server.received().len(), 1);
        drop(posting);
        tasks.stop().await;
    }
}

#[tokio::test]
async fn a_mailbox_that_does_not_exist_is_not_tried_again() {
    let desk = Desk::sqlite().await;
    let tasks = Tasks::new();
    let (server, address) = Server::open(&tasks).await;
    let posting = posting(&desk, &address);
    let place = desk.neighbourhood("le-verger").await;
    let code = desk.code(&place, 1, false).await;
    server.answer("550 no such mailbox");
    desk.sign_up("anna@example.org", &code, "Merle").await;
    assert_eq!(
        posting.deliver_mail().await.unwrap(),
        Delivered {
            given_up: 1,
            ..Delivered::default()
        }
    );
    assert_eq!(posting.mail_waiting().await.unwrap(), 0);
    drop(posting);
    tasks.stop().await;
}

#[tokio::test]
async fn of_two_processes_one_sends_a_mail() {
    for desk in Desk::each().await {
        let tasks = Tasks::new();
        let (server, address) = Server::open(&tasks).await;
        let (one, other) = (posting(&desk, &address), posting(&desk, &address));
        let place = desk.neighbourhood("le-verger").await;
        let code = desk.code(&place, 3, false).await;
        for name in ["Merle", "Huppe", "Lilas"] {
            desk.sign_up(&format!("{}@example.org", name.to_lowercase()), &code, name)
                .await;
        }
        let (first, second) = tokio::join!(one.deliver_mail(), other.deliver_mail());
        assert_eq!(first.unwrap().sent + second.unwrap().sent, 3);
        assert_eq!(server.received().len(), 3);
        drop((one, other));
        tasks.stop().await;
    }
}

#[tokio::test]
async fn an_address_of_mail_that_is_none_is_refused_in_one_line_without_its_password() {
    for address in [
        "",
        "ftp://x",
        "smtp://user:secret word@",
        "folder:/proc/nowhere/mails",
    ] {
        let fault = Mail::open(address).unwrap_err().to_string();
        assert!(
            !fault.contains("secret") && fault.lines().count() == 1,
            "{fault}"
        );
    }
    let desk = Desk::sqlite().await;
    for (url, sender) in [
        ("board.example", "a@board.example"),
        ("https://board.example/path", "a@board.example"),
        ("https://", "a@board.example"),
        ("https://board.example", "nobody"),
    ] {
        let fault = Identity::new(Parts {
            store: desk.scratch.store.clone(),
            clock: desk.clock.clone(),
            entropy: Entropy::seeded(1),
            keys: desk.keys.clone(),
            heavy: HeavyWork::within(Weights::new(1)).unwrap(),
            mail: Mail::Folder(desk.folder.path().into()),
            bus: desk.bus.clone(),
            settings: identity::Settings {
                public_url: url.into(),
                sender_address: sender.into(),
                ..settings()
            },
        });
        assert!(fault.is_err(), "{url} {sender}");
    }
}
