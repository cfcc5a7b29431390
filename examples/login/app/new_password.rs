//! `/new-password`: the page that the link in the email leads to.
//!
//! The link has a token in its query. The token is moved to a cookie, and the browser is redirected to the same page
//! without it. So it is not in the address bar, in the history, or in other places that keep addresses.

use axum::Form;
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use maud::{Markup, html};
use serde::Deserialize;
use stytch_client::Secret;
use time::Duration;

use super::csrf::Token;
use super::forgotten::LINK_MINUTES;
use super::words::{self, Rejection};
use super::{Shared, page, session};

const COOKIE: &str = "reset";
/// Longer than any token. A longer one would only make the cookie large.
const LONGEST_TOKEN: usize = 512;

#[derive(Deserialize)]
pub(super) struct Link {
    token: Option<Secret>,
}

#[derive(Deserialize)]
pub(super) struct NewPassword {
    password: Secret,
}

pub(super) async fn show(
    State(app): Shared,
    jar: CookieJar,
    token: Token,
    Query(link): Query<Link>,
) -> Response {
    if let Some(link) = link.token.filter(|link| link.secret().len() <= LONGEST_TOKEN) {
        let life = Duration::minutes(i64::from(LINK_MINUTES));
        let jar = app.cookies.set(jar, COOKIE, link.secret(), life);
        return (jar, Redirect::to("/new-password")).into_response();
    }
    match app.cookies.get(&jar, COOKIE) {
        Some(_) => form(&token, None).into_response(),
        None => used_link(),
    }
}

pub(super) async fn submit(
    State(app): Shared,
    jar: CookieJar,
    token: Token,
    Form(new): Form<NewPassword>,
) -> Response {
    let Some(link) = app.cookies.get(&jar, COOKIE) else { return used_link() };
    let call = app.client.passwords().email().reset().token(link).password(new.password.secret());
    match call.send().await {
        Ok(_) => {
            // The reset has ended all sessions of the user.
            let jar = session::end(app.cookies, app.cookies.remove(jar, COOKIE));
            (jar, Redirect::to("/login?renewed=true")).into_response()
        }
        Err(error) => match words::about_password(&error) {
            Some(rejection) => (rejection.status, form(&token, Some(&rejection))).into_response(),
            None if words::is_rejection(&error) => {
                words::note("a reset is rejected", &error);
                (app.cookies.remove(jar, COOKIE), used_link()).into_response()
            }
            None => words::trouble(&error),
        },
    }
}

fn form(token: &Token, rejection: Option<&Rejection>) -> Markup {
    page::page(
        "Choose a new password",
        &html! {
            (page::alert(rejection))
            form method="post" action="/new-password" {
                (token.field())
                (page::new_password_field())
                button { "Change the password" }
            }
        },
    )
}

fn used_link() -> Response {
    let page = page::page(
        "This link does not work",
        &html! {
            p { (words::USED_LINK) }
            p { a href="/forgotten" { "Mail me another link" } }
        },
    );
    (StatusCode::GONE, page).into_response()
}
