//! One login with this project's client.

use stytch_client::Client;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), stytch_client::Error> {
    let client = Client::builder("project-test-…", "secret-test-…").build()?;
    let login = client.passwords().authenticate();
    let response = login.email("ada@example.com").password("correct horse battery staple").send().await?;
    println!("{}", response.user_id);
    Ok(())
}
