//! `/account`: a page for users who are logged in.

use axum::Extension;
use maud::{Markup, html};
use stytch_client::passwords::{Factor, FactorType, Session};
use stytch_client::{Timestamp, VerifiedSession};

use super::csrf::Token;
use super::page;

pub(super) async fn show(token: Token, Extension(verified): Extension<VerifiedSession>) -> Markup {
    let session = &verified.session;
    let proofs: Vec<&str> = session.authentication_factors.iter().map(describe).collect();
    page::page(
        "Your account",
        &html! {
            p { "Hello, " strong { (greeting(session)) } ". Only you can see this page." }
            dl {
                dt { "Logged in with" }
                dd { (proofs.join(", ")) }
                dt { "Since" }
                dd { (time(session.started_at)) }
                dt { "Until" }
                dd { (time(session.expires_at)) }
                dt { "Recognised" }
                dd #recognised { @if verified.issued_at.is_some() { "here, by the signature" } @else { "by asking Stytch" } }
            }
            form method="post" action="/logout" {
                (token.field())
                button { "Log out" }
            }
        },
    )
}

/// The address that was put into the JWT at the login.
fn greeting(session: &Session) -> &str {
    let claims = session.custom_claims.as_ref();
    claims.and_then(|claims| claims.get("email")?.as_str()).unwrap_or(&session.user_id)
}

fn describe(factor: &Factor) -> &str {
    match &factor.factor_type {
        FactorType::Password => "a password",
        FactorType::MagicLink => "a link in a mail",
        other => other.as_str(),
    }
}

/// A time in seconds precision, for people.
fn time(time: Option<Timestamp>) -> Markup {
    html! {
        @match time.and_then(|time| Timestamp::from_second(time.as_second()).ok()) {
            Some(time) => time datetime=(time) { (time.to_string().replace('T', " ").replace('Z', " UTC")) },
            None => "unknown",
        }
    }
}
