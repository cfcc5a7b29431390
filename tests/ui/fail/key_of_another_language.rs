use declapi::{Client, endpoint, resource};

#[resource]
pub struct Users;

#[endpoint(returns = u8, handle = Users, method = "post", url = "/users")]
pub struct Create {
    pub name: String,
}

fn main() {
    let client = Client::builder("https://api.example.com").build().unwrap();
    let _ = client.users().create().name("Ada").send();
}
