//! The answer that a login and the three resets have in common.

use serde_json::Value;

use super::shared::object;
use crate::{app::Answer, session::Granted, user::User};

/// `user_id`, `user`, `user_device`, and the session if there is one.
pub(super) fn answer(user: &User, granted: &Granted) -> Answer {
    let mut answer = object([
        ("user_id", user.user_id.as_str().into()),
        ("user", user.to_json()),
        // Fingerprints are a product of their own, and nothing here looks them up.
        ("user_device", Value::Null),
    ]);
    granted.describe(&mut answer);
    answer
}
