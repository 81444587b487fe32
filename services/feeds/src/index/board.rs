//! One neighbourhood as the tables had it at one moment.

use geo::LevelMap;

use crate::domain::{Asked, Entry, Runs, Step};
use crate::store::Moment;

/// Where every post of a neighbourhood stands.
#[derive(Debug)]
pub(crate) struct Board {
    moment: Moment,
    map: Option<LevelMap>,
    pub(crate) runs: Runs,
}

impl Board {
    pub(crate) const fn new(moment: Moment, map: Option<LevelMap>, runs: Runs) -> Self {
        Self { moment, map, runs }
    }

    /// Which moment this is.
    pub(crate) const fn moment(&self) -> Moment {
        self.moment
    }

    /// What is asked for, in the words of the map in use.
    pub(crate) fn understood(&self, asked: Asked) -> Asked {
        match &self.map {
            Some(map) if asked.names_places() => asked.on(map),
            _ => asked,
        }
    }

    /// Another map is in use.
    pub(super) fn remap(&mut self, map: Option<LevelMap>) {
        self.map = map;
    }

    /// Follows the tables to a later moment, and answers which states of posts are past.
    pub(super) fn bring_up(
        &mut self,
        moment: Moment,
        steps: Vec<(Step, Option<Entry>)>,
    ) -> Vec<i64> {
        let mut past = Vec::new();
        for (step, entry) in steps {
            // A row that appeared since was not there before: most of what changes is new, and need not be looked for.
            let is_new = step
                .appeared_seq
                .is_some_and(|appeared| appeared > self.moment.head.seq);
            if !is_new {
                let was = self.runs.take_out(step.place, step.category, step.post);
                past.extend(was.map(|entry| entry.seq));
            }
            if let Some(entry) = entry {
                self.runs.put_in(step.place, step.category, entry);
            }
        }
        self.moment = moment;
        past
    }
}
