//! A sealed file of any length: AES-256-GCM-SIV in pieces (the STREAM construction), under a key made for this file alone. No piece
//! can be altered, left out, repeated or moved, nor the end cut off, without it being seen before that piece is given out.

use std::io::{self, Read, Write};

use aead_stream::{DecryptorBE32, EncryptorBE32};
use aes_gcm_siv::Aes256GcmSiv;
use aes_gcm_siv::aead::{KeyInit, Payload};
use hkdf::Hkdf;
use sha2::Sha256;

use crate::{Entropy, Key, KeyRing};

const MAGIC: &[u8; 16] = b"palier sealed 1\n";
const SALT: usize = 32;
/// Of what is sealed, in bytes; the last piece may be shorter.
const PIECE: usize = 64 << 10;
const TAG: usize = 16;

/// A sealed file that cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum SealedFault {
    /// The file cannot be read or written.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// It is no sealed file.
    #[error("this is not a file that Palier sealed")]
    Foreign,
    /// Its key is not there.
    #[error("it was sealed with key {0:?}, which is not among the keys here")]
    NoKey(String),
    /// It was altered or cut off, or its key is another of the same name.
    #[error("it is damaged, cut off, or sealed with another key")]
    Damaged,
}

/// A file that is being sealed. Without [`SealedWriter::finish`] it cannot be opened.
pub struct SealedWriter<W> {
    out: W,
    seal: EncryptorBE32<Aes256GcmSiv>,
    header: Vec<u8>,
    piece: Vec<u8>,
}

impl<W: Write> SealedWriter<W> {
    /// Begins, with the newest key of a ring.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(mut out: W, ring: &KeyRing, entropy: &Entropy) -> Result<Self, SealedFault> {
        let key = ring.newest();
        let salt: [u8; SALT] = entropy.bytes();
        let id = key.id().as_bytes();
        let length = u8::try_from(id.len()).map_err(|_| SealedFault::Foreign)?;
        let header = [&MAGIC[..], &[length], id, &salt].concat();
        out.write_all(&header)?;
        Ok(Self {
            out,
            seal: EncryptorBE32::from_aead(cipher(key, &salt), &[0; 7].into()),
            header,
            piece: Vec::with_capacity(PIECE),
        })
    }

    /// Seals more.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&mut self, mut bytes: &[u8]) -> Result<(), SealedFault> {
        while !bytes.is_empty() {
            // A full piece waits until it is known not to be the last.
            if self.piece.len() == PIECE {
                let sealed = self.seal.encrypt_next(payload(&self.piece, &self.header));
                self.out
                    .write_all(&sealed.map_err(|_| SealedFault::Damaged)?)?;
                self.piece.clear();
            }
            let fits = bytes.len().min(PIECE - self.piece.len());
            let (now, later) = bytes.split_at(fits);
            self.piece.extend_from_slice(now);
            bytes = later;
        }
        Ok(())
    }

    /// Seals the end, and gives back what it was written to.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn finish(mut self) -> Result<W, SealedFault> {
        let sealed = self.seal.encrypt_last(payload(&self.piece, &self.header));
        self.out
            .write_all(&sealed.map_err(|_| SealedFault::Damaged)?)?;
        Ok(self.out)
    }
}

/// A sealed file that is being opened.
pub struct SealedReader<R> {
    file: R,
    seal: Option<DecryptorBE32<Aes256GcmSiv>>,
    header: Vec<u8>,
    /// Sealed, and read already: a piece and what shows whether it is the last.
    ahead: Vec<u8>,
    open: Vec<u8>,
    given: usize,
}

impl<R: Read> SealedReader<R> {
    /// Begins, with the key of a ring that it was sealed with.
    ///
    /// # Errors
    /// When it is no such file, or its key is not there.
    pub fn new(mut file: R, ring: &KeyRing) -> Result<Self, SealedFault> {
        let mut start = [0; MAGIC.len() + 1];
        file.read_exact(&mut start)
            .map_err(|_| SealedFault::Foreign)?;
        let (magic, length) = start.split_at(MAGIC.len());
        if magic != MAGIC {
            return Err(SealedFault::Foreign);
        }
        let mut rest = vec![0; usize::from(length[0]) + SALT];
        file.read_exact(&mut rest)
            .map_err(|_| SealedFault::Foreign)?;
        let (id, salt) = rest.split_at(usize::from(length[0]));
        let id = str::from_utf8(id).map_err(|_| SealedFault::Foreign)?;
        let key = ring
            .get(id)
            .ok_or_else(|| SealedFault::NoKey(id.to_owned()))?;
        let seal = DecryptorBE32::from_aead(cipher(key, salt), &[0; 7].into());
        Ok(Self {
            file,
            seal: Some(seal),
            header: [&start[..], &rest].concat(),
            ahead: Vec::with_capacity(PIECE + TAG + 1),
            open: Vec::new(),
            given: 0,
        })
    }

