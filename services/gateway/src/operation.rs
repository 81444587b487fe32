//! One GraphQL operation, over HTTP or a socket: what a client asks for, looked at before it is executed.

use std::any::Any;
use std::sync::Arc;

use async_graphql::parser::types::OperationType;
use async_graphql::{Request, Response, ServerError, Value, Variables};
use contract::{Fault, Locale};
use futures_util::Stream;
use runtime::telemetry::{self, Attribute, Measure, Outcome, Stopwatch};
use serde::Serialize;
use serde_json::Value as Json;
use serde_json::value::RawValue;

use crate::access::field_named;
use crate::admit::{Admitted, Kind, Wanted, nul_in};
use crate::alike::Key;
use crate::error::{graphql_error, present, refusal_error};
use crate::face::{Executor, Face};
use crate::visit::Visit;

/// The parameters of a request (GraphQL over HTTP, section 5.1).
#[derive(Debug)]
pub(crate) struct Asked {
    document: Document,
    operation_name: Option<String>,
    variables: Variables,
}

#[derive(Debug)]
enum Document {
    Text(String),
    Listed(String),
}

impl Asked {
    /// Reads the parameters.
    ///
    /// # Errors
    /// What is wrong with them.
    pub(crate) fn read(json: Json) -> Result<Self, Fault> {
        let malformed = |field: &'static str, message: &'static str| {
            Fault::invalid("MALFORMED", message).at(field)
        };
        let mut parameters = match json {
            Json::Object(parameters) => parameters,
            Json::Array(_) => {
                return Err(Fault::invalid(
                    "BATCH",
                    "Send one operation at a time: lists of them are not executed.",
                ));
            }
            _ => {
                return Err(Fault::invalid(
                    "MALFORMED",
                    "The body is a JSON object with the field \"query\".",
                ));
            }
        };
        let mut take = |name: &str| parameters.remove(name).unwrap_or_default();
        let operation_name = match take("operationName") {
            Json::Null => None,
            Json::String(name) => Some(name),
            _ => return Err(malformed("operationName", "\"operationName\" is a text.")),
        };
        let variables = match take("variables") {
            Json::Null => Variables::default(),
            object @ Json::Object(_) => Variables::from_json(object),
            _ => return Err(malformed("variables", "\"variables\" is an object.")),
        };
        let extensions = match take("extensions") {
            Json::Null => None,
            Json::Object(extensions) => Some(extensions),
            _ => return Err(malformed("extensions", "\"extensions\" is an object.")),
        };
        let listed = || {
            let hash = extensions?
                .get("persistedQuery")?
                .get("sha256Hash")?
                .as_str()?
                .to_owned();
            Some(hash)
        };
        let document = match (take("query"), take("documentId")) {
            (Json::String(text), Json::Null) => Document::Text(text),
            (Json::Null, Json::String(id)) => Document::Listed(id),
            (Json::Null, Json::Null) => Document::Listed(listed().ok_or_else(|| {
                malformed(
                    "query",
                    "\"query\" is missing: a GraphQL document, or \"documentId\".",
                )
            })?),
            (_, Json::Null) => return Err(malformed("query", "\"query\" is a text.")),
            _ => {
                return Err(malformed(
                    "documentId",
                    "\"documentId\" is a text, without \"query\".",
                ));
            }
        };
        Ok(Self {
            document,
            operation_name,
            variables,
        })
    }

