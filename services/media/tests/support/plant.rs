//! Plants metadata where exiftool cannot write it, byte by byte.

/// A JPEG segment.
pub fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [&[0xFF, marker], &length[..], body].concat()
}

/// Puts segments behind the start of the image.
pub fn into_jpeg(jpeg: &[u8], segments: &[Vec<u8>]) -> Vec<u8> {
    [&jpeg[..2], &segments.concat(), &jpeg[2..]].concat()
}

/// Puts segments before every start of scan but the first.
pub fn between_scans(jpeg: &[u8], segments: &[Vec<u8>]) -> Vec<u8> {
    let planted = segments.concat();
    let starts: Vec<usize> = jpeg
        .windows(2)
        .enumerate()
        .filter(|(_, w)| w == b"\xff\xda")
        .map(|(at, _)| at)
        .collect();
    let mut out = jpeg.to_vec();
    for at in starts.into_iter().skip(1).rev() {
        out.splice(at..at, planted.iter().copied());
    }
    out
}

/// A PNG chunk with its checksum.
pub fn chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap().to_be_bytes();
    let crc = crc32(&[name.as_slice(), data].concat());
    [&length[..], name, data, &crc.to_be_bytes()].concat()
}

/// Puts chunks behind the header of a PNG, and others before its end.
pub fn into_png(png: &[u8], early: &[Vec<u8>], late: &[Vec<u8>]) -> Vec<u8> {
    let (head, rest) = png.split_at(33);
    let (pixels, end) = rest.split_at(rest.len() - 12);
    [head, &early.concat(), pixels, &late.concat(), end].concat()
}

/// CRC-32 as PNG computes it (annex D), bit by bit.
pub fn crc32(data: &[u8]) -> u32 {
    !data.iter().fold(u32::MAX, |crc, &byte| {
        (0..8).fold(crc ^ u32::from(byte), |c, _| {
            if c & 1 == 1 {
                0xEDB8_8320 ^ (c >> 1)
            } else {
                c >> 1
            }
        })
    })
}

/// zlib data without compression.
pub fn stored_zlib(data: &[u8]) -> Vec<u8> {
    let mut out = vec![0x78, 0x01];
    let mut blocks = data.chunks(0xFFFF).peekable();
    while let Some(block) = blocks.next() {
        let length = u16::try_from(block.len()).unwrap();
        out.push(u8::from(blocks.peek().is_none()));
        out.extend(length.to_le_bytes());
        out.extend((!length).to_le_bytes());
        out.extend(block);
    }
    let (a, b) = data.iter().fold((1u32, 0u32), |(a, b), &v| {
        let a = (a + u32::from(v)) % 65_521;
        (a, (b + a) % 65_521)
    });
    out.extend(((b << 16) | a).to_be_bytes());
    out
}

/// A RIFF chunk, padded.
pub fn riff_chunk(name: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let length = u32::try_from(data.len()).unwrap().to_le_bytes();
    [name.as_slice(), &length, data, &[0][..data.len() % 2]].concat()
}

/// A WebP of these chunks.
pub fn riff(chunks: &[Vec<u8>]) -> Vec<u8> {
    let body = chunks.concat();
    let length = u32::try_from(body.len() + 4).unwrap().to_le_bytes();
    [b"RIFF", &length[..], b"WEBP", &body].concat()
}

/// A VP8X chunk: flags, and a canvas in pixels.
pub fn vp8x(flags: u8, width: u32, height: u32) -> Vec<u8> {
    let (w, h) = ((width - 1).to_le_bytes(), (height - 1).to_le_bytes());
    riff_chunk(
        b"VP8X",
        &[flags, 0, 0, 0, w[0], w[1], w[2], h[0], h[1], h[2]],
    )
}

/// A GIF extension of one label and its sub-blocks.
pub fn gif_extension(label: u8, blocks: &[&[u8]]) -> Vec<u8> {
    let mut out = vec![0x21, label];
    for block in blocks {
        out.push(u8::try_from(block.len()).unwrap());
        out.extend_from_slice(block);
    }
    out.push(0);
    out
}

/// Puts extensions behind the screen descriptor and its palette.
pub fn into_gif(gif: &[u8], extensions: &[Vec<u8>]) -> Vec<u8> {
    let at = 13
        + if gif[10] & 0x80 == 0 {
            0
        } else {
            3 << ((gif[10] & 7) + 1)
        };
    [&gif[..at], &extensions.concat(), &gif[at..]].concat()
}

/// A field of a TIFF directory.
pub enum Field<'a> {
    Short(u16),
    Text(&'a str),
    Bytes(&'a [u8]),
}

/// A TIFF structure of one directory, big-endian, as Exif uses it.
pub fn tiff(fields: &[(u16, Field<'_>)]) -> Vec<u8> {
    let directory = 8;
    let mut heap_at = directory + 2 + fields.len() * 12 + 4;
    let mut entries = Vec::new();
    let mut heap = Vec::new();
    for (tag, field) in fields {
        let (kind, count, value) = match field {
            Field::Short(v) => (3u16, 1, v.to_be_bytes().to_vec()),
            Field::Text(text) => (2, text.len() + 1, [text.as_bytes(), b"\0"].concat()),
            Field::Bytes(bytes) => (7, bytes.len(), bytes.to_vec()),
        };
        entries.extend(tag.to_be_bytes());
        entries.extend(kind.to_be_bytes());
        entries.extend(u32::try_from(count).unwrap().to_be_bytes());
        if value.len() <= 4 {
            let mut inline = value;
            inline.resize(4, 0);
            entries.extend(inline);
        } else {
            entries.extend(u32::try_from(heap_at).unwrap().to_be_bytes());
            heap_at += value.len();
            heap.extend(value);
        }
    }
    let count = u16::try_from(fields.len()).unwrap().to_be_bytes();
    [b"MM\0\x2a\0\0\0\x08", &count[..], &entries, &[0; 4], &heap].concat()
}

/// Bits, the lowest of each byte first, as lossless WebP has them.
#[derive(Default)]
pub struct Bits {
    pub bytes: Vec<u8>,
    used: usize,
}

impl Bits {
    pub fn put(&mut self, count: u32, value: u32) -> &mut Self {
        for i in 0..count {
            if self.used.is_multiple_of(8) {
                self.bytes.push(0);
            }
            let last = self.bytes.last_mut().unwrap();
            *last |= u8::from((value >> i) & 1 == 1) << (self.used % 8);
            self.used += 1;
        }
        self
    }
}
