//! What is measured, and how it becomes a figure.

use std::time::Duration;

use opentelemetry::KeyValue;
use opentelemetry::metrics::{Counter, Gauge, Histogram, Meter, UpDownCounter};

use super::figure::{Declared, Figure, Kind};
use super::layer::Telemetry;
use super::step::Outcome;

/// One thing measured. What it is told apart by is written in our sources, never received.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Measure {
    /// A request was answered.
    Answered {
        /// What was asked for.
        route: &'static str,
        /// What came of it.
        outcome: Outcome,
        /// How long it took.
        took: Duration,
    },
    /// An operation of the schema was executed.
    Executed {
        /// Query or mutation.
        kind: &'static str,
        /// What came of it.
        outcome: Outcome,
        /// How long it took.
        took: Duration,
    },
    /// Somebody asked too often.
    Limited(&'static str),
    /// Somebody was let in by an edge that counts alone, though others count too.
    RateAlone,
    /// A socket was opened.
    SocketOpened,
    /// A socket ended, and why.
    SocketEnded(&'static str),
    /// An event was acted on.
    Heard {
        /// Who told.
        stream: &'static str,
        /// Who acted.
        consumer: &'static str,
        /// What was told.
        event: &'static str,
        /// Since it was committed.
        delay: Duration,
    },
    /// An event could not be acted on then.
    Unheard {
        /// Who told.
        stream: &'static str,
        /// Who did not act.
        consumer: &'static str,
    },
    /// One who follows was told, so long after the commit.
    Pushed(Duration),
    /// So many events of a stream wait.
    OutboxDepth(&'static str, i64),
    /// The oldest event of a stream waits for so long.
    OutboxAge(&'static str, Duration),
    /// A signal was not sent.
    SignalLost,
    /// A role answered.
    Called {
        /// Which one.
        role: &'static str,
        /// What came of it.
        outcome: Outcome,
        /// How long it took.
        took: Duration,
    },
    /// A process of a role had too much to do.
    Shed(&'static str),
    /// A call to a role was made again.
    Repeated(&'static str),
    /// A notice was deleted, so long after its end.
    Expired(Duration),
    /// A role has deleted what is over.
    Swept {
        /// Which one.
        role: &'static str,
        /// What came of it.
        outcome: Outcome,
        /// How long it took.
        took: Duration,
    },
    /// So many mails wait.
    MailsWaiting(i64),
    /// What came of an attempt to send a mail: `sent`, `waits`, `given_up`.
    Mail(&'static str),
    /// Work waits for memory.
    HeavyWaits,
    /// Work waited for memory, for so long.
    HeavyWaited(Duration),
    /// Whether the process is ready.
    Ready(bool),
    /// So many bytes are held.
    Memory(u64),
}

/// How much.
enum Amount {
    Seconds(Duration),
    One,
    Change(i64),
    Whole(i64),
}

impl Measure {
    /// The figures it counts in, how much, and what they are told apart by.
    fn counts(self) -> (Figure, Amount, Vec<KeyValue>) {
        use Amount::{Change, One, Seconds, Whole};
        let apart = |figure: Figure, values: &[&'static str]| {
            let labels = figure.declared().labels.iter();
            let told = labels.zip(values);
            told.map(|(label, value)| KeyValue::new(*label, *value))
                .collect()
        };
        let (figure, amount, values): (_, _, &[&'static str]) = match self {
            Self::Answered {
                route,
                outcome,
                took,
            } => (
                Figure::RequestDuration,
                Seconds(took),
                &[route, outcome.name()],
            ),
            Self::Executed {
                kind,
                outcome,
                took,
            } => (
                Figure::OperationDuration,
                Seconds(took),
                &[kind, outcome.name()],
            ),
            Self::Limited(limit) => (Figure::Limited, One, &[limit]),
            Self::RateAlone => (Figure::RatesAlone, One, &[]),
            Self::SocketOpened => (Figure::Sockets, Change(1), &[]),
            Self::SocketEnded(why) => (Figure::SocketsEnded, One, &[why]),
            Self::Heard {
                stream,
                consumer,
                event,
                delay,
            } => (
                Figure::EventDelay,
                Seconds(delay),
                &[stream, consumer, event],
            ),
            Self::Unheard { stream, consumer } => (Figure::EventFailures, One, &[stream, consumer]),
            Self::Pushed(delay) => (Figure::PushDelay, Seconds(delay), &[]),
            Self::OutboxDepth(stream, count) => (Figure::OutboxDepth, Whole(count), &[stream]),
            Self::OutboxAge(stream, age) => (Figure::OutboxAge, Seconds(age), &[stream]),
            Self::SignalLost => (Figure::SignalsLost, One, &[]),
            Self::Called {
                role,
                outcome,
                took,
            } => (Figure::CallDuration, Seconds(took), &[role, outcome.name()]),
            Self::Shed(role) => (Figure::CallsShed, One, &[role]),
            Self::Repeated(role) => (Figure::CallsRepeated, One, &[role]),
            Self::Expired(late) => (Figure::ExpiryLateness, Seconds(late), &[]),
            Self::Swept {
                role,
                outcome,
                took,
            } => (
                Figure::SweepDuration,
                Seconds(took),
                &[role, outcome.name()],
            ),
            Self::MailsWaiting(count) => (Figure::MailsWaiting, Whole(count), &[]),
            Self::Mail(outcome) => (Figure::Mails, One, &[outcome]),
            Self::HeavyWaits => (Figure::HeavyWaiting, Change(1), &[]),
            Self::HeavyWaited(wait) => (Figure::HeavyWait, Seconds(wait), &[]),
            Self::Ready(ready) => (Figure::Ready, Whole(ready.into()), &[]),
            Self::Memory(bytes) => (
                Figure::Memory,
                Whole(i64::try_from(bytes).unwrap_or(i64::MAX)),
                &[],
            ),
        };
        (figure, amount, apart(figure, values))
    }
}

/// Measures something, where figures are exported.
pub fn measure(measure: Measure) {
    Telemetry::current(|telemetry| telemetry.meters.count(measure));
}

/// Whether figures are exported: for what takes more than to count it.
pub fn is_measured() -> bool {
    Telemetry::current(|_| ()).is_some()
}

/// How long something takes, where that is measured.
#[derive(Clone, Copy, Debug)]
pub struct Stopwatch(Option<Duration>);

impl Stopwatch {
    /// From now on.
    pub fn start() -> Self {
        Self(Telemetry::current(Telemetry::now))
    }

    /// Measures what took from the start until now.
    pub fn stop(self, measured: impl FnOnce(Duration) -> Measure) {
        if let Some(began) = self.0 {
            Telemetry::current(|telemetry| {
                let took = telemetry.now().saturating_sub(began);
                telemetry.meters.count(measured(took));
            });
        }
    }
}

/// The bounds of durations, in seconds: from an answer out of memory to an hour of waiting.
const BOUNDS: [f64; 18] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0,
    300.0, 1_800.0, 3_600.0,
];

enum Instrument {
    Histogram(Histogram<f64>),
    Counter(Counter<u64>),
    UpDownCounter(UpDownCounter<i64>),
    Gauge(Gauge<f64>),
}

impl Instrument {
    fn of(declared: Declared, meter: &Meter) -> Self {
        let Declared {
            name,
            kind,
            unit,
            means,
            ..
        } = declared;
        match kind {
            Kind::Histogram => Self::Histogram(
                meter
                    .f64_histogram(name)
                    .with_unit(unit)
                    .with_description(means)
                    .with_boundaries(BOUNDS.to_vec())
                    .build(),
            ),
            Kind::Counter => Self::Counter(
                meter
                    .u64_counter(name)
                    .with_unit(unit)
                    .with_description(means)
                    .build(),
            ),
            Kind::UpDownCounter => Self::UpDownCounter(
                meter
                    .i64_up_down_counter(name)
                    .with_unit(unit)
                    .with_description(means)
                    .build(),
            ),
            Kind::Gauge => Self::Gauge(
                meter
                    .f64_gauge(name)
                    .with_unit(unit)
                    .with_description(means)
                    .build(),
            ),
        }
    }
}

/// The figures of a process.
pub(super) struct Meters(Vec<Instrument>);

impl Meters {
    /// Every figure, in its place.
    pub(super) fn on(meter: &Meter) -> Self {
        Self(
            Figure::all()
                .map(|figure| Instrument::of(figure.declared(), meter))
                .collect(),
        )
    }

    fn count(&self, measure: Measure) {
        match measure {
            Measure::SocketEnded(_) => self.add(Figure::Sockets, Amount::Change(-1), &[]),
            Measure::HeavyWaited(_) => self.add(Figure::HeavyWaiting, Amount::Change(-1), &[]),
            _ => {}
        }
        let (figure, amount, labels) = measure.counts();
        self.add(figure, amount, &labels);
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "counts and bytes of one process are far below 2^52"
    )]
    fn add(&self, figure: Figure, amount: Amount, labels: &[KeyValue]) {
        match (&self.0[figure as usize], amount) {
            (Instrument::Histogram(it), Amount::Seconds(took)) => {
                it.record(took.as_secs_f64(), labels);
            }
            (Instrument::Counter(it), Amount::One) => it.add(1, labels),
            (Instrument::UpDownCounter(it), Amount::Change(by)) => it.add(by, labels),
            (Instrument::Gauge(it), Amount::Whole(count)) => it.record(count as f64, labels),
            (Instrument::Gauge(it), Amount::Seconds(age)) => it.record(age.as_secs_f64(), labels),
            _ => debug_assert!(false, "{figure:?} is not added up like this"),
        }
    }
}

#[cfg(test)]
mod tests {
    use opentelemetry::metrics::MeterProvider;
    use opentelemetry_sdk::metrics::SdkMeterProvider;

    use super::*;

    /// One of each kind.
    const MEASURES: [Measure; 23] = [
        Measure::Answered {
            route: "page",
            outcome: Outcome::Done,
            took: Duration::ZERO,
        },
        Measure::Executed {
            kind: "query",
            outcome: Outcome::Done,
            took: Duration::ZERO,
        },
        Measure::Limited("QUERIES"),
        Measure::RateAlone,
        Measure::SocketOpened,
        Measure::SocketEnded("gone"),
        Measure::Heard {
            stream: "posts",
            consumer: "feeds",
            event: "post_gone",
            delay: Duration::ZERO,
        },
        Measure::Unheard {
            stream: "posts",
            consumer: "feeds",
        },
        Measure::Pushed(Duration::ZERO),
        Measure::OutboxDepth("posts", 1),
        Measure::OutboxAge("posts", Duration::ZERO),
        Measure::SignalLost,
        Measure::Called {
            role: "feeds",
            outcome: Outcome::Done,
            took: Duration::ZERO,
        },
        Measure::Shed("feeds"),
        Measure::Repeated("feeds"),
        Measure::Expired(Duration::ZERO),
        Measure::Swept {
            role: "feeds",
            outcome: Outcome::Done,
            took: Duration::ZERO,
        },
        Measure::MailsWaiting(1),
        Measure::Mail("sent"),
        Measure::HeavyWaits,
        Measure::HeavyWaited(Duration::ZERO),
        Measure::Ready(true),
        Measure::Memory(1),
    ];

    #[test]
    fn every_measure_counts_in_a_figure_of_its_own_as_that_is_added_up() {
        let meters = Meters::on(&SdkMeterProvider::builder().build().meter("test"));
        for (measure, figure) in MEASURES.into_iter().zip(Figure::all()) {
            let (counted, _, labels) = measure.counts();
            let told: Vec<&str> = labels.iter().map(|label| label.key.as_str()).collect();
            assert_eq!(told, counted.declared().labels, "{measure:?}");
            meters.count(measure);
            assert_eq!(counted, figure, "{measure:?}");
        }
    }
}
