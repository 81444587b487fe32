//! The gRPC service: load, decide, save and tell in one transaction.

mod check;
mod comments;
mod confirm;
mod edit;
mod inspect;
mod own;
mod own_data;
mod police;
mod publish;
mod reading;
mod retry;
mod rsvp;
mod show;
mod taken_down;

pub(crate) use comments::remove;
pub(crate) use edit::{save, take_down};
pub(crate) use show::show;

use contract::common::{Empty, ExportReply, RateLimited, Refused, ResidentRequest};
use contract::posts::posts_server;
use contract::posts::{
    AddCommentReply, AddCommentRequest, AnswerPoliceReadingRequest, CheckReply, CheckRequest,
    CommentRequest, ConfirmRequest, EditRequest, InspectRequest, Inspected, ListCommentsReply,
    ListCommentsRequest, ListMineRequest, ListPostsReply, ListPublicReply, ListPublicRequest,
    ListRsvpsReply, ListRsvpsRequest, ListTakenDownReply, ListTakenDownRequest, Own, Post,
    PostRequest, PublishReply, PublishRequest, SetRsvpReply, SetRsvpRequest,
};
use contract::{Caller, Locale, NeighbourhoodId, PostId, Standing};
use runtime::telemetry::{Measure, measure};
use tonic::{Request, Response, Status};

use crate::domain::{Author, Limit, Limited, Reason, until_tomorrow};
use crate::store::author;
use crate::{Posts, PostsFault};

/// A call under way: who calls, and when.
struct Call {
    caller: Caller,
    locale: Locale,
    now_ms: i64,
}

impl Posts {
    fn call<T>(&self, request: &Request<T>) -> Result<Call, Status> {
        let caller = Caller::of(request)?;
        Ok(Call {
            locale: caller.locale(),
            caller,
            now_ms: self.parts.clock.now_ms(),
        })
    }

    fn standing(&self, call: &Call, of: NeighbourhoodId) -> Result<Standing, PostsFault> {
        let keys = &self.parts.standing_keys;
        Ok(call.caller.member_of(of, keys, call.now_ms)?)
    }

    fn standings(&self, call: &Call) -> Result<Vec<Standing>, PostsFault> {
        call.caller.resident()?;
        Ok(call
            .caller
            .standings(&self.parts.standing_keys, call.now_ms))
    }
}

/// The caller's standing in the neighbourhood of a row that was found among theirs.
fn standing_of(
    standings: Vec<Standing>,
    neighbourhood: sea_orm::prelude::Uuid,
) -> Result<Standing, PostsFault> {
    standings
        .into_iter()
        .find(|standing| standing.neighbourhood.uuid() == neighbourhood)
        .ok_or(PostsFault::NotFound)
}

fn ids(standings: &[Standing]) -> Vec<NeighbourhoodId> {
    standings
        .iter()
        .map(|standing| standing.neighbourhood)
        .collect()
}

fn post_id(bytes: &[u8]) -> Result<PostId, PostsFault> {
    Ok(PostId::from_bytes(bytes)?)
}

fn author_of(standing: &Standing, row: &author::Model) -> Author {
    Author {
        pseudonym: standing.pseudonym.clone(),
        home: standing.home,
        founder: standing.founder,
        newcomer_until_ms: standing.newcomer_until_ms,
        published: u32::try_from(row.published).unwrap_or(u32::MAX),
        suspended_until_ms: standing.suspended_until_ms,
    }
}

fn refused(reasons: &[Reason], locale: Locale) -> Refused {
    Refused {
        reasons: reasons.iter().map(|reason| reason.wire(locale)).collect(),
    }
}

fn limited(why: Limited, locale: Locale) -> RateLimited {
    measure(Measure::Limited(why.limit.as_str()));
    let (french, english) = why.limit.sentence();
    RateLimited {
        limit: why.limit.as_str().to_owned(),
        retry_at_ms: why.again_at_ms,
        message: locale.pick(french, english).to_owned(),
    }
}

/// That today's count of something is used up.
fn limited_today(limit: Limit, call: &Call) -> RateLimited {
    let again_at_ms = until_tomorrow(call.now_ms);
    limited(Limited { limit, again_at_ms }, call.locale)
}

macro_rules! carry_out {
    ($self:ident, $request:ident, $operation:ident) => {{
        let call = $self.call(&$request)?;
        let locale = call.locale;
        match $self.$operation(&call, $request.into_inner()).await {
            Ok(reply) => Ok(Response::new(reply)),
            Err(fault) => Err(fault.status(locale)),
        }
    }};
}

#[tonic::async_trait]
impl posts_server::Posts for Posts {
    #[tracing::instrument(skip_all, fields(role = "posts", operation = "publish"))]
    async fn publish(
        &self,
        request: Request<PublishRequest>,
    ) -> Result<Response<PublishReply>, Status> {
        carry_out!(self, request, do_publish)
    }

    #[tracing::instrument(skip_all, fields(role = "posts", operation = "edit"))]
    async fn edit(&self, request: Request<EditRequest>) -> Result<Response<PublishReply>, Status> {
        carry_out!(self, request, do_edit)
    }

