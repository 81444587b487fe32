//! A schema on PostgreSQL for each role of one board.

use palier::config::Stores;
use palier::wiring::DATABASES;
use runtime::Entropy;
use store::Store;
use store::scratch::postgres_server;

/// Schemas that are there until they are forgotten.
pub struct Databases {
    schemas: Vec<String>,
    /// Where each role keeps its rows.
    pub stores: Stores,
}

impl Databases {
    /// Fresh ones.
    pub async fn fresh() -> Self {
        let unique = u64::from_le_bytes(Entropy::System.bytes());
        let server = postgres_server();
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
            deletions: next(),
        };
        Self { schemas, stores }
    }

    /// Removes them.
    pub async fn forget(self) {
        let outer = Store::open(&postgres_server()).await.unwrap();
        for schema in self.schemas {
            outer.drop_schema(&schema).await.unwrap();
        }
        outer.close().await;
    }
}
