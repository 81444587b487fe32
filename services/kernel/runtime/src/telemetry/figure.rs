//! Every figure there is: what it is called, what it means and in which unit. docs/operate/telemetry.md lists the same.

/// A figure, one for each promise that can be watched while a board runs. Of people none counts anything smaller than the
/// whole process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Figure {
    /// How long a request took.
    RequestDuration,
    /// How long an operation of the schema took.
    OperationDuration,
    /// Who was told to come back later.
    Limited,
    /// Who was let in by an edge that counted alone.
    RatesAlone,
    /// Sockets that are open.
    Sockets,
    /// Sockets that ended.
    SocketsEnded,
    /// From the commit until whoever hears of it has acted.
    EventDelay,
    /// Events that could not be acted on then.
    EventFailures,
    /// From the commit until one who follows has it.
    PushDelay,
    /// Events that not everybody has heard.
    OutboxDepth,
    /// For how long the oldest of them has waited.
    OutboxAge,
    /// Signals that were not sent on.
    SignalsLost,
    /// How long a role took to answer.
    CallDuration,
    /// Calls that a process sent away because it had too much to do.
    CallsShed,
    /// Calls that were made once more.
    CallsRepeated,
    /// From a notice's end until it was deleted.
    ExpiryLateness,
    /// How long a round of deleting took.
    SweepDuration,
    /// Mails that wait.
    MailsWaiting,
    /// Attempts to send a mail.
    Mails,
    /// Pictures and passwords that wait for memory.
    HeavyWaiting,
    /// For how long one waited.
    HeavyWait,
    /// Whether all that the process depends on answers.
    Ready,
    /// Memory that the process holds.
    Memory,
}

/// How a figure is added up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Durations, each counted among those up to a bound.
    Histogram,
    /// Goes up alone.
    Counter,
    /// Goes up and down.
    UpDownCounter,
    /// Is what it was when it was looked at.
    Gauge,
}

/// What is said of a figure where it is collected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Declared {
    /// As OpenTelemetry writes names.
    pub name: &'static str,
    /// How it is added up.
    pub kind: Kind,
    /// As UCUM writes units.
    pub unit: &'static str,
    /// What it is told apart by.
    pub labels: &'static [&'static str],
    /// In one line.
    pub means: &'static str,
}

const fn declared(
    name: &'static str,
    kind: Kind,
    unit: &'static str,
    labels: &'static [&'static str],
    means: &'static str,
) -> Declared {
    Declared {
        name,
        kind,
        unit,
        labels,
        means,
    }
}

impl Figure {
    /// Every one of them.
    pub fn all() -> impl Iterator<Item = Self> {
        DECLARED.iter().map(|(figure, _)| *figure)
    }

    /// What is said of it.
    pub const fn declared(self) -> Declared {
        DECLARED[self as usize].1
    }
}

use Kind::{Counter, Gauge, Histogram, UpDownCounter};

