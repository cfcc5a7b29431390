//! The header of a journal: the run that it belongs to.

use std::fmt::Write;

use crate::exit::Stop;
use crate::fingerprint::{Fingerprint, Key};
use crate::input::{Format, Input};
use crate::row::Naming;

pub(super) const FIRST_LINE: &str = "stytch-migrate journal 1";

/// The target of the users. Outcomes for one target do not hold for another.
#[derive(Clone)]
pub(crate) struct Target {
    pub(crate) project_id: String,
    pub(crate) base_url: String,
    /// The API secret. It is only used for fingerprints.
    pub(crate) secret: String,
}

/// The description of a run.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'a> {
    pub(crate) target: &'a Target,
    pub(crate) input: &'a Input,
    pub(crate) naming: &'a Naming,
}

/// The header of a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Header {
    project: String,
    api: String,
    salt: String,
    /// Detects another secret, which would make all fingerprints differ.
    secret: Fingerprint,
    /// The format, the names of the columns, and the options about names.
    columns: Fingerprint,
}

impl Header {
    pub(super) fn new(subject: Subject<'_>, salt: String) -> Self {
        let key = Key::new(&subject.target.secret, salt.as_bytes());
        Self {
            project: subject.target.project_id.clone(),
            api: subject.target.base_url.clone(),
            secret: key.begin("secret").so_far(),
            columns: columns(&key, subject),
            salt,
        }
    }

    pub(super) fn key(&self, target: &Target) -> Key {
        Key::new(&target.secret, self.salt.as_bytes())
    }

    pub(super) fn lines(&self) -> String {
        let Self { project, api, salt, secret, columns } = self;
        let mut text = format!("{FIRST_LINE}\n");
        // Writing to a string cannot fail.
        let _ =
            write!(text, "project {project}\napi {api}\nsalt {salt}\nsecret {secret}\ncolumns {columns}\n");
        text
    }

    pub(super) fn read(lines: &str) -> Option<Self> {
        let mut lines = lines.lines();
        if lines.next() != Some(FIRST_LINE) {
            return None;
        }
        let mut value = |name: &str| lines.next()?.strip_prefix(name)?.strip_prefix(' ');
        Some(Self {
            project: value("project")?.to_owned(),
            api: value("api")?.to_owned(),
            salt: value("salt")?.to_owned(),
            secret: value("secret")?.parse().ok()?,
            columns: value("columns")?.parse().ok()?,
        })
    }

    /// Checks that this journal belongs to this run.
    ///
    /// # Errors
    ///
    /// The difference, and what to do.
    pub(super) fn check(&self, subject: Subject<'_>) -> Result<(), Stop> {
        let now = Self::new(subject, self.salt.clone());
        let differs = |what: String| {
            Err(Stop::unusable(format!(
                "the journal is {what}: name another one with `--journal`, or move it away"
            )))
        };
        if (&self.project, &self.api) != (&now.project, &now.api) {
            let (project, api) = (&self.project, &self.api);
            return differs(format!("about {project} at {api}, and this is {} at {}", now.project, now.api));
        }
        if self.secret != now.secret {
            return differs(
                "from a run with another secret, so that it cannot be compared with the input".to_owned(),
            );
        }
        if self.columns != now.columns {
            return differs(
                "from a run with other columns, or another `--from`, `--map`, `--set`, `--ignore`, `--null` or `--encoding`".to_owned(),
            );
        }
        Ok(())
    }
}

fn columns(key: &Key, Subject { input, naming, .. }: Subject<'_>) -> Fingerprint {
    let mut running = key.begin("columns");
    running.text(match input.format {
        Format::Csv { .. } => "csv",
        Format::JsonLines => "jsonl",
        Format::JsonDocument => "json",
    });
    input.header.iter().for_each(|header| running.record(header));
    let pairs = |pairs: &[(String, String)]| {
        pairs.iter().flat_map(|(one, other)| [one.clone(), other.clone()]).collect()
    };
    let encodings = naming.encodings.iter().map(|(name, encoding)| (name.clone(), encoding.to_string()));
    let lists: [Vec<String>; 6] = [
        naming.from.map(str::to_owned).into_iter().collect(),
        pairs(&naming.map),
        pairs(&naming.set),
        naming.ignore.clone(),
        naming.nulls.clone(),
        pairs(&encodings.collect::<Vec<_>>()),
    ];
    for list in lists {
        running.number(list.len() as u64);
        for text in &list {
            running.text(text);
        }
    }
    running.so_far()
}
