//! GitHub's API, as declared, against a mock server that is made from GitHub's OpenAPI description.
//!
//! The server and the description come from other projects. `github/install.sh` of this package installs both. The
//! server rejects a request that does not match the description, and responds with GitHub's own examples.

/// The client type and the endpoints of the example.
#[path = "../../examples/github/api.rs"]
pub mod api;

#[path = "github/calls.rs"]
mod calls;
#[path = "github/contents.rs"]
pub mod contents;
#[path = "github/gists.rs"]
pub mod gists;
#[path = "github/issues.rs"]
pub mod issues;
#[path = "github/meta.rs"]
pub mod meta;
#[path = "github/mock.rs"]
mod mock;
#[path = "github/pulls.rs"]
pub mod pulls;
#[path = "github/repos.rs"]
pub mod repos;
#[path = "github/search.rs"]
pub mod search;
#[path = "github/users.rs"]
pub mod users;

use declapi::{catalogue, endpoint};
use stytch_client_tests::deadline::Deadline;

use self::api::GithubError;
use self::mock::Mock;

catalogue! {
    /// Calls every endpoint that is declared here or in the example.
    pub const ENDPOINTS;
    root = "tests/github.rs";
}

declapi::open_enum! {
    /// The sort order of a list.
    pub enum Direction {
        /// The smallest first.
        Ascending = "asc",
        /// The largest first.
        Descending = "desc",
    }
}

// One test, because the server takes seconds to start.
#[tokio::test]
async fn every_declared_call_succeeds_and_a_wrong_one_does_not() {
    let _deadline = Deadline::start();
    let Some(mock) = Mock::start().await else { return };
    calls::all(&mock).await;
    let missing: Vec<_> = ENDPOINTS.iter().filter(|endpoint| !mock.was_called(endpoint)).collect();
    assert!(missing.is_empty(), "never called: {missing:#?}");
    assert!(ENDPOINTS.len() >= 25, "{}", ENDPOINTS.len());

    rejects_types_that_the_description_does_not_allow(&mock).await;
    responds_with_errors_of_the_declared_type(&mock).await;
}

async fn rejects_types_that_the_description_does_not_allow(mock: &Mock) {
    let lock = issues::Lock::builder().owner("octocat").repo("Hello-World").issue_number(7);
    let unknown = lock.lock_reason("boredom").build();
    let error = mock.github.send(&unknown).await.unwrap_err();
    assert_eq!(error.status(), Some(422), "{error}");

    let misspelt = Misspelt::builder().owner("octocat").repo("Hello-World").topics(["atom"]).build();
    let error = mock.github.send(&misspelt).await.unwrap_err();
    assert_eq!(error.status(), Some(422), "{error}");
    assert!(error.api_error::<GithubError>().is_some(), "{error}");
}

/// Replaces the topics of a repository, which GitHub calls `names`.
#[endpoint(put = "/repos/{owner}/{repo}/topics", response = ())]
struct Misspelt<'a> {
    owner: &'a str,
    repo: &'a str,
    topics: Vec<&'a str>,
}

async fn responds_with_errors_of_the_declared_type(mock: &Mock) {
    let failing = |status| mock.builder().header("prefer", format!("code={status}")).build().unwrap();
    for status in [404, 422] {
        let list = failing(status).issues().list().owner("octocat").repo("nothing").send();
        let error = list.await.unwrap_err();
        assert_eq!(error.status(), Some(status), "{error}");
        let error = error.api_error::<GithubError>().expect("the declared type");
        assert!(!error.message.is_empty());
    }
    let nothing = failing(404).repos().get().owner("octocat").repo("nothing").send().await.unwrap();
    assert!(nothing.is_none());
}

#[test]
fn every_field_is_as_in_the_description() {
    let _deadline = Deadline::start();
    let Some(directory) = mock::directory() else { return };
    let description = std::fs::read_to_string(mock::description(directory)).expect("the description");
    declapi_check::openapi(&description)
        .against(ENDPOINTS)
        .client::<api::Github>()
        .allow(
            "PATCH /gists/{gist_id}",
            "files.*",
            "the text of the description says that null deletes a file",
        )
        .allow("POST */labels", "labels", "adding no label is no use")
        .allow("GET *", "*author.id", "an empty object is read leniently, as no author")
        .assert();
}
