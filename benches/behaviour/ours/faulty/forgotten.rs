//! A login without its password.

use behaviour_ground::EMAIL;
use stytch_client::Client;

async fn login(client: &Client) -> Result<(), stytch_client::Error> {
    client.passwords().authenticate().email(EMAIL).send().await?; // mistake
    Ok(())
}

fn main() {
    behaviour_ground::run(async {
        let _ = login(&Client::builder("project-test-1", "secret-test-1").build().expect("a client")).await;
    });
}
