//! What goes over a socket (the graphql-transport-ws protocol of the graphql-ws library).

use axum::extract::ws::{CloseFrame, Message};
use serde::Serialize;
use serde_json::Value as Json;
use serde_json::value::RawValue;

/// The longest id of an operation, in bytes.
const ID_AT_MOST: usize = 128;

/// Why a socket is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closed {
    /// A message that is none of the protocol's.
    Malformed,
    /// An operation before the socket was acknowledged.
    NotAcknowledged,
    /// Nobody is signed in, or no longer.
    SignedOut,
    /// Not a word in the first seconds.
    InitTimeout,
    /// A second operation under the id of one that runs.
    IdInUse,
    /// Asked twice to begin.
    InitTwice,
    /// More operations than one socket may run.
    TooMany,
    /// A message that is too long.
    TooLong,
    /// Nothing was heard for too long.
    Silent,
    /// Did not take what was sent: what it missed it gets by coming back with its last cursor.
    TooSlow,
    /// The session has a new token, which only the answer to an upgrade can carry: come back and get it.
    Renewed,
    /// The process stops; another one, or the same one later, goes on.
    Restarting,
}

impl Closed {
    /// The close code and its reason: RFC 6455 and RFC 8441's registry below 4000, the protocol's own above.
    pub(super) const fn code(self) -> (u16, &'static str) {
        match self {
            Self::Malformed => (4400, "Invalid message"),
            Self::NotAcknowledged => (4401, "Unauthorized"),
            Self::SignedOut => (4403, "Forbidden"),
            Self::InitTimeout => (4408, "Connection initialisation timeout"),
            Self::IdInUse => (4409, "Subscriber already exists"),
            Self::InitTwice => (4429, "Too many initialisation requests"),
            Self::TooMany => (1008, "Too many subscriptions"),
            Self::TooLong => (1009, "Message too long"),
            Self::Silent => (1001, "Nothing heard"),
            Self::TooSlow => (1013, "Too slow: follow again after the last cursor"),
            Self::Renewed => (1012, "Session renewed"),
            Self::Restarting => (1012, "Restarting"),
        }
    }

    /// In one word.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Malformed
            | Self::NotAcknowledged
            | Self::IdInUse
            | Self::InitTwice
            | Self::TooMany
            | Self::TooLong => "misused",
            Self::SignedOut => "signed_out",
            Self::InitTimeout | Self::Silent => "silent",
            Self::TooSlow => "slow",
            Self::Renewed => "renewed",
            Self::Restarting => "restarting",
        }
    }

    /// The frame that says so.
    pub(super) fn message(self) -> Message {
        let (code, reason) = self.code();
        Message::Close(Some(CloseFrame {
            code,
            reason: reason.into(),
        }))
    }
}

/// What a client says.
#[derive(Debug, PartialEq)]
pub(super) enum Said {
    /// Begin.
    Init,
    /// Are you there?
    Ping(Option<Json>),
    /// I am here.
    Pong,
    /// Run this operation.
    Subscribe { id: String, payload: Json },
    /// Stop that operation.
    Complete { id: String },
}

impl Said {
    /// Reads a message; none when it is not one of the protocol's.
    pub(super) fn read(text: &str) -> Option<Self> {
        let Json::Object(mut message) = serde_json::from_str(text).ok()? else {
            return None;
        };
        let payload = message.remove("payload");
        let id = |message: &mut serde_json::Map<String, Json>| match message.remove("id") {
            Some(Json::String(id)) if !id.is_empty() && id.len() <= ID_AT_MOST => Some(id),
            _ => None,
        };
        let object = || match payload.clone() {
            None | Some(Json::Null) => Some(None),
            Some(object @ Json::Object(_)) => Some(Some(object)),
            Some(_) => None,
        };
        Some(match message.get("type")?.as_str()? {
            "connection_init" => {
                object()?;
                Self::Init
            }
            "ping" => Self::Ping(object()?),
            "pong" => {
                object()?;
                Self::Pong
            }
            "subscribe" => Self::Subscribe {
                id: id(&mut message)?,
                payload: object()??,
            },
            "complete" => Self::Complete {
                id: id(&mut message)?,
            },
            _ => return None,
        })
    }
}