    #[tracing::instrument(skip_all, fields(role = "posts", operation = "confirm"))]
    async fn confirm(
        &self,
        request: Request<ConfirmRequest>,
    ) -> Result<Response<PublishReply>, Status> {
        carry_out!(self, request, do_confirm)
    }

    #[tracing::instrument(skip_all, fields(role = "posts", operation = "check"))]
    async fn check(&self, request: Request<CheckRequest>) -> Result<Response<CheckReply>, Status> {
        let call = self.call(&request)?;
        match self.do_check(&call, request.get_ref()) {
            Ok(reply) => Ok(Response::new(reply)),
            Err(fault) => Err(fault.status(call.locale)),
        }
    }

    #[tracing::instrument(skip_all, fields(role = "posts", operation = "answer_police_reading"))]
    async fn answer_police_reading(
        &self,
        request: Request<AnswerPoliceReadingRequest>,
    ) -> Result<Response<Empty>, Status> {
        carry_out!(self, request, do_answer_police_reading)
    }

    #[tracing::instrument(skip_all, fields(role = "posts", operation = "read_own"))]
    async fn read_own(&self, request: Request<Empty>) -> Result<Response<Own>, Status> {
        carry_out!(self, request, do_read_own)
    }

    #[tracing::instrument(skip_all, fields(role = "posts", operation = "resolve"))]
    async fn resolve(&self, request: Request<PostRequest>) -> Result<Response<Post>, Status> {
        carry_out!(self, request, do_resolve)
    }

    #[tracing::instrument(skip_all, fields(role = "posts", operation = "withdraw"))]
    async fn withdraw(&self, request: Request<PostRequest>) -> Result<Response<Empty>, Status> {
        carry_out!(self, request, do_withdraw)
    }

    #[tracing::instrument(skip_all, fields(role = "posts", operation = "add_comment"))]
    async fn add_comment(
        &self,
        request: Request<AddCommentRequest>,
    ) -> Result<Response<AddCommentReply>, Status> {
        carry_out!(self, request, do_add_comment)
    }

    #[tracing::instrument(skip_all, fields(role = "posts", operation = "withdraw_comment"))]
    async fn withdraw_comment(
        &self,
        request: Request<CommentRequest>,
    ) -> Result<Response<Empty>, Status> {
        carry_out!(self, request, do_withdraw_comment)
    }

    #[tracing::instrument(skip_all, fields(role = "posts", operation = "set_rsvp"))]
    async fn set_rsvp(
        &self,
        request: Request<SetRsvpRequest>,
    ) -> Result<Response<SetRsvpReply>, Status> {
        carry_out!(self, request, do_set_rsvp)
    }

    #[tracing::instrument(skip_all, fields(role = "posts", operation = "list_rsvps"))]
    async fn list_rsvps(
        &self,
        request: Request<ListRsvpsRequest>,
    ) -> Result<Response<ListRsvpsReply>, Status> {
        carry_out!(self, request, do_list_rsvps)
    }

    #[tracing::instrument(skip_all, fields(role = "posts", operation = "get"))]
    async fn get(&self, request: Request<PostRequest>) -> Result<Response<Post>, Status> {
        carry_out!(self, request, do_get)
    }

    #[tracing::instrument(skip_all, fields(role = "posts", operation = "inspect"))]
    async fn inspect(
        &self,
        request: Request<InspectRequest>,
    ) -> Result<Response<Inspected>, Status> {
        carry_out!(self, request, do_inspect)
    }

    #[tracing::instrument(skip_all, fields(role = "posts", operation = "list_public"))]
    async fn list_public(
        &self,
        request: Request<ListPublicRequest>,
    ) -> Result<Response<ListPublicReply>, Status> {
        carry_out!(self, request, do_list_public)
    }

    #[tracing::instrument(skip_all, fields(role = "posts", operation = "list_comments"))]
    async fn list_comments(
        &self,
        request: Request<ListCommentsRequest>,
    ) -> Result<Response<ListCommentsReply>, Status> {
        carry_out!(self, request, do_list_comments)
    }

    #[tracing::instrument(skip_all, fields(role = "posts", operation = "list_taken_down"))]
    async fn list_taken_down(
        &self,
        request: Request<ListTakenDownRequest>,
    ) -> Result<Response<ListTakenDownReply>, Status> {
        carry_out!(self, request, do_list_taken_down)
    }

    #[tracing::instrument(skip_all, fields(role = "posts", operation = "list_mine"))]
    async fn list_mine(
        &self,
        request: Request<ListMineRequest>,
    ) -> Result<Response<ListPostsReply>, Status> {
        carry_out!(self, request, do_list_mine)
    }

    #[tracing::instrument(skip_all, fields(role = "posts", operation = "export"))]
    async fn export(
        &self,
        request: Request<ResidentRequest>,
    ) -> Result<Response<ExportReply>, Status> {
        carry_out!(self, request, do_export)
    }

    #[tracing::instrument(skip_all, fields(role = "posts", operation = "erase"))]
    async fn erase(&self, request: Request<ResidentRequest>) -> Result<Response<Empty>, Status> {
        carry_out!(self, request, do_erase)
    }
}
