//! Keeps what was sent in secret out of what is quoted from an answer.

use std::ops::Range;

use percent_encoding::percent_decode_str;
use serde_json::Value;
use zeroize::Zeroizing;

use super::spelling::find;
use crate::request::Request;
use crate::{EndpointInfo, Place};

/// From this length on, a text that is not marked is worth hiding: shorter ones are words and numbers.
const UNMARKED: usize = 4;

/// A secret shorter than this is often a part of other words: with `x` blacked out of `exists`, everybody would
/// know it.
const SHORT: usize = 8;

/// The secrets of one call.
#[derive(Default)]
pub(crate) struct Scrubber {
    secrets: Vec<Zeroizing<String>>,
}

impl Scrubber {
    /// Stands for a secret in a quotation.
    pub(crate) const REDACTED: &str = "<redacted>";

    /// Collects the secrets of a request, and `more` of them from the client. Only errors pay for this.
    pub(crate) fn of<'t>(request: &Request, more: impl IntoIterator<Item = &'t str>) -> Self {
        let mut secrets: Vec<_> = more.into_iter().map(kept).collect();
        if let Some(Ok(body)) = request.body().map(serde_json::from_slice) {
            collect_members(body, request.info, &mut secrets);
        }
        // A path holds no secrets: declarations with one in it are refused.
        if let Some((_, query)) = request.path().split_once('?') {
            collect_pairs(query, request.info, &mut secrets);
        }
        secrets.extend(request.headers.iter().filter_map(|(_, value)| value.to_str().ok()).map(kept));
        secrets.retain(|secret| !secret.is_empty());
        secrets.sort_unstable_by(|one, other| one.as_str().cmp(other));
        secrets.dedup();
        Self { secrets }
    }

    /// The text with every secret blacked out, in whatever way a server has spelt it.
    pub(crate) fn clean(&self, text: &str) -> String {
        let found = |secret: &Zeroizing<String>| {
            let is_short = secret.len() < SHORT;
            find(text, secret).into_iter().filter(move |place| !is_short || stands_alone(text, place))
        };
        let mut places: Vec<Range<usize>> = self.secrets.iter().flat_map(found).collect();
        places.sort_unstable_by_key(|place| place.start);
        let (mut cleaned, mut done) = (String::with_capacity(text.len()), 0);
        for place in places {
            // What overlaps the place before is blacked out together with it.
            if place.start >= done {
                cleaned.push_str(&text[done..place.start]);
                cleaned.push_str(Self::REDACTED);
            }
            done = done.max(place.end);
        }
        cleaned.push_str(&text[done..]);
        cleaned
    }

    /// The type of a refusal, which is compared with known ones and so stays as it is: for somebody whose
    /// password is `password`, a `weak_password` is one all the same. Only what is nothing but a secret, or has
    /// a long one in it, is blacked out.
    pub(crate) fn clean_type(&self, error_type: &str) -> String {
        const LONG: usize = 12;
        let shows = |secret: &Zeroizing<String>| {
            error_type == secret.as_str() || secret.len() >= LONG && error_type.contains(secret.as_str())
        };
        let is_plain = error_type.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if crate::error_type::ALL.contains(&error_type) || is_plain && !self.secrets.iter().any(shows) {
            error_type.to_owned()
        } else {
            self.clean(error_type)
        }
    }
}

/// How many digits make a number worth hiding.
const PASSCODE: usize = 4;

/// The texts under the members that the endpoint marks as secret, and under objects, which may hold some.
fn collect_members(body: Value, info: &EndpointInfo, secrets: &mut Vec<Zeroizing<String>>) {
    let Value::Object(members) = body else { return };
    for (name, value) in members {
        if is_secret(info, Place::Body, &name) {
            collect_texts(value, 0, secrets);
        } else if value.is_object() {
            collect_texts(value, UNMARKED, secrets);
        }
    }
}

