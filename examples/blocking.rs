//! The same declarations without async: `build_blocking`, and `send` returns the response.
//!
//! The emulator needs a Tokio runtime. The blocking calls are made outside of that runtime.

use std::error::Error;

use stytch_emulator::Emulator;

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Runtime::new()?;
    let emulator = runtime.block_on(Emulator::start())?;

    let client = stytch_client::Client::builder(emulator.project_id(), emulator.secret())
        .base_url(emulator.base_url())
        .build_blocking()?;
    let created = client
        .passwords()
        .create()
        .email("ada@example.com")
        .password("correct horse battery staple")
        .send()?;
    println!("created {}", created.user_id);
    Ok(())
}
