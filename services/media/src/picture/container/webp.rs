//! WebP (RFC 9649): RIFF chunks. Of an animation the first frame is shown.

use std::borrow::Cow;

use super::{Profile, le16, le24, le32, vp8l};
use crate::picture::header::MEMORY_BUDGET;
use crate::picture::refusal::Refusal;
use crate::picture::splice::Splice;

/// How the pixels are coded.
#[derive(Debug, Clone, Copy)]
enum Coding<'a> {
    /// VP8, and the alpha plane where there is one.
    Lossy {
        frame: &'a [u8],
        alpha: Option<&'a [u8]>,
    },
    /// VP8L.
    Lossless { frame: &'a [u8] },
}

/// What the only or first frame of a WebP is made of.
#[derive(Debug, Clone)]
pub(in crate::picture) struct Webp<'a> {
    /// Of the canvas, in pixels.
    pub(in crate::picture) width: u32,
    /// Of the canvas, in pixels.
    pub(in crate::picture) height: u32,
    /// Where the frame lies on the canvas, in pixels from the left.
    pub(in crate::picture) left: u32,
    /// Where the frame lies on the canvas, in pixels from the top.
    pub(in crate::picture) top: u32,
    /// Of the frame, in pixels.
    pub(in crate::picture) frame_width: u32,
    /// Of the frame, in pixels.
    pub(in crate::picture) frame_height: u32,
    coding: Coding<'a>,
    /// The Exif chunk.
    pub(in crate::picture) exif: Option<&'a [u8]>,
    /// The ICC chunk.
    pub(in crate::picture) profile: Option<Profile<'a>>,
}

/// Walks the chunks of `bytes`; the last one may be cut short.
fn chunks(bytes: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let name = bytes.get(at..at + 4)?;
        let length = le32(bytes, at + 4)? as usize;
        let data_at = at + 8;
        let data = bytes.get(data_at..data_at + length)?;
        at = data_at + length + (length & 1);
        Some((name, data))
    })
}

/// Dimensions, in pixels.
type Size = (u32, u32);

impl<'a> Coding<'a> {
    /// Finds the coded frame among the chunks of a still picture or of a frame.
    fn find(bytes: &'a [u8]) -> Option<Self> {
        let mut alpha = None;
        for (name, data) in chunks(bytes) {
            match name {
                b"ALPH" => alpha = Some(data),
                b"VP8 " => return Some(Self::Lossy { frame: data, alpha }),
                b"VP8L" => return Some(Self::Lossless { frame: data }),
                _ => {}
            }
        }
        None
    }

    fn size(&self) -> Option<Size> {
        match self {
            Self::Lossy { frame, .. } => {
                let side = |at| le16(frame, at).map(|v| u32::from(v & 0x3FFF));
                (frame.get(3..6)? == b"\x9d\x01\x2a").then_some((side(6)?, side(8)?))
            }
            Self::Lossless { frame } => {
                let bits = le32(frame, 1)?;
                (*frame.first()? == 0x2F)
                    .then_some((1 + (bits & 0x3FFF), 1 + ((bits >> 14) & 0x3FFF)))
            }
        }
    }
}

impl<'a> Webp<'a> {
    /// Walks the chunks to the end of the file.
    pub(in crate::picture) fn read(bytes: &'a [u8]) -> Result<Self, Refusal> {
        Self::parse(bytes).ok_or(Refusal::Undecodable)
    }

    fn parse(bytes: &'a [u8]) -> Option<Self> {
        let body = bytes.get(12..)?;
        let named = |wanted: &[u8]| {
            chunks(body)
                .find(|(name, _)| *name == wanted)
                .map(|(_, data)| data)
        };
        let canvas: Option<Size> = match named(b"VP8X") {
            Some(header) => Some((le24(header, 4)? + 1, le24(header, 7)? + 1)),
            None => None,
        };
        let film_frame = named(b"ANMF").filter(|_| canvas.is_some());
        let (coding, place, declared) = match film_frame {
            Some(frame) => {
                let place = (le24(frame, 0)? * 2, le24(frame, 3)? * 2);
                let declared = (le24(frame, 6)? + 1, le24(frame, 9)? + 1);
                (Coding::find(frame.get(16..)?)?, place, Some(declared))
            }
            None => (Coding::find(body)?, (0, 0), canvas),
        };
        let (frame_width, frame_height) = coding.size()?;
        let (width, height) = canvas.unwrap_or((frame_width, frame_height));
        let (left, top) = place;
        // A container that says other than its pixels do is not to be trusted with either.
        let told_truly = declared.is_none_or(|size| size == (frame_width, frame_height));
        let within = left + frame_width <= width && top + frame_height <= height;
        if !told_truly || !within || frame_width == 0 || frame_height == 0 {
            return None;
        }
        Some(Self {
            width,
            height,
            left,
            top,
            frame_width,
            frame_height,
            coding,
            exif: named(b"EXIF"),
            profile: named(b"ICCP").map(|data| Profile::Plain(vec![data])),
        })
    }

