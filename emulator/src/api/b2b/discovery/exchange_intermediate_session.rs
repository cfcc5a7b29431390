//! `POST /v1/b2b/discovery/intermediate_sessions/exchange`: a session in the organization that a person chooses. A
//! person who may join the organization becomes a member.

use hyper::Method;

use crate::{
    api::{
        b2b::{
            before::{self, Before},
            log_in::{Login, without},
            members::new,
            named::{self, ORGANIZATION_ID},
        },
        otps::sent::PHONE_LOCALE,
        shared::{session_claims, session_minutes, telemetry_id},
    },
    api_error::{
        ApiError, CUSTOM_CLAIMS_TOO_LARGE, EMAIL_JIT_PROVISIONING_NOT_ALLOWED,
        INTERMEDIATE_SESSION_NOT_FOUND, INVALID_EMAIL_FOR_JIT_PROVISIONING, ORGANIZATION_NOT_FOUND,
    },
    member::Member,
    organization::{Organization, RESTRICTED},
    parameter::{Kind, required},
    proof::Intermediate,
    route::{Access, Call, ResponseBody, Route},
    state::{Change, State},
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/b2b/discovery/intermediate_sessions/exchange",
    parameters: &[
        required("intermediate_session_token", Kind::Secret),
        ORGANIZATION_ID,
        session_minutes(),
        session_claims(),
        PHONE_LOCALE,
        telemetry_id(),
    ],
    access: Access::Project,
    error_types: &[
        &[
            &ORGANIZATION_NOT_FOUND,
            &EMAIL_JIT_PROVISIONING_NOT_ALLOWED,
            &INVALID_EMAIL_FOR_JIT_PROVISIONING,
            &CUSTOM_CLAIMS_TOO_LARGE,
        ],
        new::ADDRESS_ERROR_TYPES,
        before::ERROR_TYPES,
    ],
    handler: exchange,
};

fn exchange(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let mut state = call.app.state();
    let (_, known) = before::intermediate(call, &state)?.ok_or(&INTERMEDIATE_SESSION_NOT_FOUND)?;
    let organization = named::organization(call, &state)?;
    let address = &known.email_address;
    let (member, joins) = match state.member_with_address(&organization.organization_id, address) {
        Some(member) => (member.clone(), false),
        None => (newcomer(call, &state, &organization, &known)?, true),
    };
    let before = Before::of(call, &state, &member)?;
    let login = Login { organization, member, before, joins };
    let body = login.finish(call, &mut state, None, Change::default())?;
    Ok(without(body, ["organization_id"]))
}

/// Returns a new member, if the organization allows new members with this address.
fn newcomer(
    call: &Call<'_>,
    state: &State,
    organization: &Organization,
    known: &Intermediate,
) -> Result<Member, ApiError> {
    if organization.settings.email_jit_provisioning != RESTRICTED {
        return Err((&EMAIL_JIT_PROVISIONING_NOT_ALLOWED).into());
    }
    if !organization.settings.lets_join(&known.email_address) {
        return Err((&INVALID_EMAIL_FOR_JIT_PROVISIONING).into());
    }
    let mut member = new::member(call, state, organization, &known.email_address)?;
    member.password.clone_from(&known.password);
    Ok(member)
}
