//! Reads rate limits from the headers of responses.

use std::time::Duration;

use http::HeaderMap;
use jiff::Timestamp;

/// The rate limit of an API, read from the headers of a response.
///
/// Supported headers are `RateLimit` of the IETF drafts, and headers with `ratelimit` or `rate-limit` in their names,
/// for example `x-ratelimit-remaining`, `ratelimit-reset`, `x-ratelimit-reset-requests` and
/// `anthropic-ratelimit-tokens-limit`. If a response has several rate limits, this is the one with the fewest remaining
/// calls.
///
/// ```
/// use std::time::Duration;
///
/// use declapi::http::HeaderMap;
/// use declapi::{RateLimit, Timestamp};
///
/// let mut headers = HeaderMap::new();
/// headers.insert("x-ratelimit-limit", "5000".parse()?);
/// headers.insert("x-ratelimit-remaining", "4987".parse()?);
/// headers.insert("x-ratelimit-reset", "1795341660".parse()?);
/// let limit = RateLimit::read(&headers, Timestamp::from_second(1_795_341_600)?).expect("there is one");
/// assert_eq!((limit.limit, limit.remaining), (Some(5000), Some(4987)));
/// assert_eq!(limit.reset, Some(Duration::from_secs(60)));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct RateLimit {
    /// The number of calls (or tokens, or points) that the API allows in a time window.
    pub limit: Option<u64>,
    /// The number of calls that are left.
    pub remaining: Option<u64>,
    /// The time until the limit is reset.
    pub reset: Option<Duration>,
}

impl RateLimit {
    /// Reads the headers of a response that arrived at `now`. Returns `None` if they contain no rate limit.
    ///
    /// The headers of a success are in `Response<T>`, and those of an error in
    /// [`Error::headers`](crate::Error::headers).
    pub fn read(headers: &HeaderMap, now: Timestamp) -> Option<Self> {
        let mut limits: Vec<(String, Self)> = Vec::new();
        for (name, value) in headers {
            let (Some(words), Ok(value)) = (words(name.as_str()), value.to_str()) else { continue };
            if words.is_empty() {
                limits.extend(items(value).map(|item| (String::new(), item)));
                continue;
            }
            let Some((part, of)) = Part::find(&words) else { continue };
            let at = limits.iter().position(|(other, _)| *other == of).unwrap_or_else(|| {
                limits.push((of, Self::default()));
                limits.len() - 1
            });
            part.set(&mut limits[at].1, value, now);
        }
        let limits = limits.into_iter().map(|(_, limit)| limit).filter(|limit| *limit != Self::default());
        // A limit without a remaining number is less useful than the others.
        limits.min_by_key(|limit| (limit.remaining.unwrap_or(u64::MAX), std::cmp::Reverse(limit.reset)))
    }

    /// Returns the delay before the next call, if no calls are left.
    pub fn wait(&self) -> Option<Duration> {
        self.reset.filter(|_| self.remaining == Some(0))
    }
}

/// The part of a limit that a header contains.
#[derive(Clone, Copy)]
enum Part {
    Limit,
    Remaining,
    Reset,
}

impl Part {
    /// Returns the part that the words name, and the other words, which say what is limited.
    fn find(words: &[&str]) -> Option<(Self, String)> {
        let parts = [("remaining", Self::Remaining), ("reset", Self::Reset), ("limit", Self::Limit)];
        let (word, part) = parts.into_iter().find(|(word, _)| words.contains(word))?;
        let rest: Vec<&str> =
            words.iter().copied().filter(|other| *other != word && *other != "after").collect();
        Some((part, rest.join("-")))
    }

    fn set(self, limit: &mut RateLimit, value: &str, now: Timestamp) {
        match self {
            Self::Limit => limit.limit = limit.limit.or(whole(value)),
            Self::Remaining => limit.remaining = limit.remaining.or(whole(value)),
            // The header may contain a duration or a time. If there are both, one of them is rounded.
            Self::Reset => limit.reset = limit.reset.max(reset(value, now)),
        }
    }
}

