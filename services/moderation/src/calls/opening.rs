//! Cases come and go with their causes.

use contract::CaseId;
use contract::common::Occasion;
use sea_orm::prelude::Uuid;
use store::Tx;

use super::telling::Told;
use crate::domain::{Agenda, is_about_people};
use crate::store::{case_file, content, tally};
use crate::{Moderation, ModerationFault};

impl Moderation {
    /// Something changes why there is a case about a content that is locked: one is opened, goes on, or is closed because
    /// nothing is left to decide. Answers the case that is open then.
    pub(crate) async fn reconsider(
        &self,
        tx: &Tx,
        content: &content::Model,
        now_ms: i64,
        change: impl FnOnce(&mut Agenda),
    ) -> Result<Option<case_file::Model>, ModerationFault> {
        let open = case_file::open_about(tx, content.neighbourhood, content.id).await?;
        let mut agenda = open
            .as_ref()
            .map(case_file::Model::agenda)
            .unwrap_or_default();
        change(&mut agenda);
        match (open, agenda.deadline_ms()) {
            (None, None) => Ok(None),
            (None, Some(_)) => {
                let id = CaseId::from_random(self.parts.entropy.bytes());
                let case = opened(id, content, &agenda, now_ms);
                case_file::insert(tx, case.clone()).await?;
                Ok(Some(case))
            }
            (Some(mut case), None) => {
                case.set_agenda(&agenda);
                ended(tx, case, case_file::WITHDRAWN, now_ms).await?;
                Ok(None)
            }
            (Some(mut case), Some(_)) => {
                case.set_agenda(&agenda);
                case.author = content.author;
                case_file::update(tx, case.clone()).await?;
                Ok(Some(case))
            }
        }
    }

    /// A notice or a comment is gone: there is nothing to decide about any more. Comments go with their notice.
    pub(crate) async fn content_gone(
        &self,
        tx: &Tx,
        neighbourhood: Uuid,
        id: Uuid,
        now_ms: i64,
    ) -> Result<(), ModerationFault> {
        for content in content::lock_with_comments(tx, neighbourhood, id).await? {
            self.close_about(tx, &content, now_ms).await?;
            if case_file::any_about(tx, neighbourhood, content.id).await? {
                let row = content::Model {
                    state: content::GONE,
                    public_until_ms: 0,
                    ..content
                };
                content::update(tx, row).await?;
            } else {
                content::delete(tx, neighbourhood, content.id).await?;
            }
        }
        Ok(())
    }

    /// Nobody sees a content any more, so that nothing is left to decide.
    pub(crate) async fn close_about(
        &self,
        tx: &Tx,
        content: &content::Model,
        now_ms: i64,
    ) -> Result<(), ModerationFault> {
        closed(tx, content, case_file::WITHDRAWN, now_ms).await?;
        Ok(())
    }

    /// What waited was not read in time, as posts says, which alone lets it lapse: its author is told.
    pub(crate) async fn lapse_about(
        &self,
        tx: &Tx,
        content: &content::Model,
        now_ms: i64,
    ) -> Result<(), ModerationFault> {
        let Some(case) = closed(tx, content, case_file::LAPSED, now_ms).await? else {
            return Ok(());
        };
        if is_about_people(case.category) {
            let (hood, category) = (case.neighbourhood, case.category);
            tally::count(tx, hood, now_ms, tally::PEOPLE, category, 0).await?;
        }
        let told = Told::new(&case, Occasion::Lapsed).to(case.author);
        self.tell(tx, told, now_ms).await
    }
}

/// Closes the case that is open about a content, and answers it.
async fn closed(
    tx: &Tx,
    content: &content::Model,
    closing: i32,
    now_ms: i64,
) -> Result<Option<case_file::Model>, ModerationFault> {
    let open = case_file::open_about(tx, content.neighbourhood, content.id).await?;
    match open {
        Some(case) => Ok(Some(ended(tx, case, closing, now_ms).await?)),
        None => Ok(None),
    }
}

/// Closes a case; one that was not decided in time is counted, whoever ends it.
pub(super) async fn ended(
    tx: &Tx,
    mut case: case_file::Model,
    closing: i32,
    now_ms: i64,
) -> Result<case_file::Model, ModerationFault> {
    if closing == case_file::LAPSED || case.deadline_ms < now_ms {
        tally::count(tx, case.neighbourhood, now_ms, tally::LAPSE, 0, 0).await?;
    }
    case.close(closing, now_ms);
    case_file::update(tx, case.clone()).await?;
    Ok(case)
}

fn opened(id: CaseId, content: &content::Model, agenda: &Agenda, now_ms: i64) -> case_file::Model {
    let mut case = case_file::Model {
        neighbourhood: content.neighbourhood,
        id: id.uuid(),
        content: content.id,
        kind: content.kind,
        category: content.category,
        author: content.author,
        causes: 0,
        waits_until_ms: None,
        unread_until_ms: None,
        reported_until_ms: None,
        depicted_until_ms: None,
        deadline_ms: 0,
        lane: 0,
        opened_at_ms: now_ms,
        closing: case_file::OPEN,
        closed_at_ms: None,
        claimed_by: None,
        claimed_until_ms: None,
        claimed_with: 0,
    };
    case.set_agenda(agenda);
    case
}
