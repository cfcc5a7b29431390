//! The endpoints: where they are, what they take, what they refuse.

use hyper::Method;
use percent_encoding::percent_decode_str;

use crate::{
    api,
    app::{Answer, Call},
    control,
    parameter::Parameter,
    refusal::{ErrorType, Refusal},
};

/// An endpoint, of Stytch's API or of the emulator itself.
pub(crate) struct Route {
    pub(crate) method: Method,
    /// A segment may be a placeholder, such as `{project_id}`, which names a parameter.
    pub(crate) path: &'static str,
    /// In the JSON body; in the query of a GET.
    pub(crate) parameters: &'static [Parameter],
    pub(crate) access: Access,
    /// The refusals of its own, in groups, beside those that any endpoint may give.
    #[cfg_attr(
        not(debug_assertions),
        expect(dead_code, reason = "held against the answers in debug builds only")
    )]
    pub(crate) refusals: &'static [&'static [&'static ErrorType]],
    pub(crate) handler: fn(&Call<'_>) -> Result<Answer, Refusal>,
}

/// Who may call an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Who sends the project's credentials.
    Project,
    Everybody,
}

/// Every endpoint there is.
pub(crate) static ROUTES: &[&Route] = &[
    &api::create::ROUTE,
    &api::authenticate::ROUTE,
    &api::migrate::ROUTE,
    &api::strength_check::ROUTE,
    &api::email_reset_start::ROUTE,
    &api::email_reset::ROUTE,
    &api::existing_password_reset::ROUTE,
    &api::session_reset::ROUTE,
    &api::sessions_get::ROUTE,
    &api::sessions_authenticate::ROUTE,
    &api::sessions_revoke::ROUTE,
    &api::sessions_jwks::ROUTE,
    &control::health::ROUTE,
    &control::reset::ROUTE,
    &control::outbox::ROUTE,
    &control::requests::LIST,
    &control::requests::CLEAR,
    &control::faults::ADD,
    &control::faults::CLEAR,
    &control::clock::ROUTE,
    &control::breaches::ROUTE,
];

/// What a path and a method lead to.
pub(crate) enum Destination {
    Route(&'static Route, Vec<Placeholder>),
    /// The path exists, but with these methods only.
    OtherMethods(Vec<&'static str>),
    Nowhere,
}

/// A parameter that stands in the path.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Placeholder {
    pub(crate) name: &'static str,
    pub(crate) value: String,
}

/// Finds the endpoint of a request.
pub(crate) fn find(method: &Method, path: &str) -> Destination {
    let mut others = Vec::new();
    for route in ROUTES {
        let Some(placeholders) = matches(route.path, path) else { continue };
        if route.method == method {
            return Destination::Route(route, placeholders);
        }
        others.push(route.method.as_str());
    }
    if others.is_empty() { Destination::Nowhere } else { Destination::OtherMethods(others) }
}

/// Whether a path is one that a template describes, and what stands in the place of its placeholders.
fn matches(template: &'static str, path: &str) -> Option<Vec<Placeholder>> {
    let mut placeholders = Vec::new();
    let (mut expected, mut given) = (template.split('/'), path.split('/'));
    loop {
        match (expected.next(), given.next()) {
            (None, None) => return Some(placeholders),
            (Some(expected), Some(given)) => match name_of(expected) {
                Some(name) => {
                    let value = percent_decode_str(given).decode_utf8().ok()?.into_owned();
                    placeholders.push(Placeholder { name, value });
                }
                None if expected == given => {}
                None => return None,
            },
            _ => return None,
        }
    }
}

fn name_of(segment: &'static str) -> Option<&'static str> {
    segment.strip_prefix('{')?.strip_suffix('}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn placeholders_take_one_decoded_segment() {
        let template = "/v1/sessions/jwks/{project_id}";
        let found = matches(template, "/v1/sessions/jwks/a%2Fb");
        assert_eq!(found, Some(vec![Placeholder { name: "project_id", value: "a/b".to_owned() }]));
        for other in
            ["/v1/sessions/jwks", "/v1/sessions/jwks/a/b", "/v1/sessions/keys/a", "/v1/sessions/jwks/%ff", ""]
        {
            assert_eq!(matches(template, other), None, "{other}");
        }
    }
}
