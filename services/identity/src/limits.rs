//! Counting tries: of whom, in which bucket, at which pace.

use contract::Caller;
use runtime::telemetry::{Measure, measure};
use store::{StoreFault, Tx};
use uuid::Uuid;

use crate::Identity;
use crate::domain::address::Address;
use crate::domain::limit::Limit;
use crate::domain::pace::{self, Pace};
use crate::error::Stop;
use crate::store::throttle;

/// Tries that were counted and can be given back.
#[must_use]
pub struct Counted(Vec<(Vec<u8>, Pace)>);

/// Where a caller's tries are counted: a visitor's origin, a resident's account; an operator's are not.
fn origin(caller: &Caller) -> Option<Vec<u8>> {
    match caller {
        Caller::Visitor { origin, .. } => Some([b"visitor", origin.as_slice()].concat()),
        Caller::Resident { resident, .. } => {
            Some([b"resident", resident.uuid().as_bytes().as_slice()].concat())
        }
        Caller::Operator | Caller::Role => None,
    }
}

/// A member, as tries are counted.
fn of_member(neighbourhood: Uuid, resident: Uuid) -> Vec<u8> {
    [neighbourhood.as_bytes().as_slice(), resident.as_bytes()].concat()
}

impl Identity {
    /// Counts one try in each of the buckets, named by scope and value.
    async fn count(
        &self,
        limit: Limit,
        buckets: Vec<(&str, &[u8], Pace)>,
    ) -> Result<Counted, Stop> {
        let buckets: Vec<(Vec<u8>, Pace)> = buckets
            .into_iter()
            .map(|(scope, value, pace)| (self.secrets.bucket(scope, value), pace))
            .collect();
        match throttle::take(&self.store, &buckets, self.clock.now_ms()).await? {
            Ok(()) => Ok(Counted(buckets)),
            Err(retry_at_ms) => {
                measure(Measure::Limited(limit.code()));
                Err(Stop::Limited { limit, retry_at_ms })
            }
        }
    }

    /// Counts a try of a code.
    pub(crate) async fn count_code(&self, caller: &Caller) -> Result<Counted, Stop> {
        let Some(origin) = origin(caller) else {
            return Ok(Counted(vec![]));
        };
        self.count(Limit::Codes, vec![("codes", &origin, pace::CODES)])
            .await
    }

    /// Counts a sign-up from an origin and of an address, known or not.
    pub(crate) async fn count_sign_up(
        &self,
        caller: &Caller,
        address: &Address,
    ) -> Result<Counted, Stop> {
        let folded = address.folded();
        let mut buckets = vec![(
            "sign-ups of address",
            folded.expose().as_bytes(),
            pace::SIGN_UPS_OF_ADDRESS,
        )];
        let origin = origin(caller);
        if let Some(origin) = &origin {
            buckets.insert(0, ("sign-ups", origin, pace::SIGN_UPS));
        }
        self.count(Limit::SignUps, buckets).await
    }

    /// Counts a reply address given from an origin, and that it is given: nobody fills a mailbox by reporting.
    pub(crate) async fn count_reply_address(
        &self,
        caller: &Caller,
        address: &Address,
    ) -> Result<Counted, Stop> {
        let folded = address.folded();
        let mut buckets = vec![(
            "replies to address",
            folded.expose().as_bytes(),
            pace::REPLIES_TO_ADDRESS,
        )];
        let origin = origin(caller);
        if let Some(origin) = &origin {
            buckets.insert(0, ("reply addresses", origin, pace::REPLY_ADDRESSES));
        }
        self.count(Limit::ReplyAddresses, buckets).await
    }

    /// Counts a try to sign in from an origin, and at an address, known or not.
    pub(crate) async fn count_sign_in(
        &self,
        caller: &Caller,
        address: &[u8],
    ) -> Result<Counted, Stop> {
        let mut buckets = vec![("passwords of address", address, pace::PASSWORDS)];
        let origin = origin(caller);
        if let Some(origin) = &origin {
            buckets.insert(0, ("passwords", origin, pace::PASSWORDS_OF_ORIGIN));
        }
        self.count(Limit::Passwords, buckets).await
    }

    /// Counts a try of the password by somebody who is signed in.
    pub(crate) async fn count_password(&self, resident: Uuid) -> Result<Counted, Stop> {
        self.count(
            Limit::Passwords,
            vec![(
                "passwords of resident",
                resident.as_bytes(),
                pace::PASSWORDS,
            )],
        )
        .await
    }

