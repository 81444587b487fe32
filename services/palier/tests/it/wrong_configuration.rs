//! Whatever is wrong with the configuration, the program says so in one line that names the setting, the fault and the remedy,
//! ends with 2, and has made and opened nothing.

use std::collections::BTreeMap;
use std::fs::{Permissions, set_permissions};
use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;

use bus::scratch::redis_server;
use runtime::{Clock, DAY_MS};
use sea_orm::ConnectionTrait;
use store::Store;

use crate::harness::databases::Databases;
use crate::harness::free_address;
use crate::harness::process::{Server, palier, seed};
use crate::privacy::contents;

/// What is set, then the setting that is named, and words of the fault and of the remedy.
type Wrong<'a> = (&'a [(&'a str, &'a str)], &'a str, &'a str, &'a str);

/// What there is below a folder, but for the files that SQLite keeps beside a database while it is open.
fn there(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut contents = if folder.exists() {
        contents(folder)
    } else {
        BTreeMap::new()
    };
    contents.retain(|path, _| {
        let name = path.to_string_lossy();
        !name.ends_with("-wal") && !name.ends_with("-shm")
    });
    contents
}

/// Starts the program with something wrong: it must say so, and leave everything as it was.
fn refused(words: &[&str], data: &Path, wrong: &Wrong<'_>) {
    let before = there(data);
    refused_beside_others(words, data, wrong);
    assert!(
        there(data) == before,
        "{words:?} {:?} made something",
        wrong.0
    );
}

/// The same where another process is at work there.
fn refused_beside_others(words: &[&str], data: &Path, wrong: &Wrong<'_>) {
    let (settings, setting, fault, remedy) = wrong;
    let at = free_address();
    let mut command = palier();
    command.args(words).arg("--data").arg(data);
    command.env("PALIER_LISTEN", at.to_string());
    for (name, value) in *settings {
        command.env(format!("PALIER_{name}"), value);
    }
    let mut run = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // What it says there it says once it is open.
    let open = BufReader::new(run.stdout.take().unwrap()).lines().next();
    if open.is_some() {
        run.kill().unwrap();
    }
    let run = run.wait_with_output().unwrap();
    let said = String::from_utf8(run.stderr).unwrap();
    let context = format!("{words:?} {settings:?}: {said}");
    assert!(open.is_none(), "it starts: {context}");
    assert_eq!(run.status.code(), Some(2), "{context}");
    assert_eq!(said.lines().count(), 1, "{context}");
    assert!(
        said.starts_with(&format!("palier: {setting}: ")),
        "{context}"
    );
    let told = said.find(fault).map(|at| &said[at..]);
    let rest = told.and_then(|told| told.split_once("; "));
    let says_so = rest.is_some_and(|(_, rest)| rest.contains(remedy));
    assert!(says_so, "{context}");
    assert!(TcpListener::bind(at).is_ok(), "it still listens: {context}");
}

