//! Compares one endpoint with its operation.

mod body;
mod constants;
mod fields;
mod parameters;
mod response;
mod spread;
mod values;
mod words;

use declapi::{ApiClient, ConstantInfo, EndpointInfo, Location};

use crate::Part;
use crate::document::{Document, Operation};

/// A difference in one operation.
#[derive(Debug, PartialEq)]
pub(crate) struct Finding {
    pub(crate) part: Part,
    pub(crate) field: String,
    pub(crate) declared: String,
    pub(crate) documented: String,
}

/// The constants that a client adds to each request, and the envelope that it removes from each response.
#[derive(Clone, Debug, Default)]
pub(crate) struct OfClient {
    envelope: &'static str,
    constants: Vec<Constant>,
}

/// A header, a query pair or a body field with a constant value.
#[derive(Clone, Copy, Debug)]
struct Constant {
    location: Location,
    name: &'static str,
    /// The value as text, or as JSON in the body. `None` if it differs from call to call.
    value: Option<&'static str>,
    /// Whether the endpoint itself declares it.
    is_own: bool,
}

/// One endpoint and its operation.
struct Comparison<'c> {
    document: &'c Document,
    operation: &'c Operation,
    info: &'static EndpointInfo,
    envelope: &'static str,
    constants: Vec<Constant>,
    /// Whether a missing parameter or field is a difference.
    is_complete: bool,
    findings: Vec<Finding>,
}

impl Finding {
    pub(crate) fn new(
        part: Part,
        field: &str,
        declared: impl Into<String>,
        documented: impl Into<String>,
    ) -> Self {
        Self { part, field: field.to_owned(), declared: declared.into(), documented: documented.into() }
    }
}

impl OfClient {
    pub(crate) fn of<C: ApiClient>() -> Self {
        let headers = C::INFO.headers.iter().map(|&(name, value)| Constant {
            location: Location::Header,
            name,
            value: Some(value),
            is_own: false,
        });
        let constants = C::INFO.constants().map(|constant| Constant { is_own: false, ..constant.into() });
        let constants = headers.chain(constants).collect();
        Self { envelope: C::INFO.envelope().unwrap_or_default(), constants }
    }
}

impl From<ConstantInfo> for Constant {
    fn from(constant: ConstantInfo) -> Self {
        let ConstantInfo { location, name, value, is_own, .. } = constant;
        Self { location, name, value: Some(value), is_own }
    }
}

/// Returns the differences between an endpoint and its operation.
pub(crate) fn compare(
    document: &Document,
    operation: &Operation,
    info: &'static EndpointInfo,
    client: &OfClient,
    is_complete: bool,
) -> Vec<Finding> {
    let key = info.idempotency_header().map(|name| Constant {
        location: Location::Header,
        name,
        value: None,
        is_own: false,
    });
    let mut constants: Vec<Constant> = info.constants().map(Constant::from).chain(key).collect();
    for &constant in &client.constants {
        if !constants.iter().any(|nearer| nearer.is(constant.location, constant.name)) {
            constants.push(constant);
        }
    }
    let envelope = info.envelope().unwrap_or(client.envelope);
    let findings = Vec::new();
    let mut comparison = Comparison { document, operation, info, envelope, constants, is_complete, findings };
    comparison.parameters();
    comparison.body();
    comparison.response();
    comparison.findings
}

impl Comparison<'_> {
    /// Adds a difference. If another response has the same one, it is not added again.
    fn find(&mut self, part: Part, field: &str, declared: impl Into<String>, documented: impl Into<String>) {
        let finding = Finding::new(part, field, declared, documented);
        if !self.findings.contains(&finding) {
            self.findings.push(finding);
        }
    }
}

/// Returns the location of a field of an object.
fn below(at: &str, name: &str) -> String {
    if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") }
}

/// Returns a media type in lower case, without parameters.
fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    essence.ends_with("/json") || essence.ends_with("+json")
}

/// Returns whether a media type matches a documented one: both are the same, both are JSON, or one is a range such as
/// `image/*` that contains the other.
fn is_of_type(media_type: &str, documented: &str) -> bool {
    let (one, other) = (essence(media_type), essence(documented));
    let is_in = |one: &str, range: &str| {
        range == "*/*" || range.strip_suffix('*').is_some_and(|range| one.starts_with(range))
    };
    one == other || is_in(&one, &other) || is_in(&other, &one) || (is_json(&one) && is_json(&other))
}

/// Returns media types for a report.
fn media_types<'t>(types: impl Iterator<Item = &'t str>) -> String {
    let types: Vec<_> = types.map(|media_type| format!("`{media_type}`")).collect();
    if types.is_empty() { "no body".to_owned() } else { types.join(" or ") }
}
