use declapi::{client, endpoint, resource};

#[endpoint(patch = "/a", response = (), content_type = "application/merge-patch+json")]
pub struct Patch;

#[endpoint(get = "/a", response = (), accept = "application/vnd.github.raw")]
pub struct Raw;

#[resource(accept = "application/json")]
pub struct Things;

#[client(content_type = "application/json")]
pub struct Api;

fn main() {}
