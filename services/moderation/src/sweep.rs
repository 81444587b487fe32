//! What lapses with time.

use ::store::Inbox;
use contract::ResidentId;
use contract::common::Occasion;
use runtime::{DAY_MS, HOUR_MS, MINUTE_MS};

use crate::calls::{Told, rule};
use crate::domain::APPEAL_WITHIN_MS;
use crate::store::{
    CLIENT_KEYS, Keyed, appeal, case_file, content, copy, proposal, raised_limit, report, reporter,
    restraint, tally, viewing,
};
use crate::{Moderation, ModerationFault};

const BATCH: u64 = 100;
/// How long a closed case is kept, that somebody looked, and that a limit was raised; in days.
pub(crate) const KEPT_DAYS: i64 = 365;
const KEPT_MS: i64 = KEPT_DAYS * DAY_MS;
/// Longer than a call that was under way when its caller was erased can take: it may still have kept something.
const CALLS_TAKE_MS: i64 = 5 * MINUTE_MS;
/// The stream in which erasures are told.
pub(crate) const IDENTITY: &str = "identity";
/// Longer than anything can be replayed.
const REMEMBERED_MS: i64 = 2 * DAY_MS + HOUR_MS;

impl Moderation {
    /// Takes out pictures that nobody decided about in time, lets appeals succeed and proposals end that nobody decided,
    /// destroys copies and words that nobody needs any more, forgets what is old; erases once more whoever was erased a moment
    /// ago. Answers how many pictures and appeals nobody had decided about.
    ///
    /// # Errors
    /// When the database fails; what was done stays done, and the next sweep goes on.
    pub async fn sweep(&self) -> Result<usize, ModerationFault> {
        let (store, now_ms) = (&self.parts.store, self.parts.clock.now_ms());
        let mut lapsed = 0;
        loop {
            let depicted = case_file::depicted_until(store.read(), now_ms, BATCH).await?;
            for case in &depicted {
                Box::pin(self.undepict(case, now_ms)).await?;
            }
            let overdue = appeal::overdue(store.read(), now_ms, BATCH).await?;
            let found = depicted.len() + overdue.len();
            for appeal in overdue {
                Box::pin(self.succeed(appeal, now_ms)).await?;
            }
            lapsed += found;
            if found == 0 {
                break;
            }
        }
        // Proposals are locked after their cases elsewhere: here nothing else is.
        let tx = store.begin().await?;
        proposal::end_overdue(&tx, now_ms).await?;
        tx.commit().await?;
        let tx = store.begin().await?;
        raised_limit::end_overdue(&tx, now_ms).await?;
        raised_limit::forget(&tx, now_ms - KEPT_MS).await?;
        tx.commit().await?;
        let tx = store.begin().await?;
        copy::forget(&tx, now_ms).await?;
        report::forget_words(&tx, now_ms - APPEAL_WITHIN_MS - DAY_MS).await?;
        tx.commit().await?;
        let tx = store.begin().await?;
        case_file::forget(&tx, now_ms - KEPT_MS, now_ms).await?;
        tx.commit().await?;
        let tx = store.begin().await?;
        content::forget(&tx).await?;
        restraint::forget(&tx, now_ms - REMEMBERED_MS).await?;
        viewing::forget(&tx, (now_ms - KEPT_MS).div_euclid(DAY_MS)).await?;
        reporter::forget(&tx, now_ms.div_euclid(DAY_MS)).await?;
        CLIENT_KEYS.forget(&tx, now_ms).await?;
        tx.commit().await?;
        let lately_ms = now_ms - CALLS_TAKE_MS;
        for resident in Inbox::gone_after(store, IDENTITY, lately_ms).await? {
            Box::pin(self.erase_everything_of(ResidentId::new(resident))).await?;
        }
        Inbox::forget(store, now_ms - REMEMBERED_MS).await?;
        Ok(lapsed)
    }

    /// Nobody decided in time about pictures that somebody is in: they stayed hidden and go for good. Whoever is in them does
    /// not pay for moderators who were away.
    async fn undepict(&self, found: &case_file::Model, now_ms: i64) -> Result<(), ModerationFault> {
        let hood = found.neighbourhood;
        let tx = self.parts.store.begin().await?;
        let content = content::Entity::lock(&tx, hood, found.content).await?;
        let case = case_file::Entity::lock(&tx, hood, found.id).await?;
        let still = |case: &case_file::Model| {
            case.closed_at_ms.is_none()
                && case
                    .depicted_until_ms
                    .is_some_and(|until_ms| until_ms <= now_ms)
        };
        let Some(mut case) = case.filter(still) else {
            return Ok(());
        };
        if let Some(content) = content {
            let mut stands = content.stands();
            stands.lapse();
            rule(&tx, content, &stands).await?;
        }
        let mut agenda = case.agenda();
        agenda.depicted_no_more();
        case.set_agenda(&agenda);
        if agenda.deadline_ms().is_none() {
            case.close(case_file::LAPSED, now_ms);
        }
        case_file::update(&tx, case.clone()).await?;
        tally::count(&tx, hood, now_ms, tally::LAPSE, 0, 0).await?;
        let told = Told::new(&case, Occasion::Lapsed).to(case.author);
        self.tell(&tx, told, now_ms).await?;
        for report in report::of_case(&*tx, hood, case.id).await? {
            if report.picture.is_some() {
                let told = Told::new(&case, Occasion::ReportDecided)
                    .to(report.reporter)
                    .or_to(report.reply_to);
                self.tell(&tx, told, now_ms).await?;
            }
        }
        Ok(tx.commit().await?)
    }
}
