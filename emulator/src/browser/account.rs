//! `POST /v1/public/oauth/{provider}/choose`: somebody was chosen on the login page. The browser goes back to the
//! application, with a token.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use time::Duration;

use super::{
    redirect,
    start::{Start, attached},
};
use crate::{
    api::{is_absolute, with_token},
    api_error::{ApiError, DUPLICATE_EMAIL, INVALID_EMAIL, INVALID_OAUTH_ATTACH_TOKEN},
    app::App,
    http::{Request, Response},
    oauth::{Login, Provider},
    proof::{Proof, Purpose},
    state::{Change, State},
    user::{Email, Identity, OAuthProvider, User, address_key, is_email},
};

/// How long the token is valid.
const MINUTES: i64 = 10;

/// The account that was chosen.
pub(super) struct Account {
    pub(super) email: String,
    pub(super) first_name: String,
    pub(super) last_name: String,
    /// Returns the provider's id of the account, which is always the same for an address.
    pub(super) subject: String,
}

/// Logs the chosen account in.
pub(super) fn choose(
    app: &App,
    provider: &'static Provider,
    request: &Request,
) -> Result<Response, ApiError> {
    let start = Start::read(&request.body)?;
    let account = Account::read(provider.name, &request.body)?;
    let now = app.clock.now();
    let mut state = app.state();
    let (mut user, created) = user(app, &state, provider, &start, &account)?;
    let email_id = verified_email(app, &state, &mut user, &account)?;
    let registration = registration(app, &mut user, provider, &account);
    let proof = Proof {
        key: app.ids.token(),
        user_id: user.user_id.clone(),
        expires_at: now + Duration::minutes(MINUTES),
        purpose: Purpose::OAuthLogin(Login {
            provider: provider.name.to_owned(),
            provider_subject: account.subject,
            oauth_user_registration_id: registration,
            email_id,
            scopes: start.scopes,
            code_challenge: start.code_challenge,
        }),
    };
    let target = if created { &start.signup_redirect_url } else { &start.login_redirect_url };
    debug_assert!(is_absolute(target), "checked when the parameters were read");
    let response = redirect(&with_token(target, "oauth", &proof.key))?;
    let change = Change {
        users: vec![user],
        used_proofs: start.attach_token.into_iter().collect(),
        proofs: vec![proof],
        ..Change::default()
    };
    state.commit(change, now)?;
    Ok(response)
}

impl Account {
    /// Reads the account that was chosen at a provider of this name.
    ///
    /// # Errors
    ///
    /// `invalid_email`.
    pub(super) fn read(provider: &str, form: &[u8]) -> Result<Self, ApiError> {
        let fields: BTreeMap<_, _> = form_urlencoded::parse(form).collect();
        let text = |name: &str| fields.get(name).map(|text| text.trim().to_owned()).unwrap_or_default();
        let email = text("email");
        if !is_email(&email) {
            return Err((&INVALID_EMAIL).into());
        }
        let digest = Sha256::digest(format!("{provider} {}", address_key(&email)));
        let number = digest.iter().take(8).fold(0, |number: u64, byte| number << 8 | u64::from(*byte));
        Ok(Self {
            email,
            first_name: text("first_name"),
            last_name: text("last_name"),
            subject: number.to_string(),
        })
    }
}

/// Returns the user who logs in, and whether the user is new. In this order: the user to whom the account is added,
/// the user who has the account, the user who has its address.
fn user(
    app: &App,
    state: &State,
    provider: &Provider,
    start: &Start,
    account: &Account,
) -> Result<(User, bool), ApiError> {
    let identity = Identity::oauth_account(provider.spelling, &account.subject);
    let owner = state.user_by(&identity);
    if let Some(token) = &start.attach_token {
        let proof = attached(app, state, provider, token)?;
        let user = state.user(&proof.user_id).ok_or(&INVALID_OAUTH_ATTACH_TOKEN)?;
        if owner.is_some_and(|owner| owner.user_id != user.user_id) {
            return Err(ApiError::new(&INVALID_OAUTH_ATTACH_TOKEN, "Another user has this account already."));
        }
        return Ok((user.clone(), false));
    }
    if let Some(user) = owner.or_else(|| state.user_by_email(&account.email)) {
        return Ok((user.clone(), false));
    }
    let mut user = User::new(app.ids.id("user"), app.clock.now());
    user.name.first_name.clone_from(&account.first_name);
    user.name.last_name.clone_from(&account.last_name);
    Ok((user, true))
}

/// Gives the user the address of the account, which the provider has verified. Returns its id.
fn verified_email(app: &App, state: &State, user: &mut User, account: &Account) -> Result<String, ApiError> {
    let owner = state.user_by_email(&account.email);
    if owner.is_some_and(|owner| owner.user_id != user.user_id) {
        return Err((&DUPLICATE_EMAIL).into());
    }
    if user.email(&account.email).is_none() {
        let email_id = app.ids.id("email");
        user.emails.push(Email { email_id, email: account.email.clone(), verified: true });
    }
    let key = address_key(&account.email);
    let mut known = user.emails.iter_mut().filter(|email| address_key(&email.email) == key);
    Ok(known
        .next()
        .map(|email| {
            email.verified = true;
            email.email_id.clone()
        })
        .unwrap_or_default())
}

/// Returns the id of the user's registration of the account, which is added if it is not there.
fn registration(app: &App, user: &mut User, provider: &Provider, account: &Account) -> String {
    let is_same = |known: &&OAuthProvider| {
        known.provider_type == provider.spelling && known.provider_subject == account.subject
    };
    if let Some(known) = user.factors.providers.iter().find(is_same) {
        return known.oauth_user_registration_id.clone();
    }
    let id = app.ids.id("oauth-user");
    user.factors.providers.push(OAuthProvider {
        oauth_user_registration_id: id.clone(),
        provider_type: provider.spelling.to_owned(),
        provider_subject: account.subject.clone(),
        profile_picture_url: String::new(),
        locale: String::new(),
    });
    id
}
