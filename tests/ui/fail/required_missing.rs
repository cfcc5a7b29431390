use declapi::{Client, endpoint};

#[endpoint(post = "/users", response = ())]
pub struct Create<'a> {
    pub name: &'a str,
    pub age: u8,
    pub tags: Vec<String>,
    pub nick: Option<String>,
    pub height: Option<u32>,
}

fn main() {
    let client = Client::builder("https://api.example.com").build().unwrap();
    let _ = client.create().name("Ada").tags(["a"]).send();
}
