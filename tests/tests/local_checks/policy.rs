//! The RBAC policy that a client caches: fetched when it is needed, refreshed, shared, and separate for each project.

use std::time::Duration;

use serde_json::json;
use stytch_client::rbac::PolicyError;
use stytch_client::{Client, ErrorKind};

use super::project::Project;

/// Returns whether a reader may read.
async fn may_read(client: &Client) -> bool {
    client.rbac().cached_policy().await.unwrap().roles_allow(["reader"], "documents", "read")
}

#[tokio::test]
async fn a_policy_is_valid_for_five_minutes() {
    let project = Project::new().await;
    let client = project.client();
    assert!(may_read(&client).await);
    project.set_policy(json!({"roles": []}));
    project.clock.advance(Duration::from_secs(5 * 60 - 1));
    assert!(may_read(&client).await);
    assert_eq!(project.calls(), 1);
    project.clock.advance(Duration::from_secs(1));
    assert!(!may_read(&client).await);
    assert!(!may_read(&client.clone()).await);
    assert_eq!(project.calls(), 2);
}

#[tokio::test]
async fn many_tasks_cause_one_fetch() {
    let project = Project::new().await;
    let client = project.client();
    let calls = (0..50).map(|_| {
        let client = client.clone();
        tokio::spawn(async move { client.rbac().cached_policy().await.map(drop) })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap().unwrap();
    }
    assert_eq!(project.calls(), 1);
}

/// The policy of one project does not apply to another.
#[tokio::test]
async fn no_two_clients_share_a_policy() {
    let (project, other) = (Project::new().await, Project::new().await);
    other.set_policy(json!({"roles": []}));
    let (client, others) = (project.client(), other.builder_of("project-test-2").build().unwrap());
    assert!(may_read(&client).await && !may_read(&others).await && may_read(&client).await);
    assert_eq!((project.calls(), other.calls()), (1, 1));
}

/// An old policy may allow actions that are forbidden now.
#[tokio::test]
async fn an_old_policy_does_not_replace_a_new_one() {
    let project = Project::new().await;
    let client = project.client();
    assert!(may_read(&client).await);
    project.clock.advance(Duration::from_secs(5 * 60));
    project.fail(500);
    let fetch = || async {
        match client.rbac().cached_policy().await.unwrap_err() {
            PolicyError::Call(error) => error.kind(),
            other => panic!("{other}"),
        }
    };
    assert_eq!(fetch().await, ErrorKind::Api);
    // During an outage, the client does not call again at once.
    let calls = project.calls();
    assert_eq!(fetch().await, ErrorKind::Api);
    assert_eq!(project.calls(), calls);
    project.clock.advance(Duration::from_secs(2));
    project.fail(200);
    assert!(may_read(&client).await);
}

#[tokio::test]
async fn a_fetch_takes_no_longer_than_the_timeout_of_the_waiting_call() {
    let project = Project::new().await;
    let client = project.client().with_timeout(Duration::from_secs(20));
    project.fail(0);
    let begun = project.clock.begun();
    let waiting = tokio::spawn({
        let client = client.clone();
        async move { client.rbac().cached_policy().await.map(drop) }
    });
    project.clock.until_begun(begun + 2).await;
    project.clock.advance(Duration::from_secs(20));
    let error = waiting.await.unwrap().unwrap_err();
    assert!(matches!(error, PolicyError::Timeout(timeout) if timeout == Duration::from_secs(20)), "{error}");
    assert!(error.to_string().contains("still being fetched after 20 s"), "{error}");
}
