//! JPEG (ITU-T T.81): segments up to the first end of image. What follows it (a second picture, a film, a gain map)
//! is never looked at.

use super::{Profile, be16};
use crate::picture::refusal::Refusal;

/// More scans than any encoder writes; each costs a pass over all coefficients.
const MAX_SCANS: usize = 100;
/// More tables, headers and scans than [`MAX_SCANS`] have with tables of their own. A segment may have four bytes: without
/// a bound the list of five million would be longer than the file.
const MAX_PIECES: usize = 1_000;
/// Chunks of a profile are numbered in a byte. With one more they are no profile.
const MAX_PROFILE_CHUNKS: usize = 256;

/// What a JPEG is made of, as far as its pixels go.
#[derive(Debug, Clone)]
pub(in crate::picture) struct Jpeg<'a> {
    /// In pixels, as stored.
    pub(in crate::picture) width: u32,
    /// In pixels, as stored.
    pub(in crate::picture) height: u32,
    /// The tables, frame and scan headers and entropy-coded data, in order, without any application data.
    pub(in crate::picture) pieces: Vec<&'a [u8]>,
    /// 1 grey, 3 colour, 4 inks.
    pub(in crate::picture) components: u8,
    /// Whether Adobe's marker is there: only it tells inks stored upside down.
    pub(in crate::picture) adobe: bool,
    /// Whether the end-of-image marker was found.
    pub(in crate::picture) complete: bool,
    /// All samples of all components, padded to whole blocks.
    pub(in crate::picture) coefficients: u64,
    /// How the scans follow each other.
    pub(in crate::picture) order: Order,
    /// The widest row of units, all components, in samples: what a decoder keeps at hand besides the picture.
    pub(in crate::picture) row: u64,
    /// The TIFF structure of the first Exif segment.
    pub(in crate::picture) exif: Option<&'a [u8]>,
    /// The colour profile, if all its chunks are there.
    pub(in crate::picture) profile: Option<Profile<'a>>,
}

/// How the scans of a JPEG follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::picture) enum Order {
    /// One sequential scan of all components: what cameras write.
    #[default]
    Whole,
    /// Sequential, one component after another.
    ScanByScan,
    /// Progressive: every scan refines what came before.
    Progressive,
}

/// The frame header.
#[derive(Clone, Copy)]
struct Frame {
    width: u32,
    height: u32,
    components: u8,
    progressive: bool,
    coefficients: u64,
    row: u64,
    /// Blocks that are certainly coded, in the smallest reading of the standard.
    fewest_blocks: u64,
}

impl Frame {
    fn read(marker: u8, body: &[u8]) -> Result<Self, Refusal> {
        let [8, ..] = body else {
            return Err(Refusal::Undecodable);
        };
        let height = u32::from(be16(body, 1).ok_or(Refusal::Undecodable)?);
        let width = u32::from(be16(body, 3).ok_or(Refusal::Undecodable)?);
        let components = *body.get(5).ok_or(Refusal::Undecodable)?;
        let factors: Vec<(u64, u64)> = body
            .get(6..6 + usize::from(components) * 3)
            .ok_or(Refusal::Undecodable)?
            .chunks_exact(3)
            .map(|c| (u64::from(c[1] >> 4), u64::from(c[1] & 15)))
            .collect();
        let legal = |f: &(u64, u64)| (1..=4).contains(&f.0) && (1..=4).contains(&f.1);
        if width == 0
            || height == 0
            || !matches!(components, 1 | 3 | 4)
            || !factors.iter().all(legal)
        {
            return Err(Refusal::Undecodable);
        }
        let most_h = factors.iter().map(|f| f.0).max().unwrap_or(1);
        let most_v = factors.iter().map(|f| f.1).max().unwrap_or(1);
        let (w, h) = (u64::from(width), u64::from(height));
        let units_x = w.div_ceil(8 * most_h);
        let units_y = h.div_ceil(8 * most_v);
        let blocks_a_unit: u64 = factors.iter().map(|(h, v)| h * v).sum();
        Ok(Self {
            width,
            height,
            components,
            progressive: marker == 0xC2,
            coefficients: units_x * units_y * blocks_a_unit * 64,
            row: units_x * blocks_a_unit * 64,
            fewest_blocks: factors
                .iter()
                .map(|f| (w * f.0 / most_h / 8) * (h * f.1 / most_v / 8))
                .sum(),
        })
    }
}

/// What the walk has met so far.
#[derive(Default)]
struct Walk<'a> {
    frame: Option<Frame>,
    pieces: Vec<&'a [u8]>,
    adobe: bool,
    exif: Option<&'a [u8]>,
    icc: Vec<(u8, u8, &'a [u8])>,
    scans: usize,
    entropy_bytes: u64,
    order: Order,
}

impl<'a> Jpeg<'a> {
    /// Walks the segments. Odd bytes between them are skipped, as every viewer does.
    pub(in crate::picture) fn read(bytes: &'a [u8]) -> Result<Self, Refusal> {
        let mut walk = Walk::default();
        let mut at = 2;
        let complete = loop {
            let Some((marker, body_at)) = next_marker(bytes, at) else {
                break false;
            };
            match marker {
                0xD9 => break true,
                0x01 | 0xD0..=0xD8 => at = body_at,
                _ => {
                    let length = usize::from(be16(bytes, body_at).ok_or(Refusal::Undecodable)?);
                    let end = body_at + length;
                    if length < 2 {
                        return Err(Refusal::Undecodable);
                    }
                    let Some(body) = bytes.get(body_at + 2..end) else {
                        break false;
                    };
                    let segment = &bytes[body_at - 2..end];
                    at = walk.segment(marker, segment, body, &bytes[end..])? + end;
                }
            }
        };
        walk.finish(complete)
    }
}

