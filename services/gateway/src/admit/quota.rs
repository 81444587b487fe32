//! How many of a thing may be open at once: of one resident's, and of all together.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use contract::{Fault, ResidentId};

/// What is open, counted.
#[derive(Default)]
struct Open {
    all: usize,
    by: HashMap<ResidentId, usize>,
}

/// Counts one kind of thing. Cloning shares the count.
#[derive(Clone)]
pub(crate) struct Quota {
    open: Arc<Mutex<Open>>,
    each: usize,
    all: usize,
}

/// One that counts as open until it is dropped.
pub(crate) struct Held {
    quota: Quota,
    of: Option<ResidentId>,
}

impl Quota {
    /// At most so many of each resident's, and so many in all.
    pub(crate) fn new(each: usize, all: usize) -> Self {
        Self {
            open: Arc::default(),
            each,
            all,
        }
    }

    /// One more, of a resident's or of somebody's who is not signed in.
    ///
    /// # Errors
    /// `UNAVAILABLE` when there are too many.
    pub(crate) fn take(&self, of: Option<ResidentId>) -> Result<Held, Fault> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let own = of.and_then(|of| open.by.get(&of).copied());
        if open.all >= self.all || own.is_some_and(|own| own >= self.each) {
            return Err(Fault::unavailable(
                "Too much is open at once. Close other pages of this board, or try again later.",
            ));
        }
        open.all += 1;
        if let Some(of) = of {
            *open.by.entry(of).or_default() += 1;
        }
        Ok(Held {
            quota: self.clone(),
            of,
        })
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut open = self
            .quota
            .open
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        open.all -= 1;
        let Some(of) = self.of else { return };
        if let Some(own) = open.by.get_mut(&of) {
            *own -= 1;
            if *own == 0 {
                open.by.remove(&of);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ANN: Option<ResidentId> = Some(ResidentId::new(uuid::Uuid::from_u128(1)));
    const BEN: Option<ResidentId> = Some(ResidentId::new(uuid::Uuid::from_u128(2)));

    #[test]
    fn nobody_has_more_than_their_own_and_all_no_more_than_there_is() {
        let quota = Quota::new(2, 4);
        let anns = [quota.take(ANN), quota.take(ANN)];
        assert!(anns.iter().all(Result::is_ok));
        assert!(quota.take(ANN).is_err(), "her own are used up");
        let _bens = quota.take(BEN).unwrap();
        let visitor = quota.take(None).unwrap();
        assert!(quota.take(BEN).is_err(), "all are used up");
        drop(visitor);
        assert!(quota.take(BEN).is_ok(), "what ends makes room");
        drop(anns);
        assert!(quota.take(ANN).is_ok());
        assert!(!quota.open.lock().unwrap().by.contains_key(&ANN.unwrap()));
    }
}
