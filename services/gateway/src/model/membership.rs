//! Why memberships are doubted, and what of them moderators read.

use contract::identity;
use contract::identity::seen;

use super::choice::mirrored;

mirrored! {
    /// Why somebody no longer stands by a member.
    Doubt is identity::Doubt {
        /// They do not live there.
        LivesElsewhere,
        /// They are not who they said they are.
        NotWhoTheySaid,
        /// The code came into other hands.
        CodePassedOn,
    }
    /// Something that neighbours do not see.
    SeenThing is seen::What {
        /// To what address a postcard goes.
        Address,
        /// How one became a member, and why that is doubted.
        Membership,
        /// That one is a member, and since which month.
        Name,
    }
}