    /// Looks at the document, and takes a token for what it is: what comes out may be executed.
    ///
    /// # Errors
    /// The answer that says why not.
    pub(crate) async fn admit(self, face: Face, visit: &Arc<Visit>) -> Result<Ready, Answer> {
        let refused = |fault: Fault| Answer::fault(&fault, &visit.trace);
        visit.take(Kind::Query).await.map_err(refused)?;
        let is_text = matches!(self.document, Document::Text(_));
        let wanted = match &self.document {
            Document::Text(text) => Wanted::Text(text),
            Document::Listed(id) => Wanted::Listed(id),
        };
        let admitted = visit
            .edge
            .library
            .admit(wanted)
            .map_err(|refusal| Answer::refused(refusal_error(&refusal, &visit.trace)))?;
        if let Some(path) = nul_in(&self.variables) {
            let message = "A text must not have the character U+0000.";
            return Err(refused(Fault::invalid("NUL_CHARACTER", message).at(path)));
        }
        let operation = self.operation_name.as_deref();
        if let Some(missing) = admitted.missing_variable(operation, &self.variables) {
            let message = format!("The variable {missing} is missing.");
            return Err(refused(Fault::invalid("VARIABLE_MISSING", message)));
        }
        let kind = admitted.kind(operation);
        if telemetry::current().is_some()
            && let Some(root) = admitted.only_root(operation)
            && let Some(field) = field_named(face, root.name.node.as_str())
        {
            telemetry::mark_here(Attribute::Operation(field));
        }
        if kind == Some(OperationType::Mutation) {
            visit.take(Kind::Mutation).await.map_err(refused)?;
        }
        // The app's own documents are weighed as they are, whoever sends them: they ask who is signed in and what hangs on
        // their board in one question.
        let is_open = is_text && kind == Some(OperationType::Query) && visit.signed().is_none();
        Ok(Ready {
            executor: face.executor(&visit.edge, is_open),
            operation_name: self.operation_name,
            variables: self.variables,
            kind,
            admitted,
        })
    }
}

/// An operation that may be executed, once or again and again.
pub(crate) struct Ready {
    /// What kind of operation; none when the document has none of that name.
    pub kind: Option<OperationType>,
    admitted: Arc<Admitted>,
    operation_name: Option<String>,
    variables: Variables,
    executor: Executor,
}

impl Ready {
    /// The name of its root field, where it has one only.
    pub(crate) fn only_root(&self) -> Option<&str> {
        let root = self.admitted.only_root(self.operation_name.as_deref())?;
        Some(root.name.node.as_str())
    }

    /// Under what its answer may be kept, if that turns out to be the same for every member.
    pub(crate) fn key(&self, locale: Locale) -> Option<Key> {
        let operation = self.operation_name.as_deref();
        Key::of(self.admitted.id(), operation, locale, self.variables.iter())
    }

    /// Under what that may be kept which stands below its root field, whatever the root field's own arguments.
    pub(crate) fn key_below_root(&self, locale: Locale) -> Option<Key> {
        let operation = self.operation_name.as_deref();
        let used = self
            .admitted
            .used_below(self.admitted.only_root(operation)?);
        let variables = self
            .variables
            .iter()
            .filter(|(name, _)| used.contains(*name));
        Key::of(self.admitted.id(), operation, locale, variables)
    }

    /// Executes it, with more for its resolvers to find.
    pub(crate) fn run<T: Any + Send + Sync>(
        &self,
        visit: &Arc<Visit>,
        more: T,
    ) -> impl Stream<Item = Response> + Send + use<T> {
        let request = self.request(visit, self.variables.clone());
        self.executor.execute_stream(request.data(more))
    }

    /// Executes it once.
    pub(crate) async fn execute(self, visit: &Arc<Visit>) -> Answer {
        let watch = Stopwatch::start();
        let request = self.request(visit, self.variables.clone());
        let answer = Answer::of(self.executor.execute(request).await, &visit.trace);
        watch.stop(|took| Measure::Executed {
            kind: match self.kind {
                Some(OperationType::Mutation) => "mutation",
                _ => "query",
            },
            outcome: answer.outcome(),
            took,
        });
        answer
    }

    fn request(&self, visit: &Arc<Visit>, variables: Variables) -> Request {
        // What is executed was parsed already; the text is there for nobody.
        let mut request = Request::new(String::new())
            .variables(variables)
            .data(visit.clone());
        request.operation_name.clone_from(&self.operation_name);
        request.set_parsed_query(self.admitted.document());
        request
    }
}

/// What came of an operation, as clients read it: errors first, so that they are seen.
#[derive(Serialize)]
pub(crate) struct Answer {
    #[serde(skip_serializing_if = "Vec::is_empty")]
    errors: Vec<ServerError>,
    #[serde(skip_serializing_if = "Option::is_none")]
    data: Option<Value>,
    #[serde(skip)]
    retry_at_ms: Option<i64>,
}

