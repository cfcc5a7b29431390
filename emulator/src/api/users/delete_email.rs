//! `DELETE /v1/users/emails/{email_id}`: removes an address.

use hyper::Method;

use super::delete_factor;
use crate::{
    api_error::{ApiError, EMAIL_NOT_FOUND},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::DELETE,
    path: "/v1/users/emails/{email_id}",
    parameters: &[],
    access: Access::Project,
    error_types: &[&[&EMAIL_NOT_FOUND]],
    handler: delete,
};

fn delete(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    delete_factor::with_id(
        call,
        "email_id",
        |user, id| user.emails.iter().any(|known| known.email_id == id),
        |user, id| user.emails.retain(|known| known.email_id != id),
        &EMAIL_NOT_FOUND,
    )
}
