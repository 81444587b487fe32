//! The doors of a process: the edge's to browsers, each role's to the edge, and one that says how the process is.

use std::convert::Infallible;
use std::io::ErrorKind;
use std::time::Duration;

use http::{Request, Response};
use runtime::SettingFault;
use tokio::net::TcpListener;
use tonic::body::Body;
use tonic::server::NamedService;
use tonic::transport::Server;
use tonic::transport::server::TcpIncoming;
use tonic_health::ServingStatus;
use tower::Service;
use transport::{Credentials, ServeFault, Serving, Traced};

use super::House;
use super::clients::{
    credentials, feeds_server, identity_server, media_server, moderation_server, posts_server,
};
use super::role::{Role, Roles};
use crate::config::Config;

/// So many calls a role handles at once.
const CALLS_AT_ONCE: usize = 512;
/// How often who asks how the process is gets a new answer.
const SAID_EVERY: Duration = Duration::from_secs(1);

/// Where a process listens; taken before anything else is done, so that a port that is not free stops the start.
#[derive(Debug)]
pub struct Doors {
    roles: Vec<(Role, TcpListener, Credentials)>,
    browsers: Option<TcpListener>,
    probes: Option<TcpListener>,
}

impl Doors {
    /// Takes the ports of these roles.
    ///
    /// # Errors
    /// The setting of the port that cannot be taken, or of the certificates that cannot be used.
    pub async fn take(config: &Config, roles: &Roles) -> Result<Self, SettingFault> {
        let mut doors = Self {
            roles: Vec::new(),
            browsers: None,
            probes: None,
        };
        for role in roles.iter() {
            if role == Role::Gateway {
                doors.browsers = Some(bind("listen", &config.listen).await?);
            } else if !roles.is_all() {
                let credentials = credentials(config, role)?;
                let setting = format!("roles.{}.listen", role.name());
                let listener = bind(&setting, &config.listen(role)).await?;
                doors.roles.push((role, listener, credentials));
            }
        }
        if let Some(probes) = &config.probes {
            doors.probes = Some(bind("probes", probes).await?);
        }
        Ok(doors)
    }
}

async fn bind(setting: &str, address: &str) -> Result<TcpListener, SettingFault> {
    TcpListener::bind(address).await.map_err(|error| {
        let remedy = match error.kind() {
            ErrorKind::AddrInUse => "choose a free address or stop what uses it",
            ErrorKind::PermissionDenied => "choose a port from 1024 on",
            _ => "write an address of this machine, a colon and the port: 127.0.0.1:8080",
        };
        SettingFault::new(setting, format!("{address}: {error}"), remedy)
    })
}

impl House {
    /// Opens the doors until the process is asked to stop, then lets what is under way end.
    ///
    /// # Errors
    /// When a role cannot be served any more; then the process was asked to stop.
    pub async fn serve(&self, doors: Doors) -> Result<(), ServeFault> {
        if let Some(probes) = doors.probes {
            self.say_how_it_is(probes);
        }
        let served = doors
            .roles
            .into_iter()
            .map(async |(role, listener, credentials)| {
                let serving = Serving {
                    listener,
                    credentials,
                    at_once: CALLS_AT_ONCE,
                };
                match role {
                    Role::Identity => {
                        let identity = self.identity.as_ref().map(identity_server);
                        self.answer(role, serving, identity).await
                    }
                    Role::Posts => {
                        let posts = self.posts.as_ref().map(posts_server);
                        self.answer(role, serving, posts).await
                    }
                    Role::Media => {
                        let media = self.media.as_ref().map(media_server);
                        self.answer(role, serving, media).await
                    }
                    Role::Feeds => {
                        let feeds = self.feeds.as_ref().map(feeds_server);
                        self.answer(role, serving, feeds).await
                    }
                    Role::Moderation => {
                        let moderation = self.moderation.as_ref().map(moderation_server);
                        self.answer(role, serving, moderation).await
                    }
                    Role::Gateway => Ok(()),
                }
            });
        let edge = async {
            if let (Some(gateway), Some(listener)) = (&self.gateway, doors.browsers) {
                gateway.serve(listener, self.tasks.stopping()).await;
            }
        };
        let served = futures_util::future::join_all(served);
        let ((), served) = futures_util::future::join(edge, served).await;
        served.into_iter().collect()
    }

    async fn answer<S>(
        &self,
        role: Role,
        serving: Serving,
        played: Option<S>,
    ) -> Result<(), ServeFault>
    where
        S: Service<Request<Body>, Response = Response<Body>, Error = Infallible>
            + NamedService
            + Clone
            + Send
            + Sync
            + 'static,
        S::Future: Send + 'static,
    {
        let Some(played) = played else { return Ok(()) };
        let traced = Traced::new(played, role.name());
        let served = serving.serve(traced, self.tasks.stopping()).await;
        if served.is_err() {
            self.tasks.ask_to_stop();
        }
        served
    }

    /// The gRPC health service: what Kubernetes asks, without certificates and without anything else to ask for.
    fn say_how_it_is(&self, listener: TcpListener) {
        let (reporter, service) = tonic_health::server::health_reporter();
        let (health, clock, tasks) = (self.health.clone(), self.clock.clone(), self.tasks.clone());
        self.tasks.keep("probes", async move {
            loop {
                let well = health.readiness(clock.now_ms()).ready && !tasks.is_stopping();
                let status = if well {
                    ServingStatus::Serving
                } else {
                    ServingStatus::NotServing
                };
                reporter.set_service_status("", status).await;
                clock.wait(SAID_EVERY).await;
            }
        });
        let stopping = self.tasks.stopping();
        self.tasks.start(async move {
            let incoming = TcpIncoming::from(listener).with_nodelay(Some(true));
            let served = Server::builder().add_service(service);
            if let Err(fault) = served
                .serve_with_incoming_shutdown(incoming, stopping)
                .await
            {
                tracing::error!(reason = %fault, "nobody can ask how this process is");
            }
        });
    }
}
