//! The API's own words for a refusal.

use std::fmt;

use serde_json::{Map, Value};

use super::Scrubber;

/// What the API said when it refused.
///
/// Every member is taken as it comes: one that is missing, null or of another type is empty here, and never
/// turns a refusal into a decoding error.
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct ApiError {
    /// The HTTP status as the body states it; the answer's own where the body states none.
    pub status_code: u16,
    /// What kind of refusal it is. The set is open: compare with [`error_type`](crate::error_type)'s constants,
    /// and expect others. From `error` in an OAuth-form body.
    pub error_type: String,
    /// A sentence for a developer. From `error_description` in an OAuth-form body.
    pub message: String,
    /// Where the documentation says more. From `error_uri` in an OAuth-form body.
    pub url: String,
    /// The id of the request.
    pub request_id: Option<String>,
    /// Whatever else the API sent under `error_details`.
    pub details: Option<Value>,
}

impl ApiError {
    /// Reads a body, if it has the form of a refusal.
    pub(crate) fn read(body: &[u8], status: u16, scrubber: &Scrubber) -> Option<Self> {
        let Ok(Value::Object(members)) = serde_json::from_slice(body) else { return None };
        let error_type = text(&members, &["error_type", "error"]);
        let message = text(&members, &["error_message", "error_description"]);
        if error_type.is_none() && message.is_none() {
            return None;
        }
        let stated =
            members.get("status_code").and_then(Value::as_u64).and_then(|code| u16::try_from(code).ok());
        Some(Self {
            status_code: stated.unwrap_or(status),
            error_type: error_type.map(|kind| clean_type(kind, scrubber)).unwrap_or_default(),
            message: scrubber.clean(&message.unwrap_or_default()),
            url: scrubber.clean(&text(&members, &["error_url", "error_uri"]).unwrap_or_default()),
            request_id: text(&members, &["request_id"]),
            details: members.get("error_details").filter(|details| !details.is_null()).cloned(),
        })
    }

    /// The refusal in one line.
    pub(super) fn line(&self) -> String {
        let mut line = format!("refused with {}", self.status_code);
        for (before, part) in [(" ", &self.error_type), (": ", &self.message)] {
            if !part.is_empty() {
                line.push_str(before);
                line.push_str(&part.replace(['\n', '\r'], " "));
            }
        }
        if !self.url.is_empty() {
            line.truncate(line.trim_end_matches('.').len());
            line.push_str(", see ");
            line.push_str(&self.url.replace(['\n', '\r'], " "));
        }
        line
    }
}

impl fmt::Debug for ApiError {
    /// Leaves out the values of `error_details`, whose content nobody can vouch for.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("status_code", &self.status_code)
            .field("error_type", &self.error_type)
            .field("message", &self.message)
            .field("url", &self.url)
            .field("request_id", &self.request_id)
            .field("has_details", &self.details.is_some())
            .finish()
    }
}

/// A type is compared with known ones, so it stays as it is: for somebody whose password is `password`, a
/// `weak_password` is one all the same. What does not look like a type gets no such trust.
fn clean_type(error_type: String, scrubber: &Scrubber) -> String {
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    let is_type = error_type.len() <= 64 && error_type.bytes().all(plain);
    if is_type { error_type } else { scrubber.clean(&error_type) }
}

/// The first of the named members that is a text.
fn text(members: &Map<String, Value>, names: &[&str]) -> Option<String> {
    names.iter().find_map(|name| members.get(*name)?.as_str()).map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(body: &str) -> Option<ApiError> {
        ApiError::read(body.as_bytes(), 400, &Scrubber::default())
    }

    #[test]
    fn reads_the_usual_form() {
        let api = read(
            r#"{"status_code":404,"request_id":"request-id-test-1","error_type":"email_not_found",
                "error_message":"Email could not be found.","error_url":"https://stytch.com/docs"}"#,
        )
        .unwrap();
        assert_eq!(
            api.line(),
            "refused with 404 email_not_found: Email could not be found, see https://stytch.com/docs"
        );
        assert_eq!(api.request_id.as_deref(), Some("request-id-test-1"));
    }

    #[test]
    fn reads_the_oauth_form() {
        let api = read(r#"{"error":"invalid_grant","error_description":"no","error_uri":"u"}"#).unwrap();
        assert_eq!(
            (api.error_type.as_str(), api.message.as_str(), api.url.as_str()),
            ("invalid_grant", "no", "u")
        );
    }

    #[test]
    fn null_and_odd_members_are_no_obstacle() {
        let api =
            read(r#"{"status_code":"?","error_type":"x","error_message":null,"request_id":7}"#).unwrap();
        assert_eq!((api.status_code, api.error_type.as_str(), api.request_id), (400, "x", None));
    }

    #[test]
    fn other_bodies_are_not_refusals() {
        for body in ["", "<html>", "[]", "{}", r#"{"error_type":null}"#, r#"{"message":"forbidden"}"#] {
            assert_eq!(read(body), None, "{body}");
        }
    }
}
