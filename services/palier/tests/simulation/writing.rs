//! What neighbours do: write, and say what is wrong.

use contract::media::UploadPiece;
use contract::moderation::moderation_server::Moderation as _;
use contract::moderation::{Reason, ReportDepictionRequest, ReportRequest};
use contract::posts::posts_server::Posts as _;
use contract::posts::publish_reply::Outcome as Published;
use contract::posts::{
    Act, Behaviour, ConfirmRequest, EditRequest, Ordinary, Post, PostRequest, PublishReply,
    PublishRequest,
};
use runtime::HOUR_MS;
use tonic::Response;

use crate::faults::{Lost, asked};
use crate::people::{ACTORS, Person, word};
use crate::steps::Kind;
use crate::story::{Broken, NOTICES, Notice, Story, Text};

impl Story {
    pub async fn publish(&mut self, who: usize, kind: Kind, lost: Lost) -> Result<(), Broken> {
        if self
            .notices
            .iter()
            .filter(|it| self.lives(&it.author))
            .count()
            >= NOTICES
        {
            return Ok(());
        }
        let (author, word) = (self.people[who].clone(), word(&self.house, "tx"));
        let caller = self.caller(&author);
        let mut pictures = Vec::new();
        if kind == Kind::Pictured {
            let piece = UploadPiece {
                data: include_bytes!("../it/harness/plain.jpg").to_vec().into(),
                at_most_bytes: 1 << 20,
            };
            let pieces = caller.request(futures_util::stream::iter([piece]));
            let sent = self.house.client.clone().upload(pieces).await;
            pictures.extend(sent.ok().map(Response::into_inner));
        }
        let body = said(kind, &word, &author);
        let is_person = kind == Kind::Person;
        let request = PublishRequest {
            client_key: self.key(),
            neighbourhood: self.house.here.to_bytes(),
            category: kind.category().into(),
            title: if is_person {
                String::new()
            } else {
                "Around here".into()
            },
            body,
            pictures: pictures.clone(),
            behaviour: is_person.then(|| form(&author)),
            occurred_at_ms: is_person.then(|| self.house.clock.now_ms() - HOUR_MS),
            contests_findings: kind == Kind::Contested,
            ..PublishRequest::default()
        };
        let asking = || self.house.posts.publish(caller.request(request.clone()));
        let reply = self.answer(asked(lost, asking).await, "publish")?;
        if let Some((post, waits)) = reply.and_then(shown) {
            let text = Text {
                word,
                written: post.version,
                waits,
                was_read: false,
            };
            self.notices.push(Notice {
                id: post.id,
                author,
                kind,
                pictures,
                texts: vec![text],
            });
        }
        Ok(())
    }

    pub async fn confirm(&mut self, index: usize, lost: Lost) -> Result<(), Broken> {
        let resting = |notice: &&Notice| notice.kind == Kind::Person && self.lives(&notice.author);
        let resting: Vec<_> = self.notices.iter().filter(resting).collect();
        if resting.is_empty() {
            return Ok(());
        }
        let notice = resting[index % resting.len()];
        let caller = self.caller(&notice.author);
        let request = ConfirmRequest {
            post: notice.id.clone(),
            version: notice.texts.last().map_or(0, |text| text.written),
        };
        let asking = || self.house.posts.confirm(caller.request(request.clone()));
        self.answer(asked(lost, asking).await, "confirm").map(drop)
    }

    pub async fn edit(&mut self, index: usize, lost: Lost) -> Result<(), Broken> {
        let Some(index) = self.notice(index) else {
            return Ok(());
        };
        let word = word(&self.house, "tx");
        let notice = &self.notices[index];
        let caller = self.caller(&notice.author);
        // Of a contested one the finding is in it, and stops no change.
        let request = EditRequest {
            client_key: self.key(),
            post: notice.id.clone(),
            body: Some(said(notice.kind, &word, &notice.author)),
            ..EditRequest::default()
        };
        let asking = || self.house.posts.edit(caller.request(request.clone()));
        let reply = self.answer(asked(lost, asking).await, "edit")?;
        if let Some((post, waits)) = reply.and_then(shown) {
            self.notices[index].texts.push(Text {
                word,
                written: post.version,
                waits,
                was_read: false,
            });
        }
        Ok(())
    }

