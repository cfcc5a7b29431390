//! `GET /v1/public/sso/start` and `POST /v1/public/sso/choose`: the login page, which replaces the identity provider of
//! an organization. The browser is sent back to the application with a token.

use std::collections::BTreeMap;

use hyper::Method;
use serde_json::{Map, Value};
use time::Duration;

use super::{
    account::Account,
    login_page::{self, LoginPage, MAX_ACCOUNTS},
    redirect,
    start::{DEFAULT_REDIRECT_URL, parameters, url},
};
#[cfg(test)]
use crate::api_error::{ErrorType, INVALID_EMAIL, INVALID_PKCE_CODE_CHALLENGE, PUBLIC_TOKEN_REQUIRED};
use crate::{
    api::with_token,
    api_error::{
        ApiError, INVALID_LOGIN_SSO_URL, INVALID_SIGNUP_SSO_URL, MISSING_SSO_CONNECTION_LOCATOR,
        SSO_CONNECTION_NOT_FOUND,
    },
    app::App,
    http::{Request, Response},
    organization::{Organization, SsoConnection, SsoKind},
    pkce::check_challenge,
    proof::{Proof, Purpose, SsoLogin},
    state::{Change, State},
};

/// The validity of the token.
const MINUTES: i64 = 10;

/// The parameters of the start of a login.
pub(crate) const PARAMETERS: [&str; 5] =
    ["public_token", "connection_id", "login_redirect_url", "signup_redirect_url", "pkce_code_challenge"];

/// The error types of the page.
#[cfg(test)]
pub(crate) static ERROR_TYPES: &[&ErrorType] = &[
    &PUBLIC_TOKEN_REQUIRED,
    &MISSING_SSO_CONNECTION_LOCATOR,
    &SSO_CONNECTION_NOT_FOUND,
    &INVALID_LOGIN_SSO_URL,
    &INVALID_SIGNUP_SSO_URL,
    &INVALID_PKCE_CODE_CHALLENGE,
    &INVALID_EMAIL,
];

/// Responds to a request for the login page or from it. Returns `None` for other requests.
pub(super) fn respond(app: &App, step: &str, request: &Request) -> Option<Result<Response, ApiError>> {
    match (step, request.method.clone()) {
        ("start", Method::GET | Method::HEAD) => Some(show(app, request)),
        ("choose", Method::POST) => Some(choose(app, request)),
        _ => None,
    }
}

/// The parameters of the start of a login.
struct Start {
    connection_id: String,
    login_redirect_url: String,
    signup_redirect_url: String,
    code_challenge: Option<String>,
    /// All parameters. The page sends them again.
    parameters: BTreeMap<String, String>,
}

impl Start {
    fn read(encoded: &[u8]) -> Result<Self, ApiError> {
        let parameters = parameters(encoded, &PARAMETERS)?;
        let given = |name: &str| parameters.get(name).map(String::as_str);
        let login = url(given("login_redirect_url"), &INVALID_LOGIN_SSO_URL)?;
        let signup = url(given("signup_redirect_url"), &INVALID_SIGNUP_SSO_URL)?;
        let first = login.or(signup).unwrap_or(DEFAULT_REDIRECT_URL);
        Ok(Self {
            connection_id: given("connection_id").ok_or(&MISSING_SSO_CONNECTION_LOCATOR)?.to_owned(),
            login_redirect_url: login.unwrap_or(first).to_owned(),
            signup_redirect_url: signup.unwrap_or(first).to_owned(),
            code_challenge: given("pkce_code_challenge").map(check_challenge).transpose()?,
            parameters,
        })
    }

    /// Returns the connection, and the organization that has it.
    fn connection<'a>(&self, state: &'a State) -> Result<(&'a Organization, &'a SsoConnection), ApiError> {
        let find = |organization: &'a Organization| {
            Some((organization, organization.sso_connection(&self.connection_id)?))
        };
        let found = state.organizations().find_map(find).ok_or(&SSO_CONNECTION_NOT_FOUND)?;
        if !source(state, found.1).ok_or(&SSO_CONNECTION_NOT_FOUND)?.is_active() {
            let message = "The SSO connection is pending. A SAML connection needs `idp_entity_id`, `idp_sso_url`, \
                           `x509_certificate` and `attribute_mapping`. An OIDC connection needs `issuer`, `client_id` \
                           and `client_secret`.";
            return Err(ApiError::new(&SSO_CONNECTION_NOT_FOUND, message));
        }
        Ok(found)
    }
}

/// Returns the connection with the data of the identity provider. An external connection uses the one of another
/// organization, which may have deleted it.
fn source<'a>(state: &'a State, connection: &'a SsoConnection) -> Option<&'a SsoConnection> {
    if connection.kind != SsoKind::External {
        return Some(connection);
    }
    let owner = state.organization(connection.text("external_organization_id"))?;
    owner.sso_connection(connection.text("external_connection_id"))
}

/// Shows the login page.
fn show(app: &App, request: &Request) -> Result<Response, ApiError> {
    let start = Start::read(request.query.as_deref().unwrap_or_default().as_bytes())?;
    let state = app.state();
    let (organization, connection) = start.connection(&state)?;
    let members = state
        .members()
        .filter(|member| !member.is_deleted() && member.organization_id == organization.organization_id);
    let accounts = members.map(|member| (member.email_address.clone(), member.name.clone()));
    let display_name = connection.text("display_name");
    let name = if display_name.is_empty() { "the identity provider" } else { display_name };
    login_page::show(&LoginPage {
        name,
        parameters: &start.parameters,
        accounts: accounts.take(MAX_ACCOUNTS).collect(),
        has_groups: true,
    })
}

/// Logs the chosen account in.
fn choose(app: &App, request: &Request) -> Result<Response, ApiError> {
    let start = Start::read(&request.body)?;
    let account = Account::read(&start.connection_id, &request.body)?;
    let now = app.clock.now();
    let mut state = app.state();
    let (organization, _) = start.connection(&state)?;
    let known = state.member_with_address(&organization.organization_id, &account.email);
    let target = if known.is_some() { &start.login_redirect_url } else { &start.signup_redirect_url };
    let attributes = attributes(&account, &request.body);
    let proof = Proof {
        key: app.ids.token(),
        user_id: String::new(),
        expires_at: now + Duration::minutes(MINUTES),
        purpose: Purpose::SsoLogin(Box::new(SsoLogin {
            organization_id: organization.organization_id.clone(),
            connection_id: start.connection_id,
            external_id: account.subject,
            email_address: account.email,
            name: format!("{} {}", account.first_name, account.last_name).trim().to_owned(),
            attributes,
            code_challenge: start.code_challenge,
        })),
    };
    let response = redirect(&with_token(target, "sso", &proof.key))?;
    state.commit(Change { proofs: vec![proof], ..Change::default() }, now)?;
    Ok(response)
}

/// Returns the attributes of an account at the identity provider.
fn attributes(account: &Account, form: &[u8]) -> Map<String, Value> {
    let groups = form_urlencoded::parse(form).find(|(name, _)| name == "groups");
    let groups = groups.map(|(_, groups)| groups.into_owned()).unwrap_or_default();
    let groups: Vec<&str> = groups.split(',').map(str::trim).filter(|group| !group.is_empty()).collect();
    let mut attributes = Map::new();
    for (name, value) in [
        ("email", Value::from(account.email.as_str())),
        ("first_name", account.first_name.as_str().into()),
        ("last_name", account.last_name.as_str().into()),
        ("groups", groups.into()),
    ] {
        attributes.insert(name.to_owned(), value);
    }
    attributes
}
