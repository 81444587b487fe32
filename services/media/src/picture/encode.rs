//! Fresh JPEGs: our own tables, no trace of the source but its pixels.

use jpeg_encoder::{
    ChromaSubsamplingMethod, ColorType, Encoder, PixelDensity, PixelDensityUnit, SamplingFactor,
};

use super::raster::Raster;
use super::refusal::Refusal;
use super::resize::Variant;

/// On the scale of the IJG's encoder: fine enough that nobody sees it, small enough for a phone's line.
const QUALITY: u8 = 82;

/// One size of a picture, ready to be kept and served as `image/jpeg`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Encoded {
    /// Which size it is.
    pub variant: Variant,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// The whole file: baseline JPEG with standard Huffman tables and a JFIF header that says 1:1.
    pub jpeg: Vec<u8>,
}

/// Encodes a picture in red, green and blue.
pub(super) fn encode(raster: &Raster, variant: Variant) -> Result<Encoded, Refusal> {
    let (Ok(width), Ok(height)) = (u16::try_from(raster.width), u16::try_from(raster.height)) else {
        return Err(Refusal::Undecodable);
    };
    // About two bits a pixel, so that the output rarely grows.
    let mut jpeg = Vec::with_capacity(raster.data.len() / 12 + 1024);
    let mut encoder = Encoder::new(&mut jpeg, QUALITY);
    encoder.set_density(PixelDensity { density: (1, 1), unit: PixelDensityUnit::PixelAspectRatio });
    encoder.set_sampling_factor(match variant {
        Variant::Large | Variant::Small => SamplingFactor::R_4_2_0,
        // Few enough pixels that every one of them is seen.
        Variant::Thumb => SamplingFactor::R_4_4_4,
    });
    encoder.set_chroma_subsampling_method(ChromaSubsamplingMethod::Average);
    encoder.encode(&raster.data, width, height, ColorType::Rgb).map_err(|_| Refusal::Undecodable)?;
    Ok(Encoded { variant, width: raster.width, height: raster.height, jpeg })
}
