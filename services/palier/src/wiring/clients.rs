//! Ways to the roles, as the edge has them: in this process or in others.

use std::convert::Infallible;
use std::time::Duration;

use contract::feeds::feeds_server::FeedsServer;
use contract::identity::identity_server::IdentityServer;
use contract::media::media_server::MediaServer;
use contract::moderation::moderation_server::ModerationServer;
use contract::posts::posts_server::PostsServer;
use contract::{FeedsClient, IdentityClient, Link, MediaClient, ModerationClient, PostsClient};
use feeds::Feeds;
use http::{Request, Response};
use identity::Identity;
use media::Media;
use moderation::Moderation;
use posts::Posts;
use runtime::{Clock, SettingFault, Tasks};
use tonic::body::Body;
use tower::Service;
use transport::{Credentials, Reach, Traced};

use super::role::{Role, Roles};
use crate::config::Config;

/// How long a call between roles may take.
const DEADLINE: Duration = Duration::from_secs(10);
/// How long receiving and preparing a picture may take.
const PICTURE_DEADLINE: Duration = Duration::from_mins(1);
/// No picture is larger than this on the wire, in bytes.
const PICTURE_MESSAGE_BYTES: usize = 24 << 20;

/// Ways to the roles.
#[derive(Clone, Debug)]
pub struct Clients {
    /// To identity.
    pub identity: IdentityClient,
    /// To posts.
    pub posts: PostsClient,
    /// To media.
    pub media: MediaClient,
    /// To feeds.
    pub feeds: FeedsClient,
    /// To moderation.
    pub moderation: ModerationClient,
}

/// The server of identity.
pub(super) fn identity_server(identity: &Identity) -> IdentityServer<Identity> {
    IdentityServer::new(identity.clone())
}

/// The server of posts.
pub(super) fn posts_server(posts: &Posts) -> PostsServer<Posts> {
    PostsServer::new(posts.clone())
}

/// The server of media.
pub(super) fn media_server(media: &Media) -> MediaServer<Media> {
    MediaServer::new(media.clone()).max_encoding_message_size(PICTURE_MESSAGE_BYTES)
}

/// The server of feeds.
pub(super) fn feeds_server(feeds: &Feeds) -> FeedsServer<Feeds> {
    FeedsServer::new(feeds.clone())
}

/// The server of moderation.
pub(super) fn moderation_server(moderation: &Moderation) -> ModerationServer<Moderation> {
    ModerationServer::new(moderation.clone())
}

/// The roles that are here.
pub(super) struct Here<'a> {
    pub(super) identity: Option<&'a Identity>,
    pub(super) posts: Option<&'a Posts>,
    pub(super) media: Option<&'a Media>,
    pub(super) feeds: Option<&'a Feeds>,
    pub(super) moderation: Option<&'a Moderation>,
}

/// What makes ways.
pub(super) struct Ways<'a> {
    pub(super) config: &'a Config,
    pub(super) roles: &'a Roles,
    pub(super) clock: &'a Clock,
    pub(super) tasks: &'a Tasks,
}

impl Ways<'_> {
    /// The ways to all of them. Where the edge is not here, nobody goes to those that are not either.
    pub(super) fn to(&self, here: &Here<'_>) -> Result<Clients, SettingFault> {
        let identity = self.way(Role::Identity, here.identity.map(identity_server))?;
        let posts = self.way(Role::Posts, here.posts.map(posts_server))?;
        let media = self.way(Role::Media, here.media.map(media_server))?;
        let feeds = self.way(Role::Feeds, here.feeds.map(feeds_server))?;
        let moderation = here.moderation.map(moderation_server);
        let moderation = self.way(Role::Moderation, moderation)?;
        Ok(Clients {
            identity: IdentityClient::new(identity),
            posts: PostsClient::new(posts),
            media: MediaClient::new(media).max_decoding_message_size(PICTURE_MESSAGE_BYTES),
            feeds: FeedsClient::new(feeds),
            moderation: ModerationClient::new(moderation),
        })
    }

    fn way<S>(&self, role: Role, here: Option<S>) -> Result<Link, SettingFault>
    where
        S: Service<Request<Body>, Response = Response<Body>, Error = Infallible>
            + Clone
            + Send
            + Sync
            + 'static,
        S::Future: Send + 'static,
    {
        let deadline = match role {
            Role::Media => PICTURE_DEADLINE,
            _ => DEADLINE,
        };
        if let Some(server) = here {
            let server = Traced::new(server, role.name());
            let link = contract::in_process(server, deadline);
            return Ok(transport::traced(link, role.name()));
        }
        if !self.roles.has(Role::Gateway) {
            return Ok(contract::absent());
        }
        let link = transport::remote(Reach {
            role: role.name(),
            addresses: addresses(self.config, role)?,
            credentials: credentials(self.config, Role::Gateway)?,
            deadline,
            clock: self.clock.clone(),
            tasks: self.tasks.clone(),
        });
        Ok(transport::traced(link, role.name()))
    }
}

/// What this process proves that it plays a role with.
pub(crate) fn credentials(config: &Config, role: Role) -> Result<Credentials, SettingFault> {
    // TLS goes by the machine's clock, whatever else does not.
    let now_ms = Clock::System.now_ms();
    Credentials::in_folder(&config.certificates(), role.name(), now_ms).map_err(|fault| {
        SettingFault::new(
            "certificates",
            fault.to_string(),
            "run `palier secrets` (with --renew where one is over), and give this process its files alone, for its user only",
        )
    })
}

/// Where the edge finds a role that is in other processes.
///
/// # Errors
/// The setting that names no address, or something else.
pub(crate) fn addresses(config: &Config, role: Role) -> Result<Vec<String>, SettingFault> {
    let setting = format!("roles.{}.at", role.name());
    let addresses = config.addresses(role);
    if addresses.is_empty() {
        let fault = "this process does not play it, and no address is named";
        let remedy = "name host:port of the process that does";
        return Err(SettingFault::new(setting, fault, remedy));
    }
    let is_address = |address: &str| {
        let parts = address.rsplit_once(':');
        parts.is_some_and(|(host, port)| !host.is_empty() && port.parse::<u16>().is_ok())
    };
    if let Some(other) = addresses.iter().find(|address| !is_address(address)) {
        let fault = format!("{other:?} is no host:port");
        let remedy = "write a name or an address, a colon and the port";
        return Err(SettingFault::new(setting, fault, remedy));
    }
    Ok(addresses)
}
