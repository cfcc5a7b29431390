//! `POST /_emulator/breaches`: a password becomes known to be breached.

use hyper::Method;

use crate::{
    app::{Answer, Call},
    parameter::{Kind, optional, required},
    refusal::Refusal,
    route::{Access, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/_emulator/breaches",
    parameters: &[required("password", Kind::Text), optional("email", Kind::Text)],
    access: Access::Everybody,
    refusals: &[],
    handler: add,
};

fn add(call: &Call<'_>) -> Result<Answer, Refusal> {
    let password = call.parameters.required("password")?.to_owned();
    let mut breaches = call.app.strength().breaches();
    match call.parameters.text("email") {
        Some(email) => breaches.add_pair(email, password),
        None => breaches.add(password),
    }
    Ok(Answer::new())
}