    /// Whether the frame says that its alpha matters.
    pub(in crate::picture) fn has_alpha(&self) -> bool {
        match &self.coding {
            Coding::Lossy { alpha, .. } => alpha.is_some(),
            Coding::Lossless { frame } => frame.get(4).is_some_and(|bits| bits & 0x10 != 0),
        }
    }

    /// Whether the decoder gives four samples a pixel: always where the coding is lossless, see [`Self::splice`].
    pub(in crate::picture) fn decodes_to_rgba(&self) -> bool {
        self.has_alpha() || matches!(self.coding, Coding::Lossless { .. })
    }

    /// The most bytes a decoder holds at once for ten pixels of the frame, besides the code tables.
    pub(in crate::picture) fn bytes_for_ten_pixels(&self) -> u64 {
        match &self.coding {
            // Planes (1.5) and the picture (3).
            Coding::Lossy { alpha: None, .. } => 45,
            // Planes (1.5), the picture (4), the alpha plane decoded as a picture of its own (as below) and singled
            // out (1).
            Coding::Lossy { alpha: Some(_), .. } => 115,
            // The picture (4), and for every sixteenth pixel two transforms (4 each) and a group (4 and 2).
            Coding::Lossless { .. } => 50,
        }
    }

    /// Bytes of code tables that lossless coding unpacks to besides the pixels: of the frame, or of its alpha plane if
    /// that is compressed. Beyond [`MEMORY_BUDGET`] they are not counted to the end.
    pub(in crate::picture) fn table_bytes(&self) -> Result<u64, Refusal> {
        let stream = match &self.coding {
            Coding::Lossless { frame } => &frame[frame.len().min(5)..],
            Coding::Lossy {
                alpha: Some([flags, stream @ ..]),
                ..
            } if flags & 3 == 1 => stream,
            Coding::Lossy { .. } => return Ok(0),
        };
        vp8l::table_bytes(stream, self.frame_width, self.frame_height, MEMORY_BUDGET)
            .ok_or(Refusal::Undecodable)
    }

    /// The frame as a still picture without metadata.
    ///
    /// A lossless frame is declared to have alpha even where it has none: the decoder then writes straight into the
    /// picture instead of holding a second copy of it, and what it writes as alpha is ignored.
    pub(in crate::picture) fn splice(&self) -> Splice<'a> {
        let mut parts: Vec<Cow<'a, [u8]>> = vec![Cow::Borrowed(b"")];
        let mut chunk = |name: &[u8; 4], pieces: &[Cow<'a, [u8]>]| {
            let length: usize = pieces.iter().map(|p| p.len()).sum();
            parts.push(Cow::Owned([name, &le_bytes(length)[..]].concat()));
            parts.extend(pieces.iter().cloned());
            if length % 2 == 1 {
                parts.push(Cow::Borrowed(b"\0"));
            }
        };
        match self.coding {
            Coding::Lossy { frame, alpha } => {
                if let Some(alpha) = alpha {
                    let side = |v: u32| (v - 1).to_le_bytes();
                    let (w, h) = (side(self.frame_width), side(self.frame_height));
                    let flags_and_size = vec![0x10, 0, 0, 0, w[0], w[1], w[2], h[0], h[1], h[2]];
                    chunk(b"VP8X", &[Cow::Owned(flags_and_size)]);
                    chunk(b"ALPH", &[Cow::Borrowed(alpha)]);
                }
                chunk(b"VP8 ", &[Cow::Borrowed(frame)]);
            }
            Coding::Lossless { frame } => {
                let (head, rest) = frame.split_at(frame.len().min(5));
                let mut head = head.to_vec();
                if let Some(bits) = head.get_mut(4) {
                    *bits |= 0x10;
                }
                chunk(b"VP8L", &[Cow::Owned(head), Cow::Borrowed(rest)]);
            }
        }
        let length: usize = parts.iter().map(|p| p.len()).sum::<usize>() + 4;
        parts[0] = Cow::Owned([b"RIFF", &le_bytes(length)[..], b"WEBP"].concat());
        Splice::new(parts)
    }
}

/// A length as RIFF writes it. Nothing larger than 20 MB comes this far.
fn le_bytes(length: usize) -> [u8; 4] {
    u32::try_from(length).unwrap_or(u32::MAX).to_le_bytes()
}
