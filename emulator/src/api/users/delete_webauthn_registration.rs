//! `DELETE /v1/users/webauthn_registrations/{webauthn_registration_id}`: removes a passkey or a security key.

use hyper::Method;

use super::delete_factor;
use crate::{
    api_error::{ApiError, WEBAUTHN_REGISTRATION_NOT_FOUND},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::DELETE,
    path: "/v1/users/webauthn_registrations/{webauthn_registration_id}",
    parameters: &[],
    access: Access::Project,
    error_types: &[&[&WEBAUTHN_REGISTRATION_NOT_FOUND]],
    handler: delete,
};

fn delete(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    delete_factor::with_id(
        call,
        "webauthn_registration_id",
        |user, id| {
            user.factors.webauthn_registrations.iter().any(|known| known.webauthn_registration_id == id)
        },
        |user, id| user.factors.webauthn_registrations.retain(|known| known.webauthn_registration_id != id),
        &WEBAUTHN_REGISTRATION_NOT_FOUND,
    )
}
