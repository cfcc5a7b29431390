//! Secrets whose values are known.

use std::collections::HashSet;

use serde_json::Value;

use super::names::hide_keys;
use super::{REDACTED, hide, inside};

/// The secrets of requests, because a server may repeat them in its responses.
pub(crate) struct Known {
    secrets: Vec<String>,
    /// The names of declared fields.
    names: HashSet<&'static str>,
    is_learning: bool,
}

/// A shorter secret is only replaced if it is a whole string, because it may be a part of other words.
const LEAST: usize = 6;
/// A shorter number is not replaced.
const LEAST_DIGITS: usize = 4;

impl Known {
    pub(crate) fn new() -> Self {
        Self { secrets: Vec::new(), names: HashSet::new(), is_learning: true }
    }

    /// Returns a value to which nothing is added.
    pub(crate) fn nothing() -> Self {
        Self { is_learning: false, ..Self::new() }
    }

    /// Adds the names of declared fields. They are never hidden, because a reader needs them.
    pub(crate) fn add_names(&mut self, names: impl IntoIterator<Item = &'static str>) {
        self.names.extend(names);
    }

    pub(crate) fn add(&mut self, secret: &str) {
        if self.is_learning
            && !secret.is_empty()
            && secret != REDACTED
            && !self.secrets.iter().any(|known| known == secret)
        {
            self.secrets.push(secret.to_owned());
            // The longest secrets come first, so that no part of one is left.
            self.secrets.sort_by_key(|known| std::cmp::Reverse(known.len()));
        }
    }

    /// Adds the strings and numbers of a value that are hidden in its redacted form.
    pub(crate) fn add_hidden(&mut self, value: &Value, hidden: &Value) {
        match (value, hidden) {
            (Value::String(text), Value::String(hidden)) if text != hidden => {
                match (inside(text), inside(hidden)) {
                    (Some(value), Some(hidden)) => self.add_hidden(&value, &hidden),
                    _ => self.add(text),
                }
            }
            (Value::Number(number), Value::Number(hidden)) if number != hidden => {
                self.add(&number.to_string());
            }
            (Value::Array(items), Value::Array(hidden)) => {
                items.iter().zip(hidden).for_each(|(item, hidden)| self.add_hidden(item, hidden));
            }
            (Value::Object(values), Value::Object(hidden)) => {
                values
                    .values()
                    .zip(hidden.values())
                    .for_each(|(value, hidden)| self.add_hidden(value, hidden));
            }
            _ => {}
        }
    }

    pub(crate) fn hide_in(&self, text: &str) -> String {
        if let Some(value) = inside(text) {
            let mut hidden = value.clone();
            self.hide_in_json(&mut hidden);
            if hidden != value {
                return hidden.to_string();
            }
        }
        let mut hidden = hide_keys(text);
        for secret in &self.secrets {
            if hidden == *secret {
                return REDACTED.to_owned();
            }
            if secret.len() >= LEAST {
                hidden = without(&hidden, secret);
            }
        }
        hidden
    }

    /// Hides the secrets in the name of an entry or of a pair. A short one may be an ordinary word.
    pub(crate) fn hide_in_name(&self, name: &str) -> String {
        if self.names.contains(name) {
            return name.to_owned();
        }
        let secrets = self.secrets.iter().filter(|secret| secret.len() >= LEAST);
        secrets.fold(hide_keys(name), |name, secret| without(&name, secret))
    }

    /// Returns whether a number is a secret. A short one is not, because there are many equal numbers.
    fn has_number(&self, text: &str) -> bool {
        let digits = text.bytes().filter(u8::is_ascii_digit).count();
        digits >= LEAST_DIGITS && self.secrets.iter().any(|known| known == text)
    }

    pub(crate) fn hide_in_json(&self, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.hide_in(text),
            Value::Number(number) if self.has_number(&number.to_string()) => hide(value),
            Value::Array(items) => items.iter_mut().for_each(|item| self.hide_in_json(item)),
            Value::Object(values) => {
                let hidden = std::mem::take(values).into_iter().map(|(name, mut value)| {
                    self.hide_in_json(&mut value);
                    (self.hide_in_name(&name), value)
                });
                *values = hidden.collect();
            }
            _ => {}
        }
    }
}

/// Hides a secret in a string, also if characters of it are percent-encoded.
fn without(text: &str, secret: &str) -> String {
    let (mut hidden, mut done) = (String::new(), 0);
    for (at, _) in text.char_indices() {
        if let Some(length) = length_at(&text.as_bytes()[at..], secret).filter(|_| at >= done) {
            hidden.push_str(&text[done..at]);
            hidden.push_str(REDACTED);
            done = at + length;
        }
    }
    hidden + &text[done..]
}

/// Returns the length of a secret with which a string starts.
fn length_at(text: &[u8], secret: &str) -> Option<usize> {
    let mut at = 0;
    for byte in secret.bytes() {
        at += match text.get(at..)? {
            [b'%', code @ ..] if is_code(code, byte) => 3,
            [b'+', ..] if byte == b' ' => 1,
            [same, ..] if *same == byte => 1,
            _ => return None,
        };
    }
    Some(at)
}

fn is_code(code: &[u8], byte: u8) -> bool {
    code.get(..2).is_some_and(|code| code.eq_ignore_ascii_case(format!("{byte:02x}").as_bytes()))
}
