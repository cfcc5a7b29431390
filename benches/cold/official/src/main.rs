//! One login with the official crate.

use stytch::consumer::client::Client;
use stytch::consumer::passwords::AuthenticateRequest;

#[tokio::main(flavor = "current_thread")]
async fn main() -> stytch::Result<()> {
    let client = Client::new("project-test-…", "secret-test-…")?;
    let login = AuthenticateRequest {
        email: "ada@example.com".into(),
        password: "correct horse battery staple".into(),
        ..AuthenticateRequest::default()
    };
    let response = client.passwords.authenticate(login).await?;
    println!("{}", response.user_id);
    Ok(())
}
