//! API errors: Stytch's error types, and the response body of an error.

use hyper::{StatusCode, header::HeaderName, header::HeaderValue};
use serde_json::json;

pub(crate) use self::b2b::*;
use crate::http::Response;

/// An error type of the API, with its HTTP status.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ErrorType {
    pub(crate) name: &'static str,
    pub(crate) status: u16,
    /// The message, unless there is a more specific one.
    pub(crate) message: &'static str,
    pub(crate) origin: Origin,
}

/// The source of an error type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Origin {
    Reference,
    Sdk,
    OAuth,
    Own,
}

macro_rules! error_types {
    ($($origin:ident { $($constant:ident = $status:literal $name:literal: $message:literal;)+ })+) => {
        $($(pub(crate) static $constant: ErrorType =
            ErrorType { name: $name, status: $status, message: $message, origin: Origin::$origin };)+)+

        #[cfg(test)]
        pub(super) static LISTED: &[&ErrorType] = &[$($(&$constant),+),+];
    };
}

// After the macro, which it uses.
mod b2b;

/// Returns every error type there is.
#[cfg(test)]
pub(crate) fn all() -> impl Iterator<Item = &'static ErrorType> {
    LISTED.iter().chain(b2b::LISTED).copied()
}

error_types! {
    // In the reference pages of the endpoints. Nine of the messages are documented there too, and are the same here:
    // README.md names them.
    Reference {
        BAD_REQUEST = 400 "bad_request": "The request is malformed.";
        UNAUTHORIZED_CREDENTIALS = 401 "unauthorized_credentials": "Unauthorized credentials.";
        TOO_MANY_REQUESTS = 429 "too_many_requests": "Too many requests have been made.";
        INTERNAL_SERVER_ERROR = 500 "internal_server_error": "The emulator failed. This is a bug in the emulator, not a mistake in the request.";
        DUPLICATE_EMAIL = 400 "duplicate_email": "A user with the specified email already exists for this project.";
        INVALID_EMAIL = 400 "invalid_email": "Email format is invalid.";
        WEAK_PASSWORD = 400 "weak_password": "The password does not meet the strength policy of the project.";
        EMAIL_NOT_FOUND = 404 "email_not_found": "Email could not be found.";
        PASSWORD_ALREADY_EXISTS = 400 "password_already_exists": "The user with the given email already has a password.";
        INVALID_HASH_TYPE = 400 "invalid_hash_type": "`hash_type` is not a supported hash type.";
        INVALID_HASH = 400 "invalid_hash": "`hash` does not have the form that `hash_type` requires.";
        INVALID_BCRYPT_HASH = 400 "invalid_bcrypt_hash": "`hash` is not a bcrypt hash.";
        INVALID_BCRYPT_COST = 400 "invalid_bcrypt_cost": "The cost in the bcrypt hash is out of range.";
        INVALID_ARGON_2_SALT = 400 "invalid_argon_2_salt": "The salt of an Argon2 hash must have at least eight bytes.";
        ARGON_2_KEY_LENGTH_MISMATCH = 400 "argon_2_key_length_mismatch": "The key_length value doesn't match the length of the provided hash.";
        INVALID_MD_5_HASH = 400 "invalid_md_5_hash": "`hash` is not an MD5 hash: 32 hexadecimal digits.";
        INVALID_SHA_1_HASH = 400 "invalid_sha_1_hash": "`hash` is not a SHA-1 hash: 40 hexadecimal digits.";
        INVALID_BASE64_SCRYPT_HASH = 400 "invalid_base64_scrypt_hash": "`hash` is neither base64 nor a scrypt hash in PHC form.";
        INVALID_SCRYPT_SALT_LENGTH = 400 "invalid_scrypt_salt_length": "The salt of a scrypt hash must have 8 to 1024 bytes.";
        SCRYPT_KEY_LENGTH_MISMATCH = 400 "scrypt_key_length_mismatch": "`scrypt_config.key_length` is not the length of `hash` in bytes.";
        INVALID_PBKDF_2_HASH = 400 "invalid_pbkdf_2_hash": "`hash` is not base64, or is empty.";
        INVALID_PBKDF_2_SALT = 400 "invalid_pbkdf_2_salt": "`pbkdf_2_config.salt` is not base64, or is empty.";
        INVALID_PBKDF_2_ITERATION_AMOUNT = 400 "invalid_pbkdf_2_iteration_amount": "The iterations of a PBKDF2 hash are out of range.";
        PBKDF_2_KEY_LENGTH_MISMATCH = 400 "pbkdf_2_key_length_mismatch": "`pbkdf_2_config.key_length` is not the length of `hash` in bytes.";
        INVALID_PHPASS_HASH_PREFIX = 400 "invalid_phpass_hash_prefix": "A phpass hash must begin with $P$ or $H$.";
        INVALID_PHONE_NUMBER = 400 "invalid_phone_number": "`phone_number` must be in E.164 form, for example +12025550162.";
        DUPLICATE_PHONE_NUMBER = 400 "duplicate_phone_number": "Another user has the given phone number.";
        RESET_PASSWORD = 400 "reset_password": "The password must be reset before it can be used again.";
        BREACHED_PASSWORD = 400 "breached_password": "The password is on the list of breached passwords.";
        TOO_MANY_SESSION_ARGUMENTS = 400 "too_many_session_arguments": "Send either `session_token` or `session_jwt`, not both.";
        SESSION_NOT_FOUND = 404 "session_not_found": "Session could not be found.";
        USER_NOT_FOUND = 404 "user_not_found": "User could not be found.";
        ATTRIBUTE_MISMATCH = 401 "attribute_mismatch": "Unable to authenticate because attributes on request don't match stored attributes.";
    }
    // In Stytch's SDKs for browsers and Android. The reference does not say when they occur, and rarely with which
    // status.
    Sdk {
        ROUTE_NOT_FOUND = 404 "route_not_found": "No endpoint has this path.";
        METHOD_NOT_ALLOWED = 405 "method_not_allowed": "This endpoint does not accept this method.";
        INVALID_ARGON_2_MEMORY = 400 "invalid_argon_2_memory": "The memory of an Argon2 hash is out of range.";
        INVALID_ARGON_2_ITERATION_AMOUNT = 400 "invalid_argon_2_iteration_amount": "The iterations of an Argon2 hash are out of range.";
        INVALID_ARGON_2_THREADS = 400 "invalid_argon_2_threads": "The threads of an Argon2 hash are out of range.";
        INVALID_SHA_512_HASH = 400 "invalid_sha_512_hash": "`hash` is not a SHA-512 hash: 128 hexadecimal digits.";
        INVALID_BASE64_SCRYPT_SALT = 400 "invalid_base64_scrypt_salt": "`scrypt_config.salt` is not base64.";
        INVALID_SCRYPT_N_PARAMETER = 400 "invalid_scrypt_n_parameter": "The N of a scrypt hash must be a power of two from 2 to 262144.";
        INVALID_SCRYPT_PARAMETERS = 400 "invalid_scrypt_parameters": "The r and p of a scrypt hash are out of range.";
        INVALID_PBKDF_2_ALGORITHM = 400 "invalid_pbkdf_2_algorithm": "`pbkdf_2_config.algorithm` must be sha256 or sha512.";
        INVALID_PHPASS_HASH_FORMAT = 400 "invalid_phpass_hash_format": "`hash` is not a phpass hash: a prefix, a cost, a salt of eight characters, and 22 characters of hash.";
        DUPLICATE_USER_EXTERNAL_ID = 400 "duplicate_user_external_id": "The given external id is the id or external id of another user.";
        NO_USER_PASSWORD = 400 "no_user_password": "The user with the given email has no password.";
        NO_SESSION_ARGUMENTS = 400 "no_session_arguments": "Send `session_token` or `session_jwt`.";
        NO_SESSION_REVOKE_ARGUMENTS = 400 "no_session_revoke_arguments": "Send `session_id`, `session_token` or `session_jwt`.";
        TOO_MANY_SESSION_REVOKE_ARGUMENTS = 400 "too_many_session_revoke_arguments": "Send only one of `session_id`, `session_token` and `session_jwt`.";
        UNABLE_TO_PARSE_SESSION_JWT = 400 "unable_to_parse_session_jwt": "`session_jwt` is not a session JWT of this project.";
        SESSION_AUTHORIZATION_ERROR = 403 "session_authorization_error": "No role of the user allows this action on this resource.";
        SESSION_TOO_OLD_TO_RESET_PASSWORD = 400 "session_too_old_to_reset_password": "The session has no password or email factor that was authenticated within the last five minutes.";
        CUSTOM_CLAIMS_TOO_LARGE = 400 "custom_claims_too_large": "The custom claims of a session must not exceed 4 KB.";
        METADATA_TOO_LARGE = 400 "metadata_too_large": "A metadata object must not exceed 4 KB.";
        METADATA_TOO_MANY_KEYS = 400 "metadata_too_many_keys": "A metadata object must not have more than 20 top-level keys.";
        PROJECT_NOT_FOUND = 404 "project_not_found": "This emulator serves another project.";
        UNABLE_TO_AUTH_PASSWORD_RESET_TOKEN = 401 "unable_to_auth_password_reset_token": "The token is unknown, has expired, or has been used.";
        INVALID_PASSWORD_RESET_REDIRECT_URL = 400 "invalid_password_reset_redirect_url": "`reset_password_redirect_url` is not an absolute URL.";
        INVALID_LOGIN_REDIRECT_URL = 400 "invalid_login_redirect_url": "`login_redirect_url` is not an absolute URL.";
        INVALID_PKCE_CODE_CHALLENGE = 400 "invalid_pkce_code_challenge": "`code_challenge` is not the base64url form of a SHA-256 hash.";
        PKCE_EXPECTED_CODE_VERIFIER = 400 "pkce_expected_code_verifier": "The flow was started with a `code_challenge`: send its `code_verifier`.";
        PKCE_DID_NOT_EXPECT_CODE_VERIFIER = 400 "pkce_did_not_expect_code_verifier": "The flow was started without a `code_challenge`, so `code_verifier` cannot be checked.";
        PKCE_MISMATCH = 400 "pkce_mismatch": "`code_verifier` does not match the `code_challenge` from the start of the flow.";
        PHONE_NUMBER_NOT_FOUND = 404 "phone_number_not_found": "Phone number could not be found.";
        UNABLE_TO_AUTH_MAGIC_LINK = 401 "unable_to_auth_magic_link": "The magic link could not be authenticated because it was either already used or expired. Send another magic link to this user.";
        OTP_CODE_NOT_FOUND = 404 "otp_code_not_found": "The passcode was incorrect and could not be authenticated, encourage the user to try inputting the passcode again or send another passcode.";
        UNABLE_TO_AUTH_OTP_CODE = 401 "unable_to_auth_otp_code": "The passcode could not be authenticated because it was either already used or expired. Send another passcode to this user.";
        INVALID_LOGIN_MAGIC_LINK_URL = 400 "invalid_login_magic_link_url": "`login_magic_link_url` is not an absolute URL.";
        INVALID_SIGNUP_MAGIC_LINK_URL = 400 "invalid_signup_magic_link_url": "`signup_magic_link_url` is not an absolute URL.";
        INVALID_INVITE_MAGIC_LINK_URL = 400 "invalid_invite_magic_link_url": "`invite_magic_link_url` is not an absolute URL.";
        TOO_MANY_USER_SELECTION_ARGUMENTS = 400 "too_many_user_selection_arguments": "Send either `user_id` or a session, not both.";
        MIGRATE_FROM_EXTERNAL_MISSING_USERINFO = 400 "migrate_from_external_missing_userinfo": "The project has no userinfo endpoint of another system, so its sessions cannot be migrated. The emulator has no setting for one.";
        IDP_ACCESS_TOKEN_NOT_FOUND = 404 "idp_access_token_not_found": "No Connected App has this access token. The emulator has no Connected Apps.";
        ACTIVE_TOTP_EXISTS = 400 "active_totp_exists": "The user has an authenticator app. Delete it first.";
        PENDING_TOTP_EXISTS = 400 "pending_totp_exists": "The user has an authenticator app that is not verified yet. Authenticate a code, or delete it first.";
        TOTPS_NOT_FOUND_FOR_USER = 404 "totps_not_found_for_user": "The user has no authenticator app.";
        EXPIRED_TOTP = 400 "expired_totp": "The authenticator app of the user was not verified in time. Create another one.";
        INVALID_TOTP_CODE = 400 "invalid_totp_code": "`totp_code` must have six digits.";
        RECOVERY_CODE_USED_AS_TOTP_CODE = 400 "recovery_code_used_as_totp_code": "This is a recovery code. Send it to `/v1/totps/recover`.";
        TOTP_CODE_USED_AS_RECOVERY_CODE = 400 "totp_code_used_as_recovery_code": "This is a code of an authenticator app. Send it to `/v1/totps/authenticate`.";
        TOTP_CODE_ALREADY_AUTHENTICATED = 400 "totp_code_already_authenticated": "This TOTP code has already been authenticated. Please attempt with the next generated code.";
        UNABLE_TO_AUTHENTICATE_TOTP = 401 "unable_to_authenticate_totp": "The code is not the current code of the authenticator app, and not the one before or after it.";
        UNABLE_TO_AUTHENTICATE_RECOVERY_CODE = 401 "unable_to_authenticate_recovery_code": "The recovery code is unknown or has been used.";
        M2M_CLIENT_NOT_FOUND = 404 "m2m_client_not_found": "The project has no M2M client with this id.";
        DUPLICATE_M2M_CLIENT_ID = 400 "duplicate_m2m_client_id": "Another M2M client has the given id.";
        INVALID_M2M_CLIENT_SCOPE = 400 "invalid_m2m_client_scope": "A scope must not be empty or contain a space.";
        M2M_CLIENT_INVALID_CLIENT_ID = 400 "m2m_client_invalid_client_id": "`client_id` must have 1 to 128 letters, digits or `.`, `_`, `-`, `|`.";
        M2M_CLIENT_INVALID_CLIENT_SECRET = 400 "m2m_client_invalid_client_secret": "`client_secret` must have 8 to 256 characters.";
        M2M_CLIENT_INVALID_STATUS = 400 "m2m_client_invalid_status": "`status` must be active or inactive.";
        M2M_CLIENT_ALREADY_ROTATING_SECRET = 400 "m2m_client_already_rotating_secret": "The client already has a second secret.";
        M2M_CLIENT_NOT_ROTATING_SECRET = 400 "m2m_client_not_rotating_secret": "The client has no second secret.";
        M2M_SEARCH_MISSING_FILTER_NAME = 400 "m2m_search_missing_filter_name": "Each of `query.operands` must have a `filter_name`.";
        M2M_SEARCH_MISSING_FILTER_VALUE = 400 "m2m_search_missing_filter_value": "Each of `query.operands` must have a `filter_value`.";
        M2M_SEARCH_FILTER_NAME_MUST_BE_STRING = 400 "m2m_search_filter_name_must_be_string": "`filter_name` must be a string.";
        M2M_SEARCH_FILTER_NAME_NOT_RECOGNIZED = 400 "m2m_search_filter_name_not_recognized": "`filter_name` must be client_id, client_name or scopes.";
        M2M_SEARCH_EXPECTED_ARRAY_OF_STRINGS = 400 "m2m_search_expected_array_of_strings": "The `filter_value` of this filter must be a list of strings.";
        UNABLE_TO_AUTH_IMPERSONATION_TOKEN = 401 "unable_to_auth_impersonation_token": "The impersonation token is unknown, has expired, or has been used.";
        OAUTH_TOKEN_NOT_FOUND = 404 "oauth_token_not_found": "The OAuth token is unknown, has expired, or has been used.";
        INVALID_OAUTH_PROVIDER = 400 "invalid_oauth_provider": "There is no OAuth provider with this name. The names are, for example, google, github and apple.";
        INVALID_OAUTH_ATTACH_TOKEN = 400 "invalid_oauth_attach_token": "`oauth_attach_token` is unknown, has expired, has been used, or is for another provider.";
        INVALID_LOGIN_OAUTH_URL = 400 "invalid_login_oauth_url": "`login_redirect_url` is not an absolute URL.";
        INVALID_SIGNUP_OAUTH_URL = 400 "invalid_signup_oauth_url": "`signup_redirect_url` is not an absolute URL.";
        PUBLIC_TOKEN_REQUIRED = 400 "public_token_required": "`public_token` is required. The emulator accepts any.";
        NO_USER_SELECTION_ARGUMENTS = 400 "no_user_selection_arguments": "Send `user_id`, `session_token` or `session_jwt`.";
        INVALID_WALLET_TYPE = 400 "invalid_wallet_type": "`crypto_wallet_type` must be ethereum or solana.";
        INVALID_ETHEREUM_ADDRESS = 400 "invalid_ethereum_address": "`crypto_wallet_address` must be 0x and 40 hexadecimal digits.";
        INVALID_SOLANA_ADDRESS = 400 "invalid_solana_address": "`crypto_wallet_address` must be 32 bytes in base58.";
        DUPLICATE_WALLET_ADDRESS = 400 "duplicate_wallet_address": "Another user has the given wallet.";
        INVALID_SIGNATURE = 400 "invalid_signature": "`signature` must be 65 bytes in hexadecimal digits for Ethereum, or 64 bytes in base58 or hexadecimal digits for Solana.";
        UNABLE_TO_AUTHENTICATE_CRYPTO_WALLET = 401 "unable_to_authenticate_crypto_wallet": "The signature does not belong to the wallet, or the challenge has expired or has been used.";
        CRYPTO_WALLET_TYPE_INCOMPATIBLE_WITH_SIWE = 400 "crypto_wallet_type_incompatible_with_siwe": "`siwe_params` can only be sent for Ethereum.";
        SIWE_MESSAGE_NOT_VALID_YET = 401 "siwe_message_not_valid_yet": "The message is not valid before the time in `siwe_params.not_before`.";
        INVALID_SIWE_DOMAIN = 400 "invalid_siwe_domain": "`siwe_params.domain` is required, and must be a host with or without a port.";
        INVALID_SIWE_URI = 400 "invalid_siwe_uri": "`siwe_params.uri` is required, and must have a scheme.";
        INVALID_SIWE_CHAIN_ID = 400 "invalid_siwe_chain_id": "`siwe_params.chain_id` must have only digits.";
        INVALID_SIWE_STATEMENT = 400 "invalid_siwe_statement": "`siwe_params.statement` must have one line.";
        INVALID_SIWE_RESOURCE = 400 "invalid_siwe_resource": "Each of `siwe_params.resources` must have a scheme.";
        INVALID_SIWE_MESSAGE_REQUEST_ID = 400 "invalid_siwe_message_request_id": "`siwe_params.message_request_id` must have one line.";
        TOTP_NOT_FOUND = 404 "totp_not_found": "No user has this TOTP registration.";
        BIOMETRIC_REGISTRATION_NOT_FOUND = 404 "biometric_registration_not_found": "No user has this biometric registration.";
        WEBAUTHN_REGISTRATION_NOT_FOUND = 404 "webauthn_registration_not_found": "No user has this WebAuthn registration.";
        CRYPTO_WALLET_NOT_FOUND = 404 "crypto_wallet_not_found": "No user has this crypto wallet.";
        OAUTH_USER_REGISTRATION_NOT_FOUND = 404 "oauth_user_registration_not_found": "No user has this OAuth registration.";
        PASSWORD_NOT_FOUND = 404 "password_not_found": "No user has this password.";
        IDP_CLIENT_NOT_FOUND = 404 "idp_client_not_found": "The project has no such Connected App.";
        INVALID_EXCHANGE_PRIMARY_FACTOR_FIELDS = 400 "invalid_exchange_primary_factor_fields": "Send either `email_address` or `phone_number`.";
        INVALID_EXCHANGE_PRIMARY_FACTOR_USER = 400 "invalid_exchange_primary_factor_user": "The user must have exactly one factor, an email address or a phone number, besides a password.";
        USER_SEARCH_INVALID_CURSOR = 400 "user_search_invalid_cursor": "`cursor` must be the `next_cursor` of a response.";
        USER_SEARCH_INVALID_LIMIT = 400 "user_search_invalid_limit": "`limit` must be an integer from 1 to 1000.";
        USER_SEARCH_INVALID_OPERATOR = 400 "user_search_invalid_operator": "`query.operator` must be AND or OR.";
        USER_SEARCH_MISSING_FILTER_NAME = 400 "user_search_missing_filter_name": "Each of `query.operands` must have a `filter_name`.";
        USER_SEARCH_MISSING_FILTER_VALUE = 400 "user_search_missing_filter_value": "Each of `query.operands` must have a `filter_value`.";
        USER_SEARCH_FILTER_NAME_MUST_BE_STRING = 400 "user_search_filter_name_must_be_string": "`filter_name` must be a string.";
        USER_SEARCH_FILTER_NAME_NOT_RECOGNIZED = 400 "user_search_filter_name_not_recognized": "`filter_name` is not the name of a filter.";
        USER_SEARCH_EXPECTED_ARRAY_OF_STRING = 400 "user_search_expected_array_of_string": "The `filter_value` of this filter must be a list of strings.";
        USER_SEARCH_EXPECTED_BOOL = 400 "user_search_expected_bool": "The `filter_value` of this filter must be a boolean.";
        USER_SEARCH_EXPECTED_OBJECT = 400 "user_search_expected_object": "The `filter_value` of this filter must be an object with `greater_than` and `less_than`.";
        USER_SEARCH_EXPECTED_STRING = 400 "user_search_expected_string": "The `filter_value` of this filter must be a string.";
        USER_SEARCH_EXPECTED_TIMESTAMP = 400 "user_search_expected_timestamp": "A time in a filter must have the form of RFC 3339, for example 2026-01-02T03:04:05Z.";
        USER_SEARCH_INVALID_STATUS_FILTER = 400 "user_search_invalid_status_filter": "The status of a user must be active or pending.";
        USER_SEARCH_EMAIL_ADDRESS_FUZZY_TOO_SHORT = 400 "user_search_email_address_fuzzy_too_short": "The value of a fuzzy filter must have at least three characters.";
        USER_SEARCH_FULL_NAME_FUZZY_TOO_SHORT = 400 "user_search_full_name_fuzzy_too_short": "The value of a fuzzy filter must have at least three characters.";
        USER_SEARCH_PHONE_NUMBER_FUZZY_TOO_SHORT = 400 "user_search_phone_number_fuzzy_too_short": "The value of a fuzzy filter must have at least three characters.";
    }
    // Of OAuth 2, RFC 6749.
    OAuth {
        INVALID_CLIENT = 401 "invalid_client": "The client is unknown or inactive, or its secret is wrong.";
        INVALID_SCOPE = 400 "invalid_scope": "The client does not have one of the scopes.";
        UNSUPPORTED_GRANT_TYPE = 400 "unsupported_grant_type": "`grant_type` must be client_credentials.";
    }
    // Of the emulator itself, for cases that Stytch does not document.
    Own {
        TRUSTED_AUTH_TOKEN_PROFILE_NOT_FOUND = 404 "trusted_auth_token_profile_not_found": "The project has no Trusted Auth Token profile with this id. The emulator has no setting for one.";
        NOT_EMULATED = 501 "not_emulated": "Stytch has this endpoint, but the emulator does not emulate it. The README of stytch-emulator lists the emulated endpoints.";
        UNSUPPORTED_MEDIA_TYPE = 415 "unsupported_media_type": "The body of a request must be JSON, with `Content-Type: application/json`.";
        REQUEST_TIMEOUT = 408 "request_timeout": "The request body did not arrive in time.";
        REQUEST_TOO_LARGE = 413 "request_too_large": "The request body is too large.";
        INJECTED = 500 "injected_fault": "A fault that a test requested.";
        FOREIGN_HOST = 403 "foreign_host": "The emulator does not accept this `Host` here.";
        FOREIGN_ORIGIN = 403 "foreign_origin": "The emulator does not accept requests from web pages of other origins.";
    }
}

