//! The claims of a token, and their checks.

use std::time::Duration;

use declapi::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::JwtProblem;
use crate::JsonObject;

/// The claims that every token has, and the others.
#[derive(Debug, Deserialize)]
pub(super) struct Claims {
    #[serde(rename = "iss")]
    pub(super) issuer: String,
    #[serde(rename = "sub")]
    pub(super) subject: String,
    #[serde(rename = "aud", deserialize_with = "one_or_many")]
    pub(super) audience: Vec<String>,
    #[serde(rename = "exp")]
    pub(super) expires_at: i64,
    #[serde(rename = "iat")]
    issued_at: i64,
    #[serde(rename = "nbf")]
    pub(super) not_before: i64,
    #[serde(flatten)]
    others: JsonObject,
}

/// The expected values of claims.
pub(super) struct Expected<'e> {
    pub(super) issuers: &'e [String],
    pub(super) audience: &'e str,
    pub(super) now: Timestamp,
    pub(super) max_age: Option<Duration>,
    pub(super) leeway: Duration,
}

impl Claims {
    pub(super) fn read(payload: &[u8]) -> Result<Self, JwtProblem> {
        let json = std::str::from_utf8(payload).map_err(|_| JwtProblem::Malformed)?;
        declapi::from_json(json).map_err(|_| JwtProblem::Malformed)
    }

    pub(super) fn check(&self, expected: &Expected<'_>) -> Result<(), JwtProblem> {
        let now = expected.now.as_second();
        let leeway = seconds(expected.leeway);
        if !expected.issuers.contains(&self.issuer) {
            return Err(JwtProblem::Issuer);
        }
        if !self.audience.iter().any(|audience| audience == expected.audience) {
            return Err(JwtProblem::Audience);
        }
        if self.expires_at.saturating_add(leeway) <= now {
            return Err(JwtProblem::Expired);
        }
        if self.not_before.max(self.issued_at) > now.saturating_add(leeway) {
            return Err(JwtProblem::NotYetValid);
        }
        if expected.max_age.is_some_and(|max_age| self.is_too_old(expected.now, max_age)) {
            return Err(JwtProblem::TooOld);
        }
        Ok(())
    }

    /// As in Stytch's SDKs, a JWT of exactly this age is too old, and with zero seconds every JWT is too old.
    fn is_too_old(&self, now: Timestamp, max_age: Duration) -> bool {
        // Times are whole seconds, so an age below one second cannot be measured. For any longer age, a token from a
        // clock that is ahead is young enough.
        let age = now.as_millisecond().saturating_sub(self.issued_at.saturating_mul(1000));
        max_age < Duration::from_secs(1) || u128::try_from(age).is_ok_and(|age| age >= max_age.as_millis())
    }

    pub(super) fn issued_at(&self) -> Option<Timestamp> {
        Timestamp::from_second(self.issued_at).ok()
    }

    /// Returns a claim that this kind of token must have, and removes it.
    pub(super) fn take<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, JwtProblem> {
        let claim = self.others.remove(name).unwrap_or(Value::Null);
        T::deserialize(claim).map_err(|_| JwtProblem::Malformed)
    }

    /// Returns the claims that the project has added: all except Stytch's claims and the reserved ones.
    pub(super) fn custom(&mut self, reserved: &[&str]) -> JsonObject {
        let mut others = std::mem::take(&mut self.others);
        others.retain(|name, _| {
            name != "jti" && !name.starts_with("https://stytch.com/") && !reserved.contains(&name.as_str())
        });
        others
    }
}

fn seconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)
}

/// In RFC 7519, an audience is a string or a list of strings.
fn one_or_many<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<String>, D::Error> {
    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Audience {
        One(String),
        Many(Vec<String>),
    }
    Ok(match Audience::deserialize(deserializer)? {
        Audience::One(audience) => vec![audience],
        Audience::Many(audiences) => audiences,
    })
}

#[cfg(test)]
pub(super) mod tests {
    use std::sync::LazyLock;

    use serde_json::json;

    use super::*;

    const ISSUED: i64 = 1_800_000_000;

    fn claims_json() -> Value {
        json!({
            "iss": "stytch.com/project-test-1", "aud": ["project-test-1"], "sub": "user-test-1",
            "iat": ISSUED, "nbf": ISSUED, "exp": ISSUED + 300, "jti": "1", "plan": "pro",
        })
    }

    fn read(change: impl FnOnce(&mut Value)) -> Result<Claims, JwtProblem> {
        let mut claims = claims_json();
        change(&mut claims);
        Claims::read(claims.to_string().as_bytes())
    }

    /// Returns valid claims with a change.
    pub(in crate::jwt) fn claims(change: impl FnOnce(&mut Value)) -> Claims {
        read(change).unwrap()
    }

