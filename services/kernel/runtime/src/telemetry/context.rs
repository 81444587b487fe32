//! Where in a trace something happens, and what set it going: what is handed on to whoever goes on with it.

/// A step of a trace, as others are told of it (W3C Trace Context). Random numbers and a bit: nothing of anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TraceContext {
    pub(super) trace: [u8; 16],
    pub(super) step: [u8; 8],
    pub(super) sampled: bool,
}

/// The name of the header and of the gRPC metadata that carries a [`TraceContext`].
pub const TRACEPARENT: &str = "traceparent";

impl TraceContext {
    /// From a `traceparent` of version 00; none where it is not exactly as the recommendation spells it.
    pub fn from_traceparent(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (version, trace, step, flags) =
            (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
        let [flags] = from_hex(flags)?;
        let context = Self {
            trace: from_hex(trace)?,
            step: from_hex(step)?,
            sampled: flags & 1 == 1,
        };
        let is_known = version == "00" && parts.next().is_none();
        let is_empty = context.trace == [0; 16] || context.step == [0; 8];
        (is_known && !is_empty).then_some(context)
    }

    /// As a `traceparent`.
    pub fn traceparent(&self) -> String {
        let (trace, step) = (hex::encode(self.trace), hex::encode(self.step));
        format!("00-{trace}-{step}-{:02x}", u8::from(self.sampled))
    }

    /// The id of the whole trace: 32 hexadecimal digits.
    pub fn trace_id(&self) -> String {
        hex::encode(self.trace)
    }

    /// Whether the trace is told to the receiver.
    pub const fn is_sampled(&self) -> bool {
        self.sampled
    }
}

/// Lowercase digits alone: capitals are another spelling of the same, and the recommendation has one.
fn from_hex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let is_plain = text.bytes().all(|byte| !byte.is_ascii_uppercase());
    let mut bytes = [0; N];
    (is_plain && text.len() == 2 * N && hex::decode_to_slice(text, &mut bytes).is_ok())
        .then_some(bytes)
}

/// What set something going that happens later or elsewhere: in which trace, and since when it is on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cause {
    /// The step that told.
    pub context: TraceContext,
    /// When it was told first, in milliseconds since 1970: what follows from what was heard keeps that moment.
    pub since_ms: i64,
}

impl Cause {
    /// How many bytes it takes.
    pub const BYTES: usize = 33;

    /// As it is kept in an outbox and travels between processes: trace, step, flags, moment.
    pub fn to_bytes(&self) -> [u8; Self::BYTES] {
        let mut bytes = [0; Self::BYTES];
        bytes[..16].copy_from_slice(&self.context.trace);
        bytes[16..24].copy_from_slice(&self.context.step);
        bytes[24] = u8::from(self.context.sampled);
        bytes[25..].copy_from_slice(&self.since_ms.to_be_bytes());
        bytes
    }

    /// What was kept or travelled; none where it is not of this version's making.
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (trace, rest) = bytes.split_first_chunk()?;
        let (step, rest) = rest.split_first_chunk()?;
        let ([flags], rest) = rest.split_first_chunk()?;
        Some(Self {
            context: TraceContext {
                trace: *trace,
                step: *step,
                sampled: flags & 1 == 1,
            },
            since_ms: i64::from_be_bytes(rest.try_into().ok()?),
        })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const GOOD: &str = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    #[test]
    fn a_traceparent_is_read_and_written_as_the_recommendation_spells_it() {
        let context = TraceContext::from_traceparent(GOOD).unwrap();
        assert_eq!(context.traceparent(), GOOD);
        assert_eq!(context.trace_id(), "0af7651916cd43dd8448eb211c80319c");
        assert!(context.is_sampled());
        let unsampled = GOOD.replace("-01", "-00");
        assert!(
            !TraceContext::from_traceparent(&unsampled)
                .unwrap()
                .is_sampled()
        );
    }

    #[test]
    fn whatever_else_is_sent_is_none() {
        for other in [
            "",
            "00",
            &GOOD.to_uppercase(),
            &GOOD.replace("00-", "ff-"),
            &GOOD.replace("00-", "01-"),
            &format!("{GOOD}-00"),
            &format!("{GOOD} "),
            &GOOD.replace("0af7", "0xf7"),
            &GOOD.replace("0af7", "0a"),
            "00-00000000000000000000000000000000-b7ad6b7169203331-01",
            "00-0af7651916cd43dd8448eb211c80319c-0000000000000000-01",
            "00-0af7651916cd43dd8448eb211c80319é-b7ad6b7169203331-01",
        ] {
            assert_eq!(TraceContext::from_traceparent(other), None, "{other}");
        }
    }

    proptest! {
        #[test]
        fn a_cause_travels_whole(trace: [u8; 16], step: [u8; 8], sampled: bool, since_ms: i64) {
            let cause = Cause { context: TraceContext { trace, step, sampled }, since_ms };
            prop_assert_eq!(Cause::from_bytes(&cause.to_bytes()), Some(cause));
            prop_assert_eq!(Cause::from_bytes(&cause.to_bytes()[1..]), None);
        }

        #[test]
        fn no_text_is_too_strange_to_be_read(text: String) {
            prop_assert_eq!(TraceContext::from_traceparent(&text), None);
        }
    }
}
