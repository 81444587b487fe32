//! Files full of metadata, of every kind: planted by hand where exiftool cannot, and by exiftool where it can.

use std::path::Path;

use jpeg_encoder::ColorType;

use crate::carriers::{
    CANARY, base, bytes, canary, exif, extended_xmp, icc, jumbf, multi_picture, photoshop, xmp,
};
use crate::support::encode::{Rgb, gif, jpeg, jpeg_raw, jpeg_with, png, webp};
use crate::support::exiftool;
use crate::support::plant::{
    between_scans, chunk, gif_extension, into_gif, into_jpeg, into_png, riff, riff_chunk, segment,
    stored_zlib, vp8x,
};

/// A file full of metadata.
pub struct Planted {
    pub name: &'static str,
    pub file: Vec<u8>,
}

fn jpeg_carriers() -> Vec<u8> {
    // A thumbnail of 2 x 1 pixels has room for six bytes of it.
    let thumbnail = [
        b"JFIF\0\x01\x02\x01\x01\x2c\x01\x2c\x02\x01",
        &CANARY.as_bytes()[..6],
    ]
    .concat();
    let segments = [
        vec![
            segment(0xE0, &thumbnail),
            segment(
                0xE0,
                &[
                    b"JFXX\0\x10",
                    &into_jpeg(&jpeg(&Rgb::photo(16, 16)), &[segment(0xFE, &bytes("jfxx"))])[..],
                ]
                .concat(),
            ),
            segment(0xE1, &[b"Exif\0\0", &exif("exif")[..]].concat()),
            segment(
                0xE1,
                &[b"http://ns.adobe.com/xap/1.0/\0", &xmp("xmp")[..]].concat(),
            ),
        ],
        extended_xmp("extended-xmp"),
        vec![
            segment(0xE2, &[b"ICC_PROFILE\0\x01\x01", &icc("icc")[..]].concat()),
            segment(0xE2, &[b"FPXR\0", &bytes("flashpix")[..]].concat()),
            segment(0xE3, &[b"Meta\0\0", &bytes("app3")[..]].concat()),
            segment(0xE4, &bytes("app4")),
            segment(0xE5, &[b"RMETA\0", &bytes("app5")[..]].concat()),
            segment(0xE6, &[b"GoPro\0", &bytes("app6")[..]].concat()),
            segment(0xE7, &bytes("app7")),
            segment(0xE8, &[b"SPIFF\0", &bytes("app8")[..]].concat()),
            segment(0xE9, &bytes("app9")),
            segment(0xEA, &[b"UNICODE\0", &bytes("app10")[..]].concat()),
            jumbf("c2pa"),
            segment(0xEC, &[b"Ducky\0\x01", &bytes("ducky")[..]].concat()),
            segment(0xED, &photoshop("iptc")),
            segment(
                0xEE,
                &[b"Adobe\0\x64\0\0\0\0\x01", &bytes("adobe")[..]].concat(),
            ),
            segment(0xEF, &bytes("app15")),
            segment(0xFE, &bytes("comment")),
            segment(0xF3, &bytes("reserved")),
        ],
    ]
    .concat();
    into_jpeg(&jpeg(&base()), &segments)
}

/// A motion photo: a second picture with its own metadata, a film, and what some phones write behind everything.
fn jpeg_trailers() -> Vec<u8> {
    let gain_map = into_jpeg(
        &jpeg(&Rgb::photo(100, 75)),
        &[
            segment(0xE1, &[b"Exif\0\0", &exif("second")[..]].concat()),
            segment(
                0xE1,
                &[b"http://ns.adobe.com/xap/1.0/\0", &xmp("gain-map")[..]].concat(),
            ),
            segment(
                0xE2,
                &[b"urn:iso:std:iso:ts:21496:-1\0", &bytes("gain")[..]].concat(),
            ),
        ],
    );
    let film = [
        b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom\0\0\0\x40moov\0\0\0\x38udta",
        &bytes("film")[..],
    ]
    .concat();
    let samsung = [b"SEFH", &bytes("samsung")[..], b"SEFT"].concat();
    [multi_picture(&jpeg_carriers(), &gain_map), film, samsung].concat()
}

