//! Decisions and their reasons: the closed lists, and a decision as everybody whom it concerns reads it.

use async_graphql::{ID, SimpleObject};
use contract::{CommentId, Fault, MediaId, PostId, common, moderation};

use super::choice::{Measure, mirrored};
use super::id::Opaque;
use super::scalar::DateTime;

mirrored! {
    /// What moderators decide about.
    ContentKind is moderation::Kind {
        /// A notice.
        Post,
        /// An answer below one.
        Comment,
    }
    /// What is wrong, as who reports it sees it.
    ReportReason is moderation::Reason {
        /// The law forbids it: an explanation and good faith are asked for (EU DSA, article 16).
        IllegalContent,
        /// It tells of somebody who did nothing but be there.
        AboutSomebody,
        /// It speaks of people by where they are from, or as a group.
        OriginOrGroup,
        /// It gives away where somebody lives, a number, a plate or a name.
        GivesAway,
        /// It insults, threatens or pursues somebody.
        Harassment,
        /// It brings somebody into danger, or raises a false alarm.
        Danger,
        /// It advertises, or does not belong on the board.
        Advertising,
        /// Anything else: an explanation is asked for.
        SomethingElse,
        /// Somebody is in a picture: only by `reportDepiction`.
        InPicture,
    }
    /// The rules of the house.
    HouseRule is moderation::Rule {
        /// None is broken: it stays as it is.
        NoneBroken,
        /// Where somebody is from, or their group, is named where it does not matter.
        OriginNamed,
        /// Somebody was there and did nothing.
        Presence,
        /// Somebody's data are given away.
        PrivateData,
        /// Somebody is suspected for what they are. Its author pauses writing about people for 30 days.
        Profiling,
        /// Somebody is insulted.
        Insult,
        /// Somebody is threatened.
        Threat,
        /// There is no such danger.
        FalseAlarm,
        /// It advertises.
        Spam,
        /// It does not belong on the board.
        OffTopic,
        /// The law forbids it.
        Illegal,
        /// Somebody is shown in a picture who does not want to be.
        Depiction,
    }
    /// On what a decision stands.
    Ground is moderation::Ground {
        /// The rules of the house.
        HouseRules,
        /// The law.
        Law,
    }
    /// What came of an appeal.
    AppealOutcome is moderation::Outcome {
        /// What had been decided stays.
        Upheld,
        /// It does not stay.
        Reversed,
    }
    /// What somebody is told of.
    Occasion is common::Occasion {
        /// Moderators decided about what one wrote.
        Decision,
        /// Moderators decided about what one reported.
        ReportDecided,
        /// Another moderator decided about one's appeal.
        AppealDecided,
        /// What one wrote was not read in time.
        Lapsed,
    }
}

/// What moderators decided, and why (EU DSA, article 17).
#[derive(SimpleObject)]
pub(crate) struct Decision {
    /// What becomes of the content; null where this is about its author only.
    measure: Option<Measure>,
    /// Pictures taken out for good.
    media_removed: Vec<ID>,
    /// Until when its author may not write; null: may.
    paused_until: Option<DateTime>,
    /// Until when its author may not tell of people; null: may.
    about_people_paused_until: Option<DateTime>,
    /// Which rule.
    rule: HouseRule,
    /// On what it stands.
    ground: Ground,
    /// What happened, in the moderator's words.
    facts: String,
    /// Always false: only people decide.
    automated: bool,
}

impl Decision {
    /// As moderation tells it.
    ///
    /// # Errors
    /// `INTERNAL` when it is not readable.
    pub(crate) fn read(wire: moderation::Decision) -> Result<Self, Fault> {
        Ok(Self {
            measure: Measure::read(wire.measure()),
            media_removed: media(&wire.pictures_removed),
            paused_until: DateTime::unless_zero(wire.paused_until_ms),
            about_people_paused_until: DateTime::unless_zero(wire.people_until_ms),
            rule: HouseRule::read(wire.rule()).ok_or_else(Fault::internal)?,
            ground: Ground::read(wire.ground()).ok_or_else(Fault::internal)?,
            facts: wire.facts,
            automated: wire.automated,
        })
    }
}

/// Ids of pictures.
pub(crate) fn media<B: AsRef<[u8]>>(ids: &[B]) -> Vec<ID> {
    let read = ids.iter().map(|id| MediaId::from_bytes(id.as_ref()));
    read.filter_map(|id| Some(id.ok()?.opaque())).collect()
}

/// What something is about: a notice or an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum About {
    /// A notice.
    Post(PostId),
    /// An answer below one.
    Comment(CommentId),
}

impl About {
    /// From the wire.
    ///
    /// # Errors
    /// `INTERNAL` when it is not readable.
    pub(crate) fn told(kind: moderation::Kind, content: &[u8]) -> Result<Self, Fault> {
        let id = match kind {
            moderation::Kind::Post => PostId::from_bytes(content).map(Self::Post),
            moderation::Kind::Comment => CommentId::from_bytes(content).map(Self::Comment),
            moderation::Kind::Unspecified => return Err(Fault::internal()),
        };
        id.map_err(|_| Fault::internal())
    }

    /// From what a client sent for an argument.
    ///
    /// # Errors
    /// `INVALID_ID`, naming the argument, when it is neither.
    pub(crate) fn read(id: &str, field: &'static str) -> Result<Self, Fault> {
        match PostId::read(id, field) {
            Ok(post) => Ok(Self::Post(post)),
            Err(_) => CommentId::read(id, field).map(Self::Comment),
        }
    }

    /// As clients see it.
    pub(crate) fn opaque(self) -> ID {
        match self {
            Self::Post(id) => id.opaque(),
            Self::Comment(id) => id.opaque(),
        }
    }

    /// Of which kind.
    pub(crate) const fn kind(self) -> ContentKind {
        match self {
            Self::Post(_) => ContentKind::Post,
            Self::Comment(_) => ContentKind::Comment,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_something_is_about_is_a_notice_or_an_answer_and_nothing_else() {
        let post = About::Post(PostId::from_random([1; 16]));
        let comment = About::Comment(CommentId::from_random([2; 16]));
        for about in [post, comment] {
            assert_eq!(About::read(&about.opaque(), "content").unwrap(), about);
        }
        let picture = MediaId::from_random([3; 16]).opaque();
        let fault = About::read(&picture, "content").unwrap_err();
        assert_eq!(fault.code, "INVALID_ID");
    }
}
