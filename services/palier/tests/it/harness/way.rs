//! What lies between two who talk: everything passes, or late, or not at all, or the connections are cut.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::future::try_join;
use runtime::{Clock, Tasks};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream, UnixStream};
use tokio::sync::{mpsc, watch};

/// So many pieces are on their way at once, as in the buffers of a network.
const ON_THE_WAY: usize = 64;
const PIECE_BYTES: usize = 16 << 10;

/// Where a way leads.
#[derive(Clone, Debug)]
pub enum End {
    Tcp(SocketAddr),
    Unix(PathBuf),
}

/// How it goes on a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weather {
    /// Everything passes.
    Fair,
    /// Everything passes so much later, in either direction.
    Late(Duration),
    /// Nothing passes, and nobody is told; what was sent meanwhile arrives afterwards, as what a network sends again.
    Silent,
}

/// A way to one of some ends: each connection goes to the next that takes it.
pub struct Way {
    pub at: SocketAddr,
    weather: watch::Sender<Weather>,
    tasks: Tasks,
}

impl Way {
    pub async fn to(ends: Vec<End>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let way = Self {
            at: listener.local_addr().unwrap(),
            weather: watch::Sender::new(Weather::Fair),
            tasks: Tasks::new(),
        };
        let (weather, tasks) = (way.weather.clone(), way.tasks.clone());
        let (ends, turn) = (Arc::new(ends), Arc::new(AtomicUsize::new(0)));
        way.tasks.keep("way", async move {
            loop {
                let (near, _) = listener.accept().await.unwrap();
                let (ends, turn) = (ends.clone(), turn.fetch_add(1, Ordering::Relaxed));
                let (weather, stopping) = (weather.subscribe(), tasks.stopping());
                tasks.start(async move {
                    tokio::select! {
                        // Whoever hangs up is no trouble of the way.
                        _ = pass(near, &ends, turn, weather) => {}
                        () = stopping => {}
                    }
                });
            }
        });
        way
    }

    /// From now on it goes like this.
    pub fn set(&self, weather: Weather) {
        self.weather.send_replace(weather);
    }
}

impl Drop for Way {
    fn drop(&mut self) {
        self.tasks.ask_to_stop();
    }
}

async fn pass(
    near: TcpStream,
    ends: &[End],
    turn: usize,
    weather: watch::Receiver<Weather>,
) -> io::Result<()> {
    near.set_nodelay(true)?;
    for step in 0..ends.len() {
        let reached = match &ends[(turn + step) % ends.len()] {
            End::Tcp(at) => match TcpStream::connect(at).await {
                Ok(far) => {
                    far.set_nodelay(true)?;
                    return both(near.into_split(), far.into_split(), weather).await;
                }
                Err(refused) => refused,
            },
            End::Unix(path) => match UnixStream::connect(path).await {
                Ok(far) => return both(near.into_split(), far.into_split(), weather).await,
                Err(refused) => refused,
            },
        };
        if step + 1 == ends.len() {
            return Err(reached);
        }
    }
    Ok(())
}

async fn both(
    near: (impl AsyncRead + Unpin, impl AsyncWrite + Unpin),
    far: (impl AsyncRead + Unpin, impl AsyncWrite + Unpin),
    weather: watch::Receiver<Weather>,
) -> io::Result<()> {
    let there = one_way(near.0, far.1, weather.clone());
    let back = one_way(far.0, near.1, weather);
    try_join(there, back).await.map(drop)
}

async fn one_way(
    mut from: impl AsyncRead + Unpin,
    mut to: impl AsyncWrite + Unpin,
    mut weather: watch::Receiver<Weather>,
) -> io::Result<()> {
    let clock = Clock::System;
    let (sender, mut on_the_way) = mpsc::channel::<(i64, Vec<u8>)>(ON_THE_WAY);
    let (seen, clock_of_sender) = (weather.clone(), clock.clone());
    let taking = async move {
        let mut piece = vec![0; PIECE_BYTES];
        loop {
            let count = from.read(&mut piece).await?;
            if count == 0 {
                return Ok::<_, io::Error>(());
            }
            let late_ms = match *seen.borrow() {
                Weather::Late(by) => i64::try_from(by.as_millis()).unwrap(),
                Weather::Fair | Weather::Silent => 0,
            };
            let due_ms = clock_of_sender.now_ms() + late_ms;
            if sender
                .send((due_ms, piece[..count].to_vec()))
                .await
                .is_err()
            {
                return Ok(());
            }
        }
    };
    let giving = async move {
        while let Some((due_ms, piece)) = on_the_way.recv().await {
            let early_ms = due_ms - clock.now_ms();
            if early_ms > 0 {
                clock
                    .wait(Duration::from_millis(early_ms.unsigned_abs()))
                    .await;
            }
            let passes = weather.wait_for(|it| *it != Weather::Silent);
            if passes.await.is_err() {
                return Ok(());
            }
            to.write_all(&piece).await?;
        }
        to.shutdown().await
    };
    try_join(taking, giving).await.map(drop)
}
