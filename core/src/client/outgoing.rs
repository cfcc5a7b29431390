//! Builds requests that are sent without a client, for example by the `fetch` of a browser or an edge worker.

use bytes::Bytes;
use http::HeaderValue;
use http::header::{ACCEPT, CONTENT_TYPE, HeaderName, USER_AGENT};

use super::ClientInfo;
use crate::call::Host;
use crate::endpoint::Request;
use crate::response::JSON;
use crate::transport::base_url;
use crate::{Endpoint, Error, ErrorKind};

/// Builds the request that a client with this metadata sends, without credentials and idempotency keys.
pub(super) fn build<E: Endpoint>(endpoint: &E, client: &ClientInfo) -> Result<http::Request<Bytes>, Error> {
    let mut request = endpoint.request()?;
    if request.pieces().is_some() {
        let message = "an upload can only be sent by a client: send this endpoint with a client";
        return Err(Error::new(ErrorKind::Request, message.to_owned()).at(request.info));
    }
    if !request.info.is_absolute() {
        request.add_constants(&client.defaults)?;
    }
    let wrong = |error: http::Error| {
        let message = "the request is not a valid HTTP request".to_owned();
        Error::new(ErrorKind::Request, message).at(request.info).with_source(error)
    };
    let mut outgoing = http::Request::builder()
        .method(http::Method::from(request.info.method))
        .uri(url(&request, client)?)
        .header(USER_AGENT, client.user_agent)
        .header(ACCEPT, JSON)
        .header(CONTENT_TYPE, JSON)
        .extension(request.info)
        .body(request.body.clone())
        .map_err(wrong)?;
    let headers = outgoing.headers_mut();
    for (name, value) in client.headers {
        let name = HeaderName::try_from(*name).map_err(|error| wrong(error.into()))?;
        // A whole URL may lead to anyone's server, so it gets only the necessary headers.
        if !request.info.is_absolute() || [USER_AGENT, ACCEPT, CONTENT_TYPE].contains(&name) {
            headers.insert(name, HeaderValue::try_from(*value).map_err(|error| wrong(error.into()))?);
        }
    }
    // The body and the type of the response decide, like for a request that a client sends.
    if let Some(content_type) = request.content_type() {
        headers.insert(CONTENT_TYPE, content_type.clone());
    } else if !request.has_body() {
        headers.remove(CONTENT_TYPE);
    }
    let accept = E::READER.wanted.accept;
    if accept != JSON {
        headers.insert(ACCEPT, HeaderValue::from_static(accept));
    }
    request.write_headers(headers);
    Ok(outgoing)
}

/// Returns the URL of a request, on the host that its endpoint chooses.
fn url(request: &Request, client: &ClientInfo) -> Result<String, Error> {
    if request.info.is_absolute() {
        return base_url::parse_absolute(request.path(), false).map(String::from);
    }
    let base = match request.info.host() {
        None => client.base_url.ok_or_else(|| {
            Error::config(
                "the client has no base URL: declare one, for example `base_url = \"https://api.example.com\"`",
            )
        })?,
        Some(name) => {
            client.hosts.iter().find(|host| host.0 == name).map(|host| host.1).ok_or_else(|| {
                Error::config(format!(
                    "no host `{name}`: declare it, for example `host(\"{name}\" = \"https://…\")`"
                ))
            })?
        }
    };
    Ok(Host::new(base_url::parse(base, false)?).url(request).into())
}
