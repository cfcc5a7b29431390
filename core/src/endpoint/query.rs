//! Writes the query pairs of a field in its style.

use serde::Serialize;

use super::parts::Parts;
use super::request::SecretKind;
use super::text::{Style, TextError, TextSerializer};
use crate::QueryStyle;

const NO_MAP_UNDER_A_NAME: &str =
    "a map cannot be a single query value: write `query(deep)`, or add `#[serde(flatten)]`";
const NO_MAP_IN_A_MAP: &str =
    "a map in a map cannot be written as text: write `query(deep)`, or send it in the body";

/// Writes the pairs of one field.
struct Pairs<'p> {
    to: &'p mut Parts,
    style: QueryStyle,
    /// The name of the last pair, if further values can be added to it.
    open: Option<String>,
}

impl<'p> Pairs<'p> {
    fn new(to: &'p mut Parts) -> Self {
        let style = std::mem::take(&mut to.style);
        Self { to, style, open: None }
    }

    /// Returns the style for the serializer. `no_map` is the reason why a map is rejected.
    fn style(&self, no_map: &'static str) -> Style {
        match self.style {
            QueryStyle::Repeat => Style::Repeat { no_map },
            QueryStyle::Comma => Style::Comma { no_map },
            QueryStyle::Brackets => Style::Brackets,
            QueryStyle::Deep => Style::Deep,
        }
    }

    fn write(&mut self, name: &str, text: &str, secret: Option<SecretKind>) {
        let joins = self.style == QueryStyle::Comma;
        let start = if joins && self.open.as_deref() == Some(name) {
            self.to.add_to_pair(text)
        } else {
            if joins {
                self.open = Some(name.to_owned());
            }
            self.to.pair(name, text)
        };
        if let Some(kind) = secret {
            self.to.keep_secret(kind, start);
        }
    }
}

/// Returns how secret a pair is. The fields of an object may be secret without a mark on the query field.
fn secrecy(is_marked: bool, field: &str, pair: &str) -> Option<SecretKind> {
    let is_field = || pair.bytes().skip(field.len()).any(|byte| !matches!(byte, b'[' | b']' | b'0'..=b'9'));
    if is_marked { Some(SecretKind::Query) } else { is_field().then_some(SecretKind::QueryObject) }
}

impl Parts {
    /// Sets the style of the next query field to a list with commas.
    pub fn comma(&mut self) -> &mut Self {
        self.style = QueryStyle::Comma;
        self
    }

    /// Sets the style of the next query field to names with brackets.
    pub fn brackets(&mut self) -> &mut Self {
        self.style = QueryStyle::Brackets;
        self
    }

    /// Sets the style of the next query field to names with numbers and keys in brackets.
    pub fn deep(&mut self) -> &mut Self {
        self.style = QueryStyle::Deep;
        self
    }

    /// Writes a query value in the style of the field.
    pub fn query<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.query_with(name, value, |value, to| value.serialize(to));
    }

    /// Writes a query value, if it is set.
    pub fn query_opt<T: Serialize>(&mut self, name: &'static str, value: &Option<T>) {
        if let Some(value) = self.present(value.as_ref()) {
            self.query(name, value);
        }
    }

    /// Writes a query value with a custom serializer.
    pub fn query_with<T: ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
        serialize: impl FnOnce(&T, TextSerializer<'_>) -> Result<(), TextError>,
    ) {
        let is_secret = std::mem::take(&mut self.is_secret);
        let mut pairs = Pairs::new(self);
        let style = pairs.style(NO_MAP_UNDER_A_NAME);
        let has_objects = pairs.style == QueryStyle::Deep;
        let outcome = serialize(
            value,
            TextSerializer::values(name, style, &mut |pair, text| {
                pairs.write(pair, text, secrecy(is_secret, name, pair));
                Ok(())
            }),
        );
        self.note(name, outcome, is_secret || has_objects);
    }

    /// Writes a query value with a custom serializer, if it is set.
    pub fn query_opt_with<T>(
        &mut self,
        name: &'static str,
        value: &Option<T>,
        serialize: impl FnOnce(&Option<T>, TextSerializer<'_>) -> Result<(), TextError>,
    ) {
        if self.present(value.as_ref()).is_some() {
            self.query_with(name, value, serialize);
        }
    }

    /// Writes the entries of a map as query pairs.
    pub fn query_flat<T: Serialize + ?Sized>(&mut self, value: &T) {
        self.query_flat_with(value, |value, to| value.serialize(to));
    }

    /// Writes the entries of a map as query pairs, if it is set.
    pub fn query_flat_opt<T: Serialize>(&mut self, value: &Option<T>) {
        if let Some(value) = self.present(value.as_ref()) {
            self.query_flat(value);
        }
    }

    /// Writes the entries of a map as query pairs, with a custom serializer.
    pub fn query_flat_with<T: ?Sized>(
        &mut self,
        value: &T,
        serialize: impl FnOnce(&T, TextSerializer<'_>) -> Result<(), TextError>,
    ) {
        // The names of these pairs are not declared, so they are treated as secret anyway.
        self.is_secret = false;
        let mut pairs = Pairs::new(self);
        let style = pairs.style(NO_MAP_IN_A_MAP);
        let outcome = serialize(
            value,
            TextSerializer::entries(style, &mut |pair, text| {
                pairs.write(pair, text, Some(SecretKind::Query));
                Ok(())
            }),
        );
        self.note("*", outcome, true);
    }

    /// Writes the entries of a map as query pairs with a custom serializer, if it is set.
    pub fn query_flat_opt_with<T>(
        &mut self,
        value: &Option<T>,
        serialize: impl FnOnce(&Option<T>, TextSerializer<'_>) -> Result<(), TextError>,
    ) {
        if self.present(value.as_ref()).is_some() {
            self.query_flat_with(value, serialize);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{EndpointInfo, Method};

    const INFO: &EndpointInfo = &EndpointInfo::new("Search", Method::Get, "/search", true, "", 0, &[]);

    fn possible_secrets(write: impl FnOnce(&mut Parts)) -> Vec<String> {
        let mut parts = Parts::new(INFO);
        write(&mut parts);
        let secrets = parts.finish().unwrap().possible_secrets();
        secrets.iter().map(|secret| secret.to_string()).collect()
    }

    /// The object's fields may be marked as secret, but their marks are not visible here.
    #[test]
    fn an_object_in_the_query_may_have_secrets() {
        let filter = json!({"a_token": "s3cret", "by": "id", "list": ["hidden"]});
        assert_eq!(possible_secrets(|to| to.deep().query("filter", &filter)), ["s3cret", "hidden"]);
        assert_eq!(
            possible_secrets(|to| to.secret().deep().query("filter", &filter)),
            ["s3cret", "id", "hidden"]
        );
    }

    #[test]
    fn a_list_has_secrets_if_it_is_marked() {
        let list = ["first", "second"].as_slice();
        for style in [Parts::comma, Parts::brackets, Parts::deep] {
            assert_eq!(possible_secrets(|to| style(to).query("list", list)), [""; 0]);
            assert_eq!(possible_secrets(|to| style(to.secret()).query("list", list)), list);
        }
    }

    /// The style of an unset field must not apply to the next one.
    #[test]
    fn a_style_is_for_one_field() {
        let mut parts = Parts::new(INFO);
        parts.comma().query_opt("a", &None::<Vec<u8>>);
        parts.query("b", &vec![1, 2]);
        parts.comma().query("c", &vec![1, 2]);
        parts.query("c", &vec![3]);
        assert_eq!(parts.finish().unwrap().path(), "/search?b=1&b=2&c=1,2&c=3");
    }
}
