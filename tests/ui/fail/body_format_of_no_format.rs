//! Types that are not body formats.

use declapi::{Upload, endpoint};

pub struct Csv;

#[endpoint(post = "/a", response = (), body = Csv)]
pub struct OwnType {
    pub a: u8,
}

#[endpoint(post = "/b", response = (), body = Upload)]
pub struct File {
    #[endpoint(whole_body)]
    pub a: Upload,
}

#[endpoint(post = "/c", response = (), body = Nowhere)]
pub struct Unknown {
    pub a: u8,
}

fn main() {}
