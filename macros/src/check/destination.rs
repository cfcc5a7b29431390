//! Checks the host and the credentials of an endpoint.

use crate::errors::Errors;
use crate::model::Endpoint;
use crate::parse::defaults::Auth;
use crate::parse::host::Host;

/// A whole URL contains its host, and the client has no credentials for that server.
pub(super) fn check(endpoint: &Endpoint<'_>, errors: &Errors) {
    if !endpoint.template.is_absolute() {
        return;
    }
    let (host, auth) = (&endpoint.defaults.host, &endpoint.defaults.auth);
    if let Some(span) = host.span() {
        errors.at(span, "the whole URL is a field, and the host is part of it: remove `host`");
    }
    if let (Some(span), Some(Auth::Named(_))) = (auth.span(), auth.get()) {
        errors.at(span, "a call to a whole URL is sent without credentials: remove `auth`");
    }
}

/// If two hosts have the same name, it is not clear which one is right.
pub(crate) fn hosts(hosts: &[Host], errors: &Errors) {
    for (at, host) in hosts.iter().enumerate() {
        if hosts[..at].iter().any(|before| before.name.value() == host.name.value()) {
            errors.at(
                host.name.span(),
                format!("the host `{}` is declared twice: keep one", host.name.value()),
            );
        }
    }
}
