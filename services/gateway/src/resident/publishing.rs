//! Putting notices up.

use async_graphql::{Context, ID, InputObject, Object, Result, Union};
use contract::posts::publish_reply::Outcome;
use contract::{
    Caller, Fault, FaultKind, Locale, MediaId, NeighbourhoodId, PostId, common, media, posts,
};

use super::outcome;
use crate::model::behaviour::BehaviourInput;
use crate::model::choice::{Audience, Category, Signature};
use crate::model::id::{Opaque, client_key};
use crate::model::post::Post;
use crate::model::refusal::{RateLimited, RefusalCode, RefusalReason, refused};
use crate::model::scalar::{CellToken, DateTime};
use crate::visit::{Visit, visit};

/// The most pictures of a notice.
pub(super) const MEDIA_AT_MOST: usize = 4;

/// When and where an event is.
#[derive(InputObject)]
pub(crate) struct EventInput {
    /// When it begins.
    starts_at: DateTime,
    /// When it ends.
    ends_at: DateTime,
    /// The venue, in words.
    #[graphql(default)]
    place_name: String,
    /// How many can come; absent: no limit.
    capacity: Option<u32>,
    /// Who may read about it.
    #[graphql(default_with = "Audience::Neighbourhood")]
    audience: Audience,
}

impl EventInput {
    /// On the wire.
    pub(super) fn wire(self) -> posts::Event {
        posts::Event {
            starts_at_ms: self.starts_at.0,
            ends_at_ms: self.ends_at.0,
            place_name: self.place_name,
            capacity: self.capacity.unwrap_or_default(),
            audience: self.audience.wire().into(),
        }
    }
}

/// A notice to put up.
#[derive(InputObject)]
pub(crate) struct PublishPostInput {
    /// Random, minted by the client: the same key and input give the same answer for 48 hours, so a retry is harmless.
    /// 16 to 64 characters of A-Z a-z 0-9 - _, such as a UUID. Never the public id.
    client_key: ID,
    /// Where.
    neighbourhood: ID,
    /// What about.
    category: Category,
    /// Its title. Empty for `CONCERNING_BEHAVIOUR`: the headline is made of the act.
    title: String,
    /// Its text. For `CONCERNING_BEHAVIOUR`: what was done, in words.
    body: String,
    /// The tile it is about; absent: home.
    cell: Option<CellToken>,
    /// Pictures sent before, at most 4.
    media: Option<Vec<ID>>,
    /// What each picture shows, in the same order, for those who do not see it.
    media_alt: Option<Vec<String>>,
    /// For an event: when and where.
    event: Option<EventInput>,
    /// For `CONCERNING_BEHAVIOUR`, and only then: the form.
    behaviour: Option<BehaviourInput>,
    /// When what it tells happened; for `CONCERNING_BEHAVIOUR` it has to be told.
    occurred_at: Option<DateTime>,
    /// When it comes down; absent: as its category says.
    expires_at: Option<DateTime>,
    /// How it is signed; absent: with the pseudonym at home, as "a neighbour" elsewhere.
    signed_as: Option<Signature>,
    /// For `INCIDENT`: whether police may read it, where the neighbourhood lets them read at all; absent: as answered for all
    /// of them, and without an answer no.
    police_may_read: Option<bool>,
    /// What is found in its text is wrong: a person reads it, instead of refusing it.
    #[graphql(default)]
    contest_findings: bool,
}

/// On the board.
#[derive(async_graphql::SimpleObject)]
pub(crate) struct PostPublished {
    /// As neighbours see it.
    pub(super) post: Post,
}

/// Waits until a moderator has read it.
#[derive(async_graphql::SimpleObject)]
pub(crate) struct PostInReview {
    /// As its author sees it.
    pub(super) post: Post,
}

/// Rests for twenty minutes; until its author has confirmed it then, nobody else reads it.
#[derive(async_graphql::SimpleObject)]
pub(crate) struct PostCoolingDown {
    /// As its author sees it.
    pub(super) post: Post,
}

refused! {
    /// Not published; nothing is kept.
    PostRefused
}

/// What came of publishing.
#[derive(Union)]
pub(crate) enum PublishPostPayload {
    /// On the board.
    PostPublished(PostPublished),
    /// Waits to be read.
    PostInReview(PostInReview),
    /// Waits to be confirmed.
    PostCoolingDown(PostCoolingDown),
    /// Not published.
    PostRefused(PostRefused),
    /// Too often.
    RateLimited(RateLimited),
}

macro_rules! from_outcome {
    ($($payload:ident),+) => {$(
        impl TryFrom<Outcome> for $payload {
            type Error = Fault;
            fn try_from(outcome: Outcome) -> Result<Self, Fault> {
                Ok(match outcome {
                    Outcome::Published(post) => Self::PostPublished(PostPublished { post: Post::told(post)? }),
                    Outcome::InReview(post) => Self::PostInReview(PostInReview { post: Post::told(post)? }),
                    Outcome::CoolingDown(post) => Self::PostCoolingDown(PostCoolingDown { post: Post::told(post)? }),
                    Outcome::Refused(refused) => Self::PostRefused(refused.into()),
                    Outcome::Limited(limited) => Self::RateLimited(limited.into()),
                })
            }
        }
    )+};
}
pub(super) use from_outcome;
from_outcome!(PublishPostPayload);

/// More pictures than a notice carries.
pub(super) fn too_many_pictures(locale: Locale) -> PostRefused {
    PostRefused {
        reasons: vec![RefusalReason {
            code: RefusalCode::MediaNotAllowed,
            message: locale
                .pick(
                    "Une annonce porte 4 photos au plus. Choisissez les plus parlantes.",
                    "A notice carries at most 4 pictures. Choose those that say most.",
                )
                .to_owned(),
            field: Some("media".to_owned()),
            range: None,
        }],
    }
}

