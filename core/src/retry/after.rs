//! Reads the delay that a server requests.

use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::fmt::rfc2822;
use jiff::tz::TimeZone;

/// Reads a `Retry-After`: seconds, or an HTTP date, which is converted to a duration from `now`.
pub(crate) fn read_retry_after(value: &str, now: Timestamp) -> Option<Duration> {
    let value = value.trim();
    let seconds = read_seconds(value).map(Duration::from_secs);
    // A date in the past means no delay.
    seconds
        .or_else(|| Some(Duration::try_from(read_http_date(value)?.duration_since(now)).unwrap_or_default()))
}

/// Reads whole seconds. Some servers send decimals, which HTTP does not allow; they are rounded up.
fn read_seconds(text: &str) -> Option<u64> {
    let (whole, decimals) = text.split_once('.').unwrap_or((text, "0"));
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number(whole) || !is_number(decimals) {
        return None;
    }
    let begun = u64::from(decimals.bytes().any(|digit| digit != b'0'));
    // A number that is too large stands for a long delay, not for none.
    Some(whole.parse().unwrap_or(u64::MAX).saturating_add(begun))
}

/// Parses a date in one of the three forms that RFC 9110 (section 5.6.7) requires recipients to accept.
pub(crate) fn read_http_date(text: &str) -> Option<Timestamp> {
    const FORMS: [&str; 3] =
        ["%a, %d %b %Y %H:%M:%S GMT", "%A, %d-%b-%y %H:%M:%S GMT", "%a %b %e %H:%M:%S %Y"];

    let usual = rfc2822::DateTimeParser::new().parse_timestamp(text).ok();
    let other = || FORMS.iter().find_map(|form| DateTime::strptime(form, text).ok());
    // The last two days of the year 9999, which some servers use for "never", are beyond the range of a timestamp.
    usual.or_else(|| other().map(|date| TimeZone::UTC.to_timestamp(date).unwrap_or(Timestamp::MAX)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);

    #[test]
    fn retry_after_has_two_forms() {
        let now: Timestamp = "1994-11-06T08:49:00Z".parse().unwrap();
        assert_eq!(read_retry_after("120", now), Some(120 * SECOND));
        assert_eq!(read_retry_after("Sun, 06 Nov 1994 08:49:37 GMT", now), Some(37 * SECOND));
        assert_eq!(read_retry_after("Sun, 06 Nov 1994 08:48:00 GMT", now), Some(Duration::ZERO));
        for older in ["Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"] {
            assert_eq!(read_retry_after(older, now), Some(37 * SECOND), "{older}");
        }
        for odd in ["", "soon", "-1", "+1", "1e9", "Sun, 06 Nov", "Sun, 06 Nov 99999 08:49:37 GMT"] {
            assert_eq!(read_retry_after(odd, now), None, "{odd}");
        }
    }

    #[test]
    fn decimals_are_rounded_up() {
        let seconds = |text| read_retry_after(text, Timestamp::UNIX_EPOCH).map(|wait| wait.as_secs_f64());
        for (text, whole) in [
            ("0", 0.0),
            ("0.0", 0.0),
            ("0.001", 1.0),
            ("1.5", 2.0),
            ("2.0", 2.0),
            (" 2.000 ", 2.0),
            ("2.01", 3.0),
            ("007", 7.0),
        ] {
            assert_eq!(seconds(text), Some(whole), "{text}");
        }
        for long in ["99999999999999999999999", "99999999999999999999999.9", "18446744073709551615.1"] {
            assert_eq!(
                read_retry_after(long, Timestamp::UNIX_EPOCH),
                Some(Duration::from_secs(u64::MAX)),
                "{long}"
            );
        }
        for odd in [".5", "1.", ".", "1.5.0", "1,5", "-0.5", "1.5s", "1.-5", "1. 5", "1.5e3", "١.٥"] {
            assert_eq!(seconds(odd), None, "{odd}");
        }
    }
}
