//! The application of `examples/login`, request by request, with the emulator.

/// The application of the example.
#[path = "../../examples/login"]
mod login {
    pub(crate) mod app;
}

#[path = "login_example/accounts.rs"]
mod accounts;
#[path = "life/clock.rs"]
mod clock;
#[path = "login_example/forgery.rs"]
mod forgery;
#[path = "login_example/log.rs"]
mod log;
#[path = "login_example/reset.rs"]
mod reset;
#[path = "login_example/session.rs"]
mod session;
#[path = "login_example/site.rs"]
mod site;
#[path = "login_example/trouble.rs"]
mod trouble;
#[path = "login_example/visitor.rs"]
mod visitor;
