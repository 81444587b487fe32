//! Structured log lines. Only the fields named here may be recorded: everything else is dropped before it is written, so a
//! text, an address, a tile or a token cannot reach a log by accident.

use std::fmt::Write as _;
use std::io::Write;
use std::sync::Mutex;

use tracing::field::{Field, Visit};
use tracing::{Event, Metadata, Subscriber};
use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::layer::Context;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::{EnvFilter, Layer};

use super::layer::trace_of;
use crate::{Clock, SettingFault};

/// The fields that may appear in a log line or a span.
pub const ALLOWED_FIELDS: &[&str] = &[
    "message",
    "role",
    "operation",
    "code",
    "kind",
    "trace",
    "stream",
    "consumer",
    "offset",
    "version",
    "count",
    "duration_ms",
    "bytes",
    "status",
    "method",
    "route",
    "attempt",
    "store",
    "table",
    "setting",
    "reason",
];

/// Whose lines are written whole: ours. What a library puts into a message, a peer's address or a statement with its
/// values, is its own affair: of its lines only their source and level are written.
const OURS: &[&str] = &[
    "palier",
    "contract",
    "geo",
    "runtime",
    "store",
    "bus",
    "transport",
    "identity",
    "posts",
    "media",
    "feeds",
    "moderation",
    "gateway",
];

/// Of libraries only what is wrong is heard, unless more is asked for.
const QUIET: &str = "info,sqlx=error,sea_orm=error,sea_orm_migration=warn,hyper=warn,h2=warn,tower=warn,lettre=error,tonic=warn,async_graphql=error,object_store=warn,tungstenite=error";

const STEPS: &str = ",runtime::telemetry::step=debug";

/// Where lines go.
pub type Sink = Box<dyn Write + Send>;

/// Writes every event as one JSON object a line, allow-listed fields only.
pub struct Lines {
    clock: Clock,
    sink: Mutex<Sink>,
}

impl Lines {
    /// Lines stamped by `clock`, written to `sink`.
    pub fn new(clock: Clock, sink: Sink) -> Self {
        Self {
            clock,
            sink: Mutex::new(sink),
        }
    }
}

/// What of everything is written: `level` as in `RUST_LOG` ("info", "posts=debug"). Where traces are exported, steps are
/// looked at as well: lines say in which trace they were written.
///
/// # Errors
/// The setting `log`, where that is no level.
pub(super) fn filter(level: &str, is_traced: bool) -> Result<EnvFilter, SettingFault> {
    let is_level = |part: &str| {
        let (_, level) = part.rsplit_once('=').unwrap_or(("", part));
        !level.is_empty() && level.parse::<LevelFilter>().is_ok()
    };
    let steps = if is_traced { STEPS } else { "" };
    let whole = EnvFilter::try_new(format!("{QUIET},{level}{steps}")).ok();
    // A word that is no level would be taken for a part of which everything is written.
    whole
        .filter(|_| level.split(',').all(is_level))
        .ok_or_else(|| {
            SettingFault::new(
                "log",
                format!("{level:?} is no level"),
                "write error, warn, info or debug, or a level per part: info,posts=debug",
            )
        })
}

#[derive(Default)]
struct Allowed {
    json: String,
}

impl Allowed {
    fn put(&mut self, field: &str, value: &serde_json::Value) {
        if ALLOWED_FIELDS.contains(&field) {
            let _ = write!(self.json, ",{}:{value}", serde_json::Value::from(field));
        }
    }
}

impl Visit for Allowed {
    fn record_debug(&mut self, field: &Field, value: &dyn std::fmt::Debug) {
        if ALLOWED_FIELDS.contains(&field.name()) {
            self.put(field.name(), &format!("{value:?}").into());
        }
    }
    fn record_str(&mut self, field: &Field, value: &str) {
        self.put(field.name(), &value.into());
    }
    fn record_i64(&mut self, field: &Field, value: i64) {
        self.put(field.name(), &value.into());
    }
    fn record_u64(&mut self, field: &Field, value: u64) {
        self.put(field.name(), &value.into());
    }
    fn record_bool(&mut self, field: &Field, value: bool) {
        self.put(field.name(), &value.into());
    }
}

