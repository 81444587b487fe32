//! Each call of the service, within a span that names role and operation.

use contract::common::{Empty, ExportReply, ResidentRequest};
use contract::moderation::moderation_server;
use contract::moderation::{
    AppealIdRequest, AppealReply, AppealRequest, AuditReply, AuditRequest, Case, CaseRequest,
    CountFormRequest, DecideAppealRequest, DecideCaseRequest, DecideProposalRequest,
    DecideRaiseRequest, Decision, EndRaiseRequest, Limits, LimitsRequest, ListAppealsReply,
    ListAppealsRequest, ListCasesReply, ListCasesRequest, ListDecisionsReply, ListDecisionsRequest,
    ListProposalsReply, ListProposalsRequest, ListRaisedReply, ListStatementsReply,
    ListStatementsRequest, ListViewsReply, ListViewsRequest, Month, MonthRequest, OpenAppeal,
    Proposal, ProposeRaiseRequest, ProposeSuspensionRequest, ProposedRaise,
    RecordLegalRequestRequest, ReportDepictionRequest, ReportReply, ReportRequest, Statement,
    StatementRequest,
};
use tonic::{Request, Response, Status};

use crate::Moderation;

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
impl moderation_server::Moderation for Moderation {
    #[tracing::instrument(skip_all, fields(role = "moderation", operation = "report"))]
    async fn report(
        &self,
        request: Request<ReportRequest>,
    ) -> Result<Response<ReportReply>, Status> {
        carry_out!(self, request, do_report)
    }

    #[tracing::instrument(skip_all, fields(role = "moderation", operation = "report_depiction"))]
    async fn report_depiction(
        &self,
        request: Request<ReportDepictionRequest>,
    ) -> Result<Response<ReportReply>, Status> {
        carry_out!(self, request, do_report_depiction)
    }

    #[tracing::instrument(skip_all, fields(role = "moderation", operation = "list_statements"))]
    async fn list_statements(
        &self,
        request: Request<ListStatementsRequest>,
    ) -> Result<Response<ListStatementsReply>, Status> {
        carry_out!(self, request, do_list_statements)
    }

    #[tracing::instrument(skip_all, fields(role = "moderation", operation = "get_statement"))]
    async fn get_statement(
        &self,
        request: Request<StatementRequest>,
    ) -> Result<Response<Statement>, Status> {
        carry_out!(self, request, do_get_statement)
    }

    #[tracing::instrument(skip_all, fields(role = "moderation", operation = "appeal"))]
    async fn appeal(
        &self,
        request: Request<AppealRequest>,
    ) -> Result<Response<AppealReply>, Status> {
        carry_out!(self, request, do_appeal)
    }

    #[tracing::instrument(skip_all, fields(role = "moderation", operation = "list_views"))]
    async fn list_views(
        &self,
        request: Request<ListViewsRequest>,
    ) -> Result<Response<ListViewsReply>, Status> {
        carry_out!(self, request, do_list_views)
    }

    #[tracing::instrument(skip_all, fields(role = "moderation", operation = "list_decisions"))]
    async fn list_decisions(
        &self,
        request: Request<ListDecisionsRequest>,
    ) -> Result<Response<ListDecisionsReply>, Status> {
        carry_out!(self, request, do_list_decisions)
    }

    #[tracing::instrument(skip_all, fields(role = "moderation", operation = "get_month"))]
    async fn get_month(&self, request: Request<MonthRequest>) -> Result<Response<Month>, Status> {
        carry_out!(self, request, do_get_month)
    }

    #[tracing::instrument(skip_all, fields(role = "moderation", operation = "count_form"))]
    async fn count_form(
        &self,
        request: Request<CountFormRequest>,
    ) -> Result<Response<Empty>, Status> {
        carry_out!(self, request, do_count_form)
    }

