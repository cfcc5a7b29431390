//! Our client's run of a tour.

use std::borrow::Cow;
use std::time::SystemTime;

use declapi::{Client, endpoint};
use serde_json::{Value, json};
use stytch_client::{Error, JsonObject};

use super::calls::Api;
use super::run::{Run, emulator, seconds};
use super::tour::{Saved, TIME, Tour, at, id, resolve};

/// Sends a GET to the control endpoints of the emulator.
#[endpoint(get = "/_emulator/{control}", response = Value)]
struct Ask<'a> {
    control: Cow<'a, str>,
}

/// Sends a POST to the control endpoints of the emulator.
#[endpoint(post = "/_emulator/{control}", response = Value)]
struct Tell<'a> {
    control: Cow<'a, str>,
    #[serde(flatten)]
    body: JsonObject,
}

/// Runs the tour against a strict emulator, which rejects every null and every unknown parameter.
pub(crate) async fn run(tour: &Tour, now: SystemTime) -> Run {
    let emulator = emulator(now).strict(true).start().await.expect("the emulator starts");
    let usual = Api::of(tour, &emulator, emulator.secret());
    let (mut saved, mut lines) = (Saved::from([(TIME.to_owned(), seconds(now).into())]), Vec::new());
    for step in &tour.steps {
        let outcome = if step["control"].is_string() {
            control(usual.inner(), step, &saved).await
        } else {
            let arguments = resolve(&step["arguments"], &saved);
            let mut arguments = arguments.as_object().cloned().unwrap_or_default();
            arguments.extend(acting(&step["authorization"], &saved));
            let call = step["call"].as_str().expect("a call or a control");
            match step["secret"].as_str() {
                Some(secret) => Api::of(tour, &emulator, secret).call(call, arguments).await,
                None => usual.call(call, arguments).await,
            }
        };
        lines.push(line(step, outcome, &mut saved));
    }
    Run::finished("our client", lines, emulator, now).await
}

/// Returns the session of the member who makes the call, as an argument.
fn acting(authorization: &Value, saved: &Saved) -> JsonObject {
    let name = |name: &str| match name {
        "session_token" => "X-Stytch-Member-Session".to_owned(),
        _ => "X-Stytch-Member-SessionJWT".to_owned(),
    };
    let session = authorization.as_object().into_iter().flatten();
    session.map(|(kind, value)| (name(kind), resolve(value, saved))).collect()
}

async fn control(client: &Client, step: &Value, saved: &Saved) -> Result<Value, Error> {
    let control = step["control"].as_str().expect("a name");
    match resolve(&step["body"], saved).as_object() {
        Some(body) => client.send(&Tell::builder().control(control).body(body.clone()).build()).await,
        None => client.send(&Ask::builder().control(control).build()).await,
    }
}

/// Returns the result of a step, in the format of the programs with the SDKs.
fn line(step: &Value, outcome: Result<Value, Error>, saved: &mut Saved) -> Value {
    match outcome {
        Ok(response) => {
            let members = |of: &Value| of.as_object().cloned().unwrap_or_default();
            let place = |path: Value| at(&response, path.as_str().expect("a path"));
            let kept: JsonObject =
                members(&step["save"]).into_iter().map(|(name, path)| (name, place(path))).collect();
            let values: JsonObject = members(&step["expect"]["values"])
                .into_iter()
                .map(|(path, _)| (path.clone(), at(&response, &path)))
                .collect();
            saved.extend(kept.clone());
            json!({ "step": id(step), "status": 200, "error_type": null, "values": values, "saved": kept })
        }
        Err(error) => {
            let error_type = error.code().unwrap_or_else(|| panic!("{}: {error}", id(step)));
            json!({ "step": id(step), "status": error.status(), "error_type": error_type, "values": {}, "saved": {} })
        }
    }
}