/// Returns the words after `ratelimit` in the name of a header; `None` for other headers.
fn words(name: &str) -> Option<Vec<&str>> {
    let (_, rest) = name.split_once("ratelimit").or_else(|| name.split_once("rate-limit"))?;
    Some(rest.split('-').filter(|word| !word.is_empty()).collect())
}

/// Returns the limits in a `RateLimit` header: `"default";r=50;t=30`, or `limit=100, remaining=50, reset=30` in older
/// drafts.
fn items(value: &str) -> impl Iterator<Item = RateLimit> {
    let read = |parameters: &str, separator: char| {
        let mut limit = RateLimit::default();
        for parameter in parameters.split(separator) {
            let Some((name, value)) = parameter.split_once('=') else { continue };
            match name.trim() {
                "limit" | "q" => limit.limit = whole(value),
                "remaining" | "r" => limit.remaining = whole(value),
                "reset" | "t" => limit.reset = seconds(value),
                _ => {}
            }
        }
        limit
    };
    let is_old = value.trim_start().starts_with("limit=");
    let items: Vec<RateLimit> =
        if is_old { vec![read(value, ',')] } else { value.split(',').map(|item| read(item, ';')).collect() };
    items.into_iter()
}

/// Returns the first number of a value, without its fraction.
fn whole(value: &str) -> Option<u64> {
    let value = value.trim();
    let end = value.find(|character: char| !character.is_ascii_digit()).unwrap_or(value.len());
    value[..end].parse().ok()
}

/// Parses the reset of a limit: seconds, Unix time in seconds or milliseconds, a duration like `6m0s`, or a date of RFC
/// 3339.
fn reset(value: &str, now: Timestamp) -> Option<Duration> {
    /// A number above this is a Unix time and not a duration, because it is 31 years as seconds.
    const TIMES: u64 = 1_000_000_000;

    let value = value.trim();
    let until = |time: Timestamp| Duration::try_from(time.duration_since(now)).unwrap_or_default();
    match seconds(value) {
        Some(duration) if duration.as_secs() < TIMES => Some(duration),
        Some(time) => {
            let number = i64::try_from(time.as_secs()).ok()?;
            let is_millis = time.as_secs() >= TIMES * 1000;
            let time =
                if is_millis { Timestamp::from_millisecond(number) } else { Timestamp::from_second(number) };
            time.ok().map(until)
        }
        None => units(value).or_else(|| value.parse().ok().map(until)),
    }
}

/// Parses seconds, with or without a fraction.
fn seconds(value: &str) -> Option<Duration> {
    let value = value.trim();
    let is_number = value.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    Duration::try_from_secs_f64(value.parse().ok().filter(|_| is_number)?).ok()
}

