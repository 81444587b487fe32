//! What of a form is not its file: bounded, because a form is parsed by looking through all that has arrived of it.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_util::Stream;

/// The most bytes before the file, and the most after it.
const AROUND_AT_MOST: usize = 8 * 1024;
/// The most bytes that are handed on at once, so that no more waits in the parser than it looks at.
const AT_ONCE: usize = 16 * 1024;

/// How much of a form may still come that is not its file.
#[derive(Clone, Debug)]
pub(crate) struct Envelope(Arc<AtomicUsize>);

impl Envelope {
    /// Of a form whose file has not begun.
    pub(crate) fn new() -> Self {
        Self(Arc::new(AtomicUsize::new(AROUND_AT_MOST + AT_ONCE)))
    }

    /// The file has begun: its own length is bounded by who reads it.
    pub(crate) fn is_open(&self) {
        self.0.store(usize::MAX, Ordering::Relaxed);
    }

    /// The file has ended.
    pub(crate) fn is_closed(&self) {
        self.0.store(AROUND_AT_MOST, Ordering::Relaxed);
    }

    /// A body whose bytes are counted.
    pub(crate) fn around<S>(&self, body: S) -> Counted<S> {
        Counted {
            body,
            envelope: self.clone(),
            rest: Bytes::new(),
            pauses: false,
        }
    }

    /// Whether so many bytes more may come.
    fn admits(&self, bytes: usize) -> bool {
        let left = self.0.load(Ordering::Relaxed);
        if left == usize::MAX {
            return true;
        }
        self.0.store(left.saturating_sub(bytes), Ordering::Relaxed);
        bytes <= left
    }
}

/// More came before or after the file than a form needs.
#[derive(Clone, Copy, Debug, thiserror::Error)]
#[error("too much of the form is not its file")]
pub(crate) struct TooMuchAround;

/// A body in short pieces: after each of them whoever reads looks at what there is before it gets more.
pub(crate) struct Counted<S> {
    body: S,
    envelope: Envelope,
    rest: Bytes,
    pauses: bool,
}

impl<S, E> Stream for Counted<S>
where
    S: Stream<Item = Result<Bytes, E>> + Unpin,
    E: Into<axum::BoxError>,
{
    type Item = Result<Bytes, axum::BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if std::mem::take(&mut self.pauses) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        while self.rest.is_empty() {
            match ready!(Pin::new(&mut self.body).poll_next(context)) {
                Some(Ok(bytes)) => self.rest = bytes,
                Some(Err(fault)) => return Poll::Ready(Some(Err(fault.into()))),
                None => return Poll::Ready(None),
            }
        }
        let length = self.rest.len().min(AT_ONCE);
        let piece = self.rest.split_to(length);
        if !self.envelope.admits(length) {
            return Poll::Ready(Some(Err(TooMuchAround.into())));
        }
        self.pauses = true;
        Poll::Ready(Some(Ok(piece)))
    }
}

#[cfg(test)]
mod tests {
    use std::convert::Infallible;

    use futures_util::{FutureExt, StreamExt, stream};

    use super::*;

    fn body(bytes: usize) -> impl Stream<Item = Result<Bytes, Infallible>> + Unpin {
        stream::iter([Ok(Bytes::from(vec![7; bytes]))])
    }

    #[tokio::test]
    async fn the_file_may_be_long_and_what_is_around_it_may_not() {
        let envelope = Envelope::new();
        let mut counted = envelope.around(body(10 * AT_ONCE));
        assert!(counted.next().await.unwrap().is_ok());
        envelope.is_open();
        for _ in 0..8 {
            assert_eq!(counted.next().await.unwrap().unwrap().len(), AT_ONCE);
        }
        envelope.is_closed();
        assert!(counted.next().await.unwrap().is_err());
        let never_opened = Envelope::new().around(body(10 * AT_ONCE));
        let got = never_opened.take_while(|piece| std::future::ready(piece.is_ok()));
        assert!(got.count().await <= 1);
    }

    #[tokio::test]
    async fn whoever_reads_as_much_as_there_is_gets_one_piece_at_a_time() {
        let envelope = Envelope::new();
        envelope.is_open();
        let mut counted = envelope.around(body(3 * AT_ONCE));
        for _ in 0..3 {
            assert!(counted.next().now_or_never().is_some());
            assert!(counted.next().now_or_never().is_none());
        }
        assert!(counted.next().await.is_none());
    }
}
