//! `POST /v1/m2m/clients/search`: the clients that match a query, page by page.

use hyper::Method;
use serde_json::{Map, Value};

use crate::{
    api::{
        filter::strings,
        search::{CURSOR, Filter, LIMIT, Mistakes, QUERY, Query},
        shared::object,
    },
    api_error::{
        ApiError, M2M_SEARCH_EXPECTED_ARRAY_OF_STRINGS, M2M_SEARCH_FILTER_NAME_MUST_BE_STRING,
        M2M_SEARCH_FILTER_NAME_NOT_RECOGNIZED, M2M_SEARCH_MISSING_FILTER_NAME,
        M2M_SEARCH_MISSING_FILTER_VALUE,
    },
    m2m::M2mClient,
    route::{Access, Call, ResponseBody, Route},
};

static MISTAKES: Mistakes = Mistakes {
    cursor: None,
    limit: None,
    operator: None,
    missing_name: &M2M_SEARCH_MISSING_FILTER_NAME,
    name_not_string: &M2M_SEARCH_FILTER_NAME_MUST_BE_STRING,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/m2m/clients/search",
    parameters: &[CURSOR, LIMIT, QUERY],
    access: Access::Project,
    error_types: &[&[
        &M2M_SEARCH_MISSING_FILTER_NAME,
        &M2M_SEARCH_FILTER_NAME_MUST_BE_STRING,
        &M2M_SEARCH_FILTER_NAME_NOT_RECOGNIZED,
        &M2M_SEARCH_MISSING_FILTER_VALUE,
        &M2M_SEARCH_EXPECTED_ARRAY_OF_STRINGS,
    ]],
    handler: search,
};

fn search(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let query = Query::of(call, &MISTAKES, filter)?;
    let state = call.app.state();
    let (clients, metadata) = query.page(call, &MISTAKES, state.m2m_clients(), |client| &client.client_id)?;
    let clients: Vec<Value> = clients.into_iter().map(|client| Value::Object(client.fields())).collect();
    Ok(object([("m2m_clients", clients.into()), ("results_metadata", metadata)]))
}

/// Reads an operand of a query. Each filter has a list of strings, and the client must have one of them.
fn filter(name: &str, operand: &Map<String, Value>) -> Result<Filter<M2mClient>, ApiError> {
    let is: fn(&M2mClient, &str) -> bool = match name {
        "client_id" => |client, text| client.client_id == text,
        "client_name" => |client, text| client.client_name == text,
        "scopes" => |client, text| client.scopes.iter().any(|scope| scope == text),
        _ => return Err((&M2M_SEARCH_FILTER_NAME_NOT_RECOGNIZED).into()),
    };
    let value = operand.get("filter_value").filter(|value| !value.is_null());
    let texts = strings(value.ok_or(&M2M_SEARCH_MISSING_FILTER_VALUE)?);
    let texts = texts.ok_or(&M2M_SEARCH_EXPECTED_ARRAY_OF_STRINGS)?;
    Ok(Box::new(move |client| texts.iter().any(|text| is(client, text))))
}
