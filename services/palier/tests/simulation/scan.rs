//! Whether something is kept anywhere.

use std::path::Path;

use sea_orm::{ConnectionTrait, Statement};
use store::{Backend, Store};

use crate::house::House;

/// Every table and column, of every role, in which one of these stands: words as they were written, ids in whatever way they are
/// kept.
pub async fn sightings(house: &House, words: &[String], ids: &[String]) -> Vec<String> {
    let mut needles: Vec<String> = words.iter().map(hex::encode).collect();
    needles.extend(ids.iter().map(|id| id.to_lowercase()));
    needles.extend(ids.iter().map(|id| hex::encode(id.to_lowercase())));
    let mut found = Vec::new();
    for (role, scratch) in &house.stores {
        for (table, columns) in tables(&scratch.store).await {
            let values: Vec<_> = columns
                .iter()
                .map(|column| as_hex(scratch.store.backend(), column))
                .collect();
            let sql = format!("SELECT {} FROM \"{table}\"", values.join(", "));
            for row in rows(&scratch.store, sql).await {
                for (index, column) in columns.iter().enumerate() {
                    let value: Option<String> = row.try_get_by_index(index).unwrap();
                    let value = value.unwrap_or_default().to_lowercase();
                    if needles.iter().any(|needle| value.contains(needle)) {
                        found.push(format!("{role}.{table}.{}", column.0));
                    }
                }
            }
        }
    }
    found.sort();
    found.dedup();
    found
}

/// How many rows a question finds in a role's database.
pub async fn count(house: &House, role: &str, from: &str) -> i64 {
    let (_, scratch) = house.stores.iter().find(|(name, _)| *name == role).unwrap();
    let sql = format!("SELECT COUNT(*) FROM {from}");
    let rows = rows(&scratch.store, sql).await;
    rows[0].try_get_by_index(0).unwrap()
}

/// How many files there are below a folder.
pub fn files(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .map(|path| if path.is_dir() { files(&path) } else { 1 })
        .sum()
}

/// A column: its name, and whether it holds bytes or an id of its database's own kind.
type Column = (String, String);

/// As hexadecimal digits, whatever it is: text by its bytes, an id by its sixteen.
fn as_hex(backend: Backend, (column, kind): &Column) -> String {
    match (backend, kind.as_str()) {
        (Backend::Sqlite, _) => format!("hex(\"{column}\")"),
        (_, "bytea") => format!("encode(\"{column}\", 'hex')"),
        (_, "uuid") => format!("replace(\"{column}\"::text, '-', '')"),
        _ => format!("encode(convert_to(\"{column}\"::text, 'UTF8'), 'hex')"),
    }
}

async fn tables(store: &Store) -> Vec<(String, Vec<Column>)> {
    let sql = match store.backend() {
        Backend::Sqlite => {
            "SELECT m.name AS t, p.name AS c, p.type AS k FROM sqlite_master m, pragma_table_info(m.name) p \
             WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' ORDER BY m.name"
        }
        Backend::Postgres => {
            "SELECT table_name::text AS t, column_name::text AS c, data_type::text AS k \
             FROM information_schema.columns WHERE table_schema = current_schema() ORDER BY table_name"
        }
    };
    let mut tables: Vec<(String, Vec<Column>)> = Vec::new();
    for row in rows(store, sql.to_owned()).await {
        let [table, column, kind] =
            ["t", "c", "k"].map(|name| row.try_get::<String>("", name).unwrap());
        match tables.last_mut() {
            Some((last, columns)) if *last == table => columns.push((column, kind)),
            _ => tables.push((table, vec![(column, kind)])),
        }
    }
    tables
}

async fn rows(store: &Store, sql: String) -> Vec<sea_orm::QueryResult> {
    let on = store.read();
    let asked = Statement::from_string(on.get_database_backend(), sql);
    on.query_all_raw(asked).await.unwrap()
}