impl Answer {
    /// An operation that was not executed: errors and no data.
    pub(crate) fn refused(error: ServerError) -> Self {
        Self {
            errors: vec![error],
            data: None,
            retry_at_ms: None,
        }
    }

    /// The same, for a fault.
    pub(crate) fn fault(fault: &Fault, trace: &str) -> Self {
        Self {
            retry_at_ms: fault.retry_at_ms,
            ..Self::refused(graphql_error(fault, trace))
        }
    }

    /// What the executor answered. An error without a path is one of the request: nothing was executed.
    pub(crate) fn of(response: Response, trace: &str) -> Self {
        let executed = response.errors.is_empty()
            || response.data != Value::Null
            || response.errors.iter().any(|error| !error.path.is_empty());
        Self {
            errors: response
                .errors
                .into_iter()
                .map(|error| present(error, trace))
                .collect(),
            data: executed.then_some(response.data),
            retry_at_ms: None,
        }
    }

    /// When it makes sense to ask again, where the operation was not executed because that was too often.
    pub(crate) const fn retry_at_ms(&self) -> Option<i64> {
        self.retry_at_ms
    }

    /// What came of it: that of its first error.
    pub(crate) fn outcome(&self) -> Outcome {
        let Some(error) = self.errors.first() else {
            return Outcome::Done;
        };
        let code = error.extensions.as_ref().and_then(|it| it.get("code"));
        match code {
            Some(Value::String(code)) => Outcome::of(code),
            _ => Outcome::Internal,
        }
    }

    /// As JSON that is sent as it is.
    ///
    /// # Errors
    /// The answer that says that it cannot be written, which no answer of ours is.
    pub(crate) fn payload(&self, trace: &str) -> Result<Arc<RawValue>, Self> {
        match serde_json::value::to_raw_value(self) {
            Ok(payload) => Ok(payload.into()),
            Err(_) => Err(Self::fault(&Fault::internal(), trace)),
        }
    }

    /// Whether anything was executed.
    pub(crate) const fn is_executed(&self) -> bool {
        self.data.is_some()
    }

    /// Whether there is something to show.
    pub(crate) fn has_data(&self) -> bool {
        self.data.as_ref().is_some_and(|data| *data != Value::Null)
    }

    /// The errors.
    pub(crate) fn errors(&self) -> &[ServerError] {
        &self.errors
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn field(json: Json) -> Option<String> {
        let fault = Asked::read(json).unwrap_err();
        fault.field.map(std::borrow::Cow::into_owned)
    }

    #[test]
    fn parameters_have_their_types_and_null_is_absent() {
        let nothing = json!({ "query": "{ a }", "variables": null, "operationName": null, "extensions": null });
        assert!(Asked::read(nothing).is_ok());
        for value in [json!("x"), json!(0), json!(false), json!(["x"])] {
            for name in ["variables", "extensions"] {
                assert_eq!(
                    field(json!({ "query": "{ a }", name: value })).unwrap(),
                    name
                );
            }
        }
        for value in [json!({}), json!(0), json!(false), json!(["x"])] {
            assert_eq!(field(json!({ "query": value })).unwrap(), "query");
            let name = "operationName";
            assert_eq!(
                field(json!({ "query": "{ a }", name: value })).unwrap(),
                name
            );
        }
        assert_eq!(field(json!({ "qeury": "{ a }" })).unwrap(), "query");
        assert_eq!(field(json!("{ a }")), None);
    }

    #[test]
    fn lists_of_operations_are_refused() {
        let fault = Asked::read(json!([{ "query": "{ a }" }])).unwrap_err();
        assert_eq!(fault.code, "BATCH");
    }

    #[test]
    fn a_document_may_be_named_in_two_ways() {
        for json in [
            json!({ "documentId": "sha256:abc" }),
            json!({ "extensions": { "persistedQuery": { "version": 1, "sha256Hash": "abc" } } }),
        ] {
            assert!(
                matches!(Asked::read(json).unwrap().document, Document::Listed(id) if id.ends_with("abc"))
            );
        }
        assert!(Asked::read(json!({ "query": "{ a }", "documentId": "abc" })).is_err());
    }
}
