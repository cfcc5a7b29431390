//! Parses JWTs in the compact form.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::de::IgnoredAny;
use serde::{Deserialize, Deserializer};
use zeroize::Zeroizing;

use super::JwtProblem;

/// Longer than every JWT that Stytch issues, including custom claims.
const MAX_BYTES: usize = 16 * 1024;

/// The parts of a JWT with a valid header.
pub(super) struct Compact<'j> {
    /// The signed part: header and payload.
    pub(super) signed: &'j [u8],
    pub(super) payload: Zeroizing<Vec<u8>>,
    pub(super) signature: Vec<u8>,
    header: Header,
}

#[derive(Deserialize)]
struct Header {
    alg: String,
    kid: Option<String>,
    typ: Option<String>,
    /// Whether there are critical extensions, none of which is supported.
    #[serde(default, deserialize_with = "is_there")]
    crit: bool,
}

/// For a field whose presence matters, null is different from a missing field.
fn is_there<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    IgnoredAny::deserialize(deserializer).map(|_| true)
}

impl<'j> Compact<'j> {
    pub(super) fn split(jwt: &'j str) -> Result<Self, JwtProblem> {
        if jwt.len() > MAX_BYTES {
            return Err(JwtProblem::Malformed);
        }
        let (signed, signature) = jwt.rsplit_once('.').ok_or(JwtProblem::Malformed)?;
        let (header, payload) = signed.split_once('.').ok_or(JwtProblem::Malformed)?;
        let decode = |part: &str| URL_SAFE_NO_PAD.decode(part).map_err(|_| JwtProblem::Malformed);
        let header: Header = serde_json::from_slice(&decode(header)?).map_err(|_| JwtProblem::Malformed)?;
        // Checked first, because the algorithm must never depend on the token.
        if header.alg != "RS256" {
            return Err(JwtProblem::Algorithm);
        }
        if header.crit {
            return Err(JwtProblem::Malformed);
        }
        let (payload, signature) = (Zeroizing::new(decode(payload)?), decode(signature)?);
        Ok(Self { signed: signed.as_bytes(), payload, signature, header })
    }

    /// Returns whether the header says that this is a JWT.
    pub(super) fn is_jwt(&self) -> bool {
        self.header.typ.as_deref().is_some_and(|typ| typ.eq_ignore_ascii_case("JWT"))
    }

    /// Returns the key id of the header; empty if there is none.
    pub(super) fn key_id(&self) -> &str {
        self.header.kid.as_deref().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jwt(header: &str) -> String {
        format!("{}.e30.c2ln", URL_SAFE_NO_PAD.encode(header))
    }

    #[test]
    fn a_session_jwt_is_parsed() {
        let jwt = jwt(r#"{"alg":"RS256","kid":"k","typ":"JWT"}"#);
        let compact = Compact::split(&jwt).unwrap();
        assert_eq!(
            (compact.key_id(), &**compact.payload, &*compact.signature),
            ("k", &b"{}"[..], &b"sig"[..])
        );
        assert_eq!(compact.signed, jwt.strip_suffix(".c2ln").unwrap().as_bytes());
    }

    #[test]
    fn the_type_must_be_jwt() {
        let is_jwt = |typ: &str| {
            Compact::split(&jwt(&format!(r#"{{"alg":"RS256","kid":"k"{typ}}}"#))).unwrap().is_jwt()
        };
        assert!(is_jwt(r#","typ":"JWT""#) && is_jwt(r#","typ":"jwt""#));
        for other in ["", r#","typ":null"#, r#","typ":"""#, r#","typ":"at+jwt""#, r#","typ":"JWE""#] {
            assert!(!is_jwt(other), "{other}");
        }
    }

    #[test]
    fn other_algorithms_are_rejected() {
        for alg in ["none", "None", "HS256", "RS384", "PS256", "ES256", "rs256", ""] {
            let jwt = jwt(&format!(r#"{{"alg":"{alg}","kid":"k"}}"#));
            assert_eq!(Compact::split(&jwt).err(), Some(JwtProblem::Algorithm), "{alg}");
        }
    }

    /// The same JWT, with the maximum size and with one byte more.
    #[test]
    fn a_jwt_has_a_size_limit() {
        let with_type =
            |length| jwt(&format!(r#"{{"alg":"RS256","kid":"k","typ":"{}"}}"#, "x".repeat(length)));
        // Three bytes of a header are four characters of a JWT, and one more byte is two more characters.
        let around = with_type(0).len();
        let length = (MAX_BYTES - around) * 3 / 4;
        let largest = (length - 2..length + 3).map(with_type).find(|jwt| jwt.len() == MAX_BYTES).unwrap();
        let too_large =
            (length - 2..length + 3).map(with_type).find(|jwt| jwt.len() == MAX_BYTES + 1).unwrap();
        assert!(Compact::split(&largest).is_ok());
        assert_eq!(Compact::split(&too_large).err(), Some(JwtProblem::Malformed));
    }

    #[test]
    fn invalid_jwts_are_rejected() {
        for text in ["", ".", "..", "a.b", "e30.e30.c2ln", "*.e30.c2ln", "a.b.c.d"] {
            assert_eq!(Compact::split(text).err(), Some(JwtProblem::Malformed), "{text:.20}");
        }
    }

    #[test]
    fn ambiguous_headers_are_rejected() {
        for header in [
            r#"{"alg":"RS256","kid":"k","crit":["b64"],"b64":false}"#,
            r#"{"alg":"RS256","kid":"k","crit":[]}"#,
            r#"{"alg":"RS256","kid":"k","crit":null}"#,
            r#"{"alg":"none","alg":"RS256","kid":"k"}"#,
            r#"{"alg":"RS256","kid":"k","alg":"RS256"}"#,
            r#"{"alg":"RS256","kid":"k","kid":"l"}"#,
            r#"{"alg":["RS256"],"kid":"k"}"#,
            r#"{"alg":"RS256","kid":{"a":1}}"#,
            r#"{"alg":"RS256","kid":"k"} {}"#,
            "[\"RS256\",\"k\",{}]",
        ] {
            assert_eq!(Compact::split(&jwt(header)).err(), Some(JwtProblem::Malformed), "{header}");
        }
    }

    /// If two encodings had the same content, one JWT would have two forms.
    #[test]
    fn base64_has_one_spelling() {
        let right = jwt(r#"{"alg":"RS256","kid":"k"}"#);
        assert!(Compact::split(&right).is_ok());
        for part in 0..3 {
            for tail in ["=", "==", " ", "\n", "+", "/", "\0"] {
                let mut parts: Vec<String> = right.split('.').map(str::to_owned).collect();
                parts[part] = format!("{}{tail}", parts[part]);
                assert_eq!(
                    Compact::split(&parts.join(".")).err(),
                    Some(JwtProblem::Malformed),
                    "{part} {tail:?}"
                );
            }
        }
        // The last character has bits that belong to no byte, so `Q` and `R` would be decoded to the same bytes.
        assert!(Compact::split(&right.replace("c2ln", "c2lnYQ")).is_ok());
        for odd in [right.replace("c2ln", "c2lnYR"), format!(" {right}"), right.replace('.', ". ")] {
            assert_eq!(Compact::split(&odd).err(), Some(JwtProblem::Malformed), "{odd}");
        }
    }
}
