//! The `error_type`s that Stytch documents for passwords.
//!
//! Stytch adds more types over time. Compare with [`Error::is`](crate::Error::is), and expect other values.
//!
//! ```
//! # fn example(error: stytch_client::Error) {
//! use stytch_client::error_type;
//!
//! if error.is(error_type::DUPLICATE_EMAIL) {
//!     println!("log in instead");
//! }
//! # }
//! ```

macro_rules! error_types {
    ($($(#[$doc:meta])* $name:ident = $text:literal;)+) => {
        $($(#[$doc])* pub const $name: &str = $text;)+

        /// Every type in this module.
        pub const ALL: &[&str] = &[$($text),+];
    };
}

error_types! {
    /// 401: the project id or the secret is wrong or, from `authenticate`, the password is wrong.
    UNAUTHORIZED_CREDENTIALS = "unauthorized_credentials";
    /// 429: too many requests; see [`Error::retry_after`](crate::Error::retry_after).
    TOO_MANY_REQUESTS = "too_many_requests";
    /// 500: the server failed.
    INTERNAL_SERVER_ERROR = "internal_server_error";
    /// 400: a parameter is missing or invalid.
    BAD_REQUEST = "bad_request";
    /// 400: the address already belongs to a user.
    DUPLICATE_EMAIL = "duplicate_email";
    /// 400: not an email address.
    INVALID_EMAIL = "invalid_email";
    /// 400: the score of the password is too low.
    WEAK_PASSWORD = "weak_password";
    /// 400: the password is in a list of breached passwords.
    BREACHED_PASSWORD = "breached_password";
    /// 404: no user has this address.
    EMAIL_NOT_FOUND = "email_not_found";
    /// The user must choose a new password before the next login.
    RESET_PASSWORD = "reset_password";
    /// 400: the user already has a password, so the hash was not migrated.
    PASSWORD_ALREADY_EXISTS = "password_already_exists";
    /// 400: the hash cannot be read.
    INVALID_HASH = "invalid_hash";
    /// 400: the hash type does not exist.
    INVALID_HASH_TYPE = "invalid_hash_type";
    /// 400: not a bcrypt hash.
    INVALID_BCRYPT_HASH = "invalid_bcrypt_hash";
    /// 400: the bcrypt cost is out of range.
    INVALID_BCRYPT_COST = "invalid_bcrypt_cost";
    /// 400: the salt is not valid for Argon2.
    INVALID_ARGON_2_SALT = "invalid_argon_2_salt";
    /// 400: the length of the hash does not match its configuration.
    ARGON_2_KEY_LENGTH_MISMATCH = "argon_2_key_length_mismatch";
    /// 400: not an MD5 hash.
    INVALID_MD_5_HASH = "invalid_md_5_hash";
    /// 400: not a SHA-1 hash.
    INVALID_SHA_1_HASH = "invalid_sha_1_hash";
    /// 400: a scrypt hash that is not base64.
    INVALID_BASE64_SCRYPT_HASH = "invalid_base64_scrypt_hash";
    /// 400: the salt is not valid for scrypt.
    INVALID_SCRYPT_SALT_LENGTH = "invalid_scrypt_salt_length";
    /// 400: the length of the hash does not match its configuration.
    SCRYPT_KEY_LENGTH_MISMATCH = "scrypt_key_length_mismatch";
    /// 400: a PBKDF2 hash that is not base64.
    INVALID_PBKDF_2_HASH = "invalid_pbkdf_2_hash";
    /// 400: the salt is not valid for PBKDF2.
    INVALID_PBKDF_2_SALT = "invalid_pbkdf_2_salt";
    /// 400: too few or too many iterations.
    INVALID_PBKDF_2_ITERATION_AMOUNT = "invalid_pbkdf_2_iteration_amount";
    /// 400: the length of the hash does not match its configuration.
    PBKDF_2_KEY_LENGTH_MISMATCH = "pbkdf_2_key_length_mismatch";
    /// 400: a phpass hash must begin with `$P$` or `$H$`.
    INVALID_PHPASS_HASH_PREFIX = "invalid_phpass_hash_prefix";
    /// 400: not a phone number in E.164 form.
    INVALID_PHONE_NUMBER = "invalid_phone_number";
    /// 400: the phone number belongs to another user.
    DUPLICATE_PHONE_NUMBER = "duplicate_phone_number";
}