fn outside(fault: Fault, locale: Locale) -> PostRefused {
    PostRefused {
        reasons: vec![RefusalReason {
            code: RefusalCode::OutsideNeighbourhood,
            message: match locale {
                Locale::French => "Ce carreau n’est pas dans le quartier. Choisissez l’un des siens, ou le quartier entier.".to_owned(),
                Locale::English => fault.message.into_owned(),
            },
            field: Some("cell".to_owned()),
            range: None,
        }],
    }
}

/// The pictures an input names, as far as it says: an id and what each shows.
///
/// # Errors
/// `INVALID_ID`, `TOO_MANY_ALTS`.
pub(super) fn named(
    media: &[ID],
    alts: Option<Vec<String>>,
) -> Result<Vec<common::Picture>, Fault> {
    let alts = alts.unwrap_or_default();
    if alts.len() > media.len() {
        let message = "Give at most one alternative text for each picture.";
        return Err(Fault::invalid("TOO_MANY_ALTS", message).at("mediaAlt"));
    }
    let mut alts = alts.into_iter();
    media
        .iter()
        .map(|id| {
            Ok(common::Picture {
                id: MediaId::read(id, "media")?.to_bytes(),
                alt: alts.next().unwrap_or_default(),
                ..common::Picture::default()
            })
        })
        .collect()
}

/// Adds what media knows of the pictures: only the caller's own, that no other notice shows, are known.
///
/// # Errors
/// `NOT_FOUND` for a picture that is unknown or another's.
pub(super) async fn described(
    visit: &Visit,
    caller: &Caller,
    named: &[common::Picture],
    post: Option<PostId>,
) -> Result<Vec<common::Picture>, Fault> {
    if named.is_empty() {
        return Ok(Vec::new());
    }
    let request = media::DescribeRequest {
        ids: named.iter().map(|picture| picture.id.clone()).collect(),
        post: post.map(PostId::to_bytes).unwrap_or_default(),
    };
    let mut client = visit.edge.media.clone();
    let reply = client
        .describe(caller.request(request))
        .await
        .map_err(|status| Fault::from(status).at("media"))?;
    let mut pictures = reply.into_inner().pictures;
    for (picture, named) in pictures.iter_mut().zip(named) {
        picture.alt.clone_from(&named.alt);
    }
    Ok(pictures)
}

#[derive(Default)]
pub(crate) struct Publishing;

#[Object]
impl Publishing {
    /// Puts a notice up.
    async fn publish_post(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The notice.")] input: PublishPostInput,
    ) -> Result<PublishPostPayload> {
        let visit = visit(ctx);
        visit.resident()?;
        let neighbourhood = NeighbourhoodId::read(&input.neighbourhood, "neighbourhood")?;
        visit.member_of(neighbourhood)?;
        let client_key = client_key(&input.client_key)?;
        let hood = visit.edge.hoods.by_id(neighbourhood).await?;
        let place = match input.cell.map(|cell| hood.place_of(cell.0)).transpose() {
            Ok(place) => place,
            Err(fault) => {
                let refused = outside(fault, visit.locale());
                return Ok(PublishPostPayload::PostRefused(refused));
            }
        };
        let media = input.media.unwrap_or_default();
        if media.len() > MEDIA_AT_MOST {
            let refused = too_many_pictures(visit.locale());
            return Ok(PublishPostPayload::PostRefused(refused));
        }
        let named = named(&media, input.media_alt)?;
        let caller = visit.caller();
        // A retry names pictures that its notice shows by now.
        let (pictures, unknown) = match described(visit, &caller, &named, None).await {
            Ok(pictures) => (pictures, None),
            Err(fault) if fault.kind == FaultKind::NotFound => (named, Some(fault)),
            Err(fault) => return Err(fault.into()),
        };
        let request = posts::PublishRequest {
            client_key: client_key.into(),
            neighbourhood: neighbourhood.to_bytes(),
            category: input.category.wire().into(),
            title: input.title,
            body: input.body,
            place: place.map(geo::Place::to_i64),
            pictures,
            event: input.event.map(EventInput::wire),
            behaviour: input.behaviour.map(BehaviourInput::wire),
            police_may_read: input.police_may_read,
            occurred_at_ms: input.occurred_at.map(|at| at.0),
            expires_at_ms: input.expires_at.map(|at| at.0),
            signed_as: Signature::wire(input.signed_as).into(),
            only_if_before: unknown.is_some(),
            contests_findings: input.contest_findings,
        };
        let answer = visit
            .edge
            .posts
            .clone()
            .publish(caller.request(request))
            .await;
        let reply = answer.map_err(|status| {
            let fault = Fault::from(status);
            match unknown {
                Some(unknown) if fault.kind == FaultKind::NotFound => unknown,
                _ => fault,
            }
        })?;
        Ok(outcome(reply.into_inner().outcome)?.try_into()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_key_is_random_text_and_becomes_16_bytes() {
        let uuid = "2f1c0a52-6f0e-4a59-9a6e-0d0e6f3c9b11";
        assert_eq!(client_key(uuid).unwrap().len(), 16);
        assert_eq!(client_key(uuid).unwrap(), client_key(uuid).unwrap());
        assert_ne!(
            client_key(uuid).unwrap(),
            client_key(&uuid.to_uppercase()).unwrap()
        );
        for key in [
            "",
            "short",
            "with space and more",
            &"a".repeat(65),
            "ééééééééééééééé",
        ] {
            assert_eq!(
                client_key(key).unwrap_err().code,
                "INVALID_CLIENT_KEY",
                "{key}"
            );
        }
    }
}
