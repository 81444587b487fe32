//! Reading a text before it is sent.

use contract::NeighbourhoodId;
use contract::common::Reason as WireReason;
use contract::posts::{CheckReply, CheckRequest};

use super::Call;
use crate::domain::{Texts, reading};
use crate::{Posts, PostsFault};

impl Posts {
    /// The same reading as when it is sent; nothing is kept, and nobody but the caller learns of it.
    pub(super) fn do_check(
        &self,
        call: &Call,
        asked: &CheckRequest,
    ) -> Result<CheckReply, PostsFault> {
        self.standing(call, NeighbourhoodId::from_bytes(&asked.neighbourhood)?)?;
        let read = reading(&Texts {
            category: asked.category(),
            title: &asked.title,
            body: &asked.body,
            venue: &asked.venue,
            pictures: &[],
            behaviour: asked.behaviour.as_ref(),
        });
        let findings = read.reasons.iter();
        let findings: Vec<WireReason> = findings.map(|reason| reason.wire(call.locale)).collect();
        Ok(CheckReply {
            findings,
            waits: read.waits,
        })
    }
}
