//! `DELETE /v1/users/{user_id}`: removes a user, with the sessions and the unused proofs of the user.

use hyper::Method;

use crate::{
    api::{identity, shared::object},
    api_error::{ApiError, USER_NOT_FOUND},
    route::{Access, Call, ResponseBody, Route},
    state::Change,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::DELETE,
    path: "/v1/users/{user_id}",
    parameters: &[],
    access: Access::Project,
    error_types: &[&[&USER_NOT_FOUND]],
    handler: delete,
};

fn delete(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let user_id = identity::named(call, &state)?.user_id.clone();
    let body = object([("user_id", user_id.as_str().into())]);
    state.commit(Change { deleted_users: vec![user_id], ..Change::default() }, call.now)?;
    Ok(body)
}
