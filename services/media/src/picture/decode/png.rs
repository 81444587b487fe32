use ::png::{ColorType, Decoder, Limits, Transformations};

use super::{flatten, grey, rgb};
use crate::picture::container::png::Png;
use crate::picture::raster::Raster;
use crate::picture::refusal::Refusal;

/// Beside the picture the decoder needs a few rows and the small chunks it is shown.
const LIMIT: usize = 2 << 20;

/// Decodes to grey or to red, green and blue, eight bits each.
pub(super) fn decode(png: &Png<'_>) -> Result<Raster, Refusal> {
    let mut decoder = Decoder::new_with_limits(png.splice(), Limits { bytes: LIMIT });
    decoder.set_transformations(Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().map_err(|_| Refusal::Undecodable)?;
    let length = png.width as usize * png.height as usize * usize::from(png.channels);
    if reader.output_buffer_size() != Some(length) {
        return Err(Refusal::Undecodable);
    }
    let mut data = vec![0; length];
    let frame = reader
        .next_frame(&mut data)
        .map_err(|_| Refusal::Undecodable)?;
    Ok(match frame.color_type {
        ColorType::Grayscale => grey(png.width, png.height, data),
        ColorType::GrayscaleAlpha => grey(png.width, png.height, flatten::<1>(data)),
        ColorType::Rgba => rgb(png.width, png.height, flatten::<3>(data)),
        ColorType::Rgb | ColorType::Indexed => rgb(png.width, png.height, data),
    })
}