/// In the order in which they are named above.
const DECLARED: [(Figure, Declared); 23] = [
    (
        Figure::RequestDuration,
        declared(
            "palier.request.duration",
            Histogram,
            "s",
            &["route", "outcome"],
            "from a request's head until its answer was ready",
        ),
    ),
    (
        Figure::OperationDuration,
        declared(
            "palier.operation.duration",
            Histogram,
            "s",
            &["kind", "outcome"],
            "how long executing a query or a mutation took; the outcome is that of its first error",
        ),
    ),
    (
        Figure::Limited,
        declared(
            "palier.limited",
            Counter,
            "{refusal}",
            &["limit"],
            "who asked too often and was told when to come back",
        ),
    ),
    (
        Figure::RatesAlone,
        declared(
            "palier.rates.alone",
            Counter,
            "{admission}",
            &[],
            "who was let in by an edge that counted alone, since Redis did not answer it in time",
        ),
    ),
    (
        Figure::Sockets,
        declared(
            "palier.sockets",
            UpDownCounter,
            "{socket}",
            &[],
            "sockets that are open",
        ),
    ),
    (
        Figure::SocketsEnded,
        declared(
            "palier.sockets.ended",
            Counter,
            "{socket}",
            &["why"],
            "sockets that ended; \"slow\" were cut because nobody read them",
        ),
    ),
    (
        Figure::EventDelay,
        declared(
            "palier.event.delay",
            Histogram,
            "s",
            &["stream", "consumer", "event"],
            "from the commit until a part of the board has acted on it",
        ),
    ),
    (
        Figure::EventFailures,
        declared(
            "palier.event.failures",
            Counter,
            "{event}",
            &["stream", "consumer"],
            "events that a part of the board could not act on then; they are told again",
        ),
    ),
    (
        Figure::PushDelay,
        declared(
            "palier.push.delay",
            Histogram,
            "s",
            &[],
            "from the commit until one who follows has been told over a socket",
        ),
    ),
    (
        Figure::OutboxDepth,
        declared(
            "palier.outbox.depth",
            Gauge,
            "{event}",
            &["stream"],
            "events that not everybody has acted on yet",
        ),
    ),
    (
        Figure::OutboxAge,
        declared(
            "palier.outbox.age",
            Gauge,
            "s",
            &["stream"],
            "for how long the oldest of them has waited",
        ),
    ),
    (
        Figure::SignalsLost,
        declared(
            "palier.signals.lost",
            Counter,
            "{signal}",
            &[],
            "signals that were not sent to other processes; who follows looks after a second all the same",
        ),
    ),
    (
        Figure::CallDuration,
        declared(
            "palier.call.duration",
            Histogram,
            "s",
            &["role", "outcome"],
            "from asking a part of the board until it answers",
        ),
    ),
    (
        Figure::CallsShed,
        declared(
            "palier.calls.shed",
            Counter,
            "{call}",
            &["role"],
            "calls that a process sent on to another because it had too much to do",
        ),
    ),
    (
        Figure::CallsRepeated,
        declared(
            "palier.calls.repeated",
            Counter,
            "{call}",
            &["role"],
            "calls that were lost on the way and made again",
        ),
    ),
    (
        Figure::ExpiryLateness,
        declared(
            "palier.expiry.lateness",
            Histogram,
            "s",
            &[],
            "from the end of a notice until it was deleted",
        ),
    ),
    (
        Figure::SweepDuration,
        declared(
            "palier.sweep.duration",
            Histogram,
            "s",
            &["role", "outcome"],
            "how long a round of deleting what is over took",
        ),
    ),
    (
        Figure::MailsWaiting,
        declared(
            "palier.mails.waiting",
            Gauge,
            "{mail}",
            &[],
            "mails that have not left yet",
        ),
    ),
    (
        Figure::Mails,
        declared(
            "palier.mails",
            Counter,
            "{mail}",
            &["outcome"],
            "attempts to send a mail: sent, waits, or given up",
        ),
    ),
    (
        Figure::HeavyWaiting,
        declared(
            "palier.heavy.waiting",
            UpDownCounter,
            "{work}",
            &[],
            "pictures and passwords that wait for their share of memory",
        ),
    ),
    (
        Figure::HeavyWait,
        declared(
            "palier.heavy.wait",
            Histogram,
            "s",
            &[],
            "for how long a picture or a password waited for its share of memory",
        ),
    ),
    (
        Figure::Ready,
        declared(
            "palier.ready",
            Gauge,
            "{ready}",
            &[],
            "1 while all that the process depends on answers and what is over was deleted lately, else 0",
        ),
    ),
    (
        Figure::Memory,
        declared(
            "palier.memory",
            Gauge,
            "By",
            &[],
            "memory that the process holds (on Linux)",
        ),
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_is_declared_in_its_place_under_a_name_of_its_own() {
        let mut names = std::collections::BTreeSet::new();
        for (at, figure) in Figure::all().enumerate() {
            assert_eq!(figure as usize, at, "{figure:?}");
            assert!(names.insert(figure.declared().name), "{figure:?}");
        }
    }
}