    fn issuers() -> &'static [String] {
        static ISSUERS: LazyLock<[String; 2]> =
            LazyLock::new(|| ["stytch.com/project-test-1", "https://login.example.com"].map(str::to_owned));
        &*ISSUERS
    }

    fn expected(after: i64) -> Expected<'static> {
        Expected {
            issuers: issuers(),
            audience: "project-test-1",
            now: Timestamp::from_second(ISSUED + after).unwrap(),
            max_age: None,
            leeway: Duration::from_secs(10),
        }
    }

    #[test]
    fn times_are_checked_with_leeway() {
        let check = |after| claims(|_| {}).check(&expected(after));
        assert_eq!(check(-11), Err(JwtProblem::NotYetValid));
        for fine in [-10, 0, 299, 309] {
            assert_eq!(check(fine), Ok(()), "{fine}");
        }
        assert_eq!(check(310), Err(JwtProblem::Expired));
    }

    #[test]
    fn age_is_checked_if_max_age_is_set() {
        let check = |after| {
            let expected = Expected { max_age: Some(Duration::from_secs(60)), ..expected(after) };
            claims(|_| {}).check(&expected)
        };
        assert_eq!(check(-5), Ok(()));
        assert_eq!(check(59), Ok(()));
        assert_eq!(check(60), Err(JwtProblem::TooOld));
    }

    /// Zero rejects every JWT locally, independent of the clocks.
    #[test]
    fn no_jwt_is_young_enough_for_an_age_below_a_second() {
        let check = |after, max_age| {
            let expected = Expected { max_age: Some(max_age), ..expected(after) };
            claims(|_| {}).check(&expected)
        };
        for max_age in [Duration::ZERO, Duration::from_nanos(1), Duration::from_millis(999)] {
            for after in [-10, -1, 0, 1, 100] {
                assert_eq!(check(after, max_age), Err(JwtProblem::TooOld), "{after} {max_age:?}");
            }
        }
        assert_eq!(check(0, Duration::from_secs(1)), Ok(()));
        assert_eq!(check(1, Duration::from_secs(1)), Err(JwtProblem::TooOld));
        assert_eq!(check(299, Duration::MAX), Ok(()));
    }

    /// The age is measured in fractions of seconds.
    #[test]
    fn age_is_not_rounded() {
        let check = |milliseconds| {
            let now = Timestamp::from_millisecond(ISSUED * 1000 + milliseconds).unwrap();
            let expected = Expected { now, max_age: Some(Duration::from_millis(1500)), ..expected(0) };
            claims(|_| {}).check(&expected)
        };
        assert_eq!(check(1499), Ok(()));
        assert_eq!(check(1500), Err(JwtProblem::TooOld));
    }

    /// Unusual custom claims of a user do not make their token invalid.
    #[test]
    fn unusual_claims_are_kept() {
        let nested = format!("{}{}", "[".repeat(500), "]".repeat(500));
        for (odd, kept) in [
            (nested.as_str(), nested.as_str()),
            ("1e400", "1e400"),
            ("123456789012345678901234567890", "123456789012345678901234567890"),
            (r#""\ud83d""#, "\u{fffd}"),
        ] {
            let payload = claims_json().to_string().replace("\"pro\"", odd);
            let custom_claims = Claims::read(payload.as_bytes()).unwrap().custom(&[]);
            let read = custom_claims["plan"].to_string();
            // A value that cannot be represented is a string. `arbitrary_precision` adds the sign of an exponent.
            assert_eq!(read.replace(['"', '+'], ""), kept);
        }
        assert_eq!(Claims::read(b"{\"iss\":\"\xE9\"}").err(), Some(JwtProblem::Malformed));
    }

    #[test]
    fn issuer_and_audience_must_match() {
        let check = |change: fn(&mut Value)| claims(change).check(&expected(0));
        for issuer in ["stytch.com/other", "stytch.com/project-test-1/", "https://login.example.com/", ""] {
            let other = claims(|claims| claims["iss"] = issuer.into()).check(&expected(0));
            assert_eq!(other, Err(JwtProblem::Issuer), "{issuer}");
        }
        assert_eq!(check(|claims| claims["iss"] = "https://login.example.com".into()), Ok(()));
        assert_eq!(check(|claims| claims["aud"] = json!(["other"])), Err(JwtProblem::Audience));
        assert_eq!(check(|claims| claims["aud"] = json!([])), Err(JwtProblem::Audience));
        assert_eq!(check(|claims| claims["aud"] = "project-test-1".into()), Ok(()));
    }

    #[test]
    fn required_claims_must_be_present() {
        for claim in ["iss", "aud", "sub", "iat", "exp", "nbf"] {
            let read = read(|claims| {
                claims.as_object_mut().unwrap().remove(claim);
            });
            assert_eq!(read.err(), Some(JwtProblem::Malformed), "{claim}");
        }
        assert_eq!(read(|claims| claims["exp"] = "tomorrow".into()).err(), Some(JwtProblem::Malformed));
    }
}
