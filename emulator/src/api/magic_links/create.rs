//! `POST /v1/magic_links`: a token that the application delivers itself.

use hyper::Method;
use time::Duration;

use super::sent::minutes;
use crate::{
    api::{attributes::ATTRIBUTES, identity, shared::object},
    api_error::{ApiError, USER_NOT_FOUND},
    parameter::{Kind, required},
    proof::{Proof, Purpose},
    route::{Access, Call, ResponseBody, Route},
    session::Attributes,
    state::Change,
};

const DEFAULT_MINUTES: i64 = 60;

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/magic_links",
    parameters: &[required("user_id", Kind::String), minutes("expiration_minutes"), ATTRIBUTES],
    access: Access::Project,
    error_types: &[&[&USER_NOT_FOUND]],
    handler: create,
};

fn create(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let user_id = identity::named(call, &state)?.user_id.clone();
    let minutes = call.parameters.integer("expiration_minutes").unwrap_or(DEFAULT_MINUTES);
    let token = call.app.ids.token();
    let body = object([("user_id", user_id.as_str().into()), ("token", token.as_str().into())]);
    let proof = Proof {
        key: token,
        user_id,
        expires_at: call.now + Duration::minutes(minutes),
        purpose: Purpose::EmbeddedLink {
            embedded_id: call.app.ids.id("embeddable-magic-link"),
            attributes: Attributes::of(&call.parameters),
        },
    };
    state.commit(Change { proofs: vec![proof], ..Change::default() }, call.now)?;
    Ok(body)
}
