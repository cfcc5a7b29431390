//! Tests stubs in the way that tests of a client use them.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
// Documentation of the fields would only repeat their names.
#![allow(missing_docs)]
#![allow(elided_lifetimes_in_paths, reason = "as the pages write it")]

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use declapi::{ErrorKind, Location, Multipart, Secret, Upload, client, endpoint, object, resource, response};
use declapi_test::{Reply, Stub, any};
use serde_json::json;

/// An API of repositories.
#[client(base_url = "https://api.example.com/v3")]
pub struct Hub;

pub mod repos {
    use super::*;

    /// Repositories.
    #[resource(on = &Hub)]
    pub struct Repos;

    /// Reads a repository.
    #[endpoint(get = "/repos/{owner}/{repo}", response = Repo, on = Repos, idempotent)]
    pub struct Get<'a> {
        pub owner: &'a str,
        pub repo: &'a str,
    }

    /// Deletes a repository.
    #[endpoint(delete = "/repos/{owner}/{repo}", response = (), on = Repos)]
    pub struct Delete<'a> {
        pub owner: &'a str,
        pub repo: &'a str,
    }

    /// Creates a repository.
    #[endpoint(post = "/repos", response = Repo, on = Repos)]
    pub struct Create<'a> {
        pub name: &'a str,
        #[endpoint(secret)]
        pub deploy_key: Option<&'a str>,
        #[endpoint(query)]
        pub size: Option<u64>,
        #[endpoint(query(comma))]
        pub topics: Option<Vec<String>>,
        #[endpoint(query(deep))]
        pub by: Option<Person<'a>>,
        #[endpoint(header = "x-trace")]
        pub trace: Option<u32>,
        pub archived: Option<bool>,
        pub note: Option<Option<&'a str>>,
        pub license: Option<License>,
    }

    /// A person.
    #[object]
    pub struct Person<'a> {
        pub name: &'a str,
        pub age: Option<u8>,
    }

    /// The number of a license.
    #[derive(Debug, serde::Serialize, serde::Deserialize, PartialEq)]
    pub struct License(pub u64);

    /// A repository.
    #[response]
    #[derive(Debug)]
    pub struct Repo {
        #[response(required)]
        pub id: u64,
        pub name: String,
        pub token: Option<Secret>,
    }
}

fn hub(stub: &Stub) -> Hub {
    Hub::builder().bearer_auth("key-of-the-test").transport(stub.clone()).build().unwrap()
}

#[tokio::test]
async fn replies_by_endpoint_and_condition() {
    let stub = Stub::new();
    stub.on::<repos::Get>(|call| call.owner == "o").reply(json!({"id": 7, "name": "r"}));
    stub.on::<repos::Delete>(any).error(404, json!({"message": "Not Found"}));
    let hub = hub(&stub);
    let repo = hub.repos().get().owner("o").repo("a b/c").send().await.unwrap();
    assert_eq!((repo.id, repo.name.as_str()), (7, "r"));
    let error = hub.repos().delete().owner("o").repo("r").send().await.unwrap_err();
    assert_eq!(error.status(), Some(404));
    let calls = stub.calls::<repos::Get>();
    assert_eq!(calls.len(), 1);
    assert_eq!((calls[0].owner, calls[0].repo), ("o", "a b/c"));
    assert_eq!(calls[0].headers()["authorization"], "Bearer key-of-the-test");
    assert_eq!(stub.calls::<repos::Delete>().len(), 1);
    assert_eq!(stub.calls::<repos::Create>().len(), 0);
}

#[tokio::test]
async fn every_field_of_a_call_is_seen() {
    let stub = Stub::new();
    stub.on::<repos::Create>(|call| call["topics"] == json!(["a", "b"]) && call["size"] == 3)
        .reply(json!({"id": 1}));
    let person = repos::Person::builder().name("Ada").age(36).build();
    let create = hub(&stub);
    let create = create.repos();
    let create =
        create.create().name("r").size(3).topics(["a", "b"]).by(person).trace(9).license(repos::License(4));
    create.null_note().deploy_key("key-1").send().await.unwrap();

    let call = stub.calls::<repos::Create>().remove(0);
    assert_eq!((call.name, call.size, call.trace, call.note), ("r", Some(3), Some(9), Some(None)));
    assert_eq!(call.topics.as_deref().unwrap(), ["a", "b"]);
    let by = call.by.as_ref().unwrap();
    assert_eq!((by.name, by.age), ("Ada", Some(36)));
    assert_eq!(call.license, Some(repos::License(4)));
    assert_eq!(call.archived, None);
    assert_eq!(call.get_in(Location::Query, "by"), Some(&json!({"name": "Ada", "age": 36})));
    assert_eq!(call.get("archived"), None);
    assert!(call["archived"].is_null());
    assert_eq!(call.url().path(), "/v3/repos");
    assert!(!format!("{call:?}").contains("key-1"));
}

