//! The B2B API: organizations, their members, and the logins of members.

mod connection_roles;
mod connections;
mod discovery;
mod magic_links;
mod members;
mod organizations;
mod passcodes;
mod passwords;
mod permissions;
mod second_factors;
mod sessions;
mod state;

use reqwest::Method;
use serde_json::{Value, json};

use crate::support::{PASSWORD, Peer, Reply, reply, text};

/// Creates an organization with a slug and some settings.
async fn organization(peer: &Peer, slug: &str, settings: Value) -> String {
    let mut body = json!({ "organization_name": slug, "organization_slug": slug });
    body.as_object_mut().expect("an object").extend(settings.as_object().expect("settings").clone());
    text(&peer.post("/v1/b2b/organizations", body).await.ok()["organization"]["organization_id"])
}

/// Creates a member with a password, and returns the member.
async fn member(peer: &Peer, organization: &str, address: &str) -> Value {
    let hash = "$2b$04$987A6t7uH5GPqwIbb6ANJeo44SlHIpBvlfY2uWbhAnYN5ZXYD59zm";
    let body = json!({
        "organization_id": organization, "email_address": address, "hash_type": "bcrypt", "hash": hash,
    });
    peer.post("/v1/b2b/passwords/migrate", body).await.ok()["member"].clone()
}

/// Logs a member in with the password of [`member`].
async fn log_in(peer: &Peer, organization: &str, address: &str) -> Value {
    let body = json!({ "organization_id": organization, "email_address": address, "password": PASSWORD });
    peer.post("/v1/b2b/passwords/authenticate", body).await.ok()
}

/// Creates a member and logs them in. Returns the token of the session.
async fn session(peer: &Peer, organization: &str, address: &str) -> Value {
    member(peer, organization, address).await;
    log_in(peer, organization, address).await["session_token"].clone()
}

/// Sends a request as the member of a session.
async fn acting(peer: &Peer, token: &Value, method: Method, path: &str, body: Option<Value>) -> Reply {
    let request = peer.request(method, path).header("X-Stytch-Member-Session", text(token));
    reply(match body {
        Some(body) => request.json(&body),
        None => request,
    })
    .await
}

/// Returns the token of the latest message.
fn latest_token(peer: &Peer) -> String {
    peer.emulator.outbox().last().expect("a message").token.clone()
}

/// Returns the passcode of the latest message.
fn latest_code(peer: &Peer) -> String {
    peer.emulator.outbox().last().expect("a message").code.clone().expect("a passcode")
}
