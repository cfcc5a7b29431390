//! What a check found.

use std::fmt;

use crate::Allowance;

/// What a check found: the differences that are not allowed, and the allowances that fit none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub(crate) differences: Vec<Difference>,
    pub(crate) unused: Vec<Allowance>,
}

/// A difference between a declaration and the document.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// The method and the path, as the document writes it; as the declaration does if the document has no such operation.
    pub operation: String,
    /// The name of the endpoint; `None` if there is none for the operation.
    pub endpoint: Option<&'static str>,
    /// The part of the operation.
    pub part: Part,
    /// The location of the field, such as `owner.plan` or `labels[].name`; empty for the part as a whole.
    pub field: String,
    /// What the declaration says.
    pub declared: String,
    /// What the document says.
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

    /// Returns the allowances that fit no difference.
    pub fn unused(&self) -> &[Allowance] {
        &self.unused
    }

    /// Whether there is nothing to report.
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

/// The difference without its operation, on three lines.
impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.part.as_str())?;
        if !self.field.is_empty() {
            write!(f, " `{}`", self.field.escape_debug())?;
        }
        write!(f, "\n    declared:   {}\n    documented: {}", self.declared, self.documented)
    }
}

/// The whole report, grouped by operation; empty if there is nothing to report.
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
                "nothing differs in `{operation}` {field}, which is allowed because {reason:?}: remove the allowance, or \
                 correct its operation or field"
            )?;
        }
        Ok(())
    }
}
