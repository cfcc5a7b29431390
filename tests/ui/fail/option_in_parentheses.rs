#![allow(unused_parens)]

use declapi::endpoint;

#[endpoint(get = "/users/{id}", response = ())]
pub struct Get {
    pub id: (Option<u8>),
    pub null: Option<(Option<u8>)>,
    pub page: (Option<u8>),
}

fn main() {
    let _ = Get::builder().page(1).maybe_page(None).build();
}
