//! Formats a request as a shell command.

use std::ops::Range;

use http::header::CONTENT_TYPE;
use serde_json::Value;

use super::extras::{field_value, object_fields};
use super::request::{Request, SecretKind};
use crate::Method;
use crate::error::Redactor;
use crate::response::JSON;

impl Request {
    /// Returns a `curl` command that sends the request, for a POSIX shell.
    ///
    /// The shell variable `BASE_URL` stands for the client's base URL; for `host = "uploads"` it is `UPLOADS_URL`. The
    /// headers and credentials of the client are not included, so add them. Values that are or may be secret are
    /// replaced by `<redacted>`: secret fields, headers, strings and numbers in objects of the body, and long parts of a
    /// URL that may be presigned. A body that is not text is read from a file called `body`.
    ///
    /// ```
    /// use declapi::{Endpoint, endpoint};
    ///
    /// /// Logs in.
    /// #[endpoint(post = "/login/{realm}", response = ())]
    /// pub struct Login<'a> {
    ///     /// The realm.
    ///     pub realm: &'a str,
    ///     /// The user name.
    ///     pub name: &'a str,
    ///     /// The password.
    ///     #[endpoint(secret)]
    ///     pub password: &'a str,
    /// }
    ///
    /// let request = Login { realm: "staff", name: "O'Hara", password: "hunter2" }.request()?;
    /// assert_eq!(
    ///     request.to_curl(),
    ///     r#"curl -X POST "$BASE_URL"'/login/staff' \
    ///   -H 'content-type: application/json' \
    ///   --data-raw '{"name":"O'\''Hara","password":"<redacted>"}'"#
    /// );
    /// # Ok::<(), declapi::Error>(())
    /// ```
    pub fn to_curl(&self) -> String {
        let method = match self.method() {
            Method::Get => String::new(),
            // `-X HEAD` would wait for a body.
            Method::Head => " --head".to_owned(),
            method => format!(" -X {}", method.as_str()),
        };
        let path = self.shown_path();
        let variable = if self.info.is_absolute() { String::new() } else { self.variable() };
        // curl would interpret these characters as a range.
        let globs = if path.contains(['[', ']', '{', '}']) { " --globoff" } else { "" };
        let mut command = format!("curl{method}{globs} {variable}{}", quoted(&path));
        let mut add =
            |option: &str, value: &str| command.push_str(&format!(" \\\n  {option} {}", quoted(value)));
        let mut has_content_type = false;
        for (name, value) in &self.headers {
            let is_shown = !value.is_sensitive();
            let value = value.to_str().ok().filter(|_| is_shown).unwrap_or(Redactor::REDACTED);
            has_content_type |= name == CONTENT_TYPE;
            add("-H", &format!("{name}: {value}"));
        }
        if self.has_body() {
            if !has_content_type {
                let given = self.content_type().and_then(|kind| kind.to_str().ok());
                add("-H", &format!("content-type: {}", given.unwrap_or(JSON)));
            }
            match self.shown_body() {
                Some(body) => add("--data-raw", &body),
                None => add("--data-binary", "@body"),
            }
        }
        command
    }

    /// Returns the shell variable for the host.
    fn variable(&self) -> String {
        let Some(host) = self.info.host() else { return "\"$BASE_URL\"".to_owned() };
        let letter = |character: char| if character.is_ascii_alphanumeric() { character } else { '_' };
        let name: String = host.chars().map(letter).collect();
        // A variable name cannot begin with a digit.
        let first = if name.starts_with(|first: char| first.is_ascii_digit()) { "_" } else { "" };
        format!("\"${first}{}_URL\"", name.to_ascii_uppercase())
    }

    /// Returns the path and the query without secrets.
    fn shown_path(&self) -> String {
        let secrets = self.secrets.iter().filter(|secret| secret.kind.is_in_path());
        let mut ranges: Vec<Range<usize>> = secrets.map(|secret| secret.range.clone()).collect();
        ranges.sort_unstable_by_key(|range| range.start);
        let (mut shown, mut done) = (String::with_capacity(self.path.len()), 0);
        for range in ranges {
            shown.push_str(self.path.get(done..range.start).unwrap_or_default());
            shown.push_str(Redactor::REDACTED);
            done = done.max(range.end);
        }
        shown.push_str(self.path.get(done..).unwrap_or_default());
        shown
    }

    /// Returns the body without secrets. `None` if it is not text, or if it is an upload.
    fn shown_body(&self) -> Option<String> {
        if self.pieces().is_some() {
            return None;
        }
        if let Some(fields) = object_fields(&self.body).filter(|_| self.content_type().is_none()) {
            let fields = fields.iter().map(|(name, range)| self.shown_field(name, range));
            return Some(format!("{{{}}}", fields.collect::<Option<Vec<_>>>()?.join(",")));
        }
        if self.secrets.iter().any(|secret| secret.kind == SecretKind::Value) {
            return None;
        }
        let text = std::str::from_utf8(&self.body).ok().filter(|text| !text.contains('\0'))?;
        let secrets = self.format_secrets(true);
        Some(Redactor::new(secrets.all.into_iter().chain(secrets.short)).redact(text))
    }

    /// Returns a field of the body without secrets. The range starts at the brace or the comma before the field.
    fn shown_field(&self, name: &str, range: &Range<usize>) -> Option<String> {
        let json = field_value(&self.body, range)?;
        let touches = |other: &Range<usize>| other.start < range.end && range.start < other.end;
        let is = |kind: SecretKind| self.secrets.iter().any(|one| one.kind == kind && touches(&one.range));
        let written: Value = serde_json::from_slice(json).ok()?;
        let mut value = written.clone();
        hide(&mut value, is(SecretKind::Fields));
        if is(SecretKind::Value) {
            value = Redactor::REDACTED.into();
        } else if value == written {
            // Keeps the value as it was written, so that numbers do not change.
            return Some(format!("{}:{}", Value::from(name), std::str::from_utf8(json).ok()?));
        }
        Some(format!("{}:{value}", Value::from(name)))
    }
}

/// Replaces strings and numbers that may be secret: those inside objects, or all of them.
fn hide(value: &mut Value, all: bool) {
    match value {
        Value::Object(fields) => fields.values_mut().for_each(|value| hide(value, true)),
        Value::Array(items) => items.iter_mut().for_each(|item| hide(item, all)),
        Value::String(_) | Value::Number(_) if all => *value = Redactor::REDACTED.into(),
        _ => {}
    }
}

/// Returns a string as one quoted word of a POSIX shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
