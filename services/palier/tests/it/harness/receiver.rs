//! What takes OTLP over gRPC, decodes it and keeps it.

use std::collections::{BTreeMap, BTreeSet};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use opentelemetry_proto::tonic::collector::metrics::v1::metrics_service_server::{
    MetricsService, MetricsServiceServer,
};
use opentelemetry_proto::tonic::collector::metrics::v1::{
    ExportMetricsServiceRequest, ExportMetricsServiceResponse,
};
use opentelemetry_proto::tonic::collector::trace::v1::trace_service_server::{
    TraceService, TraceServiceServer,
};
use opentelemetry_proto::tonic::collector::trace::v1::{
    ExportTraceServiceRequest, ExportTraceServiceResponse,
};
use opentelemetry_proto::tonic::common::v1::KeyValue;
use opentelemetry_proto::tonic::common::v1::any_value::Value;
use opentelemetry_proto::tonic::metrics::v1::metric::Data;
use opentelemetry_proto::tonic::metrics::v1::number_data_point;
use prost::Message;
use tokio::runtime::Handle;
use tokio::sync::Notify;
use tonic::transport::Server;
use tonic::transport::server::TcpIncoming;
use tonic::{Request, Response, Status};

/// What somebody who watches a board has.
#[derive(Clone, Default)]
pub struct Receiver {
    kept: Arc<Mutex<Kept>>,
    more: Arc<Notify>,
    pub address: String,
}

#[derive(Default)]
struct Kept {
    bytes: Vec<u8>,
    spans: Vec<Span>,
    figures: BTreeMap<Place, i64>,
}

/// A span, as it was received.
#[derive(Clone, Debug)]
pub struct Span {
    /// The roles of the process that told.
    pub process: String,
    pub trace: String,
    pub id: String,
    pub parent: String,
    pub name: String,
    pub attributes: Labels,
}

pub type Labels = BTreeMap<String, String>;

/// Of which figure, in which process, told apart how.
type Place = (String, String, Labels);

impl Span {
    pub fn has(&self, name: &str, role: &str) -> bool {
        self.name == name
            && self
                .attributes
                .get("palier.role")
                .is_some_and(|it| it == role)
    }
}

impl Receiver {
    /// Listens for as long as this runtime lives.
    pub fn on(runtime: &Handle) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let receiver = Self {
            address: format!("http://{}", listener.local_addr().unwrap()),
            ..Self::default()
        };
        let (traces, figures) = (receiver.clone(), receiver.clone());
        drop(runtime.spawn(async move {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            Server::builder()
                .add_service(TraceServiceServer::new(traces))
                .add_service(MetricsServiceServer::new(figures))
                .serve_with_incoming(TcpIncoming::from(listener))
                .await
                .unwrap();
        }));
        receiver
    }

    /// Everything that was received, as it was encoded.
    pub fn bytes(&self) -> Vec<u8> {
        self.kept.lock().unwrap().bytes.clone()
    }

    /// The spans of a trace.
    pub fn trace(&self, id: &str) -> Vec<Span> {
        let kept = self.kept.lock().unwrap();
        let of_it = kept.spans.iter().filter(|span| span.trace == id);
        of_it.cloned().collect()
    }

    /// Waits until a trace has a span like this, and answers the whole trace.
    pub async fn until(&self, trace: &str, has: impl Fn(&Span) -> bool) -> Vec<Span> {
        let waited = tokio::time::timeout(Duration::from_secs(30), async {
            loop {
                let more = self.more.notified();
                let spans = self.trace(trace);
                if spans.iter().any(&has) {
                    return spans;
                }
                more.await;
            }
        });
        waited
            .await
            .unwrap_or_else(|_| panic!("not received: {:#?}", self.trace(trace)))
    }

    /// The newest value of a figure in the process of a role, where these labels are told, rounded; of durations how many there
    /// were.
    pub fn figure(&self, name: &str, process: &str, labels: &[(&str, &str)]) -> Option<i64> {
        let labels = labels
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        let place = (name.to_owned(), process.to_owned(), labels);
        self.kept.lock().unwrap().figures.get(&place).copied()
    }

    /// The names of all figures, and every label by which one was told apart.
    pub fn figures(&self) -> BTreeSet<(String, Labels)> {
        let kept = self.kept.lock().unwrap();
        let places = kept.figures.keys();
        places
            .map(|(name, _, labels)| (name.clone(), labels.clone()))
            .collect()
    }
}

fn labels(attributes: Vec<KeyValue>) -> Labels {
    let text = |pair: KeyValue| {
        let value = match pair.value.and_then(|value| value.value) {
            Some(Value::StringValue(text)) => text,
            Some(Value::IntValue(number)) => number.to_string(),
            other => panic!("an attribute of another kind: {other:?}"),
        };
        (pair.key, value)
    };
    attributes.into_iter().map(text).collect()
}

fn hex(bytes: &[u8]) -> String {
    hex::encode(bytes)
}

#[tonic::async_trait]
impl TraceService for Receiver {
    async fn export(
        &self,
        request: Request<ExportTraceServiceRequest>,
    ) -> Result<Response<ExportTraceServiceResponse>, Status> {
        let told = request.into_inner();
        let mut kept = self.kept.lock().unwrap();
        kept.bytes.extend(told.encode_to_vec());
        for resource in told.resource_spans {
            let process = labels(resource.resource.unwrap_or_default().attributes);
            let spans = resource.scope_spans.into_iter().flat_map(|it| it.spans);
            kept.spans.extend(spans.map(|span| {
                assert!(span.events.is_empty() && span.links.is_empty());
                Span {
                    process: process["palier.roles"].clone(),
                    trace: hex(&span.trace_id),
                    id: hex(&span.span_id),
                    parent: hex(&span.parent_span_id),
                    name: span.name,
                    attributes: labels(span.attributes),
                }
            }));
        }
        self.more.notify_waiters();
        Ok(Response::new(ExportTraceServiceResponse::default()))
    }
}

#[tonic::async_trait]
impl MetricsService for Receiver {
    async fn export(
        &self,
        request: Request<ExportMetricsServiceRequest>,
    ) -> Result<Response<ExportMetricsServiceResponse>, Status> {
        let told = request.into_inner();
        let mut kept = self.kept.lock().unwrap();
        kept.bytes.extend(told.encode_to_vec());
        for resource in told.resource_metrics {
            let process = labels(resource.resource.unwrap_or_default().attributes);
            let metrics = resource.scope_metrics.into_iter().flat_map(|it| it.metrics);
            for metric in metrics {
                for (told_apart, value) in points(metric.data) {
                    let process = process["palier.roles"].clone();
                    let place = (metric.name.clone(), process, told_apart);
                    kept.figures.insert(place, value);
                }
            }
        }
        Ok(Response::new(ExportMetricsServiceResponse::default()))
    }
}

fn points(data: Option<Data>) -> Vec<(Labels, i64)> {
    let numbers = match data {
        Some(Data::Histogram(it)) => {
            let points = it.data_points.into_iter();
            return points
                .map(|point| (labels(point.attributes), point.count.cast_signed()))
                .collect();
        }
        Some(Data::Gauge(it)) => it.data_points,
        Some(Data::Sum(it)) => it.data_points,
        other => panic!("a figure of another kind: {other:?}"),
    };
    numbers
        .into_iter()
        .map(|point| {
            let value = match point.value {
                Some(number_data_point::Value::AsInt(value)) => value,
                Some(number_data_point::Value::AsDouble(value)) => value.round() as i64,
                None => panic!("a point without a value"),
            };
            (labels(point.attributes), value)
        })
        .collect()
}
