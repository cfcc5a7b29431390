//! Encodes names and values: percent-encoded in paths and queries, quoted in JSON bodies.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::parts::Parts;
use super::text::TextError;

/// The characters that need no encoding in a path segment or a query value: RFC 3986's unreserved characters.
pub(super) const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Returns the error for a value with a segment that servers and proxies would remove.
fn another_route(segment: &str, value: &str) -> String {
    let shown = match segment {
        "" if value.is_empty() => "empty".to_owned(),
        "" => "an empty segment".to_owned(),
        _ if segment == value => format!("`{value}`"),
        _ => format!("a segment `{segment}`"),
    };
    format!("{shown} would lead to another route: use another path value")
}

/// Writes the value of a placeholder, `{name}` or `{name*}`. Returns the reason if the value is not allowed.
pub(super) fn push_segments(
    path: &mut String,
    placeholder: &str,
    is_last: bool,
    value: &str,
) -> Result<(), String> {
    // `{name}` is one segment; `{name*}` can be several.
    let most = if placeholder.contains('*') { usize::MAX } else { 1 };
    // A path may end with a slash.
    let last = if most > 1 && is_last { value.strip_suffix('/') } else { None };
    for segment in last.unwrap_or(value).splitn(most, '/') {
        if matches!(segment, "" | "." | "..") {
            return Err(another_route(segment, value));
        }
    }
    for (at, segment) in value.splitn(most, '/').enumerate() {
        if at > 0 {
            path.push('/');
        }
        path.extend(utf8_percent_encode(segment, RESERVED));
    }
    Ok(())
}

impl Parts {
    /// Writes the template up to the next placeholder, and then the value.
    pub(super) fn segment(&mut self, name: &'static str, value: &str) {
        if self.info.is_absolute() {
            return self.absolute(name, value);
        }
        let (before, placeholder, after) = self.next_placeholder();
        if placeholder.is_empty() {
            return self.reject(name, "the path has no placeholder for it");
        }
        self.path.push_str(before);
        match push_segments(&mut self.path, placeholder, after.is_empty(), value) {
            Ok(()) => self.template = after,
            Err(reason) => self.reject(name, &reason),
        }
    }

    /// Leaves out the segment of the next placeholder together with the slash before it.
    pub(super) fn no_segment(&mut self) {
        let (before, _, after) = self.next_placeholder();
        self.path.push_str(before.strip_suffix('/').unwrap_or(before));
        self.template = if self.path.is_empty() && after.is_empty() { "/" } else { after };
    }

    /// Returns the template before the next placeholder, the text in its braces, and the template after it.
    fn next_placeholder(&self) -> (&'static str, &'static str, &'static str) {
        let (before, rest) = self.template.split_once('{').unwrap_or((self.template, ""));
        let (placeholder, after) = rest.split_once('}').unwrap_or_default();
        (before, placeholder, after)
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

    /// Writes `,value` after the last pair and returns where the value starts.
    ///
    /// The comma is not encoded, so a server can split the list before it decodes the values.
    pub(super) fn add_to_pair(&mut self, value: &str) -> usize {
        self.path.push(',');
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

    /// Turns the object that was written from `start` on into fields of the surrounding body.
    pub(super) fn splice(&mut self, start: usize) {
        let written = self.body.as_mut_slice().get_mut(start..).unwrap_or_default();
        match written.trim_ascii() {
            [] | b"null" => self.body.truncate(start),
            [b'{', fields @ .., b'}'] if fields.trim_ascii().is_empty() => self.body.truncate(start),
            [b'{', .., b'}'] => {
                // A `RawValue` may contain whitespace anywhere.
                let end = start + written.trim_ascii_end().len() - 1;
                let brace = written.len() - written.trim_ascii_start().len();
                written[brace] = b' ';
                written[0] = b',';
                self.body.truncate(end);
            }
            _ => {
                self.body.truncate(start);
                self.note("*", Err(TextError::no_entries()), false);
            }
        }
    }
}

/// Writes `name=value` at the end of a query, with a `&` before it if necessary.
pub(crate) fn push_pair(query: &mut String, name: &str, value: &str) {
    if !query.is_empty() {
        query.push('&');
    }
    query.extend(utf8_percent_encode(name, RESERVED));
    query.push('=');
    query.extend(utf8_percent_encode(value, RESERVED));
}
