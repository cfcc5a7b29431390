use std::collections::BTreeMap;

use declapi::{endpoint, object};

#[endpoint(post = "/users", response = ())]
pub struct Create {
    pub more: u8,
    #[serde(flatten, rename = "more")]
    pub others: BTreeMap<String, u8>,
    #[endpoint(query)]
    #[serde(rename = "more")]
    pub asked: u8,
    #[serde(rename = "more")]
    pub again: u8,
}

#[object]
pub struct Object {
    #[serde(flatten)]
    pub more: BTreeMap<String, u8>,
    #[serde(rename = "more")]
    pub first: u8,
    #[serde(rename = "more")]
    pub second: u8,
}

fn main() {}
