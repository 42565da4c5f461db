//! How fast a loop turns: at once while there is work, on a wake or every two seconds when there is none, slower
//! and slower while something is wrong.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt;
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;

/// What other processes commit is seen after this at most.
const LOOK: Duration = Duration::from_secs(2);
const LONGEST_PAUSE: Duration = Duration::from_mins(1);

/// The pace of one loop.
#[derive(Default)]
pub(super) struct Pace {
    troubles: u32,
}

impl Pace {
    /// Things go well.
    pub(super) fn reset(&mut self) {
        self.troubles = 0;
    }

    /// Nothing to do: waits for a commit of this process, or looks again.
    pub(super) async fn idle(&mut self, wake: &Notify, stop: &CancellationToken) {
        self.reset();
        tokio::select! {
            () = wake.notified() => {}
            () = tokio::time::sleep(LOOK) => {}
            () = stop.cancelled() => {}
        }
    }

    /// Something is wrong: waits 2, 4, 8… seconds, up to a minute.
    pub(super) async fn trouble(&mut self, stop: &CancellationToken) {
        self.troubles = (self.troubles + 1).min(6);
        let pause = Duration::from_secs(1 << self.troubles).min(LONGEST_PAUSE);
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            () = stop.cancelled() => {}
        }
    }
}

/// The result of a piece of work, or nothing when it panicked: a loop never ends because of one piece.
pub(super) async fn guarded<T>(work: impl Future<Output = T>) -> Option<T> {
    match AssertUnwindSafe(work).catch_unwind().await {
        Ok(done) => Some(done),
        Err(panic) => {
            let text = panic.downcast_ref::<String>().map(String::as_str);
            let text = text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message");
            tracing::error!(panic = text, "a worker panicked");
            None
        }
    }
}
