//! The account that is given of moderating: to those whose data were looked at, and to everybody.

use contract::NeighbourhoodId;
use contract::moderation::{
    Decided, ListDecisionsReply, ListDecisionsRequest, ListViewsReply, ListViewsRequest, Month,
    MonthRequest, Notices, View,
};
use runtime::DAY_MS;

use super::Call;
use super::list::{List, cut, page};
use crate::domain::{self, Number, Times};
use crate::store::{logged, tally, viewing};
use crate::{Moderation, ModerationFault};

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
        let first = page(asked.first)?;
        let list = List::new(self, "decisions", hood.uuid(), 0);
        let after = list.open(&asked.after)?;
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
    }
}
