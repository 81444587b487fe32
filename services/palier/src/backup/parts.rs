//! What a backup is made of, one part after another: a kind, a length, and the content.

use std::io::{Read, Write};

use bytes::Bytes;
use runtime::{SealedFault, SealedReader, SealedWriter};
use serde::{Deserialize, Serialize};

use super::{CopyFault, Kinds};

/// No part is longer, in bytes.
const PART_AT_MOST: usize = 64 << 20;

/// What a backup is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Manifest {
    /// When it was taken, in milliseconds since 1970.
    pub(super) taken_at_ms: i64,
    /// The log of deletions without which it is not restored.
    pub(super) log: String,
    /// Every role, and on what kind of database it was.
    pub(super) roles: Kinds,
}

/// A part of a backup.
#[derive(Clone, Debug)]
pub(super) enum Part {
    /// The first.
    Manifest(Manifest),
    /// A table; its rows follow.
    Table {
        role: String,
        name: String,
        columns: Vec<String>,
    },
    /// A row of the table before.
    Row(String),
    /// The last number that a table gave to a row by itself.
    Counter {
        role: String,
        table: String,
        last: i64,
    },
    /// A file of a picture: its path and what is in it.
    Picture(String, Bytes),
    /// The last.
    End,
}

/// Writes parts.
pub(super) struct Writer<W>(pub(super) SealedWriter<W>);

impl<W: Write> Writer<W> {
    pub(super) fn part(&mut self, part: &Part) -> Result<(), CopyFault> {
        match part {
            Part::Manifest(manifest) => self.json(b'M', manifest),
            Part::Table {
                role,
                name,
                columns,
            } => self.json(b'T', &(role, name, columns)),
            Part::Row(row) => self.raw(b'R', row.as_bytes(), &[]),
            Part::Counter { role, table, last } => self.json(b'C', &(role, table, last)),
            Part::Picture(path, bytes) => {
                let path = [path.as_bytes(), b"\n"].concat();
                self.raw(b'P', &path, bytes)
            }
            Part::End => self.raw(b'E', &[], &[]),
        }
    }

    fn json(&mut self, kind: u8, value: &impl Serialize) -> Result<(), CopyFault> {
        let text = serde_json::to_vec(value).map_err(|_| CopyFault::Unknown)?;
        self.raw(kind, &text, &[])
    }

    fn raw(&mut self, kind: u8, first: &[u8], rest: &[u8]) -> Result<(), CopyFault> {
        let length = first.len() + rest.len();
        if length > PART_AT_MOST {
            return Err(CopyFault::Unknown);
        }
        let length = u32::try_from(length).map_err(|_| CopyFault::Unknown)?;
        self.0.write(&[kind])?;
        self.0.write(&length.to_be_bytes())?;
        self.0.write(first)?;
        Ok(self.0.write(rest)?)
    }
}

/// Reads parts.
pub(super) struct Reader<R>(pub(super) SealedReader<R>);

impl<R: Read> Reader<R> {
    /// The next part; what comes after the end is none.
    pub(super) fn part(&mut self) -> Result<Part, CopyFault> {
        let mut head = [0; 5];
        if !self.0.read(&mut head)? {
            return Err(SealedFault::Damaged.into());
        }
        let [kind, length @ ..] = head;
        let length = usize::try_from(u32::from_be_bytes(length)).unwrap_or(usize::MAX);
        if length > PART_AT_MOST {
            return Err(CopyFault::Unknown);
        }
        let mut content = vec![0; length];
        if length > 0 && !self.0.read(&mut content)? {
            return Err(SealedFault::Damaged.into());
        }
        let unknown = |_| CopyFault::Unknown;
        Ok(match kind {
            b'M' => Part::Manifest(serde_json::from_slice(&content).map_err(unknown)?),
            b'T' => {
                let (role, name, columns) = serde_json::from_slice(&content).map_err(unknown)?;
                Part::Table {
                    role,
                    name,
                    columns,
                }
            }
            b'R' => Part::Row(String::from_utf8(content).map_err(|_| CopyFault::Unknown)?),
            b'C' => {
                let (role, table, last) = serde_json::from_slice(&content).map_err(unknown)?;
                Part::Counter { role, table, last }
            }
            b'P' => {
                let end = content.iter().position(|byte| *byte == b'\n');
                let end = end.ok_or(CopyFault::Unknown)?;
                let bytes = Bytes::from(content);
                let path = str::from_utf8(&bytes[..end]).map_err(|_| CopyFault::Unknown)?;
                Part::Picture(path.to_owned(), bytes.slice(end + 1..))
            }
            b'E' => Part::End,
            _ => return Err(CopyFault::Unknown),
        })
    }
}