/// An API error before it becomes a response.
#[derive(Debug)]
pub(crate) struct ApiError {
    pub(crate) error_type: &'static ErrorType,
    /// A status that replaces the one of the error type.
    status: Option<u16>,
    message: String,
    headers: Vec<(HeaderName, HeaderValue)>,
    /// Whether the response has the form of OAuth 2's errors.
    is_oauth: bool,
}

impl ApiError {
    pub(crate) fn new(error_type: &'static ErrorType, message: impl Into<String>) -> Self {
        Self { error_type, status: None, message: message.into(), headers: Vec::new(), is_oauth: false }
    }

    /// The error of a fault with this status.
    pub(crate) fn injected(status: u16) -> Self {
        let error_type = match status {
            429 => &TOO_MANY_REQUESTS,
            500 => &INTERNAL_SERVER_ERROR,
            _ => &INJECTED,
        };
        Self { status: Some(status), ..Self::new(error_type, INJECTED.message) }
    }

    /// `bad_request` for a parameter. The message begins with the name of the parameter.
    pub(crate) fn parameter(name: &str, complaint: impl AsRef<str>) -> Self {
        Self::new(&BAD_REQUEST, format!("`{name}` {}", complaint.as_ref()))
    }

    /// Adds the name of the object that contains the parameter.
    pub(crate) fn inside(mut self, whole: &str) -> Self {
        self.message = match self.message.strip_prefix('`') {
            Some(rest) => format!("`{whole}.{rest}"),
            None => format!("`{whole}` {}", self.message),
        };
        self
    }

