//! `DELETE /v1/users/phone_numbers/{phone_id}`: removes a phone number.

use hyper::Method;

use super::delete_factor;
use crate::{
    api_error::{ApiError, PHONE_NUMBER_NOT_FOUND},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::DELETE,
    path: "/v1/users/phone_numbers/{phone_id}",
    parameters: &[],
    access: Access::Project,
    error_types: &[&[&PHONE_NUMBER_NOT_FOUND]],
    handler: delete,
};

fn delete(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    delete_factor::with_id(
        call,
        "phone_id",
        |user, id| user.phone_numbers.iter().any(|known| known.phone_id == id),
        |user, id| user.phone_numbers.retain(|known| known.phone_id != id),
        &PHONE_NUMBER_NOT_FOUND,
    )
}
