//! GitHub: a 404 that becomes `None`, raw files, pagination, and errors of GitHub's type.
//!
//! A server in the program plays GitHub. Without `.base_url(…)`, the same client calls GitHub.

pub mod api;

use std::collections::BTreeMap;
use std::error::Error;

use axum::extract::{Path, Query};
use axum::http::header::{ACCEPT, HOST, LINK};
use axum::http::{HeaderMap, StatusCode};
use axum::response::IntoResponse;
use axum::routing::get;
use axum::{Json, Router};
use serde_json::{Value, json};

use self::api::issues::Filter;
use self::api::{Github, GithubError};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let url = stytch_client_examples::serve(server()).await?;
    let github = Github::builder().base_url(url).bearer_auth("token").build()?;

    for name in ["hello", "goodbye"] {
        match github.repos().get().owner("octocat").repo(name).send().await? {
            Some(repo) => println!("{}: {}", repo.full_name, repo.description.unwrap_or_default()),
            None => println!("there is no repository {name}"),
        }
    }

    let read = github.repos().read_file().owner("octocat").repo("hello").path("docs/a b.md").r#ref("main");
    let file = read.send().await?.ok_or("the file is missing")?;
    println!("{}", String::from_utf8_lossy(&file));

    let mut issues = github.issues().list().owner("octocat").repo("hello").state(Filter::All).items();
    let mut numbers = Vec::new();
    while let Some(issue) = issues.next().await {
        let issue = issue?;
        println!("#{}: {}", issue.number, issue.title);
        numbers.push(issue.number);
    }
    assert_eq!(numbers, [1, 2, 3], "there are three pages");

    let created = github.issues().create().owner("octocat").repo("hello").title("It crashes").send().await?;
    println!("created #{}: {}", created.number, created.title);

    let rejected = github.issues().create().owner("octocat").repo("hello").title("").send().await;
    let error = rejected.expect_err("an issue needs a title");
    for detail in error.api_error::<GithubError>().into_iter().flat_map(|error| error.errors) {
        println!("{detail:?}");
    }
    println!("{error}");
    Ok(())
}

/// Plays GitHub.
fn server() -> Router {
    Router::new()
        .route("/repos/octocat/{repo}", get(repo))
        .route("/repos/octocat/hello/contents/{*path}", get(file))
        .route("/repos/octocat/hello/issues", get(list).post(create))
}

async fn repo(Path(name): Path<String>) -> (StatusCode, Json<Value>) {
    match &*name {
        "hello" => (
            StatusCode::OK,
            Json(json!({"id": 1, "full_name": "octocat/hello", "description": "A greeting"})),
        ),
        _ => (StatusCode::NOT_FOUND, Json(json!({"message": "Not Found"}))),
    }
}

async fn file(Path(path): Path<String>, headers: HeaderMap) -> Result<&'static str, StatusCode> {
    let accept = headers.get(ACCEPT).and_then(|accept| accept.to_str().ok());
    match (&*path, accept) {
        ("docs/a b.md", Some("application/vnd.github.raw+json")) => Ok("# Hello"),
        _ => Err(StatusCode::NOT_FOUND),
    }
}

async fn list(Query(query): Query<BTreeMap<String, String>>, headers: HeaderMap) -> impl IntoResponse {
    let page = query.get("page").and_then(|page| page.parse().ok()).unwrap_or(1_u64);
    let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let next = format!("<http://{host}/repos/octocat/hello/issues?page={}>; rel=\"next\"", page + 1);
    let link = (page < 3).then_some([(LINK, next)]);
    (link, Json(json!([{"number": page, "title": "It crashes", "state": "open"}])))
}

async fn create(Json(issue): Json<Value>) -> (StatusCode, Json<Value>) {
    if issue["title"] == "" {
        let error =
            json!({"message": "Validation Failed", "errors": [{"field": "title", "code": "missing_field"}]});
        return (StatusCode::UNPROCESSABLE_ENTITY, Json(error));
    }
    (StatusCode::CREATED, Json(json!({"number": 2, "title": issue["title"], "state": "open"})))
}