/// Reads a note. It cannot be made from arguments.
#[endpoint(get = "/notes/{id}", response = String)]
pub struct ReadNote<'a> {
    #[serde(serialize_with = "written")]
    pub id: &'a str,
}

fn written<S: serde::Serializer>(id: &str, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(id)
}

#[tokio::test]
async fn calls_without_from_arguments_are_read_by_name() {
    let stub = Stub::new();
    stub.on::<ReadNote>(|call| call["id"] == "7").reply(json!("milk"));
    let client = declapi::Client::builder("https://api.example.com").transport(stub.clone()).build().unwrap();
    assert_eq!(client.read_note().id("7").send().await.unwrap(), "milk");
}

/// Checks the error, and that the test fails, for a call without a matching stub.
#[tokio::test]
async fn a_call_without_a_stub_fails_the_test() {
    let stub = Stub::new();
    stub.on::<repos::Create>(|call| call.name == "other").reply(json!({"id": 1}));
    stub.on::<repos::Get>(any).reply(json!({"id": 1}));
    let hub = hub(&stub);
    let create = hub.repos();
    let error = create.create().name("r").deploy_key("key-1").trace(77).send().await.unwrap_err();
    assert_eq!(error.attempts(), 1);
    let said = error.to_string();
    for part in [
        "POST /repos",
        "body `name` = \"r\"",
        "body `deploy_key` = \"<redacted>\"",
        "stubs::repos::Create, testing/tests/stubs.rs:",
        "its condition is false",
        "GET /repos/{owner}/{repo} (stubs::repos::Get",
        "another endpoint",
    ] {
        assert!(said.contains(part), "`{part}` in:\n{said}");
    }
    let panic = catch_unwind(AssertUnwindSafe(|| drop(stub))).unwrap_err();
    let failed = panic.downcast_ref::<String>().unwrap();
    assert!(failed.contains("no stub matches this call: POST /repos"), "{failed}");
    for secret in ["key-1", "key-of-the-test", "77"] {
        assert!(!said.contains(secret) && !failed.contains(secret), "{said}\n{failed}");
    }
}

#[tokio::test]
async fn unmatched_calls_can_be_taken() {
    let stub = Stub::new();
    assert!(hub(&stub).repos().get().owner("o").repo("r").send().await.is_err());
    let unmatched = stub.take_unmatched();
    assert!(unmatched[0].contains("there are no stubs"), "{unmatched:?}");
}

#[tokio::test]
async fn a_condition_that_panics_fails_the_call() {
    let stub = Stub::new();
    stub.on::<repos::Get>(|call| call["repo"].as_array().map(Vec::is_empty).unwrap()).reply(json!({"id": 1}));
    let error = hub(&stub).repos().get().owner("o").repo("r").send().await.unwrap_err().to_string();
    assert!(error.contains("its condition panicked"), "{error}");
    stub.take_unmatched();
}

fn panics(action: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(action)).unwrap_err();
    panic.downcast_ref::<String>().cloned().unwrap()
}

#[test]
fn a_reply_is_checked_when_it_is_given() {
    let stub = Stub::new();
    let said = panics(|| drop(stub.on::<repos::Get>(any).reply(json!({"name": "r"}))));
    assert!(said.contains("missing field `id`") && said.contains("stubs::repos::Get"), "{said}");
    let said = panics(|| drop(stub.on::<repos::Get>(any).reply(json!({"id": "seven"}))));
    assert!(said.contains("id"), "{said}");
    let said = panics(|| drop(stub.on::<repos::Get>(any).reply(Reply::json(&json!({})).status(500))));
    assert!(said.contains("500"), "{said}");
    // A reply that never arrives completely is not checked.
    drop(stub.on::<repos::Get>(any).reply(Reply::json(&json!({})).cut_off()));
}

/// An API with an envelope.
#[client(base_url = "https://api.example.com", envelope = "result")]
pub struct Wrapped;

/// Returns a count.
#[endpoint(get = "/count", response = u64, on = &Wrapped)]
pub struct Count;

#[tokio::test]
async fn replies_have_the_envelope_of_the_client() {
    let stub = Stub::of::<Wrapped>();
    stub.on::<Count>(any).reply(json!({"result": 7}));
    let client = Wrapped::builder().transport(stub.clone()).build().unwrap();
    assert_eq!(client.count().send().await.unwrap(), 7);
    let said = panics(|| drop(Stub::new().on::<Count>(any).reply(json!({"result": 7}))));
    assert!(said.contains("Stub::of"), "{said}");
}

