//! The gRPC service.

mod own_data;
mod prepare;
mod reading;
mod receive;
mod upload;

use std::pin::Pin;

use contract::common::{Empty, ExportReply, Picture, ResidentRequest};
use contract::media::media_server;
use contract::media::{
    DescribeReply, DescribeRequest, ExportFile, ReadReply, ReadRequest, UploadPiece,
};
use contract::{Caller, Locale};
use futures_util::Stream;
use tonic::{Request, Response, Status, Streaming};

use crate::Media;

/// A call under way: who calls, and when.
struct Call {
    caller: Caller,
    locale: Locale,
    now_ms: i64,
}

impl Media {
    fn call<T>(&self, request: &Request<T>) -> Result<Call, Status> {
        let caller = Caller::of(request)?;
        Ok(Call {
            locale: caller.locale(),
            caller,
            now_ms: self.parts.clock.now_ms(),
        })
    }
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
impl media_server::Media for Media {
    type ExportFilesStream = Pin<Box<dyn Stream<Item = Result<ExportFile, Status>> + Send>>;

    #[tracing::instrument(skip_all, fields(role = "media", operation = "upload"))]
    async fn upload(
        &self,
        request: Request<Streaming<UploadPiece>>,
    ) -> Result<Response<Picture>, Status> {
        carry_out!(self, request, do_upload)
    }

    #[tracing::instrument(skip_all, fields(role = "media", operation = "describe"))]
    async fn describe(
        &self,
        request: Request<DescribeRequest>,
    ) -> Result<Response<DescribeReply>, Status> {
        carry_out!(self, request, do_describe)
    }

    #[tracing::instrument(skip_all, fields(role = "media", operation = "read"))]
    async fn read(&self, request: Request<ReadRequest>) -> Result<Response<ReadReply>, Status> {
        carry_out!(self, request, do_read)
    }

    #[tracing::instrument(skip_all, fields(role = "media", operation = "export"))]
    async fn export(
        &self,
        request: Request<ResidentRequest>,
    ) -> Result<Response<ExportReply>, Status> {
        carry_out!(self, request, do_export)
    }

    #[tracing::instrument(skip_all, fields(role = "media", operation = "export_files"))]
    async fn export_files(
        &self,
        request: Request<ResidentRequest>,
    ) -> Result<Response<Self::ExportFilesStream>, Status> {
        carry_out!(self, request, do_export_files)
    }

    #[tracing::instrument(skip_all, fields(role = "media", operation = "erase"))]
    async fn erase(&self, request: Request<ResidentRequest>) -> Result<Response<Empty>, Status> {
        carry_out!(self, request, do_erase)
    }
}
