//! Sends and receives streams of any length, on kept-alive connections.
//!
//! Prints its port. `RESPONSE_DELAY_MS` delays every page and every piece of a stream of events, so that a client under
//! callgrind always waits for it, and always gets the same pieces.

use std::fmt::Write as _;
use std::io::{self, BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;
use std::time::Duration;

/// The size of the buffers for bytes.
const PIECE: usize = 256 * 1024;
/// The number of events that are sent together, about 5 KiB.
const TOGETHER: usize = 32;
const ITEMS: usize = 10;

fn main() {
    let delay = std::env::var("RESPONSE_DELAY_MS").ok().and_then(|text| text.parse().ok());
    let delay = delay.map_or(Duration::ZERO, Duration::from_millis);
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    println!("{}", listener.local_addr().expect("an address").port());
    for stream in listener.incoming().flatten() {
        // A client that has ended closes the connection.
        thread::spawn(move || serve(stream, delay));
    }
}

fn serve(stream: TcpStream, delay: Duration) -> io::Result<()> {
    stream.set_nodelay(true)?;
    let mut requests = BufReader::with_capacity(PIECE, stream.try_clone()?);
    let mut responses = stream;
    while let Some(request) = Request::read(&mut requests)? {
        match (&*request.path, request.count) {
            ("down", count) => send_bytes(&mut responses, count)?,
            ("up", _) => {
                skip(&mut requests, request.length)?;
                send_json(&mut responses, &format!(r#"{{"received":{}}}"#, request.length))?;
            }
            ("events", count) => send_events(&mut responses, count, TOGETHER, delay)?,
            ("live", count) => send_events(&mut responses, count, 1, delay)?,
            ("pages", count) => {
                thread::sleep(delay);
                send_json(&mut responses, &page(request.after, count))?;
            }
            (path, _) => panic!("unknown path {path}"),
        }
    }
    Ok(())
}

/// The parts of a request that matter: `/{path}/{count}?after={after}`, and the length of its body.
struct Request {
    path: String,
    count: usize,
    after: usize,
    length: usize,
}

impl Request {
    /// Reads the next request without its body; `None` at the end of the connection.
    fn read(from: &mut impl BufRead) -> io::Result<Option<Self>> {
        let mut line = String::new();
        if from.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let target = line.split(' ').nth(1).expect("a request line");
        let (path, query) = target.split_once('?').unwrap_or((target, ""));
        let (path, count) = path[1..].split_once('/').unwrap_or((&path[1..], "0"));
        let after = query.strip_prefix("after=").unwrap_or("0");
        let (count, after) = (count.parse().expect("a number"), after.parse().expect("a number"));
        let mut request = Self { path: path.to_owned(), count, after, length: 0 };
        loop {
            line.clear();
            from.read_line(&mut line)?;
            let header = line.trim_end().to_ascii_lowercase();
            if let Some(length) = header.strip_prefix("content-length: ") {
                request.length = length.parse().expect("a length");
            } else if header.is_empty() {
                return Ok(Some(request));
            }
        }
    }
}

fn skip(from: &mut impl BufRead, mut bytes: usize) -> io::Result<()> {
    while bytes > 0 {
        let read = from.fill_buf()?.len().min(bytes);
        if read == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        from.consume(read);
        bytes -= read;
    }
    Ok(())
}

fn send_bytes(to: &mut TcpStream, mut bytes: usize) -> io::Result<()> {
    write!(to, "{}content-length: {bytes}\r\n\r\n", start("application/octet-stream"))?;
    let piece = vec![b'a'; PIECE];
    while bytes > 0 {
        let length = bytes.min(PIECE);
        to.write_all(&piece[..length])?;
        bytes -= length;
    }
    Ok(())
}

fn send_events(to: &mut TcpStream, count: usize, together: usize, delay: Duration) -> io::Result<()> {
    write!(to, "{}transfer-encoding: chunked\r\n\r\n", start("text/event-stream"))?;
    let (mut events, mut piece) = (String::new(), String::new());
    for first in (0..count).step_by(together) {
        thread::sleep(delay);
        events.clear();
        for index in first..count.min(first + together) {
            let data = format!(
                r#"{{"index":{index},"text":"A few words of a long story, and then some more. ","finished":false}}"#
            );
            write!(events, "id: {index}\nevent: delta\ndata: {data}\n\n").expect("a string takes everything");
        }
        piece.clear();
        write!(piece, "{:x}\r\n{events}\r\n", events.len()).expect("a string takes everything");
        to.write_all(piece.as_bytes())?;
    }
    to.write_all(b"0\r\n\r\n")
}

/// Returns one of `count` pages. Its cursor is the number of pages before the next one.
fn page(before: usize, count: usize) -> String {
    let items: Vec<String> = (before * ITEMS..(before + 1) * ITEMS)
        .map(|id| format!(r#"{{"id":{id},"name":"An item with a name","tags":["one","two"],"price":12.5}}"#))
        .collect();
    let next = if before + 1 < count { format!("\"{}\"", before + 1) } else { "null".to_owned() };
    format!(r#"{{"items":[{}],"next":{next}}}"#, items.join(","))
}

fn send_json(to: &mut TcpStream, body: &str) -> io::Result<()> {
    let response = format!("{}content-length: {}\r\n\r\n{body}", start("application/json"), body.len());
    to.write_all(response.as_bytes())
}

fn start(content_type: &str) -> String {
    format!(
        "HTTP/1.1 200 OK\r\n\
         date: Sun, 22 Nov 2026 10:00:00 GMT\r\n\
         content-type: {content_type}\r\n\
         x-request-id: request-id-test-7d1c6b8e-3f0c-4a51-93c4-2f4e0b2a6f11\r\n"
    )
}
