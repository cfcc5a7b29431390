//! Nothing instead of a value: 204, and the statuses that an endpoint declares.

use declapi::{ApiClient, ByteStream, Bytes, Client, ErrorKind, Response, endpoint, http, response};

use crate::client;
use stytch_client_tests::server::{Act, Server, answer};

/// A repository.
#[response]
#[derive(Debug, PartialEq)]
struct Repo {
    #[response(required)]
    id: u64,
}

#[endpoint(get = "/repo", response = Option<Repo>, none = 404, none = 410)]
struct GetRepo;

#[endpoint(head = "/repo", response = Option<()>, none = 404)]
struct RepoExists;

#[endpoint(get = "/picture", response = Option<Bytes>, none = 404)]
struct GetPicture;

#[endpoint(get = "/film", response = Option<ByteStream>, none = 404)]
struct GetFilm;

#[endpoint(delete = "/repo", response = (), none = 404)]
struct DeleteRepo;

#[endpoint(get = "/whole", response = Option<Response<Repo>>, none = 404)]
struct GetWhole;

fn response(status: u16, body: &'static str) -> http::Response<bytes::Bytes> {
    http::Response::builder()
        .status(status)
        .header("content-type", "application/json")
        .body(body.into())
        .unwrap()
}

fn read<E: declapi::Endpoint>(
    endpoint: &E,
    status: u16,
    body: &'static str,
) -> Result<E::Response, declapi::Error> {
    Client::read(endpoint, response(status, body))
}

#[test]
fn what_is_not_there_is_none() {
    let get = GetRepo::builder().build();
    assert_eq!(read(&get, 200, r#"{"id":1}"#).unwrap(), Some(Repo { id: 1 }));
    for (status, body) in
        [(404, r#"{"message":"Not Found"}"#), (410, ""), (204, ""), (205, "x"), (200, ""), (200, " null ")]
    {
        assert_eq!(read(&get, status, body).unwrap(), None, "{status} {body}");
    }
    assert_eq!(read(&get, 403, r#"{"message":"no"}"#).unwrap_err().status(), Some(403));
    assert_eq!(read(&get, 200, "{}").unwrap_err().kind(), ErrorKind::Decode);
}

#[test]
fn a_unit_is_there_without_a_body() {
    let exists = RepoExists::builder().build();
    assert_eq!(read(&exists, 200, "").unwrap(), Some(()));
    assert_eq!(read(&exists, 404, "").unwrap(), None);
    // As GitHub says that a pull request was merged.
    assert_eq!(read(&exists, 204, "").unwrap(), Some(()));
    assert!(read(&DeleteRepo::builder().build(), 404, "{}").is_ok());
}

#[test]
fn bytes_may_be_missing_too() {
    let get = GetPicture::builder().build();
    assert_eq!(read(&get, 200, "null").unwrap(), Some(Bytes::from("null")));
    assert_eq!(read(&get, 200, "").unwrap(), Some(Bytes::from("")));
    assert_eq!(read(&get, 404, "{}").unwrap(), None);
    let whole = GetWhole::builder().build();
    assert_eq!(read(&whole, 200, r#"{"id":1}"#).unwrap().map(|whole| whole.value), Some(Repo { id: 1 }));
    assert!(read(&whole, 404, "{}").unwrap().is_none());
}

#[tokio::test]
async fn a_client_reads_it_in_the_same_way() {
    let server = Server::start(vec![Act::Respond(|request| {
        let line = request.head.lines().next().unwrap_or_default().to_owned();
        match &*line {
            "HEAD /repo HTTP/1.1" => b"HTTP/1.1 200 OK\r\ncontent-length: 55\r\n\r\n".into(),
            "GET /film HTTP/1.1" => answer("404 Not Found", &[], "gone"),
            _ => answer("410 Gone", &[], "{\"id\":1}"),
        }
    })]);
    let client = client(&server.url());
    assert_eq!(client.repo_exists().send().await.unwrap(), Some(()));
    assert_eq!(client.get_repo().send().await.unwrap(), None);
    assert!(client.get_film().send().await.unwrap().is_none());
}
