//! One connection, and its script.

use std::io;
use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::{Act, Received, Shared};

pub(super) async fn accept(listener: TcpListener, shared: Arc<Shared>) {
    while let Ok((socket, _)) = listener.accept().await {
        shared.note(|state| {
            state.accepted += 1;
            state.open += 1;
            state.most_open = state.most_open.max(state.open);
        });
        let script = shared.script();
        tokio::spawn(follow(socket, script, Arc::clone(&shared)));
    }
}

async fn follow(socket: TcpStream, script: Vec<Act>, shared: Arc<Shared>) {
    let mut connection = Connection { socket, read: Vec::new(), shared: Arc::clone(&shared) };
    // Many tests have clients that close the connection in the middle of a script.
    let _ = connection.follow(script).await;
    drop(connection);
    shared.note(|state| state.open -= 1);
}

struct Connection {
    socket: TcpStream,
    /// Bytes that were read and do not belong to a request yet.
    read: Vec<u8>,
    shared: Arc<Shared>,
}

impl Connection {
    async fn follow(&mut self, script: Vec<Act>) -> io::Result<()> {
        for act in script {
            match act {
                Act::Read => drop(self.read_request().await?),
                Act::ReadBytes(count) => self.read_at_least(count).await?,
                // A socket may be reported as readable although there is no data.
                Act::Await => drop(self.socket.peek(&mut [0]).await?),
                Act::Write(bytes) => self.socket.write_all(&bytes).await?,
                Act::Flood(bytes, times) => self.flood(&bytes, times).await?,
                Act::Serve(response) => self.serve(|_| response.clone()).await?,
                Act::Respond(response) => self.serve(response).await?,
                Act::Stall => {
                    self.shared.note(|state| state.stalled += 1);
                    return self.drain().await;
                }
                Act::Reset => return self.socket.set_zero_linger(),
            }
        }
        self.socket.shutdown().await?;
        self.drain().await
    }

    async fn serve(&mut self, response: impl Fn(&Received) -> Vec<u8>) -> io::Result<()> {
        loop {
            let request = self.read_request().await?;
            self.socket.write_all(&response(&request)).await?;
        }
    }

    /// Reads until the client has closed its side.
    async fn drain(&mut self) -> io::Result<()> {
        let mut ignored = [0; 4096];
        while self.socket.read(&mut ignored).await? > 0 {}
        Ok(())
    }

    async fn flood(&mut self, bytes: &[u8], times: usize) -> io::Result<()> {
        for _ in 0..times {
            self.socket.write_all(bytes).await?;
            self.shared.note(|state| state.flooded += bytes.len());
        }
        Ok(())
    }

    async fn read_at_least(&mut self, count: usize) -> io::Result<()> {
        while self.read.len() < count {
            if self.socket.read_buf(&mut self.read).await? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        Ok(())
    }

    /// Removes this many bytes from the input.
    async fn take(&mut self, count: usize) -> io::Result<Vec<u8>> {
        self.read_at_least(count).await?;
        let rest = self.read.split_off(count);
        Ok(std::mem::replace(&mut self.read, rest))
    }

    async fn read_chunks(&mut self) -> io::Result<Vec<u8>> {
        let mut body = Vec::new();
        loop {
            let line = loop {
                if let Some(at) = self.read.windows(2).position(|window| window == b"\r\n") {
                    break self.take(at + 2).await?;
                }
                self.read_at_least(self.read.len() + 1).await?;
            };
            let size = String::from_utf8_lossy(&line);
            let size = usize::from_str_radix(size.trim(), 16).expect("a size in hexadecimal digits");
            let chunk = self.take(size + 2).await?;
            if size == 0 {
                return Ok(body);
            }
            body.extend_from_slice(&chunk[..size]);
        }
    }

    async fn read_request(&mut self) -> io::Result<Received> {
        let end = loop {
            if let Some(at) = self.read.windows(4).position(|window| window == b"\r\n\r\n") {
                break at + 4;
            }
            self.read_at_least(self.read.len() + 1).await?;
        };
        let headers = String::from_utf8_lossy(&self.read[..end]).into_owned();
        self.read.drain(..end);
        let body = if headers.to_ascii_lowercase().contains("transfer-encoding: chunked") {
            self.read_chunks().await?
        } else {
            self.take(content_length(&headers)).await?
        };
        let request = Received { headers, body };
        self.shared.note(|state| state.requests.push(request.clone()));
        let mut gate = self.shared.held.subscribe();
        gate.wait_for(|held| !held).await.expect("the sender lives as long as its connections");
        Ok(request)
    }
}

fn content_length(headers: &str) -> usize {
    let lengths = headers.lines().filter_map(|line| line.split_once(':'));
    let mut lengths = lengths.filter(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    lengths.next().map_or(0, |(_, value)| value.trim().parse().expect("a length in digits"))
}