    /// Counts a recovery asked for from an origin.
    pub(crate) async fn count_recovery(&self, caller: &Caller) -> Result<Counted, Stop> {
        let Some(origin) = origin(caller) else {
            return Ok(Counted(vec![]));
        };
        self.count(
            Limit::Recoveries,
            vec![("recoveries", &origin, pace::RECOVERIES)],
        )
        .await
    }

    /// Counts a recovery of an address, known or not.
    pub(crate) async fn count_recovery_of(&self, address: &Address) -> Result<Counted, Stop> {
        let folded = address.folded();
        let bucket = (
            "recoveries of address",
            folded.expose().as_bytes(),
            pace::RECOVERIES_OF_ADDRESS,
        );
        self.count(Limit::Recoveries, vec![bucket]).await
    }

    /// Counts a change of pseudonym.
    pub(crate) async fn count_pseudonym(
        &self,
        neighbourhood: Uuid,
        resident: Uuid,
    ) -> Result<Counted, Stop> {
        let value = of_member(neighbourhood, resident);
        self.count(
            Limit::Pseudonyms,
            vec![("pseudonyms", &value, pace::PSEUDONYMS)],
        )
        .await
    }

    /// Counts a change of what a member follows, within the transaction that makes it.
    pub(crate) async fn count_area(
        &self,
        tx: &Tx,
        neighbourhood: Uuid,
        resident: Uuid,
    ) -> Result<(), Stop> {
        let who = of_member(neighbourhood, resident);
        self.count_within(tx, Limit::Areas, ("areas", &who, pace::AREAS))
            .await
    }

    /// Counts that a resident asks neighbours to vouch, within the transaction that asks.
    pub(crate) async fn count_vouching(&self, tx: &Tx, resident: Uuid) -> Result<(), Stop> {
        let bucket = ("vouchings", resident.as_bytes().as_slice(), pace::VOUCHINGS);
        self.count_within(tx, Limit::Vouchings, bucket).await
    }

    /// Counts a vouch, within the transaction that keeps it.
    pub(crate) async fn count_vouch(
        &self,
        tx: &Tx,
        neighbourhood: Uuid,
        resident: Uuid,
    ) -> Result<(), Stop> {
        let who = of_member(neighbourhood, resident);
        self.count_within(tx, Limit::Vouches, ("vouches", &who, pace::VOUCHES))
            .await
    }

    /// Counts a postcard of a resident, and of the neighbourhood, within the transaction that keeps it.
    pub(crate) async fn count_postcard(
        &self,
        tx: &Tx,
        neighbourhood: Uuid,
        resident: Uuid,
    ) -> Result<(), Stop> {
        let own = ("postcards", resident.as_bytes().as_slice(), pace::POSTCARDS);
        self.count_within(tx, Limit::Postcards, own).await?;
        let here = (
            "postcards here",
            neighbourhood.as_bytes().as_slice(),
            pace::POSTCARDS_HERE,
        );
        self.count_within(tx, Limit::PostcardsHere, here).await
    }

    /// Counts that a member has a membership looked at, within the transaction that does.
    pub(crate) async fn count_question(
        &self,
        tx: &Tx,
        neighbourhood: Uuid,
        resident: Uuid,
    ) -> Result<(), Stop> {
        let who = of_member(neighbourhood, resident);
        self.count_within(tx, Limit::Questions, ("questions", &who, pace::QUESTIONS))
            .await
    }

    /// Counts one try within the transaction of what is tried: where that is not done it does not count.
    async fn count_within(
        &self,
        tx: &Tx,
        limit: Limit,
        (scope, value, pace): (&str, &[u8], Pace),
    ) -> Result<(), Stop> {
        let bucket = self.secrets.bucket(scope, value);
        throttle::take_within(tx, &bucket, pace, self.clock.now_ms())
            .await?
            .map_err(|retry_at_ms| {
                measure(Measure::Limited(limit.code()));
                Stop::Limited { limit, retry_at_ms }
            })
    }

    /// What was tried was right: it does not count.
    pub(crate) async fn was_right(&self, counted: Counted) -> Result<(), StoreFault> {
        if counted.0.is_empty() {
            return Ok(());
        }
        throttle::give_back(&self.store, &counted.0).await
    }

    /// The owner of an address proved it by mail: wrong passwords tried by whomever are forgotten.
    pub(crate) async fn forget_passwords(
        &self,
        tx: &Tx,
        address: &Address,
    ) -> Result<(), StoreFault> {
        let bucket = self
            .secrets
            .bucket("passwords of address", address.folded().expose().as_bytes());
        throttle::clear(tx, &bucket).await
    }
}
