//! A file on its way in, bounded before it is held.

use std::time::Duration;

use contract::ResidentId;
use contract::media::UploadPiece;
use runtime::Weight;
use tonic::Streaming;

use crate::picture::{MAX_BYTES, Refusal};
use crate::turns::Turn;
use crate::{Media, MediaFault};

/// The most bytes of one piece.
const PIECE_AT_MOST: usize = 64 << 10;
/// What of a file is on its way besides: pieces that the sender holds in the same process, in bytes.
const UNDER_WAY: usize = 1 << 20;
/// A sender that takes longer gives the room back.
const RECEIVING_AT_MOST: Duration = Duration::from_secs(45);

/// A whole file, and the room it takes.
pub(super) struct File {
    pub(super) bytes: Vec<u8>,
    pub(super) room: Room,
}

/// A share of the memory for files, and the turn of the one resident who has it.
pub(super) struct Room {
    _share: Weight,
    _turn: Turn,
}

impl Media {
    /// Takes room for a file, then the file. A resident has room for one file at a time: whoever announces much and sends
    /// it slowly holds a third of all room, and further files of theirs wait without any.
    pub(super) async fn receive(
        &self,
        owner: ResidentId,
        mut pieces: Streaming<UploadPiece>,
    ) -> Result<File, MediaFault> {
        let turn = self.turns.take(owner).await;
        let first = next(&mut pieces).await?.ok_or(Refusal::Empty)?;
        let announced = usize::try_from(first.at_most_bytes).unwrap_or(usize::MAX);
        let at_most = match announced {
            0 => MAX_BYTES,
            1..=MAX_BYTES => announced,
            _ => return Err(Refusal::TooLarge.into()),
        };
        let share = self
            .receiving
            .take((at_most + UNDER_WAY) as u64)
            .await
            .ok_or(Refusal::TooLarge)?;
        let filling = fill(first, pieces, at_most, announced != 0);
        let bytes = tokio::select! {
            filled = filling => filled?,
            () = self.parts.clock.wait(RECEIVING_AT_MOST) => return Err(MediaFault::TooSlow),
        };
        let room = Room {
            _share: share,
            _turn: turn,
        };
        Ok(File { bytes, room })
    }
}

async fn fill(
    first: UploadPiece,
    mut pieces: Streaming<UploadPiece>,
    at_most: usize,
    announced: bool,
) -> Result<Vec<u8>, MediaFault> {
    // All of it at once: growing would hold the file twice while it is copied.
    let mut bytes = Vec::with_capacity(at_most);
    let mut piece = Some(first);
    while let Some(UploadPiece { data, .. }) = piece {
        if data.len() > PIECE_AT_MOST {
            return Err(MediaFault::PieceTooLong);
        }
        if data.len() > at_most - bytes.len() {
            return Err(if announced {
                MediaFault::LongerThanAnnounced
            } else {
                Refusal::TooLarge.into()
            });
        }
        bytes.extend_from_slice(&data);
        piece = next(&mut pieces).await?;
    }
    if bytes.is_empty() {
        return Err(Refusal::Empty.into());
    }
    Ok(bytes)
}

async fn next(pieces: &mut Streaming<UploadPiece>) -> Result<Option<UploadPiece>, MediaFault> {
    pieces.message().await.map_err(|_| MediaFault::BrokenOff)
}
