//! The contract of identity: every call, delegated to its group.

pub(crate) mod admit;
mod areas;
mod codes;
mod home;
mod invites;
mod join;
mod members;
pub(crate) mod neighbourhoods;
mod own_data;
mod postcards;
mod questioned;
mod recovery;
mod reply_address;
mod reserves;
mod sessions;
mod sign_in;
mod sign_up;
mod ties;
mod viewer;
mod vouching;

use contract::common::{Empty, ExportReply, ResidentRequest};
use contract::identity::identity_server::Identity as Contract;
use contract::identity::{
    AppointRequest, AppointReserveRequest, AskForPostcardReply, AskForPostcardRequest,
    AskForVouchesReply, AskForVouchesRequest, AuthenticateRequest, ChangeHomeReply,
    ChangeHomeRequest, ChangeLocaleRequest, ChangePasswordReply, ChangePasswordRequest,
    ChangePseudonymReply, ChangePseudonymRequest, ConfirmEmailRequest, CreateInviteReply,
    CreateInviteRequest, CreateNeighbourhoodRequest, EraseReply, EraseRequest, FollowAreaReply,
    FollowAreaRequest, FollowedAreas, GetNeighbourhoodRequest, JoinReply, JoinRequest, Joining,
    KeepReplyAddressReply, KeepReplyAddressRequest, ListAreasRequest, ListInvitesReply,
    ListInvitesRequest, ListLeftToOthersReply, ListLeftToOthersRequest, ListMembersReply,
    ListMembersRequest, ListNamesReply, ListNamesRequest, ListNeighbourhoodsReply,
    ListPostcardsReply, ListPostcardsRequest, ListQuestionedReply, ListQuestionedRequest,
    ListReservesReply, ListReservesRequest, ListSessionsReply, ListVouchesReply,
    ListVouchesRequest, NameTileRequest, Neighbourhood, QuestionMemberReply, QuestionMemberRequest,
    ReadVouchingReply, RecoverPasswordRequest, RemapRequest, RequestRecoveryRequest,
    RevokeInviteRequest, RevokeSessionRequest, SetPostcardsRequest, SettlePostcardRequest,
    SettleQuestionedReply, SettleQuestionedRequest, SignInReply, SignInRequest, SignUpReply,
    SignUpRequest, SuggestPseudonymReply, SuggestPseudonymRequest, TakeBackVouchRequest, Viewer,
    VouchReply, VouchRequest, WithdrawJoiningRequest,
};
use contract::{Caller, Fault};
use tonic::{Request, Response, Status};

use crate::Identity;
use crate::error::IdentityFault;
use crate::store::membership;

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
    async fn keep_reply_address(
        &self,
        request: Request<KeepReplyAddressRequest>,
    ) -> Answer<KeepReplyAddressReply> {
        answer(reply_address::keep(self, Caller::of(&request)?, request.into_inner()).await)
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
    async fn ask_for_vouches(
        &self,
        request: Request<AskForVouchesRequest>,
    ) -> Answer<AskForVouchesReply> {
        answer(vouching::ask_for_vouches(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn read_vouching(&self, request: Request<VouchRequest>) -> Answer<ReadVouchingReply> {
        answer(vouching::read_vouching(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn vouch(&self, request: Request<VouchRequest>) -> Answer<VouchReply> {
        answer(vouching::vouch(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn list_vouches(&self, request: Request<ListVouchesRequest>) -> Answer<ListVouchesReply> {
        answer(vouching::list_vouches(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn take_back_vouch(&self, request: Request<TakeBackVouchRequest>) -> Answer<Empty> {
        answer(vouching::take_back_vouch(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn ask_for_postcard(
        &self,
        request: Request<AskForPostcardRequest>,
    ) -> Answer<AskForPostcardReply> {
        answer(postcards::ask_for_postcard(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn list_left_to_others(
        &self,
        request: Request<ListLeftToOthersRequest>,
    ) -> Answer<ListLeftToOthersReply> {
        answer(ties::list_left_to_others(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn list_joining(&self, request: Request<Empty>) -> Answer<Joining> {
        answer(postcards::list_joining(self, Caller::of(&request)?).await)
    }
    async fn withdraw_joining(&self, request: Request<WithdrawJoiningRequest>) -> Answer<Empty> {
        answer(postcards::withdraw_joining(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn question_member(
        &self,
        request: Request<QuestionMemberRequest>,
    ) -> Answer<QuestionMemberReply> {
        answer(questioned::question_member(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn list_postcards(
        &self,
        request: Request<ListPostcardsRequest>,
    ) -> Answer<ListPostcardsReply> {
        answer(postcards::list_postcards(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn settle_postcard(&self, request: Request<SettlePostcardRequest>) -> Answer<Empty> {
        answer(postcards::settle_postcard(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn list_questioned(
        &self,
        request: Request<ListQuestionedRequest>,
    ) -> Answer<ListQuestionedReply> {
        answer(questioned::list_questioned(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn settle_questioned(
        &self,
        request: Request<SettleQuestionedRequest>,
    ) -> Answer<SettleQuestionedReply> {
        answer(
            questioned::settle_questioned(self, Caller::of(&request)?, request.into_inner()).await,
        )
    }
    async fn list_members(&self, request: Request<ListMembersRequest>) -> Answer<ListMembersReply> {
        answer(members::list_members(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn get_neighbourhood(
        &self,
        request: Request<GetNeighbourhoodRequest>,
    ) -> Answer<Neighbourhood> {
        answer(neighbourhoods::get(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn set_postcards(&self, request: Request<SetPostcardsRequest>) -> Answer<Neighbourhood> {
        answer(
            neighbourhoods::set_postcards(self, Caller::of(&request)?, request.into_inner()).await,
        )
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
    async fn appoint_reserve(&self, request: Request<AppointReserveRequest>) -> Answer<Empty> {
        answer(reserves::appoint_reserve(self, Caller::of(&request)?, request.into_inner()).await)
    }
    async fn list_reserves(
        &self,
        request: Request<ListReservesRequest>,
    ) -> Answer<ListReservesReply> {
        answer(reserves::list_reserves(self, request.into_inner()).await)
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

/// Lets a moderator of the neighbourhood through, whether they live there or help out.
async fn moderator(
    identity: &Identity,
    caller: &Caller,
    neighbourhood: uuid::Uuid,
) -> Result<uuid::Uuid, IdentityFault> {
    let resident = caller.resident()?.0.uuid();
    let db = identity.store.read();
    if identity.moderates(db, neighbourhood, resident).await? {
        return Ok(resident);
    }
    membership::of(db, neighbourhood, resident)
        .await?
        .ok_or_else(Fault::not_found)?;
    Err(Fault::forbidden("Only moderators of this neighbourhood do this.").into())
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
