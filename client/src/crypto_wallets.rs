//! Stytch's Crypto Wallets API: logins by a signature of a wallet.

use std::borrow::Cow;

use declapi::{Timestamp, endpoint, object, resource, response};

use crate::models::{Device, Session, User, unless_empty};
use crate::{Client, JsonObject, Secret, status};

/// Logins by a signature of a crypto wallet.
///
/// From [`Client::crypto_wallets`].
#[resource(on = &Client)]
pub struct CryptoWallets;

/// Begins a login: returns what the wallet has to sign.
#[endpoint(
    post = "/v1/crypto_wallets/authenticate/start",
    response = AuthenticateStartResponse,
    on = CryptoWallets
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct AuthenticateStart<'a> {
    /// The chain: `ethereum`, for all that are compatible with it too, or `solana`.
    pub crypto_wallet_type: Cow<'a, str>,
    /// The address of the wallet.
    pub crypto_wallet_address: Cow<'a, str>,
    /// The id of a user who gets the wallet, or your own id for the user.
    pub user_id: Option<Cow<'a, str>>,
    /// The token of a session of that user, instead of the id.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of a session of that user, instead of the id.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// What a message of Sign-In with Ethereum says; for `ethereum` only. A random text is signed when unset.
    pub siwe_params: Option<SiweParams<'a>>,
}

/// The response to [`AuthenticateStart`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AuthenticateStartResponse {
    /// The id of the call, which Stytch's support asks for.
    pub request_id: String,
    /// The HTTP status: the one in the body, or that of the response where the body has none.
    #[serde(default = "status::of_response", deserialize_with = "status::or_of_response")]
    pub status_code: u16,
    /// The id of the user.
    pub user_id: String,
    /// What the wallet has to sign.
    #[response(required)]
    pub challenge: String,
    /// Whether there was no user with the wallet before.
    pub user_created: bool,
}

/// What a message of Sign-In with Ethereum (EIP-4361) says.
#[object]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SiweParams<'a> {
    /// The domain that asks for the signature. Wallets warn of any other than that of the page.
    pub domain: Cow<'a, str>,
    /// The URI that the login is for.
    pub uri: Cow<'a, str>,
    /// What else is signed for.
    pub resources: Vec<Cow<'a, str>>,
    /// The id of the chain (EIP-155); `1` when unset.
    pub chain_id: Option<Cow<'a, str>>,
    /// A sentence for the user, without line breaks.
    pub statement: Option<Cow<'a, str>>,
    /// When the message was issued; now when unset.
    pub issued_at: Option<Timestamp>,
    /// When the message becomes valid.
    pub not_before: Option<Timestamp>,
    /// Your own id for the login.
    pub message_request_id: Option<Cow<'a, str>>,
}

/// Logs a user in with the signature of their wallet.
#[endpoint(post = "/v1/crypto_wallets/authenticate", response = AuthenticateResponse, on = CryptoWallets)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Authenticate<'a> {
    /// The chain: `ethereum`, for all that are compatible with it too, or `solana`.
    pub crypto_wallet_type: Cow<'a, str>,
    /// The address of the wallet.
    pub crypto_wallet_address: Cow<'a, str>,
    /// The signature of the challenge.
    #[endpoint(secret)]
    pub signature: Cow<'a, str>,
    /// The token of a session to extend, instead of starting one.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// Starts a session, or extends the one named, to live this long: 5 to 527040 minutes (366 days).
    pub session_duration_minutes: Option<u32>,
    /// The JWT of a session to extend, instead of its token.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// Claims to add to the session's JWT: at most 4 KB, and only with a session. A null deletes a claim.
    pub session_custom_claims: Option<JsonObject>,
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}

/// The response to [`Authenticate`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AuthenticateResponse {
    /// The id of the call, which Stytch's support asks for.
    pub request_id: String,
    /// The HTTP status: the one in the body, or that of the response where the body has none.
    #[serde(default = "status::of_response", deserialize_with = "status::or_of_response")]
    pub status_code: u16,
    /// The id of the user who logged in.
    #[response(required)]
    pub user_id: String,
    /// The opaque token of the session, if one was asked for.
    #[serde(deserialize_with = "unless_empty")]
    pub session_token: Option<Secret>,
    /// The JWT of the session, which lives five minutes, if one was asked for.
    #[serde(deserialize_with = "unless_empty")]
    pub session_jwt: Option<Secret>,
    /// The user who logged in.
    pub user: Option<User>,
    /// The session, if one was asked for.
    pub session: Option<Session>,
    /// What the message of Sign-In with Ethereum has said, if it was one.
    pub siwe_params: Option<SiweParamsResponse>,
    /// What telemetry knows of the device.
    pub user_device: Option<Device>,
}

/// What a signed message of Sign-In with Ethereum has said.
#[response]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct SiweParamsResponse {
    /// The HTTP status, once more.
    pub status_code: u16,
    /// The domain that asked for the signature.
    pub domain: String,
    /// The URI that the login is for.
    pub uri: String,
    /// The id of the chain (EIP-155).
    pub chain_id: String,
    /// What else was signed for.
    pub resources: Vec<String>,
    /// When the message was issued.
    #[response(lenient)]
    pub issued_at: Option<Timestamp>,
    /// Your own id for the login.
    pub message_request_id: Option<String>,
}
