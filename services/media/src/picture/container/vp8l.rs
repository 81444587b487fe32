//! What a lossless WebP stream (RFC 9649, section 3) unpacks to besides its pixels.
//!
//! Every group of prefix codes becomes tables hundreds of times longer than its description, and a stream may describe
//! 65,536 groups: four megabytes of them would take more than a gigabyte. The decoder has no limit for them, so their
//! size is read here first. Only the codes are read and the few small images before them skipped; no pixel is decoded.

/// Symbols of green with lengths, red, blue, alpha and distances, without the colour cache.
const ALPHABETS: [usize; 5] = [280, 256, 256, 256, 40];

/// The order in which the lengths of the code of code lengths are stored.
const LENGTH_ORDER: [usize; 19] = [
    17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
];

/// What a decoder keeps for a group whatever its codes are, in bytes, while its list of groups grows.
const GROUP: u64 = 840;

/// Bytes of tables that the stream behind a frame's header, or behind an alpha chunk's first byte, unpacks to; none if
/// the stream is not well-formed that far. Counting stops beyond `enough`.
pub(super) fn table_bytes(stream: &[u8], width: u32, height: u32, enough: u64) -> Option<u64> {
    let mut bits = Bits {
        data: stream,
        at: 0,
    };
    let mut width = width;
    let mut seen = [false; 4];
    while bits.take(1)? == 1 {
        let kind = bits.take(2)?;
        if std::mem::replace(&mut seen[kind as usize], true) {
            return None;
        }
        match kind {
            // Predictor and colour transforms: an image of a pixel per block.
            0 | 1 => {
                let shift = bits.take(3)? + 2;
                bits.skip_image(blocks(width, shift), blocks(height, shift))?;
            }
            2 => {}
            // A palette; few colours share a pixel.
            _ => {
                let colours = bits.take(8)? + 1;
                bits.skip_image(colours, 1)?;
                width = blocks(
                    width,
                    match colours {
                        0..=2 => 3,
                        3..=4 => 2,
                        5..=16 => 1,
                        _ => 0,
                    },
                );
            }
        }
    }
    let cache = bits.colour_cache()?;
    let groups = if bits.take(1)? == 1 {
        let shift = bits.take(3)? + 2;
        bits.skip_image(blocks(width, shift), blocks(height, shift))? + 1
    } else {
        1
    };
    let mut total = 0;
    for _ in 0..groups {
        total += GROUP;
        for code in bits.group(cache)? {
            total += code.table_bytes();
        }
        if total > enough {
            break;
        }
    }
    Some(total)
}

fn blocks(pixels: u32, shift: u32) -> u32 {
    pixels.div_ceil(1 << shift)
}

/// The lengths of a prefix code, by symbol.
struct Code {
    lengths: Vec<u8>,
    /// The only symbol, where there is but one: it takes no bits.
    single: Option<usize>,
}

impl Code {
    fn of(lengths: Vec<u8>) -> Option<Self> {
        let mut used = lengths
            .iter()
            .enumerate()
            .filter(|(_, length)| **length > 0);
        let (first, second) = (used.next()?.0, used.next());
        let single = second.is_none().then_some(first);
        // Kraft's sum: a code that is not complete is no code.
        let sum: u32 = lengths
            .iter()
            .filter(|l| **l > 0)
            .map(|l| 1 << (15 - u32::from(*l)))
            .sum();
        (single.is_some() || sum == 1 << 15).then_some(Self { lengths, single })
    }

    fn longest(&self) -> u8 {
        self.lengths.iter().copied().max().unwrap_or(0)
    }

    /// A first table by up to ten bits, four bytes each; two nodes of sixteen bytes for each symbol beyond.
    fn table_bytes(&self) -> u64 {
        if self.single.is_some() {
            return 0;
        }
        let beyond = self.lengths.iter().filter(|length| **length > 10).count() as u64;
        (4 << self.longest().min(10)) + beyond * 32 + 64
    }

    /// Symbols and their lengths by the next bits of the stream.
    fn lookup(&self) -> Lookup {
        let longest = self.longest();
        if let Some(symbol) = self.single {
            return Lookup {
                bits: 0,
                entries: vec![(symbol, 0)],
            };
        }
        let mut entries = vec![(0, 0); 1 << longest];
        let mut code = 0u32;
        for length in 1..=longest {
            for symbol in (0..self.lengths.len()).filter(|s| self.lengths[*s] == length) {
                let reversed = code.reverse_bits() >> (32 - u32::from(length));
                for entry in entries
                    .iter_mut()
                    .skip(reversed as usize)
                    .step_by(1 << length)
                {
                    *entry = (symbol, u32::from(length));
                }
                code += 1;
            }
            code <<= 1;
        }
        Lookup {
            bits: u32::from(longest),
            entries,
        }
    }
}

/// A prefix code, ready to read symbols with.
struct Lookup {
    bits: u32,
    entries: Vec<(usize, u32)>,
}

