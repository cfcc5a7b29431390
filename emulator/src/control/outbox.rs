//! `GET /_emulator/outbox`: the mails that would have been sent.

use std::time::SystemTime;

use hyper::Method;
use serde_json::{Value, json};

use crate::{
    app::{Answer, Call},
    clock::rfc3339,
    outbox::Message,
    refusal::Refusal,
    route::{Access, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::GET,
    path: "/_emulator/outbox",
    parameters: &[],
    access: Access::Everybody,
    refusals: &[],
    handler: outbox,
};

#[expect(clippy::unnecessary_wraps, reason = "every endpoint can refuse")]
fn outbox(call: &Call<'_>) -> Result<Answer, Refusal> {
    let messages: Vec<Value> = call.app.state().messages().iter().map(describe).collect();
    Ok(Answer::from_iter([("messages".to_owned(), messages.into())]))
}

fn describe(message: &Message) -> Value {
    let moment = |time: SystemTime| rfc3339(time.into());
    json!({
        "to": message.to,
        "user_id": message.user_id,
        "link": message.link,
        "token": message.token,
        "locale": message.locale,
        "template_id": message.template_id,
        "sent_at": moment(message.sent_at),
        "expires_at": moment(message.expires_at),
    })
}
