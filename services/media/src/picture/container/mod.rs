//! The containers, walked by their own structure: where the pixels are, how they lie, which few facts about them
//! matter (orientation, colour profile). Nothing is decoded and nothing large is allocated here.

pub(super) mod gif;
pub(super) mod jpeg;
pub(super) mod png;
mod vp8l;
pub(super) mod webp;

use std::borrow::Cow;

/// A colour profile as the container stores it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Profile<'a> {
    /// The ICC profile itself, in pieces that follow each other.
    Plain(Vec<&'a [u8]>),
    /// Compressed with zlib, as PNG does.
    Deflated(&'a [u8]),
}

impl Profile<'_> {
    /// The longest profile that is used; the largest press profiles have 2 to 3 MB.
    pub(super) const MAX_BYTES: usize = 4 << 20;

    /// The ICC profile in one piece; none if it is longer than [`Self::MAX_BYTES`] or does not inflate.
    pub(super) fn assemble(&self) -> Option<Cow<'_, [u8]>> {
        match self {
            Self::Plain(pieces) => {
                let total: usize = pieces.iter().map(|p| p.len()).sum();
                match pieces.as_slice() {
                    _ if total > Self::MAX_BYTES => None,
                    [whole] => Some(Cow::Borrowed(whole)),
                    pieces => Some(Cow::Owned(pieces.concat())),
                }
            }
            Self::Deflated(data) => fdeflate::decompress_to_vec_bounded(data, Self::MAX_BYTES)
                .ok()
                .map(Cow::Owned),
        }
    }
}

fn be16(bytes: &[u8], at: usize) -> Option<u16> {
    bytes
        .get(at..at + 2)
        .map(|b| u16::from_be_bytes([b[0], b[1]]))
}

fn be32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes
        .get(at..at + 4)
        .map(|b| u32::from_be_bytes([b[0], b[1], b[2], b[3]]))
}

fn le16(bytes: &[u8], at: usize) -> Option<u16> {
    bytes
        .get(at..at + 2)
        .map(|b| u16::from_le_bytes([b[0], b[1]]))
}

fn le24(bytes: &[u8], at: usize) -> Option<u32> {
    bytes
        .get(at..at + 3)
        .map(|b| u32::from_le_bytes([b[0], b[1], b[2], 0]))
}

fn le32(bytes: &[u8], at: usize) -> Option<u32> {
    bytes
        .get(at..at + 4)
        .map(|b| u32::from_le_bytes([b[0], b[1], b[2], b[3]]))
}