impl<'a> Walk<'a> {
    /// Takes in one segment and answers how many bytes of `rest` belong to it.
    fn segment(
        &mut self,
        marker: u8,
        segment: &'a [u8],
        body: &'a [u8],
        rest: &'a [u8],
    ) -> Result<usize, Refusal> {
        match marker {
            0xC0..=0xC2 => {
                if self.frame.is_some() {
                    return Err(Refusal::Undecodable);
                }
                self.frame = Some(Frame::read(marker, body)?);
                self.keep(segment)?;
            }
            // Lossless, hierarchical and arithmetic coding: in the standard, in no camera.
            0xC3 | 0xC5..=0xC7 | 0xC9..=0xCF => return Err(Refusal::Undecodable),
            0xC4 | 0xDB | 0xDD => self.keep(segment)?,
            0xDA => return self.scan(segment, body, rest),
            // Motion JPEG leaves out its tables and says so here.
            0xE0 if body.starts_with(b"AVI1") => self.keep(segment)?,
            0xE1 => {
                if let Some(block) = body.strip_prefix(b"Exif\0\0") {
                    self.exif.get_or_insert(block);
                }
            }
            0xE2 => {
                if let Some([number, of, data @ ..]) = body.strip_prefix(b"ICC_PROFILE\0")
                    && self.icc.len() < MAX_PROFILE_CHUNKS
                {
                    self.icc.push((*number, *of, data));
                }
            }
            0xEE if body.starts_with(b"Adobe") && matches!(body.get(11), Some(0..=2)) => {
                self.adobe = true;
                self.keep(segment)?;
            }
            _ => {}
        }
        Ok(0)
    }

    fn keep(&mut self, piece: &'a [u8]) -> Result<(), Refusal> {
        if self.pieces.len() == MAX_PIECES {
            return Err(Refusal::Undecodable);
        }
        self.pieces.push(piece);
        Ok(())
    }

    fn scan(
        &mut self,
        segment: &'a [u8],
        body: &'a [u8],
        rest: &'a [u8],
    ) -> Result<usize, Refusal> {
        let frame = self.frame.ok_or(Refusal::Undecodable)?;
        let scanned = *body.first().ok_or(Refusal::Undecodable)?;
        self.scans += 1;
        if self.scans > MAX_SCANS {
            return Err(Refusal::Undecodable);
        }
        if frame.progressive {
            self.order = Order::Progressive;
        } else if scanned < frame.components {
            self.order = Order::ScanByScan;
        }
        let length = entropy_coded_length(rest);
        self.entropy_bytes += length as u64;
        self.keep(segment)?;
        self.keep(&rest[..length])?;
        Ok(length)
    }

    fn finish(self, complete: bool) -> Result<Jpeg<'a>, Refusal> {
        let frame = self.frame.ok_or(Refusal::Undecodable)?;
        // No Huffman code is shorter than a bit: a sequential block has at least two, a progressive one at least its
        // first DC bit. Less data than that cannot be the whole picture, whatever the markers say.
        let fewest_bits = frame.fewest_blocks * if frame.progressive { 1 } else { 2 };
        if self.scans == 0 || self.entropy_bytes * 8 < fewest_bits {
            return Err(Refusal::Undecodable);
        }
        Ok(Jpeg {
            width: frame.width,
            height: frame.height,
            components: frame.components,
            coefficients: frame.coefficients,
            row: frame.row,
            pieces: self.pieces,
            adobe: self.adobe,
            complete,
            order: self.order,
            exif: self.exif,
            profile: in_order(self.icc),
        })
    }
}

/// The next marker's code and the place after it.
fn next_marker(bytes: &[u8], mut at: usize) -> Option<(u8, usize)> {
    loop {
        at += bytes.get(at..)?.iter().position(|&b| b == 0xFF)? + 1;
        match *bytes.get(at)? {
            // A stuffed byte among garbage.
            0 => at += 1,
            // A fill byte: the marker may begin with it.
            0xFF => {}
            marker => return Some((marker, at + 1)),
        }
    }
}

/// How far entropy-coded data reaches: to the next marker that is not a restart.
fn entropy_coded_length(data: &[u8]) -> usize {
    let mut at = 0;
    while let Some(found) = data[at..].iter().position(|&b| b == 0xFF) {
        at += found;
        match data.get(at + 1) {
            Some(0 | 0xD0..=0xD7) => at += 2,
            Some(0xFF) => at += 1,
            Some(_) => return at,
            None => break,
        }
    }
    data.len()
}

/// The ICC chunks by their numbers; none unless each is there once.
fn in_order(mut chunks: Vec<(u8, u8, &[u8])>) -> Option<Profile<'_>> {
    chunks.sort_by_key(|c| c.0);
    let whole = chunks.iter().enumerate().all(|(i, &(number, of, _))| {
        usize::from(number) == i + 1 && usize::from(of) == chunks.len()
    });
    (whole && !chunks.is_empty()).then(|| Profile::Plain(chunks.into_iter().map(|c| c.2).collect()))
}
