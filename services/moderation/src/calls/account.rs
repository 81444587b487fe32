//! The account that is given of moderating: to those whose data were looked at, and to everybody.

use contract::common::Empty;
use contract::moderation::{
    AuditReply, AuditRequest, AuditedMonth, Authority, CountFormRequest, Decided, Given,
    LegalRequests, ListDecisionsReply, ListDecisionsRequest, ListViewsReply, ListViewsRequest,
    Month, MonthRequest, Notices, PeopleDecided, Reached, RecordLegalRequestRequest, View,
};
use contract::{Fault, NeighbourhoodId, PAGE_AT_MOST, ResidentId, StatementId, cut, page_size};
use prost::Message;
use runtime::DAY_MS;
use store::{Asking, Before, ClientKey, Tx};

use super::Call;
use super::list::List;
use crate::domain::{self, Conflict, Number, Times};
use crate::store::{CLIENT_KEYS, logged, reporter, tally, viewing};
use crate::{Moderation, ModerationFault};

/// How many months are laid side by side.
const AUDITED: usize = 12;

impl Moderation {
    pub(super) async fn do_list_views(
        &self,
        call: &Call,
        _: ListViewsRequest,
    ) -> Result<ListViewsReply, ModerationFault> {
        let (resident, _) = call.caller.resident()?;
        let rows = viewing::of(self.parts.store.read(), resident).await?;
        Ok(ListViewsReply {
            views: rows
                .iter()
                .map(|row| View {
                    neighbourhood: NeighbourhoodId::new(row.neighbourhood).to_bytes(),
                    what: row.what,
                    day_ms: row.day * DAY_MS,
                })
                .collect(),
        })
    }

    pub(super) async fn do_list_decisions(
        &self,
        _: &Call,
        asked: ListDecisionsRequest,
    ) -> Result<ListDecisionsReply, ModerationFault> {
        let hood = NeighbourhoodId::from_bytes(&asked.neighbourhood)?;
        let first = page_size(asked.first, PAGE_AT_MOST)?;
        let list = List::new(self, "decisions", hood.uuid(), 0);
        let after = list.after(&asked.after)?;
        let on = self.parts.store.read();
        let mut rows = logged::list(on, hood, after, first as u64 + 1).await?;
        let has_next = cut(&mut rows, first);
        Ok(ListDecisionsReply {
            cursors: rows.iter().map(|row| list.seal(row.day, row.id)).collect(),
            decisions: rows.iter().map(logged::Model::wire).collect(),
            has_next,
        })
    }

    /// Of a month that is over: whoever watches one grow would see each step of it.
    pub(super) async fn do_get_month(
        &self,
        call: &Call,
        asked: MonthRequest,
    ) -> Result<Month, ModerationFault> {
        let hood = NeighbourhoodId::from_bytes(&asked.neighbourhood)?;
        let month = domain::Month::new(asked.year, asked.month)
            .filter(|month| month.is_over(call.now_ms))
            .ok_or(ModerationFault::NoMonth)?;
        let rows = tally::of(self.parts.store.read(), hood, month).await?;
        Ok(told(&rows))
    }

    /// The same numbers as everybody reads, month beside month.
    pub(super) async fn do_audit(
        &self,
        call: &Call,
        asked: AuditRequest,
    ) -> Result<AuditReply, ModerationFault> {
        let hood = NeighbourhoodId::from_bytes(&asked.neighbourhood)?;
        self.moderator_of(call, hood)?;
        self.active(hood.uuid(), call.now_ms).await?;
        let mut months = Vec::new();
        let mut month = domain::Month::of(call.now_ms);
        for _ in 0..AUDITED {
            month = month.before();
            let rows = tally::of(self.parts.store.read(), hood, month).await?;
            let (year, number) = month.in_year();
            months.push(AuditedMonth {
                year,
                month: number,
                counts: Some(told(&rows)),
            });
        }
        Ok(AuditReply { months })
    }

