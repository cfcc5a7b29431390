//! Types that cannot be read from a response.

use declapi::{ByteStream, Bytes, Client, JsonLines, endpoint};

pub struct Table;

#[endpoint(get = "/a", response = Table)]
pub struct OwnType;

#[endpoint(get = "/b", response = Option<Table>)]
pub struct Optional;

#[endpoint(get = "/c", response = Vec<Bytes>)]
pub struct ListOfBytes;

#[endpoint(get = "/d", response = JsonLines<Table>)]
pub struct Lines;

#[endpoint(get = "/e", response = &'static [u8])]
pub struct Borrowed;

#[endpoint(get = "/f", response = ByteStream)]
pub struct Right;

fn main() {
    let client = Client::builder("https://api.example.com").build().unwrap();
    let _ = client.right().send_as::<Table>();
}
