//! `POST /v1/m2m/clients/{client_id}/secrets/rotate/start`: a second secret. Both are valid until the end of the rotation.

use hyper::Method;

use crate::{
    api::m2m::named::{self, store},
    api_error::{ApiError, M2M_CLIENT_ALREADY_ROTATING_SECRET, M2M_CLIENT_NOT_FOUND},
    m2m::ClientSecret,
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/m2m/clients/{client_id}/secrets/rotate/start",
    parameters: &[],
    access: Access::Project,
    error_types: &[&[&M2M_CLIENT_NOT_FOUND, &M2M_CLIENT_ALREADY_ROTATING_SECRET]],
    handler: start,
};

fn start(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let mut client = named::client(call, &state)?;
    if client.next_secret.is_some() {
        return Err((&M2M_CLIENT_ALREADY_ROTATING_SECRET).into());
    }
    let secret = call.app.ids.token();
    client.next_secret = Some(ClientSecret::of(&secret));
    store(call, &mut state, client, Some(("next_client_secret", secret)))
}
