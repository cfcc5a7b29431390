//! `POST /v1/m2m/clients/{client_id}/secrets/rotate`: makes the second secret the only one.

use hyper::Method;

use crate::{
    api::m2m::named::{self, store},
    api_error::{ApiError, M2M_CLIENT_NOT_FOUND, M2M_CLIENT_NOT_ROTATING_SECRET},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/m2m/clients/{client_id}/secrets/rotate",
    parameters: &[],
    access: Access::Project,
    error_types: &[&[&M2M_CLIENT_NOT_FOUND, &M2M_CLIENT_NOT_ROTATING_SECRET]],
    handler: rotate,
};

fn rotate(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let mut client = named::client(call, &state)?;
    client.secret = client.next_secret.take().ok_or(&M2M_CLIENT_NOT_ROTATING_SECRET)?;
    store(call, &mut state, client, None)
}
