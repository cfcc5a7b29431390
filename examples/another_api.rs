//! A client for another API: its own type, base URL, credentials and errors.
//!
//! The API here tracks parcels. The declarations below are the complete client. A closure plays the server, so that
//! the example runs everywhere.

use std::borrow::Cow;
use std::error::Error;

use declapi::http::{Request, Response, StatusCode};
use declapi::{ApiError, Body, ResponseParts, TransportError, client, endpoint, resource};
use serde::Deserialize;

/// An API that tracks parcels.
#[client(base_url = "https://parcels.example.com/v2", error = Problem)]
pub struct Tracker;

/// Parcels.
#[resource(on = &Tracker)]
pub struct Parcels;

/// Finds parcels.
#[endpoint(get = "/parcels", response = Vec<Parcel>, on = Parcels)]
pub struct Find {
    /// The location to search.
    pub state: Option<Vec<String>>,
    /// The maximum number of parcels to return.
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

/// Deletes a parcel.
#[endpoint(delete = "/parcels/{parcel_id}", response = (), on = Parcels, idempotent)]
pub struct Forget<'a> {
    /// The id of the parcel.
    pub parcel_id: &'a str,
}

/// A parcel.
#[derive(Debug, Deserialize)]
pub struct Parcel {
    /// The id of the parcel.
    pub id: String,
    /// The note on it.
    pub note: Option<String>,
}

/// The error response of this API.
#[derive(Debug, Deserialize)]
pub struct Problem {
    kind: String,
    title: String,
    /// The last known location of the parcel.
    last_seen: Option<String>,
}

impl ApiError for Problem {
    fn read(response: &ResponseParts<'_>) -> Option<Self> {
        response.json()
    }

    fn code(&self) -> Option<Cow<'_, str>> {
        Some(self.kind.as_str().into())
    }

    fn message(&self) -> Option<Cow<'_, str>> {
        Some(self.title.as_str().into())
    }
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let tracker = Tracker::builder().bearer_auth("key-1").transport(serve).build()?;

    let found = tracker.parcels().find().state(["lost", "late"]).limit(2).send().await?;
    println!("{} parcels, the first is {}", found.len(), found[0].id);

    let annotated = tracker.parcels().annotate().parcel_id("p/1").null_note().send().await?;
    println!("{} is noted as {:?}", annotated.id, annotated.note);

    tracker.parcels().forget().parcel_id("p/1").send().await?;
    println!("forgotten");

    match tracker.parcels().forget().parcel_id("p/2").send().await {
        Ok(()) => println!("that parcel should be missing"),
        Err(error) if error.is("no_such_parcel") => {
            let last_seen = error.api_error::<Problem>().and_then(|problem| problem.last_seen);
            println!("{error}; last seen in {}", last_seen.as_deref().unwrap_or("no place"));
        }
        Err(error) => return Err(error.into()),
    }
    Ok(())
}

/// Plays the server.
async fn serve(request: Request<Body>) -> Result<Response<Body>, TransportError> {
    let (method, target) =
        (request.method().as_str(), request.uri().path_and_query().map_or("", |target| target.as_str()));
    let sent = request.body().as_bytes().map(|bytes| String::from_utf8_lossy(bytes)).unwrap_or_default();
    println!("-> {method} {target} {sent}");
    let (status, body) = match (method, target) {
        ("GET", "/v2/parcels?state=lost&state=late&limit=2") => (200, r#"[{"id":"p/1"},{"id":"p/2"}]"#),
        ("PATCH", "/v2/parcels/p%2F1") if sent == r#"{"note":null}"# => (200, r#"{"id":"p/1","note":null}"#),
        ("DELETE", "/v2/parcels/p%2F1") => (204, ""),
        _ => (404, r#"{"kind":"no_such_parcel","title":"no such parcel","last_seen":"Paris"}"#),
    };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or_default();
    Ok(response)
}