fn png_carriers() -> Vec<u8> {
    let compressed = |text: Vec<u8>| stored_zlib(&text);
    let early = [
        chunk(
            b"iCCP",
            &[b"profile\0\0", &compressed(icc("png-icc"))[..]].concat(),
        ),
        chunk(b"pHYs", &[0, 0, 0x2E, 0x23, 0, 0, 0x2E, 0x23, 1]),
        chunk(b"tIME", &[7, 0xE8, 1, 2, 3, 4, 5]),
        chunk(b"tEXt", &[b"Author\0", &bytes("png-text")[..]].concat()),
        chunk(
            b"zTXt",
            &[b"Comment\0\0", &compressed(bytes("png-ztxt"))[..]].concat(),
        ),
        chunk(
            b"iTXt",
            &[b"XML:com.adobe.xmp\0\0\0\0\0", &xmp("png-xmp")[..]].concat(),
        ),
        chunk(b"eXIf", &exif("png-exif")),
        chunk(b"caBX", &bytes("png-c2pa")),
        chunk(b"prVt", &bytes("png-private")),
    ];
    let late = [
        chunk(b"tEXt", &[b"Comment\0", &bytes("png-late")[..]].concat()),
        chunk(b"eXIf", &exif("png-late-exif")),
    ];
    [into_png(&png(&base()), &early, &late), bytes("png-trailer")].concat()
}

/// The chunks of a coded picture among all others that a file can have.
fn webp_carriers(coded: &[u8], flags: u8, width: u32, height: u32) -> Vec<u8> {
    let file = riff(&[
        vp8x(0x2C | flags, width, height),
        riff_chunk(b"ICCP", &icc("webp-icc")),
        riff_chunk(b"prVt", &bytes("webp-private")),
        coded.to_vec(),
        riff_chunk(b"EXIF", &exif("webp-exif")),
        riff_chunk(b"XMP ", &xmp("webp-xmp")),
        riff_chunk(b"C2PA", &bytes("webp-c2pa")),
    ]);
    [file, bytes("webp-trailer")].concat()
}

/// The chunks of a sample behind its RIFF header, and behind its VP8X if it has one.
fn coded_chunks(name: &str) -> Vec<u8> {
    let sample = std::fs::read(format!(
        "{}/tests/samples/{name}",
        env!("CARGO_MANIFEST_DIR")
    ))
    .unwrap();
    let at = if &sample[12..16] == b"VP8X" { 30 } else { 12 };
    sample[at..].to_vec()
}

fn gif_carriers() -> Vec<u8> {
    let comment = bytes("gif-comment");
    let application = bytes("gif-application");
    let plain = bytes("gif-plain");
    let packet = xmp("gif-xmp");
    let magic: Vec<u8> = (0..=255).rev().collect();
    let xmp_block = [b"\x21\xff\x0bXMP DataXMP", &packet[..], &[1], &magic, &[0]].concat();
    let extensions = [
        gif_extension(0xFE, &[&comment]),
        gif_extension(0xFF, &[b"NETSCAPE2.0", b"\x01\0\0"]),
        gif_extension(0xFF, &[b"ICCRGBG1012", &application]),
        gif_extension(0x01, &[&[0; 12], &plain]),
        xmp_block,
    ];
    [into_gif(&gif(&base()), &extensions), bytes("gif-trailer")].concat()
}

pub fn by_hand() -> Vec<Planted> {
    let progressive = jpeg_with(&base(), |encoder| encoder.set_progressive(true));
    let greys = vec![90; 400 * 300];
    let inks: Vec<u8> = [200, 120, 90, 240].repeat(400 * 300);
    let lossless = webp(&base());
    let between = between_scans(
        &progressive,
        &[
            segment(0xFE, &bytes("between")),
            segment(0xE1, &bytes("between-app1")),
        ],
    );
    let in_grey = into_jpeg(
        &jpeg_raw(400, 300, &greys, ColorType::Luma),
        &[segment(0xFE, &bytes("grey"))],
    );
    let in_inks = into_jpeg(
        &jpeg_raw(400, 300, &inks, ColorType::CmykAsYcck),
        &[segment(0xFE, &bytes("inks"))],
    );
    vec![
        Planted {
            name: "carriers.jpg",
            file: jpeg_carriers(),
        },
        Planted {
            name: "trailers.jpg",
            file: jpeg_trailers(),
        },
        Planted {
            name: "between.jpg",
            file: between,
        },
        Planted {
            name: "grey.jpg",
            file: in_grey,
        },
        Planted {
            name: "inks.jpg",
            file: in_inks,
        },
        Planted {
            name: "carriers.png",
            file: png_carriers(),
        },
        Planted {
            name: "lossless.webp",
            file: webp_carriers(&lossless[12..], 0, 400, 300),
        },
        Planted {
            name: "lossy.webp",
            file: webp_carriers(&coded_chunks("lossy.webp"), 0, 200, 150),
        },
        Planted {
            name: "veiled.webp",
            file: webp_carriers(&coded_chunks("lossy-alpha.webp"), 0x10, 200, 150),
        },
        Planted {
            name: "film.webp",
            file: webp_carriers(&coded_chunks("film.webp"), 2, 200, 150),
        },
        Planted {
            name: "carriers.gif",
            file: gif_carriers(),
        },
    ]
}

