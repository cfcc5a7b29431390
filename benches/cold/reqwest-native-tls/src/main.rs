//! One login with only reqwest.

use serde::{Deserialize, Serialize};

#[derive(Serialize)]
struct Login<'a> {
    email: &'a str,
    password: &'a str,
}

#[derive(Deserialize)]
struct LoggedIn {
    user_id: String,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), reqwest::Error> {
    let client = reqwest::Client::builder().build()?;
    let login = Login { email: "ada@example.com", password: "correct horse battery staple" };
    let request = client.post("https://test.stytch.com/v1/passwords/authenticate");
    let request = request.basic_auth("project-test-…", Some("secret-test-…")).json(&login);
    let response: LoggedIn = request.send().await?.error_for_status()?.json().await?;
    println!("{}", response.user_id);
    Ok(())
}
