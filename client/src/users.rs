//! Stytch's Users API.
//!
//! Over 350 lines: one resource with seventeen operations, most of which have only a path.

use std::borrow::Cow;

use declapi::{endpoint, resource, response};

use crate::models::{
    Attributes, CryptoWallet, Email, EmptyResponse, Name, PhoneNumber, ResultsMetadata, SearchQuery, User,
    UserConnectedApp, UserResponse, UserStatus,
};
use crate::{Client, HttpStatus, JsonObject};

/// Users.
///
/// From [`Client::users`].
#[resource(on = &Client)]
pub struct Users;

/// Creates a user. One of `email` and `phone_number` is required. The error is `duplicate_email` or
/// `duplicate_phone_number` if another user has them.
#[endpoint(post = "/v1/users", response = CreateResponse, on = Users)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Create<'a> {
    /// The email address of the end user.
    pub email: Option<Cow<'a, str>>,
    /// The name of the end user.
    pub name: Option<Name<'a>>,
    /// The origin of the user's request.
    pub attributes: Option<Attributes<'a>>,
    /// The phone number of the end user, in E.164 form: `+12025550162`.
    pub phone_number: Option<Cow<'a, str>>,
    /// Whether a new user is `pending` until the first authentication. Default: `active` from the start.
    pub create_user_as_pending: Option<bool>,
    /// Metadata that can only be written by a backend.
    pub trusted_metadata: Option<JsonObject>,
    /// Metadata that the end user can edit. Do not trust it.
    pub untrusted_metadata: Option<JsonObject>,
    /// Your own id for the user: at most 128 ASCII letters, digits or `. _ - |`.
    pub external_id: Option<Cow<'a, str>>,
    /// The roles of the user.
    pub roles: Option<Vec<Cow<'a, str>>>,
}

/// The response to [`Create`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct CreateResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the new user.
    #[response(required)]
    pub user_id: String,
    /// The id of the email address; empty if there is none.
    pub email_id: String,
    /// The status of the user.
    pub status: UserStatus,
    /// The id of the phone number; empty if there is none.
    pub phone_id: String,
    /// The new user.
    pub user: Option<User>,
}

/// Reads a user. The error is `user_not_found` if the user does not exist.
#[endpoint(get = "/v1/users/{user_id}", response = GetResponse, on = Users, idempotent)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Get<'a> {
    /// The id of the user, or your own id for the user.
    pub user_id: Cow<'a, str>,
}

/// The response to [`Get`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct GetResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The user. The fields of the user are fields of the response.
    #[serde(flatten)]
    pub user: User,
}

/// Searches the users of the project.
///
/// Do not use it for logins: a search takes up to nine seconds, and Stytch allows 150 searches per minute.
#[endpoint(
    post = "/v1/users/search",
    response = SearchResponse,
    on = Users,
    page(cursor = cursor),
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Search<'a> {
    /// The start of the page: the `next_cursor` of the previous page. Default: the first page.
    pub cursor: Option<Cow<'a, str>>,
    /// The maximum number of results: at most 1000. Default: 100.
    pub limit: Option<u32>,
    /// The filters of the search. Default: all users.
    pub query: Option<SearchQuery<User>>,
}

/// The response to [`Search`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct SearchResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The users of this page.
    #[response(items)]
    pub results: Vec<User>,
    /// The total number of results, and the start of the next page.
    #[response(required, next = next_cursor)]
    pub results_metadata: ResultsMetadata,
}

/// Changes a user. Fields that are not set keep their values. Metadata is merged, and a key that is null is deleted.
#[endpoint(put = "/v1/users/{user_id}", response = UpdateResponse, on = Users, idempotent)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Update<'a> {
    /// The id of the user, or your own id for the user.
    pub user_id: Cow<'a, str>,
    /// The name of the end user.
    pub name: Option<Name<'a>>,
    /// The origin of the user's request.
    pub attributes: Option<Attributes<'a>>,
    /// Metadata that can only be written by a backend.
    pub trusted_metadata: Option<JsonObject>,
    /// Metadata that the end user can edit. Do not trust it.
    pub untrusted_metadata: Option<JsonObject>,
    /// Your own id for the user: at most 128 ASCII letters, digits or `. _ - |`.
    pub external_id: Option<Cow<'a, str>>,
    /// The roles of the user. They replace the previous roles.
    pub roles: Option<Vec<Cow<'a, str>>>,
}

/// The response to [`Update`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct UpdateResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the user.
    #[response(required)]
    pub user_id: String,
    /// The email addresses.
    pub emails: Vec<Email>,
    /// The phone numbers.
    pub phone_numbers: Vec<PhoneNumber>,
    /// The crypto wallets.
    pub crypto_wallets: Vec<CryptoWallet>,
    /// The user after the change.
    pub user: Option<User>,
}

