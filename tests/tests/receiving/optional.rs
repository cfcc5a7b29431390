//! Missing values: 204, and the statuses that an endpoint declares.

use declapi::{
    ApiClient, ByteStream, Bytes, Client, ErrorKind, Events, JsonLines, Response, Text, endpoint, http,
    response,
};

use crate::client;
use stytch_client_tests::server::{Act, Server, response};

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

#[endpoint(get = "/beside", response = Response<Option<Repo>>, none = 404)]
struct GetBeside;

#[endpoint(head = "/beside", response = Response<()>, none = 404)]
struct HeadOther;

fn received(status: u16, body: &'static str) -> http::Response<bytes::Bytes> {
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
    Client::read(endpoint, received(status, body))
}

#[test]
fn missing_values_are_none() {
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
    // GitHub confirms a merged pull request in this way.
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

#[test]
fn headers_come_with_what_may_be_missing() {
    let get = GetBeside::builder().build();
    let missing = read(&get, 404, r#"{"message":"Not Found"}"#).unwrap();
    assert_eq!((missing.status().as_u16(), &missing.value), (404, &None));
    assert_eq!(read(&get, 200, r#"{"id":1}"#).unwrap().value, Some(Repo { id: 1 }));
    let headers = read(&HeadOther::builder().build(), 404, "").unwrap();
    assert_eq!((headers.status().as_u16(), headers.header("content-type")), (404, Some("application/json")));
}

/// The body of an error response is not the requested file.
#[tokio::test]
async fn an_empty_body_is_not_read_as_a_value() {
    let server = Server::start(vec![Act::Respond(|_| response("404 Not Found", &[], "gone"))]);
    let client = client(&server.url());
    for error in [
        client.get_picture().send_as::<Bytes>().await.map(drop).unwrap_err(),
        client.get_picture().send_as::<Text>().await.map(drop).unwrap_err(),
        client.get_picture().send_as::<Response<Bytes>>().await.map(drop).unwrap_err(),
        client.get_film().send_as::<ByteStream>().await.map(drop).unwrap_err(),
        client.get_film().send_as::<JsonLines<u8>>().await.map(drop).unwrap_err(),
        client.get_film().send_as::<Events>().await.map(drop).unwrap_err(),
    ] {
        assert_eq!((error.kind(), error.status()), (ErrorKind::Decode, Some(404)));
        assert!(error.to_string().contains("read the response of this endpoint into an `Option`"), "{error}");
    }
    let error = client.get_repo().send_as::<Repo>().await.unwrap_err();
    assert_eq!((error.kind(), error.status()), (ErrorKind::Decode, Some(404)));
}

#[tokio::test]
async fn a_client_reads_it_in_the_same_way() {
    let server = Server::start(vec![Act::Respond(|request| {
        let line = request.headers.lines().next().unwrap_or_default().to_owned();
        match &*line {
            "HEAD /repo HTTP/1.1" => b"HTTP/1.1 200 OK\r\ncontent-length: 55\r\n\r\n".into(),
            "GET /film HTTP/1.1" => response("404 Not Found", &[], "gone"),
            _ => response("410 Gone", &[], "{\"id\":1}"),
        }
    })]);
    let client = client(&server.url());
    assert_eq!(client.repo_exists().send().await.unwrap(), Some(()));
    assert_eq!(client.get_repo().send().await.unwrap(), None);
    assert!(client.get_film().send().await.unwrap().is_none());
}
