//! `GET` and `DELETE /_emulator/outbox`: the messages that Stytch would have sent.

use std::time::SystemTime;

use hyper::Method;
use serde_json::{Value, json};

use super::{LIMIT, latest};
use crate::{
    api_error::ApiError,
    clock::rfc3339,
    outbox::Message,
    parameter::{Kind, optional},
    route::{Access, Call, ResponseBody, Route},
    state::Change,
    user::same_address,
};

pub(crate) static LIST: Route = Route {
    method: Method::GET,
    path: "/_emulator/outbox",
    parameters: &[optional("to", Kind::String), optional("user_id", Kind::String), LIMIT],
    access: Access::Everybody,
    error_types: &[],
    handler: list,
};

pub(crate) static CLEAR: Route = Route {
    method: Method::DELETE,
    path: "/_emulator/outbox",
    parameters: &[],
    access: Access::Everybody,
    error_types: &[],
    handler: clear,
};

/// Lists the latest messages to a recipient and of a user, oldest first.
#[expect(clippy::unnecessary_wraps, reason = "the signature of every endpoint")]
fn list(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let (to, user_id) = (call.parameters.string("to"), call.parameters.string("user_id"));
    let mut messages = call.app.state().messages();
    messages.retain(|message| {
        to.is_none_or(|to| same_address(&message.to, to))
            && user_id.is_none_or(|user_id| message.user_id == user_id)
    });
    let messages: Vec<Value> = latest(call, messages).iter().map(describe).collect();
    Ok(ResponseBody::from_iter([("messages".to_owned(), messages.into())]))
}

fn clear(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    call.app.state().commit(Change { clears_outbox: true, ..Change::default() }, call.now)?;
    Ok(ResponseBody::new())
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