fn is_ours(metadata: &Metadata<'_>) -> bool {
    let target = metadata.target();
    let source = target.split("::").next().unwrap_or(target);
    OURS.contains(&source)
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Lines {
    fn on_new_span(
        &self,
        attributes: &tracing::span::Attributes<'_>,
        id: &tracing::span::Id,
        context: Context<'_, S>,
    ) {
        let mut allowed = Allowed::default();
        if is_ours(attributes.metadata()) {
            attributes.record(&mut allowed);
        }
        if let Some(span) = context.span(id) {
            span.extensions_mut().insert(allowed);
        }
    }

    fn on_record(
        &self,
        id: &tracing::span::Id,
        values: &tracing::span::Record<'_>,
        context: Context<'_, S>,
    ) {
        if let Some(span) = context.span(id)
            && is_ours(span.metadata())
        {
            let mut extensions = span.extensions_mut();
            if let Some(allowed) = extensions.get_mut::<Allowed>() {
                values.record(allowed);
            }
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut fields = Allowed::default();
        if is_ours(event.metadata()) {
            event.record(&mut fields);
        }
        let mut line = format!(
            "{{\"at_ms\":{},\"level\":\"{}\",\"target\":\"{}\"{}",
            self.clock.now_ms(),
            event.metadata().level(),
            event.metadata().target(),
            fields.json,
        );
        let is_told = fields.json.contains(",\"trace\":");
        if let Some(trace) = trace_of(&context, event).filter(|_| !is_told) {
            let _ = write!(line, ",\"trace\":\"{}\"", trace.trace_id());
        }
        if let Some(scope) = context.event_scope(event) {
            line.push_str(",\"spans\":[");
            for (index, span) in scope.from_root().enumerate() {
                let comma = if index == 0 { "" } else { "," };
                let _ = write!(line, "{comma}{{\"name\":\"{}\"", span.name());
                if let Some(allowed) = span.extensions().get::<Allowed>() {
                    line.push_str(&allowed.json);
                }
                line.push('}');
            }
            line.push(']');
        }
        line.push_str("}\n");
        if let Ok(mut sink) = self.sink.lock() {
            let _ = sink.write_all(line.as_bytes());
        }
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tracing_subscriber::layer::SubscriberExt;

    use super::*;

    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);
    impl Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    impl Kept {
        fn text(&self) -> String {
            String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
        }
    }

    #[test]
    fn a_word_that_is_no_level_is_refused() {
        for level in ["info", "warn,posts=debug", "debug"] {
            assert!(filter(level, true).is_ok(), "{level}");
        }
        for level in ["loud", "", "info,", "posts=loud", "info,loud", "info;debug"] {
            let fault = filter(level, false).unwrap_err();
            assert_eq!(fault.setting, "log", "{level}");
        }
    }

    #[test]
    fn of_a_library_only_source_and_level_are_written() {
        let kept = Kept::default();
        let lines = Lines::new(Clock::manual(5), Box::new(kept.clone()));
        let subscriber = tracing_subscriber::registry().with(lines);
        tracing::subscriber::with_default(subscriber, || {
            let span = tracing::info_span!(target: "h2::server", "peer", reason = "192.0.2.7");
            let _entered = span.enter();
            tracing::warn!(target: "axum::serve", reason = "192.0.2.8", "connection from 192.0.2.9 accepted");
        });
        let written = kept.text();
        let line: serde_json::Value = serde_json::from_str(written.trim()).unwrap();
        assert_eq!(
            (&line["target"], &line["level"]),
            (&"axum::serve".into(), &"WARN".into())
        );
        assert!(!written.contains("192.0.2"), "{written}");
    }

    #[test]
    fn a_field_that_is_not_allowed_never_reaches_a_line() {
        let kept = Kept::default();
        let lines = Lines::new(Clock::manual(5), Box::new(kept.clone()));
        let subscriber = tracing_subscriber::registry().with(lines);
        tracing::subscriber::with_default(subscriber, || {
            let span = tracing::info_span!("publish", role = "posts", body = "a secret text");
            let _entered = span.enter();
            tracing::info!(count = 2, email = "someone@example.org", "published");
        });
        let written = kept.text();
        let line: serde_json::Value = serde_json::from_str(written.trim()).unwrap();
        assert_eq!(line["message"], "published");
        assert_eq!(line["count"], 2);
        assert_eq!(line["spans"][0]["role"], "posts");
        assert!(
            !written.contains("secret") && !written.contains("example.org"),
            "{written}"
        );
    }
}
