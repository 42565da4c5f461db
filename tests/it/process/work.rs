//! Calls that clients make until each has its answer, to servers that may die meanwhile.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::Mutex;
use tokio::task::JoinSet;

use super::client::Reply;

/// A call on its way.
pub type Calling = Pin<Box<dyn Future<Output = io::Result<Reply>> + Send>>;

/// What is still to ask, and what was answered.
pub struct Work {
    call: Box<dyn Fn(SocketAddr, usize) -> Calling + Send + Sync>,
    waiting: Mutex<Vec<usize>>,
    answers: Mutex<HashMap<usize, Reply>>,
    answered: AtomicUsize,
}

impl Work {
    /// That many calls, each known by its number.
    pub fn new(
        count: usize,
        call: impl Fn(SocketAddr, usize) -> Calling + Send + Sync + 'static,
    ) -> Arc<Self> {
        let waiting = Mutex::new((0..count).collect());
        let (answers, answered) = (Mutex::default(), AtomicUsize::new(0));
        Arc::new(Self { call: Box::new(call), waiting, answers, answered })
    }

    /// Calls until nothing waits, or the server is gone.
    async fn run(&self, address: SocketAddr) {
        loop {
            let Some(index) = self.waiting.lock().await.pop() else { return };
            match (self.call)(address, index).await {
                Ok(reply) => {
                    self.answers.lock().await.insert(index, reply);
                    self.answered.fetch_add(1, Ordering::SeqCst);
                }
                Err(_) => return self.waiting.lock().await.push(index),
            }
        }
    }

    /// So many clients at work on a server.
    pub fn clients(self: &Arc<Self>, address: SocketAddr, many: usize) -> JoinSet<()> {
        let mut clients = JoinSet::new();
        for _ in 0..many {
            let work = Arc::clone(self);
            clients.spawn(async move { work.run(address).await });
        }
        clients
    }

    /// How many calls have their answer.
    pub fn answered(&self) -> usize {
        self.answered.load(Ordering::SeqCst)
    }

    /// Whether no call waits.
    pub async fn is_done(&self) -> bool {
        self.waiting.lock().await.is_empty()
    }

    /// The answers, by the number of the call.
    pub async fn answers(&self) -> HashMap<usize, Reply> {
        self.answers.lock().await.clone()
    }

    /// Whoever asks again is told the same.
    pub async fn retries_give_the_same_answer(&self, address: SocketAddr) {
        for (index, first) in self.answers().await {
            let again = (self.call)(address, index).await.unwrap();
            assert_eq!(again, first, "call {index}");
        }
    }
}
