use image_webp::WebPDecoder;

use super::{drop_fourth, flatten, rgb};
use crate::picture::container::webp::Webp;
use crate::picture::raster::Raster;
use crate::picture::refusal::Refusal;

/// Decodes to red, green and blue.
pub(super) fn decode(webp: &Webp<'_>) -> Result<Raster, Refusal> {
    let mut decoder = WebPDecoder::new(webp.splice()).map_err(|_| Refusal::Undecodable)?;
    let (width, height) = (webp.frame_width, webp.frame_height);
    let channels = if webp.decodes_to_rgba() { 4 } else { 3 };
    let length = width as usize * height as usize * channels;
    if decoder.dimensions() != (width, height) || decoder.output_buffer_size() != Some(length) {
        return Err(Refusal::Undecodable);
    }
    let mut data = vec![0; length];
    decoder
        .read_image(&mut data)
        .map_err(|_| Refusal::Undecodable)?;
    let data = match (webp.decodes_to_rgba(), webp.has_alpha()) {
        (false, _) => data,
        (true, false) => drop_fourth(data),
        (true, true) => flatten::<3>(data),
    };
    let frame = rgb(width, height, data);
    if (width, height) == (webp.width, webp.height) {
        return Ok(frame);
    }
    let mut canvas = Raster::white(webp.width, webp.height);
    let (row, left) = (webp.width as usize * 3, webp.left as usize * 3);
    let lines = canvas.data.chunks_exact_mut(row).skip(webp.top as usize);
    for (line, pixels) in lines.zip(frame.data.chunks_exact(width as usize * 3)) {
        line[left..left + pixels.len()].copy_from_slice(pixels);
    }
    Ok(canvas)
}
