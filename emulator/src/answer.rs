//! From a request to its response: routing, credentials, JSON, parameters, and the endpoint itself.

use hyper::{
    Method, StatusCode,
    header::{ALLOW, CONTENT_TYPE, HeaderValue},
};
use serde_json::{Map, Value};

use crate::{
    app::{Answer, App, Call},
    control::is_control,
    exchange::{Request, Response},
    parameter::check,
    refusal::{BAD_REQUEST, METHOD_NOT_ALLOWED, ROUTE_NOT_FOUND, Refusal, UNSUPPORTED_MEDIA_TYPE},
    route::{Access, Destination, Placeholder, Route, find},
};

impl App {
    /// Answers a request. It may take as long as hashing a password does, and so must not run on a thread that
    /// drives sockets.
    pub(crate) fn answer(&self, request: &Request) -> Response {
        let request_id = self.request_ids.id("request-id");
        match self.call(request) {
            Ok(answer) => success(answer, &request_id),
            Err(refusal) => refusal.into_response(&request_id),
        }
    }

    fn call(&self, request: &Request) -> Result<Answer, Refusal> {
        let (route, placeholders) = destination(request)?;
        if route.access == Access::Project {
            self.settings.credentials.check(request)?;
        }
        let given = given(request, route)?;
        // A slip in a test's own instructions must not pass for a fault that never happened.
        let strict = self.settings.strict || is_control(route.path);
        let mut parameters = check(given, route.parameters, strict)?;
        for Placeholder { name, value } in placeholders {
            parameters.insert(name, value);
        }
        let answer = (route.handler)(&Call { app: self, parameters, now: self.clock.now() });
        if let Err(refusal) = &answer {
            assert_declared(route, refusal);
        }
        answer
    }
}

fn destination(request: &Request) -> Result<(&'static Route, Vec<Placeholder>), Refusal> {
    match find(&request.method, &request.path) {
        Destination::Route(route, placeholders) => Ok((route, placeholders)),
        Destination::OtherMethods(methods) => {
            let methods = methods.join(", ");
            let message = format!("This endpoint takes {methods}, not {}.", shown(&request.method));
            let refusal = Refusal::new(&METHOD_NOT_ALLOWED, message);
            Err(match HeaderValue::from_str(&methods) {
                Ok(allowed) => refusal.with(ALLOW, allowed),
                Err(_) => refusal,
            })
        }
        Destination::Nowhere => Err((&ROUTE_NOT_FOUND).into()),
    }
}

/// A method may be any token, and long: only the beginning is repeated.
fn shown(method: &Method) -> String {
    method.as_str().chars().take(16).collect()
}

/// What a request gives to an endpoint: nothing to one that declares nothing.
fn given(request: &Request, route: &Route) -> Result<Value, Refusal> {
    if route.parameters.is_empty() {
        Ok(Value::Object(Map::new()))
    } else if route.method == Method::GET {
        query(request)
    } else {
        body(request)
    }
}

/// The query of a request, as an object of texts.
fn query(request: &Request) -> Result<Value, Refusal> {
    let mut given = Map::new();
    for (name, value) in form_urlencoded::parse(request.query.as_deref().unwrap_or_default().as_bytes()) {
        if given.insert(name.to_string(), Value::String(value.into_owned())).is_some() {
            let shown: String = name.chars().take(64).collect();
            return Err(Refusal::parameter(&shown, "is given twice."));
        }
    }
    Ok(Value::Object(given))
}

/// The JSON body of a request.
fn body(request: &Request) -> Result<Value, Refusal> {
    let content_type = request.header(CONTENT_TYPE).unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    if !essence.eq_ignore_ascii_case("application/json") {
        return Err((&UNSUPPORTED_MEDIA_TYPE).into());
    }
    serde_json::from_slice(&request.body).map_err(|error| {
        // The place is named and the text is not shown: it may hold a password.
        let place = format!("line {}, column {}", error.line(), error.column());
        Refusal::new(&BAD_REQUEST, format!("The body is not JSON: it breaks off or goes wrong at {place}."))
    })
}

fn success(mut answer: Answer, request_id: &str) -> Response {
    answer.insert("status_code".into(), StatusCode::OK.as_u16().into());
    answer.insert("request_id".into(), request_id.into());
    Response::json(StatusCode::OK, &Value::Object(answer))
}

/// Keeps the support table honest: an endpoint gives only the refusals that it declares.
fn assert_declared(route: &Route, refusal: &Refusal) {
    #[cfg(debug_assertions)]
    {
        use crate::refusal::{ErrorType, INTERNAL_SERVER_ERROR};
        let common: &[&ErrorType] = &[&BAD_REQUEST, &INTERNAL_SERVER_ERROR];
        let declared = route.refusals.iter().chain([&common]).any(|group| group.contains(&refusal.kind));
        assert!(declared, "{} does not declare {}", route.path, refusal.kind.name);
    }
    #[cfg(not(debug_assertions))]
    let _ = (route, refusal);
}

#[cfg(test)]
mod property;
