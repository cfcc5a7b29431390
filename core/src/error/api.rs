//! The API's own words for a refusal.

use std::fmt;

use serde_json::{Map, Value};

use super::{Scrubber, members, one_line, read_request_id};

/// How much of the API's own words goes into a line.
const WORDS: usize = 500;

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
    /// The id of the request; `None` for one that is too long for an id, or shows a secret of the request.
    pub request_id: Option<String>,
    /// Whatever else the API sent under `error_details`.
    pub details: Option<Value>,
}

impl ApiError {
    /// Reads a body, if it has the form of a refusal.
    pub(crate) fn read(body: &[u8], status: u16, scrubber: &Scrubber) -> Option<Self> {
        let members = members::read(body)?;
        let error_type = text(&members, &["error_type", "error"]);
        let message = text(&members, &["error_message", "error_description"]);
        if error_type.is_none() && message.is_none() {
            return None;
        }
        let stated =
            members.get("status_code").and_then(Value::as_u64).and_then(|code| u16::try_from(code).ok());
        Some(Self {
            status_code: stated.unwrap_or(status),
            error_type: error_type.map(|kind| scrubber.clean_type(&kind)).unwrap_or_default(),
            message: scrubber.clean(&message.unwrap_or_default()),
            url: scrubber.clean(&text(&members, &["error_url", "error_uri"]).unwrap_or_default()),
            request_id: text(&members, &["request_id"]).and_then(|id| read_request_id(&id, scrubber)),
            details: members.get("error_details").filter(|details| !details.is_null()).cloned(),
        })
    }

    /// The refusal in one line.
    pub(super) fn line(&self) -> String {
        let mut line = format!("refused with {}", self.status_code);
        for (before, part) in [(" ", &self.error_type), (": ", &self.message)] {
            if !part.is_empty() {
                line.push_str(before);
                line.push_str(&one_line(part, WORDS));
            }
        }
        if !self.url.is_empty() {
            line.truncate(line.trim_end_matches('.').len());
            line.push_str(", see ");
            line.push_str(&one_line(&self.url, WORDS));
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
