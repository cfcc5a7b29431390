//! The file of a recorder.

use std::collections::HashMap;
use std::fmt;
use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use bytes::Bytes;
use declapi::{EndpointInfo, PreparedRequest};
use http::Response;
use serde::{Deserialize, Serialize};

use super::exchange::{RecordedRequest, RecordedResponse};
use crate::redact::Known;

/// The recorded exchanges, for recording or replay.
pub(super) struct Tape {
    path: PathBuf,
    recording: Recording,
    mode: Mode,
    /// All secrets so far, because a server may repeat any of them.
    known: Known,
}

enum Mode {
    Record,
    /// How often each request has been replayed. The keys are the indexes of their first exchanges.
    Replay(HashMap<usize, usize>),
    /// The reason why the file cannot be used.
    Unusable(String),
}

/// The content of the file.
#[derive(Default, Serialize, Deserialize)]
struct Recording {
    exchanges: Vec<Exchange>,
}

#[derive(Serialize, Deserialize)]
struct Exchange {
    /// The name of the endpoint, for readers of the file.
    endpoint: String,
    request: RecordedRequest,
    response: RecordedResponse,
}

impl Tape {
    pub(super) fn open(path: PathBuf) -> Self {
        let (recording, mode) = match fs::read(&path) {
            Ok(json) => match serde_json::from_slice(&json) {
                Ok(recording) => (recording, Mode::Replay(HashMap::new())),
                Err(error) => {
                    let place = format!("line {}, column {}", error.line(), error.column());
                    let why =
                        format!("{} is not a recording ({place}): delete it to record again", path.display());
                    (Recording::default(), Mode::Unusable(why))
                }
            },
            Err(error) if error.kind() == ErrorKind::NotFound => (Recording::default(), Mode::Record),
            Err(error) => {
                let why = format!("the recording {} cannot be read: {error}", path.display());
                (Recording::default(), Mode::Unusable(why))
            }
        };
        Self { path, recording, mode, known: Known::new() }
    }

    pub(super) fn is_recording(&self) -> bool {
        matches!(self.mode, Mode::Record)
    }

    /// Returns the request without its secrets, and the next response to it; `None` during recording.
    pub(super) fn look_up(
        &mut self,
        request: &PreparedRequest,
        body: &[u8],
    ) -> (RecordedRequest, Result<Option<RecordedResponse>, String>) {
        let asked = RecordedRequest::read(request, body, &mut self.known);
        // During a replay, a credential may be a placeholder that equals an ordinary value.
        let plain = RecordedRequest::read(request, body, &mut Known::nothing());
        let replayed = self.replay(&plain, &asked);
        (asked, replayed)
    }

    /// Replays a request whose known values are not hidden, or the same request after that.
    fn replay(
        &mut self,
        plain: &RecordedRequest,
        hidden: &RecordedRequest,
    ) -> Result<Option<RecordedResponse>, String> {
        let replayed = match &mut self.mode {
            Mode::Record => return Ok(None),
            Mode::Unusable(why) => return Err(why.clone()),
            Mode::Replay(replayed) => replayed,
        };
        let exchanges = &self.recording.exchanges;
        let find = |asked: &RecordedRequest| exchanges.iter().position(|exchange| exchange.request == *asked);
        let Some(first) = find(plain).or_else(|| find(hidden)) else {
            let known = exchanges.iter().map(|exchange| format!("\n    {}", exchange.request.line()));
            return Err(format!(
                "this call is not in {}: {}\n  the recording has:{}\n  delete the file to record again",
                self.path.display(),
                hidden.text(),
                known.collect::<String>()
            ));
        };
        let count = replayed.entry(first).or_default();
        let same = exchanges.iter().filter(|exchange| exchange.request == exchanges[first].request);
        let found = same.take(*count + 1).last();
        *count += 1;
        Ok(found.map(|exchange| exchange.response.clone()))
    }

    pub(super) fn record(
        &mut self,
        info: &EndpointInfo,
        request: RecordedRequest,
        response: &Response<Bytes>,
    ) -> Result<(), String> {
        let response = RecordedResponse::read(response, info, &mut self.known);
        self.recording.exchanges.push(Exchange { endpoint: info.name.to_owned(), request, response });
        self.write()
            .map_err(|error| format!("the recording {} cannot be written: {error}", self.path.display()))
    }

    /// Replaces the whole file, so that it is never incomplete if the test is stopped.
    fn write(&self) -> io::Result<()> {
        let mut json = serde_json::to_vec_pretty(&self.recording)?;
        json.push(b'\n');
        if let Some(directory) = self.path.parent().filter(|directory| *directory != Path::new("")) {
            fs::create_dir_all(directory)?;
        }
        let mut new = self.path.clone().into_os_string();
        new.push(".new");
        fs::write(&new, json)?;
        fs::rename(new, &self.path)
    }
}

impl fmt::Debug for Tape {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Tape")
            .field("path", &self.path)
            .field("exchanges", &self.recording.exchanges.len())
            .field("is_recording", &self.is_recording())
            .finish_non_exhaustive()
    }
}
