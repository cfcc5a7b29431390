//! The error responses of Stytch.

use std::borrow::Cow;
use std::fmt;

use declapi::{ApiError, ResponseParts};
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::error_type;

/// An error response of Stytch, for the fields that are not part of [`Error`](crate::Error):
/// `error.api_error::<StytchError>()`.
///
/// A field that is missing, null or of another type is empty.
#[derive(Clone, Default, PartialEq)]
#[non_exhaustive]
pub struct StytchError {
    /// The type of the error: [`Error::code`](crate::Error::code). Compare it with the constants of [`error_type`], and
    /// expect other values. In a body of the OAuth form, it is `error`.
    pub error_type: String,
    /// The message for developers: [`Error::message`](crate::Error::message). In a body of the OAuth form, it is
    /// `error_description`.
    pub error_message: String,
    /// The URL of the documentation. In a body of the OAuth form, it is `error_uri`.
    pub error_url: String,
    /// The id of the request.
    pub request_id: String,
    /// The content of `error_details`.
    pub error_details: Option<Value>,
}

impl ApiError for StytchError {
    const CODES: &'static [&'static str] = error_type::ALL;

    fn read(response: &ResponseParts<'_>) -> Option<Self> {
        let fields: Fields = response.json()?;
        let string = |names: &[&str]| {
            fields.0.iter().find_map(|(name, value)| {
                let value = value.as_str().filter(|_| names.contains(&name.as_str()))?;
                Some(value.to_owned())
            })
        };
        let error_type = string(&["error_type"]).or_else(|| string(&["error"]));
        let error_message = string(&["error_message"]).or_else(|| string(&["error_description"]));
        if error_type.is_none() && error_message.is_none() {
            return None;
        }
        Some(Self {
            error_type: error_type.unwrap_or_default(),
            error_message: error_message.unwrap_or_default(),
            error_url: string(&["error_url", "error_uri"]).unwrap_or_default(),
            request_id: string(&["request_id"]).unwrap_or_default(),
            error_details: fields.0.get("error_details").filter(|details| !details.is_null()).cloned(),
        })
    }

    fn code(&self) -> Option<Cow<'_, str>> {
        Some(self.error_type.as_str().into())
    }

    fn message(&self) -> Option<Cow<'_, str>> {
        Some(self.error_message.as_str().into())
    }

    fn request_id(&self) -> Option<Cow<'_, str>> {
        Some(self.request_id.as_str().into())
    }

    fn documentation(&self) -> Option<Cow<'_, str>> {
        Some(self.error_url.as_str().into())
    }
}

/// The fields of a JSON object.
#[derive(Deserialize)]
#[serde(transparent)]
struct Fields(Map<String, Value>);

impl fmt::Debug for StytchError {
    /// Leaves out values that may repeat parts of the request. `Error` shows them without secrets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let documented = error_type::ALL.iter().find(|name| **name == self.error_type);
        f.debug_struct("StytchError")
            .field("error_type", documented.unwrap_or(&"<not documented>"))
            .field("has_details", &self.error_details.is_some())
            .finish_non_exhaustive()
    }
}
