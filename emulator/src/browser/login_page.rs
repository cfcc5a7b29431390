//! The login page, on which the tester chooses a user.

use std::collections::BTreeMap;

use base64::{Engine, engine::general_purpose::STANDARD};
use hyper::{
    StatusCode,
    header::{
        CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderValue, REFERRER_POLICY,
        X_CONTENT_TYPE_OPTIONS,
    },
};
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest, Sha256};

use crate::{
    api_error::{ApiError, INTERNAL_SERVER_ERROR},
    http::Response,
};

/// The number of accounts that can be chosen with a click. Others can be chosen by their address.
pub(super) const MAX_ACCOUNTS: usize = 50;

/// The content of the page.
pub(super) struct LoginPage<'a> {
    /// The name of the provider in whose place the page is.
    pub(super) name: &'a str,
    /// The parameters of the start of the login, which the page sends again.
    pub(super) parameters: &'a BTreeMap<String, String>,
    /// The addresses that can be chosen with a click, with the names of their owners.
    pub(super) accounts: Vec<(String, String)>,
    /// Whether the provider says in which groups somebody is.
    pub(super) has_groups: bool,
}

const STYLE: &str = "\
:root{color-scheme:light dark;font:16px/1.5 system-ui,sans-serif}\
body{max-width:28rem;margin:0 auto;padding:2rem 1rem}\
h1{font-size:1.5rem;margin:0 0 .25rem}\
ul{list-style:none;margin:1.5rem 0;padding:0;display:grid;gap:.5rem}\
button,input{font:inherit;box-sizing:border-box;width:100%;padding:.625rem .75rem;border-radius:.5rem;\
border:1px solid color-mix(in srgb,currentColor 40%,transparent);background:transparent;color:inherit;text-align:left}\
button{cursor:pointer}\
button:hover{background:color-mix(in srgb,currentColor 8%,transparent)}\
:focus-visible{outline:3px solid Highlight;outline-offset:2px}\
form.new{display:grid;gap:.5rem}\
form.new button{text-align:center;background:CanvasText;color:Canvas}\
label{display:grid;gap:.25rem}\
small{opacity:.75}";

/// Returns the page.
///
/// # Errors
///
/// `internal_server_error` if a header cannot be made, which its characters exclude.
pub(super) fn show(shown: &LoginPage<'_>) -> Result<Response, ApiError> {
    let page = page(shown).into_string();
    let hash = STANDARD.encode(Sha256::digest(STYLE));
    // Without `form-action`: browsers apply it to the redirect that follows the form, which leads to the application.
    let policy =
        format!("default-src 'none'; style-src 'sha256-{hash}'; base-uri 'none'; frame-ancestors 'none'");
    let policy = HeaderValue::from_str(&policy);
    let policy = policy.map_err(|_| ApiError::new(&INTERNAL_SERVER_ERROR, "The page has no policy."))?;
    Ok(Response {
        status: StatusCode::OK,
        headers: vec![
            (CONTENT_TYPE, HeaderValue::from_static("text/html; charset=utf-8")),
            (CONTENT_SECURITY_POLICY, policy),
            (X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")),
            (CACHE_CONTROL, HeaderValue::from_static("no-store")),
            // With `no-referrer`, browsers send the form with an origin of `null`, which is rejected.
            (REFERRER_POLICY, HeaderValue::from_static("same-origin")),
        ],
        body: page.into(),
        error_type: None,
    })
}

fn page(shown: &LoginPage<'_>) -> Markup {
    let LoginPage { name, parameters, accounts, has_groups } = shown;
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                title { "Log in with " (name) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                main {
                    h1 { "Log in with " (name) }
                    p { small { "This is not " (name) ", but the emulator's page in its place. Choose who logs in." } }
                    @if !accounts.is_empty() {
                        ul { @for (address, name) in accounts { li { (known(parameters, address, name)) } } }
                    }
                    form.new method="post" action="choose" {
                        (repeated(parameters))
                        label { "Email address" input type="email" name="email" required autocomplete="off"; }
                        label { "First name" input name="first_name" autocomplete="off"; }
                        label { "Last name" input name="last_name" autocomplete="off"; }
                        @if *has_groups {
                            label { "Groups, separated by commas" input name="groups" autocomplete="off"; }
                        }
                        button { "Log in as somebody else" }
                    }
                }
            }
        }
    }
}

fn known(parameters: &BTreeMap<String, String>, address: &str, name: &str) -> Markup {
    html! {
        form method="post" action="choose" {
            (repeated(parameters))
            button name="email" value=(address) {
                (address)
                @if !name.is_empty() { br; small { (name) } }
            }
        }
    }
}

fn repeated(parameters: &BTreeMap<String, String>) -> Markup {
    html! { @for (name, value) in parameters { input type="hidden" name=(name) value=(value); } }
}