/// What is answered.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum Saying<'a, T: Serialize> {
    /// Begun.
    ConnectionAck,
    /// I am here.
    Pong {
        #[serde(skip_serializing_if = "Option::is_none")]
        payload: Option<Json>,
    },
    /// A result of an operation.
    Next { id: &'a str, payload: &'a RawValue },
    /// An operation that was not executed.
    Error { id: &'a str, payload: T },
    /// An operation is over.
    Complete { id: &'a str },
}

/// What is answered without a payload of ours.
pub(super) type Plain<'a> = Saying<'a, ()>;

impl<T: Serialize> Saying<'_, T> {
    /// As a frame; none when it cannot be written, which no answer of ours is.
    pub(super) fn message(&self) -> Option<Message> {
        serde_json::to_string(self)
            .ok()
            .map(|text| Message::Text(text.into()))
    }
}

/// What stands before and after the payload of a [`Saying::Next`].
pub(super) fn around_next(id: &str) -> (String, &'static str) {
    let id = Json::from(id);
    (format!(r#"{{"type":"next","id":{id},"payload":"#), "}")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn said(json: &Json) -> Option<Said> {
        Said::read(&json.to_string())
    }

    #[test]
    fn every_message_of_the_protocol_is_read() {
        assert_eq!(
            said(&json!({ "type": "connection_init" })),
            Some(Said::Init)
        );
        assert_eq!(
            said(&json!({ "type": "connection_init", "payload": {} })),
            Some(Said::Init)
        );
        assert_eq!(said(&json!({ "type": "pong" })), Some(Said::Pong));
        assert_eq!(
            said(&json!({ "type": "ping", "payload": { "a": 1 } })),
            Some(Said::Ping(Some(json!({ "a": 1 }))))
        );
        assert_eq!(
            said(&json!({ "type": "subscribe", "id": "1", "payload": { "query": "{ a }" } })),
            Some(Said::Subscribe {
                id: "1".into(),
                payload: json!({ "query": "{ a }" })
            })
        );
        assert_eq!(
            said(&json!({ "type": "complete", "id": "1" })),
            Some(Said::Complete { id: "1".into() })
        );
    }

    #[test]
    fn anything_else_is_not() {
        for text in [
            "",
            "null",
            "[]",
            "{",
            r#"{"type":1}"#,
            r#"{"type":"start","id":"1","payload":{}}"#,
            r#"{"type":"connection_init","payload":"x"}"#,
            r#"{"type":"subscribe","id":"1"}"#,
            r#"{"type":"subscribe","id":"","payload":{}}"#,
            r#"{"type":"subscribe","id":1,"payload":{}}"#,
            r#"{"type":"subscribe","payload":{}}"#,
            r#"{"type":"subscribe","id":"1","payload":"{ a }"}"#,
            r#"{"type":"complete"}"#,
        ] {
            assert_eq!(Said::read(text), None, "{text}");
        }
        let id = "x".repeat(ID_AT_MOST + 1);
        assert_eq!(said(&json!({ "type": "complete", "id": id })), None);
    }

    #[test]
    fn answers_are_written_as_the_protocol_says() {
        let text = |saying: Plain<'_>| saying.message().unwrap().into_text().unwrap().to_string();
        let payload = serde_json::value::to_raw_value(&json!({ "data": null })).unwrap();
        assert_eq!(text(Saying::ConnectionAck), r#"{"type":"connection_ack"}"#);
        assert_eq!(text(Saying::Pong { payload: None }), r#"{"type":"pong"}"#);
        assert_eq!(
            text(Saying::Next {
                id: "1",
                payload: &payload
            }),
            r#"{"type":"next","id":"1","payload":{"data":null}}"#
        );
        for id in ["1", "a \"quoted\" one,\n\u{e9}"] {
            let (before, after) = around_next(id);
            let payload = &*payload;
            assert_eq!(
                text(Saying::Next { id, payload }),
                format!("{before}{}{after}", payload.get())
            );
        }
        assert_eq!(
            text(Saying::Complete { id: "1" }),
            r#"{"type":"complete","id":"1"}"#
        );
    }
}
