//! A resident's own data: all of it, or none of it.

use async_graphql::{Context, InputObject, Object, Result, SimpleObject, Union};
use contract::identity::erase_reply;
use contract::{Fault, common, identity};

use super::{enter, outcome};
use crate::export;
use crate::model::refusal::{RateLimited, refused};
use crate::visit::visit;

/// A file of an export.
#[derive(SimpleObject)]
pub(crate) struct ExportPart {
    /// Its name.
    name: String,
    /// Its content: JSON as a text.
    json: String,
}

impl ExportPart {
    fn read(wire: common::ExportPart) -> Result<Self, Fault> {
        Ok(Self {
            name: wire.name,
            json: String::from_utf8(wire.json.to_vec()).map_err(|_| Fault::internal())?,
        })
    }
}

/// Everything that is kept about the caller.
#[derive(SimpleObject)]
pub(crate) struct ExportMyDataPayload {
    /// File by file, without the pictures.
    parts: Vec<ExportPart>,
    /// The path of one ZIP archive of these files and every picture: `GET` it with the same session.
    archive: String,
}

/// The end of an account.
#[derive(InputObject)]
pub(crate) struct EraseAccountInput {
    /// The password once more.
    #[graphql(secret)]
    password: String,
}

/// The account is gone, and with it everything that was published.
#[derive(SimpleObject)]
pub(crate) struct AccountErased {
    /// Always true.
    erased: bool,
}

refused! {
    /// Nothing was erased.
    EraseRefused
}

/// What came of erasing.
#[derive(Union)]
pub(crate) enum EraseAccountPayload {
    /// Gone.
    AccountErased(AccountErased),
    /// Nothing was erased.
    EraseRefused(EraseRefused),
    /// Too often.
    RateLimited(RateLimited),
}

#[derive(Default)]
pub(crate) struct OwnData;

#[Object]
impl OwnData {
    /// Everything that is kept about the caller.
    #[graphql(complexity = "child_complexity + 500")]
    async fn export_my_data(&self, ctx: &Context<'_>) -> Result<ExportMyDataPayload> {
        let visit = visit(ctx);
        let parts = export::parts(visit)
            .await?
            .into_iter()
            .map(ExportPart::read)
            .collect::<Result<_, Fault>>()?;
        Ok(ExportMyDataPayload {
            parts,
            archive: export::ARCHIVE.to_owned(),
        })
    }

    /// Ends the account and erases everything the caller published, everywhere. It cannot be undone.
    #[graphql(complexity = "child_complexity + 50")]
    async fn erase_account(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The password once more.")] input: EraseAccountInput,
    ) -> Result<EraseAccountPayload> {
        let visit = visit(ctx);
        let signed = visit.resident()?;
        if let Err(limited) = enter(visit).await {
            return Ok(EraseAccountPayload::RateLimited(limited));
        }
        let request = identity::EraseRequest {
            resident: signed.resident.to_bytes(),
            password: input.password,
        };
        let mut client = visit.edge.identity.clone();
        let reply = client.erase(signed.caller().request(request)).await?;
        Ok(match outcome(reply.into_inner().outcome)? {
            erase_reply::Outcome::Erased(common::Empty {}) => {
                // Identity tells the other roles, which erase when they hear it.
                visit.sign_out();
                EraseAccountPayload::AccountErased(AccountErased { erased: true })
            }
            erase_reply::Outcome::Refused(refused) => {
                EraseAccountPayload::EraseRefused(refused.into())
            }
            erase_reply::Outcome::Limited(limited) => {
                EraseAccountPayload::RateLimited(limited.into())
            }
        })
    }
}
