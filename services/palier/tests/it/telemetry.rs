//! What those learn who watch a board: one trace from a request to the last one who follows, figures of sums, and nothing of
//! anybody.

use std::collections::BTreeSet;

use runtime::telemetry::{Declared, Figure, Kind};
use serde_json::json;
use tokio::runtime::Handle;

use crate::harness::apart::Apart;
use crate::harness::receiver::{Receiver, Span};
use crate::harness::resident::signed_in;
use crate::privacy::holds;

/// The one span that is like this, and where it hangs.
fn only<'a>(spans: &'a [Span], name: &str, role: &str, parent: &str) -> &'a Span {
    let found: Vec<&Span> = spans
        .iter()
        .filter(|span| span.has(name, role) && span.parent == parent)
        .collect();
    assert_eq!(found.len(), 1, "{name} of {role} in {parent}: {spans:#?}");
    found[0]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trace_goes_through_every_process_to_the_last_who_follows_and_figures_add_up() {
    const TRACE: &str = "0af7651916cd43dd8448eb211c80319c";
    const BROWSER: &str = "b7ad6b7169203331";
    const NOTICES: i64 = 3;
    let watcher = Receiver::on(&Handle::current());
    let folder = tempfile::tempdir().unwrap();
    let mut board = Apart::settled(&folder.path().join("data"), 3).await;
    board.set("TELEMETRY__OTLP", &watcher.address);
    for role in Apart::ROLES {
        board.start(role);
    }
    let ann = signed_in(&board.origin, 0).await;
    let (ben, cat) = (
        signed_in(&board.origin, 1).await,
        signed_in(&board.origin, 2).await,
    );
    let mut followers = [ben.follow().await, cat.follow().await];
    for number in 0..NOTICES {
        // The last one is published right after the others were told: nobody looks by the clock meanwhile.
        let is_last = number == NOTICES - 1;
        let traceparent = format!("00-{TRACE}-{BROWSER}-00");
        let said = json!({ "title": format!("zqtitle {number}"), "body": "zqbody" });
        let within = is_last.then_some(traceparent.as_str());
        let id = ann
            .publish_within(within, usize::try_from(number).unwrap(), said)
            .await
            .unwrap();
        for live in &mut followers {
            assert_eq!(live.change().await["post"]["id"], id);
        }
    }
    drop(followers);
    for role in Apart::ROLES.into_iter().rev() {
        board.stop(role);
    }

    let spans = watcher.until(TRACE, |span| span.name == "push").await;
    let request = only(&spans, "request", "gateway", BROWSER);
    assert_eq!(request.attributes["palier.operation"], "publishPost");
    let asked = spans.iter().find(|span| {
        span.has("call", "posts")
            && span.attributes["rpc.method"] == "palier.posts.v1.Posts/Publish"
    });
    let asked = asked.unwrap_or_else(|| panic!("{spans:#?}"));
    assert_eq!(asked.parent, request.id);
    let served = only(&spans, "serve", "posts", &asked.id);
    let told = only(&spans, "tell", "posts", &served.id);
    let heard = only(&spans, "hear", "feeds", &told.id);
    only(&spans, "hear", "media", &told.id);
    let looked = only(&spans, "look", "gateway", &heard.id);
    let found = only(&spans, "call", "feeds", &looked.id);
    only(&spans, "serve", "feeds", &found.id);
    let pushed = spans.iter().filter(|span| span.name == "push");
    let pushed: Vec<&Span> = pushed.collect();
    assert_eq!(pushed.len(), 2, "each who follows: {spans:#?}");
    assert!(pushed.iter().all(|span| span.parent == looked.id));
    for (span, process) in [
        (request, "gateway"),
        (served, "posts"),
        (told, "posts"),
        (heard, "feeds"),
        (looked, "gateway"),
        (pushed[0], "gateway"),
    ] {
        assert_eq!(span.process, process);
    }

    let figure = |name, process, apart: &[(&str, &str)]| watcher.figure(name, process, apart);
    let event = [
        ("stream", "posts"),
        ("consumer", "feeds"),
        ("event", "post_shown"),
    ];
    assert_eq!(figure("palier.event.delay", "feeds", &event), Some(NOTICES));
    let delays = figure("palier.push.delay", "gateway", &[]).unwrap();
    assert!((2..=2 * NOTICES).contains(&delays), "{delays}");
    let mutations = [("kind", "mutation"), ("outcome", "OK")];
    assert_eq!(
        figure("palier.operation.duration", "gateway", &mutations),
        Some(NOTICES + 3),
        "and the three who signed in"
    );
    assert_eq!(figure("palier.sockets", "gateway", &[]), Some(0));
    assert!(figure("palier.outbox.depth", "posts", &[("stream", "posts")]).is_some());
    assert_eq!(figure("palier.ready", "identity", &[]), Some(1));
    assert!(figure("palier.memory", "media", &[]).unwrap() > 1_000_000);
    let known: BTreeSet<&str> = Figure::all().map(|figure| figure.declared().name).collect();
    for (name, _) in watcher.figures() {
        assert!(known.contains(name.as_str()), "{name}");
    }

    let received = watcher.bytes();
    for personal in ["zqtitle", "zqbody", "resident0", "example.org", "127.0.0.1"] {
        assert!(!holds(&received, &[personal.into()]), "{personal}");
    }
    assert!(!holds(&received, &[ann.neighbourhood.clone().into()]));
    board.close().await;
}

