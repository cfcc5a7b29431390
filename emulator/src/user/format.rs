//! The forms of addresses and ids.

/// Compares addresses without regard to case.
pub(crate) fn same_address(one: &str, other: &str) -> bool {
    address_key(one) == address_key(other)
}

/// Returns the spelling under which the emulator finds an address.
pub(crate) fn address_key(address: &str) -> String {
    address.to_lowercase()
}

/// Whether a string has the form `local@domain.tld`. There are no further checks.
pub(crate) fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let clean = |part: &str| {
        !part.chars().any(|c| c.is_whitespace() || c.is_control() || "@<>(),;:\"[]\\".contains(c))
    };
    let dots = |part: &str| !part.starts_with('.') && !part.ends_with('.') && !part.contains("..");
    !local.is_empty()
        && text.len() <= 254
        && local.len() <= 64
        && domain.contains('.')
        && [local, domain].into_iter().all(|part| clean(part) && dots(part))
}

/// Whether a string can be an `external_id`: 1 to 128 ASCII letters, digits and `.`, `_`, `-`, `|`.
pub(crate) fn is_external_id(text: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || "._-|".contains(c);
    (1..=128).contains(&text.len()) && text.chars().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_email_addresses_are_accepted() {
        for good in ["ada@example.com", "a+b.c@sub.example.co", "Ünï@exämple.org"] {
            assert!(is_email(good), "{good}");
        }
        for bad in [
            "",
            "ada",
            "ada@",
            "@example.com",
            "ada@example",
            "a b@example.com",
            "a@b@c.d",
            "a@b..c",
            ".a@b.c",
            "a@b.c.",
        ] {
            assert!(!is_email(bad), "{bad}");
        }
    }
}
