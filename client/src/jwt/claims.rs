//! What a session JWT claims, and whether that is acceptable.

use std::time::Duration;

use declapi::{Timestamp, response};
use serde::{Deserialize, Deserializer};

use super::JwtProblem;
use crate::JsonObject;
use crate::models::{AuthenticationFactor, Session, SessionAttributes, without_nulls};

/// The claims of a session JWT.
#[derive(Deserialize)]
pub(super) struct Claims {
    #[serde(rename = "iss")]
    issuer: String,
    #[serde(rename = "sub")]
    subject: String,
    #[serde(rename = "aud", deserialize_with = "one_or_many")]
    audience: Vec<String>,
    #[serde(rename = "exp")]
    expires_at: i64,
    #[serde(rename = "iat")]
    pub(super) issued_at: i64,
    #[serde(rename = "nbf", default)]
    not_before: i64,
    #[serde(rename = "https://stytch.com/session")]
    session: SessionClaim,
    /// `jti`, and the claims that the caller has added.
    #[serde(flatten)]
    others: JsonObject,
}

/// The session, as the JWT describes it.
#[response]
struct SessionClaim {
    #[response(required)]
    id: String,
    #[response(lenient)]
    started_at: Option<Timestamp>,
    #[response(lenient)]
    last_accessed_at: Option<Timestamp>,
    #[response(lenient)]
    expires_at: Option<Timestamp>,
    attributes: Option<SessionAttributes>,
    #[serde(default, deserialize_with = "without_nulls")]
    authentication_factors: Vec<AuthenticationFactor>,
    roles: Vec<String>,
}

/// What the claims are compared with.
pub(super) struct Expected<'e> {
    pub(super) issuer: &'e str,
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
        if self.issuer != expected.issuer {
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

    /// As Stytch's SDKs have it: a JWT of exactly this age is too old, and no JWT is young enough for zero seconds.
    fn is_too_old(&self, now: Timestamp, max_age: Duration) -> bool {
        // Times are whole seconds, so below one second nothing can be told. One from a clock that is ahead is young
        // for any longer age.
        let age = now.as_millisecond().saturating_sub(self.issued_at.saturating_mul(1000));
        max_age < Duration::from_secs(1) || u128::try_from(age).is_ok_and(|age| age >= max_age.as_millis())
    }

    pub(super) fn into_session(mut self) -> Session {
        self.others.remove("jti");
        let claim = self.session;
        Session {
            session_id: claim.id,
            user_id: self.subject,
            authentication_factors: claim.authentication_factors,
            roles: claim.roles,
            started_at: claim.started_at,
            last_accessed_at: claim.last_accessed_at,
            expires_at: claim.expires_at,
            attributes: claim.attributes,
            custom_claims: (!self.others.is_empty()).then_some(self.others),
        }
    }
}

fn seconds(duration: Duration) -> i64 {
    i64::try_from(duration.as_secs()).unwrap_or(i64::MAX)
}

