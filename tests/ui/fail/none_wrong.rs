//! `none = …` with a value that is not a status, and with responses that cannot be `None`.

use declapi::{client, endpoint, resource};

#[endpoint(get = "/a", response = Option<u8>, none)]
pub struct Alone;

#[endpoint(get = "/b", response = Option<u8>, none = 204)]
pub struct Always;

#[endpoint(get = "/c", response = Option<u8>, none = 200)]
pub struct Never;

#[endpoint(get = "/d", response = Option<u8>, none = 4040)]
pub struct NoStatus;

#[endpoint(get = "/e", response = Option<u8>, none = "404")]
pub struct Quoted;

#[endpoint(get = "/f", response = Option<u8>, none = NOT_FOUND)]
pub struct Named;

#[endpoint(get = "/g", response = Option<u8>, none = [404, 410])]
pub struct List;

#[endpoint(get = "/h", response = Option<u8>, none = 404 | 410)]
pub struct Either;

#[endpoint(get = "/i", response = Option<u8>, none(404))]
pub struct Parentheses;

#[endpoint(get = "/j", response = Option<u8>, none = 404, none = 404)]
pub struct Twice;

#[endpoint(get = "/k", response = Vec<u8>, none = 404)]
pub struct NoOption;

#[endpoint(get = "/l", response = Option<u8>, not_found = 404)]
pub struct NotFound;

#[endpoint(get = "/m", response = u8, optional)]
pub struct Optional;

#[resource(none = 404)]
pub struct OfAResource;

#[client(none = 404)]
pub struct OfAClient;

fn main() {}
