//! `POST /v1/b2b/passwords/authenticate`: a login.

use hyper::Method;

use super::entered;
use crate::{
    api::{
        b2b::{
            before::{self, INTERMEDIATE_SESSION_TOKEN},
            log_in::Login,
            named::{self, EMAIL_ADDRESS, ORGANIZATION_ID},
        },
        shared::{LOCALE, session_claims, session_jwt, session_minutes, session_token, telemetry_id},
    },
    api_error::{ApiError, CUSTOM_CLAIMS_TOO_LARGE},
    parameter::{Kind, required},
    route::{Access, Call, ResponseBody, Route},
    session::Method as FactorMethod,
    state::Change,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/passwords/authenticate",
    parameters: &[
        ORGANIZATION_ID,
        EMAIL_ADDRESS,
        required("password", Kind::Secret),
        session_token(),
        session_minutes(),
        session_jwt(),
        session_claims(),
        LOCALE,
        INTERMEDIATE_SESSION_TOKEN,
        telemetry_id(),
    ],
    access: Access::Project,
    error_types: &[
        named::ERROR_TYPES,
        entered::ERROR_TYPES,
        before::ERROR_TYPES,
        &[&CUSTOM_CLAIMS_TOO_LARGE],
    ],
    handler: authenticate,
};

fn authenticate(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let password = call.parameters.required("password")?;
    let member = entered::member(call, password)?;
    entered::require_no_reset(call, &member, password)?;
    let mut state = call.app.state();
    let (organization, member) = entered::unchanged(&state, &member)?;
    let login = Login::of(call, &state, organization, member)?;
    login.finish(call, &mut state, Some(FactorMethod::Password), Change::default())
}
