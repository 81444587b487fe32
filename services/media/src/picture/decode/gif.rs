use ::gif::{ColorOutput, DecodeOptions, MemoryLimit};

use crate::picture::container::gif::Gif;
use crate::picture::raster::Raster;
use crate::picture::refusal::Refusal;

/// Decodes the first frame onto a white canvas.
pub(super) fn decode(gif: &Gif<'_>) -> Result<Raster, Refusal> {
    let mut options = DecodeOptions::new();
    options.set_color_output(ColorOutput::Indexed);
    // The buffers are ours and bounded.
    options.set_memory_limit(MemoryLimit::Unlimited);
    let mut decoder = options
        .read_info(gif.splice())
        .map_err(|_| Refusal::Undecodable)?;
    let frame = decoder
        .next_frame_info()
        .map_err(|_| Refusal::Undecodable)?
        .ok_or(Refusal::Undecodable)?;
    let (left, top) = (usize::from(frame.left), usize::from(frame.top));
    let (width, transparent) = (usize::from(frame.width), frame.transparent);
    if decoder.buffer_size() as u64 != gif.frame_pixels {
        return Err(Refusal::Undecodable);
    }
    let mut indices = vec![0; decoder.buffer_size()];
    decoder
        .read_into_buffer(&mut indices)
        .map_err(|_| Refusal::Undecodable)?;
    let palette = decoder.palette().map_err(|_| Refusal::Undecodable)?;
    let mut canvas = Raster::white(gif.width, gif.height);
    let lines = canvas
        .data
        .chunks_exact_mut(gif.width as usize * 3)
        .skip(top);
    for (line, row) in lines.zip(indices.chunks_exact(width)) {
        let pixels = line[left * 3..(left + width) * 3].chunks_exact_mut(3);
        for (pixel, &index) in pixels.zip(row) {
            // An index without a colour shows nothing, as a transparent one.
            let colour = palette.chunks_exact(3).nth(usize::from(index));
            if let Some(colour) = colour.filter(|_| transparent != Some(index)) {
                pixel.copy_from_slice(colour);
            }
        }
    }
    Ok(canvas)
}