/// Whoever watches may go away: nobody who is served notices, and stopping waits for a moment only.
#[tokio::test(flavor = "multi_thread")]
async fn a_receiver_that_is_not_there_keeps_nobody_waiting() {
    let folder = tempfile::tempdir().unwrap();
    let mut board = Apart::settled(&folder.path().join("data"), 1).await;
    board.set("TELEMETRY__OTLP", "http://127.0.0.1:9");
    for role in Apart::ROLES {
        board.start(role);
    }
    let ann = signed_in(&board.origin, 0).await;
    assert!(ann.publish(1).await.is_some());
    for role in Apart::ROLES.into_iter().rev() {
        board.stop(role);
    }
    board.close().await;
}

/// What stands in a table of a page, row by row.
fn rows(page: &'static str) -> Vec<Vec<&'static str>> {
    let lines = page.lines().filter(|line| line.starts_with("| `palier."));
    lines
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect()
}

#[test]
fn the_page_on_telemetry_tells_of_every_figure_what_it_is() {
    let told = rows(include_str!("../../../../docs/operate/telemetry.md"));
    let declared: Vec<Vec<String>> = Figure::all()
        .map(|figure| {
            let Declared {
                name,
                kind,
                unit,
                labels,
                means,
            } = figure.declared();
            let kind = match kind {
                Kind::Histogram => "histogram",
                Kind::Counter => "counter",
                Kind::UpDownCounter => "sum",
                Kind::Gauge => "gauge",
            };
            let name = format!("`{name}`");
            [&name, kind, unit, &labels.join(", "), means]
                .map(str::to_owned)
                .to_vec()
        })
        .collect();
    assert_eq!(told.len(), declared.len());
    for (told, declared) in told.iter().zip(&declared) {
        assert_eq!(&told[..5], declared);
        assert!(!told[5].is_empty(), "{} watches a promise", told[0]);
    }
}

/// As Prometheus calls a figure, but for what it adds to the name of a histogram.
fn in_prometheus(declared: Declared) -> String {
    let unit = match declared.unit {
        "s" => "_seconds",
        "By" => "_bytes",
        _ => "",
    };
    let total = match declared.kind {
        Kind::Counter => "_total",
        _ => "",
    };
    format!("{}{unit}{total}", declared.name.replace('.', "_"))
}

#[test]
fn the_dashboard_shows_every_figure_and_neither_it_nor_an_alert_asks_for_another() {
    let dashboard = include_str!("../../../../infra/telemetry/dashboard.json");
    let alerts = include_str!("../../../../infra/telemetry/alerts.yaml");
    let known: BTreeSet<String> = Figure::all()
        .map(|figure| in_prometheus(figure.declared()))
        .collect();
    let asked = |text: &'static str| -> BTreeSet<String> {
        let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
        let figures = words.filter(|word| word.starts_with("palier_") && *word != "palier_roles");
        let parts = ["_bucket", "_count", "_sum"];
        let whole = |word: &str| {
            let part = parts.iter().find_map(|part| word.strip_suffix(part));
            part.unwrap_or(word).to_owned()
        };
        figures.map(whole).collect()
    };
    let parsed: serde_json::Value = serde_json::from_str(dashboard).unwrap();
    assert!(parsed["panels"].as_array().unwrap().len() > known.len());
    assert_eq!(asked(dashboard), known);
    let more: Vec<String> = asked(alerts).difference(&known).cloned().collect();
    assert!(more.is_empty(), "{more:?}");
}
