//! An S3-compatible server for test suites: a real one, which checks signatures and keeps files in a folder.

use std::fs;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use s3s_fs::FileSystem;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::runtime::{Handle, Runtime};
use tokio::sync::{Notify, watch};

use crate::{Bucket, BucketKey};

const ID: &str = "scratch-id";
const SECRET: &str = "scratch-secret";

/// A server of one test, on threads of its own, gone with the test.
#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    folder: TempDir,
    door: Arc<Door>,
    runtime: Option<Runtime>,
}

/// Whether requests are let in.
#[derive(Debug)]
struct Door {
    open: watch::Sender<bool>,
    knocked: Notify,
}

impl Server {
    /// Starts one, with no bucket in it.
    ///
    /// # Panics
    /// When it cannot be started.
    pub fn start() -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder can be made");
        let files = FileSystem::new(folder.path()).expect("the folder is there");
        let mut service = S3ServiceBuilder::new(files);
        service.set_auth(SimpleAuth::from_single(ID, SECRET));
        let service = service.build();
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(1)
            .enable_all()
            .build()
            .expect("threads can be started");
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("there is a free port");
        let address = listener.local_addr().expect("it listens");
        listener
            .set_nonblocking(true)
            .expect("it can be waited for");
        let door = Arc::new(Door {
            open: watch::Sender::new(true),
            knocked: Notify::new(),
        });
        let answering = answer(listener, service, door.clone(), runtime.handle().clone());
        drop(runtime.spawn(answering));
        Self {
            address,
            folder,
            door,
            runtime: Some(runtime),
        }
    }

    /// A bucket of it, made unless it is there, for files under a prefix.
    ///
    /// # Panics
    /// When it cannot be made.
    pub fn bucket(&self, name: &str) -> Bucket {
        fs::create_dir_all(self.folder.path().join(name)).expect("a bucket can be made");
        Bucket {
            name: name.to_owned(),
            prefix: "of/the board".to_owned(),
            endpoint: Some(self.url()),
            region: "us-east-1".to_owned(),
            path_style: true,
            key: BucketKey::new(ID, SECRET).expect("they are words"),
        }
    }

    /// Its address.
    pub fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The two lines of its key.
    pub fn key(&self) -> String {
        format!("{ID}\n{SECRET}\n")
    }

    /// The folder in which it keeps what is in a bucket, under the prefix.
    pub fn folder(&self, bucket: &Bucket) -> PathBuf {
        let bucket_folder = self.folder.path().join(&bucket.name);
        bucket_folder.join(&bucket.prefix)
    }

    /// Lets no request in until [`Server::open`]; they wait.
    pub fn close(&self) {
        self.door.open.send_replace(false);
    }

    /// Lets requests in again.
    pub fn open(&self) {
        self.door.open.send_replace(true);
    }

    /// Waits until a request waits to be let in.
    pub async fn knocked(&self) {
        self.door.knocked.notified().await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(runtime) = self.runtime.take() {
            // A test drops it within its own runtime, where nothing may block.
            runtime.shutdown_background();
        }
    }
}

impl Door {
    async fn enter(&self) {
        let mut open = self.open.subscribe();
        if !*open.borrow() {
            self.knocked.notify_one();
        }
        // An error means that the server is gone, and with it this request.
        let _ = open.wait_for(|open| *open).await;
    }
}

async fn answer(
    listener: std::net::TcpListener,
    service: S3Service,
    door: Arc<Door>,
    runtime: Handle,
) {
    let listener = TcpListener::from_std(listener).expect("it listens");
    while let Ok((socket, _)) = listener.accept().await {
        let (service, door) = (service.clone(), door.clone());
        drop(runtime.spawn(async move {
            let service = service_fn(move |request| {
                let (service, door) = (service.clone(), door.clone());
                async move {
                    door.enter().await;
                    Service::call(&service, request).await
                }
            });
            let connection = Builder::new(TokioExecutor::new());
            // A client that hangs up is no trouble.
            let _ = connection
                .serve_connection(TokioIo::new(socket), service)
                .await;
        }));
    }
}
