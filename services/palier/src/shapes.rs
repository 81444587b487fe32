//! The shapes that are checked in under `schema/`: what the code has, in text, so that a change shows in review.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context;
use gateway::Face;
use store::Store;

use crate::config::Config;
use crate::kept;
use crate::wiring::DATABASES;

/// One checked-in file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Its path under `schema/`.
    pub path: String,
    /// What it should say.
    pub text: String,
}

/// Crates of others that only some of ours may use; `schema/crates.txt` shows who does.
const GUARDED: [&str; 16] = [
    "s2",
    "sea-orm",
    "sea-orm-migration",
    "sqlx",
    "async-graphql",
    "axum",
    "redis",
    "opentelemetry",
    "opentelemetry-otlp",
    "opentelemetry_sdk",
    "lettre",
    "rust-argon2",
    "object_store",
    "image",
    "zune-jpeg",
    "clap",
];

fn spelled(face: Face) -> Shape {
    Shape {
        path: format!("graphql/{}.graphql", face.name()),
        text: face.sdl(),
    }
}

/// Every shape. `sources` is the root of Palier's sources; with `postgres` the tables there too.
///
/// # Errors
/// When a database or a file cannot be read.
pub async fn all(sources: &Path, postgres: Option<&str>) -> anyhow::Result<Vec<Shape>> {
    let mut shapes = vec![
        spelled(Face::Residents),
        spelled(Face::Moderators),
        Shape {
            path: "lexicon.json".to_owned(),
            text: serde_json::to_string_pretty(screening::lexicon())? + "\n",
        },
        settings()?,
        crates(sources)?,
    ];
    let mut columns = BTreeSet::new();
    shapes.extend(sqlite(&mut columns).await?);
    if let Some(address) = postgres {
        shapes.extend(on_postgres(address, &mut columns).await?);
    }
    let json = std::fs::read_to_string(sources.join("schema/kept.json"))?;
    shapes.push(Shape {
        path: "kept.md".to_owned(),
        text: kept::told(&json, &columns)?,
    });
    Ok(shapes)
}

/// The columns of a role's tables, as `role.table.column`.
async fn columns_of(role: &str, store: &Store) -> anyhow::Result<BTreeSet<String>> {
    let columns = store.columns().await?;
    Ok(columns
        .into_iter()
        .map(|column| format!("{role}.{column}"))
        .collect())
}

fn settings() -> anyhow::Result<Shape> {
    let schema = schemars::schema_for!(Config);
    Ok(Shape {
        path: "config.schema.json".to_owned(),
        text: serde_json::to_string_pretty(&schema)? + "\n",
    })
}

async fn sqlite(columns: &mut BTreeSet<String>) -> anyhow::Result<Vec<Shape>> {
    let folder = tempfile::tempdir()?;
    let mut shapes = Vec::new();
    for migrations in DATABASES {
        let path = folder.path().join(format!("{}.db", migrations.role));
        let store = Store::open(&format!("sqlite://{}", path.display())).await?;
        migrations.apply(&store).await?;
        shapes.push(Shape {
            path: format!("sql/{}.sqlite.sql", migrations.role),
            text: store.describe().await?,
        });
        columns.extend(columns_of(migrations.role, &store).await?);
        store.close().await;
    }
    Ok(shapes)
}

async fn on_postgres(address: &str, columns: &mut BTreeSet<String>) -> anyhow::Result<Vec<Shape>> {
    let mut shapes = Vec::new();
    for migrations in DATABASES {
        let schema = format!("palier_shape_{}", migrations.role);
        let server = Store::open(address).await?;
        server.fresh_schema(&schema).await?;
        let joint = if address.contains('?') { '&' } else { '?' };
        let store = Store::open(&format!(
            "{address}{joint}options=-c%20search_path%3D{schema}"
        ))
        .await?;
        migrations.apply(&store).await?;
        shapes.push(Shape {
            path: format!("sql/{}.postgres.sql", migrations.role),
            text: store.describe().await?,
        });
        columns.extend(columns_of(migrations.role, &store).await?);
        store.close().await;
        server.drop_schema(&schema).await?;
        server.close().await;
    }
    Ok(shapes)
}

/// Who imports whom, read from the manifests: our own crates, and those of others that are guarded.
fn crates(sources: &Path) -> anyhow::Result<Shape> {
    let root: toml::Table = read(&sources.join("Cargo.toml"))?;
    let members = root["workspace"]["members"]
        .as_array()
        .context("the workspace lists its members")?;
    let shared = root["workspace"]["dependencies"]
        .as_table()
        .context("the workspace lists its dependencies")?;
    let ours: BTreeSet<&str> = shared
        .iter()
        .filter(|(_, value)| value.get("path").is_some())
        .map(|(name, _)| name.as_str())
        .collect();
    let mut text = String::from(
        "# Who imports whom: our own crates, then those of others that only some may use.\n\
         # Written by `palier schema`; an arrow more or less fails `make test`.\n",
    );
    for member in members {
        let member = member.as_str().context("a member is a path")?;
        let manifest: toml::Table = read(&sources.join(member).join("Cargo.toml"))?;
        let name = manifest["package"]["name"]
            .as_str()
            .context("a crate has a name")?;
        let empty = toml::Table::new();
        let dependencies = manifest
            .get("dependencies")
            .and_then(toml::Value::as_table)
            .unwrap_or(&empty);
        let (mut inner, mut guarded) = (Vec::new(), Vec::new());
        for dependency in dependencies.keys() {
            if ours.contains(dependency.as_str()) {
                inner.push(dependency.as_str());
            } else if GUARDED.contains(&dependency.as_str()) {
                guarded.push(dependency.as_str());
            }
        }
        let name = name.strip_prefix("palier-").unwrap_or(name);
        let _ = writeln!(text, "{name}: {} | {}", inner.join(" "), guarded.join(" "));
    }
    Ok(Shape {
        path: "crates.txt".to_owned(),
        text,
    })
}

fn read(path: &Path) -> anyhow::Result<toml::Table> {
    let text = std::fs::read_to_string(path).with_context(|| path.display().to_string())?;
    text.parse().with_context(|| path.display().to_string())
}
