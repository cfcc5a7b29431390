//! `GET /v1/public/oauth/{provider}/start`: the beginning of a login at a provider. Its parameters are those of Stytch.

use std::collections::BTreeMap;

use super::login_page::{self, LoginPage, MAX_ACCOUNTS};
use crate::{
    api::is_absolute,
    api_error::{
        ApiError, ErrorType, INVALID_LOGIN_OAUTH_URL, INVALID_OAUTH_ATTACH_TOKEN, INVALID_OAUTH_PROVIDER,
        INVALID_SIGNUP_OAUTH_URL, PUBLIC_TOKEN_REQUIRED,
    },
    app::App,
    http::{Request, Response},
    oauth::Provider,
    pkce::check_challenge,
    proof::{Proof, Purpose},
    state::State,
};

/// The target of the login if the request has none.
pub(super) const DEFAULT_REDIRECT_URL: &str = "http://localhost:3000/authenticate";

/// The parameters of the start of a login.
pub(super) struct Start {
    pub(super) login_redirect_url: String,
    pub(super) signup_redirect_url: String,
    pub(super) code_challenge: Option<String>,
    pub(super) attach_token: Option<String>,
    pub(super) scopes: Vec<String>,
    /// All parameters, which the page sends again.
    pub(super) parameters: BTreeMap<String, String>,
}

/// The parameters that count. Providers have others, which are ignored.
pub(crate) const PARAMETERS: [&str; 6] = [
    "public_token",
    "login_redirect_url",
    "signup_redirect_url",
    "custom_scopes",
    "code_challenge",
    "oauth_attach_token",
];

/// Returns the provider of this name.
///
/// # Errors
///
/// `invalid_oauth_provider`.
pub(super) fn provider(name: &str) -> Result<&'static Provider, ApiError> {
    Provider::named(name).ok_or_else(|| ApiError::from(&INVALID_OAUTH_PROVIDER))
}

/// Shows the login page.
pub(super) fn show(app: &App, provider: &'static Provider, request: &Request) -> Result<Response, ApiError> {
    let start = Start::read(request.query.as_deref().unwrap_or_default().as_bytes())?;
    let state = app.state();
    if let Some(token) = &start.attach_token {
        attached(app, &state, provider, token)?;
    }
    let accounts =
        state.users().filter_map(|user| Some((user.emails.first()?.email.clone(), user.name.full())));
    login_page::show(&LoginPage {
        name: provider.spelling,
        parameters: &start.parameters,
        accounts: accounts.take(MAX_ACCOUNTS).collect(),
        has_groups: false,
    })
}

/// Returns the proof behind an attach token for a provider.
///
/// # Errors
///
/// `invalid_oauth_attach_token`.
pub(super) fn attached<'a>(
    app: &App,
    state: &'a State,
    provider: &Provider,
    token: &str,
) -> Result<&'a Proof, ApiError> {
    let proof = state.proof(token).filter(|proof| proof.is_valid(app.clock.now()));
    let is_for = |proof: &&Proof| matches!(&proof.purpose, Purpose::OAuthAttach { provider: name } if name == provider.name);
    Ok(proof.filter(is_for).ok_or(&INVALID_OAUTH_ATTACH_TOKEN)?)
}

impl Start {
    /// Reads the parameters of a query or of a form.
    ///
    /// # Errors
    ///
    /// If a parameter is missing or has another form.
    pub(super) fn read(encoded: &[u8]) -> Result<Self, ApiError> {
        let parameters = parameters(encoded, &PARAMETERS)?;
        let given = |name: &str| parameters.get(name).map(String::as_str);
        let login = url(given("login_redirect_url"), &INVALID_LOGIN_OAUTH_URL)?;
        let signup = url(given("signup_redirect_url"), &INVALID_SIGNUP_OAUTH_URL)?;
        let first = login.or(signup).unwrap_or(DEFAULT_REDIRECT_URL);
        Ok(Self {
            login_redirect_url: login.unwrap_or(first).to_owned(),
            signup_redirect_url: signup.unwrap_or(first).to_owned(),
            code_challenge: given("code_challenge").map(check_challenge).transpose()?,
            attach_token: given("oauth_attach_token").map(str::to_owned),
            scopes: given("custom_scopes")
                .unwrap_or_default()
                .split_whitespace()
                .map(str::to_owned)
                .collect(),
            parameters,
        })
    }
}

/// Returns those parameters of a query or of a form that have one of the names.
///
/// # Errors
///
/// `public_token_required`.
pub(super) fn parameters(encoded: &[u8], names: &[&str]) -> Result<BTreeMap<String, String>, ApiError> {
    let mut parameters = BTreeMap::new();
    for (name, value) in form_urlencoded::parse(encoded) {
        if names.contains(&&*name) && !value.is_empty() {
            parameters.insert(name.into_owned(), value.into_owned());
        }
    }
    if parameters.contains_key("public_token") {
        Ok(parameters)
    } else {
        Err((&PUBLIC_TOKEN_REQUIRED).into())
    }
}

pub(super) fn url<'a>(
    text: Option<&'a str>,
    error_type: &'static ErrorType,
) -> Result<Option<&'a str>, ApiError> {
    match text {
        Some(text) if !is_absolute(text) => Err(error_type.into()),
        text => Ok(text),
    }
}
