//! What leaves the process: OTLP over gRPC, in batches, from threads of their own.
//!
//! Nobody who is served waits for the receiver. What it does not take in time is dropped: a queue of bounded length, a bound
//! on each attempt, a bound on the last one when the process stops. That it does not answer is said once, and that it does
//! again once.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use opentelemetry::metrics::MeterProvider;
use opentelemetry::{Context, KeyValue};
use opentelemetry_otlp::{
    ExporterBuildError, MetricExporter, SpanExporter, WithExportConfig, WithTonicConfig,
};
use opentelemetry_sdk::Resource;
use opentelemetry_sdk::error::OTelSdkResult;
use opentelemetry_sdk::metrics::data::ResourceMetrics;
use opentelemetry_sdk::metrics::exporter::PushMetricExporter;
use opentelemetry_sdk::metrics::{PeriodicReader, SdkMeterProvider, Temporality};
use opentelemetry_sdk::trace::{
    BatchConfigBuilder, BatchSpanProcessor, SpanData, SpanExporter as ExportSpans, SpanProcessor,
};
use tonic::transport::{Channel, ClientTlsConfig, Endpoint};

use super::layer::Telemetry;
use super::measure::Meters;
use crate::{Clock, Entropy, SettingFault};

/// An attempt to reach the receiver, and one to tell it something, may take so long.
const CONNECT_WITHIN: Duration = Duration::from_secs(1);
const TOLD_WITHIN: Duration = Duration::from_secs(3);
/// Spans that wait; more are dropped.
const WAITING_AT_MOST: usize = 4_096;
const TOLD_AT_ONCE: usize = 512;
const TOLD_EVERY: Duration = Duration::from_secs(2);
/// How often figures are told.
const ADDED_UP_EVERY: Duration = Duration::from_secs(15);
/// When the process stops, the receiver has so long to take what is left.
const LAST_WITHIN: Duration = Duration::from_secs(4);

/// Where telemetry goes.
#[derive(Clone, Debug)]
pub struct Receiver {
    /// `http://HOST:PORT` or `https://HOST:PORT` of what takes OTLP over gRPC.
    pub address: String,
    /// Of a hundred traces that begin in this process, so many are exported.
    pub traces_percent: u8,
    /// The parts of Palier that this process plays, separated by commas.
    pub roles: String,
}

/// What a process exports, to be installed.
pub struct Export {
    pub(super) telemetry: Telemetry,
}

/// What ends the export in order.
#[derive(Debug)]
pub struct Exporting {
    spans: Arc<BatchSpanProcessor>,
    figures: SdkMeterProvider,
}

impl Export {
    /// Prepares the export; connects when there is something to tell. Within a runtime, which has to outlive it.
    ///
    /// # Errors
    /// The setting `telemetry.otlp` where it is no address.
    pub fn to(
        receiver: &Receiver,
        clock: Clock,
        entropy: &Entropy,
    ) -> Result<(Self, Exporting), SettingFault> {
        let address = receiver.address.as_str();
        let wrong = |fault: String| {
            SettingFault::new(
                "telemetry.otlp",
                fault,
                "write http://HOST:PORT, or https://HOST:PORT with TLS, of what takes OTLP over gRPC",
            )
        };
        if !["http://", "https://"]
            .iter()
            .any(|form| address.starts_with(form))
        {
            return Err(wrong(format!("{address:?} says not how it is spoken to")));
        }
        let channel = channel(address).map_err(|fault| wrong(fault.to_string()))?;
        let unusable = |fault: ExporterBuildError| {
            SettingFault::new("telemetry.otlp", fault.to_string(), "report this")
        };
        let resource = resource(receiver, entropy);
        let exporter = SpanExporter::builder()
            .with_tonic()
            .with_channel(channel.clone())
            .with_timeout(TOLD_WITHIN)
            .build()
            .map_err(unusable)?;
        let config = BatchConfigBuilder::default()
            .with_max_queue_size(WAITING_AT_MOST)
            .with_max_export_batch_size(TOLD_AT_ONCE)
            .with_scheduled_delay(TOLD_EVERY)
            .build();
        let heard = Heard::default();
        let watched = Watched {
            exporter,
            heard: heard.clone(),
        };
        let mut spans = BatchSpanProcessor::builder(watched)
            .with_batch_config(config)
            .build();
        spans.set_resource(&resource);
        let spans = Arc::new(spans);
        let exporter = MetricExporter::builder()
            .with_tonic()
            .with_channel(channel)
            .with_timeout(TOLD_WITHIN)
            .with_temporality(Temporality::Cumulative)
            .build()
            .map_err(unusable)?;
        let reader = PeriodicReader::builder(Watched { exporter, heard })
            .with_interval(ADDED_UP_EVERY)
            .build();
        let figures = SdkMeterProvider::builder()
            .with_resource(resource)
            .with_reader(reader)
            .build();
        let telemetry = Telemetry::new(
            clock,
            entropy,
            receiver.traces_percent,
            Box::new(Queue(spans.clone())),
            Meters::on(&figures.meter("palier")),
        );
        Ok((Self { telemetry }, Exporting { spans, figures }))
    }
}

impl Exporting {
    /// Gives the receiver what it was not given yet. Waits for it: not for a thread that serves.
    pub fn flush(&self) {
        // A receiver that is not there has been told of.
        let _ = self.spans.force_flush();
        let _ = self.figures.force_flush();
    }

