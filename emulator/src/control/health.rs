//! `GET /_emulator/health`: whether it is up.

use hyper::Method;
use serde_json::Map;

use crate::{
    app::{Answer, Call},
    refusal::Refusal,
    route::{Access, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::GET,
    path: "/_emulator/health",
    parameters: &[],
    access: Access::Everybody,
    refusals: &[],
    handler: health,
};

#[expect(clippy::unnecessary_wraps, reason = "every endpoint can refuse")]
fn health(call: &Call<'_>) -> Result<Answer, Refusal> {
    let mut answer = Map::new();
    answer.insert("status".to_owned(), "ok".into());
    answer.insert("version".to_owned(), env!("CARGO_PKG_VERSION").into());
    answer.insert("project_id".to_owned(), call.app.settings.credentials.project_id.as_str().into());
    Ok(answer)
}
