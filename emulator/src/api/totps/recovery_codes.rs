//! `POST /v1/totps/recovery_codes`: the recovery codes of a user that are not used yet.

use hyper::Method;
use serde_json::{Value, json};

use crate::{
    api::{identity, shared::object},
    api_error::{ApiError, USER_NOT_FOUND},
    parameter::{Kind, required},
    route::{Access, Call, ResponseBody, Route},
    user::Totp,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/totps/recovery_codes",
    parameters: &[required("user_id", Kind::String)],
    access: Access::Project,
    error_types: &[&[&USER_NOT_FOUND]],
    handler: list,
};

fn list(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let state = call.app.state();
    let user = identity::named(call, &state)?;
    let shown = |totp: &Totp| json!({ "totp_id": totp.totp_id, "verified": totp.verified, "recovery_codes": totp.recovery_codes });
    let totps: Vec<Value> =
        user.factors.totps.iter().filter(|totp| totp.is_usable(call.now)).map(shown).collect();
    Ok(object([("user_id", user.user_id.as_str().into()), ("totps", totps.into())]))
}
