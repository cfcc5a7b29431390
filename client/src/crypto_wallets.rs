//! Stytch's Crypto Wallets API: logins with the signature of a wallet.

use std::borrow::Cow;

use declapi::{Timestamp, endpoint, object, resource, response};

use crate::models::{Device, Session, User, unless_empty};
use crate::{Client, HttpStatus, JsonObject, Secret};

/// Logins with the signature of a crypto wallet.
///
/// From [`Client::crypto_wallets`].
#[resource(on = &Client)]
pub struct CryptoWallets;

/// Starts a login. The response contains the text that the wallet must sign.
#[endpoint(
    post = "/v1/crypto_wallets/authenticate/start",
    response = AuthenticateStartResponse,
    on = CryptoWallets
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct AuthenticateStart<'a> {
    /// The chain: `solana`, or `ethereum`, which is also for all compatible chains.
    pub crypto_wallet_type: Cow<'a, str>,
    /// The address of the wallet.
    pub crypto_wallet_address: Cow<'a, str>,
    /// The id of a user to whom the wallet is added, or your own id for the user.
    pub user_id: Option<Cow<'a, str>>,
    /// The token of a session of that user, as an alternative to the id.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of a session of that user, as an alternative to the id.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// The content of a Sign-In with Ethereum message, for `ethereum` only. Default: a random text is signed.
    pub siwe_params: Option<SiweParams<'a>>,
}

/// The response to [`AuthenticateStart`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AuthenticateStartResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the user.
    pub user_id: String,
    /// The text that the wallet must sign.
    #[response(required)]
    pub challenge: String,
    /// Whether a new user was created for the wallet.
    pub user_created: bool,
}

/// The content of a message of Sign-In with Ethereum (EIP-4361).
#[object]
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct SiweParams<'a> {
    /// The domain that requests the signature. Wallets warn if it is not the domain of the page.
    pub domain: Cow<'a, str>,
    /// The URI for which the user logs in.
    pub uri: Cow<'a, str>,
    /// The resources for which the user signs.
    pub resources: Vec<Cow<'a, str>>,
    /// The id of the chain (EIP-155). Default: `1`.
    pub chain_id: Option<Cow<'a, str>>,
    /// A sentence for the user, without line breaks.
    pub statement: Option<Cow<'a, str>>,
    /// The time when the message was issued. Default: now.
    pub issued_at: Option<Timestamp>,
    /// The time from which the message is valid.
    pub not_before: Option<Timestamp>,
    /// Your own id for the login.
    pub message_request_id: Option<Cow<'a, str>>,
}

/// Logs a user in with the signature of their wallet.
#[endpoint(post = "/v1/crypto_wallets/authenticate", response = AuthenticateResponse, on = CryptoWallets)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Authenticate<'a> {
    /// The chain: `solana`, or `ethereum`, which is also for all compatible chains.
    pub crypto_wallet_type: Cow<'a, str>,
    /// The address of the wallet.
    pub crypto_wallet_address: Cow<'a, str>,
    /// The signature of the challenge.
    #[endpoint(secret)]
    pub signature: Cow<'a, str>,
    /// The token of a session to extend instead of starting a new one.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// Starts a session, or extends the given one. The lifetime in minutes: 5 to 527040 (366 days).
    pub session_duration_minutes: Option<u32>,
    /// The JWT of the session to extend, as an alternative to its token.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// Claims to add to the session's JWT: at most 4 KB, and only with a session. A claim that is null is deleted.
    pub session_custom_claims: Option<JsonObject>,
    /// The id of a device fingerprint, if telemetry was collected.
    pub telemetry_id: Option<Cow<'a, str>>,
}

/// The response to [`Authenticate`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AuthenticateResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the user who logged in.
    #[response(required)]
    pub user_id: String,
    /// The opaque token of the session, if one was requested.
    #[serde(deserialize_with = "unless_empty")]
    pub session_token: Option<Secret>,
    /// The JWT of the session, which is valid for five minutes, if one was requested.
    #[serde(deserialize_with = "unless_empty")]
    pub session_jwt: Option<Secret>,
    /// The user who logged in.
    pub user: Option<User>,
    /// The session, if one was requested.
    pub session: Option<Session>,
    /// The content of the message of Sign-In with Ethereum, if the wallet has signed one.
    pub siwe_params: Option<SiweParamsResponse>,
    /// The telemetry data of the device.
    pub user_device: Option<Device>,
}

/// The content of a signed message of Sign-In with Ethereum.
#[response]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct SiweParamsResponse {
    /// The HTTP status again.
    pub status_code: u16,
    /// The domain that requested the signature.
    pub domain: String,
    /// The URI for which the user logs in.
    pub uri: String,
    /// The id of the chain (EIP-155).
    pub chain_id: String,
    /// The resources for which the user has signed.
    pub resources: Vec<String>,
    /// The time when the message was issued.
    #[response(lenient)]
    pub issued_at: Option<Timestamp>,
    /// Your own id for the login.
    pub message_request_id: Option<String>,
}
