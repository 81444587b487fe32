//! A reader over chosen parts of a file, in place: decoders are shown pixels and never metadata.

use std::borrow::Cow;
use std::io::{self, BufRead, Read, Seek, SeekFrom};

/// The parts of a file that a decoder may see, read as if they were one.
pub(super) struct Splice<'a> {
    parts: Vec<Cow<'a, [u8]>>,
    part: usize,
    offset: usize,
}

impl<'a> Splice<'a> {
    pub(super) fn new(parts: Vec<Cow<'a, [u8]>>) -> Self {
        Self {
            parts,
            part: 0,
            offset: 0,
        }
    }

    fn len_before(&self, part: usize) -> u64 {
        self.parts[..part].iter().map(|p| p.len() as u64).sum()
    }

    fn position(&self) -> u64 {
        self.len_before(self.part) + self.offset as u64
    }
}

impl Read for Splice<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let available = self.fill_buf()?;
        let n = available.len().min(out.len());
        out[..n].copy_from_slice(&available[..n]);
        self.consume(n);
        Ok(n)
    }
}

impl BufRead for Splice<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.part < self.parts.len() && self.offset >= self.parts[self.part].len() {
            self.part += 1;
            self.offset = 0;
        }
        Ok(self.parts.get(self.part).map_or(&[], |p| &p[self.offset..]))
    }

    fn consume(&mut self, n: usize) {
        self.offset += n;
    }
}

impl Seek for Splice<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        let (base, by) = match to {
            SeekFrom::Start(at) => (at, 0),
            SeekFrom::Current(by) => (self.position(), by),
            SeekFrom::End(by) => (self.len_before(self.parts.len()), by),
        };
        let target = base
            .checked_add_signed(by)
            .ok_or(io::ErrorKind::InvalidInput)?;
        let mut left = target;
        self.part = 0;
        while let Some(len) = self.parts.get(self.part).map(|p| p.len() as u64) {
            if left < len {
                break;
            }
            left -= len;
            self.part += 1;
        }
        // Past the end nothing is left to read, wherever exactly that is.
        self.offset = usize::try_from(left).map_err(|_| io::ErrorKind::InvalidInput)?;
        if self.part >= self.parts.len() {
            self.offset = 0;
        }
        Ok(target)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn reads_and_seeks_like_the_parts_joined(
            parts in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..9), 0..6),
            steps in prop::collection::vec((0u64..40, 0usize..12), 0..12),
        ) {
            let joined = parts.concat();
            let mut splice = Splice::new(parts.into_iter().map(Cow::Owned).collect());
            for (at, n) in steps {
                let at = at.min(joined.len() as u64);
                splice.seek(SeekFrom::Start(at)).unwrap();
                let mut out = Vec::new();
                splice.by_ref().take(n as u64).read_to_end(&mut out).unwrap();
                let from = usize::try_from(at).unwrap();
                prop_assert_eq!(&out[..], &joined[from..(from + n).min(joined.len())]);
                prop_assert_eq!(splice.stream_position().unwrap(), at + out.len() as u64);
            }
        }
    }
}
