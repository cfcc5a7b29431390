//! JSON lines and server-sent events, without secrets.

use serde_json::Value;

use super::body::hidden;
use crate::redact::{Known, REDACTED};

/// How secrets are found in the elements of a stream.
pub(super) struct Stream<'s> {
    pub(super) known: &'s mut Known,
    pub(super) hide: &'s dyn Fn(&mut Value),
    /// Whether a declaration marks secrets, so that an element that is not JSON is hidden.
    pub(super) is_marked: bool,
}

impl Stream<'_> {
    pub(super) fn lines(mut self, text: &str) -> String {
        let lines = text.split_inclusive('\n').map(|line| {
            let json = line.trim_end();
            self.element(json) + &line[json.len()..]
        });
        lines.collect()
    }

    pub(super) fn lines_or_events(self, text: &str, content_type: &str) -> String {
        let is_data = |line| data(line).is_some();
        let is_events = content_type.contains("event-stream") || text.split(['\n', '\r']).any(is_data);
        if is_events { self.events(text) } else { self.lines(text) }
    }

    fn events(mut self, text: &str) -> String {
        let text = text.trim_start_matches('\u{FEFF}').replace("\r\n", "\n").replace('\r', "\n");
        let events = text.split("\n\n").map(|event| {
            let whole = event.split('\n').filter_map(data).collect::<Vec<_>>().join("\n");
            // All lines of the data take the place of the first one.
            let mut hidden = Some(self.element(&whole)).filter(|hidden| *hidden != whole);
            let is_hidden = hidden.is_some();
            let lines = event.split('\n').filter_map(|line| match data(line) {
                Some(_) if is_hidden => {
                    hidden.take().map(|text| format!("data: {}", text.replace('\n', "\ndata: ")))
                }
                Some(_) => Some(line.to_owned()),
                None => Some(self.known.hide_in(line)),
            });
            lines.collect::<Vec<_>>().join("\n")
        });
        events.collect::<Vec<_>>().join("\n\n")
    }

    fn element(&mut self, text: &str) -> String {
        match declapi::from_json::<Value>(text) {
            Ok(value) => {
                let hidden = hidden(&value, self.known, self.hide);
                if hidden == value { text.to_owned() } else { hidden.to_string() }
            }
            // Some APIs end a stream of events with this.
            Err(_) if self.is_marked && !text.is_empty() && text != "[DONE]" => REDACTED.to_owned(),
            Err(_) => self.known.hide_in(text),
        }
    }
}

/// Returns the data of a line in an event.
fn data(line: &str) -> Option<&str> {
    let rest = line.strip_prefix("data")?;
    let value = if rest.is_empty() { rest } else { rest.strip_prefix(':')? };
    Some(value.strip_prefix(' ').unwrap_or(value))
}
