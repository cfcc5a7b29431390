//! Messages of Sign-In with Ethereum, EIP-4361.

use hyper::http::uri::Authority;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use time::{OffsetDateTime, format_description::well_known::Rfc3339};

use crate::{
    api_error::{
        ApiError, ErrorType, INVALID_SIWE_CHAIN_ID, INVALID_SIWE_DOMAIN, INVALID_SIWE_MESSAGE_REQUEST_ID,
        INVALID_SIWE_RESOURCE, INVALID_SIWE_STATEMENT, INVALID_SIWE_URI,
    },
    clock::{Moment, rfc3339},
    parameter::{Kind, Parameter, Parameters, optional},
};

/// The error types of [`Params::read`].
pub(crate) static ERROR_TYPES: &[&ErrorType] = &[
    &INVALID_SIWE_DOMAIN,
    &INVALID_SIWE_URI,
    &INVALID_SIWE_CHAIN_ID,
    &INVALID_SIWE_STATEMENT,
    &INVALID_SIWE_RESOURCE,
    &INVALID_SIWE_MESSAGE_REQUEST_ID,
];

pub(crate) const PARAMETER: Parameter = optional(
    "siwe_params",
    Kind::Object(&[
        optional("domain", Kind::String),
        optional("uri", Kind::String),
        optional("resources", Kind::StringList),
        optional("chain_id", Kind::String),
        optional("statement", Kind::String),
        optional("issued_at", Kind::String),
        optional("not_before", Kind::String),
        optional("message_request_id", Kind::String),
    ]),
);

/// The fields of a message.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Params {
    domain: String,
    uri: String,
    chain_id: String,
    statement: Option<String>,
    issued_at: String,
    not_before: Option<String>,
    message_request_id: Option<String>,
    resources: Vec<String>,
}

impl Params {
    /// Reads `siwe_params`.
    ///
    /// # Errors
    ///
    /// Those in [`ERROR_TYPES`], and `bad_request` for a time in another form.
    pub(crate) fn read(given: &Parameters, now: Moment) -> Result<Self, ApiError> {
        let text = |name| given.string(name).map(str::to_owned);
        let domain = text("domain").filter(|domain| domain.parse::<Authority>().is_ok());
        let uri = text("uri").filter(|uri| is_uri(uri)).ok_or(&INVALID_SIWE_URI)?;
        let chain_id = text("chain_id").unwrap_or_else(|| "1".to_owned());
        let resources = given.strings("resources").unwrap_or_default();
        if chain_id.is_empty() || !chain_id.bytes().all(|digit| digit.is_ascii_digit()) {
            return Err((&INVALID_SIWE_CHAIN_ID).into());
        }
        if !resources.iter().all(|resource| is_uri(resource)) {
            return Err((&INVALID_SIWE_RESOURCE).into());
        }
        Ok(Self {
            domain: domain.ok_or(&INVALID_SIWE_DOMAIN)?,
            uri,
            chain_id,
            statement: one_line(text("statement"), &INVALID_SIWE_STATEMENT)?,
            issued_at: time(given, "issued_at")?.unwrap_or_else(|| rfc3339(now)),
            not_before: time(given, "not_before")?,
            message_request_id: one_line(text("message_request_id"), &INVALID_SIWE_MESSAGE_REQUEST_ID)?,
            resources,
        })
    }

    /// Whether a message is valid already.
    pub(crate) fn is_valid_at(&self, now: Moment) -> bool {
        let moment = |text: &String| OffsetDateTime::parse(text, &Rfc3339).ok();
        self.not_before.as_ref().and_then(moment).is_none_or(|not_before| not_before <= now)
    }

    /// Returns the text to sign.
    pub(crate) fn message(&self, address: &str, nonce: &str) -> String {
        let mut text =
            format!("{} wants you to sign in with your Ethereum account:\n{address}\n\n", self.domain);
        if let Some(statement) = &self.statement {
            text.push_str(&format!("{statement}\n"));
        }
        text.push_str(&format!(
            "\nURI: {}\nVersion: 1\nChain ID: {}\nNonce: {nonce}\nIssued At: {}",
            self.uri, self.chain_id, self.issued_at
        ));
        for (name, value) in [("Not Before", &self.not_before), ("Request ID", &self.message_request_id)] {
            if let Some(value) = value {
                text.push_str(&format!("\n{name}: {value}"));
            }
        }
        if !self.resources.is_empty() {
            text.push_str("\nResources:");
        }
        for resource in &self.resources {
            text.push_str(&format!("\n- {resource}"));
        }
        text
    }

    /// Returns the object of a response.
    pub(crate) fn to_json(&self) -> Value {
        json!({
            "domain": self.domain,
            "uri": self.uri,
            "chain_id": self.chain_id,
            "resources": self.resources,
            "issued_at": self.issued_at,
            "message_request_id": self.message_request_id,
            // Stytch's SDKs have these in the object, as in every response.
            "status_code": 200,
            "request_id": "",
        })
    }
}

fn is_uri(text: &str) -> bool {
    text.parse::<hyper::Uri>().is_ok_and(|uri| uri.scheme().is_some())
}

fn one_line(text: Option<String>, error_type: &'static ErrorType) -> Result<Option<String>, ApiError> {
    match text {
        Some(text) if text.chars().any(char::is_control) => Err(error_type.into()),
        text => Ok(text),
    }
}

fn time(given: &Parameters, name: &str) -> Result<Option<String>, ApiError> {
    let Some(text) = given.string(name) else { return Ok(None) };
    if OffsetDateTime::parse(text, &Rfc3339).is_ok() {
        return Ok(Some(text.to_owned()));
    }
    let complaint = "must be a time such as 2026-01-02T03:04:05Z.";
    Err(ApiError::parameter(&format!("siwe_params.{name}"), complaint))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of EIP-4361.
    #[test]
    fn the_message_of_the_standard() {
        let params = Params {
            domain: "example.com".to_owned(),
            uri: "https://example.com/login".to_owned(),
            chain_id: "1".to_owned(),
            statement: Some("I accept the ExampleOrg Terms of Service: https://example.com/tos".to_owned()),
            issued_at: "2021-09-30T16:25:24Z".to_owned(),
            not_before: None,
            message_request_id: None,
            resources: vec![
                "ipfs://bafybeiemxf5abjwjbikoz4mc3a3dla6ual3jsgpdr4cjr3oz3evfyavhwq/".to_owned(),
                "https://example.com/my-web2-claim.json".to_owned(),
            ],
        };
        let message = params.message("0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2", "32891756");
        assert_eq!(
            message,
            "example.com wants you to sign in with your Ethereum account:\n\
             0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2\n\
             \n\
             I accept the ExampleOrg Terms of Service: https://example.com/tos\n\
             \n\
             URI: https://example.com/login\n\
             Version: 1\n\
             Chain ID: 1\n\
             Nonce: 32891756\n\
             Issued At: 2021-09-30T16:25:24Z\n\
             Resources:\n\
             - ipfs://bafybeiemxf5abjwjbikoz4mc3a3dla6ual3jsgpdr4cjr3oz3evfyavhwq/\n\
             - https://example.com/my-web2-claim.json"
        );
    }
}
