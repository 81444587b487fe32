//! The bytes of one connection, among which others than its own task may put whole messages.
//!
//! What it costs to tell a thousand sockets one thing is mostly the waking of a thousand tasks. So whoever tells may write on
//! the spot: where nothing of the connection's own is on its way, a message goes straight to the system. The system takes it, or
//! a part of it, of which the rest waits here and goes before anything else; or it is not said at all.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::{Buf, BytesMut};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::sync::Notify;

/// A connection, for its own task, with the place that it takes until it ends: as a socket it goes on after its last request.
#[derive(Debug)]
pub(super) struct Pipe<Place> {
    read: OwnedReadHalf,
    out: Arc<Out>,
    _place: Place,
}

/// The same, for whoever tells it something.
#[derive(Clone, Debug)]
pub(crate) struct Aside(Arc<Out>);

#[derive(Debug)]
struct Out {
    way: Mutex<Way>,
    /// That the system took a message in part.
    stuck: Notify,
}

#[derive(Debug)]
struct Way {
    to: OwnedWriteHalf,
    /// What was taken here and not yet by the system.
    rest: BytesMut,
    /// Whatever is written is whole messages.
    is_shared: bool,
}

impl<Place> Pipe<Place> {
    pub(super) fn new(stream: TcpStream, place: Place) -> Self {
        let (read, to) = stream.into_split();
        let way = Way {
            to,
            rest: BytesMut::new(),
            is_shared: false,
        };
        Self {
            read,
            out: Arc::new(Out {
                way: Mutex::new(way),
                stuck: Notify::new(),
            }),
            _place: place,
        }
    }

    pub(super) fn aside(&self) -> Aside {
        Aside(self.out.clone())
    }
}

impl Aside {
    /// From now on messages may be told. All that the connection's own task wrote so far was flushed, and each of its writes
    /// from now on is of whole messages.
    pub(crate) fn open(&self) {
        self.0.way().is_shared = true;
    }

    /// Tells a message of these parts, where that takes no waiting; answers whether it did. If not, it is as if it had never been
    /// said.
    pub(crate) fn tell(&self, parts: &[IoSlice<'_>]) -> bool {
        let mut way = self.0.way();
        if !way.is_shared || !way.rest.is_empty() {
            return false;
        }
        // One that is gone is found to be by its own task.
        let Ok(taken) = way.to.try_write_vectored(parts) else {
            return false;
        };
        way.keep(parts, taken);
        if !way.rest.is_empty() {
            self.0.stuck.notify_one();
        }
        true
    }

    /// Done when a message was told of which the system took a part: the connection's own task has to flush the rest.
    pub(crate) async fn stuck(&self) {
        self.0.stuck.notified().await;
    }
}

impl Out {
    fn way(&self) -> MutexGuard<'_, Way> {
        self.way.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Way {
    /// Keeps what comes after the bytes that were taken.
    fn keep(&mut self, parts: &[IoSlice<'_>], mut taken: usize) {
        for part in parts {
            let of_part = taken.min(part.len());
            self.rest.extend_from_slice(&part[of_part..]);
            taken -= of_part;
        }
    }

    fn poll_rest(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        while !self.rest.is_empty() {
            let taken = ready!(Pin::new(&mut self.to).poll_write(context, &self.rest))?;
            if taken == 0 {
                return Poll::Ready(Err(io::ErrorKind::WriteZero.into()));
            }
            self.rest.advance(taken);
            if self.rest.is_empty() {
                // Thousands are open, and few are ever stuck.
                self.rest = BytesMut::new();
            }
        }
        Poll::Ready(Ok(()))
    }

    fn poll_parts(
        &mut self,
        context: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        ready!(self.poll_rest(context))?;
        let taken = ready!(Pin::new(&mut self.to).poll_write_vectored(context, parts))?;
        if !self.is_shared {
            return Poll::Ready(Ok(taken));
        }
        self.keep(parts, taken);
        Poll::Ready(Ok(parts.iter().map(|part| part.len()).sum()))
    }
}

impl<Place: Unpin> AsyncRead for Pipe<Place> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.read).poll_read(context, into)
    }
}

impl<Place: Unpin> AsyncWrite for Pipe<Place> {
    fn poll_write(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.out.way().poll_parts(context, &[IoSlice::new(bytes)])
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.out.way().poll_parts(context, parts)
    }

    fn is_write_vectored(&self) -> bool {
        true
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut way = self.out.way();
        ready!(way.poll_rest(context))?;
        Pin::new(&mut way.to).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        let mut way = self.out.way();
        ready!(way.poll_rest(context))?;
        Pin::new(&mut way.to).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpListener;

    use super::*;

    async fn pair() -> (Pipe<()>, TcpStream) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let there = TcpStream::connect(listener.local_addr().unwrap());
        let (there, here) = tokio::join!(there, listener.accept());
        (Pipe::new(here.unwrap().0, ()), there.unwrap())
    }

    fn message(letter: u8) -> Vec<u8> {
        // The first is more than any system takes at once.
        vec![letter; if letter == b'a' { 32 << 20 } else { 1_000 }]
    }

    #[tokio::test]
    async fn nothing_is_told_before_the_connection_s_own_task_says_so() {
        let (pipe, mut there) = pair().await;
        let aside = pipe.aside();
        assert!(!aside.tell(&[IoSlice::new(b"early")]));
        aside.open();
        assert!(aside.tell(&[IoSlice::new(b"in "), IoSlice::new(b"time")]));
        drop((pipe, aside));
        let mut read = String::new();
        there.read_to_string(&mut read).await.unwrap();
        assert_eq!(read, "in time");
    }

    /// Whoever tells and whoever writes meet a peer that reads late: no message is torn, and what was refused is not there.
    #[tokio::test]
    async fn a_message_is_whole_or_was_never_said() {
        let (mut pipe, mut there) = pair().await;
        let aside = pipe.aside();
        aside.open();
        let mut said = vec![b'a'];
        assert!(aside.tell(&[IoSlice::new(&message(b'a'))]));
        assert!(!aside.tell(&[IoSlice::new(&message(b'b'))]));
        assert!(aside.stuck().now_or_never().is_some(), "its task is told");
        assert!(aside.stuck().now_or_never().is_none(), "once");
        assert!(pipe.flush().now_or_never().is_none());
        assert!(pipe.write(&message(b'b')).now_or_never().is_none());

        let reading = async {
            let mut read = Vec::new();
            there.read_to_end(&mut read).await.unwrap();
            read
        };
        let writing = async {
            for letter in *b"cd" {
                assert_eq!(pipe.write(&message(letter)).await.unwrap(), 1_000);
                said.push(letter);
                pipe.flush().await.unwrap();
                assert!(aside.tell(&[IoSlice::new(&message(b'e'))]));
                said.push(b'e');
            }
            pipe.flush().await.unwrap();
            drop((pipe, aside));
        };
        let (read, ()) = tokio::join!(reading, writing);
        let expected: Vec<u8> = said.into_iter().flat_map(message).collect();
        assert!(
            read == expected,
            "{} bytes of {}",
            read.len(),
            expected.len()
        );
    }
}
