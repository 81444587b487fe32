use std::cell::Cell;

use media::picture::{Foreign, MAX_BYTES, MAX_SIDE, Refusal, inspect, prepare, prepare_while};

use crate::support::encode::{Rgb, gif, jpeg, png, webp};
use crate::support::plant;

#[test]
fn what_is_no_picture_is_named() {
    assert_eq!(prepare(b""), Err(Refusal::Empty));
    let svg = b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>";
    assert_eq!(prepare(svg), Err(Refusal::NotAnImage(Foreign::Svg)));
    let film = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom";
    assert_eq!(prepare(film), Err(Refusal::NotAnImage(Foreign::Video)));
    // The name a file bears cannot change what it is: a PNG's bytes behind another's magic are damaged.
    let png = png(&Rgb::photo(8, 8));
    let dressed = [b"GIF89a", &png[6..]].concat();
    assert!(prepare(&dressed).is_err());
}

#[test]
fn a_file_longer_than_twenty_megabytes_is_refused_unread() {
    let mut bytes = jpeg(&Rgb::photo(16, 16));
    bytes.resize(MAX_BYTES, 0);
    assert!(
        prepare(&bytes).is_ok(),
        "what trails does not matter up to the bound"
    );
    bytes.push(0);
    assert_eq!(prepare(&bytes), Err(Refusal::TooLarge));
}

#[test]
fn the_longest_side_is_a_bound_by_itself() {
    let line = |width| Rgb {
        width,
        height: 1,
        data: vec![7; width as usize * 3],
    };
    assert!(prepare(&png(&line(MAX_SIDE))).is_ok());
    let over = MAX_SIDE + 1;
    let refusal = prepare(&png(&line(over))).unwrap_err();
    assert_eq!(
        refusal,
        Refusal::TooManyPixels {
            width: over,
            height: 1
        }
    );
    assert!(
        refusal.to_string().contains("16385 x 1 pixels"),
        "{refusal}"
    );
    assert_eq!(prepare(&jpeg(&line(over))), Err(refusal));
}

#[test]
fn a_header_tells_the_cost_before_anything_is_decoded() {
    let small = inspect(&jpeg(&Rgb::photo(100, 100))).unwrap();
    let large = inspect(&jpeg(&Rgb::photo(1000, 1000))).unwrap();
    assert!(small.cost_bytes() < large.cost_bytes());
    assert!(large.cost_bytes() >= 3 * 1000 * 1000);
}

#[test]
fn time_is_asked_for_between_the_stages() {
    let bytes = jpeg(&Rgb::photo(64, 64));
    let asked = Cell::new(0);
    let whole = prepare_while(&bytes, || {
        asked.set(asked.get() + 1);
        true
    });
    assert_eq!(whole, prepare(&bytes));
    let stages = asked.get();
    assert!(stages >= 5);
    for allowed in 0..stages {
        let left = Cell::new(allowed);
        let stopped = prepare_while(&bytes, || left.replace(left.get() - 1) > 0);
        assert_eq!(stopped, Err(Refusal::TookTooLong));
    }
}

#[test]
fn every_refusal_has_a_code_a_status_and_a_sentence() {
    let all = [
        (Refusal::Empty, "EMPTY", 422),
        (Refusal::NotAnImage(Foreign::Unknown), "NOT_AN_IMAGE", 415),
        (Refusal::TooLarge, "TOO_LARGE", 413),
        (
            Refusal::TooManyPixels {
                width: 1,
                height: 2,
            },
            "TOO_MANY_PIXELS",
            413,
        ),
        (
            Refusal::TooHeavy {
                width: 1,
                height: 2,
            },
            "TOO_HEAVY",
            413,
        ),
        (Refusal::Undecodable, "UNDECODABLE", 422),
        (Refusal::TookTooLong, "TOOK_TOO_LONG", 422),
    ];
    for (refusal, code, status) in all {
        assert_eq!((refusal.code(), refusal.status()), (code, status));
        let sentence = refusal.to_string();
        assert!(
            sentence.ends_with('.') && sentence.contains("end"),
            "{sentence}"
        );
    }
}

#[test]
fn containers_that_lie_are_damaged() {
    let still = webp(&Rgb::photo(40, 30));
    let lying_canvas = plant::riff(&[plant::vp8x(0, 400, 300), still[12..].to_vec()]);
    assert_eq!(prepare(&lying_canvas), Err(Refusal::Undecodable));
    let wide_frame = [0u32, 0, 39, 29, 0]
        .map(u32::to_le_bytes)
        .map(|b| [b[0], b[1], b[2]])
        .concat();
    let outside = plant::riff(&[
        plant::vp8x(2, 20, 20),
        plant::riff_chunk(b"ANIM", &[0; 6]),
        plant::riff_chunk(b"ANMF", &[&wide_frame, &[0u8][..], &still[12..]].concat()),
    ]);
    assert_eq!(prepare(&outside), Err(Refusal::Undecodable));
    // A GIF frame beyond its screen enlarges it, as every browser does.
    let mut beyond = gif(&Rgb::photo(40, 30));
    beyond[6..10].copy_from_slice(&[1, 0, 1, 0]);
    let prepared = prepare(&beyond).unwrap();
    assert_eq!((prepared.width, prepared.height), (40, 30));
    // No width at all.
    let mut nothing = png(&Rgb::photo(8, 8));
    nothing[16..20].fill(0);
    assert_eq!(prepare(&nothing), Err(Refusal::Undecodable));
}