/// RFC 7519 allows an audience to be one string or a list of them.
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
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const ISSUED: i64 = 1_800_000_000;

    fn claims_json() -> Value {
        json!({
            "iss": "stytch.com/project-test-1", "aud": ["project-test-1"], "sub": "user-test-1",
            "iat": ISSUED, "nbf": ISSUED, "exp": ISSUED + 300, "jti": "1", "plan": "pro",
            "https://stytch.com/session": {"id": "session-test-1", "roles": null, "started_at": ""},
        })
    }

    fn claims(change: impl FnOnce(&mut Value)) -> Result<Claims, JwtProblem> {
        let mut claims = claims_json();
        change(&mut claims);
        Claims::read(claims.to_string().as_bytes())
    }

    fn expected(after: i64) -> Expected<'static> {
        Expected {
            issuer: "stytch.com/project-test-1",
            audience: "project-test-1",
            now: Timestamp::from_second(ISSUED + after).unwrap(),
            max_age: None,
            leeway: Duration::from_secs(10),
        }
    }

    #[test]
    fn the_session_is_read_out_of_them() {
        let session = claims(|_| {}).unwrap().into_session();
        assert_eq!(
            (session.session_id.as_str(), session.user_id.as_str()),
            ("session-test-1", "user-test-1")
        );
        assert_eq!(session.custom_claims.unwrap(), *json!({"plan": "pro"}).as_object().unwrap());
    }

    #[test]
    fn times_are_checked_with_leeway() {
        let check = |after| claims(|_| {}).unwrap().check(&expected(after));
        assert_eq!(check(-11), Err(JwtProblem::NotYetValid));
        for fine in [-10, 0, 299, 309] {
            assert_eq!(check(fine), Ok(()), "{fine}");
        }
        assert_eq!(check(310), Err(JwtProblem::Expired));
    }

    #[test]
    fn age_is_checked_if_asked_for() {
        let check = |after| {
            let expected = Expected { max_age: Some(Duration::from_secs(60)), ..expected(after) };
            claims(|_| {}).unwrap().check(&expected)
        };
        assert_eq!(check(-5), Ok(()));
        assert_eq!(check(59), Ok(()));
        assert_eq!(check(60), Err(JwtProblem::TooOld));
    }

    /// Zero asks for no local verification at all, whatever the clocks say.
    #[test]
    fn no_jwt_is_young_enough_for_an_age_below_a_second() {
        let check = |after, max_age| {
            let expected = Expected { max_age: Some(max_age), ..expected(after) };
            claims(|_| {}).unwrap().check(&expected)
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

    /// The age goes on between two seconds.
    #[test]
    fn age_is_not_rounded() {
        let check = |milliseconds| {
            let now = Timestamp::from_millisecond(ISSUED * 1000 + milliseconds).unwrap();
            let expected = Expected { now, max_age: Some(Duration::from_millis(1500)), ..expected(0) };
            claims(|_| {}).unwrap().check(&expected)
        };
        assert_eq!(check(1499), Ok(()));
        assert_eq!(check(1500), Err(JwtProblem::TooOld));
    }

    /// What a user has in their claims does not keep them from being recognized.
    #[test]
    fn odd_claims_are_kept() {
        let nested = format!("{}{}", "[".repeat(500), "]".repeat(500));
        for (odd, kept) in [
            (nested.as_str(), nested.as_str()),
            ("1e400", "1e400"),
            ("123456789012345678901234567890", "123456789012345678901234567890"),
            (r#""\ud83d""#, "\u{fffd}"),
        ] {
            let payload = claims_json().to_string().replace("\"pro\"", odd);
            let session = Claims::read(payload.as_bytes()).unwrap().into_session();
            let read = session.custom_claims.unwrap()["plan"].to_string();
            // What cannot be represented is a string; `arbitrary_precision` writes the sign of an exponent.
            assert_eq!(read.replace(['"', '+'], ""), kept);
        }
        assert_eq!(Claims::read(b"{\"iss\":\"\xE9\"}").err(), Some(JwtProblem::Malformed));
    }

    #[test]
    fn issuer_and_audience_have_to_be_ours() {
        let check = |change: fn(&mut Value)| claims(change).unwrap().check(&expected(0));
        assert_eq!(check(|claims| claims["iss"] = "stytch.com/other".into()), Err(JwtProblem::Issuer));
        assert_eq!(check(|claims| claims["aud"] = json!(["other"])), Err(JwtProblem::Audience));
        assert_eq!(check(|claims| claims["aud"] = json!([])), Err(JwtProblem::Audience));
        assert_eq!(check(|claims| claims["aud"] = "project-test-1".into()), Ok(()));
    }

    #[test]
    fn claims_that_no_session_jwt_lacks() {
        for claim in ["iss", "aud", "sub", "iat", "exp", "https://stytch.com/session"] {
            let read = claims(|claims| {
                claims.as_object_mut().unwrap().remove(claim);
            });
            assert_eq!(read.err(), Some(JwtProblem::Malformed), "{claim}");
        }
        assert_eq!(claims(|claims| claims["exp"] = "tomorrow".into()).err(), Some(JwtProblem::Malformed));
    }
}
