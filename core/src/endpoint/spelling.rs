//! How names and values are spelt: percent-encoded in paths and queries, quoted in the body.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::parts::Parts;
use super::text::TextError;

/// What a path segment or a query value may hold as it is: RFC 3986's unreserved characters.
pub(super) const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

impl Parts {
    /// Writes the template up to the next placeholder, then the value in its place.
    pub(super) fn segment(&mut self, name: &'static str, value: &str) {
        if matches!(value, "" | "." | "..") {
            let shown = if value.is_empty() { "empty".to_owned() } else { format!("`{value}`") };
            self.reject(
                name,
                &format!("{shown} would lead to another route: a path value needs a text other than that"),
            );
            return;
        }
        let (before, after) = self.template.split_once('{').unwrap_or((self.template, ""));
        self.path.push_str(before);
        self.path.extend(utf8_percent_encode(value, RESERVED));
        self.template = after.split_once('}').map_or("", |(_, after)| after);
    }

    /// Writes `name=value` and returns where the value starts.
    pub(super) fn pair(&mut self, name: &str, value: &str) -> usize {
        self.end_path();
        self.path.push(if self.has_query { '&' } else { '?' });
        self.has_query = true;
        self.path.extend(utf8_percent_encode(name, RESERVED));
        self.path.push('=');
        let start = self.path.len();
        self.path.extend(utf8_percent_encode(value, RESERVED));
        start
    }

    pub(super) fn end_path(&mut self) {
        self.path.push_str(std::mem::take(&mut self.template));
    }

    /// Writes `,"name":`.
    pub(super) fn key(&mut self, name: &'static str) {
        self.body.extend(b",\"");
        self.body.extend(name.as_bytes());
        self.body.extend(b"\":");
    }

    /// Turns the object that was written from `start` on into fields of the body around it.
    pub(super) fn splice(&mut self, start: usize) {
        let written = self.body.as_mut_slice().get_mut(start..).unwrap_or_default();
        match written.trim_ascii() {
            [] | b"null" => self.body.truncate(start),
            [b'{', fields @ .., b'}'] if fields.trim_ascii().is_empty() => self.body.truncate(start),
            [b'{', .., b'}'] => {
                // A `RawValue` may have whitespace anywhere.
                let end = start + written.trim_ascii_end().len() - 1;
                let brace = written.len() - written.trim_ascii_start().len();
                written[brace] = b' ';
                written[0] = b',';
                self.body.truncate(end);
            }
            _ => {
                self.body.truncate(start);
                self.note("*", Err(TextError::no_members()));
            }
        }
    }
}

/// Writes `name=value` behind the pairs of a query, with a `&` between them.
pub(crate) fn push_pair(query: &mut String, name: &str, value: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    query.extend(utf8_percent_encode(name, RESERVED));
    query.push('=');
    query.extend(utf8_percent_encode(value, RESERVED));
}
