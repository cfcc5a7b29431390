//! Marked secrets, which tests can find in any output.
//!
//! Each contains a unique word that survives every kind of escaping. Most also contain characters that JSON, HTML and
//! URLs escape differently.

/// The project of the client. It is not secret.
pub const PROJECT_ID: &str = "project-test-11111111";
/// The API secret.
pub const API_SECRET: &str = "secret-kanarieapi-=/+";
/// The password, also for resets.
pub const PASSWORD: &str = "kanariepassword <&\"'> é";
/// The previous password.
pub const OLD_PASSWORD: &str = "kanarieoldpassword\\\t%";
/// A hash.
pub const HASH: &str = "$2b$04$kanariehash/./hash";
/// The salt before the password.
pub const PREPEND_SALT: &str = "kanarieprepend&salt";
/// The salt after the password.
pub const APPEND_SALT: &str = "kanarieappend&salt";
/// The salt of a hash configuration.
pub const SALT: &str = "kanariesalt+/=";
/// A session token in a request.
pub const SESSION_TOKEN: &str = "kanariesessiontoken_-";
/// A JWT in a request.
pub const SESSION_JWT: &str = "eyJhbGciOiJSUzI1NiJ9.kanariejwt.sig-_";
/// The token from an email.
pub const RESET_TOKEN: &str = "kanarieresettoken";
/// A PKCE verifier.
pub const CODE_VERIFIER: &str = "kanarieverifier~";
/// A session token in a response.
pub const RESPONSE_TOKEN: &str = "kanarieansweredtoken0123456789abcdefghij";
/// A JWT in a response.
pub const RESPONSE_JWT: &str =
    "eyJhbGciOiJSUzI1NiIsImtpZCI6Imp3ay10ZXN0In0.kanarieansweredjwt0123456789abcdefgh.x";

/// The secrets of requests.
pub const SENT: [&str; 11] = [
    API_SECRET,
    PASSWORD,
    OLD_PASSWORD,
    HASH,
    PREPEND_SALT,
    APPEND_SALT,
    SALT,
    SESSION_TOKEN,
    SESSION_JWT,
    RESET_TOKEN,
    CODE_VERIFIER,
];

/// The word that all canaries contain.
pub const MARK: &str = "kanarie";

/// Returns the part of a string around its first canary.
pub fn found_in(text: &str) -> Option<String> {
    use base64::Engine as _;

    let basic = base64::engine::general_purpose::STANDARD.encode(format!("{PROJECT_ID}:{API_SECRET}"));
    let lower = text.to_lowercase();
    let at = lower.find(MARK).or_else(|| lower.find(&basic.to_lowercase()))?;
    let around: Vec<char> = lower.chars().collect();
    let at = lower[..at].chars().count();
    Some(around[at.saturating_sub(60)..around.len().min(at + 60)].iter().collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_canary_is_found_in_every_spelling() {
        for canary in SENT.into_iter().chain([RESPONSE_TOKEN, RESPONSE_JWT]) {
            assert!(found_in(&format!("… {canary:?} …")).is_some(), "{canary}");
        }
        assert!(found_in("Basic cHJvamVjdC10ZXN0LTExMTExMTExOnNlY3JldC1rYW5hcmllYXBpLT0vKw==").is_some());
        assert_eq!(found_in("nothing"), None);
    }
}
