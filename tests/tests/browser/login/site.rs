//! The application on a free port, as `cargo run --example login` starts it.

use std::sync::Arc;

use stytch_client::Client;
use stytch_emulator::Emulator;
use tokio::net::TcpListener;

use crate::example::app::{App, PublicUrl, router};

pub(crate) struct Site {
    pub(crate) emulator: Arc<Emulator>,
    pub(crate) url: PublicUrl,
}

impl Site {
    pub(crate) async fn start() -> Self {
        let emulator = Arc::new(Emulator::builder().strict(true).start().await.unwrap());
        let client = Client::builder(emulator.project_id(), emulator.secret()).base_url(emulator.base_url());
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url: PublicUrl = format!("http://{}", listener.local_addr().unwrap()).parse().unwrap();
        let app = App::new(client.build().unwrap(), url.clone(), Some(Arc::clone(&emulator)));
        tokio::spawn(async move { axum::serve(listener, router(app)).await });
        Self { emulator, url }
    }
}
