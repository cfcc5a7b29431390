//! Our client against the emulator, through all states of a user: from the first password to the last session.

#[path = "life/clock.rs"]
mod clock;
#[path = "life/login.rs"]
mod login;
#[path = "life/migration.rs"]
mod migration;
#[path = "life/reset_by_mail.rs"]
mod reset_by_mail;
#[path = "life/reset_by_password.rs"]
mod reset_by_password;
#[path = "life/reset_by_session.rs"]
mod reset_by_session;
#[path = "life/revocation.rs"]
mod revocation;
#[path = "life/sign_up.rs"]
mod sign_up;
#[path = "life/story.rs"]
mod story;
#[path = "life/verification.rs"]
mod verification;
#[path = "life/world.rs"]
mod world;
