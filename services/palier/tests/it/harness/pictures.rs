//! Pictures for tests, with something to hide in them.

/// A JPEG of 64 by 48 pixels with an EXIF block and a comment that hold `canary`, and a trailer that holds it too.
pub fn telling_jpeg(canary: &str) -> Vec<u8> {
    let plain = include_bytes!("plain.jpg");
    let mut exif = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x0e\0\x02".to_vec();
    let text = format!("{canary}\0");
    exif.extend_from_slice(&u32::try_from(text.len()).unwrap().to_be_bytes());
    exif.extend_from_slice(&26_u32.to_be_bytes());
    exif.extend_from_slice(&0_u32.to_be_bytes());
    exif.extend_from_slice(text.as_bytes());
    let mut file = plain[..2].to_vec();
    for (marker, body) in [(0xe1, exif), (0xfe, canary.as_bytes().to_vec())] {
        file.extend_from_slice(&[0xff, marker]);
        file.extend_from_slice(&u16::try_from(body.len() + 2).unwrap().to_be_bytes());
        file.extend_from_slice(&body);
    }
    file.extend_from_slice(&plain[2..]);
    file.extend_from_slice(canary.as_bytes());
    file
}

/// A PNG that says it has 50,000 by 50,000 pixels, in less than a kilobyte.
pub fn bomb() -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = Vec::new();
    header.extend_from_slice(&50_000_u32.to_be_bytes());
    header.extend_from_slice(&50_000_u32.to_be_bytes());
    header.extend_from_slice(&[8, 6, 0, 0, 0]);
    for (kind, body) in [
        (b"IHDR", header),
        (b"IDAT", vec![0x78, 0x9c, 3, 0, 0, 0, 0, 1]),
        (b"IEND", Vec::new()),
    ] {
        png.extend_from_slice(&u32::try_from(body.len()).unwrap().to_be_bytes());
        let from = png.len();
        png.extend_from_slice(kind);
        png.extend_from_slice(&body);
        let sum = crc32(&png[from..]);
        png.extend_from_slice(&sum.to_be_bytes());
    }
    png
}

/// CRC-32 as PNG has it (ISO 3309).
fn crc32(bytes: &[u8]) -> u32 {
    let step = |sum: u32, byte: &u8| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            (sum >> 1) ^ (0xedb8_8320 & (sum & 1).wrapping_neg())
        })
    };
    !bytes.iter().fold(u32::MAX, step)
}

/// A JPEG of slow gradients with some grain, of about as many bytes as a photo of that size.
pub fn photo(width: u16, height: u16) -> Vec<u8> {
    let mut grain = 1_u32;
    let pixels: Vec<u8> = (0..u32::from(height))
        .flat_map(|y| (0..u32::from(width)).map(move |x| (x, y)))
        .flat_map(|(x, y)| {
            grain = grain.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let noise = grain >> 28;
            [x / 32 + noise, y / 32 + noise, (x + y) / 64 + noise].map(|level| (level & 255) as u8)
        })
        .collect();
    let mut jpeg = Vec::new();
    jpeg_encoder::Encoder::new(&mut jpeg, 90)
        .encode(&pixels, width, height, jpeg_encoder::ColorType::Rgb)
        .unwrap();
    jpeg
}
