//! The carriers of metadata, each with a canary in it.

use moxcms::{ColorProfile, LocalizableString, ProfileText};

use crate::support::encode::{Rgb, jpeg};
use crate::support::plant::{Field, into_jpeg, segment, tiff};

/// What every canary ends with; nothing else does.
pub const CANARY: &str = "Zilpzalp7Q4";

pub fn canary(carrier: &str) -> String {
    format!("{carrier}{CANARY}")
}

pub fn bytes(carrier: &str) -> Vec<u8> {
    canary(carrier).into_bytes()
}

pub fn base() -> Rgb {
    Rgb::photo(400, 300)
}

pub fn exif(carrier: &str) -> Vec<u8> {
    let preview = into_jpeg(
        &jpeg(&Rgb::photo(32, 24)),
        &[segment(0xFE, &bytes(&format!("{carrier}-preview")))],
    );
    let maker_note = [
        b"MAKER\0\0\x01",
        &bytes(&format!("{carrier}-makernote"))[..],
    ]
    .concat();
    let wide: Vec<u8> = canary(&format!("{carrier}-wide"))
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    tiff(&[
        (
            0x010E,
            Field::Text(&canary(&format!("{carrier}-description"))),
        ),
        (0x010F, Field::Text(&canary(&format!("{carrier}-make")))),
        (0x0112, Field::Short(1)),
        (0x013B, Field::Text(&canary(&format!("{carrier}-artist")))),
        (0x927C, Field::Bytes(&maker_note)),
        (0x9C9D, Field::Bytes(&wide)),
        (0xA431, Field::Text(&canary(&format!("{carrier}-serial")))),
        (0xC4A5, Field::Bytes(&preview)),
    ])
}

pub fn xmp(carrier: &str) -> Vec<u8> {
    format!(
        "<?xpacket begin='' id='W5M0MpCehiHzreSzNTczkc9d'?><x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF \
         xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><rdf:Description rdf:about='' \
         xmlns:dc='http://purl.org/dc/elements/1.1/' dc:source='{}'/></rdf:RDF></x:xmpmeta><?xpacket end='w'?>",
        canary(carrier)
    )
    .into_bytes()
}

pub fn icc(carrier: &str) -> Vec<u8> {
    let mut profile = ColorProfile::new_display_p3();
    let text = LocalizableString::new("en".into(), "GB".into(), canary(carrier));
    profile.description = Some(ProfileText::Localizable(vec![text.clone()]));
    profile.copyright = Some(ProfileText::Localizable(vec![text]));
    profile.encode().unwrap()
}

/// Photoshop's image resources with IPTC in them.
pub fn photoshop(carrier: &str) -> Vec<u8> {
    let text = bytes(carrier);
    let iptc = [
        &[0x1C, 2, 80],
        &u16::try_from(text.len()).unwrap().to_be_bytes()[..],
        &text,
    ]
    .concat();
    let length = u32::try_from(iptc.len()).unwrap().to_be_bytes();
    [
        b"Photoshop 3.0\x008BIM\x04\x04\0\0",
        &length[..],
        &iptc,
        &[0][..iptc.len() % 2],
    ]
    .concat()
}

/// Extended XMP in one part, and the packet that points to it.
pub fn extended_xmp(carrier: &str) -> Vec<Vec<u8>> {
    let guid = b"0123456789ABCDEF0123456789ABCDEF";
    let payload = xmp(carrier);
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    let note = format!(
        "<x:xmpmeta xmlns:x='adobe:ns:meta/'><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>\
         <rdf:Description rdf:about='' xmlns:n='http://ns.adobe.com/xmp/note/' n:HasExtendedXMP='{}'/></rdf:RDF>\
         </x:xmpmeta>",
        std::str::from_utf8(guid).unwrap()
    );
    vec![
        segment(
            0xE1,
            &[b"http://ns.adobe.com/xap/1.0/\0", note.as_bytes()].concat(),
        ),
        segment(
            0xE1,
            &[
                b"http://ns.adobe.com/xmp/extension/\0",
                &guid[..],
                &length,
                &[0; 4],
                &payload,
            ]
            .concat(),
        ),
    ]
}

/// A content credential: JUMBF boxes in APP11.
pub fn jumbf(carrier: &str) -> Vec<u8> {
    let describe = |kind: &[u8; 4], label: &[u8]| {
        let body = [
            kind,
            &b"\0\x11\0\x10\x80\0\0\xaa\0\x38\x9b\x71\x03"[..],
            label,
            b"\0",
        ]
        .concat();
        [
            &u32::try_from(body.len() + 8).unwrap().to_be_bytes()[..],
            b"jumd",
            &body,
        ]
        .concat()
    };
    let claim = bytes(carrier);
    let content = [
        &u32::try_from(claim.len() + 8).unwrap().to_be_bytes()[..],
        b"json",
        &claim,
    ]
    .concat();
    let inside = [describe(b"c2pa", b"c2pa"), content].concat();
    let length = u32::try_from(inside.len() + 8).unwrap().to_be_bytes();
    segment(
        0xEB,
        &[b"JP\0\x01\0\0\0\x01", &length[..], b"jumb", &inside].concat(),
    )
}

/// A second picture behind the first, and the index that names it (CIPA DC-007).
pub fn multi_picture(first: &[u8], second: &[u8]) -> Vec<u8> {
    let entry = |size: usize, offset: usize| {
        let (size, offset) = (
            u32::try_from(size).unwrap().to_be_bytes(),
            u32::try_from(offset).unwrap().to_be_bytes(),
        );
        [&[0, 2, 0, 2], &size[..], &offset, &[0; 4]].concat()
    };
    let build = |entries: &[u8]| {
        let index = tiff(&[
            (0xB000, Field::Bytes(b"0100")),
            (0xB001, Field::Short(2)),
            (0xB002, Field::Bytes(entries)),
        ]);
        into_jpeg(first, &[segment(0xE2, &[b"MPF\0", &index[..]].concat())])
    };
    let length = build(&[0; 32]).len();
    let entries = [entry(length, 0), entry(second.len(), length - 10)].concat();
    [build(&entries), second.to_vec()].concat()
}
