//! `/sign-up`: a new account, logged in at once.

use axum::Form;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use axum_extra::extract::CookieJar;
use maud::{Markup, html};
use serde::Deserialize;
use stytch_client::Secret;

use super::csrf::Token;
use super::words::{self, Rejection};
use super::{Shared, page, session};

#[derive(Deserialize)]
pub(super) struct SignUp {
    email: String,
    password: Secret,
}

pub(super) async fn show(token: Token) -> Markup {
    form(&token, "", None)
}

pub(super) async fn submit(
    State(app): Shared,
    jar: CookieJar,
    token: Token,
    Form(sign_up): Form<SignUp>,
) -> Response {
    let email = sign_up.email.trim();
    let call = app.client.passwords().create().email(email).password(sign_up.password.secret());
    let call = call.session_duration_minutes(session::MINUTES).session_custom_claims(session::claims(email));
    match call.send().await {
        Ok(answer) => session::begin(&app, jar, answer.session_jwt.as_ref()),
        Err(error) => match words::about_password(&error) {
            Some(rejection) => (rejection.status, form(&token, email, Some(&rejection))).into_response(),
            None => words::trouble(&error),
        },
    }
}

fn form(token: &Token, email: &str, rejection: Option<&Rejection>) -> Markup {
    page::page(
        "Sign up",
        &html! {
            (page::alert(rejection))
            form method="post" action="/sign-up" {
                (token.field())
                (page::email_field(email))
                (page::new_password_field())
                button { "Sign up" }
            }
            p { "You have an account? " a href="/login" { "Log in" } }
        },
    )
}
