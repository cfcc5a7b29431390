//! The errors of a call, and how a program handles them.

use std::error::Error as _;

use stytch_client::{Client, Error, ErrorKind, error_type};
use stytch_emulator::Emulator;

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let emulator = Emulator::start().await?;
    let client =
        Client::builder(emulator.project_id(), emulator.secret()).base_url(emulator.base_url()).build()?;

    println!("{}", sign_up(&client, "ada@example.com", "password").await);
    println!("{}", sign_up(&client, "ada@example.com", "correct horse battery staple").await);
    println!("{}", sign_up(&client, "ada@example.com", "correct horse battery staple").await);

    let wrong =
        Client::builder(emulator.project_id(), "secret-of-another").base_url(emulator.base_url()).build()?;
    println!("{}", sign_up(&wrong, "grace@example.com", "correct horse battery staple").await);

    emulator.shutdown().await;
    println!("{}", sign_up(&client, "grace@example.com", "correct horse battery staple").await);
    Ok(())
}

/// Signs a user up, and returns a message for that user.
async fn sign_up(client: &Client, email: &str, password: &str) -> String {
    match client.passwords().create().email(email).password(password).send().await {
        Ok(created) => format!("Welcome, {}.", created.user_id),
        Err(error) if error.is(error_type::DUPLICATE_EMAIL) => {
            "You have an account already: log in.".to_owned()
        }
        Err(error) if error.is(error_type::WEAK_PASSWORD) => "That password is too easy to guess.".to_owned(),
        Err(error) => {
            report(&error);
            "Something is wrong on our side: try again later.".to_owned()
        }
    }
}

/// The text for the log: one line with the causes. It does not contain secrets.
fn report(error: &Error) {
    let advice = match error.kind() {
        ErrorKind::Api if error.is(error_type::UNAUTHORIZED_CREDENTIALS) => "check STYTCH_SECRET",
        _ if error.is_retryable() => "it may pass",
        _ => "somebody has to look at it",
    };
    println!("  log: {error} ({advice})");
    let mut cause = error.source();
    while let Some(source) = cause {
        println!("  log:   because {source}");
        cause = source.source();
    }
}