    /// Gives the response the form of OAuth 2's errors.
    pub(crate) fn in_oauth_form(self) -> Self {
        Self { is_oauth: true, ..self }
    }

    pub(crate) fn into_message(self) -> String {
        self.message
    }

    pub(crate) fn with(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.push((name, value));
        self
    }

    /// Returns the response, in the form of Stytch's errors.
    pub(crate) fn into_response(self, request_id: &str) -> Response {
        let name = self.error_type.name;
        let status = self.status.unwrap_or(self.error_type.status);
        let url = format!("https://stytch.com/docs/api/errors/{status}#{name}");
        let mut body = json!({ "status_code": status, "request_id": request_id });
        let fields = if self.is_oauth {
            // OAuth 2 has one name for every mistake in the request itself.
            let is_malformed = [&BAD_REQUEST, &UNSUPPORTED_MEDIA_TYPE].contains(&self.error_type);
            let name = if is_malformed { "invalid_request" } else { name };
            [("error", name), ("error_description", &self.message), ("error_uri", &url)]
        } else {
            [("error_type", name), ("error_message", &self.message), ("error_url", &url)]
        };
        for (name, text) in fields {
            body[name] = text.into();
        }
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = Response::json(status, &body);
        response.error_type = Some(name);
        response.headers.extend(self.headers);
        response
    }
}

impl From<&'static ErrorType> for ApiError {
    fn from(error_type: &'static ErrorType) -> Self {
        Self::new(error_type, error_type.message)
    }
}
