//! Endpoints that Stytch has and the emulator does not emulate.

use serde_json::json;

use crate::support::{Peer, reply};
use reqwest::Method;

#[tokio::test]
async fn endpoints_that_are_not_emulated_say_so() {
    let peer = Peer::start().await;
    for (method, path) in [
        (Method::POST, "/v1/fingerprint/lookup"),
        (Method::POST, "/v1/connected_apps/clients"),
        (Method::GET, "/v1/connected_apps/clients/client-1"),
        (Method::POST, "/v1/b2b/oauth/authenticate"),
        (Method::POST, "/v1/b2b/idp/oauth/authorize"),
        (Method::GET, "/v1/b2b/organizations/organization-1/members/member-1/oauth_providers/google"),
    ] {
        let request = peer.request(method.clone(), path).json(&json!({ "anything": null }));
        let message = reply(request).await.rejected(501, "not_emulated");
        assert!(message.contains("does not emulate it"), "{message}");
        // The credentials are checked first, as everywhere.
        reply(peer.anonymous(method, path)).await.rejected(401, "unauthorized_credentials");
    }
    peer.get("/v1/nothing").await.rejected(404, "route_not_found");
    peer.get("/v1/b2b/organizations").await.rejected(405, "method_not_allowed");
}
