//! Runs a tour with Stytch's Rust crate. Prints a line of JSON for every step; see README.md.

use std::{collections::BTreeMap, env, error::Error, fs};

use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value, json};
use stytch::client::{Client as Http, Vertical};
use stytch::consumer::client::Client;

type Saved = BTreeMap<String, Value>;

/// The result of a step: the response, or the status and the type of an API error. `None` if the crate does not have
/// the call, or cannot express its arguments.
type Outcome = Option<Result<Value, (u16, String)>>;

macro_rules! calls {
    ($client:ident, $name:ident, $arguments:ident: $($operation:literal => $($path:ident).+,)+) => {
        match $name {
            $($operation => match read($arguments) {
                Ok(request) => Some(response($client.$($path).+(request).await)?),
                Err(_) => None,
            },)+
            _ => None,
        }
    };
}

async fn call(client: &Client, name: &str, arguments: Value) -> Result<Outcome, Box<dyn Error>> {
    Ok(calls!(client, name, arguments:
        "crypto_wallets.authenticate_start" => crypto_wallets.authenticate_start,
        "crypto_wallets.authenticate" => crypto_wallets.authenticate,
        "debug.whoami" => debug.whoami,
        "impersonation.authenticate" => impersonation.authenticate,
        "m2m.token" => m2m.token,
        "m2m.clients.create" => m2m.clients.create,
        "m2m.clients.delete" => m2m.clients.delete,
        "m2m.clients.get" => m2m.clients.get,
        "m2m.clients.search" => m2m.clients.search,
        "m2m.clients.update" => m2m.clients.update,
        "m2m.clients.secrets.rotate" => m2m.clients.secrets.rotate,
        "m2m.clients.secrets.rotate_cancel" => m2m.clients.secrets.rotate_cancel,
        "m2m.clients.secrets.rotate_start" => m2m.clients.secrets.rotate_start,
        "magic_links.authenticate" => magic_links.authenticate,
        "magic_links.create" => magic_links.create,
        "magic_links.email.invite" => magic_links.email.invite,
        "magic_links.email.login_or_create" => magic_links.email.login_or_create,
        "magic_links.email.revoke_invite" => magic_links.email.revoke_invite,
        "magic_links.email.send" => magic_links.email.send,
        "oauth.attach" => oauth.attach,
        "oauth.authenticate" => oauth.authenticate,
        "otps.authenticate" => otps.authenticate,
        "otps.email.login_or_create" => otps.email.login_or_create,
        "otps.email.send" => otps.email.send,
        "otps.sms.login_or_create" => otps.sms.login_or_create,
        "otps.sms.send" => otps.sms.send,
        "otps.whatsapp.login_or_create" => otps.whatsapp.login_or_create,
        "otps.whatsapp.send" => otps.whatsapp.send,
        "passwords.authenticate" => passwords.authenticate,
        "passwords.create" => passwords.create,
        "passwords.email.reset" => passwords.email.reset,
        "passwords.email.reset_start" => passwords.email.reset_start,
        "passwords.existing_password.reset" => passwords.existing_password.reset,
        "passwords.migrate" => passwords.migrate,
        "passwords.sessions.reset" => passwords.sessions.reset,
        "passwords.strength_check" => passwords.strength_check,
        "project.metrics" => project.metrics,
        "rbac.policy" => rbac.policy,
        "sessions.attest" => sessions.attest,
        "sessions.authenticate" => sessions.authenticate,
        "sessions.exchange_access_token" => sessions.exchange_access_token,
        "sessions.get" => sessions.get,
        "sessions.get_jwks" => sessions.get_jwks,
        "sessions.migrate" => sessions.migrate,
        "sessions.revoke" => sessions.revoke,
        "totps.authenticate" => totps.authenticate,
        "totps.create" => totps.create,
        "totps.recover" => totps.recover,
        "totps.recovery_codes" => totps.recovery_codes,
        "users.connected_apps" => users.connected_apps,
        "users.create" => users.create,
        "users.delete" => users.delete,
        "users.delete_biometric_registration" => users.delete_biometric_registration,
        "users.delete_crypto_wallet" => users.delete_crypto_wallet,
        "users.delete_email" => users.delete_email,
        "users.delete_external_id" => users.delete_external_id,
        "users.delete_oauth_registration" => users.delete_oauth_registration,
        "users.delete_password" => users.delete_password,
        "users.delete_phone_number" => users.delete_phone_number,
        "users.delete_totp" => users.delete_totp,
        "users.delete_webauthn_registration" => users.delete_webauthn_registration,
        "users.exchange_primary_factor" => users.exchange_primary_factor,
        "users.get" => users.get,
        "users.revoke" => users.revoke,
        "users.search" => users.search,
        "users.update" => users.update,
    ))
}

/// Reads the arguments as the type of a request. The crate sends other names for some languages, which servers do not
/// know.
fn read<T: DeserializeOwned>(mut arguments: Value) -> serde_json::Result<T> {
    if let Some(fields) = arguments.as_object_mut() {
        fields.retain(|name, value| {
            name != "locale" || value.as_str().is_some_and(|locale| !locale.contains('-'))
        });
    }
    serde_json::from_value(arguments)
}