/// Parses numbers with units, for example `1h2m3.5s` and `17ms`.
fn units(value: &str) -> Option<Duration> {
    let mut rest = value;
    let mut all = Duration::ZERO;
    while !rest.is_empty() {
        let unit = rest.find(|character: char| !character.is_ascii_digit() && character != '.')?;
        let end = rest[unit..]
            .find(|character: char| character.is_ascii_digit())
            .map_or(rest.len(), |at| unit + at);
        let scale = match &rest[unit..end] {
            "ms" => 0.001,
            "s" => 1.0,
            "m" => 60.0,
            "h" => 3600.0,
            "d" => 86400.0,
            _ => return None,
        };
        let number: f64 = rest[..unit].parse().ok()?;
        all = all.checked_add(Duration::try_from_secs_f64(number * scale).ok()?)?;
        rest = &rest[end..];
    }
    (!value.is_empty()).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(headers: &[(&'static str, &str)]) -> Option<(Option<u64>, Option<u64>, Option<u128>)> {
        let pairs = headers.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap()));
        let headers: HeaderMap = pairs.collect();
        let limit = RateLimit::read(&headers, Timestamp::from_second(1_795_341_600).unwrap())?;
        Some((limit.limit, limit.remaining, limit.reset.map(|reset| reset.as_millis())))
    }

    /// Headers, and the expected limit, remaining calls and reset in milliseconds.
    type Spelling = (&'static [(&'static str, &'static str)], Option<u64>, Option<u64>, Option<u128>);

    const SPELLINGS: [Spelling; 12] = [
        // GitHub
        (
            &[
                ("x-ratelimit-limit", "5000"),
                ("x-ratelimit-remaining", "0"),
                ("x-ratelimit-reset", "1795341637"),
                ("x-ratelimit-used", "5000"),
                ("x-ratelimit-resource", "core"),
            ],
            Some(5000),
            Some(0),
            Some(37_000),
        ),
        // Twitter
        (&[("x-rate-limit-remaining", "3"), ("x-rate-limit-reset", "1795341601")], None, Some(3), Some(1000)),
        // Reddit
        (&[("x-ratelimit-remaining", "99.0"), ("x-ratelimit-reset", "120")], None, Some(99), Some(120_000)),
        // Discord
        (
            &[("x-ratelimit-reset", "1795341601.25"), ("x-ratelimit-reset-after", "1.25")],
            None,
            None,
            Some(1250),
        ),
        // Milliseconds
        (&[("x-ratelimit-reset", "1795341602000")], None, None, Some(2000)),
        // The IETF's drafts
        (&[("ratelimit", "\"default\";r=50;t=30")], None, Some(50), Some(30_000)),
        (&[("ratelimit", "\"minute\";r=9;t=7, \"day\";r=4;t=300")], None, Some(4), Some(300_000)),
        (&[("ratelimit", "limit=100, remaining=50, reset=5")], Some(100), Some(50), Some(5000)),
        (
            &[("ratelimit-limit", "10, 10;w=1"), ("ratelimit-remaining", "9"), ("ratelimit-reset", "1")],
            Some(10),
            Some(9),
            Some(1000),
        ),
        // OpenAI: the limit with the fewest remaining calls
        (
            &[
                ("x-ratelimit-limit-requests", "60"),
                ("x-ratelimit-remaining-requests", "59"),
                ("x-ratelimit-reset-requests", "1s"),
                ("x-ratelimit-limit-tokens", "150000"),
                ("x-ratelimit-remaining-tokens", "0"),
                ("x-ratelimit-reset-tokens", "6m0.5s"),
            ],
            Some(150_000),
            Some(0),
            Some(360_500),
        ),
        // Anthropic
        (
            &[
                ("anthropic-ratelimit-requests-limit", "50"),
                ("anthropic-ratelimit-requests-remaining", "49"),
                ("anthropic-ratelimit-requests-reset", "2026-11-22T10:00:17Z"),
            ],
            Some(50),
            Some(49),
            Some(17_000),
        ),
        // A reset in the past
        (&[("x-ratelimit-reset", "1795341599")], None, None, Some(0)),
    ];

    #[test]
    fn headers_of_well_known_apis() {
        for (headers, limit, remaining, reset) in SPELLINGS {
            assert_eq!(read(headers), Some((limit, remaining, reset)), "{headers:?}");
        }
    }

    #[test]
    fn invalid_headers_are_ignored() {
        for (name, value) in [
            ("x-ratelimit-remaining", "many"),
            ("x-ratelimit-reset", "soon"),
            ("x-ratelimit-reset", "-1"),
            ("x-ratelimit-reset", "1e400"),
            ("x-ratelimit-reset", "inf"),
            ("x-ratelimit-reset", "1x"),
            ("x-ratelimit-reset", "99999999999999999999999"),
            ("x-ratelimit-limit", "99999999999999999999999"),
            ("x-ratelimit-reset", ""),
            ("x-ratelimit-reset", "..."),
            ("x-ratelimit-bucket", "7"),
            ("ratelimit", "r"),
            ("ratelimit", ""),
            ("ratelimit", "\"a\";r=é"),
            ("retry-after", "7"),
        ] {
            assert_eq!(read(&[(name, value)]), None, "{name}: {value}");
        }
    }

    #[test]
    fn a_delay_requires_a_limit_without_remaining_calls() {
        let limit = RateLimit { reset: Some(Duration::from_secs(7)), ..RateLimit::default() };
        assert_eq!(limit.wait(), None);
        assert_eq!(RateLimit { remaining: Some(1), ..limit }.wait(), None);
        assert_eq!(RateLimit { remaining: Some(0), ..limit }.wait(), Some(Duration::from_secs(7)));
    }
}
