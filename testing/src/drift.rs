//! Reports parts of responses that declarations do not know.

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Mutex};

use declapi::{ApiClient, Body, Client, EndpointInfo, Hook, HookFuture, JsonKind, Next, PreparedRequest};
use http::Response;
use http::header::{ACCEPT, CONTENT_TYPE};
use serde_json::Value;

use crate::call::collect;
use crate::redact;
use crate::stub::lock;

/// A hook that collects the parts of responses that no declaration knows: unknown fields, and values that an open enum
/// does not list.
///
/// A client reads such responses without an error. Use this hook in tests or in a separate program to find out what the
/// API has added since the declarations were written. Clones collect into the same report.
///
/// The hook reads the JSON of successful responses, down to the fields of each `#[response]`. It does not look into
/// secret fields and into types that do not implement [`Describe`](declapi::Describe). An `alias` of serde counts as
/// unknown.
///
/// ```
/// use declapi::{Body, Client, endpoint, http, response};
/// use declapi_test::Drift;
///
/// declapi::open_enum! {
///     /// Whether a note can be seen.
///     pub enum Access {
///         /// Everyone.
///         Public = "public",
///     }
/// }
///
/// /// A note.
/// #[response]
/// pub struct Note {
///     /// Who may see it.
///     pub access: Option<Access>,
/// }
///
/// /// Lists notes.
/// #[endpoint(get = "/notes", response = Vec<Note>)]
/// pub struct ListNotes;
///
/// # async fn example() -> Result<(), declapi::Error> {
/// let drift = Drift::new();
/// let server = |_: http::Request<Body>| async {
///     Ok(http::Response::new(Body::from(r#"[{"access": "team", "color": "red"}]"#)))
/// };
/// let notes = Client::builder("https://api.example.com").transport(server).hook(drift.clone()).build()?;
/// notes.list_notes().send().await?;
/// assert_eq!(
///     drift.to_string(),
///     "GET /notes (ListNotes): `[].access` has the value \"team\", which the enum does not list\n\
///      GET /notes (ListNotes): `[].color` is a field that no declaration names\n"
/// );
/// # Ok(())
/// # }
/// # tokio::runtime::Runtime::new().unwrap().block_on(example()).unwrap();
/// ```
#[derive(Clone, Debug)]
pub struct Drift {
    /// The envelope of the client.
    envelope: &'static str,
    findings: Arc<Mutex<BTreeSet<Finding>>>,
}

/// An unknown part of a response, once for each endpoint.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[non_exhaustive]
pub struct Finding {
    /// The method, the path and the name of the endpoint.
    pub endpoint: String,
    /// The path in the response, for example `results[].owner.plan`.
    pub at: String,
    /// The value that the enum does not list; `None` for an unknown field.
    pub value: Option<String>,
}

impl Drift {
    /// Creates an empty report, for clients whose declaration has no envelope.
    pub fn new() -> Self {
        Self::of::<Client>()
    }

    /// Creates an empty report for a client type, whose declaration may have an envelope.
    pub fn of<C: ApiClient>() -> Self {
        Self { envelope: C::INFO.envelope().unwrap_or_default(), findings: Arc::default() }
    }

    /// Returns the findings so far, grouped by endpoint.
    pub fn findings(&self) -> Vec<Finding> {
        lock(&self.findings).iter().cloned().collect()
    }

    /// Fails the test if there are findings.
    ///
    /// # Panics
    ///
    /// There are findings. The message is the whole report.
    #[track_caller]
    pub fn assert_none(&self) {
        let report = self.to_string();
        assert!(report.is_empty(), "responses have parts that no declaration knows:\n{report}");
    }

    fn look(&self, info: &EndpointInfo, body: &[u8]) {
        let text = String::from_utf8_lossy(body);
        let Ok(value) = declapi::from_json::<Value>(&text) else { return };
        let path = info.envelope().unwrap_or(self.envelope);
        let names = path.split('.').filter(|name| !name.is_empty());
        let Some(value) = names.into_iter().try_fold(&value, |value, name| value.get(name)) else { return };
        let endpoint = format!("{} {} ({})", info.method.as_str(), info.path, info.name);
        let mut found = Found { endpoint, findings: BTreeSet::new() };
        found.value(value, info.response, "");
        lock(&self.findings).extend(found.findings);
    }
}

/// The findings in a response.
struct Found {
    endpoint: String,
    findings: BTreeSet<Finding>,
}

impl Found {
    fn add(&mut self, at: &str, value: Option<&str>) {
        let value = value.map(str::to_owned);
        self.findings.insert(Finding { endpoint: self.endpoint.clone(), at: at.to_owned(), value });
    }

    fn value(&mut self, value: &Value, kind: JsonKind, at: &str) {
        match (kind, value) {
            (JsonKind::Nullable(kind), value) => self.value(value, *kind, at),
            (JsonKind::List(kind), Value::Array(items)) => {
                for item in items {
                    self.value(item, *kind, &format!("{at}[]"));
                }
            }
            (JsonKind::Map(kind), Value::Object(values)) => {
                for value in values.values() {
                    self.value(value, *kind, &below(at, "*"));
                }
            }
            (JsonKind::Enum(known), Value::String(text)) if !known.contains(&text.as_str()) => {
                self.add(at, Some(text));
            }
            (JsonKind::Object(object), Value::Object(values)) => {
                for (name, value) in values {
                    let at = below(at, name);
                    match redact::declared(object, name) {
                        Some(field) if redact::is_secret(&field) => {}
                        Some(field) => self.value(value, field.kind, &at),
                        None => self.add(&at, None),
                    }
                }
            }
            _ => {}
        }
    }
}

fn below(at: &str, name: &str) -> String {
    if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") }
}

impl Hook for Drift {
    fn send<'a>(&'a self, request: PreparedRequest, next: Next<'a>) -> HookFuture<'a> {
        let info = request.info;
        let accept = request.headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let is_stream = accept.contains("ndjson") || accept.contains("event-stream");
        Box::pin(async move {
            let response = next.send(request).await?;
            let content_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
            let is_json = content_type.is_none_or(|kind| {
                let kind = kind.split(';').next().unwrap_or_default().trim();
                kind.ends_with("/json") || kind.ends_with("+json")
            });
            // A stream may be endless, and so may a body that is not JSON.
            if is_stream || !is_json || !response.status().is_success() || info.response == JsonKind::Unknown
            {
                return Ok(response);
            }
            let (parts, mut body) = response.into_parts();
            let body = collect(&mut body).await?;
            self.look(info, &body);
            Ok(Response::from_parts(parts, Body::from(body)))
        })
    }
}

impl Default for Drift {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { endpoint, at, value } = self;
        write!(f, "{endpoint}: `{}` ", at.escape_debug())?;
        match value {
            Some(value) => write!(f, "has the value {value:?}, which the enum does not list"),
            None => f.write_str("is a field that no declaration names"),
        }
    }
}

/// Writes the report, with one line for each finding.
impl fmt::Display for Drift {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        lock(&self.findings).iter().try_for_each(|finding| writeln!(f, "{finding}"))
    }
}
