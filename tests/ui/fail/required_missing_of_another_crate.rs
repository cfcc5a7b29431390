use stytch_client::Client;

fn main() {
    let client = Client::builder("project-test-1", "secret-test-1").build().unwrap();
    let _ = client.passwords().create().email("ada@example.com").send();
}
