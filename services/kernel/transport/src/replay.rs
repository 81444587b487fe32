//! The body of a call that may have to be sent again.

use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Frame, SizeHint};
use tonic::Status;
use tonic::body::Body;

/// What is larger is not kept for being sent again.
const KEPT_BYTES: usize = 64 << 10;

/// Remembers what was sent of a body, so that it can be sent once more.
pub(crate) struct Replay {
    state: Arc<Mutex<State>>,
}

struct State {
    rest: Body,
    /// What was taken from it, unless it was too much.
    sent: Option<Vec<Bytes>>,
    sent_bytes: usize,
    touched: bool,
    ended: bool,
}

impl Replay {
    pub(crate) fn new(body: Body) -> Self {
        Self {
            state: Arc::new(Mutex::new(State {
                rest: body,
                sent: Some(Vec::new()),
                sent_bytes: 0,
                touched: false,
                ended: false,
            })),
        }
    }

    /// The whole body, for one attempt; what an earlier attempt still holds is taken from it.
    pub(crate) fn body(&self) -> Body {
        let size = if self.lock().touched {
            SizeHint::default()
        } else {
            http_body::Body::size_hint(&self.lock().rest)
        };
        Body::new(Attempt {
            state: self.state.clone(),
            at: 0,
            size,
        })
    }

    /// Whether nobody can have received any of it.
    pub(crate) fn is_unsent(&self) -> bool {
        !self.lock().touched
    }

    /// Whether all that was sent of it is still known.
    pub(crate) fn is_known(&self) -> bool {
        self.lock().sent.is_some()
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

struct Attempt {
    state: Arc<Mutex<State>>,
    /// How many frames this attempt has sent.
    at: usize,
    size: SizeHint,
}

impl http_body::Body for Attempt {
    type Data = Bytes;
    type Error = Status;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Status>>> {
        let shared = self.state.clone();
        let mut state = shared.lock().unwrap_or_else(PoisonError::into_inner);
        state.touched = true;
        if let Some(frame) = state.sent.as_ref().and_then(|sent| sent.get(self.at)) {
            let frame = frame.clone();
            self.at += 1;
            return Poll::Ready(Some(Ok(Frame::data(frame))));
        }
        if state.ended {
            return Poll::Ready(None);
        }
        match Pin::new(&mut state.rest).poll_frame(cx) {
            Poll::Pending => Poll::Pending,
            Poll::Ready(None) => {
                state.ended = true;
                Poll::Ready(None)
            }
            Poll::Ready(Some(Err(fault))) => {
                state.sent = None;
                Poll::Ready(Some(Err(fault)))
            }
            Poll::Ready(Some(Ok(frame))) => {
                let kept = frame.data_ref().cloned();
                state.sent_bytes += kept.as_ref().map_or(0, Bytes::len);
                let small = state.sent_bytes <= KEPT_BYTES;
                match (kept, state.sent.as_mut()) {
                    (Some(data), Some(sent)) if small => sent.push(data),
                    _ => state.sent = None,
                }
                self.at += 1;
                Poll::Ready(Some(Ok(frame)))
            }
        }
    }

    fn size_hint(&self) -> SizeHint {
        self.size
    }
}