    /// Gives the receiver what is left, for a bounded time; then nothing is exported any more.
    pub async fn end(self) {
        let last = tokio::task::spawn_blocking(move || {
            let _ = self.spans.shutdown_with_timeout(LAST_WITHIN);
            let _ = self.figures.shutdown_with_timeout(LAST_WITHIN);
        });
        let _ = last.await;
    }
}

fn channel(address: &str) -> Result<Channel, tonic::transport::Error> {
    let endpoint = Endpoint::from_shared(address.to_owned())?
        .connect_timeout(CONNECT_WITHIN)
        .timeout(TOLD_WITHIN);
    let endpoint = if address.starts_with("https:") {
        endpoint.tls_config(ClientTlsConfig::new().with_enabled_roots())?
    } else {
        endpoint
    };
    Ok(endpoint.connect_lazy())
}

/// Who tells: Palier, in which version, playing what; and a random name that lasts as long as the process.
fn resource(receiver: &Receiver, entropy: &Entropy) -> Resource {
    Resource::builder_empty()
        .with_attributes([
            KeyValue::new("service.name", "palier"),
            KeyValue::new("service.version", env!("CARGO_PKG_VERSION")),
            KeyValue::new("service.instance.id", hex::encode(entropy.bytes::<16>())),
            KeyValue::new("palier.roles", receiver.roles.clone()),
        ])
        .build()
}

/// The queue of spans, shared with who ends it.
#[derive(Debug)]
struct Queue(Arc<BatchSpanProcessor>);

impl SpanProcessor for Queue {
    fn on_start(&self, _: &mut opentelemetry_sdk::trace::Span, _: &Context) {}

    fn on_end(&self, span: SpanData) {
        self.0.on_end(span);
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.0.force_flush()
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.0.shutdown_with_timeout(timeout)
    }
}

/// Whether the receiver answered the last time.
#[derive(Clone, Default)]
struct Heard(Arc<AtomicBool>);

impl Heard {
    /// Says so where it is otherwise than before.
    fn judge(&self, told: &OTelSdkResult) {
        let is_deaf = told.is_err();
        if self.0.swap(is_deaf, Ordering::Relaxed) == is_deaf {
            return;
        }
        if is_deaf {
            tracing::warn!("nobody receives the telemetry: it is dropped until somebody does");
        } else {
            tracing::info!("the telemetry is received again");
        }
    }
}

/// An exporter whose success is watched.
struct Watched<E> {
    exporter: E,
    heard: Heard,
}

impl<E> fmt::Debug for Watched<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Watched")
    }
}

impl<E: ExportSpans> ExportSpans for Watched<E> {
    async fn export(&self, batch: Vec<SpanData>) -> OTelSdkResult {
        let told = self.exporter.export(batch).await;
        self.heard.judge(&told);
        told
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.exporter.shutdown_with_timeout(timeout)
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.exporter.force_flush()
    }

    fn set_resource(&mut self, resource: &Resource) {
        self.exporter.set_resource(resource);
    }
}

impl<E: PushMetricExporter> PushMetricExporter for Watched<E> {
    async fn export(&self, figures: &ResourceMetrics) -> OTelSdkResult {
        let told = self.exporter.export(figures).await;
        self.heard.judge(&told);
        told
    }

    fn force_flush(&self) -> OTelSdkResult {
        self.exporter.force_flush()
    }

    fn shutdown_with_timeout(&self, timeout: Duration) -> OTelSdkResult {
        self.exporter.shutdown_with_timeout(timeout)
    }

    fn temporality(&self) -> Temporality {
        self.exporter.temporality()
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Mutex;

    use opentelemetry_sdk::error::OTelSdkError;
    use tracing_subscriber::layer::SubscriberExt;

    use super::super::lines::Lines;
    use super::*;

    #[derive(Clone, Default)]
    struct Kept(Arc<Mutex<Vec<u8>>>);
    impl std::io::Write for Kept {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn that_the_receiver_is_away_is_said_once_and_once_that_it_is_back() {
        let kept = Kept::default();
        let lines = Lines::new(Clock::manual(5), Box::new(kept.clone()));
        let subscriber = tracing_subscriber::registry().with(lines);
        tracing::subscriber::with_default(subscriber, || {
            let heard = Heard::default();
            for told in [true, false, false, false, true, true] {
                heard.judge(&told.then_some(()).ok_or(OTelSdkError::AlreadyShutdown));
            }
        });
        let said = String::from_utf8(kept.0.lock().unwrap().clone()).unwrap();
        let levels: Vec<&str> = said
            .lines()
            .map(|line| {
                if line.contains("WARN") {
                    "away"
                } else {
                    "back"
                }
            })
            .collect();
        assert_eq!(levels, ["away", "back"]);
    }

    #[tokio::test]
    async fn an_address_that_is_none_is_refused_by_its_setting() {
        let receiver = Receiver {
            address: "collector 4317".to_owned(),
            traces_percent: 100,
            roles: "posts".to_owned(),
        };
        let refused = Export::to(&receiver, Clock::manual(5), &Entropy::seeded(1)).map(|_| ());
        let refused = refused.unwrap_err().to_string();
        assert!(refused.contains("telemetry.otlp"), "{refused}");
    }
}
