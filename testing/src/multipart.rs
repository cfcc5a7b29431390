//! Reads the parts of a multipart body, as `declapi` and browsers write them.

use std::borrow::Cow;

use serde_json::Value;

/// A part of a body.
pub(crate) struct Part<'b> {
    /// Its headers with the line break before them; empty if there are none.
    pub(crate) headers: Cow<'b, str>,
    pub(crate) content: Cow<'b, str>,
}

impl Part<'_> {
    fn read(bytes: &[u8]) -> Option<Part<'_>> {
        const END_OF_HEADERS: &[u8] = b"\r\n\r\n";
        let end = find(bytes, END_OF_HEADERS)?;
        let headers = String::from_utf8_lossy(&bytes[..end]);
        let content = String::from_utf8_lossy(&bytes[end + END_OF_HEADERS.len()..]);
        Some(Part { headers, content })
    }

    fn header(&self, wanted: &str) -> Option<&str> {
        let mut headers = self.headers.lines().filter_map(|line| line.split_once(':'));
        headers.find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value.trim())
    }

    /// Returns the name; `None` in `multipart/related`.
    pub(crate) fn name(&self) -> Option<String> {
        let name = parameter(self.header("content-disposition")?, "name")?;
        Some(name.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n"))
    }

    /// Returns the value. A part with JSON is parsed. Any other part is text, also a file.
    pub(crate) fn value(&self) -> Value {
        let is_json = self.header("content-type").is_some_and(|value| value.starts_with("application/json"));
        let json = is_json.then(|| declapi::from_json(&self.content).ok()).flatten();
        json.unwrap_or_else(|| Value::String(self.content.clone().into_owned()))
    }
}

/// Returns the name and the value of each part that has a name.
pub(crate) fn parts(content_type: &str, body: &[u8]) -> Vec<(String, Value)> {
    let parts = split(content_type, body).into_iter();
    parts.filter_map(|part| Some((part.name()?, part.value()))).collect()
}

/// Returns all parts.
pub(crate) fn split<'b>(content_type: &str, body: &'b [u8]) -> Vec<Part<'b>> {
    let Some(boundary) = parameter(content_type, "boundary") else { return Vec::new() };
    let delimiter = format!("\r\n--{boundary}");
    // The first delimiter has no line break before it.
    let mut rest = body.strip_prefix(&delimiter.as_bytes()[2..]).unwrap_or_default();
    let mut parts = Vec::new();
    while let Some(end) = find(rest, delimiter.as_bytes()) {
        parts.extend(Part::read(&rest[..end]));
        rest = &rest[end + delimiter.len()..];
    }
    parts
}

/// Returns the value of `; name=value` or `; name="value"` in a header.
fn parameter<'h>(header: &'h str, name: &str) -> Option<&'h str> {
    let (_, value) = header.split_once(&format!("; {name}="))?;
    match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next(),
        None => value.split(';').next(),
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}
