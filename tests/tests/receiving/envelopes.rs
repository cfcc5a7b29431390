//! Envelopes of responses, which are declared once.

use declapi::{
    ApiClient, Endpoint, Error, ErrorKind, JsonObject, client, endpoint, http, resource, response,
};
use serde_json::json;
use stytch_client_tests::server::{Act, Server, success};

/// An API with an envelope for all responses.
#[client(base_url = "https://api.example.com", envelope = "result")]
struct Api;

/// A zone.
#[response]
#[derive(Debug, PartialEq)]
struct Zone {
    #[response(required)]
    id: String,
}

#[endpoint(get = "/zones/{id}", response = Zone, on = &Api)]
struct GetZone<'a> {
    id: &'a str,
}

#[endpoint(get = "/zones", response = Vec<Zone>, on = &Api)]
struct ListZones;

#[endpoint(get = "/whole", response = JsonObject, envelope = "", on = &Api)]
struct Whole;

#[endpoint(delete = "/zones/{id}", response = Option<Zone>, on = &Api)]
struct DeleteZone<'a> {
    id: &'a str,
}

/// Queries, which have another envelope.
#[resource(on = &Api, envelope = "data")]
struct Queries;

/// The content of a query.
#[resource(on = Queries)]
struct Nested;

#[endpoint(post = "/graphql", response = u8, on = Queries)]
struct Query<'a> {
    query: &'a str,
}

#[endpoint(post = "/graphql", response = u8, on = Nested, envelope = "data.viewer.age")]
struct Age<'a> {
    query: &'a str,
}

#[endpoint(post = "/graphql", response = u8, on = Nested)]
struct Deep;

fn read<E: Endpoint>(endpoint: &E, json: &'static str) -> Result<E::Response, Error> {
    Api::read(endpoint, http::Response::new(json.into()))
}

#[test]
fn the_nearest_declaration_wins() {
    let zone = GetZone::builder().id("z").build();
    assert_eq!(read(&zone, r#"{"success":true,"result":{"id":"z"}}"#).unwrap(), Zone { id: "z".into() });
    assert_eq!(read(&ListZones::builder().build(), r#"{"result":[{"id":"a"}]}"#).unwrap().len(), 1);
    assert_eq!(read(&Whole::builder().build(), r#"{"result":1}"#).unwrap()["result"], json!(1));
    assert_eq!(read(&Query::builder().query("q").build(), r#"{"result":1,"data":2}"#).unwrap(), 2);
    assert_eq!(read(&Deep::builder().build(), r#"{"result":1,"data":3}"#).unwrap(), 3);
    let age = Age::builder().query("q").build();
    assert_eq!(read(&age, r#"{"data":{"viewer":{"age":4}}}"#).unwrap(), 4);
}

#[test]
fn a_missing_envelope_is_null() {
    let delete = DeleteZone::builder().id("z").build();
    for json in [r#"{"result":null}"#, r#"{"success":true}"#, "{}"] {
        assert_eq!(read(&delete, json).unwrap(), None, "{json}");
    }
    let error = read(&delete, r#"[{"id":"z"}]"#).unwrap_err().to_string();
    assert!(error.contains("expected an object with the field `result`"), "{error}");
    for json in [r#"{"result":null}"#, r#"{"result":{"id":1}}"#, "<html>", r#"{"result":{}"#] {
        let error = read(&GetZone::builder().id("z").build(), json).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Decode, "{json}: {error}");
    }
}

#[tokio::test]
async fn a_client_takes_it_out_too() {
    let server = Server::start(vec![Act::Respond(|_| success(r#"{"result":{"id":"z"}}"#))]);
    let api = Api::builder().base_url(server.url()).build().unwrap();
    assert_eq!(api.get_zone().id("z").send().await.unwrap().id, "z");
    assert_eq!(api.get_zone().id("z").send_as::<JsonObject>().await.unwrap()["id"], "z");
}
