//! `/password-strength`: the strength of a password. The script calls it while the password is typed.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use stytch_client::Secret;

use super::Shared;

#[derive(Deserialize)]
pub(super) struct Question {
    password: Secret,
    #[serde(default)]
    email: String,
}

#[derive(Serialize)]
pub(super) struct Verdict {
    /// A number from 0 to 4.
    score: u8,
    accepted: bool,
    advice: Vec<String>,
}

pub(super) async fn check(
    State(app): Shared,
    Json(question): Json<Question>,
) -> Result<Json<Verdict>, StatusCode> {
    let email = Some(question.email.trim()).filter(|email| !email.is_empty());
    let call = app.client.passwords().strength_check().password(question.password.secret());
    let checked = call.maybe_email(email).send().await.map_err(|error| {
        tracing::warn!("a password is not checked: {error}");
        StatusCode::SERVICE_UNAVAILABLE
    })?;
    let mut advice = Vec::new();
    if checked.breached_password {
        advice.push("It is known from a breach somewhere else.".to_owned());
    }
    if let Some(feedback) = checked.feedback {
        advice.extend(Some(feedback.warning).filter(|warning| !warning.is_empty()));
        advice.extend(feedback.suggestions);
    }
    Ok(Json(Verdict { score: checked.score, accepted: checked.valid_password, advice }))
}
