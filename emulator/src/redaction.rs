//! Recorded requests as `GET /_emulator/requests` shows them: without credentials, passwords and tokens.
//!
//! The value of a header or a parameter is hidden unless it is known to be harmless: a header by its name, a parameter
//! by its declaration. A misspelled parameter, a request to an unknown path or a body that is not JSON therefore cannot
//! show a password. Methods and paths are always shown.

use hyper::Method;
use serde_json::{Map, Value, json};

use crate::{
    log::timestamp,
    parameter::{Kind, Parameter},
    record::{Outcome, RecordedRequest},
    route::{Destination, Route, find},
};

const REDACTED: &str = "[redacted]";

/// The headers whose values are shown.
const SHOWN_HEADERS: [&str; 17] = [
    "accept",
    "accept-encoding",
    "accept-language",
    "connection",
    "content-encoding",
    "content-length",
    "content-type",
    "date",
    "expect",
    "host",
    "idempotency-key",
    "te",
    "traceparent",
    "tracestate",
    "transfer-encoding",
    "user-agent",
    "x-request-id",
];

/// The fields of responses whose strings are shown, in addition to those that end with `_id`, `_at` or `_type`.
const SHOWN_FIELDS: [&str; 22] = [
    "algorithm",
    "delivery_method",
    "email",
    "email_address",
    "error_message",
    "error_url",
    "first_name",
    "ip_address",
    "last_name",
    "locale",
    "method",
    "mfa_phone_number",
    "middle_name",
    "name",
    "organization_name",
    "organization_slug",
    "phone_number",
    "roles",
    "status",
    "strength_policy",
    "type",
    "user_agent",
];

/// The objects of responses that are not redacted. The caller chose their content.
const SHOWN_OBJECTS: [&str; 3] = ["custom_claims", "trusted_metadata", "untrusted_metadata"];

/// Describes a request as JSON.
pub(crate) fn describe(request: &RecordedRequest, routes: &'static [&'static Route]) -> Value {
    let declared = declared(request, routes);
    json!({
        "number": request.number,
        "received_at": timestamp(request.received_at.into()),
        "outcome": request.outcome.word(),
        "status": request.outcome.status(),
        "error_type": request.outcome.error_type(),
        "milliseconds": request.duration.map(|duration| u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)),
        "response": redacted_response(&request.outcome),
        "method": request.method,
        "path": request.path,
        "query": request.query.as_deref().map(|query| redacted_query(query, declared)),
        "headers": request.headers.iter().map(redacted_header).collect::<Vec<_>>(),
        "body": redacted_body(&request.body, declared),
        "body_bytes": request.body.len(),
    })
}

/// Returns the parameters that the endpoint of a request declares.
fn declared(request: &RecordedRequest, routes: &'static [&'static Route]) -> &'static [Parameter] {
    let Ok(method) = Method::from_bytes(request.method.as_bytes()) else { return &[] };
    match find(routes, &method, &request.path) {
        Destination::Route(route, _) => route.parameters,
        Destination::OtherMethods(_) | Destination::NotFound => &[],
    }
}

fn redacted_header((name, value): &(String, Vec<u8>)) -> Value {
    if SHOWN_HEADERS.contains(&name.as_str()) {
        json!([name, String::from_utf8_lossy(value)])
    } else {
        json!([name, REDACTED])
    }
}

fn redacted_query(query: &str, declared: &[Parameter]) -> String {
    let mut redacted = form_urlencoded::Serializer::new(String::new());
    for (name, value) in form_urlencoded::parse(query.as_bytes()) {
        let shown = is_shown(&name, declared);
        redacted.append_pair(&name, if shown { &value } else { REDACTED });
    }
    redacted.finish()
}

/// Returns whether the whole value of a parameter may be shown.
fn is_shown(name: &str, declared: &[Parameter]) -> bool {
    let parameter = declared.iter().find(|parameter| parameter.name == name);
    parameter.is_some_and(|parameter| {
        !matches!(parameter.kind, Kind::Secret | Kind::SecretList | Kind::Object(_) | Kind::ObjectList(_))
    })
}

/// Returns the fields of a JSON object; null for any other body.
fn redacted_body(body: &[u8], declared: &[Parameter]) -> Value {
    match serde_json::from_slice(body) {
        Ok(Value::Object(fields)) => Value::Object(redacted_fields(fields, declared)),
        _ => Value::Null,
    }
}

