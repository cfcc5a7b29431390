//! The declaration of an endpoint: its path, its parameters, and its API errors.

use hyper::{Method, header::HeaderName};
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use crate::{
    api_error::{ApiError, ErrorType},
    app::App,
    clock::Moment,
    http::Request,
    parameter::{Parameter, Parameters},
};

/// An endpoint, of Stytch's API or of the emulator itself.
pub(crate) struct Route {
    pub(crate) method: Method,
    /// The path. A segment can be a placeholder with the name of a parameter, for example `{project_id}`.
    pub(crate) path: &'static str,
    /// The parameters, which are read from the JSON body, or from the query of a GET request.
    pub(crate) parameters: &'static [Parameter],
    pub(crate) access: Access,
    /// The error types of this endpoint, in groups. The error types that any endpoint can return are not listed.
    #[cfg_attr(
        not(debug_assertions),
        expect(dead_code, reason = "compared with the responses in debug builds only")
    )]
    pub(crate) error_types: &'static [&'static [&'static ErrorType]],
    pub(crate) handler: fn(&Call<'_>) -> Result<ResponseBody, ApiError>,
}

impl Route {
    /// Returns whether the endpoint is emulated. If not, it only responds with `not_emulated`.
    #[cfg(test)]
    pub(crate) fn is_emulated(&self) -> bool {
        !self.error_types.iter().any(|group| group.contains(&&crate::api_error::NOT_EMULATED))
    }
}

/// The callers that may call an endpoint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Callers that send the project's credentials.
    Project,
    /// Callers that send the project's credentials. If they also send a member's session, the roles of the member must
    /// allow the request.
    Member,
    /// Callers that send the credentials of an M2M client according to OAuth 2, as a form or as JSON. Errors have the
    /// form of OAuth 2.
    OAuthClient,
    Everybody,
}

/// One call of an endpoint, after its parameters were checked.
pub(crate) struct Call<'a> {
    pub(crate) app: &'a App,
    /// All endpoints. They are passed here because the table of endpoints depends on each endpoint.
    pub(crate) routes: &'static [&'static Route],
    pub(crate) parameters: Parameters,
    pub(crate) acting: SessionHeaders,
    pub(crate) now: Moment,
}

/// The session of a member in the headers of a request, for endpoints with [`Access::Member`].
#[derive(Default)]
pub(crate) struct SessionHeaders {
    pub(crate) token: Option<String>,
    pub(crate) jwt: Option<String>,
}

impl SessionHeaders {
    pub(crate) fn of(request: &Request) -> Self {
        let text = |name| {
            let text = request.header(HeaderName::from_static(name)).filter(|text| !text.is_empty());
            text.map(str::to_owned)
        };
        Self { token: text("x-stytch-member-session"), jwt: text("x-stytch-member-sessionjwt") }
    }
}

/// The fields of a successful response; the status code and the request id are added later.
pub(crate) type ResponseBody = Map<String, Value>;

/// Returns whether a path belongs to the emulator itself: to its page, the icon of the page, or the control endpoints.
/// Requests to it are not recorded, and faults do not apply to them.
pub(crate) fn is_control(path: &str) -> bool {
    matches!(path, "/" | "/favicon.ico") || path.starts_with("/_emulator/")
}

/// The prefix of the paths that a browser opens for a login at an OAuth provider.
pub(crate) const OAUTH_PAGES: &str = "/v1/public/oauth/";

/// The prefix of the paths that a browser opens for a login at the identity provider of an organization.
pub(crate) const SSO_PAGES: &str = "/v1/public/sso/";

/// The result of looking up a path and a method.
pub(crate) enum Destination {
    Route(&'static Route, Vec<Placeholder>),
    /// The path exists, but only with these methods.
    OtherMethods(Vec<&'static str>),
    NotFound,
}

/// A parameter in the path.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Placeholder {
    pub(crate) name: &'static str,
    pub(crate) value: String,
}

/// Finds the endpoint of a request. A HEAD request finds the endpoint of GET. The server does not send the body.
pub(crate) fn find(routes: &'static [&'static Route], method: &Method, path: &str) -> Destination {
    let method = if method == Method::HEAD { &Method::GET } else { method };
    let mut others = Vec::new();
    for route in routes {
        let Some(placeholders) = matches(route.path, path) else { continue };
        if route.method == method {
            return Destination::Route(route, placeholders);
        }
        others.push(route.method.as_str());
        if route.method == Method::GET {
            others.push(Method::HEAD.as_str());
        }
    }
    if others.is_empty() { Destination::NotFound } else { Destination::OtherMethods(others) }
}

/// The path templates that describe a path.
pub(crate) fn templates_of<'a>(
    routes: &'static [&'static Route],
    path: &'a str,
) -> impl Iterator<Item = &'static str> + use<'a> {
    routes.iter().map(|route| route.path).filter(move |template| matches(template, path).is_some())
}

/// Compares a path with a template, and returns the values of the placeholders if they agree.
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
    fn a_placeholder_takes_one_decoded_segment() {
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
