//! Checks the names and the values of headers. Errors are the reasons after "cannot be sent: ".

use http::{HeaderName, HeaderValue};

/// Headers that the transport sets itself. Another value could only contradict it.
const TRANSPORT_HEADERS: [&str; 6] =
    ["connection", "content-length", "host", "te", "transfer-encoding", "upgrade"];

/// Returns the name and the value of a header.
pub(crate) fn header(name: &str, value: &str) -> Result<(HeaderName, HeaderValue), &'static str> {
    Ok((header_name(name)?, header_value(value)?))
}

/// Returns the name of a header.
pub(super) fn header_name(name: &str) -> Result<HeaderName, &'static str> {
    let header = HeaderName::from_bytes(name.as_bytes()).map_err(|_| "this is not a valid header name")?;
    if TRANSPORT_HEADERS.contains(&header.as_str()) {
        return Err("the transport sets this header itself");
    }
    Ok(header)
}

/// Returns the value of a header.
pub(super) fn header_value(value: &str) -> Result<HeaderValue, &'static str> {
    HeaderValue::from_str(value)
        .map_err(|_| "a header value cannot contain line breaks or control characters")
}
