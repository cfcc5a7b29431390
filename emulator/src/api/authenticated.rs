//! The response that a login and the three resets have in common.

use serde_json::Value;

use super::session_grant::Granted;
use super::shared::object;
use crate::{route::ResponseBody, user::User};

/// Returns `user_id`, `user`, `user_device`, and the session if there is one.
pub(super) fn body(user: &User, granted: &Granted) -> ResponseBody {
    let mut body = object([
        ("user_id", user.user_id.as_str().into()),
        ("user", user.to_json()),
        // Device fingerprints are a separate product, which the emulator does not have.
        ("user_device", Value::Null),
    ]);
    granted.describe(&mut body);
    body
}
