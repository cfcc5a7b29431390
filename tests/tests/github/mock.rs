//! The mock server: a process that ends with the test.

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use declapi::{ClientBuilder, Endpoint, EndpointInfo, RetryPolicy};
use stytch_client_tests::installed::installed;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};
use tokio::sync::oneshot;

use crate::api::Github;

/// To read the whole description takes seven seconds on an idle machine.
const START: Duration = Duration::from_secs(200);

/// A running server, and a client for it.
pub(crate) struct Mock {
    pub(crate) github: Github,
    url: String,
    called: RefCell<Vec<&'static EndpointInfo>>,
    log: Arc<Mutex<Vec<String>>>,
    /// The process, which is killed when this is dropped.
    _server: Child,
}

/// Returns the directory in which the server and the description are installed, unless Node is missing.
pub(crate) fn directory() -> Option<&'static Path> {
    // Two tests must not install them at once.
    static DIRECTORY: OnceLock<Option<PathBuf>> = OnceLock::new();
    let install = || {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("github/install.sh");
        installed("the mock server of GitHub is", &script)
    };
    DIRECTORY.get_or_init(install).as_deref()
}

/// Returns the path of GitHub's OpenAPI description.
pub(crate) fn description(directory: &Path) -> PathBuf {
    directory.join("node_modules/@octokit/openapi/generated/api.github.com.json")
}

impl Mock {
    pub(crate) async fn start() -> Option<Self> {
        let directory = directory()?;
        let mut server = Command::new("node")
            .arg(directory.join("node_modules/@stoplight/prism-cli/dist/index.js"))
            // Without `--errors`, which rejects some of GitHub's own examples and no further requests.
            .args(["mock", "--host", "127.0.0.1", "--port", "0"])
            .arg(description(directory))
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .kill_on_drop(true)
            .spawn()
            .expect("node starts");

        let log = Arc::new(Mutex::new(Vec::new()));
        let (listening, address) = oneshot::channel();
        let output = BufReader::new(server.stdout.take().expect("it is piped"));
        tokio::spawn(read_log(output, Arc::clone(&log), listening));
        let Ok(Ok(url)) = tokio::time::timeout(START, address).await else {
            panic!("the mock server does not start: {:#?}", log.lock().unwrap());
        };
        let github = builder(&url).build().expect("a client");
        Some(Self { github, url, called: RefCell::default(), log, _server: server })
    }

    /// Returns a builder of another client for the same server.
    pub(crate) fn builder(&self) -> ClientBuilder<Github> {
        builder(&self.url)
    }

    /// Sends a request that the server has to accept, and returns the response.
    pub(crate) async fn call<E: Endpoint>(&self, request: E) -> E::Response {
        self.called.borrow_mut().push(E::INFO);
        match self.github.send(&request).await {
            Ok(response) => response,
            Err(error) => {
                let log = self.log.lock().unwrap();
                let last = &log[log.len().saturating_sub(8)..];
                panic!("{} {}: {error}\n{}", E::INFO.method.as_str(), E::INFO.path, last.join("\n"));
            }
        }
    }

    pub(crate) fn was_called(&self, endpoint: &EndpointInfo) -> bool {
        self.called.borrow().contains(&endpoint)
    }
}

fn builder(url: &str) -> ClientBuilder<Github> {
    // The description calls GitHub's JSON `application/json`, and the server requires exactly that.
    Github::builder()
        .base_url(url)
        .host_with_auth("uploads", url)
        .bearer_auth("token-of-a-test")
        .header("accept", "application/json")
        .retries(RetryPolicy::never())
}

/// Stores the lines of the log, and returns the URL in one of them.
async fn read_log(
    output: impl tokio::io::AsyncBufRead + Unpin,
    log: Arc<Mutex<Vec<String>>>,
    listening: oneshot::Sender<String>,
) {
    let (mut lines, mut listening) = (output.lines(), Some(listening));
    while let Ok(Some(line)) = lines.next_line().await {
        if let Some((_, url)) = line.split_once("Prism is listening on ")
            && let Some(listening) = listening.take()
        {
            let _ = listening.send(url.trim().to_owned());
        }
        log.lock().unwrap().push(line);
    }
}
