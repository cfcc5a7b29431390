use declapi::{client, endpoint, resource};

#[endpoint(get = "/a", response = (), header("x a" = "1", "" = "2", "x-b" = "a\nb", "x-c" = "é"))]
pub struct Get;

#[resource(header("Content-Length" = "1"))]
pub struct Things;

#[client(header("host" = "example.com"))]
pub struct Api;

#[endpoint(get = "/a", response = (), query("" = 1))]
pub struct Nameless;

fn main() {}
