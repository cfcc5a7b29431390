//! Every endpoint of the client, called with every parameter that it has.

mod sent;

use std::collections::BTreeSet;
use std::fmt::{self, Debug};
use std::future::Future;
use std::pin::Pin;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use stytch_client::{Client, Endpoint, EndpointInfo, Error, blocking};

use self::sent::Sent;

/// A call on its way; its answer is the typed one, serialized again.
pub type Outcome = Pin<Box<dyn Future<Output = Result<Value, Error>> + Send>>;

type SendBlocking = dyn Fn(&blocking::Client) -> Result<Value, Error> + Send + Sync;

/// One endpoint, and how to call it.
pub struct Call {
    /// The name of its answer's file in `data/answers`.
    pub name: &'static str,
    /// The description of the endpoint.
    pub info: &'static EndpointInfo,
    /// The whole of the answer that Stytch documents, as JSON.
    pub answer: &'static str,
    /// The members of the answer without which nothing works.
    pub required: &'static [&'static str],
    send: Box<dyn Fn(&Client) -> Outcome + Send + Sync>,
    send_blocking: Box<SendBlocking>,
    read: fn(&str) -> Result<Decoded, serde_json::Error>,
    shown: Box<dyn Fn() -> Vec<String> + Send + Sync>,
}

/// An answer that was read.
#[derive(Clone, Debug)]
pub struct Decoded {
    /// As its `Debug` shows it.
    pub shown: String,
    /// Serialized again.
    pub json: Value,
}

impl Call {
    /// Sends it, with a canary in every secret parameter.
    pub fn send(&self, client: &Client) -> Outcome {
        (self.send)(client)
    }

    /// Sends it and waits for the answer.
    ///
    /// # Errors
    ///
    /// Those of the client.
    pub fn send_blocking(&self, client: &blocking::Client) -> Result<Value, Error> {
        (self.send_blocking)(client)
    }

    /// Reads an answer as the endpoint's own type, and serializes it again.
    ///
    /// # Errors
    ///
    /// The text is not what the endpoint declares.
    pub fn read(&self, json: &str) -> Result<Decoded, serde_json::Error> {
        (self.read)(json)
    }

    /// What `Debug` shows of its builder, of its request, and of what goes over the wire.
    pub fn shown(&self) -> Vec<String> {
        (self.shown)()
    }
}

impl Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

fn call<E>(
    name: &'static str,
    answer: &'static str,
    required: &'static [&'static str],
    sent: fn() -> Sent<E>,
) -> Call
where
    E: Endpoint + Debug + 'static,
    E::Response: Serialize + Debug,
{
    let json = |answer: E::Response| serde_json::to_value(answer).expect("an answer is JSON");
    Call {
        name,
        info: E::INFO,
        answer,
        required,
        send: Box::new(move |client| {
            let pending = client.send(&sent().request);
            Box::pin(async move { pending.await.map(json) })
        }),
        send_blocking: Box::new(move |client| client.send(&sent().request).map(json)),
        read: read::<E::Response>,
        shown: Box::new(move || {
            let Sent { builder, request } = sent();
            vec![builder, format!("{request:?}"), format!("{request:#?}"), format!("{:?}", request.request())]
        }),
    }
}

fn read<T>(json: &str) -> Result<Decoded, serde_json::Error>
where
    T: DeserializeOwned + Serialize + Debug,
{
    let answer: T = serde_json::from_str(json)?;
    Ok(Decoded { shown: format!("{answer:?}"), json: serde_json::to_value(&answer)? })
}

macro_rules! calls {
    ($($name:ident needs $($required:literal),*;)+) => {
        /// Every endpoint that the client declares.
        pub fn all() -> Vec<Call> {
            vec![$(call(
                stringify!($name),
                include_str!(concat!("../data/answers/", stringify!($name), ".json")),
                &[$($required),*],
                sent::$name,
            )),+]
        }
    };
}

calls! {
    create needs "user_id";
    authenticate needs "user_id";
    migrate needs "user_id";
    strength_check needs "valid_password";
    email_reset_start needs "user_id";
    email_reset needs "user_id";
    existing_password_reset needs "user_id";
    session_reset needs "user_id";
    sessions_authenticate needs "session";
    sessions_get needs;
    sessions_revoke needs;
    sessions_jwks needs "keys";
}

/// One call of each shape: method, locations of its fields, and whether it may be retried.
///
/// Connections, timeouts and retries depend on nothing else: their code is compiled once, whatever is declared.
pub fn of_each_shape() -> Vec<Call> {
    let mut shapes = BTreeSet::new();
    let mut is_new = |info: &EndpointInfo| {
        let locations: BTreeSet<_> = info.fields().map(|field| field.location.as_str()).collect();
        shapes.insert((info.method.as_str(), locations, info.idempotent))
    };
    all().into_iter().filter(|call| is_new(call.info)).collect()
}

/// The call with this name.
pub fn named(name: &str) -> Call {
    all().into_iter().find(|call| call.name == name).expect("a call of this name")
}

#[cfg(test)]
mod tests {
    use stytch_client::Location;

    use super::*;

    #[test]
    fn no_endpoint_is_left_out() {
        let declared: BTreeSet<_> = stytch_client::ENDPOINTS.iter().map(|info| info.path).collect();
        let called: BTreeSet<_> = all().iter().map(|call| call.info.path).collect();
        let missing = "a line in calls.rs, a function in calls/sent.rs, and a file in data/answers";
        assert_eq!(called, declared, "called, and declared: what is missing is {missing}");
        assert_eq!(all().len(), stytch_client::ENDPOINTS.len());
    }

    #[test]
    fn each_shape_is_there_once() {
        let names: Vec<_> = of_each_shape().iter().map(|call| call.name).collect();
        assert_eq!(names, ["create", "strength_check", "sessions_get", "sessions_jwks"]);
    }

    /// What each call sends, as a transport gets it.
    async fn sent_by(call: &Call) -> (String, Value) {
        let (tell, told) = std::sync::mpsc::channel();
        let answer = call.answer;
        let transport = move |request: stytch_client::http::Request<declapi::Body>| {
            let query = request.uri().query().unwrap_or_default().to_owned();
            let body =
                serde_json::from_slice(request.body().as_bytes().expect("a whole body")).unwrap_or_default();
            tell.send((query, body)).unwrap();
            async move { Ok(stytch_client::http::Response::new(answer.into())) }
        };
        let client = Client::builder("project-test-1", "secret-test-1").transport(transport).build().unwrap();
        call.send(&client).await.unwrap();
        told.recv().unwrap()
    }

    /// What is not set is not tried: a fault, a drift or a canary would pass it by.
    #[tokio::test]
    async fn every_parameter_is_set() {
        for call in all() {
            let (query, body) = sent_by(&call).await;
            for field in call.info.fields() {
                let name = field.name;
                let is_set = match field.location {
                    Location::Path => true,
                    Location::Query => query.split('&').any(|pair| pair.starts_with(&format!("{name}="))),
                    Location::Body => body.get(name).is_some(),
                    // A transport is not told a header from those of the client.
                    place => panic!("{call:?}: nothing looks for {name} in the {}", place.as_str()),
                };
                // Of the three ways to name a session, one is enough.
                let is_either = ["session_token", "session_jwt", "session_id"].contains(&name);
                assert!(is_set || is_either, "tests/src/calls/sent.rs: {call:?} does not set `{name}`");
            }
        }
    }
}
