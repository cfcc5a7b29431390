//! The endpoints about the project.

use serde_json::json;

use crate::support::Peer;

#[tokio::test]
async fn the_credentials_belong_to_the_project() {
    let peer = Peer::start().await;
    let whoami = peer.get("/v1/debug/whoami").await.ok();
    assert_eq!(
        (&whoami["project_id"], &whoami["name"]),
        (&json!(peer.emulator.project_id()), &json!("stytch-emulator"))
    );
}

#[tokio::test]
async fn metrics_count_users_organizations_and_members() {
    let peer = Peer::start().await;
    let count = async |name: &str| {
        let metrics = peer.get("/v1/projects/metrics").await.ok();
        assert_eq!(metrics["project_id"], peer.emulator.project_id());
        let metrics = metrics["metrics"].as_array().expect("a list").clone();
        metrics.iter().find(|metric| metric["metric_type"] == name).expect("a metric")["count"].as_u64()
    };
    assert_eq!(count("USER_COUNT").await, Some(0));
    let created = peer.post("/v1/users", json!({ "email": "ada@example.com" })).await.ok();
    peer.post("/v1/users", json!({ "email": "bob@example.com" })).await.ok();
    assert_eq!(count("USER_COUNT").await, Some(2));
    peer.delete(&format!("/v1/users/{}", created["user_id"].as_str().expect("an id"))).await.ok();
    assert_eq!(count("USER_COUNT").await, Some(1));

    assert_eq!((count("ORGANIZATION_COUNT").await, count("MEMBER_COUNT").await), (Some(0), Some(0)));
    let acme = json!({ "organization_name": "Acme", "organization_slug": "acme" });
    peer.post("/v1/b2b/organizations", acme).await.ok();
    let members = "/v1/b2b/organizations/acme/members";
    peer.post(members, json!({ "email_address": "ada@example.com" })).await.ok();
    let bob = peer.post(members, json!({ "email_address": "bob@example.com" })).await.ok();
    assert_eq!((count("ORGANIZATION_COUNT").await, count("MEMBER_COUNT").await), (Some(1), Some(2)));
    peer.delete(&format!("{members}/{}", bob["member_id"].as_str().expect("an id"))).await.ok();
    assert_eq!(count("MEMBER_COUNT").await, Some(1), "a deleted member is not counted");
}