    /// Fills all of `into`, or says that the file ended before its first byte.
    ///
    /// # Errors
    /// When the file was altered or cut off, or ends within `into`.
    pub fn read(&mut self, into: &mut [u8]) -> Result<bool, SealedFault> {
        let mut filled = 0;
        while filled < into.len() {
            if self.given == self.open.len() && !self.next_piece()? {
                return if filled == 0 {
                    Ok(false)
                } else {
                    Err(SealedFault::Damaged)
                };
            }
            let fits = (into.len() - filled).min(self.open.len() - self.given);
            into[filled..filled + fits].copy_from_slice(&self.open[self.given..self.given + fits]);
            filled += fits;
            self.given += fits;
        }
        Ok(true)
    }

    /// Opens the next piece; false after the last.
    fn next_piece(&mut self) -> Result<bool, SealedFault> {
        let Some(mut seal) = self.seal.take() else {
            return Ok(false);
        };
        let wanted = PIECE + TAG + 1 - self.ahead.len();
        let mut more = (&mut self.file).take(wanted as u64);
        more.read_to_end(&mut self.ahead)?;
        let damaged = |_| SealedFault::Damaged;
        self.given = 0;
        if self.ahead.len() > PIECE + TAG {
            let sealed = payload(&self.ahead[..PIECE + TAG], &self.header);
            self.open = seal.decrypt_next(sealed).map_err(damaged)?;
            self.ahead.drain(..PIECE + TAG);
            self.seal = Some(seal);
        } else {
            let sealed = payload(&self.ahead, &self.header);
            self.open = seal.decrypt_last(sealed).map_err(damaged)?;
        }
        Ok(!self.open.is_empty())
    }
}

const fn payload<'a>(msg: &'a [u8], aad: &'a [u8]) -> Payload<'a, 'a> {
    Payload { msg, aad }
}

fn cipher(key: &Key, salt: &[u8]) -> Aes256GcmSiv {
    let mut own = zeroize::Zeroizing::new([0; 32]);
    Hkdf::<Sha256>::new(Some(salt), key.bytes())
        .expand(MAGIC, own.as_mut_slice())
        .expect("32 bytes are within HKDF's limit");
    Aes256GcmSiv::new((&*own).into())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ring(byte: u8) -> KeyRing {
        KeyRing::of([("0001", [byte; 32])])
    }

    fn sealed(content: &[u8]) -> Vec<u8> {
        let mut writer = SealedWriter::new(Vec::new(), &ring(1), &Entropy::seeded(1)).unwrap();
        for part in content.chunks(9_999) {
            writer.write(part).unwrap();
        }
        writer.finish().unwrap()
    }

    fn opened(file: &[u8], ring: &KeyRing) -> Result<Vec<u8>, SealedFault> {
        let mut reader = SealedReader::new(file, ring)?;
        let (mut content, mut byte) = (Vec::new(), [0]);
        while reader.read(&mut byte)? {
            content.extend(byte);
        }
        Ok(content)
    }

    #[test]
    fn what_is_sealed_opens_again_whatever_its_length() {
        for length in [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 3 * PIECE + 7] {
            let content: Vec<u8> = (0..=250).cycle().take(length).collect();
            let file = sealed(&content);
            assert!(opened(&file, &ring(1)).unwrap() == content, "{length}");
        }
    }

    #[test]
    fn another_key_or_none_opens_nothing() {
        let file = sealed(b"a quiet lighthouse");
        assert!(matches!(opened(&file, &ring(2)), Err(SealedFault::Damaged)));
        let other = KeyRing::of([("0002", [1; 32])]);
        assert!(matches!(opened(&file, &other), Err(SealedFault::NoKey(_))));
        assert!(matches!(
            opened(b"PK\x03\x04", &ring(1)),
            Err(SealedFault::Foreign)
        ));
        assert!(!file.windows(5).any(|part| part == b"quiet"));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn nothing_can_be_altered_cut_off_or_added(at in any::<prop::sample::Index>(), bit in 0..8_u8) {
            let file = sealed(&vec![7; 2 * PIECE + 5]);
            let at = at.index(file.len());
            let mut altered = file.clone();
            altered[at] ^= 1 << bit;
            prop_assert!(opened(&altered, &ring(1)).is_err());
            prop_assert!(opened(&file[..at], &ring(1)).is_err());
            let mut longer = file.clone();
            longer.push(0);
            prop_assert!(opened(&longer, &ring(1)).is_err());
        }
    }

    #[test]
    fn whole_pieces_cannot_be_left_out_or_exchanged() {
        let file = sealed(&vec![7; 4 * PIECE]);
        let start = MAGIC.len() + 1 + 4 + SALT;
        let piece = PIECE + TAG;
        let without = [&file[..start], &file[start + piece..]].concat();
        assert!(opened(&without, &ring(1)).is_err());
        let cut = &file[..start + 2 * piece];
        assert!(opened(cut, &ring(1)).is_err());
        let (first, second) = (
            &file[start..start + piece],
            &file[start + piece..start + 2 * piece],
        );
        let exchanged = [&file[..start], second, first, &file[start + 2 * piece..]].concat();
        assert!(opened(&exchanged, &ring(1)).is_err());
    }
}
