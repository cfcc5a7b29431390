//! Another API altogether: its own base URL, its own credentials, its own refusals.
//!
//! The API here is a tracker of parcels. It knows nothing of Stytch; the declarations below are all there is to
//! its client. A closure plays the server, so that the example runs anywhere.

use std::error::Error;

use declapi::{endpoint, resource};
use serde::Deserialize;
use stytch_client::Client;
use stytch_client::http::{Request, Response, StatusCode};

/// Parcels on their way.
#[resource]
pub struct Parcels;

/// Finds parcels.
#[endpoint(get = "/parcels", response = Vec<Parcel>, on = Parcels)]
pub struct Find {
    /// Where they are.
    pub state: Option<Vec<String>>,
    /// How many to return at most.
    pub limit: Option<u32>,
}

/// Changes the note on a parcel; null removes it.
#[endpoint(patch = "/parcels/{parcel_id}", response = Parcel, on = Parcels)]
pub struct Annotate<'a> {
    /// The id of the parcel.
    pub parcel_id: &'a str,
    /// The note.
    pub note: Option<Option<&'a str>>,
}

/// Forgets a parcel.
#[endpoint(delete = "/parcels/{parcel_id}", response = (), on = Parcels, idempotent)]
pub struct Forget<'a> {
    /// The id of the parcel.
    pub parcel_id: &'a str,
}

/// A parcel on its way.
#[derive(Debug, Deserialize)]
pub struct Parcel {
    /// The id of the parcel.
    pub id: String,
    /// What somebody has noted on it.
    pub note: Option<String>,
}

/// How this API refuses.
#[derive(Debug, Deserialize)]
struct Problem {
    title: String,
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = declapi::Client::builder("https://parcels.example.com/v2")
        .bearer_auth("key-1")
        .transport(serve)
        .build()?;

    let found = client.parcels().find().state(["lost", "late"]).limit(2).send().await?;
    println!("{} parcels, the first is {}", found.len(), found[0].id);

    let annotated = client.parcels().annotate().parcel_id("p/1").null_note().send().await?;
    println!("{} is noted as {:?}", annotated.id, annotated.note);

    client.parcels().forget().parcel_id("p/1").send().await?;
    println!("forgotten");

    let error = client.parcels().forget().parcel_id("p/2").send().await.expect_err("there is no such parcel");
    let problem: Problem = serde_json::from_slice(error.body().unwrap_or_default())?;
    println!("refused with {}: {}", error.status().unwrap_or_default(), problem.title);
    Ok(())
}

/// Plays the server.
async fn serve(
    request: Request<declapi::Body>,
) -> Result<Response<declapi::Body>, stytch_client::TransportError> {
    let (method, target) =
        (request.method().as_str(), request.uri().path_and_query().map_or("", |target| target.as_str()));
    println!("-> {method} {target} {}", String::from_utf8_lossy(request.body()));
    let (status, body) = match (method, target) {
        ("GET", "/v2/parcels?state=lost&state=late&limit=2") => (200, r#"[{"id":"p/1"},{"id":"p/2"}]"#),
        ("PATCH", "/v2/parcels/p%2F1") if request.body() == r#"{"note":null}"# => {
            (200, r#"{"id":"p/1","note":null}"#)
        }
        ("DELETE", "/v2/parcels/p%2F1") => (204, ""),
        _ => (404, r#"{"title":"no such parcel"}"#),
    };
    let mut response = Response::new(body.into());
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or_default();
    Ok(response)
}
