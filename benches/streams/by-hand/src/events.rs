//! Server-sent events by hand, without allocations for events that are as long as earlier ones.

use memchr::memchr;
use reqwest::Response;

/// The events of a response.
pub struct Events {
    response: Response,
    /// The bytes that have arrived.
    arrived: Vec<u8>,
    /// The start of the line that is read next.
    start: usize,
    event: Event,
    is_complete: bool,
}

/// An event. It is overwritten by the next one.
#[derive(Default)]
pub struct Event {
    pub name: String,
    pub id: String,
    pub data: String,
}

impl Events {
    pub fn new(response: Response) -> Self {
        Self { response, arrived: Vec::new(), start: 0, event: Event::default(), is_complete: false }
    }

    /// Returns the next event; `None` at the end.
    pub async fn next(&mut self) -> Result<Option<&Event>, Box<dyn std::error::Error>> {
        loop {
            while let Some(length) = memchr(b'\n', &self.arrived[self.start..]) {
                let line = &self.arrived[self.start..self.start + length];
                self.start += length + 1;
                let line = std::str::from_utf8(line.strip_suffix(b"\r").unwrap_or(line))?;
                if std::mem::take(&mut self.is_complete) {
                    self.event.name.clear();
                    self.event.data.clear();
                }
                if !line.is_empty() {
                    self.event.read(line);
                } else if !self.event.data.is_empty() {
                    self.is_complete = true;
                    return Ok(Some(&self.event));
                }
            }
            self.arrived.drain(..self.start);
            self.start = 0;
            match self.response.chunk().await? {
                Some(chunk) => self.arrived.extend_from_slice(&chunk),
                None => return Ok(None),
            }
        }
    }
}

impl Event {
    fn read(&mut self, line: &str) {
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.name),
            "id" => value.clone_into(&mut self.id),
            "data" => {
                if !self.data.is_empty() {
                    self.data.push('\n');
                }
                self.data.push_str(value);
            }
            _ => {}
        }
    }
}