#[tokio::test(start_paused = true)]
async fn sequences_failures_and_delays() {
    let stub = Stub::new();
    stub.on::<repos::Get>(|call| call.repo == "flaky").error(503, json!({})).broken().reply(json!({"id": 1}));
    stub.on::<repos::Get>(|call| call.repo == "slow").delay(Duration::from_secs(60)).reply(json!({"id": 2}));
    stub.on::<repos::Get>(|call| call.repo == "cut").reply(Reply::json(&json!({"id": 3})).cut_off());
    stub.on::<repos::Delete>(any).broken().reply(json!(null));
    let hub = hub(&stub);
    let get = |repo: &'static str| hub.repos().get().owner("o").repo(repo).send();

    assert_eq!(get("flaky").await.unwrap().id, 1);
    let calls = stub.calls::<repos::Get>();
    assert_eq!(calls.iter().map(declapi_test::Call::attempt).collect::<Vec<_>>(), [1, 2, 3]);
    // The last reply is for all further calls.
    assert_eq!(get("flaky").await.unwrap().id, 1);
    assert_eq!(stub.calls::<repos::Get>().len(), 4);

    let slow = hub.with_timeout(Duration::from_secs(5));
    let error = slow.repos().get().owner("o").repo("slow").send().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Timeout);
    let error = get("cut").await.unwrap_err();
    assert!(error.to_string().contains("200"), "{error}");
}

#[test]
fn blocking_clients_and_many_threads() {
    let stub = Stub::new();
    stub.on::<repos::Get>(|call| call.owner.starts_with('o')).reply(json!({"id": 7}));
    let hub = Hub::builder().transport(stub.clone()).build_blocking().unwrap();
    std::thread::scope(|scope| {
        for thread in 0..8 {
            let hub = &hub;
            scope.spawn(move || {
                for call in 0..20 {
                    let (owner, repo) = (format!("o{thread}"), call.to_string());
                    assert_eq!(hub.repos().get().owner(&owner).repo(&repo).send().unwrap().id, 7);
                }
            });
        }
    });
    let calls = stub.calls::<repos::Get>();
    assert_eq!(calls.len(), 160);
    assert_eq!(calls.iter().filter(|call| call.owner == "o3").count(), 20);
}

#[tokio::test]
async fn replies_can_have_other_formats() {
    /// Reads a file.
    #[endpoint(get = "/files/{path*}", response = declapi::Text)]
    struct ReadFile<'a> {
        path: &'a str,
    }
    let stub = Stub::new();
    stub.on::<ReadFile>(|call| call.path == "a/b c.md").reply(Reply::text("# Hello"));
    let client = declapi::Client::builder("https://x.example/v1").transport(stub.clone()).build().unwrap();
    assert_eq!(client.send(&ReadFile { path: "a/b c.md" }).await.unwrap().0, "# Hello");
}

#[endpoint(post = "/notes/{id}/files", body = Multipart, response = (), on = &Hub, body("kind" = "photo"))]
pub struct Attach<'a> {
    pub id: u64,
    pub caption: &'a str,
    pub width: Option<u32>,
    pub tags: Option<Vec<&'a str>>,
    pub author: Option<Author>,
    #[endpoint(secret)]
    pub share_key: Option<&'a str>,
    pub file: Upload,
}

#[object]
pub struct Author {
    pub name: String,
}

#[tokio::test]
async fn a_multipart_body_is_split_into_its_fields() {
    let stub = Stub::new();
    stub.on::<Attach>(|call| call["caption"] == "a \"cow\"\r\n--").reply(Reply::empty());
    let hub = Hub::builder().transport(stub.clone()).build().unwrap();
    let file = Upload::bytes(&b"\r\n--\xff\r\n\r\n"[..]).file_name("; name=\"x\".png");
    let call = hub.attach().id(7).caption("a \"cow\"\r\n--").width(640).tags(["red"]).file(file);
    call.author(Author { name: "Ada".to_owned() }).share_key("k3y-k3y").send().await.unwrap();

    let call = &stub.calls::<Attach>()[0];
    assert_eq!((&call["id"], &call["width"], &call["tags"]), (&json!(7), &json!(640), &json!(["red"])));
    assert_eq!((&call["author"], &call["file"]), (&json!({"name": "Ada"}), &json!("\r\n--\u{fffd}\r\n\r\n")));
    assert_eq!((call.get("kind"), &call["share_key"]), (None, &json!("k3y-k3y")));
    let shown = format!("{call:?}");
    assert!(shown.contains("cow") && !shown.contains("k3y"), "{shown}");
}
