//! GitHub's REST API: the client, its errors, and the endpoints of this example.

use std::borrow::Cow;

use declapi::{ApiError, ResponseParts, client};
use serde::Deserialize;

/// GitHub's REST API.
#[client(
    base_url = "https://api.github.com",
    header("accept" = "application/vnd.github+json"),
    header("x-github-api-version" = "2022-11-28"),
    host("uploads" = "https://uploads.github.com", auth),
    error = GithubError
)]
pub struct Github;

/// GitHub's error response.
#[derive(Debug, Deserialize)]
pub struct GithubError {
    /// The message.
    pub message: String,
    /// The details, after a 422.
    #[serde(default)]
    pub errors: Vec<Detail>,
}

/// A detail of an error.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub enum Detail {
    /// An error in a field.
    Field {
        /// The name of the field.
        field: Option<String>,
        /// The kind of error, such as `missing_field`.
        code: String,
    },
    /// Any other detail.
    Text(String),
}

impl ApiError for GithubError {
    fn read(response: &ResponseParts<'_>) -> Option<Self> {
        response.json()
    }

    fn message(&self) -> Option<Cow<'_, str>> {
        Some(self.message.as_str().into())
    }

    fn code(&self) -> Option<Cow<'_, str>> {
        self.errors.iter().find_map(|detail| match detail {
            Detail::Field { code, .. } => Some(code.as_str().into()),
            Detail::Text(_) => None,
        })
    }
}

/// Repositories.
pub mod repos {
    use declapi::{Bytes, endpoint, resource, response};

    use super::Github;

    /// Repositories.
    #[resource(on = &Github)]
    pub struct Repos;

    /// Reads a repository, if there is one that the user may see.
    #[endpoint(get = "/repos/{owner}/{repo}", response = Option<Repo>, none = 404, on = Repos)]
    pub struct Get<'a> {
        /// The account that owns the repository.
        pub owner: &'a str,
        /// The name of the repository.
        pub repo: &'a str,
    }

    /// Reads the raw content of a file, if it exists.
    #[endpoint(
        get = "/repos/{owner}/{repo}/contents/{path*}",
        header("accept" = "application/vnd.github.raw+json"),
        response = Option<Bytes>,
        none = 404,
        on = Repos
    )]
    pub struct ReadFile<'a> {
        /// The account that owns the repository.
        pub owner: &'a str,
        /// The name of the repository.
        pub repo: &'a str,
        /// The path of the file.
        pub path: &'a str,
        /// The branch, tag or commit. The default is the default branch of the repository.
        pub r#ref: Option<&'a str>,
    }

    /// A repository.
    #[response]
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct Repo {
        /// The id of the repository.
        #[response(required)]
        pub id: u64,
        /// The name of the owner, a slash and the name of the repository.
        pub full_name: String,
        /// The description.
        pub description: Option<String>,
    }
}

/// Issues.
pub mod issues {
    use declapi::{endpoint, open_enum, resource, response};

    use super::Github;

    /// Issues.
    #[resource(on = &Github)]
    pub struct Issues;

    /// Lists the issues of a repository.
    #[endpoint(get = "/repos/{owner}/{repo}/issues", response = Vec<Issue>, page(link), on = Issues)]
    pub struct List<'a> {
        /// The account that owns the repository.
        pub owner: &'a str,
        /// The name of the repository.
        pub repo: &'a str,
        /// The state of the issues; open by default.
        pub state: Option<Filter>,
        /// The number of issues on a page.
        pub per_page: Option<u8>,
    }

    /// Creates an issue.
    #[endpoint(post = "/repos/{owner}/{repo}/issues", response = Issue, on = Issues)]
    pub struct Create<'a> {
        /// The account that owns the repository.
        pub owner: &'a str,
        /// The name of the repository.
        pub repo: &'a str,
        /// The title.
        pub title: &'a str,
        /// The text, in Markdown.
        pub body: Option<&'a str>,
        /// The labels.
        pub labels: Option<Vec<&'a str>>,
    }

    /// An issue.
    #[response]
    #[derive(Clone, Debug)]
    #[non_exhaustive]
    pub struct Issue {
        /// The number of the issue in its repository.
        #[response(required)]
        pub number: u64,
        /// The title.
        pub title: String,
        /// Whether it is open.
        pub state: Option<State>,
    }

    open_enum! {
        /// Whether an issue is open.
        pub enum State {
            /// It is open.
            Open = "open",
            /// It is closed.
            Closed = "closed",
        }
    }

    open_enum! {
        /// The state of the issues in a list.
        pub enum Filter {
            /// Open issues.
            Open = "open",
            /// Closed issues.
            Closed = "closed",
            /// All issues.
            All = "all",
        }
    }
}
