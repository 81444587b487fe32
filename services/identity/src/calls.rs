//! The contract of identity: every call, delegated to its group.

mod areas;
mod codes;
mod home;
mod invites;
mod join;
pub(crate) mod neighbourhoods;
mod own_data;
mod recovery;
mod sessions;
mod sign_in;
mod sign_up;
mod viewer;

use contract::common::{Empty, ExportReply, ResidentRequest};
use contract::identity::identity_server::Identity as Contract;
use contract::identity::{
    AppointRequest, AuthenticateRequest, ChangeHomeReply, ChangeHomeRequest, ChangeLocaleRequest,
    ChangePasswordReply, ChangePasswordRequest, ChangePseudonymReply, ChangePseudonymRequest,
    ConfirmEmailRequest, CreateInviteReply, CreateInviteRequest, CreateNeighbourhoodRequest,
    EraseReply, EraseRequest, FollowAreaReply, FollowAreaRequest, FollowedAreas,
    GetNeighbourhoodRequest, JoinReply, JoinRequest, ListAreasRequest, ListInvitesReply,
    ListInvitesRequest, ListNamesReply, ListNamesRequest, ListNeighbourhoodsReply,
    ListSessionsReply, NameTileRequest, Neighbourhood, RecoverPasswordRequest, RemapRequest,
    RequestRecoveryRequest, RevokeInviteRequest, RevokeSessionRequest, SignInReply, SignInRequest,
    SignUpReply, SignUpRequest, SuggestPseudonymReply, SuggestPseudonymRequest, Viewer,
};
use contract::{Caller, Fault};
use tonic::{Request, Response, Status};

use crate::Identity;
use crate::error::IdentityFault;

type Answer<T> = Result<Response<T>, Status>;

/// An answer, or the fault as it travels.
fn answer<T>(result: Result<T, IdentityFault>) -> Answer<T> {
    result
        .map(Response::new)
        .map_err(|fault| Fault::from(fault).into())
}

#[tonic::async_trait]
impl Contract for Identity {
    async fn sign_up(&self, request: Request<SignUpRequest>) -> Answer<SignUpReply> {
        answer(sign_up::sign_up(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn confirm_email(&self, request: Request<ConfirmEmailRequest>) -> Answer<SignInReply> {
        answer(sign_up::confirm_email(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn sign_in(&self, request: Request<SignInRequest>) -> Answer<SignInReply> {
        answer(sign_in::sign_in(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn sign_out(&self, request: Request<Empty>) -> Answer<Empty> {
        answer(sessions::sign_out(self, Caller::of(&request)?).await)
    }
    async fn request_recovery(&self, request: Request<RequestRecoveryRequest>) -> Answer<Empty> {
        answer(recovery::request_recovery(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn recover_password(
        &self,
        request: Request<RecoverPasswordRequest>,
    ) -> Answer<SignInReply> {
        answer(recovery::recover_password(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn change_password(
        &self,
        request: Request<ChangePasswordRequest>,
    ) -> Answer<ChangePasswordReply> {
        answer(recovery::change_password(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn authenticate(&self, request: Request<AuthenticateRequest>) -> Answer<Viewer> {
        Caller::of(&request)?;
        answer(sessions::authenticate(self, request.into_inner()).await)
    }
    async fn list_sessions(&self, request: Request<Empty>) -> Answer<ListSessionsReply> {
        answer(sessions::list_sessions(self, Caller::of(&request)?).await)
    }
    async fn revoke_session(&self, request: Request<RevokeSessionRequest>) -> Answer<Empty> {
        answer(sessions::revoke_session(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn change_locale(&self, request: Request<ChangeLocaleRequest>) -> Answer<Empty> {
        answer(own_data::change_locale(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn join(&self, request: Request<JoinRequest>) -> Answer<JoinReply> {
        answer(join::join(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn change_home(&self, request: Request<ChangeHomeRequest>) -> Answer<ChangeHomeReply> {
        answer(home::change_home(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn change_pseudonym(
        &self,
        request: Request<ChangePseudonymRequest>,
    ) -> Answer<ChangePseudonymReply> {
        answer(home::change_pseudonym(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn follow_area(&self, request: Request<FollowAreaRequest>) -> Answer<FollowAreaReply> {
        answer(areas::follow_area(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn list_areas(&self, request: Request<ListAreasRequest>) -> Answer<FollowedAreas> {
        answer(areas::list_areas(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn suggest_pseudonym(
        &self,
        request: Request<SuggestPseudonymRequest>,
    ) -> Answer<SuggestPseudonymReply> {
        answer(join::suggest_pseudonym(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn create_invite(
        &self,
        request: Request<CreateInviteRequest>,
    ) -> Answer<CreateInviteReply> {
        answer(invites::create_invite(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn list_invites(&self, request: Request<ListInvitesRequest>) -> Answer<ListInvitesReply> {
        answer(invites::list_invites(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn revoke_invite(&self, request: Request<RevokeInviteRequest>) -> Answer<Empty> {
        answer(invites::revoke_invite(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn get_neighbourhood(
        &self,
        request: Request<GetNeighbourhoodRequest>,
    ) -> Answer<Neighbourhood> {
        answer(neighbourhoods::get(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn name_tile(&self, request: Request<NameTileRequest>) -> Answer<Neighbourhood> {
        answer(neighbourhoods::name_tile(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn create_neighbourhood(
        &self,
        request: Request<CreateNeighbourhoodRequest>,
    ) -> Answer<Neighbourhood> {
        answer(neighbourhoods::create(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn list_names(&self, request: Request<ListNamesRequest>) -> Answer<ListNamesReply> {
        answer(neighbourhoods::list_names(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn list_neighbourhoods(
        &self,
        request: Request<Empty>,
    ) -> Answer<ListNeighbourhoodsReply> {
        answer(neighbourhoods::list(self, Caller::of(&request)?).await)
    }
    async fn remap(&self, request: Request<RemapRequest>) -> Answer<Neighbourhood> {
        answer(neighbourhoods::remap(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn appoint(&self, request: Request<AppointRequest>) -> Answer<Empty> {
        answer(neighbourhoods::appoint(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn export(&self, request: Request<ResidentRequest>) -> Answer<ExportReply> {
        answer(own_data::export(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn erase(&self, request: Request<EraseRequest>) -> Answer<EraseReply> {
        answer(own_data::erase(self, Caller::of(&request)?, request.into_inner()).await)
    }
}

/// A place from a message.
fn place(id: i64) -> Result<geo::Place, Fault> {
    geo::Place::from_i64(id)
        .map_err(|error| Fault::invalid(error.code(), error.to_string()).at("place"))
}

/// Lets the operator through.
fn operator(caller: &Caller) -> Result<(), Fault> {
    match caller {
        Caller::Operator => Ok(()),
        _ => Err(Fault::forbidden(
            "Only the operator of this board can do this.",
        )),
    }
}
