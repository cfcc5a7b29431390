use declapi::Client;

fn main() {
    let client = Client::builder("https://api.example.com").build().unwrap();
    let _ = client.passwords().create().email("ada@example.com").send();
}
