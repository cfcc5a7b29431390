//! Phone numbers in E.164 format.

/// Whether a string is a plus sign and 7 to 15 digits. The first digit is not zero.
pub(crate) fn is_phone_number(text: &str) -> bool {
    let Some(digits) = text.strip_prefix('+') else { return false };
    (7..=15).contains(&digits.len())
        && digits.bytes().all(|digit| digit.is_ascii_digit())
        && !digits.starts_with('0')
}

#[cfg(test)]
mod tests {
    use super::is_phone_number;

    #[test]
    fn only_e_164_numbers_are_accepted() {
        assert!(is_phone_number("+12025550162"));
        for bad in [
            "12025550162",
            "+1 202 555 0162",
            "+02025550162",
            "+123456",
            "+1234567890123456",
            "+1202555０162",
            "",
        ] {
            assert!(!is_phone_number(bad), "{bad}");
        }
    }
}