/// What exiftool writes by itself into every kind of file.
pub fn by_exiftool(folder: &Path) {
    let profile = folder.join("profile.icc");
    let thumbnail = folder.join("thumbnail.jpg");
    std::fs::write(&profile, icc("tool-icc")).unwrap();
    std::fs::write(
        &thumbnail,
        into_jpeg(
            &jpeg(&Rgb::photo(64, 48)),
            &[segment(0xFE, &bytes("tool-thumb"))],
        ),
    )
    .unwrap();
    let common = [
        format!("-XMP-dc:Creator={}", canary("tool-creator")),
        format!("-XMP-photoshop:City={}", canary("tool-city")),
    ];
    let exif = [
        "-EXIF:GPSLatitude=60.18744321".to_owned(),
        "-EXIF:GPSLatitudeRef=N".to_owned(),
        "-EXIF:GPSLongitude=24.94871234".to_owned(),
        "-EXIF:GPSLongitudeRef=E".to_owned(),
        "-EXIF:GPSDateStamp=2026:01:02".to_owned(),
        format!("-EXIF:Artist={}", canary("tool-artist")),
        format!("-EXIF:XPAuthor={}", canary("tool-xpauthor")),
        format!("-EXIF:UserComment={}", canary("tool-usercomment")),
        format!("-EXIF:OwnerName={}", canary("tool-owner")),
        format!("-EXIF:SerialNumber={}", canary("tool-serial")),
        format!("-EXIF:ImageUniqueID={}", canary("tool-unique")),
        "-EXIF:DateTimeOriginal=2026:01:02 03:04:05".to_owned(),
        "-EXIF:Orientation#=1".to_owned(),
    ];
    let jpeg_only = [
        format!("-EXIF:ThumbnailImage<={}", thumbnail.display()),
        format!("-IPTC:By-line={}", canary("tool-byline")),
        format!("-IPTC:Caption-Abstract={}", canary("tool-caption")),
        format!("-Photoshop:CopyrightFlag={}", 1),
        format!("-Comment={}", canary("tool-comment")),
        format!(
            "-XMP-dc:Description={}{}",
            "long ".repeat(14_000),
            canary("tool-extended")
        ),
        "-JFIF:XResolution=300".to_owned(),
        "-JFIF:ResolutionUnit=inches".to_owned(),
    ];
    let with_profile = [format!("-ICC_Profile<={}", profile.display())];
    let at = |name: &str, bytes: Vec<u8>| {
        let path = folder.join(name);
        std::fs::write(&path, bytes).unwrap();
        path
    };
    let picture = base();
    let files = [
        at("tool.jpg", jpeg(&picture)),
        at("tool.png", png(&picture)),
        at("tool.webp", webp(&picture)),
    ];
    let film = at("tool.gif", gif(&picture));
    exiftool::write(
        &[&common[..], &exif, &jpeg_only, &with_profile].concat(),
        &[&files[0]],
    );
    let comment = [format!("-PNG:Comment={}", canary("tool-text"))];
    exiftool::write(
        &[&common[..], &exif, &with_profile, &comment].concat(),
        &[&files[1]],
    );
    exiftool::write(&[&common[..], &exif, &with_profile].concat(), &[&files[2]]);
    exiftool::write(
        &[&common[..], &[format!("-Comment={}", canary("tool-gif"))]].concat(),
        &[&film],
    );
    std::fs::remove_file(profile).unwrap();
    std::fs::remove_file(thumbnail).unwrap();
}
