//! Streams that are declared with declapi.

use declapi::{ByteStream, Bytes, Client, Events, Upload, endpoint, response};
use harness::Bench;
use serde::Deserialize;

/// Downloads bytes.
#[endpoint(get = "/down/{count}", response = ByteStream)]
pub struct Download {
    /// The number of bytes.
    pub count: usize,
}

/// Uploads a file.
#[endpoint(put = "/up", response = Uploaded, body = Bytes)]
pub struct UploadFile {
    /// The file.
    #[endpoint(whole_body)]
    pub file: Upload,
}

/// The response to an upload.
#[response]
pub struct Uploaded {
    /// The number of bytes that were received.
    pub received: usize,
}

/// Follows events, several of which arrive together.
#[endpoint(get = "/events/{count}", response = Events<Delta>)]
pub struct Follow {
    /// The number of events.
    pub count: usize,
}

/// Follows events that arrive one at a time.
#[endpoint(get = "/live/{count}", response = Events<Delta>)]
pub struct FollowLive {
    /// The number of events.
    pub count: usize,
}

/// The data of an event.
#[derive(Deserialize)]
#[expect(dead_code, reason = "what counts is that they are read")]
pub struct Delta {
    index: usize,
    text: String,
    finished: bool,
}

/// Lists items.
#[endpoint(get = "/pages/{count}", response = Listed, page(cursor = after))]
pub struct ListItems<'a> {
    /// The number of pages.
    pub count: usize,
    /// Where the page starts.
    pub after: Option<&'a str>,
}

/// A page of items.
#[response]
pub struct Listed {
    /// The items.
    #[response(items)]
    pub items: Vec<Item>,
    /// Where the next page starts.
    #[response(next)]
    pub next: Option<String>,
}

/// An item.
#[response]
pub struct Item {
    /// The id.
    pub id: u64,
    /// The name.
    pub name: String,
    /// The tags.
    pub tags: Vec<String>,
    /// The price.
    pub price: f64,
}

fn main() {
    let bench = Bench::from_arguments();
    let client = Client::builder(Bench::url()).build().expect("a client");
    bench.stream("down", async |count| {
        let mut stream = client.download().count(count).send().await.expect("a response");
        let mut received = 0;
        while let Some(piece) = stream.next().await {
            received += piece.expect("bytes").len();
        }
        received
    });
    bench.stream("up", async |_| {
        let file = Upload::file(Bench::file());
        client.upload_file().file(file).send().await.expect("a response").received
    });
    bench.stream("events", async |count| {
        read(client.follow().count(count).send().await.expect("a response")).await
    });
    bench.stream("live", async |count| {
        read(client.follow_live().count(count).send().await.expect("a response")).await
    });
    bench.stream("pages", async |count| {
        let mut items = client.list_items().count(count).items();
        let mut read = 0;
        while let Some(item) = items.next().await {
            let Item { .. } = item.expect("an item");
            read += 1;
        }
        read / 10
    });
}

async fn read(mut events: Events<Delta>) -> usize {
    let mut read = 0;
    while let Some(event) = events.next().await {
        assert_eq!(event.expect("an event").data.index, read);
        read += 1;
    }
    read
}
