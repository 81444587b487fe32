//! Lossless WebP (RFC 9649, section 3), written bit by bit as no encoder would.

use super::plant::{Bits, riff, riff_chunk};

/// The header of a frame: its size, and that its alpha does not matter.
fn frame(width: u32, height: u32) -> Bits {
    let mut bits = Bits::default();
    bits.put(8, 0x2F)
        .put(14, width - 1)
        .put(14, height - 1)
        .put(4, 0);
    bits
}

/// A prefix code of one symbol: it takes no bits.
fn always(bits: &mut Bits, symbol: u32) {
    bits.put(1, 1).put(1, 0).put(1, 1).put(8, symbol);
}

/// A prefix code of two symbols, in this order.
fn either(bits: &mut Bits, first: u32, second: u32) {
    bits.put(1, 1).put(1, 1).put(1, 1);
    bits.put(8, first).put(8, second);
}

/// A picture of 64 x 64 pixels that describes 65,281 or more groups of codes, each code as long as makes its table large.
/// Out of order, the one bit that decides over their number says so only to decoders that leave the order as it is.
pub fn many_groups(out_of_order: bool) -> Vec<u8> {
    let mut bits = frame(64, 64);
    // No transform, no colour cache, groups by blocks of 512: a single one.
    bits.put(1, 0).put(1, 0).put(1, 1).put(3, 7);
    // The image of groups, without a cache: green, red, blue, alpha, distance.
    bits.put(1, 0);
    always(&mut bits, 255);
    if out_of_order {
        either(&mut bits, 255, 0);
    } else {
        always(&mut bits, 255);
    }
    for _ in 0..3 {
        always(&mut bits, 0);
    }
    if out_of_order {
        bits.put(1, 0);
    }
    // The code of code lengths: 1 to 6 in three bits, 7 to 10 in four, the first bit lowest.
    let codes = [
        (3, 0),
        (3, 4),
        (3, 2),
        (3, 6),
        (3, 1),
        (3, 5),
        (4, 3),
        (4, 11),
        (4, 7),
        (4, 15),
    ];
    for _ in 0..65_536 * 5 {
        bits.put(1, 0).put(4, 10);
        for length in [0, 0, 0, 3, 3, 3, 3, 3, 0, 3, 4, 4, 4, 4] {
            bits.put(3, length);
        }
        // Eleven symbols, of lengths 1 to 10 and 10 again.
        bits.put(1, 1).put(3, 1).put(4, 9);
        for (count, code) in codes.iter().chain(&codes[9..]) {
            bits.put(*count, *code);
        }
    }
    webp(&bits)
}

/// A picture of two blocks, 4 x 4 pixels each: the left one has group 256, the right one 255. Red and green by
/// themselves reach 1 and 255, which together would be 511.
pub fn groups_far_apart() -> Vec<u8> {
    let mut bits = frame(8, 4);
    // No transform, no colour cache, groups by blocks of four.
    bits.put(1, 0).put(1, 0).put(1, 1).put(3, 0);
    bits.put(1, 0);
    either(&mut bits, 0, 255);
    either(&mut bits, 0, 1);
    for _ in 0..3 {
        always(&mut bits, 0);
    }
    // Green, then red: 0 and 1, 255 and 0.
    bits.put(1, 0).put(1, 1).put(1, 1).put(1, 0);
    for group in 0..257 {
        let brightness = if group == 256 { 200 } else { 50 };
        for symbol in [brightness, brightness, brightness, 255, 0] {
            always(&mut bits, symbol);
        }
    }
    webp(&bits)
}

/// The only chunk of a WebP.
fn webp(frame: &Bits) -> Vec<u8> {
    riff(&[riff_chunk(b"VP8L", &frame.bytes)])
}
