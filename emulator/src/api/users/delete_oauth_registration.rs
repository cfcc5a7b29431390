//! `DELETE /v1/users/oauth/{oauth_user_registration_id}`: removes an account at an OAuth provider.

use hyper::Method;

use super::delete_factor;
use crate::{
    api_error::{ApiError, OAUTH_USER_REGISTRATION_NOT_FOUND},
    route::{Access, Call, ResponseBody, Route},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::DELETE,
    path: "/v1/users/oauth/{oauth_user_registration_id}",
    parameters: &[],
    access: Access::Project,
    error_types: &[&[&OAUTH_USER_REGISTRATION_NOT_FOUND]],
    handler: delete,
};

fn delete(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    delete_factor::with_id(
        call,
        "oauth_user_registration_id",
        |user, id| user.factors.providers.iter().any(|known| known.oauth_user_registration_id == id),
        |user, id| user.factors.providers.retain(|known| known.oauth_user_registration_id != id),
        &OAUTH_USER_REGISTRATION_NOT_FOUND,
    )
}
