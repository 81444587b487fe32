//! What goes wrong around a call and a delivery.

use std::future::{Future, poll_fn};
use std::pin::pin;
use std::task::Poll;

use proptest::prelude::*;

/// Where something is lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lost {
    /// Nowhere.
    Nothing,
    /// Before anything was done.
    Before,
    /// While it was done, after so many steps of it.
    Middle(u8),
    /// Once it was done: nobody learns of it.
    After,
}

/// Most of the time nothing is.
pub fn lost() -> impl Strategy<Value = Lost> {
    prop_oneof![
        6 => Just(Lost::Nothing),
        1 => Just(Lost::Before),
        2 => (0..24_u8).prop_map(Lost::Middle),
        1 => Just(Lost::After),
    ]
}

/// Lets it go on for so many steps and then drops it, as a process that dies does; none where it was not done by then.
pub async fn interrupted<F: Future>(done: F, steps: u8) -> Option<F::Output> {
    let mut done = pin!(done);
    let mut left = steps;
    poll_fn(|context| match done.as_mut().poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending if left == 0 => Poll::Ready(None),
        Poll::Pending => {
            left -= 1;
            Poll::Pending
        }
    })
    .await
}

/// What is asked until there is an answer: again with the same words where it was lost, in the middle or afterwards. Answers the
/// last one, and whether an earlier one was good and this one is not.
pub async fn asked<T, E, F>(lost: Lost, ask: impl Fn() -> F) -> (Result<T, E>, bool)
where
    F: Future<Output = Result<T, E>>,
{
    let was_done = match lost {
        Lost::Nothing | Lost::Before => false,
        Lost::Middle(steps) => interrupted(ask(), steps).await.is_some_and(|it| it.is_ok()),
        Lost::After => ask().await.is_ok(),
    };
    let answer = ask().await;
    let broken = was_done && answer.is_err();
    (answer, broken)
}
