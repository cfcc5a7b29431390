//! The application and an emulator with the same clock.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use stytch_client::Client;
use stytch_emulator::Emulator;

use crate::clock::StandingClock;
use crate::login::app::{App, PublicUrl, router};
use crate::visitor::Visitor;

pub(crate) const ADA: &str = "ada@example.com";
pub(crate) const PASSWORD: &str = "correct horse battery staple";
/// A password that is rejected, and not a word of a page.
pub(crate) const WEAK_PASSWORD: &str = "letmein1";
pub(crate) const NEW_PASSWORD: &str = "a wholly different set of words";

pub(crate) struct Site {
    pub(crate) emulator: Arc<Emulator>,
    router: Router,
    clock: StandingClock,
    https: bool,
}

impl Site {
    pub(crate) async fn start() -> Self {
        Self::at("http://127.0.0.1:3000").await
    }

    pub(crate) async fn at(public_url: &str) -> Self {
        let (emulator, clock) = (emulator().await, StandingClock::new());
        let public_url: PublicUrl = public_url.parse().unwrap();
        let https = public_url.is_https();
        let app = App::new(client(&emulator, &clock), public_url, Some(Arc::clone(&emulator)));
        Self { emulator, router: router(app), clock, https }
    }

    /// Like with `--live`: the application does not know that it calls an emulator.
    pub(crate) async fn live() -> Self {
        let (emulator, clock) = (emulator().await, StandingClock::new());
        let app = App::new(client(&emulator, &clock), "http://127.0.0.1:3000".parse().unwrap(), None);
        Self { emulator, router: router(app), clock, https: false }
    }

    /// A visitor with a new browser.
    pub(crate) fn visitor(&self) -> Visitor {
        Visitor::new(self.router.clone(), self.https)
    }

    /// Ada, who has just signed up.
    pub(crate) async fn ada(&self) -> Visitor {
        let mut ada = self.visitor();
        let reply = ada.submit("/sign-up", &[("email", ADA), ("password", PASSWORD)]).await;
        assert_eq!(reply.location(), "/account");
        ada
    }

    pub(crate) fn pass(&self, minutes: u64) {
        let by = Duration::from_secs(minutes * 60);
        self.emulator.advance(by);
        self.clock.advance(by);
    }

    /// Returns the number of API calls with this path.
    pub(crate) fn calls_to(&self, path: &str) -> usize {
        self.emulator.requests().iter().filter(|request| request.path == path).count()
    }
}

async fn emulator() -> Arc<Emulator> {
    Arc::new(Emulator::builder().strict(true).start_at(StandingClock::start()).start().await.unwrap())
}

fn client(emulator: &Emulator, clock: &StandingClock) -> Client {
    Client::builder(emulator.project_id(), emulator.secret())
        .base_url(emulator.base_url())
        .timer(clock.clone())
        .build()
        .unwrap()
}
