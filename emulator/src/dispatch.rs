//! From a request to its response: route, credentials, JSON, parameters, and the endpoint.

use hyper::{
    Method, StatusCode,
    header::{ALLOW, CONTENT_TYPE, HeaderValue},
};
use serde_json::{Map, Value};

use crate::{
    api_error::{ApiError, BAD_REQUEST, METHOD_NOT_ALLOWED, ROUTE_NOT_FOUND, UNSUPPORTED_MEDIA_TYPE},
    app::App,
    browser,
    http::{Request, Response},
    parameter::{Kind, Parameter, check},
    route::{Access, Call, Destination, Placeholder, ResponseBody, Route, SessionHeaders, find, is_control},
    routes::ROUTES,
};

const FORM: &str = "application/x-www-form-urlencoded";

/// Carries out a request. This may take as long as hashing a password, so it must not run on a thread that drives
/// sockets.
pub(crate) fn respond(app: &App, request: &Request) -> Response {
    let request_id = app.request_ids.id("request-id");
    if let Some(response) = browser::respond(app, request) {
        return response.unwrap_or_else(|error| error.into_response(&request_id));
    }
    match call(app, request) {
        Ok(body) => success(body, &request_id),
        Err(error) => error.into_response(&request_id),
    }
}

fn call(app: &App, request: &Request) -> Result<ResponseBody, ApiError> {
    let (route, placeholders) = destination(request)?;
    let result = carry_out(app, request, route, placeholders);
    match route.access {
        Access::OAuthClient => result.map_err(ApiError::in_oauth_form),
        Access::Project | Access::Member | Access::Everybody => result,
    }
}

fn carry_out(
    app: &App,
    request: &Request,
    route: &Route,
    placeholders: Vec<Placeholder>,
) -> Result<ResponseBody, ApiError> {
    if matches!(route.access, Access::Project | Access::Member) {
        app.settings.credentials.check(request)?;
    }
    let mut input = input(request, route)?;
    // Several of Stytch's SDKs repeat the parameters of the path in the body.
    if let Value::Object(fields) = &mut input {
        for Placeholder { name, .. } in &placeholders {
            fields.remove(*name);
        }
    }
    // A typing mistake in a test's request must not look like a fault that never happened.
    let strict = app.settings.strict || is_control(route.path);
    let mut parameters = check(input, route.parameters, strict)?;
    for Placeholder { name, value } in placeholders {
        parameters.insert(name, value);
    }
    let acting = match route.access {
        Access::Member => SessionHeaders::of(request),
        _ => SessionHeaders::default(),
    };
    let result = (route.handler)(&Call { app, routes: ROUTES, parameters, acting, now: app.clock.now() });
    if let Err(error) = &result {
        assert_declared(route, error);
    }
    result
}

fn destination(request: &Request) -> Result<(&'static Route, Vec<Placeholder>), ApiError> {
    match find(ROUTES, &request.method, &request.path) {
        Destination::Route(route, placeholders) => Ok((route, placeholders)),
        Destination::OtherMethods(methods) => {
            let methods = methods.join(", ");
            let message = format!("This endpoint takes {methods}, not {}.", shortened(&request.method));
            let error = ApiError::new(&METHOD_NOT_ALLOWED, message);
            Err(match HeaderValue::from_str(&methods) {
                Ok(allowed) => error.with(ALLOW, allowed),
                Err(_) => error,
            })
        }
        Destination::NotFound => Err((&ROUTE_NOT_FOUND).into()),
    }
}

/// A method can be any token of any length, so only its beginning is shown.
fn shortened(method: &Method) -> String {
    method.as_str().chars().take(16).collect()
}

/// Reads the parameters of a request. The body is not read for an endpoint without parameters.
fn input(request: &Request, route: &Route) -> Result<Value, ApiError> {
    if route.parameters.is_empty() {
        Ok(Value::Object(Map::new()))
    } else if route.method == Method::GET {
        pairs(request.query.as_deref().unwrap_or_default().as_bytes(), route.parameters)
    } else if route.access == Access::OAuthClient && essence(request).eq_ignore_ascii_case(FORM) {
        pairs(&request.body, route.parameters)
    } else {
        body(request)
    }
}

/// Returns the content type of a request without its parameters.
fn essence(request: &Request) -> &str {
    request.header(CONTENT_TYPE).unwrap_or_default().split(';').next().unwrap_or_default().trim()
}

/// Reads a query or a form as an object of strings, and of numbers and booleans where the endpoint declares them.
fn pairs(encoded: &[u8], declared: &[Parameter]) -> Result<Value, ApiError> {
    let mut pairs = Map::new();
    for (name, value) in form_urlencoded::parse(encoded) {
        let kind = declared.iter().find(|parameter| parameter.name == name).map(|parameter| &parameter.kind);
        let read = match kind {
            Some(Kind::Integer { .. }) => value.parse::<i64>().ok().map(Value::from),
            // Stytch's Python SDK writes them with a capital letter.
            Some(Kind::Bool) => value.to_ascii_lowercase().parse::<bool>().ok().map(Value::from),
            _ => None,
        };
        // Any other value stays a string, and the check rejects it with a message.
        let value = read.unwrap_or_else(|| Value::String(value.into_owned()));
        if pairs.insert(name.to_string(), value).is_some() {
            let shown: String = name.chars().take(64).collect();
            return Err(ApiError::parameter(&shown, "is given twice."));
        }
    }
    Ok(Value::Object(pairs))
}

/// Reads the JSON body.
fn body(request: &Request) -> Result<Value, ApiError> {
    if !essence(request).eq_ignore_ascii_case("application/json") {
        return Err((&UNSUPPORTED_MEDIA_TYPE).into());
    }
    serde_json::from_slice(&request.body).map_err(|error| {
        // The message has the position and not the text, which may contain a password.
        let position = format!("line {}, column {}", error.line(), error.column());
        ApiError::new(&BAD_REQUEST, format!("The body is not JSON: the error is at {position}."))
    })
}

fn success(mut body: ResponseBody, request_id: &str) -> Response {
    body.insert("status_code".into(), StatusCode::OK.as_u16().into());
    body.insert("request_id".into(), request_id.into());
    Response::json(StatusCode::OK, &Value::Object(body))
}

/// Keeps the table in README.md correct: an endpoint gives only the errors that it declares.
fn assert_declared(route: &Route, error: &ApiError) {
    #[cfg(debug_assertions)]
    {
        use crate::api_error::{ErrorType, INTERNAL_SERVER_ERROR};
        let common: &[&ErrorType] = &[&BAD_REQUEST, &INTERNAL_SERVER_ERROR];
        let declared =
            route.error_types.iter().chain([&common]).any(|group| group.contains(&error.error_type));
        assert!(declared, "{} does not declare {}", route.path, error.error_type.name);
    }
    #[cfg(not(debug_assertions))]
    let _ = (route, error);
}
