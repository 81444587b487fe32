//! PNG (W3C, third edition): chunks. Of an animation the default image is shown.

use std::borrow::Cow;

use super::{Profile, be32};
use crate::picture::refusal::Refusal;
use crate::picture::splice::Splice;

const END: &[u8] = b"\0\0\0\0IEND\xae\x42\x60\x82";
const SIGNATURE: usize = 8;

/// What a PNG is made of, as far as its pixels go.
#[derive(Debug, Clone)]
pub(in crate::picture) struct Png<'a> {
    /// In pixels.
    pub(in crate::picture) width: u32,
    /// In pixels.
    pub(in crate::picture) height: u32,
    /// Signature, header, palette, transparency and the image data.
    parts: Vec<&'a [u8]>,
    /// Samples a pixel once palettes and transparency are expanded: 1 to 4.
    pub(in crate::picture) channels: u8,
    /// The Exif chunk.
    pub(in crate::picture) exif: Option<&'a [u8]>,
    /// The ICC chunk.
    pub(in crate::picture) profile: Option<Profile<'a>>,
}

impl<'a> Png<'a> {
    /// Walks the chunks to the end of the picture, or of the file if it comes first.
    pub(in crate::picture) fn read(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let header = bytes
            .get(..SIGNATURE + 25)
            .filter(|h| &h[12..16] == b"IHDR")
            .ok_or(Refusal::Undecodable)?;
        let width = be32(bytes, 16).ok_or(Refusal::Undecodable)?;
        let height = be32(bytes, 20).ok_or(Refusal::Undecodable)?;
        if width == 0 || height == 0 {
            return Err(Refusal::Undecodable);
        }
        let mut png = Self {
            width,
            height,
            parts: vec![header],
            channels: 0,
            exif: None,
            profile: None,
        };
        let mut transparency = false;
        let mut pixels: Option<(usize, usize)> = None;
        let mut at = header.len();
        while let (Some(length), Some(name)) = (be32(bytes, at), bytes.get(at + 4..at + 8)) {
            let data_at = at + 8;
            let end = data_at + length as usize + 4;
            if name == b"IDAT" {
                // Cut short or not, the decoder tells whether the pixels are all there.
                let end = end.min(bytes.len());
                match &mut pixels {
                    None => pixels = Some((at, end)),
                    Some(run) if run.1 == at => run.1 = end,
                    // Image data that is interrupted is against the standard: only the first run counts.
                    Some(_) => {}
                }
            }
            let (Some(chunk), Some(data)) = (bytes.get(at..end), bytes.get(data_at..end - 4))
            else {
                break;
            };
            match name {
                b"PLTE" | b"tRNS" if pixels.is_none() => {
                    // The standard allows one of each. A chunk may have twelve bytes: without a bound the list of more
                    // than a million would be longer than the file.
                    if png.parts.iter().any(|part| part[4..8] == *name) {
                        return Err(Refusal::Undecodable);
                    }
                    transparency |= name == b"tRNS";
                    png.parts.push(chunk);
                }
                b"iCCP" => png.profile = deflated(data),
                b"eXIf" => png.exif = Some(data),
                b"IEND" => break,
                _ => {}
            }
            at = end;
        }
        let (from, to) = pixels.ok_or(Refusal::Undecodable)?;
        png.parts.push(&bytes[from..to]);
        png.channels = match (header[25], transparency) {
            (0, false) => 1,
            (0, true) | (4, _) => 2,
            (2 | 3, false) => 3,
            (2 | 3, true) | (6, _) => 4,
            _ => return Err(Refusal::Undecodable),
        };
        Ok(png)
    }

    /// The picture without its metadata.
    pub(in crate::picture) fn splice(&self) -> Splice<'a> {
        let ends = std::iter::once(END);
        Splice::new(
            self.parts
                .iter()
                .copied()
                .chain(ends)
                .map(Cow::Borrowed)
                .collect(),
        )
    }
}

/// The compressed profile of an ICC chunk: a name, a zero, the method (0, zlib), the data.
fn deflated(data: &[u8]) -> Option<Profile<'_>> {
    let name = data.iter().position(|&b| b == 0)?;
    match data.get(name + 1..)? {
        [0, compressed @ ..] => Some(Profile::Deflated(compressed)),
        _ => None,
    }
}
