//! Credentials.

use declapi_check::document::{Document, Operation, SecurityKind};

use crate::model::{Note, Reason};

/// The credentials of requests.
#[derive(Clone, Debug, Default)]
pub(super) struct Security {
    /// The docs on setting credentials, in Markdown.
    pub(super) docs: String,
    pub(super) notes: Vec<Note>,
    /// The schemes of the client's credentials.
    usual: Option<Vec<String>>,
    /// The credentials of an operation that lists none.
    of_all: Option<Vec<Vec<String>>>,
}

impl Security {
    pub(super) fn of(document: &Document, operations: &[(Option<&str>, &Operation)]) -> Self {
        let mut security = Self { of_all: document.security.clone(), ..Self::default() };
        let mut counts: Vec<(Vec<String>, usize)> = Vec::new();
        for (_, operation) in operations {
            let needed = operation.security.as_ref().or(document.security.as_ref());
            let first = needed.and_then(|needed| needed.iter().find(|names| !names.is_empty()));
            let Some(first) = first else { continue };
            match counts.iter_mut().find(|(names, _)| names == first) {
                Some((_, count)) => *count += 1,
                None => counts.push((first.clone(), 1)),
            }
        }
        // The first of the credentials that most operations need.
        let most = counts.iter().map(|(_, count)| *count).max();
        security.usual =
            counts.iter().find(|(_, count)| Some(*count) == most).map(|(names, _)| names.clone());
        let usual = security.usual.clone().unwrap_or_default();
        if usual.len() > 1 {
            let names: Vec<_> = usual.iter().map(|name| format!("`{name}`")).collect();
            let text = format!(
                "Calls need {} together: set one on the builder and send the rest as headers.",
                names.join(" and ")
            );
            security.notes.push(Note::new(Reason::Credentials, text));
        }
        let mut lines: Vec<String> = usual.iter().take(1).filter_map(|name| method(document, name)).collect();
        let others =
            counts.iter().filter(|(names, _)| *names != usual).filter_map(|(names, _)| names.first());
        lines.extend(others.map(|name| format!("`.named_auth({name:?}, …)`")));
        if !lines.is_empty() {
            security.docs = format!("Credentials are set on the builder: {}.", lines.join(", and "));
        }
        security
    }

    /// Returns `auth = …` for an operation that needs other credentials than the client's. A note says which further ones
    /// it needs.
    pub(super) fn auth(&self, operation: &Operation, notes: &mut Vec<Note>) -> Option<String> {
        let needed = operation.security.as_ref().or(self.of_all.as_ref())?;
        let is_usual = |names: &Vec<String>| Some(names) == self.usual.as_ref();
        match needed.as_slice() {
            [] => Some("auth = none".to_owned()),
            alternatives if alternatives.iter().any(is_usual) => None,
            alternatives if alternatives.iter().all(Vec::is_empty) => Some("auth = none".to_owned()),
            alternatives => {
                let names =
                    alternatives.iter().filter(|names| !names.is_empty()).min_by_key(|names| names.len())?;
                let (first, others) = names.split_first()?;
                if !others.is_empty() {
                    let text = format!("Calls also need {}: send them as headers.", others.join(" and "));
                    notes.push(Note::new(Reason::Credentials, text));
                }
                Some(format!("auth = {first:?}"))
            }
        }
    }
}

/// Returns the method of the builder that sets credentials of a scheme.
fn method(document: &Document, name: &str) -> Option<String> {
    let scheme = document.security_schemes.get(name)?;
    Some(match &scheme.kind {
        SecurityKind::Http { scheme } if scheme.eq_ignore_ascii_case("basic") => {
            "`.basic_auth(user, password)`".to_owned()
        }
        SecurityKind::Http { .. } | SecurityKind::OAuth2 | SecurityKind::OpenIdConnect => {
            "`.bearer_auth(token)`".to_owned()
        }
        SecurityKind::ApiKey { name, location } => match location.as_str() {
            "header" => format!("`.secret_header({name:?}, key)`"),
            "query" => format!("`.secret_query({name:?}, key)`"),
            _ => format!("a hook that sends the cookie `{name}`"),
        },
        _ => return None,
    })
}
