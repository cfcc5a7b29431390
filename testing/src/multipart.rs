//! Reads the parts of a multipart body, as `declapi` and browsers write them.

use serde_json::Value;

/// Returns the name and the value of each part. A part with JSON is parsed. Any other part is text, also a file.
///
/// Parts without a name, as in `multipart/related`, are left out.
pub(crate) fn parts(content_type: &str, body: &[u8]) -> Vec<(String, Value)> {
    let Some(boundary) = parameter(content_type, "boundary") else { return Vec::new() };
    let delimiter = format!("\r\n--{boundary}");
    // The first delimiter has no line break before it.
    let mut rest = body.strip_prefix(&delimiter.as_bytes()[2..]).unwrap_or_default();
    let mut parts = Vec::new();
    while let Some(end) = find(rest, delimiter.as_bytes()) {
        parts.extend(part(&rest[..end]));
        rest = &rest[end + delimiter.len()..];
    }
    parts
}

/// Reads a part, which begins with the line break after its delimiter.
fn part(bytes: &[u8]) -> Option<(String, Value)> {
    const END_OF_HEADERS: &[u8] = b"\r\n\r\n";
    let end = find(bytes, END_OF_HEADERS)?;
    let headers = String::from_utf8_lossy(&bytes[..end]);
    let content = String::from_utf8_lossy(&bytes[end + END_OF_HEADERS.len()..]);
    let header = |wanted: &str| {
        let mut headers = headers.lines().filter_map(|line| line.split_once(':'));
        headers.find(|(name, _)| name.eq_ignore_ascii_case(wanted)).map(|(_, value)| value.trim())
    };
    let name = parameter(header("content-disposition")?, "name")?;
    let name = name.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n");
    let is_json = header("content-type").is_some_and(|value| value.starts_with("application/json"));
    let json = is_json.then(|| declapi::from_json(&content).ok()).flatten();
    Some((name, json.unwrap_or_else(|| Value::String(content.into_owned()))))
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