fn redacted_fields(fields: Map<String, Value>, declared: &[Parameter]) -> Map<String, Value> {
    let redact = |(name, value): (String, Value)| {
        let parameter = declared.iter().find(|parameter| parameter.name == name);
        let value = match (parameter.map(|parameter| &parameter.kind), value) {
            (Some(Kind::Object(inner)), Value::Object(fields)) => {
                Value::Object(redacted_fields(fields, inner))
            }
            (Some(Kind::ObjectList(inner)), Value::Array(items)) => {
                items.into_iter().map(|item| redacted_item(item, inner)).collect()
            }
            (Some(Kind::Secret | Kind::SecretList | Kind::Object(_) | Kind::ObjectList(_)) | None, _) => {
                REDACTED.into()
            }
            (Some(_), value) => value,
        };
        (name, value)
    };
    fields.into_iter().map(redact).collect()
}

/// Returns the JSON object of a response; null for any other body.
fn redacted_response(outcome: &Outcome) -> Value {
    let Outcome::Responded { body, .. } = outcome else { return Value::Null };
    match serde_json::from_slice(body) {
        Ok(body @ Value::Object(_)) => shown_part("", body),
        _ => Value::Null,
    }
}

/// Hides the strings in a field of a response that are not known to be harmless.
fn shown_part(name: &str, value: Value) -> Value {
    match value {
        Value::Object(_) if SHOWN_OBJECTS.contains(&name) => value,
        Value::Object(fields) => Value::Object(
            fields
                .into_iter()
                .map(|(name, value)| {
                    let shown = shown_part(&name, value);
                    (name, shown)
                })
                .collect(),
        ),
        Value::Array(items) => items.into_iter().map(|item| shown_part(name, item)).collect(),
        Value::String(text) => {
            let is_harmless = SHOWN_FIELDS.contains(&name)
                || ["_id", "_at", "_type"].iter().any(|suffix| name.ends_with(suffix));
            // An empty string is not a secret. It shows that there is no value.
            if is_harmless || text.is_empty() { text.into() } else { REDACTED.into() }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => value,
    }
}

fn redacted_item(item: Value, declared: &[Parameter]) -> Value {
    match item {
        Value::Object(fields) => Value::Object(redacted_fields(fields, declared)),
        _ => REDACTED.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{http::Request, routes::ROUTES};

    fn described(method: &Method, path: &str, query: Option<&str>, body: &str) -> Value {
        let mut headers = hyper::HeaderMap::new();
        for (name, value) in [
            ("authorization", "Basic Zq7"),
            ("cookie", "session=Zq7"),
            ("x-stytch-member-session", "Zq7"),
            ("x-api-key", "Zq7"),
            ("user-agent", "test/1"),
        ] {
            headers.insert(name, value.parse().expect("a value"));
        }
        let request = Request {
            method: method.clone(),
            path: path.to_owned(),
            query: query.map(str::to_owned),
            headers,
            body: body.to_owned().into(),
        };
        let described = describe(&RecordedRequest::of(&request), ROUTES);
        assert!(!described.to_string().contains("Zq7"), "{described}");
        described
    }

    #[test]
    fn secrets_are_hidden_and_the_rest_is_shown() {
        let body = json!({
            "email": "ada@example.com", "password": "Zq7", "session_token": ["Zq7"], "pass_word": "Zq7",
            "name": { "first_name": "Ada", "unknown": "Zq7" }, "trusted_metadata": { "plan": "pro" },
        });
        let shown = described(&Method::POST, "/v1/passwords", Some("password=Zq7"), &body.to_string());
        assert_eq!(
            shown["body"],
            json!({
                "email": "ada@example.com", "password": REDACTED, "session_token": REDACTED, "pass_word": REDACTED,
                "name": { "first_name": "Ada", "unknown": REDACTED }, "trusted_metadata": { "plan": "pro" },
            })
        );
        assert_eq!(shown["query"], "password=%5Bredacted%5D");
        let headers = shown["headers"].as_array().expect("a list");
        assert_eq!(headers.iter().filter(|header| header[1] == REDACTED).count(), 4);
        assert!(headers.contains(&json!(["user-agent", "test/1"])));
        assert_eq!(shown["body_bytes"], body.to_string().len());
    }

    #[test]
    fn hashes_salts_tokens_and_verifiers_are_secrets() {
        for (path, body) in [
            (
                "/v1/passwords/migrate",
                json!({
                    "hash": "Zq7", "md_5_config": { "prepend_salt": "Zq7", "append_salt": "Zq7" },
                    "scrypt_config": { "salt": "Zq7" }, "argon_2_config": "Zq7",
                }),
            ),
            (
                "/v1/passwords/email/reset",
                json!({ "token": "Zq7", "password": "Zq7", "code_verifier": "Zq7" }),
            ),
            (
                "/v1/passwords/existing_password/reset",
                json!({ "existing_password": "Zq7", "new_password": "Zq7", "session_jwt": "Zq7" }),
            ),
            ("/v1/sessions/revoke", json!({ "session_token": "Zq7", "session_jwt": "Zq7" })),
            ("/v1/passwords/strength_check", json!({ "password": { "nested": "Zq7" } })),
        ] {
            described(&Method::POST, path, None, &body.to_string());
        }
    }

    /// Parameters with such a name that are not secrets, and why.
    const PUBLIC: [(&str, &str); 8] = [
        ("code_challenge", "the hash of a secret, which browsers show in URLs"),
        ("pkce_code_challenge", "the hash of a secret, which browsers show in URLs"),
        ("hash_type", "the name of an algorithm"),
        ("password_requires_reset", "true or false"),
        ("reset_password_expiration_minutes", "a number of minutes"),
        ("reset_password_redirect_url", "a URL without the token"),
        ("reset_password_template_id", "the id of a template"),
        ("token_url", "the endpoint of an identity provider"),
    ];

    fn assert_hidden(path: &str, declared: &[Parameter]) {
        for parameter in declared {
            let name = parameter.name;
            if let Kind::Object(inner) | Kind::ObjectList(inner) = parameter.kind {
                assert_hidden(path, inner);
                continue;
            }
            let words = ["code", "secret", "token", "hash", "password", "salt", "jwt", "verifier"];
            if words.iter().any(|word| name.contains(word)) && !PUBLIC.iter().any(|(known, _)| *known == name)
            {
                let given = Map::from_iter([(name.to_owned(), json!(["Zq7"]))]);
                assert_eq!(redacted_fields(given, declared)[name], REDACTED, "{path} {name}");
                assert!(!is_shown(name, declared), "{path} {name}");
            }
        }
    }

    #[test]
    fn no_route_shows_a_parameter_with_the_name_of_a_secret() {
        for route in ROUTES {
            assert_hidden(route.path, route.parameters);
        }
    }

    #[test]
    fn responses_show_only_harmless_fields() {
        let response = |body: &Value| {
            let body = body.to_string().into();
            redacted_response(&Outcome::Responded { status: 200, error_type: None, body, cut_short: false })
        };
        let hidden = json!({
            "session_token": "Zq7", "session_jwt": "Zq7", "client_secret": "Zq7", "next_client_secret": "Zq7",
            "access_token": "Zq7", "secret": "Zq7", "qr_code": "Zq7", "recovery_codes": ["Zq7"], "code": "Zq7",
            "keys": [{ "n": "Zq7" }], "user": { "unknown": { "email_token": "Zq7" } }, "link": "Zq7",
        });
        let shown = response(&hidden);
        assert!(!shown.to_string().contains("Zq7"), "{shown}");
        assert_eq!(
            (&shown["recovery_codes"], &shown["keys"][0]["n"]),
            (&json!([REDACTED]), &json!(REDACTED))
        );
        let harmless = json!({
            "status_code": 200, "request_id": "r", "created": true, "session_token": "",
            "user": {
                "user_id": "u", "emails": [{ "email": "ada@example.com", "verified": true }], "created_at": "now",
                "name": { "first_name": "Ada" }, "roles": ["admin"], "trusted_metadata": { "a": { "b": "c" } },
            },
        });
        assert_eq!(response(&harmless), harmless);
        assert_eq!(response(&json!(["Zq7"])), Value::Null);
    }

    #[test]
    fn unknown_requests_are_fully_redacted() {
        let body = json!({ "email": "Zq7", "anything": "Zq7" }).to_string();
        described(&Method::POST, "/v1/unknown", Some("user_id=Zq7"), &body);
        described(&Method::PUT, "/v1/passwords", None, &body);
        for body in ["{\"password\":\"Zq7", "[\"Zq7\"]", "\"Zq7\"", "password=Zq7"] {
            assert_eq!(described(&Method::POST, "/v1/passwords", None, body)["body"], Value::Null);
        }
        let shown = described(&Method::GET, "/v1/sessions", Some("user_id=user-1&other=Zq7"), "");
        assert_eq!(shown["query"], "user_id=user-1&other=%5Bredacted%5D");
    }
}