    #[tracing::instrument(
        skip_all,
        fields(role = "moderation", operation = "record_legal_request")
    )]
    async fn record_legal_request(
        &self,
        request: Request<RecordLegalRequestRequest>,
    ) -> Result<Response<Empty>, Status> {
        carry_out!(self, request, do_record_legal_request)
    }

    #[tracing::instrument(skip_all, fields(role = "moderation", operation = "audit"))]
    async fn audit(&self, request: Request<AuditRequest>) -> Result<Response<AuditReply>, Status> {
        carry_out!(self, request, do_audit)
    }

    #[tracing::instrument(skip_all, fields(role = "moderation", operation = "list_cases"))]
    async fn list_cases(
        &self,
        request: Request<ListCasesRequest>,
    ) -> Result<Response<ListCasesReply>, Status> {
        carry_out!(self, request, do_list_cases)
    }

    #[tracing::instrument(skip_all, fields(role = "moderation", operation = "get_case"))]
    async fn get_case(&self, request: Request<CaseRequest>) -> Result<Response<Case>, Status> {
        carry_out!(self, request, do_get_case)
    }

    #[tracing::instrument(skip_all, fields(role = "moderation", operation = "claim_case"))]
    async fn claim_case(&self, request: Request<CaseRequest>) -> Result<Response<Case>, Status> {
        carry_out!(self, request, do_claim_case)
    }

    #[tracing::instrument(skip_all, fields(role = "moderation", operation = "return_case"))]
    async fn return_case(&self, request: Request<CaseRequest>) -> Result<Response<Empty>, Status> {
        carry_out!(self, request, do_return_case)
    }

    #[tracing::instrument(skip_all, fields(role = "moderation", operation = "recuse"))]
    async fn recuse(&self, request: Request<CaseRequest>) -> Result<Response<Empty>, Status> {
        carry_out!(self, request, do_recuse)
    }

    #[tracing::instrument(skip_all, fields(role = "moderation", operation = "decide_case"))]
    async fn decide_case(
        &self,
        request: Request<DecideCaseRequest>,
    ) -> Result<Response<Decision>, Status> {
        carry_out!(self, request, do_decide_case)
    }

    #[tracing::instrument(skip_all, fields(role = "moderation", operation = "list_appeals"))]
    async fn list_appeals(
        &self,
        request: Request<ListAppealsRequest>,
    ) -> Result<Response<ListAppealsReply>, Status> {
        carry_out!(self, request, do_list_appeals)
    }

    #[tracing::instrument(skip_all, fields(role = "moderation", operation = "get_appeal"))]
    async fn get_appeal(
        &self,
        request: Request<AppealIdRequest>,
    ) -> Result<Response<OpenAppeal>, Status> {
        carry_out!(self, request, do_get_appeal)
    }

    #[tracing::instrument(skip_all, fields(role = "moderation", operation = "decide_appeal"))]
    async fn decide_appeal(
        &self,
        request: Request<DecideAppealRequest>,
    ) -> Result<Response<Empty>, Status> {
        carry_out!(self, request, do_decide_appeal)
    }

    #[tracing::instrument(
        skip_all,
        fields(role = "moderation", operation = "propose_suspension")
    )]
    async fn propose_suspension(
        &self,
        request: Request<ProposeSuspensionRequest>,
    ) -> Result<Response<Proposal>, Status> {
        carry_out!(self, request, do_propose_suspension)
    }

    #[tracing::instrument(skip_all, fields(role = "moderation", operation = "list_proposals"))]
    async fn list_proposals(
        &self,
        request: Request<ListProposalsRequest>,
    ) -> Result<Response<ListProposalsReply>, Status> {
        carry_out!(self, request, do_list_proposals)
    }

    #[tracing::instrument(skip_all, fields(role = "moderation", operation = "decide_proposal"))]
    async fn decide_proposal(
        &self,
        request: Request<DecideProposalRequest>,
    ) -> Result<Response<Empty>, Status> {
        carry_out!(self, request, do_decide_proposal)
    }

    #[tracing::instrument(skip_all, fields(role = "moderation", operation = "get_limits"))]
    async fn get_limits(
        &self,
        request: Request<LimitsRequest>,
    ) -> Result<Response<Limits>, Status> {
        carry_out!(self, request, do_get_limits)
    }

    #[tracing::instrument(skip_all, fields(role = "moderation", operation = "propose_raise"))]
    async fn propose_raise(
        &self,
        request: Request<ProposeRaiseRequest>,
    ) -> Result<Response<ProposedRaise>, Status> {
        carry_out!(self, request, do_propose_raise)
    }

    #[tracing::instrument(skip_all, fields(role = "moderation", operation = "decide_raise"))]
    async fn decide_raise(
        &self,
        request: Request<DecideRaiseRequest>,
    ) -> Result<Response<Empty>, Status> {
        carry_out!(self, request, do_decide_raise)
    }

    #[tracing::instrument(skip_all, fields(role = "moderation", operation = "end_raise"))]
    async fn end_raise(
        &self,
        request: Request<EndRaiseRequest>,
    ) -> Result<Response<Empty>, Status> {
        carry_out!(self, request, do_end_raise)
    }

    #[tracing::instrument(skip_all, fields(role = "moderation", operation = "list_raised"))]
    async fn list_raised(
        &self,
        request: Request<LimitsRequest>,
    ) -> Result<Response<ListRaisedReply>, Status> {
        carry_out!(self, request, do_list_raised)
    }

    #[tracing::instrument(skip_all, fields(role = "moderation", operation = "export"))]
    async fn export(
        &self,
        request: Request<ResidentRequest>,
    ) -> Result<Response<ExportReply>, Status> {
        carry_out!(self, request, do_export)
    }

    #[tracing::instrument(skip_all, fields(role = "moderation", operation = "erase"))]
    async fn erase(&self, request: Request<ResidentRequest>) -> Result<Response<Empty>, Status> {
        carry_out!(self, request, do_erase)
    }
}