    /// Who says how far they got is not kept, nor on which day.
    pub(super) async fn do_count_form(
        &self,
        call: &Call,
        asked: CountFormRequest,
    ) -> Result<Empty, ModerationFault> {
        let hood = NeighbourhoodId::from_bytes(&asked.neighbourhood)?;
        let keys = &self.parts.standing_keys;
        call.caller.member_of(hood, keys, call.now_ms)?;
        let steps = domain::steps_between(asked.after(), asked.furthest()).ok_or_else(|| {
            Fault::invalid("STEP", "No step of the form that a device tells of.").at("furthest")
        })?;
        let tx = self.parts.store.begin().await?;
        for step in steps {
            let (hood, step) = (hood.uuid(), i32::from(*step));
            tally::count(&tx, hood, call.now_ms, tally::FORM, step, 0).await?;
        }
        tx.commit().await?;
        Ok(Empty {})
    }

    pub(super) async fn do_record_legal_request(
        &self,
        call: &Call,
        asked: RecordLegalRequestRequest,
    ) -> Result<Empty, ModerationFault> {
        let hood = NeighbourhoodId::from_bytes(&asked.neighbourhood)?;
        let moderator = self.moderator_of(call, hood)?;
        let (authority, given) = (asked.authority(), asked.given());
        if authority == Authority::Unspecified || given == Given::Unspecified {
            let message = call.locale.pick(
                "Dites quelle autorité l’a demandé, et ce qu’elle a reçu.",
                "Say which authority asked, and what it was given.",
            );
            return Err(Fault::invalid("REQUEST_INCOMPLETE", message).into());
        }
        let tx = self.parts.store.begin().await?;
        if self.is_first(&tx, moderator, asked, call).await? {
            let (hood, which, given) = (hood.uuid(), authority.into(), given.into());
            tally::count(&tx, hood, call.now_ms, tally::LEGAL, which, given).await?;
        }
        tx.commit().await?;
        self.active(hood.uuid(), call.now_ms).await?;
        Ok(Empty {})
    }
}

impl Moderation {
    /// Whether this is no retry of what was recorded before.
    async fn is_first(
        &self,
        tx: &Tx,
        moderator: ResidentId,
        asked: RecordLegalRequestRequest,
        call: &Call,
    ) -> Result<bool, ModerationFault> {
        let hood = NeighbourhoodId::from_bytes(&asked.neighbourhood)?;
        let key = ClientKey::try_from(&*asked.client_key)?;
        let who = moderator.to_bytes().to_vec();
        // Locked, so that two retries do not cross.
        reporter::lock(tx, hood, &who, self.parts.clock.today()).await?;
        let said = RecordLegalRequestRequest {
            client_key: tonic::codegen::Bytes::new(),
            ..asked
        };
        let asking = Asking::new(hood.uuid(), who, "legal", key, &said.encode_to_vec());
        match CLIENT_KEYS.before(tx, &asking).await? {
            Before::Never => {}
            Before::Made(_) => return Ok(false),
            Before::Gone | Before::Other => return Err(Conflict::KeyReused.into()),
        }
        // What came of it is a number: an id of nothing stands for it.
        let id = StatementId::from_random(self.parts.entropy.bytes()).uuid();
        CLIENT_KEYS.made(tx, asking, id, call.now_ms).await?;
        Ok(true)
    }
}

fn told(rows: &[tally::Model]) -> Month {
    let of = |what| rows.iter().filter(move |row| row.what == what);
    let sum = |what| Some(Number::of(of(what).map(|row| row.number).sum()).wire());
    let number = |row: &tally::Model| Some(Number::of(row.number).wire());
    let mut times = Times::default();
    for row in of(tally::TIME) {
        times.add(row.which, row.number);
    }
    Month {
        notices: of(tally::NOTICE)
            .map(|row| Notices {
                reason: row.which,
                number: number(row),
            })
            .collect(),
        decisions: of(tally::DECISION)
            .map(|row| Decided {
                rule: row.which,
                measure: row.measure,
                number: number(row),
            })
            .collect(),
        half_within_hours: times.half_within_hours().unwrap_or_default(),
        appeals: sum(tally::APPEAL),
        reversals: sum(tally::REVERSAL),
        human: sum(tally::DECISION),
        automated: Some(Number::of(0).wire()),
        lapses: sum(tally::LAPSE),
        form: of(tally::FORM)
            .map(|row| Reached {
                step: row.which,
                number: number(row),
            })
            .collect(),
        people: of(tally::PEOPLE)
            .map(|row| PeopleDecided {
                category: row.which,
                measure: row.measure,
                number: number(row),
            })
            .collect(),
        legal: of(tally::LEGAL)
            .map(|row| LegalRequests {
                authority: row.which,
                given: row.measure,
                number: number(row),
            })
            .collect(),
    }
}
