//! Kubernetes: patches in two media types, and a watch whose response has one JSON object per line.
//!
//! A server in the program plays the cluster.

use std::collections::BTreeMap;
use std::error::Error;

use axum::extract::Query;
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::routing;
use axum::{Json, Router};
use declapi::{JsonLines, JsonObject, client, endpoint, object, open_enum, resource, response};
use serde_json::{Value, json};

/// The API of a cluster.
#[client]
pub struct Kubernetes;

/// Pods.
#[resource(on = &Kubernetes)]
pub struct Pods;

/// Changes some fields of a pod. A null removes a field.
#[endpoint(
    patch = "/api/v1/namespaces/{namespace}/pods/{name}",
    header("content-type" = "application/merge-patch+json"),
    response = Pod,
    on = Pods,
    idempotent
)]
pub struct Merge<'a> {
    /// The namespace.
    pub namespace: &'a str,
    /// The name of the pod.
    pub name: &'a str,
    /// The metadata to change.
    pub metadata: Option<JsonObject>,
}

/// Changes a pod step by step.
#[endpoint(
    patch = "/api/v1/namespaces/{namespace}/pods/{name}",
    header("content-type" = "application/json-patch+json"),
    response = Pod,
    on = Pods
)]
pub struct Patch<'a> {
    /// The namespace.
    pub namespace: &'a str,
    /// The name of the pod.
    pub name: &'a str,
    /// The steps.
    #[endpoint(whole_body)]
    pub steps: Vec<Step<'a>>,
}

/// Watches the pods of a namespace.
#[endpoint(
    get = "/api/v1/namespaces/{namespace}/pods",
    query("watch" = true),
    response = JsonLines<Event>,
    on = Pods
)]
#[serde(rename_all = "camelCase")]
pub struct Watch<'a> {
    /// The namespace.
    pub namespace: &'a str,
    /// The labels of the pods, such as `app=web`.
    pub label_selector: Option<&'a str>,
    /// The version after which to start.
    pub resource_version: Option<&'a str>,
}

/// A step of a patch.
#[object]
pub struct Step<'a> {
    /// The operation, such as `replace`. The operation `test` fails unless the field has the value.
    pub op: &'a str,
    /// The path of the field.
    pub path: &'a str,
    /// The value.
    pub value: Option<Value>,
}

/// An event of a pod.
#[response]
#[derive(Debug)]
pub struct Event {
    /// The kind of the event.
    #[response(required)]
    #[serde(rename = "type")]
    pub kind: EventKind,
    /// The pod.
    #[response(required)]
    pub object: Pod,
}

open_enum! {
    /// The kind of an event.
    pub enum EventKind {
        /// The pod was created.
        Added = "ADDED",
        /// The pod was changed.
        Modified = "MODIFIED",
        /// The pod was deleted.
        Deleted = "DELETED",
    }
}

/// A pod.
#[response]
#[derive(Debug)]
pub struct Pod {
    /// Its metadata.
    #[response(required)]
    pub metadata: Metadata,
}

/// The metadata of a pod.
#[response]
#[derive(Debug)]
#[serde(rename_all = "camelCase")]
pub struct Metadata {
    /// The name.
    #[response(required)]
    pub name: String,
    /// The version, from which a watch can continue.
    pub resource_version: String,
    /// The labels.
    pub labels: JsonObject,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let routes = Router::new()
        .route("/api/v1/namespaces/default/pods", routing::get(watch))
        .route("/api/v1/namespaces/default/pods/web", routing::patch(patch));
    let url = stytch_client_examples::serve(routes).await?;
    let cluster = Kubernetes::builder().base_url(url).bearer_auth("token").build()?;

    let labels = json!({"labels": {"tier": "front", "old": null}});
    let labels = labels.as_object().cloned().unwrap_or_default();
    let pod = cluster.pods().merge().namespace("default").name("web").metadata(labels).send().await?;
    println!("{} has the labels {:?}", pod.metadata.name, pod.metadata.labels);

    let step = |op, value: &str| Step::builder().op(op).path("/metadata/labels/tier").value(value).build();
    let steps = [step("test", "front"), step("replace", "back")];
    let pod = cluster.pods().patch().namespace("default").name("web").steps(steps).send().await?;
    println!("{} has the labels {:?}", pod.metadata.name, pod.metadata.labels);

    let watch = cluster.pods().watch().namespace("default").label_selector("app=web");
    let mut events = watch.resource_version("41").send().await?;
    let mut version = String::new();
    while let Some(event) = events.next().await {
        let event = event?;
        println!("{}: {}", event.kind.as_str(), event.object.metadata.name);
        version = event.object.metadata.resource_version;
    }
    println!("the next watch starts after version {version}");
    if version == "44" { Ok(()) } else { Err("events are missing".into()) }
}

/// Plays the cluster for a patch.
async fn patch(headers: HeaderMap, Json(patch): Json<Value>) -> Result<Json<Value>, StatusCode> {
    let tier = match headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()) {
        Some("application/merge-patch+json") => &patch["metadata"]["labels"]["tier"],
        Some("application/json-patch+json") if patch[0]["op"] == "test" => &patch[1]["value"],
        _ => return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE),
    };
    Ok(Json(json!({"metadata": {"name": "web", "resourceVersion": "41", "labels": {"tier": tier}}})))
}

/// Plays the cluster for a watch.
async fn watch(Query(query): Query<BTreeMap<String, String>>) -> Result<String, StatusCode> {
    if (&*query["watch"], &*query["labelSelector"]) != ("true", "app=web") {
        return Err(StatusCode::BAD_REQUEST);
    }
    let event = |kind: &str, version: &str| {
        let pod = json!({"metadata": {"name": "web", "resourceVersion": version}});
        format!("{}\n", json!({"type": kind, "object": pod}))
    };
    Ok(event("ADDED", "42") + &event("MODIFIED", "43") + &event("DELETED", "44"))
}
