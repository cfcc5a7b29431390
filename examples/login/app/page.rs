//! The layout of the pages.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::{DOCTYPE, Markup, html};

use super::words::Rejection;

/// A page with a heading.
pub(super) fn page(title: &str, content: &Markup) -> Markup {
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { (title) }
                link rel="icon" href="/assets/icon.svg" type="image/svg+xml";
                link rel="stylesheet" href="/assets/style.css";
                script src="/assets/strength.js" defer {}
            }
            body {
                main {
                    h1 { (title) }
                    (content)
                }
            }
        }
    }
}

/// A page with one message.
pub(super) fn message(title: &str, text: &str) -> Markup {
    page(
        title,
        &html! {
            p { (text) }
            p { a href="/login" { "To the login" } }
        },
    )
}

/// An error message above a form.
pub(super) fn alert(rejection: Option<&Rejection>) -> Markup {
    html! {
        @if let Some(rejection) = rejection {
            p.alert role="alert" { (rejection.text) }
        }
    }
}

pub(super) fn email_field(email: &str) -> Markup {
    html! {
        label for="email" { "Email address" }
        input #email type="email" name="email" value=(email) autocomplete="username" required;
    }
}

pub(super) fn password_field() -> Markup {
    html! {
        label for="password" { "Password" }
        input #password type="password" name="password" autocomplete="current-password" required;
    }
}

/// A field for a new password. The script shows its strength while it is typed.
pub(super) fn new_password_field() -> Markup {
    html! {
        label for="password" { "New password" }
        input #password type="password" name="password" autocomplete="new-password" required
            aria-describedby="strength" data-strength;
        div #strength.strength {
            meter min="0" low="2" high="3" optimum="4" max="4" value="0" aria-label="Strength" {}
            p role="status" { "A few unrelated words make a good one." }
        }
    }
}

pub(super) async fn not_found() -> Response {
    (StatusCode::NOT_FOUND, message("Not here", "There is no such page.")).into_response()
}

pub(super) fn too_large() -> Response {
    (StatusCode::PAYLOAD_TOO_LARGE, message("Too much", "That is more than a form can hold.")).into_response()
}
