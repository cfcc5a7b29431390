//! The builder of a check.

use std::collections::HashSet;

use declapi::{ApiClient, EndpointInfo};

use crate::compare::{Finding, OfClient, compare};
use crate::document::{Document, DocumentError};
use crate::template::Paths;
use crate::{Allowance, Difference, Part, Report};

/// A comparison of declarations with a document. [`assert`](Self::assert) or [`report`](Self::report) runs it.
#[derive(Clone, Debug)]
#[must_use = "the check runs with `assert` or `report`"]
pub struct Check {
    document: Result<Document, DocumentError>,
    endpoints: Vec<&'static EndpointInfo>,
    client: OfClient,
    allowances: Vec<Allowance>,
    is_complete: bool,
}

/// Starts a check against an OpenAPI document: version 3.0 or 3.1, in JSON or YAML.
///
/// If the document cannot be read, [`Check::report`] returns an error, and [`Check::assert`] fails.
pub fn openapi(document: &str) -> Check {
    Check::new(Document::parse(document))
}

impl From<Document> for Check {
    /// Starts a check against a document that has been read.
    fn from(document: Document) -> Self {
        Self::new(Ok(document))
    }
}

impl Check {
    fn new(document: Result<Document, DocumentError>) -> Self {
        Self {
            document,
            endpoints: Vec::new(),
            client: OfClient::default(),
            allowances: Vec::new(),
            is_complete: false,
        }
    }

    /// Adds endpoints to check: the constant of [`catalogue!`](declapi::catalogue), or `&[Get::INFO]`.
    pub fn against(mut self, endpoints: &[&'static EndpointInfo]) -> Self {
        self.endpoints.extend(endpoints);
        self
    }

    /// Sets the client of the endpoints. Its headers and constants are in each request, and its envelope is around each
    /// response.
    pub fn client<C: ApiClient>(mut self) -> Self {
        self.client = OfClient::of::<C>();
        self
    }

    /// Allows a difference, for a reason.
    ///
    /// The operation is a method and a path as in the report: `GET /repos/{owner}/{repo}`. The field is its location in the
    /// report: `license.name`, `labels[].color` for the elements of a list, or `files.*` for the values of a map. `""` is the
    /// operation, or its body or response as a whole. In both, `*` matches any characters. An allowance for a field does not
    /// include the fields inside it.
    ///
    /// An allowance without a matching difference is reported, so that you remove it when the difference is gone.
    pub fn allow(
        mut self,
        operation: impl Into<String>,
        field: impl Into<String>,
        reason: impl Into<String>,
    ) -> Self {
        let (operation, field, reason) = (operation.into(), field.into(), reason.into());
        self.allowances.push(Allowance { operation, field, reason });
        self
    }

    /// Also reports operations, parameters and fields of the document that are missing in the declarations. Deprecated ones
    /// are not reported.
    pub fn complete(mut self) -> Self {
        self.is_complete = true;
        self
    }

    /// Compares the declarations with the document, and fails the test if there is a difference.
    ///
    /// # Panics
    ///
    /// Panics if the document cannot be read, if there is a difference that is not allowed, or if an allowance does not match
    /// any difference. The message is the whole report.
    #[track_caller]
    pub fn assert(self) {
        match self.report() {
            Ok(report) => assert!(
                report.is_empty(),
                "the declarations and the OpenAPI document differ:\n\n{report}\nCorrect the declarations, or call \
                 `.allow(operation, field, reason)` for a difference that is intended."
            ),
            Err(error) => panic!("{error}"),
        }
    }

    /// Compares the declarations with the document, and returns the differences.
    ///
    /// # Errors
    ///
    /// Returns an error if the document cannot be read.
    pub fn report(self) -> Result<Report, DocumentError> {
        let document = self.document?;
        let paths = Paths::of(&document);
        let mut differences = Vec::new();
        let mut declared = HashSet::new();
        for info in self.endpoints {
            // The whole URL is a value of the request. The document does not have it.
            if !info.path.starts_with('/') {
                continue;
            }
            match paths.find(info) {
                Ok(operation) => {
                    declared.insert((operation.method.as_str(), operation.path.as_str()));
                    let name = format!("{} {}", operation.method, operation.path);
                    let findings = compare(&document, operation, info, &self.client, self.is_complete);
                    differences
                        .extend(findings.into_iter().map(|finding| difference(&name, info.name, finding)));
                }
                Err(reason) => {
                    let name = format!("{} {}", info.method.as_str(), crate::template::plain(info.path));
                    let finding = Finding::new(Part::Operation, "", "an endpoint", reason);
                    differences.push(difference(&name, info.name, finding));
                }
            }
        }
        let is_missing = |operation: &&crate::document::Operation| {
            let key = (operation.method.as_str(), operation.path.as_str());
            self.is_complete && !operation.deprecated && !declared.contains(&key)
        };
        differences.extend(document.operations.iter().filter(is_missing).map(missing));
        Ok(without_allowed(differences, self.allowances))
    }
}

fn difference(operation: &str, endpoint: &'static str, finding: Finding) -> Difference {
    let Finding { part, field, declared, documented } = finding;
    Difference {
        operation: operation.to_owned(),
        endpoint: Some(endpoint),
        part,
        field,
        declared,
        documented,
    }
}

fn missing(operation: &crate::document::Operation) -> Difference {
    Difference {
        operation: format!("{} {}", operation.method, operation.path),
        endpoint: None,
        part: Part::Operation,
        field: String::new(),
        declared: "no endpoint".to_owned(),
        documented: operation.summary.clone().unwrap_or_else(|| "an operation".to_owned()),
    }
}

fn without_allowed(mut differences: Vec<Difference>, allowances: Vec<Allowance>) -> Report {
    let mut is_used = vec![false; allowances.len()];
    differences.retain(|difference| {
        let mut is_allowed = false;
        for (allowance, is_used) in allowances.iter().zip(&mut is_used) {
            if allowance.allows(&difference.operation, &difference.field) {
                (is_allowed, *is_used) = (true, true);
            }
        }
        !is_allowed
    });
    let unused = allowances.into_iter().zip(is_used).filter(|(_, is_used)| !is_used);
    Report { differences, unused: unused.map(|(allowance, _)| allowance).collect() }
}
