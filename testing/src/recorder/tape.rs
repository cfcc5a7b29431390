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
    /// How often each request has been replayed. The keys are requests as text.
    Replay(HashMap<String, usize>),
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
        Self { path, recording, mode, known: Known::default() }
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
        let request = RecordedRequest::read(request, body, &mut self.known);
        let replayed = self.replay(&request);
        (request, replayed)
    }

    fn replay(&mut self, request: &RecordedRequest) -> Result<Option<RecordedResponse>, String> {
        let replayed = match &mut self.mode {
            Mode::Record => return Ok(None),
            Mode::Unusable(why) => return Err(why.clone()),
            Mode::Replay(replayed) => replayed,
        };
        let all = self.recording.exchanges.iter().filter(|exchange| exchange.request.is_same(request));
        let all: Vec<&RecordedResponse> = all.map(|exchange| &exchange.response).collect();
        let count = replayed.entry(request.key()).or_default();
        let found = all.get(*count).or(all.last());
        *count += 1;
        found.map(|replied| Some((*replied).clone())).ok_or_else(|| {
            let known =
                self.recording.exchanges.iter().map(|exchange| format!("\n    {}", exchange.request.line()));
            format!(
                "this call is not in {}: {}\n  the recording has:{}\n  delete the file to record again",
                self.path.display(),
                request.key(),
                known.collect::<String>()
            )
        })
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