/// The texts are moved and not copied, so that each is overwritten in the end.
fn collect_texts(value: Value, least: usize, secrets: &mut Vec<Zeroizing<String>>) {
    match value {
        Value::String(text) if text.len() >= least => secrets.push(Zeroizing::new(text)),
        Value::Array(items) => items.into_iter().for_each(|item| collect_texts(item, least, secrets)),
        Value::Object(members) => {
            members.into_iter().for_each(|(_, member)| collect_texts(member, least, secrets));
        }
        // A passcode may be a number; a shorter one is a setting, such as how often a hash was made.
        Value::Number(number) if least == 0 => {
            secrets
                .extend(Some(number.to_string()).filter(|text| text.len() >= PASSCODE).map(Zeroizing::new));
        }
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

fn collect_pairs(query: &str, info: &EndpointInfo, secrets: &mut Vec<Zeroizing<String>>) {
    for (name, value) in query.split('&').filter_map(|pair| pair.split_once('=')) {
        if is_secret(info, Place::Query, &decoded(name)) {
            secrets.push(Zeroizing::new(decoded(value)));
        }
    }
}

/// Whether no letter or digit stands next to the place.
fn stands_alone(text: &str, place: &Range<usize>) -> bool {
    let before = text[..place.start].chars().next_back();
    let after = text[place.end..].chars().next();
    ![before, after].into_iter().flatten().any(char::is_alphanumeric)
}

/// What no field names comes out of a flattened map, where anything may be.
fn is_secret(info: &EndpointInfo, place: Place, name: &str) -> bool {
    let known = info.fields().find(|field| field.place == place && field.name == name);
    known.is_none_or(|field| field.secret)
}

fn kept(text: &str) -> Zeroizing<String> {
    Zeroizing::new(text.to_owned())
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Endpoint;
    use crate::passwords::Authenticate;

    #[crate::endpoint(get = "/v1/keys", response = ())]
    struct Keys<'a> {
        #[endpoint(secret, query)]
        token: &'a str,
        page: u32,
        #[serde(flatten)]
        more: std::collections::BTreeMap<&'a str, &'a str>,
    }

    #[test]
    fn blacks_out_what_was_sent_and_what_it_was_sent_with() {
        let login = Authenticate::builder().email("ada@example.com").password("a<b>\"c&d").build();
        let scrubber = Scrubber::of(&login.request().unwrap(), ["secret-test-1"]);
        assert_eq!(
            scrubber.clean("<p>a&lt;b&gt;&quot;c&amp;d, a%3Cb%3E%22c%26d, secret-test-1</p>"),
            "<p><redacted>, <redacted>, <redacted></p>"
        );
    }

    #[test]
    fn leaves_the_rest_alone() {
        let login = Authenticate::builder().email("ada@example.com").password("").build();
        let scrubber = Scrubber::of(&login.request().unwrap(), [""]);
        assert_eq!(scrubber.clean("502 for ada@example.com"), "502 for ada@example.com");
    }

    #[test]
    fn a_query_has_secrets_too() {
        let keys = Keys::builder().token("to ken").page(72_u32).more([("x key", "un named")]).build();
        let scrubber = Scrubber::of(&keys.request().unwrap(), []);
        assert_eq!(
            scrubber.clean("to ken, to%20ken, un named, x key, 72"),
            "<redacted>, <redacted>, <redacted>, x key, 72"
        );
    }

    #[crate::endpoint(post = "/v1/codes", response = ())]
    struct Code {
        #[endpoint(secret)]
        code: u32,
        #[endpoint(secret)]
        rounds: u8,
    }

    #[test]
    fn a_passcode_is_a_secret_and_a_setting_is_none() {
        let scrubber = Scrubber::of(&Code::builder().code(483_921).rounds(12).build().request().unwrap(), []);
        assert_eq!(scrubber.clean("code 483921 is wrong, 12 rounds"), "code <redacted> is wrong, 12 rounds");
    }

    /// A short secret is in everything, the word that stands for a secret included.
    #[test]
    fn short_ones_are_blacked_out_where_they_stand_alone() {
        let scrubber = Scrubber { secrets: "redact".chars().map(String::from).map(Zeroizing::new).collect() };
        assert_eq!(scrubber.clean("red (e) a-d."), "red (<redacted>) <redacted>-<redacted>.");
        assert_eq!(scrubber.clean(Scrubber::REDACTED), Scrubber::REDACTED);
    }

    #[test]
    fn overlapping_ones_are_one() {
        let scrubber = Scrubber { secrets: ["abcdefgh", "bcdefghi"].map(kept).to_vec() };
        assert_eq!(scrubber.clean("xabcdefghix"), "x<redacted>x");
    }

    #[test]
    fn a_type_stays_comparable() {
        let login = Authenticate::builder().email("ada@example.com").password("password").build();
        let scrubber = Scrubber::of(&login.request().unwrap(), ["secret_test_1_long"]);
        assert_eq!(scrubber.clean_type("weak_password"), "weak_password");
        assert_eq!(scrubber.clean_type("a_new_password_error"), "a_new_password_error");
        assert_eq!(scrubber.clean_type("password"), "<redacted>");
        assert_eq!(scrubber.clean_type("no secret_test_1_long"), "no <redacted>");
        assert_eq!(scrubber.clean_type("no_secret_test_1_long"), "no_<redacted>");
    }
}
