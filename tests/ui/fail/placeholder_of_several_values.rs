use std::collections::{BTreeMap, HashSet};

use declapi::endpoint;

#[endpoint(get = "/{pair}/{array}/{slice}/{map}/{set}/{boxed}/{unit}", response = ())]
pub struct Get<'a> {
    pub pair: (u8, u8),
    pub array: [u8; 2],
    pub slice: &'a [u8],
    pub map: BTreeMap<String, u8>,
    pub set: HashSet<u8>,
    pub boxed: Box<[u8]>,
    pub unit: (),
}

fn main() {}
