//! Who comes to a board: browsers, accounts, and the mails that they get.

use std::path::PathBuf;

use contract::identity::{
    AppointRequest, AppointReserveRequest, CreateInviteRequest, CreateNeighbourhoodRequest,
    Density, GetNeighbourhoodRequest, Households, create_invite_reply,
    get_neighbourhood_request::By,
};
use contract::{Caller, NeighbourhoodId};
use geo::CoarseCell;
use palier::wiring::Role;

use super::{Board, Client};

pub const PASSWORD: &str = "a quiet lighthouse by the canal";

impl Board {
    /// Somebody's browser, signed out.
    pub fn client(&self) -> Client {
        Client::new(self.address)
    }

    /// A code that opens the neighbourhood.
    pub async fn code(&self, founder: bool) -> String {
        self.code_of(self.neighbourhood, founder).await
    }

    async fn code_of(&self, neighbourhood: NeighbourhoodId, founder: bool) -> String {
        let request = Caller::Operator.request(CreateInviteRequest {
            neighbourhood: neighbourhood.to_bytes(),
            uses: 10,
            days: 30,
            founder,
        });
        let reply = self.identity().create_invite(request).await.unwrap();
        match reply.into_inner().outcome {
            Some(create_invite_reply::Outcome::Created(invite)) => invite.code,
            other => panic!("{other:?}"),
        }
    }

    /// Somebody who joined with a founders' code, signed in.
    pub async fn founder(&self, pseudonym: &str) -> Client {
        let code = self.code(true).await;
        self.joined(pseudonym, &code).await
    }

    /// Somebody who just joined, signed in.
    pub async fn newcomer(&self, pseudonym: &str) -> Client {
        let code = self.code(false).await;
        self.joined(pseudonym, &code).await
    }

    /// A member of another neighbourhood alone, signed in.
    pub async fn stranger(&self, pseudonym: &str) -> Client {
        let elsewhere = self.elsewhere().await;
        let code = self.code_of(elsewhere, true).await;
        self.joined(pseudonym, &code).await
    }

    /// A moderator of another neighbourhood alone, signed in.
    pub async fn moderator_elsewhere(&self, pseudonym: &str) -> Client {
        let elsewhere = self.elsewhere().await;
        let code = self.code_of(elsewhere, true).await;
        let client = self.joined(pseudonym, &code).await;
        self.appoint(elsewhere, pseudonym, true).await;
        client
    }

    /// A moderator of another neighbourhood who helps out here, signed in.
    pub async fn reserve(&self, pseudonym: &str) -> Client {
        let client = self.moderator_elsewhere(pseudonym).await;
        let request = Caller::Operator.request(AppointReserveRequest {
            neighbourhood: self.neighbourhood.to_bytes(),
            email: email(pseudonym),
            name: format!("{pseudonym}, d'ailleurs"),
            days: 30,
        });
        self.identity().appoint_reserve(request).await.unwrap();
        client
    }

    /// Another neighbourhood.
    async fn elsewhere(&self) -> NeighbourhoodId {
        let by = Some(By::Slug("elsewhere".into()));
        let request = Caller::Operator.request(GetNeighbourhoodRequest { by });
        if let Ok(found) = self.identity().get_neighbourhood(request).await {
            return NeighbourhoodId::from_bytes(&found.into_inner().id).unwrap();
        }
        let elsewhere = CoarseCell::at(60.17, 24.94, 14).unwrap();
        let request = Caller::Operator.request(CreateNeighbourhoodRequest {
            slug: "elsewhere".into(),
            name: "Elsewhere".into(),
            grain: 14,
            density: Some(Density {
                cells: vec![Households {
                    place: elsewhere.to_i64(),
                    count: 500,
                }],
            }),
            names: Vec::new(),
        });
        let mut identity = self.identity();
        let made = identity.create_neighbourhood(request).await.unwrap();
        NeighbourhoodId::from_bytes(&made.into_inner().id).unwrap()
    }

    /// A moderator, signed in.
    pub async fn moderator(&self, pseudonym: &str) -> Client {
        let client = self.founder(pseudonym).await;
        self.appoint(self.neighbourhood, pseudonym, true).await;
        client
    }

    /// A moderator no more.
    pub async fn dismiss(&self, pseudonym: &str) {
        self.appoint(self.neighbourhood, pseudonym, false).await;
    }

    async fn appoint(&self, neighbourhood: NeighbourhoodId, pseudonym: &str, moderator: bool) {
        let request = Caller::Operator.request(AppointRequest {
            neighbourhood: neighbourhood.to_bytes(),
            email: email(pseudonym),
            moderator,
        });
        self.identity().appoint(request).await.unwrap();
    }

    pub async fn joined(&self, pseudonym: &str, code: &str) -> Client {
        let client = self.client();
        let answer = client
            .sign_up(&email(pseudonym), PASSWORD, code, pseudonym)
            .await;
        assert_eq!(answer["__typename"], "MailSent", "{answer}");
        let token = self.mailed_token().await;
        client.confirm(&token).await;
        client
    }

    /// The token in the link of the newest mail; every mail there is is read and removed.
    pub async fn mailed_token(&self) -> String {
        let mails = self.mails().await;
        mails
            .iter()
            .rev()
            .find_map(|mail| token_in(mail))
            .unwrap_or_else(|| panic!("no mail with a link among {}", mails.len()))
    }

    /// The statement in the link of the newest mail to a visitor.
    pub async fn mailed_statement(&self) -> String {
        let mails = self.mails().await;
        let named = mails
            .iter()
            .rev()
            .find_map(|mail| word_after(mail, "/statement/"));
        named.unwrap_or_else(|| panic!("no statement in {mails:?}"))
    }

    /// Every mail that left since the last time, as text.
    pub async fn mails(&self) -> Vec<String> {
        self.house(Role::Identity).deliver_mail().await.unwrap();
        let mut mails = Vec::new();
        for entry in std::fs::read_dir(self.mail_folder()).unwrap() {
            let path = entry.unwrap().path();
            let mail = std::fs::read_to_string(&path).unwrap();
            std::fs::remove_file(&path).unwrap();
            mails.push(mail.replace("=\r\n", "").replace("=3D", "="));
        }
        mails
    }

    fn mail_folder(&self) -> PathBuf {
        self.config.data.join("mails")
    }
}

/// The address of somebody in these tests.
pub fn email(pseudonym: &str) -> String {
    let name: String = pseudonym
        .to_lowercase()
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .collect();
    format!("{name}@example.org")
}

/// The token in the link of a mail.
pub fn token_in(mail: &str) -> Option<String> {
    word_after(mail, "#token=")
}

fn word_after(mail: &str, mark: &str) -> Option<String> {
    let (_, rest) = mail.split_once(mark)?;
    let end = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '_'));
    Some(rest[..end.unwrap_or(rest.len())].to_owned())
}
