//! Error responses in the usual formats, for an API without a declared error type.

use std::borrow::Cow;

use http::StatusCode;
use serde_json::Value;

use super::api::{ApiError, ResponseParts};

/// An error response in one of the usual formats.
///
/// A client without a declared error type reads error responses as this type. It reads RFC 9457 (`title`, `detail`,
/// `type`), OAuth (`error`, `error_description`), `{"error": {…}}`, `{"errors": [{…}]}`, the flat `{"code",
/// "message"}`, and `__type` and XML of AWS. A number that only repeats the HTTP status is not used as a code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct GenericError {
    /// The error code that programs compare. `None` if there is only a message.
    pub code: Option<String>,
    /// The error message for developers.
    pub message: Option<String>,
    /// The URL of the documentation for the error.
    pub documentation: Option<String>,
}

/// The fields that contain a code, in order of preference.
const CODE: [&str; 8] = ["code", "error_code", "errorCode", "error_type", "type", "__type", "Code", "reason"];
/// The fields that contain a code only if no other field does.
const LESSER_CODE: [&str; 2] = ["status", "error"];
const MESSAGE: [&str; 10] = [
    "message",
    "Message",
    "error_message",
    "errorMessage",
    "detail",
    "error_description",
    "description",
    "msg",
    "title",
    "reason",
];
const DOCUMENTATION: [&str; 5] = ["error_url", "error_uri", "documentation_url", "doc_url", "more_info"];

impl ApiError for GenericError {
    fn read(response: &ResponseParts<'_>) -> Option<Self> {
        let error = match response.json::<Value>() {
            Some(body) => of_json(&body, response.status),
            None => of_xml(&String::from_utf8_lossy(response.body)),
        };
        let in_header = || response.header("x-amzn-errortype").map(after_namespace);
        let code = error.code.or_else(in_header);
        (code.is_some() || error.message.is_some()).then_some(Self { code, ..error })
    }

    fn code(&self) -> Option<Cow<'_, str>> {
        self.code.as_deref().map(Cow::Borrowed)
    }

    fn message(&self) -> Option<Cow<'_, str>> {
        self.message.as_deref().map(Cow::Borrowed)
    }

    fn documentation(&self) -> Option<Cow<'_, str>> {
        self.documentation.as_deref().map(Cow::Borrowed)
    }
}

fn of_json(body: &Value, status: StatusCode) -> GenericError {
    let first_of_list = |key: &str| body.get(key).and_then(|list| list.get(0));
    let inner = [body.get("error"), body.get("Error"), Some(body), first_of_list("errors"), body.get(0)];
    let objects = || inner.iter().flatten().filter(|value| value.is_object());
    let code =
        |keys: &[&str]| objects().find_map(|object| keys.iter().find_map(|key| code(object, key, status)));
    let text = |keys: &[&str]| objects().find_map(|object| keys.iter().find_map(|key| string(object, key)));
    // If `error` is only a string, it is the message if it looks like a sentence.
    let plain = || first_of_list("errors").or(body.get("error")).and_then(Value::as_str).map(str::to_owned);
    let code = code(&CODE).or_else(|| code(&LESSER_CODE));
    let message = text(&MESSAGE).or_else(|| plain().filter(|plain| Some(plain) != code.as_ref()));
    GenericError { code, message, documentation: text(&DOCUMENTATION) }
}

fn string(object: &Value, key: &str) -> Option<String> {
    object.get(key)?.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
}

/// Returns the code in a field: a word, a URI as in RFC 9457, or a number other than the status.
fn code(object: &Value, key: &str, status: StatusCode) -> Option<String> {
    match object.get(key)? {
        Value::Number(number) => {
            Some(number.to_string()).filter(|text| text != status.as_str() && key != "status")
        }
        Value::String(text) => {
            let is_word = !text.is_empty() && !text.contains(char::is_whitespace) && text != "about:blank";
            let says_nothing = ["error", "fail", "failed", "failure", status.as_str()];
            let is_code = is_word && !says_nothing.iter().any(|word| text.eq_ignore_ascii_case(word));
            is_code.then(|| if key == "__type" { after_namespace(text) } else { text.clone() })
        }
        _ => None,
    }
}

/// Removes the namespace from `com.amazonaws.dynamodb.v20120810#ResourceNotFoundException` and the URL from
/// `ValidationException:http://…`.
fn after_namespace(text: &str) -> String {
    let name = text.rsplit('#').next().unwrap_or(text);
    name.split(':').next().unwrap_or(name).to_owned()
}

/// Reads the error of AWS' XML APIs: `<Error><Code>…</Code><Message>…</Message></Error>`.
fn of_xml(text: &str) -> GenericError {
    let is_error = text.contains("<Error>") || text.contains("<Error ");
    let element = |name: &str| {
        let (_, rest) = text.split_once(&format!("<{name}>"))?;
        let (content, _) = rest.split_once(&format!("</{name}>"))?;
        Some(unescaped(content.trim())).filter(|content| is_error && !content.is_empty())
    };
    GenericError { code: element("Code"), message: element("Message"), documentation: None }
}

fn unescaped(text: &str) -> String {
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
    entities.iter().fold(text.to_owned(), |text, (entity, character)| text.replace(entity, character))
}

#[cfg(test)]
mod tests {
    use http::HeaderMap;

    use super::*;

    fn read(status: u16, body: &str) -> Option<(Option<String>, Option<String>)> {
        let (status, headers) = (StatusCode::from_u16(status).unwrap(), HeaderMap::new());
        let error = GenericError::read(&ResponseParts::new(status, &headers, body.as_bytes()))?;
        Some((error.code, error.message))
    }

    #[test]
    fn the_usual_formats() {
        for (status, body, code, message) in [
            (400, r#"{"code":"invalid_id","message":"no"}"#, "invalid_id", "no"),
            (400, r#"{"error":"invalid_grant","error_description":"no"}"#, "invalid_grant", "no"),
            (400, r#"{"error_type":"x_y","error_message":"no"}"#, "x_y", "no"),
            (
                403,
                r#"{"type":"https://a.example/p","title":"t","detail":"d","status":403}"#,
                "https://a.example/p",
                "d",
            ),
            (404, r#"{"errors":[{"code":"not_found","detail":"no"}]}"#, "not_found", "no"),
            (404, r#"{"error":{"code":404,"message":"no","status":"NOT_FOUND"}}"#, "NOT_FOUND", "no"),
            (500, r#"{"error":"Something broke"}"#, "", "Something broke"),
            (500, r#"{"errors":["Something broke"]}"#, "", "Something broke"),
            (403, r#"{"message":"Forbidden"}"#, "", "Forbidden"),
            (400, r#"{"error":"weak"}"#, "weak", ""),
            (404, "<Error><Code>NoSuchKey</Code><Message>a &lt; b</Message></Error>", "NoSuchKey", "a < b"),
        ] {
            let (read_code, read_message) = read(status, body).unwrap();
            let read = (read_code.unwrap_or_default(), read_message.unwrap_or_default());
            assert_eq!(read, (code.to_owned(), message.to_owned()), "{body}");
        }
    }

    #[test]
    fn bodies_without_an_error_are_ignored() {
        for body in
            ["", "<html><Code>x</Code></html>", "[]", "{}", "7", r#"{"status":"error"}"#, r#"{"code":400}"#]
        {
            assert_eq!(read(400, body), None, "{body}");
        }
    }
}
