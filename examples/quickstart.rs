//! A user signs up, logs in, is migrated from another system, and asks for the strength of a password.
//!
//! `cargo run --example quickstart` runs with an emulator inside the program. With `--live` it uses the Stytch
//! project of `STYTCH_PROJECT_ID` and `STYTCH_SECRET` instead, and creates two users there.

use std::error::Error;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::Serialize;
use serde_json::Value;
use stytch_client::passwords::{Authenticate, Create, HashType, Migrate, Name, StrengthCheck};
use stytch_client::{Client, Endpoint, Request};
use stytch_emulator::Emulator;

const PASSWORD: &str = "correct horse battery staple";
/// The bcrypt hash of that password, as an older system may have stored it.
const HASH: &str = "$2b$04$PxCzaykgdzlLIohSQTUDw.sQIH9RmdvAePtVLd175B9TDdN33RddS";

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let emulator = if std::env::args().any(|argument| argument == "--live") {
        None
    } else {
        Some(Emulator::start().await?)
    };
    let client = match &emulator {
        Some(emulator) => {
            Client::builder(emulator.project_id(), emulator.secret()).base_url(emulator.base_url()).build()?
        }
        None => Client::from_env()?,
    };
    println!("Talking to {}\n", client.base_url());
    // A live project still has the users of the last run.
    let run = if emulator.is_some() { 1 } else { SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs() };
    let (ada, grace) = (format!("ada+{run}@example.com"), format!("grace+{run}@example.com"));

    heading("How good is the password?");
    let check = StrengthCheck::builder().password(PASSWORD).email(&ada).build();
    let checked = call(&client, &check).await?;
    println!(
        "=> score {} of 4, {}\n",
        checked.score,
        if checked.valid_password { "accepted" } else { "rejected" }
    );

    heading("Ada signs up and gets a session");
    let name = Name::builder().first_name("Ada").last_name("Lovelace").build();
    let create =
        Create::builder().email(&ada).password(PASSWORD).name(name).session_duration_minutes(60).build();
    let created = call(&client, &create).await?;
    println!("=> {} {}\n", created.user_id, created.request_id);

    heading("Grace comes from an older system with her bcrypt hash");
    let migrate = Migrate::builder().email(&grace).hash(HASH).hash_type(HashType::Bcrypt).build();
    let migrated = call(&client, &migrate).await?;
    println!("=> {}, {}\n", migrated.user_id, if migrated.user_created { "new" } else { "known" });

    heading("Grace logs in with the password behind the hash");
    let login = call(&client, &Authenticate::builder().email(&grace).password(PASSWORD).build()).await?;
    println!("=> the same user: {}\n", login.user_id == migrated.user_id);

    heading("Ada signs up again, and is rejected");
    // `call` does this in two steps, to show them. With a client, it is one step.
    match client.passwords().create().email(&ada).password(PASSWORD).send().await {
        Ok(_) => println!("=> that should not have worked"),
        Err(error) if error.is("duplicate_email") => println!("=> {error}"),
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

fn heading(text: &str) {
    println!("# {text}");
}

/// Sends a request, and prints the request and the response.
async fn call<E>(client: &Client, request: &E) -> Result<E::Response, stytch_client::Error>
where
    E: Endpoint,
    E::Response: Serialize,
{
    print_request(&request.request()?);
    let response = client.send(request).await?;
    println!("<- {}", readable(serde_json::to_value(&response).unwrap_or_default()));
    Ok(response)
}

fn print_request(request: &Request) {
    let body = request.body().and_then(|body| serde_json::from_slice(body).ok()).unwrap_or_default();
    println!("-> {} {} {}", request.method().as_str(), request.path(), readable(body));
}

/// Returns JSON over several lines, without secrets.
fn readable(mut value: Value) -> String {
    redact(&mut value);
    format!("{value:#}")
}

fn redact(value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, member) in members.iter_mut() {
                let secret = ["password", "hash", "session_token", "session_jwt"].contains(&name.as_str());
                if secret && member.is_string() {
                    *member = "<redacted>".into();
                }
                redact(member);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(redact),
        _ => {}
    }
}
