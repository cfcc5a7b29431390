//! Fields that do not exist, or that cannot contain the start of a page.

use declapi::endpoint;

#[endpoint(get = "/a", response = Vec<u8>, page(number = pgae))]
pub struct Misspelt {
    pub page: Option<u8>,
}

#[endpoint(get = "/b", response = Vec<u8>, page(offset = start))]
pub struct Missing {
    pub page: Option<u8>,
}

#[endpoint(get = "/c", response = Vec<u8>, page(number = page_number))]
pub struct NameOnTheWire {
    #[serde(rename = "page_number")]
    pub page: Option<u8>,
}

#[endpoint(get = "/d/{page}", response = Vec<u8>, page(number = page))]
pub struct InThePath {
    pub page: u8,
}

#[endpoint(post = "/e", response = Vec<u8>, page(number = page))]
pub struct WholeBody {
    #[endpoint(whole_body)]
    pub page: u8,
}

#[endpoint(get = "/f", response = Vec<u8>, page(number = page))]
pub struct Flattened {
    #[serde(flatten)]
    pub page: Option<declapi::JsonObject>,
}

#[endpoint(get = "/g", response = Vec<u8>, page(number = page))]
pub struct NamesOfMethods {
    pub page: Option<u8>,
    pub items: Option<u8>,
    pub pages: Option<u8>,
}

fn main() {}
