//! `/login`: address and password.

use axum::Form;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use maud::{Markup, html};
use serde::Deserialize;
use stytch_client::Secret;

use super::csrf::Token;
use super::words::{self, Rejection};
use super::{Shared, page, session};

#[derive(Deserialize)]
pub(super) struct Arrival {
    /// Set if the user comes from a password reset.
    #[serde(default)]
    renewed: bool,
}

#[derive(Deserialize)]
pub(super) struct Login {
    email: String,
    password: Secret,
}

pub(super) async fn show(token: Token, Query(arrival): Query<Arrival>) -> Markup {
    let note = arrival.renewed.then_some("Your password is changed. Log in with the new one.");
    form(&token, "", None, note)
}

pub(super) async fn submit(
    State(app): Shared,
    jar: CookieJar,
    token: Token,
    Form(login): Form<Login>,
) -> Response {
    let email = login.email.trim();
    let call = app.client.passwords().authenticate().email(email).password(login.password.secret());
    let call = call.session_duration_minutes(session::MINUTES).session_custom_claims(session::claims(email));
    match call.send().await {
        Ok(answer) => session::begin(&app, jar, answer.session_jwt.as_ref()),
        Err(error) if words::is_rejection(&error) => {
            words::note("a login is rejected", &error);
            (words::NO_LOGIN.status, form(&token, email, Some(&words::NO_LOGIN), None)).into_response()
        }
        Err(error) => words::trouble(&error),
    }
}

fn form(token: &Token, email: &str, rejection: Option<&Rejection>, note: Option<&str>) -> Markup {
    page::page(
        "Log in",
        &html! {
            @if let Some(note) = note {
                p.note role="status" { (note) }
            }
            (page::alert(rejection))
            form method="post" action="/login" {
                (token.field())
                (page::email_field(email))
                (page::password_field())
                button { "Log in" }
            }
            p { a href="/forgotten" { "Forgotten your password?" } }
            p { "New here? " a href="/sign-up" { "Sign up" } }
        },
    )
}
