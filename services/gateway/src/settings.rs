//! What an operator may decide about the edge.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use crate::admit::Documents;

/// How the edge behaves.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Where residents reach this board: scheme, host and port, such as `https://board.example.org`.
    pub public_url: String,
    /// Further origins whose pages may call, such as `https://www.example.org`.
    pub more_origins: Vec<String>,
    /// Sets a cookie without `Secure`: only for a demo on the loopback interface, where there is no TLS.
    pub insecure_cookie: bool,
    /// Whether the schema may be asked for.
    pub introspection: bool,
    /// Whether any document may be executed, not only [`Settings::documents`].
    pub free_form_documents: bool,
    /// The documents that may be executed by their id.
    pub documents: Arc<Documents>,
    /// The folder of the basemap's archives; without one pages show lists only.
    pub tiles: Option<PathBuf>,
    /// How many proxies of the operator's own stand in front: that many entries of `X-Forwarded-For`, from the right, were
    /// written by them. 0: the header is not looked at.
    pub trusted_proxies: u8,
    /// How much and how often.
    pub limits: Limits,
}

impl Default for Settings {
    /// As for a board in earnest, on the loopback interface.
    fn default() -> Self {
        Self {
            public_url: "http://127.0.0.1:8080".to_owned(),
            more_origins: Vec::new(),
            insecure_cookie: false,
            introspection: false,
            free_form_documents: false,
            documents: Arc::default(),
            tiles: None,
            trusted_proxies: 0,
            limits: Limits::default(),
        }
    }
}

/// How much one request, one socket and one process may take.
#[derive(Clone, Debug)]
pub struct Limits {
    /// The most connections at once, a page that is open having one; more wait until one ends. Where no proxy stands before the
    /// board, one network address may have a sixteenth of them, and at least 64.
    pub connections: usize,
    /// The longest body of `/graphql` and the longest message of a socket, in bytes.
    pub body_bytes: usize,
    /// The longest document, in characters.
    pub document_chars: usize,
    /// The most lexical tokens of a document.
    pub tokens: usize,
    /// How deep fields may be nested.
    pub depth: usize,
    /// The most aliases of an operation, fragments written out.
    pub aliases: usize,
    /// The most root fields of an operation, fragments written out.
    pub root_fields: usize,
    /// The most fields of an operation, fragments written out: bounds the work of validating it.
    pub fields: usize,
    /// The highest cost of an operation: about one for each field of each node that may come back, and 50 for each time that
    /// a role is asked. Opening a board costs 5,000, since its reader may be a member of five neighbourhoods.
    pub cost: usize,
    /// The highest cost of a query that is sent as text where nobody is signed in: what is for everybody costs 1,600.
    pub cost_signed_out: usize,
    /// The most sockets of one resident open at once.
    pub sockets_each: usize,
    /// The most feeds and notices followed at once.
    pub follows: usize,
    /// The most feeds and notices that one resident follows at once.
    pub follows_each: usize,
    /// The most subscriptions of one socket.
    pub subscriptions: usize,
    /// The most callers whose rates are remembered.
    pub callers: usize,
    /// How often.
    pub rates: Rates,
    /// How long the edge waits for the rates that it shares with others; then it counts alone.
    pub shared_rates_within: Duration,
}

impl Limits {
    /// The most sockets open at once. They are connections too, and not all of them: whoever asks something finds a place.
    pub(crate) const fn sockets(&self) -> usize {
        self.connections - self.connections / 4
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connections: 16_384,
            body_bytes: 64 * 1024,
            document_chars: 15_000,
            tokens: 1_000,
            depth: 10,
            aliases: 15,
            root_fields: 4,
            fields: 500,
            cost: 6_000,
            cost_signed_out: 2_500,
            sockets_each: 20,
            follows: 100_000,
            follows_each: 40,
            subscriptions: 20,
            callers: 100_000,
            rates: Rates::default(),
            shared_rates_within: Duration::from_millis(250),
        }
    }
}

/// A token bucket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rate {
    /// How many at once, after a rest.
    pub burst: u32,
    /// How many a minute, on the long run; at least 1.
    pub per_minute: u32,
}

impl Rate {
    /// A burst and a lasting rate a minute.
    pub const fn new(burst: u32, per_minute: u32) -> Self {
        Self { burst, per_minute }
    }
}

/// How often one caller may do something.
#[derive(Clone, Debug)]
pub struct Rates {
    /// Requests of any kind from one network address: a whole house may be behind it.
    pub requests: Rate,
    /// Operations that read, by resident or, signed out, by address.
    pub queries: Rate,
    /// Operations that change something.
    pub mutations: Rate,
    /// Pictures sent, by resident.
    pub uploads: Rate,
    /// Whatever takes a password, a code or an address, by network address.
    pub entries: Rate,
    /// Sockets opened, by network address.
    pub sockets: Rate,
}

impl Default for Rates {
    fn default() -> Self {
        Self {
            requests: Rate::new(1_200, 3_000),
            queries: Rate::new(300, 1_200),
            mutations: Rate::new(60, 60),
            uploads: Rate::new(20, 20),
            entries: Rate::new(30, 10),
            sockets: Rate::new(60, 60),
        }
    }
}
