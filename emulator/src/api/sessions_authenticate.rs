//! `POST /v1/sessions/authenticate`: whether a session lives, and a fresh JWT for it.

use hyper::Method;
use time::Duration;

use super::shared::{object, session_claims, session_jwt, session_minutes, session_token};
use crate::{
    app::{Answer, Call},
    parameter::{Kind, optional},
    refusal::{NO_SESSION_ARGUMENTS, Refusal, SESSION_NOT_FOUND},
    route::{Access, Route},
    session::{self, claim, named, sign},
    state::Change,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/sessions/authenticate",
    parameters: &[
        session_token(),
        session_minutes(),
        session_jwt(),
        session_claims(),
        optional("authorization_check", Kind::Map),
    ],
    access: Access::Project,
    refusals: &[&[&NO_SESSION_ARGUMENTS], session::REFUSALS],
    handler: authenticate,
};

fn authenticate(call: &Call<'_>) -> Result<Answer, Refusal> {
    if call.parameters.map("authorization_check").is_some() {
        // To pass over it would be to say that the user is authorized.
        let complaint = "is not supported: this emulator has no policy to check against.";
        return Err(Refusal::parameter("authorization_check", complaint));
    }
    let mut state = call.app.state();
    let mut session = named(call, &state)?.ok_or(&NO_SESSION_ARGUMENTS)?;
    let user = state.user(&session.user_id).ok_or(&SESSION_NOT_FOUND)?;
    session.last_accessed_at = call.now;
    if let Some(minutes) = call.parameters.integer("session_duration_minutes") {
        session.expires_at = call.now + Duration::minutes(minutes);
    }
    claim(&mut session, call.parameters.map("session_custom_claims"))?;
    let answer = object([
        ("session", session.to_json()),
        ("session_token", session.token.as_str().into()),
        ("session_jwt", sign(call, &session)?.into()),
        ("user", user.to_json()),
    ]);
    state.commit(Change { sessions: vec![session], ..Change::default() }, call.now)?;
    Ok(answer)
}