fn response<T: Serialize>(sent: stytch::Result<T>) -> Result<Result<Value, (u16, String)>, Box<dyn Error>> {
    match sent {
        Ok(response) => Ok(Ok(serde_json::to_value(response)?)),
        Err(stytch::Error::Response(error)) => Ok(Err((error.status_code.as_u16(), error.error_type))),
        Err(other) => Err(other.into()),
    }
}

/// Returns the arguments of a step, with `{"$saved": name}` replaced by the value that an earlier step saved.
fn resolve(value: &Value, saved: &Saved) -> Value {
    let named = |key: &str| value.get(key).and_then(Value::as_str).map(|name| &saved[name]);
    match value {
        Value::Object(_) if named("$saved").is_some() => named("$saved").cloned().unwrap_or_default(),
        Value::Object(_) if named("$totp").is_some() => {
            totp(named("$totp").and_then(Value::as_str).unwrap_or_default())
        }
        Value::Object(fields) => {
            fields.iter().map(|(key, value)| (key.clone(), resolve(value, saved))).collect()
        }
        Value::Array(items) => items.iter().map(|item| resolve(item, saved)).collect(),
        other => other.clone(),
    }
}

/// Returns the code that an authenticator app shows at the time of the emulator.
fn totp(secret: &str) -> Value {
    let secret = totp_rs::Secret::try_from_base32(secret).expect("base32");
    let now = env::var("TOUR_TIME").expect("a time").parse().expect("seconds");
    totp_rs::Builder::new().with_secret(secret).build_noncompliant().generate(now).to_string().into()
}

/// Returns the value at a path such as `user.emails.0.email_id`, where -1 is the last element; null if the path does
/// not exist.
fn at(response: &Value, path: &str) -> Value {
    let found = path.split('.').try_fold(response, |inner, key| match inner {
        Value::Array(items) if key == "-1" => items.last(),
        Value::Array(items) => items.get(key.parse::<usize>().ok()?),
        other => other.get(key),
    });
    found.cloned().unwrap_or_default()
}

/// Sends a request to the emulator itself.
async fn control(base_url: &str, step: &Value, saved: &Saved) -> Result<Value, Box<dyn Error>> {
    let url = format!("{base_url}/_emulator/{}", step["control"].as_str().unwrap_or_default());
    let http = reqwest::Client::new();
    let request = match step.get("body") {
        Some(body) => http.post(url).json(&resolve(body, saved)),
        None => http.get(url),
    };
    Ok(request.send().await?.error_for_status()?.json().await?)
}

fn client(project_id: &str, secret: &str, base_url: &str) -> Result<Client, Box<dyn Error>> {
    let http =
        Http::new_with_base_url(project_id, secret, format!("{base_url}/").parse()?, Vertical::Consumer)?;
    Ok(Client::new_with_http_client(http.clone(), http))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let file = env::args().nth(1).ok_or("the tour is missing")?;
    let tour: Value = serde_json::from_str(&fs::read_to_string(file)?)?;
    let (base_url, project_id) = (env::var("STYTCH_BASE_URL")?, env::var("STYTCH_PROJECT_ID")?);
    let usual = env::var("STYTCH_SECRET")?;
    let mut saved = Saved::new();
    for step in tour["steps"].as_array().ok_or("the tour has no steps")? {
        let outcome = match step["call"].as_str() {
            None => Some(Ok(control(&base_url, step, &saved).await?)),
            Some(name) => {
                let client = client(&project_id, step["secret"].as_str().unwrap_or(&usual), &base_url)?;
                // The type of the grant is a field of its request.
                let arguments =
                    step.get("sends").filter(|_| name == "m2m.token").unwrap_or(&step["arguments"]);
                call(&client, name, resolve(arguments, &saved))
                    .await
                    .map_err(|error| format!("{name}: {error}"))?
            }
        };
        println!("{}", line(step, outcome, &mut saved));
    }
    Ok(())
}

fn line(step: &Value, outcome: Outcome, saved: &mut Saved) -> Value {
    let id = &step["id"];
    match outcome {
        None => json!({ "step": id, "skipped": true, "saved": {} }),
        Some(Err((status, error_type))) => {
            json!({ "step": id, "status": status, "error_type": error_type, "values": {}, "saved": {} })
        }
        Some(Ok(response)) => {
            let fields = |of: &Value| of.as_object().cloned().unwrap_or_default();
            let place = |path: &Value| at(&response, path.as_str().unwrap_or_default());
            let kept: Map<String, Value> =
                fields(&step["save"]).iter().map(|(name, path)| (name.clone(), place(path))).collect();
            let values: Map<String, Value> = fields(&step["expect"]["values"])
                .keys()
                .map(|path| (path.clone(), at(&response, path)))
                .collect();
            saved.extend(kept.clone());
            json!({ "step": id, "status": 200, "error_type": null, "values": values, "saved": kept })
        }
    }
}
