//! An application with sign-up, login, a page for those who are logged in, and password reset by mail.
//!
//! `cargo run --example login` runs it with an emulator inside the program. With `--live` it uses the Stytch project
//! of `STYTCH_PROJECT_ID` and `STYTCH_SECRET` instead.

mod app;

use std::error::Error;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::sync::Arc;

use clap::Parser;
use stytch_client::Client;
use stytch_emulator::Emulator;
use tokio::net::TcpListener;

use self::app::{App, PublicUrl};

/// Sign-up, login and password reset, on Stytch's Passwords API.
#[derive(Parser)]
struct Arguments {
    /// Use the Stytch project of `STYTCH_PROJECT_ID` and `STYTCH_SECRET` instead of an emulator
    #[arg(long)]
    live: bool,
    /// The address to listen on
    #[arg(long, default_value = "127.0.0.1:3000")]
    address: SocketAddr,
    /// The URL at which users find the application, such as `https://login.example.com`; by default the address of
    /// `--address`
    #[arg(long)]
    public_url: Option<PublicUrl>,
}

#[tokio::main]
async fn main() -> ExitCode {
    match run(Arguments::parse()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn run(arguments: Arguments) -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt().with_max_level(tracing::Level::INFO).with_target(false).init();
    let (client, emulator) = connect(arguments.live).await?;
    let listener = TcpListener::bind(arguments.address).await;
    let listener = listener.map_err(|error| format!("cannot listen on {}: {error}", arguments.address))?;
    let public_url = match arguments.public_url {
        Some(url) => url,
        None => format!("http://{}", listener.local_addr()?).parse()?,
    };
    announce(&client, &public_url, emulator.is_some());
    let app = App::new(client, public_url, emulator);
    axum::serve(listener, app::router(app)).with_graceful_shutdown(interrupted()).await?;
    Ok(())
}

/// The API to call, and the emulator if it is one.
async fn connect(live: bool) -> Result<(Client, Option<Arc<Emulator>>), Box<dyn Error>> {
    if live {
        let client = Client::from_env()?;
        // Otherwise, wrong credentials would look like wrong passwords later.
        client.passwords().strength_check().password("is anybody there?").send().await?;
        return Ok((client, None));
    }
    let emulator = Arc::new(Emulator::start().await?);
    let client = Client::builder(emulator.project_id(), emulator.secret()).base_url(emulator.base_url());
    Ok((client.build()?, Some(emulator)))
}

fn announce(client: &Client, public_url: &PublicUrl, emulated: bool) {
    println!("Open {}", public_url.join("/"));
    if emulated {
        println!("Mails are not sent: they are at {}", public_url.join("/outbox"));
    } else {
        println!("Talking to {}", client.base_url());
        println!(
            "Links in mails lead to {}, which the project has to allow",
            public_url.join("/new-password")
        );
    }
}

async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        // Without the signal, wait until the process is ended.
        std::future::pending::<()>().await;
    }
}
