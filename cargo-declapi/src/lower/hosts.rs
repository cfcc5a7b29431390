//! The servers of requests.

use declapi_check::document::{Document, Operation};

use crate::model::{Host, Note, Reason};
use crate::names::words;

/// The servers of a document.
#[derive(Clone, Debug, Default)]
pub(super) struct Hosts {
    pub(super) base_url: Option<String>,
    pub(super) notes: Vec<Note>,
    further: Vec<Host>,
}

impl Hosts {
    pub(super) fn of(document: &Document) -> Self {
        let mut hosts = Self::default();
        match document.servers.first().map(|url| url.trim_end_matches('/')) {
            Some(url) if is_base_url(url) => hosts.base_url = Some(url.to_owned()),
            Some(url) => {
                let text =
                    format!("The document's server is `{url}`: pass an absolute URL to `.base_url(…)`.");
                hosts.notes.push(Note::new(Reason::Server, text));
            }
            None => {
                let text = "The document has no server: pass the URL to `.base_url(…)`.";
                hosts.notes.push(Note::new(Reason::Server, text));
            }
        }
        if let Some(others) = document.servers.get(1..).filter(|others| !others.is_empty()) {
            let urls: Vec<_> = others.iter().map(|url| format!("`{url}`")).collect();
            let text =
                format!("Further servers: {}. To use one, pass it to `.base_url(…)`.", urls.join(", "));
            hosts.notes.push(Note::new(Reason::Server, text));
        }
        hosts
    }

    /// Returns the name of the operation's host, if it is not the client's.
    pub(super) fn of_operation(&mut self, operation: &Operation, notes: &mut Vec<Note>) -> Option<String> {
        let url = operation.servers.first()?.trim_end_matches('/');
        if Some(url) == self.base_url.as_deref() {
            return None;
        }
        if !is_base_url(url) {
            let text = format!("The document sends it to `{url}`, which is not an absolute URL.");
            notes.push(Note::new(Reason::Server, text));
            return None;
        }
        if let Some(host) = self.further.iter().find(|host| host.url == url) {
            return Some(host.name.clone());
        }
        let authority = host_of(url);
        let labels = words(authority.split('.').next().unwrap_or_default()).join("-");
        let path = words(url.split(authority).nth(1).unwrap_or_default()).join("-");
        let is_free = |name: &String| !name.is_empty() && self.further.iter().all(|host| host.name != *name);
        let mut names = [labels.clone(), format!("{labels}-{path}")]
            .into_iter()
            .chain((2..).map(|number| format!("{labels}-{number}")));
        let name = names.find(is_free).unwrap_or_default();
        // Credentials are for servers of the same owner.
        let auth = self.base_url.as_deref().is_some_and(|base| domain(host_of(base)) == domain(authority));
        self.further.push(Host { name: name.clone(), url: url.to_owned(), auth });
        Some(name)
    }

    pub(super) fn used(&self) -> Vec<Host> {
        self.further.clone()
    }
}

/// Returns whether the macro accepts the URL.
fn is_base_url(url: &str) -> bool {
    let is_whole = url.starts_with("https://") || url.starts_with("http://");
    is_whole && !host_of(url).is_empty() && !url.contains(['{', '}', '?', '#', ' '])
}

fn host_of(url: &str) -> &str {
    url.split_once("://").map_or("", |(_, rest)| rest.split('/').next().unwrap_or_default())
}

/// Returns the last two labels of a host.
fn domain(host: &str) -> Vec<&str> {
    host.rsplit('.').take(2).collect()
}
