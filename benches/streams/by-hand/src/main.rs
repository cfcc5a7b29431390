//! The same streams with reqwest and serde by hand.

mod events;

use std::io;
use std::time::Duration;

use eventsource_stream::Eventsource;
use futures_util::StreamExt;
use harness::Bench;
use reqwest::header::{ACCEPT, CONTENT_LENGTH};
use reqwest::{Body, Client, RequestBuilder, Response};
use serde::Deserialize;
use tokio::fs::File;
use tokio_util::io::ReaderStream;

use crate::events::Events;

#[derive(Deserialize)]
struct Uploaded {
    received: usize,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "what counts is that they are read")]
struct Delta {
    index: usize,
    text: String,
    finished: bool,
}

#[derive(Deserialize)]
struct Listed {
    items: Vec<Item>,
    next: Option<String>,
}

#[derive(Deserialize)]
#[expect(dead_code, reason = "what counts is that they are read")]
struct Item {
    id: u64,
    name: String,
    tags: Vec<String>,
    price: f64,
}

fn main() {
    let bench = Bench::from_arguments();
    // A stream has no timeout as a whole. Like ours, it must not be silent for long.
    let client = Client::builder().read_timeout(Duration::from_secs(30)).build().expect("a client");
    let base = Bench::url();
    let get = |path: &str, count: usize| client.get(format!("{base}/{path}/{count}"));
    bench.stream("down", async |count| {
        let mut response = send(get("down", count)).await;
        let mut received = 0;
        while let Some(piece) = response.chunk().await.expect("bytes") {
            received += piece.len();
        }
        received
    });
    // Here the timeout would also be one for the whole upload.
    let uploads = Client::new();
    for (kib, name) in [(4, "4-kib/up"), (64, "64-kib/up"), (256, "256-kib/up")] {
        bench.stream(name, async |_| {
            let body = file(kib * 1024).await.expect("a file");
            let length = std::fs::metadata(Bench::file()).expect("a file").len();
            let request = uploads.put(format!("{base}/up")).header(CONTENT_LENGTH, length).body(body);
            send(request).await.json::<Uploaded>().await.expect("a readable response").received
        });
    }
    for (name, path) in [("parser/events", "events"), ("parser/live", "live")] {
        bench.stream(name, async |count| {
            let response = send(get(path, count).header(ACCEPT, "text/event-stream")).await;
            read(Events::new(response)).await
        });
    }
    for (name, path) in [("crate/events", "events"), ("crate/live", "live")] {
        bench.stream(name, async |count| {
            let response = send(get(path, count).header(ACCEPT, "text/event-stream")).await;
            read_with_crate(response).await
        });
    }
    bench.stream("pages", async |count| {
        let (mut after, mut read) = (None::<String>, 0);
        loop {
            let request = get("pages", count).query(&[("after", &after)]);
            let page: Listed = send(request).await.json().await.expect("a readable response");
            for Item { .. } in page.items {
                read += 1;
            }
            let Some(next) = page.next else { return read / 10 };
            after = Some(next);
        }
    });
}

async fn send(request: RequestBuilder) -> Response {
    request.send().await.and_then(Response::error_for_status).expect("a response")
}

async fn file(capacity: usize) -> io::Result<Body> {
    let file = File::open(Bench::file()).await?;
    Ok(Body::wrap_stream(ReaderStream::with_capacity(file, capacity)))
}

async fn read(mut events: Events) -> usize {
    let mut read = 0;
    while let Some(event) = events.next().await.expect("an event") {
        let delta: Delta = serde_json::from_str(&event.data).expect("readable data");
        assert_eq!(delta.index, read);
        read += 1;
    }
    read
}

async fn read_with_crate(response: Response) -> usize {
    let mut events = response.bytes_stream().eventsource();
    let mut read = 0;
    while let Some(event) = events.next().await {
        let delta: Delta = serde_json::from_str(&event.expect("an event").data).expect("readable data");
        assert_eq!(delta.index, read);
        read += 1;
    }
    read
}
