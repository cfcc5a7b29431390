use declapi::{client, endpoint, resource};

#[client(header("x-a" = "1", "X-A" = "2"))]
pub struct Api;

#[resource(on = &Api, query("a" = 1), query("a" = 1))]
pub struct Things;

#[endpoint(post = "/a", response = (), on = Things, body("a" = 1), header("a" = "1"), body("a" = 2))]
pub struct Create;

fn main() {}
