//! What a file is, by its first bytes: never by its name or its declared type.

use super::refusal::{Foreign, Refusal};

/// The kinds of picture that are accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// JPEG, with JFIF, Exif, Adobe or no application header (ITU-T T.81).
    Jpeg,
    /// PNG and APNG (W3C PNG, third edition).
    Png,
    /// WebP: lossy, lossless, still or animated (RFC 9649).
    Webp,
    /// GIF 87a and 89a.
    Gif,
}

/// Tells the kind of picture, or what the file is instead.
pub fn sniff(bytes: &[u8]) -> Result<Kind, Refusal> {
    if bytes.is_empty() {
        return Err(Refusal::Empty);
    }
    if bytes.starts_with(b"\xff\xd8\xff") {
        return Ok(Kind::Jpeg);
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        return Ok(Kind::Png);
    }
    if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
        return Ok(Kind::Gif);
    }
    if riff(bytes) == Some(b"WEBP") {
        return Ok(Kind::Webp);
    }
    Err(Refusal::NotAnImage(foreign(bytes)))
}

/// The form type of a RIFF file.
fn riff(bytes: &[u8]) -> Option<&[u8]> {
    bytes
        .starts_with(b"RIFF")
        .then(|| bytes.get(8..12))
        .flatten()
}

fn foreign(bytes: &[u8]) -> Foreign {
    const OTHER_PICTURES: [&[u8]; 8] = [
        b"BM",
        b"II*\0",
        b"MM\0*",
        b"\xff\x0a",
        b"\0\0\0\x0cJXL ",
        b"\0\0\0\x0cjP  ",
        b"8BPS",
        b"\0\0\x01\0",
    ];
    const SOUND: [&[u8]; 6] = [b"ID3", b"OggS", b"fLaC", b"\xff\xfb", b"\xff\xf3", b"#!AMR"];
    if let Some(brand) = (bytes.get(4..8) == Some(b"ftyp".as_slice())).then(|| bytes.get(8..12)) {
        return iso_media(brand.unwrap_or_default());
    }
    match riff(bytes) {
        Some(b"WAVE") => return Foreign::Audio,
        Some(b"AVI ") => return Foreign::Video,
        _ => {}
    }
    let starts_with_any = |signatures: &[&[u8]]| signatures.iter().any(|s| bytes.starts_with(s));
    if bytes.starts_with(b"\x1a\x45\xdf\xa3") || bytes.starts_with(b"\0\0\x01\xba") {
        Foreign::Video
    } else if starts_with_any(&SOUND) {
        Foreign::Audio
    } else if bytes.starts_with(b"%PDF") {
        Foreign::Pdf
    } else if starts_with_any(&OTHER_PICTURES) {
        Foreign::OtherPicture
    } else if is_svg(bytes) {
        Foreign::Svg
    } else {
        Foreign::Unknown
    }
}

/// Tells stills from films in the ISO base media family (ISO/IEC 14496-12) by the major brand.
fn iso_media(brand: &[u8]) -> Foreign {
    match brand {
        b"avif" | b"avis" => Foreign::Avif,
        b"heic" | b"heix" | b"heim" | b"heis" | b"hevc" | b"hevx" | b"mif1" | b"msf1" => {
            Foreign::Heic
        }
        b"M4A " | b"M4B " => Foreign::Audio,
        _ => Foreign::Video,
    }
}

/// Looks for the root element in the first kilobyte, past a byte-order mark, a prologue and comments.
fn is_svg(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(1024)];
    let text = head
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(head)
        .trim_ascii_start();
    text.starts_with(b"<") && head.windows(4).any(|w| w.eq_ignore_ascii_case(b"<svg"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepted_kinds_are_told_by_their_magic() {
        assert_eq!(sniff(b"\xff\xd8\xff\xe0"), Ok(Kind::Jpeg));
        assert_eq!(sniff(b"\x89PNG\r\n\x1a\n\0"), Ok(Kind::Png));
        assert_eq!(sniff(b"RIFF\0\0\0\0WEBPVP8 "), Ok(Kind::Webp));
        assert_eq!(sniff(b"GIF89a"), Ok(Kind::Gif));
    }

    #[test]
    fn foreign_kinds_are_named() {
        let cases: [(&[u8], Foreign); 13] = [
            (b"\0\0\0\x18ftypheic", Foreign::Heic),
            (b"\0\0\0\x18ftypavif", Foreign::Avif),
            (b"\0\0\0\x18ftypisom", Foreign::Video),
            (b"\0\0\0\x18ftypM4A ", Foreign::Audio),
            (b"\x1a\x45\xdf\xa3webm", Foreign::Video),
            (b"RIFF....WAVEfmt ", Foreign::Audio),
            (b"ID3\x03", Foreign::Audio),
            (b"<?xml version='1.0'?>\n<svg xmlns=''/>", Foreign::Svg),
            (b"\xef\xbb\xbf <SVG>", Foreign::Svg),
            (b"%PDF-1.7", Foreign::Pdf),
            (b"II*\0\x08\0\0\0", Foreign::OtherPicture),
            (b"<html></html>", Foreign::Unknown),
            (b"hello", Foreign::Unknown),
        ];
        for (bytes, expected) in cases {
            assert_eq!(
                sniff(bytes),
                Err(Refusal::NotAnImage(expected)),
                "{expected:?}"
            );
            let sentence = Refusal::NotAnImage(expected).to_string();
            assert!(sentence.contains("JPEG, PNG, WebP or GIF"), "{sentence}");
        }
        assert_eq!(sniff(b""), Err(Refusal::Empty));
    }
}
