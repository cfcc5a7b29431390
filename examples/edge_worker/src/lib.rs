//! A declared API in an edge worker. `declapi` builds the request and reads the response, and the `fetch` of the
//! platform sends it. On such platforms, futures are not `Send`, and there are no sockets, threads or clocks.
//!
//! In a real worker, `fetch` calls the `fetch` of `worker` or `web_sys`, and converts requests and responses between
//! the types. It sets `redirect` to `manual`: some platforms follow redirects to other hosts with the credentials.

use bytes::Bytes;
use declapi::http::{HeaderValue, Request, Response};
use declapi::{ApiClient, Endpoint, client, endpoint, resource, response};

/// The weather service.
#[client(base_url = "https://api.weather.example")]
pub struct Weather;

/// Weather stations.
#[resource(on = &Weather)]
pub struct Stations;

/// Reads the latest measurement of a station.
#[endpoint(get = "/stations/{id}/observations/latest", response = Observation, on = Stations)]
pub struct Latest<'a> {
    /// The id of the station.
    pub id: &'a str,
    /// The values to measure; all by default.
    #[endpoint(query(comma))]
    pub fields: Option<Vec<&'a str>>,
}

/// The measurement of a station.
#[response]
#[derive(Debug)]
pub struct Observation {
    /// The temperature in degrees Celsius.
    #[response(required)]
    pub temperature: f64,
    /// A description of the sky.
    pub sky: String,
}

/// The reason why there is no value.
#[derive(Debug)]
pub enum Failure<F> {
    /// The platform could not send the request.
    Fetch(F),
    /// The request could not be built, or the API responded with an error.
    Api(declapi::Error),
}

/// Calls an endpoint with the `fetch` of the platform.
///
/// # Errors
///
/// The request cannot be built, `fetch` fails, or the response is an error or unreadable.
pub async fn call<E: Endpoint, F>(
    endpoint: &E,
    mut authorization: HeaderValue,
    fetch: impl AsyncFn(Request<Bytes>) -> Result<Response<Bytes>, F>,
) -> Result<E::Response, Failure<F>> {
    let mut request = Weather::http_request(endpoint).map_err(Failure::Api)?;
    // A log of the request does not show it.
    authorization.set_sensitive(true);
    request.headers_mut().insert("authorization", authorization);
    let response = fetch(request).await.map_err(Failure::Fetch)?;
    Weather::read(endpoint, response).map_err(Failure::Api)
}
