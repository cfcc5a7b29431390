//! `DELETE /v1/users/biometric_registrations/{biometric_registration_id}`: removes a biometric registration.

use hyper::Method;

use super::delete_factor;
use crate::{
    api_error::{ApiError, BIOMETRIC_REGISTRATION_NOT_FOUND},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::DELETE,
    path: "/v1/users/biometric_registrations/{biometric_registration_id}",
    parameters: &[],
    access: Access::Project,
    error_types: &[&[&BIOMETRIC_REGISTRATION_NOT_FOUND]],
    handler: delete,
};

fn delete(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    delete_factor::with_id(
        call,
        "biometric_registration_id",
        |user, id| {
            user.factors.biometric_registrations.iter().any(|known| known.biometric_registration_id == id)
        },
        |user, id| user.factors.biometric_registrations.retain(|known| known.biometric_registration_id != id),
        &BIOMETRIC_REGISTRATION_NOT_FOUND,
    )
}
