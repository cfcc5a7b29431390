//! `DELETE /v1/m2m/clients/{client_id}`: removes a client. Its access tokens stay valid until they expire.

use hyper::Method;

use crate::{
    api::{m2m::named, shared::object},
    api_error::{ApiError, M2M_CLIENT_NOT_FOUND},
    route::{Access, Call, ResponseBody, Route},
    state::Change,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::DELETE,
    path: "/v1/m2m/clients/{client_id}",
    parameters: &[],
    access: Access::Project,
    error_types: &[&[&M2M_CLIENT_NOT_FOUND]],
    handler: delete,
};

fn delete(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let client_id = named::client(call, &state)?.client_id;
    let body = object([("client_id", client_id.as_str().into())]);
    state.commit(Change { deleted_m2m_clients: vec![client_id], ..Change::default() }, call.now)?;
    Ok(body)
}
