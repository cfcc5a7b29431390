//! The files of a repository, and its releases.

use declapi::{Bytes, Timestamp, Upload, endpoint, object, open_enum, response};

use crate::api::repos::Repos;

/// Creates or changes a file.
#[endpoint(put = "/repos/{owner}/{repo}/contents/{path*}", response = Written, on = Repos)]
pub struct WriteFile<'a> {
    /// The account that owns the repository.
    pub owner: &'a str,
    /// The name of the repository.
    pub repo: &'a str,
    /// The path of the file.
    pub path: &'a str,
    /// The message of the commit.
    pub message: &'a str,
    /// The content, in base64.
    pub content: &'a str,
    /// The hash of the file that is replaced.
    pub sha: Option<&'a str>,
    /// The branch; the repository's default branch if it is left out.
    pub branch: Option<&'a str>,
    /// The committer.
    pub committer: Option<Person<'a>>,
}

/// Deletes a file.
#[endpoint(delete = "/repos/{owner}/{repo}/contents/{path*}", response = Written, on = Repos)]
pub struct DeleteFile<'a> {
    /// The account that owns the repository.
    pub owner: &'a str,
    /// The name of the repository.
    pub repo: &'a str,
    /// The path of the file.
    pub path: &'a str,
    /// The message of the commit.
    #[endpoint(body)]
    pub message: &'a str,
    /// The hash of the file.
    #[endpoint(body)]
    pub sha: &'a str,
    /// The branch; the repository's default branch if it is left out.
    #[endpoint(body)]
    pub branch: Option<&'a str>,
}

/// Creates a release.
#[endpoint(post = "/repos/{owner}/{repo}/releases", response = Release, on = Repos)]
pub struct CreateRelease<'a> {
    /// The account that owns the repository.
    pub owner: &'a str,
    /// The name of the repository.
    pub repo: &'a str,
    /// The tag, which is created if there is none.
    pub tag_name: &'a str,
    /// The title.
    pub name: Option<&'a str>,
    /// The notes.
    pub body: Option<&'a str>,
    /// Whether it is published later.
    pub draft: Option<bool>,
    /// Whether it becomes the latest release.
    pub make_latest: Option<MakeLatest>,
}

/// Reads the release of a tag, if there is one.
#[endpoint(
    get = "/repos/{owner}/{repo}/releases/tags/{tag}",
    response = Option<Release>,
    none = 404,
    on = Repos
)]
pub struct GetRelease<'a> {
    /// The account that owns the repository.
    pub owner: &'a str,
    /// The name of the repository.
    pub repo: &'a str,
    /// The tag.
    pub tag: &'a str,
}

/// Adds a file to a release.
#[endpoint(
    post = "/repos/{owner}/{repo}/releases/{release_id}/assets",
    host = "uploads",
    body = Bytes,
    response = Asset,
    on = Repos
)]
pub struct UploadAsset<'a> {
    /// The account that owns the repository.
    pub owner: &'a str,
    /// The name of the repository.
    pub repo: &'a str,
    /// The id of the release.
    pub release_id: u64,
    /// The name of the file.
    #[endpoint(query)]
    pub name: &'a str,
    /// The text to show instead of the name.
    #[endpoint(query)]
    pub label: Option<&'a str>,
    /// The content.
    #[endpoint(whole_body)]
    pub content: Upload,
}

/// The author or committer of a commit.
#[object]
pub struct Person<'a> {
    /// The name.
    pub name: &'a str,
    /// The email address.
    pub email: &'a str,
    /// The time of the commit.
    pub date: Option<Timestamp>,
}

open_enum! {
    /// Whether a release becomes the latest one.
    pub enum MakeLatest {
        /// It does.
        True = "true",
        /// It does not.
        False = "false",
        /// It does if its version is the highest.
        Legacy = "legacy",
    }
}

/// A change of a file.
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Written {
    /// The file, unless it was deleted.
    pub content: Option<File>,
}

/// A file.
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct File {
    /// The hash of the file.
    pub sha: String,
    /// Its path.
    pub path: String,
}

/// A release.
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Release {
    /// The id of the release.
    #[response(required)]
    pub id: u64,
    /// Its tag.
    pub tag_name: String,
    /// Whether it is published later.
    pub draft: bool,
}

/// A file of a release.
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Asset {
    /// The id of the file.
    #[response(required)]
    pub id: u64,
    /// The name of the file.
    pub name: String,
    /// The text to show instead of the name.
    pub label: Option<String>,
}
