//! How often something may be done: which limit, when again, and what to do meanwhile.

/// What is limited.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Limit {
    /// Notices of one resident in one neighbourhood a day.
    PostsADay,
    /// Comments of one resident in one neighbourhood a day.
    CommentsADay,
    /// Answers to events, changes of mind among them, of one resident in one neighbourhood a day.
    RsvpsADay,
    /// Notices about a person, of one account a week.
    AboutPeopleAWeek,
    /// Notices about a person, of an account one of whose was taken down for profiling.
    AboutPeoplePaused,
    /// Notices about a person, of a newcomer.
    AboutPeopleNewcomer,
    /// A notice about a person that was written a moment ago.
    CoolDown,
}

contract::codes! { Limit::as_str {
    Self::PostsADay => "posts_a_day",
    Self::CommentsADay => "comments_a_day",
    Self::RsvpsADay => "rsvps_a_day",
    Self::AboutPeopleAWeek => "about_people_a_week",
    Self::AboutPeoplePaused => "about_people_paused",
    Self::AboutPeopleNewcomer => "about_people_newcomer",
    Self::CoolDown => "cool_down",
} }

impl Limit {
    /// What was too much and what to do, in French and in English.
    pub const fn sentence(self) -> (&'static str, &'static str) {
        match self {
            Self::PostsADay | Self::CommentsADay => (
                "C’est beaucoup pour un jour. Gardez votre texte : vous pourrez le publier demain.",
                "That is a lot for one day. Keep your text: you can put it up tomorrow.",
            ),
            Self::RsvpsADay => (
                "C’est beaucoup de réponses pour un jour. Vous pourrez répondre demain ; retirer une réponse reste possible.",
                "Those are many answers for one day. You can answer tomorrow; taking an answer back stays possible.",
            ),
            Self::AboutPeopleAWeek => (
                "Une annonce sur une personne par semaine et par habitant. Si c’est grave, appelez le 17 ou le 112 ; si une chose a eu lieu, affichez un incident.",
                "One notice about a person per resident and week. If it is serious, call 112; if something happened, put up an incident.",
            ),
            Self::AboutPeoplePaused => (
                "Une de vos annonces sur une personne a été retirée pour profilage : vous n’en écrivez pas pendant 30 jours. Le courrier que vous avez reçu dit comment contester. Si c’est grave, appelez le 17 ou le 112.",
                "One of your notices about a person was taken down for profiling: you write none for 30 days. The mail you received says how to appeal. If it is serious, call 112.",
            ),
            Self::AboutPeopleNewcomer => (
                "Les nouveaux habitants écrivent sur des personnes après 14 jours et trois annonces. D’ici là, affichez un incident si une chose a eu lieu, ou appelez le 17 ou le 112 si c’est grave.",
                "New residents write about people after 14 days and three notices. Until then, put up an incident if something happened, or call 112 if it is serious.",
            ),
            Self::CoolDown => (
                "On laisse reposer vingt minutes. Revenez ensuite relire, et confirmez si vous le voulez encore.",
                "It rests for twenty minutes. Come back then to read it again, and confirm it if you still want to.",
            ),
        }
    }
}

/// Too much for now; nothing was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limited {
    /// Which limit.
    pub limit: Limit,
    /// When it can be done again, in milliseconds since 1970.
    pub again_at_ms: i64,
}
