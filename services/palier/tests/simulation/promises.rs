//! What holds after every step, and what holds in the end.

use contract::common::Measure;
use contract::feeds::ReadRequest;
use contract::feeds::feeds_server::Feeds as _;
use contract::media::{ReadRequest as PictureRequest, Variant};
use contract::moderation::Rule;
use contract::posts::{Post, State};
use runtime::DAY_MS;

use crate::scan::{count, files, sightings};
use crate::story::{Broken, Notice, Story};

impl Story {
    /// After every step: nobody reads what has to be read first, and what was taken away was taken with reasons. Of the notices
    /// one is looked at, each in its turn.
    ///
    /// # Errors
    /// What does not hold.
    pub async fn holds(&self, turn: usize) -> Result<(), Broken> {
        for post in self.board().await? {
            self.may_be_read(&post, "on the board")?;
        }
        match self.notices.len() {
            0 => Ok(()),
            length => self.holds_of(&self.notices[turn % length]).await,
        }
    }

    async fn holds_of(&self, notice: &Notice) -> Result<(), Broken> {
        if let Some(post) = self.get(&self.reader, &notice.id).await? {
            self.may_be_read(&post, "by itself")?;
        }
        if self
            .erased
            .iter()
            .any(|erased| erased.id == notice.author.id)
        {
            return Ok(());
        }
        let Some(post) = self.get(&notice.author, &notice.id).await? else {
            return Ok(());
        };
        let taken = post.state() == State::Removed || post.ruling() == Measure::AskForEdit;
        if taken && !self.has_reasons(notice).await? {
            return Err(format!("taken without a reason: {post:?}"));
        }
        Ok(())
    }

    async fn board(&self) -> Result<Vec<Post>, Broken> {
        let request = ReadRequest {
            neighbourhood: self.house.here.to_bytes(),
            first: 30,
            ..ReadRequest::default()
        };
        let read = self
            .house
            .feeds
            .read(self.caller(&self.reader).request(request))
            .await;
        let read = read.map_err(|status| format!("the board: {status}"))?;
        Ok(read.into_inner().posts)
    }

    fn may_be_read(&self, post: &Post, where_: &str) -> Result<(), Broken> {
        let texts = self.notices.iter().flat_map(|notice| &notice.texts);
        for text in texts.filter(|text| post.body.contains(&text.word)) {
            if text.waits && !text.was_read {
                return Err(format!(
                    "shown {where_} before anybody read it: {text:?} {post:?}"
                ));
            }
        }
        if matches!(post.state(), State::Published | State::Resolved) {
            Ok(())
        } else {
            Err(format!(
                "a neighbour sees {where_} what is not up: {post:?}"
            ))
        }
    }

    async fn has_reasons(&self, notice: &Notice) -> Result<bool, Broken> {
        let told = self.statements(&notice.author).await?;
        let mut about = told.iter().filter(|told| told.content == notice.id);
        Ok(about.any(|told| {
            told.decision.as_ref().is_some_and(|decision| {
                decision.rule() != Rule::NoneBroken && decision.facts.chars().count() >= 20
            })
        }))
    }

    /// In the end, once everything was heard and every sweep was there: what is gone is gone everywhere.
    ///
    /// # Errors
    /// What does not hold.
    pub async fn ends(&mut self) -> Result<(), Broken> {
        self.house.settle().await?;
        self.agrees().await?;
        for _ in 0..2 {
            self.house.pass(2 * DAY_MS);
            self.house.tidy().await?;
        }
        self.agrees().await?;
        self.is_gone().await
    }

    /// Everybody says the same of every notice, and what they say may be said.
    async fn agrees(&self) -> Result<(), Broken> {
        let board = self.board().await?;
        for notice in &self.notices {
            self.holds_of(notice).await?;
            let seen = self.get(&self.reader, &notice.id).await?;
            let on_board = board.iter().find(|post| post.id == notice.id);
            if seen.as_ref().map(|post| &post.body) != on_board.map(|post| &post.body) {
                return Err(format!("the board has {on_board:?}, and there is {seen:?}"));
            }
            for picture in &notice.pictures {
                let request = self.caller(&self.reader).request(PictureRequest {
                    id: picture.id.clone(),
                    variant: Variant::Thumb.into(),
                    etag: String::new(),
                });
                let is_read = self.house.client.clone().read(request).await.is_ok();
                let is_shown = seen
                    .iter()
                    .flat_map(|post| &post.pictures)
                    .any(|shown| shown.id == picture.id);
                if is_read != is_shown {
                    return Err(format!(
                        "a picture is seen: {is_read}, shown: {is_shown}: {seen:?}"
                    ));
                }
            }
        }
        Ok(())
    }

    async fn is_gone(&self) -> Result<(), Broken> {
        let (mut words, mut ids) = (Vec::new(), Vec::new());
        for erased in &self.erased {
            words.push(erased.mark.clone());
            ids.push(erased.id.to_string());
        }
        for notice in &self.notices {
            let erased = self
                .erased
                .iter()
                .any(|erased| erased.id == notice.author.id);
            if erased || self.get(&notice.author, &notice.id).await?.is_none() {
                words.extend(notice.texts.iter().map(|text| text.word.clone()));
            }
        }
        let found = sightings(&self.house, &words, &ids).await;
        if !found.is_empty() {
            return Err(format!("something of who or what is gone is in {found:?}"));
        }
        let copies = "copy JOIN case_file ON copy.neighbourhood = case_file.neighbourhood \
                      AND copy.case_id = case_file.id WHERE case_file.author IS NULL";
        if count(&self.house, "moderation", copies).await > 0 {
            return Err("a copy of what somebody wrote who was erased".into());
        }
        let pictures = count(&self.house, "media", "picture").await;
        let files = files(self.house.folder.path());
        if i64::try_from(files) != Ok(3 * pictures) {
            return Err(format!("{files} files of {pictures} pictures"));
        }
        Ok(())
    }
}
