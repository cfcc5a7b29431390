//! Chromium and its driver, if they are installed.

use std::io::{Write, stderr};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use declapi::Client;
use serde_json::json;
use tokio::io::{AsyncBufReadExt, BufReader, Lines};
use tokio::process::{Child, ChildStdout, Command};

use crate::webdriver::Start;
use crate::window::Browser;

/// Options without network access, without stored data, and without a screen.
const FLAGS: &[&str] = &[
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1000,800",
    // A name of another site that resolves to this machine, as with DNS rebinding.
    "--host-resolver-rules=MAP rebound.example.com 127.0.0.1",
];

/// The timeout for an element to appear, and for a script to finish.
const PATIENCE_MS: u32 = 20_000;

/// A running `chromedriver`.
pub(crate) struct Chromium {
    client: Client,
    binary: PathBuf,
    /// The process ends when this is dropped.
    _driver: Child,
    /// The output is not read after the start. It is kept open so that the driver can write.
    _output: Lines<BufReader<ChildStdout>>,
}

impl Chromium {
    /// Starts the driver.
    ///
    /// # Panics
    ///
    /// The driver is missing although `CI` is set.
    pub(crate) async fn start() -> Option<Self> {
        let browser = ["chromium", "chromium-browser", "google-chrome"].iter().find_map(|name| in_path(name));
        let (Some(binary), Some(driver)) = (browser, in_path("chromedriver")) else {
            assert!(std::env::var_os("CI").is_none(), "chromium and chromedriver have to be there in CI");
            // Written directly, because the test harness captures the output of passing tests.
            let _ = writeln!(stderr(), "skipped: there is no chromium, or no chromedriver, on this machine");
            return None;
        };
        let (driver, output, port) = started(&driver).await;
        let client = Client::builder(format!("http://127.0.0.1:{port}")).no_proxy();
        let client = client.timeout(Duration::from_secs(90)).build().expect("a client for the driver");
        Some(Self { client, binary, _driver: driver, _output: output })
    }

    /// Opens a browser with an empty profile of this name.
    pub(crate) async fn browser(&self, name: &str) -> Browser {
        let profile = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("profile-{name}"));
        if profile.exists() {
            std::fs::remove_dir_all(&profile).expect("the profile of the last run can be removed");
        }
        let profile = format!("--user-data-dir={}", profile.display());
        let flags: Vec<&str> = FLAGS.iter().copied().chain([profile.as_str()]).collect();
        let start = Start::builder().capabilities(json!({"alwaysMatch": {
            "goog:chromeOptions": {"binary": self.binary, "args": flags},
            "goog:loggingPrefs": {"browser": "ALL"},
            "timeouts": {"implicit": PATIENCE_MS, "script": PATIENCE_MS},
        }}));
        let started = self.client.send(&start.build()).await.expect("a browser");
        Browser::new(self.client.clone(), started.value.session_id)
    }
}

/// Returns the driver, its output, and its port.
///
/// It takes a free port of IPv4 and the same port of IPv6. If the second one is in use, the driver ends, and another
/// one is started.
async fn started(driver: &Path) -> (Child, Lines<BufReader<ChildStdout>>, u16) {
    const TRIES: usize = 5;
    for _ in 0..TRIES {
        let mut driver = Command::new(driver)
            .arg("--port=0")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
            .expect("chromedriver starts");
        let mut output = BufReader::new(driver.stdout.take().expect("its output")).lines();
        if let Some(port) = port(&mut output).await {
            return (driver, output, port);
        }
    }
    panic!("chromedriver has ended {TRIES} times without a word about its port");
}

/// Returns the port in the output of the driver; `None` if the driver ends before.
async fn port(output: &mut Lines<BufReader<ChildStdout>>) -> Option<u16> {
    while let Some(line) = output.next_line().await.expect("output of chromedriver") {
        if let Some((_, port)) = line.split_once("started successfully on port ") {
            return Some(port.trim_end_matches('.').parse().expect("a port"));
        }
    }
    None
}

fn in_path(name: &str) -> Option<PathBuf> {
    let folders = std::env::var_os("PATH")?;
    std::env::split_paths(&folders).map(|folder| folder.join(name)).find(|file| file.is_file())
}