#[test]
fn a_setting_that_cannot_be_used_stops_the_start_before_anything_is_made() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let file = folder.path().join("a file");
    std::fs::write(&file, "no folder").unwrap();
    let plain = file.display().to_string();
    let below = file.join("below").display().to_string();
    let mails_below = format!("folder:{below}");
    let no_database = format!("sqlite://{}", file.display());
    let nowhere = format!(
        "sqlite://{}",
        folder.path().join("nowhere/posts.db").display()
    );
    let same = format!("sqlite://{}", data.join("feeds.db").display());
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let taken = taken
        .local_addr()
        .map(|at| (taken, at.to_string()))
        .unwrap();
    let away = "postgres://nobody@127.0.0.1:1/nothing";
    let cases: [Wrong<'_>; 29] = [
        (
            &[("MALE__TO", "x")],
            "male",
            "unknown field",
            "docs/operate/configuration.md",
        ),
        (
            &[("MEDIA__MEMORY_MIB", "lots")],
            "media.memory_mib",
            "invalid type",
            "configuration.md",
        ),
        (
            &[("LOG", "loud")],
            "log",
            "is no level",
            "write error, warn, info or debug",
        ),
        (
            &[("PUBLIC_URL", "board.example.org")],
            "public_url",
            "not of the form",
            "where residents open",
        ),
        (
            &[("LISTEN", "nowhere")],
            "listen",
            "nowhere",
            "a colon and the port",
        ),
        (
            &[("LISTEN", &taken.1)],
            "listen",
            "in use",
            "choose a free address",
        ),
        (
            &[("PROBES", &taken.1)],
            "probes",
            "in use",
            "choose a free address",
        ),
        (
            &[("KEYS", &below)],
            "keys",
            "Not a directory",
            "this user may write",
        ),
        (
            &[("STORES__POSTS", "mysql://posts")],
            "stores.posts",
            "no address of a database",
            "sqlite://PATH",
        ),
        (
            &[("STORES__POSTS", away)],
            "stores.posts",
            "no connection",
            "that the server runs",
        ),
        (
            &[("STORES__IDENTITY", away)],
            "stores.identity",
            "no connection",
            "that the server runs",
        ),
        (
            &[("STORES__DELETIONS", away)],
            "stores.deletions",
            "no connection",
            "that the server runs",
        ),
        (
            &[("STORES__POSTS", &nowhere)],
            "stores.posts",
            "no such folder",
            "make it",
        ),
        (
            &[("STORES__POSTS", &no_database)],
            "stores.posts",
            "the database failed",
            "check the address",
        ),
        (
            &[("STORES__POSTS", &same)],
            "stores.feeds",
            "the database of posts, too",
            "of its own",
        ),
        (
            &[("MEDIA__FILES", "ftp://pictures")],
            "media.files",
            "neither a folder nor a bucket",
            "folder:PATH",
        ),
        (
            &[("MEDIA__FILES", "s3://board")],
            "media.s3.key",
            "a bucket needs a key",
            "a file of two lines",
        ),
        (
            &[("MEDIA__FILES", &mails_below)],
            "media.files",
            "Not a directory",
            "this user may write",
        ),
        (
            &[("MAIL__TO", "pigeon:post")],
            "mail.to",
            "neither folder:PATH nor",
            "configuration.md",
        ),
        (
            &[("MAIL__TO", &mails_below)],
            "mail.to",
            "Not a directory",
            "this user may write",
        ),
        (
            &[("MAIL__SENDER_ADDRESS", "nobody")],
            "mail.sender_address",
            "not an e-mail address",
            "set it to",
        ),
        (
            &[("MAIL__SENDER_NAME", "\"a\\nb\"")],
            "mail.sender_name",
            "invisible",
            "on one line",
        ),
        (
            &[("BUS", "http://redis")],
            "bus",
            "no address of a Redis",
            "redis://HOST:PORT",
        ),
        (
            &[("BUS", "redis://127.0.0.1:1"), ("BUS_PREFIX", "a b")],
            "bus_prefix",
            "cannot begin",
            "letters",
        ),
        (
            &[("GATEWAY__DOCUMENTS", &below)],
            "gateway.documents",
            "Not a directory",
            "client generator",
        ),
        (
            &[("GATEWAY__RATES__ENTRIES", "5")],
            "gateway.rates.entries",
            "invalid type",
            "configuration.md",
        ),
        (
            &[("TELEMETRY__OTLP", "nonsense")],
            "telemetry.otlp",
            "says not how",
            "http://HOST:PORT",
        ),
        (
            &[("ROLES__POSTS__AT", "x:1")],
            "roles.posts.at",
            "invalid type",
            "configuration.md",
        ),
        (
            &[("KEYS", &plain)],
            "keys",
            "Not a directory",
            "this user may write",
        ),
    ];
    for wrong in &cases {
        refused(&["all"], &data, wrong);
    }
    let no_folder: Wrong<'_> = (&[], "data", "Not a directory", "this user may write");
    refused(&["all"], &file.join("below"), &no_folder);
    let none: Wrong<'_> = (&[], "nothing.toml", "No such file", "leave --config out");
    refused(&["all", "--config", "nothing.toml"], &data, &none);
}

