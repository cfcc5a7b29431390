//! `DELETE /v1/users/totps/{totp_id}`: removes an authenticator app.

use hyper::Method;

use super::delete_factor;
use crate::{
    api_error::{ApiError, TOTP_NOT_FOUND},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::DELETE,
    path: "/v1/users/totps/{totp_id}",
    parameters: &[],
    access: Access::Project,
    error_types: &[&[&TOTP_NOT_FOUND]],
    handler: delete,
};

fn delete(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    delete_factor::with_id(
        call,
        "totp_id",
        |user, id| user.factors.totps.iter().any(|known| known.totp_id == id),
        |user, id| user.factors.totps.retain(|known| known.totp_id != id),
        &TOTP_NOT_FOUND,
    )
}
