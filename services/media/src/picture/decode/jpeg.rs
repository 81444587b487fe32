use zune_core::bytestream::ZCursor;
use zune_core::colorspace::ColorSpace;
use zune_core::options::DecoderOptions;
use zune_jpeg::JpegDecoder;

use crate::picture::container::jpeg::{Jpeg, Order};
use crate::picture::raster::{Inks, Raster, Samples};
use crate::picture::refusal::Refusal;

/// Decodes to grey, to red, green and blue, or to inks as stored: inks are cheaper to convert once they are few.
pub(super) fn decode(jpeg: &Jpeg<'_>) -> Result<Raster, Refusal> {
    let ends: [&[u8]; 2] = [b"\xff\xd8", if jpeg.complete { b"\xff\xd9" } else { b"" }];
    let stripped = [&ends[..1], &jpeg.pieces[..], &ends[1..]].concat().concat();
    match (jpeg.order, jpeg.components) {
        (Order::ScanByScan, 3) => scan_by_scan(jpeg, &stripped),
        // Inks one after another: nobody writes it, and neither library reads it right.
        (Order::ScanByScan, _) => Err(Refusal::Undecodable),
        _ => common(jpeg, &stripped),
    }
}

/// Decodes what almost everybody has, with the faster library.
fn common(jpeg: &Jpeg<'_>, stripped: &[u8]) -> Result<Raster, Refusal> {
    let options = DecoderOptions::default()
        // Without an end marker only the decoder can tell whether the pixels are all there, and only if strict.
        .set_strict_mode(!jpeg.complete)
        .jpeg_set_out_colorspace(if jpeg.components == 1 {
            ColorSpace::Luma
        } else {
            ColorSpace::RGB
        });
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(stripped), options);
    decoder.decode_headers().map_err(|_| Refusal::Undecodable)?;
    let samples = match jpeg.components {
        1 => Samples::Grey,
        3 => Samples::Rgb,
        _ => {
            let stored = decoder.input_colorspace().ok_or(Refusal::Undecodable)?;
            decoder.set_options(options.jpeg_set_out_colorspace(stored));
            Samples::Inks(Inks {
                ycck: stored == ColorSpace::YCCK,
                inverted: jpeg.adobe,
            })
        }
    };
    let mut data = vec![0; jpeg.width as usize * jpeg.height as usize * samples.per_pixel()];
    if decoder.output_buffer_size() != Some(data.len()) {
        return Err(Refusal::Undecodable);
    }
    decoder
        .decode_into(&mut data)
        .map_err(|_| Refusal::Undecodable)?;
    Ok(Raster {
        width: jpeg.width,
        height: jpeg.height,
        samples,
        data,
    })
}

/// Decodes components that follow one another, which zune-jpeg 0.5.15 garbles without a word where they are subsampled
/// or have restarts: it reads as many rows of blocks for each as the picture has rows of units.
fn scan_by_scan(jpeg: &Jpeg<'_>, stripped: &[u8]) -> Result<Raster, Refusal> {
    let mut decoder = jpeg_decoder::Decoder::new(stripped);
    let data = decoder.decode().map_err(|_| Refusal::Undecodable)?;
    if data.len() != jpeg.width as usize * jpeg.height as usize * 3 {
        return Err(Refusal::Undecodable);
    }
    Ok(Raster {
        width: jpeg.width,
        height: jpeg.height,
        samples: Samples::Rgb,
        data,
    })
}
