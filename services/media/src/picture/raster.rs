//! Decoded samples, eight bits each, row after row without padding.

/// What the samples of a pixel are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Samples {
    /// One: brightness.
    Grey,
    /// Three: red, green, blue.
    Rgb,
    /// Four: cyan, magenta, yellow, black, as a printer's JPEG stores them.
    Inks(Inks),
}

/// How a four-component JPEG stores its inks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Inks {
    /// The first three are YCbCr of what remains of white (Adobe's YCCK), not the inks themselves.
    pub(super) ycck: bool,
    /// 255 means no ink: what Adobe's encoders write, and say so by their marker.
    pub(super) inverted: bool,
}

impl Samples {
    /// Samples, and so bytes, of one pixel.
    pub(super) fn per_pixel(self) -> usize {
        match self {
            Self::Grey => 1,
            Self::Rgb => 3,
            Self::Inks(_) => 4,
        }
    }
}

/// A rectangle of pixels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Raster {
    /// In pixels, at least 1.
    pub(super) width: u32,
    /// In pixels, at least 1.
    pub(super) height: u32,
    /// What `data` holds.
    pub(super) samples: Samples,
    /// `width * height * samples.per_pixel()` bytes.
    pub(super) data: Vec<u8>,
}

impl Raster {
    /// A white rectangle in red, green and blue.
    pub(super) fn white(width: u32, height: u32) -> Self {
        let data = vec![255; width as usize * height as usize * 3];
        Self {
            width,
            height,
            samples: Samples::Rgb,
            data,
        }
    }
}
