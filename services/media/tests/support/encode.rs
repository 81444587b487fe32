//! Encoders for fixtures: every format, as an ordinary program writes it.

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

/// A picture in red, green and blue.
#[derive(Clone)]
pub struct Rgb {
    pub width: u32,
    pub height: u32,
    pub data: Vec<u8>,
}

impl Rgb {
    /// A made-up photo.
    pub fn photo(width: u32, height: u32) -> Self {
        Self {
            width,
            height,
            data: super::scene::photo(width, height, 7),
        }
    }

    /// Every pixel by its place.
    pub fn draw(width: u32, height: u32, colour: impl Fn(u32, u32) -> [u8; 3]) -> Self {
        let data = (0..height)
            .flat_map(|y| (0..width).map(move |x| (x, y)))
            .flat_map(|(x, y)| colour(x, y))
            .collect();
        Self {
            width,
            height,
            data,
        }
    }

    pub fn pixel(&self, x: u32, y: u32) -> [u8; 3] {
        let at = (y as usize * self.width as usize + x as usize) * 3;
        [self.data[at], self.data[at + 1], self.data[at + 2]]
    }
}

fn side(v: u32) -> u16 {
    u16::try_from(v).unwrap()
}

/// A baseline JPEG of high quality, its colour at full resolution.
pub fn jpeg(picture: &Rgb) -> Vec<u8> {
    jpeg_with(picture, |encoder| {
        encoder.set_sampling_factor(SamplingFactor::R_4_4_4);
    })
}

pub fn jpeg_with(picture: &Rgb, set: impl FnOnce(&mut Encoder<&mut Vec<u8>>)) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, 95);
    set(&mut encoder);
    encoder
        .encode(
            &picture.data,
            side(picture.width),
            side(picture.height),
            ColorType::Rgb,
        )
        .unwrap();
    out
}

/// A JPEG whose samples are taken as they are: grey, or inks as `kind` says.
pub fn jpeg_raw(width: u32, height: u32, data: &[u8], kind: ColorType) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, 95);
    encoder.set_sampling_factor(SamplingFactor::R_4_4_4);
    encoder
        .encode(data, side(width), side(height), kind)
        .unwrap();
    out
}

pub fn png(picture: &Rgb) -> Vec<u8> {
    png_raw(
        picture.width,
        picture.height,
        &picture.data,
        png::ColorType::Rgb,
        png::BitDepth::Eight,
        |_| {},
    )
}

pub fn png_raw(
    width: u32,
    height: u32,
    data: &[u8],
    colour: png::ColorType,
    depth: png::BitDepth,
    set: impl FnOnce(&mut png::Encoder<'_, &mut Vec<u8>>),
) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = png::Encoder::new(&mut out, width, height);
    encoder.set_color(colour);
    encoder.set_depth(depth);
    set(&mut encoder);
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(data).unwrap();
    writer.finish().unwrap();
    out
}

pub fn webp(picture: &Rgb) -> Vec<u8> {
    webp_raw(
        picture.width,
        picture.height,
        &picture.data,
        image_webp::ColorType::Rgb8,
    )
}

pub fn webp_raw(width: u32, height: u32, data: &[u8], colour: image_webp::ColorType) -> Vec<u8> {
    let mut out = Vec::new();
    image_webp::WebPEncoder::new(&mut out)
        .encode(data, width, height, colour)
        .unwrap();
    out
}

/// A GIF of one frame, in 216 colours: six of each.
pub fn gif(picture: &Rgb) -> Vec<u8> {
    let palette: Vec<u8> = (0..216)
        .flat_map(|i: u8| [i / 36, i / 6 % 6, i % 6].map(|v| v * 51))
        .collect();
    let nearest = |v: u8| (v.min(230) + 25) / 51;
    let indices: Vec<u8> = picture
        .data
        .chunks_exact(3)
        .map(|p| nearest(p[0]) * 36 + nearest(p[1]) * 6 + nearest(p[2]))
        .collect();
    gif_frames(
        side(picture.width),
        side(picture.height),
        &palette,
        &[gif::Frame {
            width: side(picture.width),
            height: side(picture.height),
            buffer: indices.into(),
            ..gif::Frame::default()
        }],
    )
}

pub fn gif_frames(width: u16, height: u16, palette: &[u8], frames: &[gif::Frame<'_>]) -> Vec<u8> {
    let mut encoder = gif::Encoder::new(Vec::new(), width, height, palette).unwrap();
    for frame in frames {
        encoder.write_frame(frame).unwrap();
    }
    encoder.into_inner().unwrap()
}

/// The pixels of one of our own JPEGs.
pub fn open(jpeg: &[u8]) -> Rgb {
    let mut decoder = zune_jpeg::JpegDecoder::new(zune_core::bytestream::ZCursor::new(jpeg));
    let data = decoder.decode().unwrap();
    let (width, height) = decoder.dimensions().unwrap();
    Rgb {
        width: u32::try_from(width).unwrap(),
        height: u32::try_from(height).unwrap(),
        data,
    }
}
