//! Why a file cannot become a picture: stable codes for programs, sentences for people.

use std::fmt;

/// The most bytes a file may have, before anything in it is read (privacy.md: 20 MB).
pub const MAX_BYTES: usize = 20 * 1000 * 1000;
/// The most pixels a picture may have (privacy.md: 40 MP).
pub const MAX_PIXELS: u64 = 40_000_000;
/// The longest side a picture may have, in pixels.
pub const MAX_SIDE: u32 = 16_384;

/// What a file is, where it is none of the accepted kinds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Foreign {
    /// Moving pictures: MP4, `QuickTime`, Matroska, AVI.
    Video,
    /// Sound: MP3, Ogg, FLAC, WAV.
    Audio,
    /// A drawing in XML, which may carry scripts and links.
    Svg,
    /// A HEIC or HEIF photo.
    Heic,
    /// An AVIF picture.
    Avif,
    /// A picture in a format that is known but not accepted: TIFF, BMP, JPEG XL, JPEG 2000, PSD, ICO.
    OtherPicture,
    /// A PDF document.
    Pdf,
    /// Nothing that is recognised.
    Unknown,
}

impl fmt::Display for Foreign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Video => "This is a video, not a picture.",
            Self::Audio => "This is a sound recording, not a picture.",
            Self::Svg => "This is an SVG drawing, which may carry programs.",
            Self::Heic => "This is a HEIC photo, which not every device can show.",
            Self::Avif => "This is an AVIF picture, which not every device can show.",
            Self::OtherPicture => "This kind of picture is not accepted.",
            Self::Pdf => "This is a PDF document, not a picture.",
            Self::Unknown => "This is not a picture.",
        })
    }
}

/// Why a file was not turned into a picture. No variant carries anything out of the file but its dimensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is not a single byte.
    #[error("The file is empty. Choose a picture and send it again.")]
    Empty,
    /// The first bytes belong to none of the accepted kinds, whatever its name or declared type says.
    #[error("{0} Send a JPEG, PNG, WebP or GIF picture.")]
    NotAnImage(Foreign),
    /// The file is longer than [`MAX_BYTES`].
    #[error("The file is larger than 20 MB. Send a smaller one.")]
    TooLarge,
    /// The header promises more than [`MAX_PIXELS`] or a side longer than [`MAX_SIDE`].
    #[error(
        "The picture is {width} x {height} pixels. At most 40 megapixels and 16384 pixels a side are accepted: scale it down and send it again."
    )]
    TooManyPixels {
        /// Width the header promises, in pixels.
        width: u32,
        /// Height the header promises, in pixels.
        height: u32,
    },
    /// Within the bounds, but encoded so that decoding it would take more than
    /// [`MEMORY_BUDGET`](super::MEMORY_BUDGET) bytes.
    #[error(
        "The picture is {width} x {height} pixels, encoded in a way that takes too much memory to read. Save it as an ordinary JPEG, or scale it down, and send it again."
    )]
    TooHeavy {
        /// Width the header promises, in pixels.
        width: u32,
        /// Height the header promises, in pixels.
        height: u32,
    },
    /// Of an accepted kind, but cut short, damaged, or using a variant of the format that is not read.
    #[error("The picture is damaged or incomplete. Save it anew as JPEG or PNG and send it again.")]
    Undecodable,
    /// The time the caller allows was over between two stages of the work.
    #[error("The picture took too long to read. Scale it down and send it again.")]
    TookTooLong,
}

impl Refusal {
    /// The stable name of this refusal, for clients and tests.
    pub fn code(self) -> &'static str {
        match self {
            Self::Empty => "EMPTY",
            Self::NotAnImage(_) => "NOT_AN_IMAGE",
            Self::TooLarge => "TOO_LARGE",
            Self::TooManyPixels { .. } => "TOO_MANY_PIXELS",
            Self::TooHeavy { .. } => "TOO_HEAVY",
            Self::Undecodable => "UNDECODABLE",
            Self::TookTooLong => "TOOK_TOO_LONG",
        }
    }

    /// The HTTP status that says the same (RFC 9110): 413, 415 or 422.
    pub fn status(self) -> u16 {
        match self {
            Self::TooLarge | Self::TooManyPixels { .. } | Self::TooHeavy { .. } => 413,
            Self::NotAnImage(_) => 415,
            Self::Empty | Self::Undecodable | Self::TookTooLong => 422,
        }
    }
}
