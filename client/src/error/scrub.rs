//! Keeps what was sent in secret out of what is quoted from an answer.

use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use crate::request::Request;
use crate::{EndpointInfo, Place};

const REDACTED: &str = "<redacted>";

/// The secrets of one call, in every spelling in which a server might echo them.
#[derive(Default)]
pub(crate) struct Scrubber {
    /// Longest first, so that a secret inside another one does not cut it in two.
    spellings: Vec<String>,
}

impl Scrubber {
    /// Collects the secrets of a request, and `more` of them from the client. Only errors pay for this.
    pub(crate) fn of<'t>(request: &Request, more: impl IntoIterator<Item = &'t str>) -> Self {
        let mut secrets: Vec<String> = more.into_iter().map(str::to_owned).collect();
        if let Some(body) = request.body()
            && let Ok(body) = serde_json::from_slice(body)
        {
            collect_marked(&body, request.info, &mut secrets);
        }
        secrets
            .extend(request.headers.iter().filter_map(|(_, value)| value.to_str().ok()).map(str::to_owned));
        let spelt = secrets.iter().filter(|secret| !secret.is_empty()).flat_map(|secret| spellings(secret));
        let mut spellings: Vec<String> = spelt.collect();
        spellings.sort_unstable_by(|one, other| other.len().cmp(&one.len()).then_with(|| one.cmp(other)));
        spellings.dedup();
        Self { spellings }
    }

    /// The text with every secret blacked out.
    pub(crate) fn clean(&self, text: &str) -> String {
        self.spellings.iter().fold(text.to_owned(), |text, secret| {
            if text.contains(secret.as_str()) { text.replace(secret.as_str(), REDACTED) } else { text }
        })
    }
}

/// The texts under the members that the endpoint marks as secret, and under objects, which may hold some.
fn collect_marked(body: &Value, info: &'static EndpointInfo, secrets: &mut Vec<String>) {
    let Value::Object(members) = body else { return };
    for (name, value) in members {
        let known = info.fields.iter().find(|field| field.place == Place::Body && field.name == name);
        if known.is_none_or(|field| field.secret) || value.is_object() {
            collect_texts(value, secrets);
        }
    }
}

fn collect_texts(value: &Value, secrets: &mut Vec<String>) {
    match value {
        Value::String(text) => secrets.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| collect_texts(item, secrets)),
        Value::Object(members) => members.values().for_each(|member| collect_texts(member, secrets)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A text as it is, in JSON, in HTML and in a URL.
fn spellings(secret: &str) -> [String; 5] {
    let json = Value::from(secret).to_string();
    let html = secret.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let quoted = html.replace('"', "&quot;").replace('\'', "&#39;");
    let url = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
    [secret.to_owned(), json[1..json.len() - 1].to_owned(), html, quoted, url]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Endpoint;
    use crate::passwords::Authenticate;

    #[test]
    fn blacks_out_every_spelling() {
        let login = Authenticate::builder().email("ada@example.com").password("a<b>\"c&d").build();
        let scrubber = Scrubber::of(&login.request().unwrap(), ["secret-test-1"]);
        let echo = r#"<p>a<b>"c&d a&lt;b&gt;&quot;c&amp;d a<b>\"c&d a%3Cb%3E%22c%26d secret-test-1</p>"#;
        let cleaned = scrubber.clean(echo);
        assert_eq!(cleaned.matches(REDACTED).count(), 5, "{cleaned}");
        assert!(!cleaned.contains("c&"), "{cleaned}");
    }

    #[test]
    fn leaves_the_rest_alone() {
        let login = Authenticate::builder().email("ada@example.com").password("").build();
        let scrubber = Scrubber::of(&login.request().unwrap(), [""]);
        assert_eq!(scrubber.clean("502 for ada@example.com"), "502 for ada@example.com");
    }
}
