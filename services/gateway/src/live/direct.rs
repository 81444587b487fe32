//! The way past a socket's own task, for a result that many are told at once.

use std::io::IoSlice;

use super::message::around_next;
use super::telling::Payload;
use crate::http::Aside;

/// The most bytes before the text of a message.
const HEAD_AT_MOST: usize = 10;

/// The results of one operation, straight to its socket.
#[derive(Debug)]
pub(super) struct Direct {
    aside: Aside,
    before: String,
    after: &'static str,
}

impl Direct {
    /// To the operation of this id. What its socket's task said so far was flushed.
    pub(super) fn to(aside: Aside, id: &str) -> Self {
        aside.open();
        let (before, after) = around_next(id);
        Self {
            aside,
            before,
            after,
        }
    }

    /// Tells these results, where that takes no waiting; answers whether it did. If not, none of them was told.
    pub(super) fn tell(&self, payloads: &[Payload]) -> bool {
        let [before, after] = [&*self.before, self.after].map(str::as_bytes);
        let texts = payloads.iter().map(|payload| payload.get().as_bytes());
        let heads = texts.clone();
        let heads = heads.map(|text| Head::of(before.len() + text.len() + after.len()));
        let heads: Vec<Head> = heads.collect();
        let mut parts = Vec::with_capacity(4 * payloads.len());
        for (head, text) in heads.iter().zip(texts) {
            parts.extend([head.bytes(), before, text, after].map(IoSlice::new));
        }
        self.aside.tell(&parts)
    }
}

/// The head of a text message as one frame from a server (RFC 6455, section 5.2).
struct Head {
    bytes: [u8; HEAD_AT_MOST],
    length: usize,
}

impl Head {
    /// Of a message of so many bytes.
    fn of(message: usize) -> Self {
        let mut bytes = [0; HEAD_AT_MOST];
        // The last frame of its message, of text.
        bytes[0] = 0x81;
        let message = message as u64;
        // A length that does not fit into seven bits takes the next larger size.
        let length = if message < 126 {
            bytes[1..2].copy_from_slice(&message.to_be_bytes()[7..]);
            2
        } else if message < 1 << 16 {
            bytes[1] = 126;
            bytes[2..4].copy_from_slice(&message.to_be_bytes()[6..]);
            4
        } else {
            bytes[1] = 127;
            bytes[2..].copy_from_slice(&message.to_be_bytes());
            HEAD_AT_MOST
        };
        Self { bytes, length }
    }

    fn bytes(&self) -> &[u8] {
        &self.bytes[..self.length]
    }
}

#[cfg(test)]
mod tests {
    use tokio_tungstenite::tungstenite::protocol::frame::FrameHeader;
    use tokio_tungstenite::tungstenite::protocol::frame::coding::{Data, OpCode};

    use super::*;

    #[test]
    fn a_frame_begins_as_one_of_a_websocket_library() {
        let theirs = FrameHeader {
            is_final: true,
            opcode: OpCode::Data(Data::Text),
            ..FrameHeader::default()
        };
        for message in [0_u32, 1, 125, 126, 300, 65_535, 65_536, 20_000_000] {
            let mut expected = Vec::new();
            theirs.format(message.into(), &mut expected).unwrap();
            let head = Head::of(usize::try_from(message).unwrap());
            assert_eq!(head.bytes(), expected, "{message}");
        }
    }
}
