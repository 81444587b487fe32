//! GIF 87a and 89a: the first frame of a film, or the only one.

use std::borrow::Cow;

use super::le16;
use crate::picture::refusal::Refusal;
use crate::picture::splice::Splice;

/// What the first frame of a GIF is made of.
#[derive(Debug, Clone)]
pub(in crate::picture) struct Gif<'a> {
    /// Of the canvas, in pixels.
    pub(in crate::picture) width: u32,
    /// Of the canvas, in pixels.
    pub(in crate::picture) height: u32,
    /// Pixels of the frame, which may be a part of the canvas.
    pub(in crate::picture) frame_pixels: u64,
    /// Header, palettes, transparency and the frame.
    parts: Vec<&'a [u8]>,
}

impl<'a> Gif<'a> {
    /// Walks the blocks to the end of the first frame.
    pub(in crate::picture) fn read(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let flags = *bytes.get(10).ok_or(Refusal::Undecodable)?;
        let mut at = 13 + palette_length(flags);
        let mut parts = vec![bytes.get(..at).ok_or(Refusal::Undecodable)?];
        let mut control: Option<&[u8]> = None;
        loop {
            match *bytes.get(at).ok_or(Refusal::Undecodable)? {
                0x21 => {
                    let end = blocks_end(bytes, at + 2).ok_or(Refusal::Undecodable)?;
                    if bytes[at + 1] == 0xF9 {
                        control = Some(&bytes[at..end]);
                    }
                    at = end;
                }
                0x2C => break,
                _ => return Err(Refusal::Undecodable),
            }
        }
        let field = |offset| {
            le16(bytes, at + offset)
                .map(u32::from)
                .ok_or(Refusal::Undecodable)
        };
        let (left, top, frame_width, frame_height) = (field(1)?, field(3)?, field(5)?, field(7)?);
        if frame_width == 0 || frame_height == 0 {
            return Err(Refusal::Undecodable);
        }
        let frame_flags = *bytes.get(at + 9).ok_or(Refusal::Undecodable)?;
        let data_at = at + 10 + palette_length(frame_flags) + 1;
        // Cut short or not, the decoder tells whether the pixels are all there.
        let end = blocks_end(bytes, data_at).unwrap_or(bytes.len());
        parts.extend(control);
        parts.push(bytes.get(at..end).ok_or(Refusal::Undecodable)?);
        // A first frame that exceeds its canvas enlarges it, as in browsers.
        let screen = |offset| {
            le16(bytes, offset)
                .map(u32::from)
                .ok_or(Refusal::Undecodable)
        };
        Ok(Self {
            width: screen(6)?.max(left + frame_width),
            height: screen(8)?.max(top + frame_height),
            frame_pixels: u64::from(frame_width) * u64::from(frame_height),
            parts,
        })
    }

    /// The first frame without comments and application blocks.
    pub(in crate::picture) fn splice(&self) -> Splice<'a> {
        let trailer: &[u8] = b"\x3b";
        Splice::new(
            self.parts
                .iter()
                .copied()
                .chain([trailer])
                .map(Cow::Borrowed)
                .collect(),
        )
    }
}

fn palette_length(flags: u8) -> usize {
    if flags & 0x80 == 0 {
        0
    } else {
        3 << ((flags & 7) + 1)
    }
}

/// The place after a run of sub-blocks; none if the file ends within it.
fn blocks_end(bytes: &[u8], mut at: usize) -> Option<usize> {
    loop {
        match usize::from(*bytes.get(at)?) {
            0 => return Some(at + 1),
            length => at += 1 + length,
        }
    }
}
