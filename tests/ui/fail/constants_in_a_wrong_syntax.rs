//! Constants in a wrong syntax. Each pair is a name in quotes, `=`, and a value.

use declapi::endpoint;

#[endpoint(get = "/a", response = (), header = "accept: application/json")]
pub struct Assigned;

#[endpoint(get = "/a", response = (), header("accept", "application/json"))]
pub struct WithComma;

#[endpoint(get = "/a", response = (), header("accept: application/json"))]
pub struct AsOneString;

#[endpoint(get = "/a", response = (), query("alt" => "media"))]
pub struct WithArrow;

#[endpoint(get = "/a", response = (), query(alt = "media"))]
pub struct WithoutQuotes;

#[endpoint(post = "/a", response = (), body())]
pub struct Empty;

#[endpoint(post = "/a", response = (), body("a" = true "b" = true))]
pub struct WithoutComma;

#[endpoint(get = "/a", response = (), headers("accept" = "application/json"), params("alt" = "media"))]
pub struct InThePlural;

fn main() {}