    pub async fn withdraw(&mut self, index: usize, lost: Lost) -> Result<(), Broken> {
        let Some(index) = self.notice(index) else {
            return Ok(());
        };
        let notice = &self.notices[index];
        let caller = self.caller(&notice.author);
        let post = notice.id.clone();
        let asking = || {
            let post = post.clone();
            self.house
                .posts
                .withdraw(caller.request(PostRequest { post }))
        };
        // Once it is gone it is not there.
        let (reply, _) = asked(lost, asking).await;
        self.answer((reply, false), "withdraw").map(drop)
    }

    pub async fn report(&mut self, who: usize, index: usize, lost: Lost) -> Result<(), Broken> {
        let Some(index) = self.notice(index) else {
            return Ok(());
        };
        let notice = &self.notices[index];
        let is_own = self.people[who].id == notice.author.id;
        let caller = self.caller(&self.people[(who + usize::from(is_own)) % ACTORS]);
        let request = ReportRequest {
            client_key: self.key(),
            content: notice.id.clone(),
            reason: Reason::Harassment.into(),
            explanation: format!("It is {} who writes so.", notice.author.mark),
            good_faith: true,
            ..ReportRequest::default()
        };
        let asking = || {
            self.house
                .moderation
                .report(caller.request(request.clone()))
        };
        self.answer(asked(lost, asking).await, "report").map(drop)
    }

    pub async fn depicted(&mut self, who: usize, index: usize, lost: Lost) -> Result<(), Broken> {
        let Some(index) = self.notice(index) else {
            return Ok(());
        };
        let notice = &self.notices[index];
        let is_own = self.people[who].id == notice.author.id;
        let caller = self.caller(&self.people[(who + usize::from(is_own)) % ACTORS]);
        let Some(picture) = notice.pictures.first() else {
            return Ok(());
        };
        let request = ReportDepictionRequest {
            client_key: self.key(),
            post: notice.id.clone(),
            picture: picture.id.clone(),
            ..ReportDepictionRequest::default()
        };
        let asking = || {
            let request = caller.request(request.clone());
            self.house.moderation.report_depiction(request)
        };
        self.answer(asked(lost, asking).await, "report_depiction")
            .map(drop)
    }
}

/// The notice that came of it, and whether it has to be read before it is shown.
fn shown(reply: PublishReply) -> Option<(Post, bool)> {
    match reply.outcome? {
        Published::Published(post) => Some((post, false)),
        Published::InReview(post) | Published::CoolingDown(post) => Some((post, true)),
        Published::Refused(_) | Published::Limited(_) => None,
    }
}

fn said(kind: Kind, word: &str, author: &Person) -> String {
    let mark = &author.mark;
    match kind {
        Kind::Question | Kind::Pictured => format!("Who knows {word}? Thank you, {mark}."),
        Kind::Hazard => format!("Ice on the steps by the bridge, {word}, {mark}."),
        Kind::Person => {
            format!("Somebody pulled the handles of three garage doors, {word}, {mark}.")
        }
        Kind::Contested => format!("Who knows {word}? Call 06 12 34 56 78, {mark}."),
    }
}

fn form(author: &Person) -> Behaviour {
    Behaviour {
        act: Act::TriedToOpen.into(),
        harm: "A garage could have been emptied.".into(),
        considered: vec![Ordinary::Delivery.into()],
        why_not: format!(
            "Three doors in three lanes, and no parcel, {}.",
            author.mark
        ),
        clothing: String::new(),
        danger_now: false,
    }
}
