//! The report of a check.

use std::fmt;

use crate::Allowance;

/// The result of a check: the differences that are not allowed, and the allowances without a matching difference.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub(crate) differences: Vec<Difference>,
    pub(crate) unused: Vec<Allowance>,
}

/// A difference between a declaration and the document.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// The method and the path, as in the document. If the document has no such operation, as in the declaration.
    pub operation: String,
    /// The name of the endpoint. `None` if the operation has no endpoint.
    pub endpoint: Option<&'static str>,
    /// The part of the operation.
    pub part: Part,
    /// The location of the field, for example `owner.plan` or `labels[].name`. Empty for the part as a whole.
    pub field: String,
    /// The declared side of the difference.
    pub declared: String,
    /// The documented side of the difference.
    pub documented: String,
}

/// A part of an operation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Part {
    /// The operation itself.
    Operation,
    /// A placeholder of the path.
    Path,
    /// A parameter of the query.
    Query,
    /// A header of requests.
    Header,
    /// A cookie.
    Cookie,
    /// The body of requests.
    Body,
    /// The response.
    Response,
}

impl Report {
    /// Returns the differences that are not allowed, in the order of the endpoints.
    pub fn differences(&self) -> &[Difference] {
        &self.differences
    }

    /// Returns the allowances without a matching difference.
    pub fn unused(&self) -> &[Allowance] {
        &self.unused
    }

    /// Returns whether there are no differences and no unused allowances.
    pub fn is_empty(&self) -> bool {
        self.differences.is_empty() && self.unused.is_empty()
    }
}

impl Part {
    /// Returns the name of the part in a report.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Operation => "operation",
            Self::Path => "path",
            Self::Query => "query",
            Self::Header => "header",
            Self::Cookie => "cookie",
            Self::Body => "body",
            Self::Response => "response",
        }
    }
}

/// Writes the difference without its operation, on three lines.
impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.part.as_str())?;
        if !self.field.is_empty() {
            write!(f, " `{}`", self.field.escape_debug())?;
        }
        write!(f, "\n    declared:   {}\n    documented: {}", self.declared, self.documented)
    }
}

/// Writes the whole report, grouped by operation. Writes an empty string if the report is empty.
impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut previous = None;
        for difference in &self.differences {
            let heading = (&difference.operation, difference.endpoint);
            if previous != Some(heading) {
                f.write_str(&difference.operation)?;
                if let Some(endpoint) = difference.endpoint {
                    write!(f, " ({endpoint})")?;
                }
                f.write_str("\n")?;
                previous = Some(heading);
            }
            writeln!(f, "  {difference}")?;
        }
        for Allowance { operation, field, reason } in &self.unused {
            let field = if field.is_empty() { "as a whole".to_owned() } else { format!("at `{field}`") };
            writeln!(
                f,
                "there is no difference in `{operation}` {field}, but one is allowed because {reason:?}: remove the allowance, \
                 or correct its operation or field"
            )?;
        }
        Ok(())
    }
}
