//! Looks for integers that may not fit, in so few instructions that every response can afford it.

/// How many characters the shortest integer has that may not fit, its sign included.
pub(super) const LONG: usize = 20;

/// Whether there may be an integer that does not fit.
///
/// One has 19 digits in a row at least. If the last of 19 bytes is no digit, none of them begins such a row.
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
        // Ids of this length are common, and are strings.
        if before == Some(&b'-') || more > 0 && before != Some(&b'"') {
            return true;
        }
        last += more;
    }
    false
}
