//! Every endpoint of the client, called with all of its parameters.
//!
//! The endpoints are those of `stytch_client::for_each_endpoint!`; arguments and responses come from the facts.

use std::collections::BTreeSet;
use std::fmt::{self, Debug};
use std::future::Future;
use std::pin::Pin;
use std::sync::OnceLock;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use stytch_client::{
    ArgumentsError, Client, ClientBuilder, Endpoint, EndpointInfo, Error, FromArguments, JsonObject,
    Location, Request, blocking,
};

use crate::canaries;
use crate::facts::Operation;

/// A call whose response is read as the endpoint's type and serialized again.
pub type Outcome = Pin<Box<dyn Future<Output = Result<Value, Error>> + Send>>;

/// Arguments are never freed, because requests borrow from them.
type Arguments = &'static JsonObject;

/// One endpoint, and the functions that call it.
#[derive(Clone, Copy)]
pub struct Call {
    /// The name of its operation in the facts, for example `passwords.create`.
    pub name: &'static str,
    /// The description of the endpoint.
    pub info: &'static EndpointInfo,
    /// The complete response that Stytch documents, as JSON.
    pub response: &'static str,
    /// The required fields of the response.
    pub required: &'static [&'static str],
    arguments: Arguments,
    request: fn(Arguments) -> Result<Result<Request, Error>, ArgumentsError>,
    send: fn(&declapi::Client, Arguments) -> Result<Outcome, ArgumentsError>,
    send_blocking: fn(&blocking::Client, Arguments) -> Result<Value, Error>,
    read: fn(&str) -> Result<Decoded, serde_json::Error>,
    shown: fn(Arguments) -> Vec<String>,
    shown_with: fn(Arguments) -> Result<String, ArgumentsError>,
}

/// A response after it was read.
#[derive(Clone, Debug)]
pub struct Decoded {
    /// The output of its `Debug`.
    pub shown: String,
    /// The response, serialized again.
    pub json: Value,
}

impl Call {
    /// Sends the request, with a canary in every secret parameter.
    pub fn send(&self, client: &Client) -> Outcome {
        (self.send)(client.inner(), self.arguments).unwrap_or_else(|error| self.not_read(&error))
    }

    /// Sends the request, and blocks until there is a response.
    ///
    /// # Errors
    ///
    /// The errors of the client.
    pub fn send_blocking(&self, client: &blocking::Client) -> Result<Value, Error> {
        (self.send_blocking)(client, self.arguments)
    }

    /// Sends the request with other arguments.
    ///
    /// # Errors
    ///
    /// The endpoint does not take the arguments.
    pub fn send_with(
        &self,
        client: &declapi::Client,
        arguments: JsonObject,
    ) -> Result<Outcome, ArgumentsError> {
        (self.send)(client, Box::leak(Box::new(arguments)))
    }

    /// Builds the request with other arguments.
    ///
    /// # Errors
    ///
    /// The endpoint does not take the arguments.
    pub fn request_with(&self, arguments: JsonObject) -> Result<Result<Request, Error>, ArgumentsError> {
        (self.request)(Box::leak(Box::new(arguments)))
    }

    /// Converts the arguments of an SDK for this call. An SDK takes the project id from the client, the scopes of a
    /// form as a list, and the names of headers in any case.
    pub fn as_ours(&self, arguments: &mut JsonObject, project_id: &str) {
        for name in Operation::of(self.info).placeholders_of_the_client() {
            arguments.insert(name.to_owned(), project_id.into());
        }
        // The case of a header's name does not matter.
        let headers = self.info.fields().filter(|field| field.location == Location::Header);
        for name in headers.map(|field| field.name) {
            let spelt = arguments.keys().find(|argument| argument.eq_ignore_ascii_case(name)).cloned();
            if let Some(value) = spelt.and_then(|spelt| arguments.remove(&spelt)) {
                arguments.insert(name.to_owned(), value);
            }
        }
        let has_scope = self.info.fields().any(|field| field.name == "scope");
        if let (true, Some(Value::Array(scopes))) = (has_scope, arguments.get("scopes")) {
            let scopes: Vec<_> = scopes.iter().filter_map(Value::as_str).collect();
            let scope = scopes.join(" ").into();
            arguments.remove("scopes");
            arguments.insert("scope".to_owned(), scope);
        }
    }

    /// Reads a response as the endpoint's type, and serializes it again.
    ///
    /// # Errors
    ///
    /// The JSON does not have the declared form.
    pub fn read(&self, json: &str) -> Result<Decoded, serde_json::Error> {
        (self.read)(json)
    }

    /// Returns the `Debug` output of the request with other arguments.
    ///
    /// # Errors
    ///
    /// The endpoint does not take the arguments.
    pub fn shown_with(&self, arguments: JsonObject) -> Result<String, ArgumentsError> {
        (self.shown_with)(Box::leak(Box::new(arguments)))
    }

    /// Returns the arguments: every documented parameter, with a canary in every secret one.
    pub fn arguments(&self) -> &'static JsonObject {
        self.arguments
    }

    /// Returns the `Debug` output of the request, and of the request that is sent.
    pub fn shown(&self) -> Vec<String> {
        (self.shown)(self.arguments)
    }

    fn not_read(&self, error: &ArgumentsError) -> ! {
        panic!("{self:?} does not take every documented parameter: {error}")
    }
}

impl Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

