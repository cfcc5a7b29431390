//! `/forgotten`: sends an email to users who have forgotten their password.

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use maud::{Markup, html};
use serde::Deserialize;

use super::csrf::Token;
use super::{App, Shared, page, words};

/// How long the link in the email is valid.
pub(super) const LINK_MINUTES: u32 = 30;

#[derive(Deserialize)]
pub(super) struct Forgotten {
    email: String,
}

pub(super) async fn show(token: Token) -> Markup {
    page::page(
        "Forgotten your password?",
        &html! {
            p { "Tell us your address, and we mail you a link with which you can choose a new password." }
            form method="post" action="/forgotten" {
                (token.field())
                (page::email_field(""))
                button { "Mail me a link" }
            }
            p { a href="/login" { "Back to the login" } }
        },
    )
}

/// Shows the same page whether the address exists or not. Otherwise strangers could find out who has an account.
pub(super) async fn submit(State(app): Shared, Form(forgotten): Form<Forgotten>) -> Response {
    let call = app.client.passwords().email().reset_start().email(forgotten.email.trim());
    let call = call
        .reset_password_redirect_url(app.public_url.join("/new-password"))
        .login_redirect_url(app.public_url.join("/login"))
        .reset_password_expiration_minutes(LINK_MINUTES);
    match call.send().await {
        Ok(_) => sent(&app).into_response(),
        Err(error) if words::is_rejection(&error) => {
            words::note("no mail is sent", &error);
            sent(&app).into_response()
        }
        Err(error) => words::trouble(&error),
    }
}

fn sent(app: &App) -> Markup {
    page::page(
        "Look into your mail",
        &html! {
            p {
                "If there is an account with that address, a link is on its way to it. It is good for "
                (LINK_MINUTES) " minutes."
            }
            @if app.emulator.is_some() {
                p.note { "The emulator sends nothing: the mail is in its " a href="/outbox" { "outbox" } "." }
            }
            p { a href="/login" { "Back to the login" } }
        },
    )
}
