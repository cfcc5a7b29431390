//! `GET /_emulator/outbox`: the emails that Stytch would have sent.

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
