//! `GET /_emulator/outbox`: the messages that Stytch would have sent.

use std::time::SystemTime;

use hyper::Method;
use serde_json::{Value, json};

use crate::{
    api_error::ApiError,
    clock::rfc3339,
    outbox::Message,
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::GET,
    path: "/_emulator/outbox",
    parameters: &[],
    access: Access::Everybody,
    error_types: &[],
    handler: outbox,
};

#[expect(clippy::unnecessary_wraps, reason = "the signature of every endpoint")]
fn outbox(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let messages: Vec<Value> = call.app.state().messages().iter().map(describe).collect();
    Ok(ResponseBody::from_iter([("messages".to_owned(), messages.into())]))
}

fn describe(message: &Message) -> Value {
    let moment = |time: SystemTime| rfc3339(time.into());
    let unless_empty = |text: &str| Some(text).filter(|text| !text.is_empty()).map(str::to_owned);
    json!({
        "channel": message.channel,
        "kind": message.kind,
        "to": message.to,
        "user_id": message.user_id,
        "link": unless_empty(&message.link),
        "token": unless_empty(&message.token),
        "code": message.code,
        "locale": message.locale,
        "template_id": message.template_id,
        "sent_at": moment(message.sent_at),
        "expires_at": moment(message.expires_at),
    })
}
