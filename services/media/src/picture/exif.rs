//! The one thing that is wanted of Exif: how the camera was held.
//!
//! Exif is TIFF (revision 6.0), which is made of directories that point at each other and may overlap: a few kilobytes can
//! describe gigabytes of entries. Only the first directory is read, and no pointer in it is followed.

/// Orientation (Exif 2.32, 4.6.5).
const ORIENTATION: u16 = 0x0112;
/// A number of 16 bits, as the standard asks for.
const SHORT: u16 = 3;
/// Bytes of an entry: tag, type, count and value.
const ENTRY: usize = 12;

/// Which byte of a number comes first.
#[derive(Clone, Copy)]
enum Order {
    Least,
    Most,
}

impl Order {
    fn short(self, bytes: &[u8], at: usize) -> Option<u16> {
        let bytes = bytes.get(at..)?.first_chunk().copied()?;
        Some(match self {
            Self::Least => u16::from_le_bytes(bytes),
            Self::Most => u16::from_be_bytes(bytes),
        })
    }

    fn long(self, bytes: &[u8], at: usize) -> Option<u32> {
        let bytes = bytes.get(at..)?.first_chunk().copied()?;
        Some(match self {
            Self::Least => u32::from_le_bytes(bytes),
            Self::Most => u32::from_be_bytes(bytes),
        })
    }
}

/// The number under which the orientation is noted; none where it is absent or broken. A directory says in 16 bits how
/// many entries it has, so no more than that are looked at, however long the block is.
pub(super) fn orientation(block: &[u8]) -> Option<u16> {
    // PNG and WebP encoders often leave JPEG's prefix on.
    let tiff = block.strip_prefix(b"Exif\0\0").unwrap_or(block);
    let order = match tiff.first_chunk()? {
        b"II\x2a\0" => Order::Least,
        b"MM\0\x2a" => Order::Most,
        _ => return None,
    };
    let directory = tiff.get(order.long(tiff, 4)? as usize..)?;
    let entries = usize::from(order.short(directory, 0)?);
    let entry = directory
        .get(2..)?
        .chunks_exact(ENTRY)
        .take(entries)
        .find(|entry| order.short(entry, 0) == Some(ORIENTATION))?;
    let is_one_number = order.short(entry, 2)? == SHORT && order.long(entry, 4)? == 1;
    is_one_number.then(|| order.short(entry, 8)).flatten()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// An Exif block in either order: other entries, ours, and others again.
    fn block(most_first: bool, before: u16, value: u16, entries: u16, at: u32) -> Vec<u8> {
        let short = |v: u16| {
            if most_first {
                v.to_be_bytes()
            } else {
                v.to_le_bytes()
            }
        };
        let long = |v: u32| {
            if most_first {
                v.to_be_bytes()
            } else {
                v.to_le_bytes()
            }
        };
        let entry = |tag, value| {
            let head = [short(tag), short(SHORT)].concat();
            [&head[..], &long(1), &short(value), &[0; 2]].concat()
        };
        let mark: &[u8] = if most_first { b"MM" } else { b"II" };
        let mut block = [mark, &short(42), &long(at)].concat();
        block.resize(at as usize, 0);
        block.extend(short(entries));
        block.extend((0..before).flat_map(|n| entry(n, 9)));
        block.extend(entry(ORIENTATION, value));
        block.extend(entry(0x8769, 8));
        block
    }

    proptest! {
        #[test]
        fn what_is_noted_is_read_in_either_order_with_or_without_a_prefix(
            most_first: bool, before in 0..40_u16, value: u16, at in 8..60_u32, prefixed: bool,
        ) {
            let noted = block(most_first, before, value, before + 2, at);
            let prefix: &[u8] = if prefixed { b"Exif\0\0" } else { b"" };
            prop_assert_eq!(orientation(&[prefix, &noted].concat()), Some(value));
            let fewer = block(most_first, before, value, before, at);
            prop_assert_eq!(orientation(&fewer), None, "behind the directory's end");
        }

        #[test]
        fn nothing_behind_the_block_is_read(
            most_first: bool, before in 0..8_u16, value: u16, cut in 0..120_usize,
        ) {
            let noted = block(most_first, before, value, u16::MAX, 8);
            let cut = cut.min(noted.len());
            let whole = cut >= 8 + 2 + (usize::from(before) + 1) * ENTRY;
            prop_assert_eq!(orientation(&noted[..cut]), whole.then_some(value));
        }

        #[test]
        fn any_bytes_at_all_are_no_trouble(
            mark in prop::sample::select(vec![&b""[..], b"II\x2a\0", b"MM\0\x2a", b"Exif\0\0MM\0\x2a"]),
            rest in prop::collection::vec(any::<u8>(), 0..200),
        ) {
            orientation(&[mark, &rest].concat());
        }
    }

    #[test]
    fn what_is_not_one_short_number_is_not_believed() {
        for (at, byte) in [(8 + 2 + 3, 4), (8 + 2 + 7, 2)] {
            let mut odd = block(true, 0, 6, 1, 8);
            odd[at] = byte;
            assert_eq!(orientation(&odd), None);
        }
    }
}
