//! The LUDS policy: which of lower case, upper case, digits and symbols a password contains.

use serde_json::{Map, Value, json};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Luds {
    /// In the order of the name.
    kinds: [bool; 4],
    missing_complexity: usize,
    missing_characters: usize,
}

impl Luds {
    pub(super) fn measure(password: &str, minimum_length: u8, minimum_complexity: u8) -> Self {
        let has = |kind: fn(char) -> bool| password.chars().any(kind);
        let kinds = [
            has(|c| c.is_ascii_lowercase()),
            has(|c| c.is_ascii_uppercase()),
            has(|c| c.is_ascii_digit()),
            // Every other character is a symbol, including spaces, emoji and characters of other alphabets.
            has(|c| !c.is_ascii_alphanumeric()),
        ];
        let complexity = kinds.iter().filter(|has| **has).count();
        Self {
            kinds,
            missing_complexity: usize::from(minimum_complexity).saturating_sub(complexity),
            missing_characters: usize::from(minimum_length).saturating_sub(password.chars().count()),
        }
    }

    pub(super) fn is_met(self) -> bool {
        self.missing_complexity == 0 && self.missing_characters == 0
    }

    pub(super) fn to_json(self) -> Map<String, Value> {
        let [lower_case, upper_case, digit, symbol] = self.kinds;
        let fields = json!({
            "has_lower_case": lower_case,
            "has_upper_case": upper_case,
            "has_digit": digit,
            "has_symbol": symbol,
            "missing_complexity": self.missing_complexity,
            "missing_characters": self.missing_characters,
        });
        fields.as_object().cloned().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_length_are_counted() {
        let luds = Luds::measure("aB1", 8, 4);
        assert_eq!((luds.missing_complexity, luds.missing_characters, luds.is_met()), (1, 5, false));
        assert!(Luds::measure("aB1 aB1 ", 8, 4).is_met());
        assert!(Luds::measure("пароль12", 8, 2).is_met());
        assert!(!Luds::measure("", 8, 1).is_met());
    }
}