fn call<E>() -> Call
where
    E: Endpoint + FromArguments<'static> + Debug + 'static,
    E::Response: DeserializeOwned + Serialize + Debug,
{
    let operation = Operation::of(E::INFO);
    let (name, response) = (operation.name().leak(), operation.response().leak());
    Call {
        name,
        info: E::INFO,
        response,
        required: required(response, read::<E::Response>).leak(),
        arguments: Box::leak(Box::new(operation.arguments())),
        request: |arguments| E::from_arguments(arguments).map(|request| request.request()),
        send: |client, arguments| {
            let pending = client.send(&E::from_arguments(arguments)?);
            Ok(Box::pin(async move { pending.await.map(json) }))
        },
        send_blocking: |client, arguments| client.send(&made::<E>(arguments)).map(json),
        read: read::<E::Response>,
        shown: |arguments| {
            let request = made::<E>(arguments);
            vec![format!("{request:?}"), format!("{request:#?}"), format!("{:?}", request.request())]
        },
        shown_with: |arguments| E::from_arguments(arguments).map(|request| format!("{request:?}")),
    }
}

fn made<E: Endpoint + FromArguments<'static>>(arguments: Arguments) -> E {
    E::from_arguments(arguments).unwrap_or_else(|error| panic!("{}: {error}", E::INFO.path))
}

fn json(response: impl Serialize) -> Value {
    serde_json::to_value(response).expect("a response is JSON")
}

fn read<T>(json: &str) -> Result<Decoded, serde_json::Error>
where
    T: DeserializeOwned + Serialize + Debug,
{
    let response: T = serde_json::from_str(json)?;
    Ok(Decoded { shown: format!("{response:?}"), json: serde_json::to_value(&response)? })
}

/// Returns the fields without which a response cannot be read.
fn required(
    response: &'static str,
    read: fn(&str) -> Result<Decoded, serde_json::Error>,
) -> Vec<&'static str> {
    let whole: JsonObject = serde_json::from_str(response).expect("a JSON object");
    let is_required = |name: &String| {
        let mut rest = whole.clone();
        rest.remove(name);
        read(&Value::Object(rest).to_string()).is_err()
    };
    let names = whole.keys().filter(|name| is_required(name)).cloned();
    names.map(|name| &*name.leak()).collect()
}

macro_rules! calls {
    ($($endpoint:ty,)*) => {
        vec![$(call::<$endpoint>()),*]
    };
}

/// Returns every endpoint that the client declares.
pub fn all() -> Vec<Call> {
    static ALL: OnceLock<Vec<Call>> = OnceLock::new();
    ALL.get_or_init(|| stytch_client::for_each_endpoint!(calls)).clone()
}

/// Returns one call of each shape: method, locations of its fields, and whether it may be retried.
///
/// Connections, timeouts and retries depend only on the shape, because their code is compiled once for all endpoints.
pub fn of_each_shape() -> Vec<Call> {
    let mut shapes = BTreeSet::new();
    let mut is_new = |info: &EndpointInfo| {
        let locations: BTreeSet<_> = info.fields().map(|field| field.location.as_str()).collect();
        shapes.insert((info.method.as_str(), locations, info.idempotent))
    };
    all().into_iter().filter(|call| is_new(call.info)).collect()
}

/// Returns a client that uses this URL for all hosts.
pub fn client_of(url: impl Into<String>) -> ClientBuilder {
    let url = url.into();
    Client::builder(canaries::PROJECT_ID, canaries::API_SECRET)
        .host_with_auth("telemetry", &url)
        .base_url(url)
}

/// Returns the call of this operation, if the client declares it.
pub fn find(name: &str) -> Option<Call> {
    all().into_iter().find(|call| call.name == name)
}

/// Returns the call of this operation.
pub fn named(name: &str) -> Call {
    find(name).unwrap_or_else(|| panic!("the client declares no {name}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::is_secret;

    #[test]
    fn no_endpoint_is_left_out() {
        let mut called: Vec<_> = all().iter().map(|call| call.info.path).collect();
        let mut declared: Vec<_> = stytch_client::ENDPOINTS.iter().map(|info| info.path).collect();
        // Endpoints under a condition are at the end of the macro.
        called.sort_unstable();
        declared.sort_unstable();
        assert_eq!(called, declared);
        assert!(called.len() >= 12, "{called:?}");
    }

    #[test]
    fn each_shape_occurs_once() {
        let shapes = of_each_shape();
        for one in &shapes {
            let shape = |call: &Call| {
                let locations: BTreeSet<_> =
                    call.info.fields().map(|field| field.location.as_str()).collect();
                (call.info.method.as_str(), locations, call.info.idempotent)
            };
            assert_eq!(shapes.iter().filter(|other| shape(other) == shape(one)).count(), 1, "{one:?}");
        }
        assert!(shapes.len() >= 4, "{shapes:?}");
    }

    /// The tests of faults, drift and canaries do not cover a parameter that is not set.
    #[test]
    fn every_parameter_is_set() {
        for call in all() {
            for field in call.info.fields() {
                let value = call.arguments.get(field.name);
                assert!(value.is_some(), "{call:?}: the facts do not have `{}`", field.name);
                let has_canary = value.is_some_and(|value| {
                    value.to_string().contains(canaries::MARK) || value == canaries::SESSION_JWT
                });
                assert!(has_canary || !is_secret(field.name), "{call:?}: `{}` has no canary", field.name);
            }
        }
    }

    /// The documentation promises every field that an endpoint requires in a response.
    #[test]
    fn only_promised_fields_are_required() {
        for call in all() {
            for name in call.required {
                let always = Operation::of(call.info).always_has(name);
                assert!(
                    always,
                    "{call:?}: the response may lack `{name}`, so it cannot be `#[response(required)]`"
                );
            }
        }
    }
}
