use declapi::{endpoint};

#[endpoint(post = "/users", response = ())]
pub struct Create<'a> {
    pub name: &'a str,
    pub age: u8,
    pub tags: Vec<String>,
    pub nick: Option<String>,
    pub height: Option<u32>,
}

fn main() {
    let _ = Create::builder().name("Ada").age(36).tags(["a"]).send();
}