/// Replaces the email address or phone number of a user who has exactly one factor.
///
/// Set one of `email_address` and `phone_number`. It replaces the old factor, which may be of the other kind. The user
/// does not have to verify the new factor.
#[endpoint(put = "/v1/users/{user_id}/exchange_primary_factor", response = UserResponse, on = Users)]
#[derive(Clone)]
#[non_exhaustive]
pub struct ExchangePrimaryFactor<'a> {
    /// The id of the user, or your own id for the user.
    pub user_id: Cow<'a, str>,
    /// The new email address.
    pub email_address: Option<Cow<'a, str>>,
    /// The new phone number, in E.164 form: `+12025550162`.
    pub phone_number: Option<Cow<'a, str>>,
}

/// Deletes a user.
#[endpoint(delete = "/v1/users/{user_id}", response = DeleteResponse, on = Users, idempotent)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Delete<'a> {
    /// The id of the user, or your own id for the user.
    pub user_id: Cow<'a, str>,
}

/// The response to [`Delete`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct DeleteResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the user who was deleted.
    #[response(required)]
    pub user_id: String,
}

/// Deletes an email address of a user.
#[endpoint(delete = "/v1/users/emails/{email_id}", response = UserResponse, on = Users, idempotent)]
#[derive(Clone)]
#[non_exhaustive]
pub struct DeleteEmail<'a> {
    /// The id of the address.
    pub email_id: Cow<'a, str>,
}

/// Deletes a phone number of a user.
#[endpoint(delete = "/v1/users/phone_numbers/{phone_id}", response = UserResponse, on = Users, idempotent)]
#[derive(Clone)]
#[non_exhaustive]
pub struct DeletePhoneNumber<'a> {
    /// The id of the number.
    pub phone_id: Cow<'a, str>,
}

/// Deletes a WebAuthn registration of a user.
#[endpoint(
    delete = "/v1/users/webauthn_registrations/{webauthn_registration_id}",
    response = UserResponse,
    on = Users,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct DeleteWebauthnRegistration<'a> {
    /// The id of the registration.
    pub webauthn_registration_id: Cow<'a, str>,
}

/// Deletes a biometric registration of a user.
#[endpoint(
    delete = "/v1/users/biometric_registrations/{biometric_registration_id}",
    response = UserResponse,
    on = Users,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct DeleteBiometricRegistration<'a> {
    /// The id of the registration.
    pub biometric_registration_id: Cow<'a, str>,
}

/// Deletes an authenticator app of a user.
#[endpoint(delete = "/v1/users/totps/{totp_id}", response = UserResponse, on = Users, idempotent)]
#[derive(Clone)]
#[non_exhaustive]
pub struct DeleteTotp<'a> {
    /// The id of the registration.
    pub totp_id: Cow<'a, str>,
}

/// Deletes a crypto wallet of a user.
#[endpoint(
    delete = "/v1/users/crypto_wallets/{crypto_wallet_id}",
    response = UserResponse,
    on = Users,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct DeleteCryptoWallet<'a> {
    /// The id of the wallet.
    pub crypto_wallet_id: Cow<'a, str>,
}

/// Deletes the password of a user.
#[endpoint(delete = "/v1/users/passwords/{password_id}", response = UserResponse, on = Users, idempotent)]
#[derive(Clone)]
#[non_exhaustive]
pub struct DeletePassword<'a> {
    /// The id of the password.
    pub password_id: Cow<'a, str>,
}

/// Deletes an OAuth registration of a user.
#[endpoint(
    delete = "/v1/users/oauth/{oauth_user_registration_id}",
    response = UserResponse,
    on = Users,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct DeleteOauthRegistration<'a> {
    /// The id of the registration.
    pub oauth_user_registration_id: Cow<'a, str>,
}

/// Deletes your own id for a user.
#[endpoint(delete = "/v1/users/{user_id}/external_id", response = UserResponse, on = Users, idempotent)]
#[derive(Clone)]
#[non_exhaustive]
pub struct DeleteExternalId<'a> {
    /// The id of the user, or your own id for the user.
    pub user_id: Cow<'a, str>,
}

/// Lists the applications that a user has connected.
#[endpoint(
    get = "/v1/users/{user_id}/connected_apps",
    response = ConnectedAppsResponse,
    on = Users,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct ConnectedApps<'a> {
    /// The id of the user, or your own id for the user.
    pub user_id: Cow<'a, str>,
}

/// The response to [`ConnectedApps`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ConnectedAppsResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The applications.
    pub connected_apps: Vec<UserConnectedApp>,
}

/// Disconnects an application from a user, and revokes its tokens.
#[endpoint(
    post = "/v1/users/{user_id}/connected_apps/{connected_app_id}/revoke",
    response = EmptyResponse,
    on = Users,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Revoke<'a> {
    /// The id of the user, or your own id for the user.
    pub user_id: Cow<'a, str>,
    /// The id of the application.
    pub connected_app_id: Cow<'a, str>,
}
