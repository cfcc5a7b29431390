//! The endpoints: where they are, what they take, what they refuse.

use hyper::Method;

use crate::{
    api,
    app::{Answer, Call},
    parameter::Parameter,
    refusal::{ErrorType, Refusal},
};

/// An endpoint of Stytch's API.
pub(crate) struct Route {
    pub(crate) method: Method,
    /// Without placeholders: no endpoint here has one.
    pub(crate) path: &'static str,
    pub(crate) parameters: &'static [Parameter],
    /// The refusals of its own, beside those that any endpoint may give.
    #[cfg_attr(
        not(debug_assertions),
        expect(dead_code, reason = "held against the answers in debug builds only")
    )]
    pub(crate) refusals: &'static [&'static ErrorType],
    pub(crate) handler: fn(&Call<'_>) -> Result<Answer, Refusal>,
}

/// Every endpoint there is.
pub(crate) static ROUTES: &[&Route] =
    &[&api::create::ROUTE, &api::authenticate::ROUTE, &api::migrate::ROUTE, &api::strength_check::ROUTE];

/// What a path and a method lead to.
pub(crate) enum Destination {
    Route(&'static Route),
    /// The path exists, but with these methods only.
    OtherMethods(Vec<&'static str>),
    Nowhere,
}

/// Finds the endpoint of a request.
pub(crate) fn find(method: &Method, path: &str) -> Destination {
    let there: Vec<&'static Route> = ROUTES.iter().copied().filter(|route| route.path == path).collect();
    if there.is_empty() {
        return Destination::Nowhere;
    }
    match there.iter().find(|route| route.method == method) {
        Some(route) => Destination::Route(route),
        None => Destination::OtherMethods(there.iter().map(|route| route.method.as_str()).collect()),
    }
}
