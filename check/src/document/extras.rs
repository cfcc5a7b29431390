//! Reads servers, credentials, headers of responses, webhooks and callbacks.
//!
//! They are read from the source, because a mistake in them must not make the document unreadable.

use std::collections::BTreeMap;

use yaml_serde::Value;

use super::upgrade::{segments, step};
use super::{Document, Operation, SecurityKind, SecurityScheme};

/// Adds servers, credentials, headers of responses, webhooks and callbacks to a document.
pub(super) fn add(document: &mut Document, source: &Value) {
    let source = Source(source);
    let root = source.0;
    document.servers = servers(root);
    document.security = security(root);
    document.security_schemes = source.schemes();
    document.webhooks = keys(root.get("webhooks"));
    for operation in &mut document.operations {
        let item = root
            .get("paths")
            .and_then(|paths| paths.get(&operation.path))
            .and_then(|item| source.follow(item));
        let own = item.and_then(|item| item.get(operation.method.to_lowercase()));
        if let (Some(item), Some(own)) = (item, own) {
            source.operation(operation, item, own);
        }
    }
}

struct Source<'s>(&'s Value);

impl<'s> Source<'s> {
    fn operation(&self, operation: &mut Operation, item: &'s Value, own: &'s Value) {
        operation.servers = servers(own);
        if operation.servers.is_empty() {
            operation.servers = servers(item);
        }
        operation.security = security(own);
        operation.callbacks = keys(own.get("callbacks"));
        for response in &mut operation.responses {
            let described = own.get("responses").and_then(|responses| step(responses, &response.status));
            let headers = described.and_then(|described| self.follow(described)?.get("headers"));
            response.headers = keys(headers);
        }
    }

    fn schemes(&self) -> BTreeMap<String, SecurityScheme> {
        let schemes = self.0.get("components").and_then(|components| components.get("securitySchemes"));
        let schemes = schemes.and_then(Value::as_mapping).into_iter().flatten();
        let scheme = |(name, scheme): (&Value, &'s Value)| {
            let scheme = self.follow(scheme)?;
            let text = |key: &str| scheme.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
            let kind = match text("type").as_str() {
                "http" => SecurityKind::Http { scheme: text("scheme") },
                "apiKey" => SecurityKind::ApiKey { name: text("name"), location: text("in") },
                "oauth2" => SecurityKind::OAuth2,
                "openIdConnect" => SecurityKind::OpenIdConnect,
                _ => SecurityKind::Other,
            };
            let description = Some(text("description")).filter(|text| !text.is_empty());
            Some((name.as_str()?.to_owned(), SecurityScheme { kind, description }))
        };
        schemes.filter_map(scheme).collect()
    }

    /// Follows references to their end.
    fn follow(&self, mut value: &'s Value) -> Option<&'s Value> {
        // The conversion has rejected circular references.
        for _ in 0..32 {
            let Some(reference) = value.get("$ref").and_then(Value::as_str) else { return Some(value) };
            let segments = segments(reference);
            value = segments.iter().try_fold(self.0, |value, segment| step(value, segment))?;
        }
        None
    }
}

/// Returns the URLs, with the defaults of their variables.
fn servers(owner: &Value) -> Vec<String> {
    let servers = owner.get("servers").and_then(Value::as_sequence).into_iter().flatten();
    let url = |server: &Value| {
        let mut url = server.get("url")?.as_str()?.to_owned();
        let variables = server.get("variables").and_then(Value::as_mapping).into_iter().flatten();
        for (name, variable) in variables {
            if let (Some(name), Some(default)) =
                (name.as_str(), variable.get("default").and_then(Value::as_str))
            {
                url = url.replace(&format!("{{{name}}}"), default);
            }
        }
        Some(url)
    };
    servers.filter_map(url).collect()
}

/// Returns the alternatives, each with the names of credentials that are needed together.
fn security(owner: &Value) -> Option<Vec<Vec<String>>> {
    let alternatives = owner.get("security")?.as_sequence()?;
    Some(alternatives.iter().map(|alternative| keys(Some(alternative))).collect())
}

fn keys(value: Option<&Value>) -> Vec<String> {
    let fields = value.and_then(Value::as_mapping).into_iter().flatten();
    fields.filter_map(|(name, _)| name.as_str().map(str::to_owned)).collect()
}
