//! A schema on PostgreSQL for each role of one board.

use palier::config::Stores;
use palier::wiring::DATABASES;
use runtime::Entropy;
use store::Store;
use store::scratch::postgres_server;

/// Schemas that are there until they are forgotten.
pub struct Databases {
    server: String,
    schemas: Vec<String>,
    /// Where each role keeps its rows.
    pub stores: Stores,
}

impl Databases {
    /// Fresh ones in the server of the test suites.
    pub async fn fresh() -> Self {
        Self::at(postgres_server()).await
    }

    /// Fresh ones in the server at this address.
    pub async fn at(server: String) -> Self {
        let unique = u64::from_le_bytes(Entropy::System.bytes());
        let outer = Store::open(&server).await.unwrap_or_else(|fault| {
            panic!("PostgreSQL is needed at {server} ({fault}); `make test` starts one")
        });
        let mut schemas = Vec::new();
        for migrations in DATABASES {
            let schema = format!("board_{unique:x}_{}", migrations.role);
            outer.fresh_schema(&schema).await.unwrap();
            schemas.push(schema);
        }
        outer.close().await;
        let joint = if server.contains('?') { '&' } else { '?' };
        let mut addresses = schemas.iter().map(|schema| {
            Some(format!(
                "{server}{joint}options=-c%20search_path%3D{schema}"
            ))
        });
        let mut next = || addresses.next().unwrap();
        let stores = Stores {
            identity: next(),
            posts: next(),
            media: next(),
            feeds: next(),
            moderation: next(),
            deletions: next(),
        };
        Self {
            server,
            schemas,
            stores,
        }
    }

    /// The settings that name them.
    pub fn settings(&self) -> [(&'static str, &str); 6] {
        let Stores {
            identity,
            posts,
            media,
            feeds,
            moderation,
            deletions,
        } = &self.stores;
        [
            ("STORES__IDENTITY", identity),
            ("STORES__POSTS", posts),
            ("STORES__MEDIA", media),
            ("STORES__FEEDS", feeds),
            ("STORES__MODERATION", moderation),
            ("STORES__DELETIONS", deletions),
        ]
        .map(|(name, address)| (name, address.as_deref().unwrap()))
    }

    /// Removes them.
    pub async fn forget(self) {
        let outer = Store::open(&self.server).await.unwrap();
        for schema in self.schemas {
            outer.drop_schema(&schema).await.unwrap();
        }
        outer.close().await;
    }
}