/// Bits, the lowest of each byte first.
struct Bits<'a> {
    data: &'a [u8],
    at: usize,
}

impl Bits<'_> {
    /// The next up to 24 bits, with zeroes behind the end.
    fn peek(&self, count: u32) -> u32 {
        let byte = |i: usize| u32::from(self.data.get(self.at / 8 + i).copied().unwrap_or(0));
        let word = byte(0) | byte(1) << 8 | byte(2) << 16 | byte(3) << 24;
        (word >> (self.at % 8)) & ((1 << count) - 1)
    }

    fn take(&mut self, count: u32) -> Option<u32> {
        let value = self.peek(count);
        self.at += count as usize;
        (self.at <= self.data.len() * 8).then_some(value)
    }

    fn symbol(&mut self, code: &Lookup) -> Option<usize> {
        let (symbol, length) = code.entries[self.peek(code.bits) as usize];
        self.take(length)?;
        Some(symbol)
    }

    /// How many symbols a colour cache adds to green.
    fn colour_cache(&mut self) -> Option<usize> {
        if self.take(1)? == 0 {
            return Some(0);
        }
        let bits = self.take(4)?;
        (1..=11).contains(&bits).then(|| 1 << bits)
    }

    fn group(&mut self, cache: usize) -> Option<[Code; 5]> {
        let [green, red, blue, alpha, distance] = ALPHABETS;
        Some([
            self.code(green + cache)?,
            self.code(red)?,
            self.code(blue)?,
            self.code(alpha)?,
            self.code(distance)?,
        ])
    }

    fn code(&mut self, alphabet: usize) -> Option<Code> {
        let mut lengths = vec![0; alphabet];
        if self.take(1)? == 1 {
            let two = self.take(1)? == 1;
            let wide = self.take(1)?;
            let first = self.take(1 + 7 * wide)? as usize;
            *lengths.get_mut(first)? = 1;
            if two {
                let second = self.take(8)? as usize;
                // Every encoder writes the lower symbol first. Of the other way round decoders differ in which bit is
                // which, so it could be counted as one picture and decoded as another; and the same symbol twice takes
                // a bit that says nothing.
                if second <= first {
                    return None;
                }
                *lengths.get_mut(second)? = 1;
            }
            return Code::of(lengths);
        }
        let mut of_lengths = vec![0; LENGTH_ORDER.len()];
        for &place in LENGTH_ORDER.iter().take(4 + self.take(4)? as usize) {
            of_lengths[place] = u8::try_from(self.take(3)?).ok()?;
        }
        let of_lengths = Code::of(of_lengths)?.lookup();
        let mut most = alphabet;
        if self.take(1)? == 1 {
            let bits = 2 + 2 * self.take(3)?;
            most = 2 + self.take(bits)? as usize;
        }
        let (mut symbol, mut previous) = (0, 8);
        for _ in 0..most {
            if symbol >= alphabet {
                break;
            }
            let (length, repeat) = match self.symbol(&of_lengths)? {
                16 => (previous, 3 + self.take(2)?),
                17 => (0, 3 + self.take(3)?),
                18 => (0, 11 + self.take(7)?),
                length => (u8::try_from(length).ok()?, 1),
            };
            if length > 0 {
                previous = length;
            }
            lengths
                .get_mut(symbol..symbol + repeat as usize)?
                .fill(length);
            symbol += repeat as usize;
        }
        Code::of(lengths)
    }

    /// Skips an image without groups and answers the highest number that red and green of one pixel make together. What
    /// is not a literal repeats one, or is black.
    fn skip_image(&mut self, width: u32, height: u32) -> Option<u32> {
        let cache = self.colour_cache()?;
        let codes = self.group(cache)?;
        let mut highest = 0;
        let [green, red, blue, alpha, distance] = codes.map(|code| code.lookup());
        let mut left = u64::from(width) * u64::from(height);
        while left > 0 {
            let pixels = match self.symbol(&green)? {
                green @ 0..=255 => {
                    let red = self.symbol(&red)?;
                    self.symbol(&blue)?;
                    self.symbol(&alpha)?;
                    highest = highest.max(red << 8 | green);
                    1
                }
                symbol @ 256..=279 => {
                    let length = self.prefixed(symbol - 256)?;
                    let symbol = self.symbol(&distance)?;
                    self.prefixed(symbol)?;
                    length
                }
                _ => 1,
            };
            left = left.saturating_sub(pixels);
        }
        u32::try_from(highest).ok()
    }

    /// A length or distance: a prefix, and the bits it asks for.
    fn prefixed(&mut self, prefix: usize) -> Option<u64> {
        let prefix = u32::try_from(prefix).ok()?;
        if prefix < 4 {
            return Some(u64::from(prefix) + 1);
        }
        let extra = (prefix - 2) >> 1;
        let base = (2 + (prefix & 1)) << extra;
        Some(u64::from(base + self.take(extra)?) + 1)
    }
}
