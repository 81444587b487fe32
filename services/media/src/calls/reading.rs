//! Looking at pictures.

use contract::media::{DescribeReply, DescribeRequest, ReadReply, ReadRequest, Variant as Wanted};
use contract::{Caller, Fault, MediaId, PostId};

use super::Call;
use crate::domain::{CLAIMED_AT_MOST, Reader};
use crate::picture::Variant;
use crate::store::picture;
use crate::{Media, MediaFault};

impl Media {
    /// All of them, in the order asked for, or none: a notice is not put up with some of its pictures.
    pub(super) async fn do_describe(
        &self,
        call: &Call,
        asked: DescribeRequest,
    ) -> Result<DescribeReply, MediaFault> {
        let (resident, _) = call.caller.resident()?;
        if asked.ids.len() > CLAIMED_AT_MOST {
            return Err(MediaFault::TooManyAsked);
        }
        let ids = asked
            .ids
            .iter()
            .map(|id| MediaId::from_bytes(id))
            .collect::<Result<Vec<_>, _>>()?;
        let post = match asked.post.as_ref() {
            [] => None,
            id => Some(PostId::from_bytes(id)?),
        };
        let rows = picture::find_all(self.parts.store.read(), &ids).await?;
        let claim = |id: &MediaId| {
            rows.iter()
                .find(|row| row.id == id.uuid())
                .filter(|row| row.kept().is_claimable_by(resident, post, call.now_ms))
                .map(picture::Model::wire)
                .ok_or(MediaFault::NotFound)
        };
        Ok(DescribeReply {
            pictures: ids.iter().map(claim).collect::<Result<_, _>>()?,
        })
    }

    pub(super) async fn do_read(
        &self,
        call: &Call,
        asked: ReadRequest,
    ) -> Result<ReadReply, MediaFault> {
        let resident = match &call.caller {
            Caller::Visitor { .. } => None,
            caller => Some(caller.resident()?.0),
        };
        let variant = variant(asked.variant())?;
        let id = MediaId::from_bytes(&asked.id)?;
        let keys = &self.parts.standing_keys;
        let mut standings = call.caller.standings(keys, call.now_ms);
        // What is to be decided about: whoever moderates from elsewhere has its id from a case.
        standings.extend(call.caller.moderating(keys, call.now_ms));
        let reader = Reader {
            resident,
            standings: &standings,
        };
        let row = picture::find(self.parts.store.read(), id)
            .await?
            .filter(|row| row.kept().is_readable_by(reader, call.now_ms));
        let Some(row) = row else {
            // Who is signed out is told so, whether there is such a picture or not.
            call.caller.resident()?;
            return Err(MediaFault::NotFound);
        };
        let etag = format!("\"{}-{}\"", row.etag, variant.name());
        if asked.etag == etag {
            return Ok(ReadReply {
                jpeg: bytes::Bytes::new(),
                etag,
            });
        }
        // Its row may have gone while the file was looked for.
        let jpeg = self.blobs.read(row.blob(), variant).await?;
        let jpeg = jpeg.ok_or(MediaFault::NotFound)?;
        Ok(ReadReply { jpeg, etag })
    }
}

fn variant(wanted: Wanted) -> Result<Variant, MediaFault> {
    match wanted {
        Wanted::Large => Ok(Variant::Large),
        Wanted::Small => Ok(Variant::Small),
        Wanted::Thumb => Ok(Variant::Thumb),
        Wanted::Unspecified => Err(Fault::invalid(
            "UNKNOWN_VARIANT",
            "A picture comes as thumb, small or large.",
        )
        .at("variant")
        .into()),
    }
}
