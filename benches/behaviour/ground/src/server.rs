//! A server that records requests and has a configured behaviour.

use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

/// The behaviour of the server.
#[derive(Clone, Debug)]
pub enum Conduct {
    /// Returns the fields that every response of the API has.
    Respond,
    /// Redirects the client to the same path on another host, with the same method and body.
    Redirect(String),
    /// Rejects the first request with 503, and accepts the others.
    RejectOnce,
    /// Reads requests, and does not respond.
    Silence,
}

/// One request.
#[derive(Debug)]
struct Arrived {
    path: String,
    body: String,
}

#[derive(Debug)]
pub struct Server {
    address: SocketAddr,
    arrived: Arc<Mutex<Vec<Arrived>>>,
}

impl Server {
    /// Starts it on a free port. It runs until the end of the program.
    pub fn start(conduct: Conduct) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let arrived = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&arrived);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (conduct, log) = (conduct.clone(), Arc::clone(&log));
                thread::spawn(move || serve(stream, &conduct, &log));
            }
        });
        Self { address, arrived }
    }

    pub fn url(&self) -> String {
        self.url_of("127.0.0.1")
    }

    /// Returns its URL under another name of this machine.
    pub fn url_of(&self, host: &str) -> String {
        format!("http://{host}:{}", self.address.port())
    }

    /// Returns the bodies that arrived and were not empty.
    pub fn bodies(&self) -> Vec<String> {
        let arrived = self.arrived.lock().expect("no thread panics");
        arrived.iter().map(|request| request.body.clone()).filter(|body| !body.is_empty()).collect()
    }

    pub fn paths(&self) -> Vec<String> {
        self.arrived.lock().expect("no thread panics").iter().map(|request| request.path.clone()).collect()
    }
}

fn serve(stream: TcpStream, conduct: &Conduct, log: &Mutex<Vec<Arrived>>) {
    let mut writer = stream.try_clone().expect("a second handle");
    let mut reader = BufReader::new(stream);
    while let Some(request) = read(&mut reader) {
        let path = request.path.clone();
        let first = {
            let mut log = log.lock().expect("no thread panics");
            log.push(request);
            log.len() == 1
        };
        let response = match conduct {
            Conduct::Silence => continue,
            Conduct::Redirect(base) => {
                format!("307 Temporary Redirect\r\nlocation: {base}{path}\r\ncontent-length: 0\r\n\r\n")
            }
            Conduct::RejectOnce if first => "503 Service Unavailable\r\ncontent-length: 0\r\n\r\n".into(),
            Conduct::Respond | Conduct::RejectOnce => {
                const BODY: &str =
                    r#"{"status_code":200,"request_id":"request-id-test-1","user_id":"user-test-1"}"#;
                format!(
                    "200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{BODY}",
                    BODY.len()
                )
            }
        };
        if write!(writer, "HTTP/1.1 {response}").is_err() {
            return;
        }
    }
}

fn read(reader: &mut impl BufRead) -> Option<Arrived> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line == "\r\n" {
            break;
        }
        lines.push(line.trim_end().to_owned());
    }
    let length = lines.iter().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("content-length").then(|| value.parse::<usize>().ok())?
    });
    let mut body = vec![0; length.unwrap_or(0)];
    reader.read_exact(&mut body).ok()?;
    let path = lines.first()?.split(' ').nth(1)?.to_owned();
    Some(Arrived { path, body: String::from_utf8_lossy(&body).into_owned() })
}
