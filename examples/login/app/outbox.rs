//! `/outbox`: the emails that the emulator did not send. With `--live` this page does not exist.

use axum::extract::State;
use maud::{Markup, html};

use super::{Shared, page};

pub(super) async fn show(State(app): Shared) -> Markup {
    let mails = app.emulator.as_ref().map(|emulator| emulator.outbox()).unwrap_or_default();
    page::page(
        "Outbox",
        &html! {
            p.note { "This page stands in for everybody's mailbox, while the application runs on the emulator." }
            @if mails.is_empty() {
                p { "No mails yet." }
            }
            @for mail in mails.iter().rev() {
                article {
                    p { "To " strong { (mail.to) } }
                    p { a href=(mail.link) { "Choose a new password" } }
                }
            }
        },
    )
}
