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
