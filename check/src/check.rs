//! A check, as a test describes it.

use std::collections::HashSet;

use declapi::{ApiClient, EndpointInfo};

use crate::compare::{Finding, OfClient, compare};
use crate::document::{Document, DocumentError};
use crate::template::Paths;
use crate::{Allowance, Difference, Part, Report};

/// A comparison of declarations with a document, which [`assert`](Self::assert) or [`report`](Self::report) makes.
#[derive(Clone, Debug)]
#[must_use = "nothing is compared before `assert` or `report`"]
pub struct Check {
    document: Result<Document, DocumentError>,
    endpoints: Vec<&'static EndpointInfo>,
    client: OfClient,
    allowances: Vec<Allowance>,
    is_complete: bool,
}

/// Starts a check against an OpenAPI document: the text of one, in JSON or YAML, of version 3.0 or 3.1.
///
/// A document that cannot be read is an error of [`Check::report`], and fails [`Check::assert`].
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

    /// Says which client sends the requests: its envelope is around each response, and its headers and constants are in each
    /// request.
    pub fn client<C: ApiClient>(mut self) -> Self {
        self.client = OfClient::of::<C>();
        self
    }

    /// Allows a difference, for a reason.
    ///
    /// The operation is a method and a path, as the report has them: `GET /repos/{owner}/{repo}`. The field is the location
    /// that the report names: `license.name`, `labels[].color` for the elements of a list, `files.*` for the values of a map,
    /// and `""` for the operation, or its body or response as a whole. In both, `*` stands for any characters. A field is
    /// allowed alone, and not with the fields inside of it.
    ///
    /// An allowance that fits no difference is reported, so that none is left when its reason is gone.
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

    /// Reports also what the document has and the declarations lack: operations, parameters, and fields of bodies and
    /// responses. What the document calls deprecated is not missed.
    pub fn complete(mut self) -> Self {
        self.is_complete = true;
        self
    }

    /// Compares, and fails the test if something differs.
    ///
    /// # Panics
    ///
    /// The document cannot be read, something differs that is not allowed, or an allowance fits nothing. The message is the
    /// whole report.
    #[track_caller]
    pub fn assert(self) {
        match self.report() {
            Ok(report) => assert!(
                report.is_empty(),
                "the declarations and the OpenAPI document differ:\n\n{report}\nCorrect the declarations, or call \
                 `.allow(operation, field, reason)` for what is meant."
            ),
            Err(error) => panic!("{error}"),
        }
    }

    /// Compares, and returns what was found.
    ///
    /// # Errors
    ///
    /// The document cannot be read.
    pub fn report(self) -> Result<Report, DocumentError> {
        let document = self.document?;
        let paths = Paths::of(&document);
        let mut differences = Vec::new();
        let mut declared = HashSet::new();
        for info in self.endpoints {
            // The whole URL is a value of the request, so there is nothing to compare it with.
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