/// A database of a board, changed by a statement.
async fn change(address: &str, statement: &str) {
    let store = Store::open(address).await.unwrap();
    let tx = store.begin().await.unwrap();
    tx.execute_unprepared(statement).await.unwrap();
    tx.commit().await.unwrap();
    store.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_board_that_is_not_as_it_was_left_is_not_started() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    seed(&data, 1);
    let all = ["all"];
    let key = data.join("keys/addresses.0001.key");
    let kept = std::fs::read(&key).unwrap();
    let put = |bytes: &[u8], mode| {
        std::fs::write(&key, bytes).unwrap();
        set_permissions(&key, Permissions::from_mode(mode)).unwrap();
    };
    let name = "addresses.0001.key";
    std::fs::remove_file(&key).unwrap();
    refused(&all, &data, &(&[], "keys", name, "restore the key folder"));
    put(b"short", 0o600);
    refused(
        &all,
        &data,
        &(&[], "keys", "not 64 hexadecimal digits", "start again"),
    );
    put(&kept, 0o644);
    refused(
        &all,
        &data,
        &(&[], "keys", "others may read this file", "start again"),
    );
    put(&[b'5'; 64], 0o600);
    refused(
        &all,
        &data,
        &(
            &[],
            "keys",
            "open none of the accounts",
            "restore the key folder",
        ),
    );
    put(&kept, 0o600);

    let posts = format!("sqlite://{}", data.join("posts.db").display());
    let newer = "INSERT INTO posts_migrations (version, applied_at) VALUES ('m9999_later', 0)";
    change(&posts, newer).await;
    refused(
        &all,
        &data,
        &(
            &[],
            "stores.posts",
            "a newer Palier migrated it (m9999_later)",
            "start that Palier",
        ),
    );
    refused(
        &["backup", "nowhere"],
        &data,
        &(
            &[],
            "stores.posts",
            "a newer Palier",
            "start this Palier once",
        ),
    );
    change(
        &posts,
        "DELETE FROM posts_migrations WHERE version = 'm9999_later'",
    )
    .await;
    let older = "DELETE FROM posts_migrations WHERE version = 'm0004_traced_outbox'";
    change(&posts, older).await;
    refused(
        &["backup", "nowhere"],
        &data,
        &(
            &[],
            "stores.posts",
            "1 migrations are pending",
            "start this Palier once",
        ),
    );
    let again =
        "INSERT INTO posts_migrations (version, applied_at) VALUES ('m0004_traced_outbox', 0)";
    change(&posts, again).await;

    let server = Server::start(&data, free_address().port());
    refused_beside_others(
        &all,
        &data,
        &(
            &[],
            "stores.identity",
            "another process serves it",
            "stop that one",
        ),
    );
    let elsewhere = folder.path().join("elsewhere");
    let shared: Wrong<'_> = (
        &[("STORES__POSTS", &posts)],
        "stores.posts",
        "another process serves it",
        "stop that one",
    );
    refused(&all, &elsewhere, &shared);
    server.stop();
    Server::start(&data, free_address().port()).stop();
}

