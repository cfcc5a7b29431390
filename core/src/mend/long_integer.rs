//! Detects integers that may not fit, fast enough to run on every response.

/// The length of the shortest integer that may not fit, including its sign.
pub(super) const LONG: usize = 20;

/// Returns whether there may be an integer that does not fit.
///
/// Such an integer has at least 19 consecutive digits. If the last of 19 bytes is not a digit, none of these bytes
/// begins such a sequence.
pub(super) fn has_long_integer(json: &[u8]) -> bool {
    const DIGITS: usize = LONG - 1;
    let is_no_digit = |byte: &u8| !byte.is_ascii_digit();
    let mut last = DIGITS - 1;
    while let Some(byte) = json.get(last) {
        last += DIGITS;
        if is_no_digit(byte) {
            continue;
        }
        let (start, end) = (last + 1 - 2 * DIGITS, last - DIGITS);
        if let Some(at) = json[start..end].iter().rposition(is_no_digit) {
            last = start + at + DIGITS;
            continue;
        }
        let more = json[end + 1..].iter().take_while(|byte| byte.is_ascii_digit()).count();
        let before = json[..start].last();
        // Ids of this length are common, but they are strings.
        if before == Some(&b'-') || more > 0 && before != Some(&b'"') {
            return true;
        }
        last += more;
    }
    false
}