/// A process of a role of its own, on PostgreSQL, which is as it should be but for one thing.
#[tokio::test(flavor = "multi_thread")]
async fn a_process_of_its_own_that_lacks_something_is_not_started() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let databases = Databases::fresh().await;
    let stores = databases.stores.clone();
    let (posts, deletions) = (stores.posts.unwrap(), stores.deletions.unwrap());
    let redis = redis_server();
    let base = [
        ("BUS", redis.as_str()),
        ("STORES__POSTS", &posts),
        ("STORES__DELETIONS", &deletions),
        ("ROLES__IDENTITY__AT", "[\"identity:7101\"]"),
        ("ROLES__POSTS__AT", "[\"posts:7102\"]"),
        ("ROLES__MEDIA__AT", "[\"media:7103\"]"),
        ("ROLES__FEEDS__AT", "[\"feeds:7104\"]"),
        ("ROLES__MODERATION__AT", "[\"moderation:7105\"]"),
    ];
    let made = palier()
        .arg("secrets")
        .arg("--data")
        .arg(&data)
        .output()
        .unwrap();
    assert!(made.status.success());
    // What is set later wins.
    let refuses =
        |role: &str, settings: &[(&str, &str)], setting: &str, fault: &str, remedy: &str| {
            let settings = [&base[..], settings].concat();
            refused(&["run", role], &data, &(&settings, setting, fault, remedy));
        };
    let away = "postgres://nobody@127.0.0.1:1/nothing";
    refuses(
        "posts",
        &[("STORES__POSTS", away)],
        "stores.posts",
        "no connection",
        "that the server runs",
    );
    refuses(
        "posts",
        &[("STORES__DELETIONS", away)],
        "stores.deletions",
        "no connection",
        "that the server runs",
    );
    refuses(
        "posts",
        &[("BUS", "nonsense")],
        "bus",
        "no address of a Redis",
        "redis://HOST:PORT",
    );
    refuses(
        "posts",
        &[("ROLES__POSTS__LISTEN", "here")],
        "roles.posts.listen",
        "here",
        "a colon and the port",
    );
    refuses(
        "gateway",
        &[("ROLES__FEEDS__AT", "[]")],
        "roles.feeds.at",
        "no address is named",
        "name host:port",
    );
    refuses(
        "gateway",
        &[("ROLES__FEEDS__AT", "[\"feeds\"]")],
        "roles.feeds.at",
        "no host:port",
        "a colon and the port",
    );

    // The server tells another time: its schema has a clock of its own, which is looked for first.
    let (_, schema) = posts.rsplit_once("%3D").unwrap();
    let clock = format!(
        "CREATE FUNCTION {schema}.clock_timestamp() RETURNS timestamptz LANGUAGE sql AS \
         $$ SELECT pg_catalog.clock_timestamp() + interval '1 hour' $$"
    );
    change(&posts, &clock).await;
    let skewed = format!("{posts}%2Cpg_catalog");
    refuses(
        "posts",
        &[("STORES__POSTS", &skewed)],
        "clock",
        "behind that of the database of posts",
        "set both (NTP)",
    );

    let keys = data.join("keys");
    let away = |name: &str| std::fs::rename(keys.join(name), folder.path().join(name)).unwrap();
    let back = |name: &str| std::fs::rename(folder.path().join(name), keys.join(name)).unwrap();
    for (role, name) in [
        ("posts", "cursors.0001.key"),
        ("posts", "standings.0001.pub"),
        ("gateway", "origins.0001.key"),
    ] {
        away(name);
        refuses(role, &[], "keys", name, "give this process the files");
        back(name);
    }

    let certificates = data.join("certificates");
    let refuses =
        |fault: &str| refuses("posts", &[], "certificates", fault, "run `palier secrets`");
    let now_ms = Clock::System.now_ms();
    for (days, fault) in [
        (-800, "it is over, or the clock"),
        (2, "it is over, or the clock"),
    ] {
        let then = Clock::manual(now_ms + days * DAY_MS);
        transport::issue(&certificates, &["posts"], &then).unwrap();
        refuses(fault);
    }
    transport::issue(&certificates, &["posts", "feeds"], &Clock::System).unwrap();
    let file = |name: &str| certificates.join(name);
    std::fs::copy(file("feeds.pem"), file("posts.pem")).unwrap();
    refuses("not a certificate with its key");
    std::fs::copy(file("feeds.key"), file("posts.key")).unwrap();
    refuses("did not issue it for this role");
    std::fs::write(file("posts.pem"), "nonsense").unwrap();
    refuses("not a certificate");
    std::fs::remove_file(file("posts.pem")).unwrap();
    refuses("No such file");
    databases.forget().await;
}
