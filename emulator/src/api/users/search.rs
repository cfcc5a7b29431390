//! `POST /v1/users/search`: the users that match a query, page by page.

use hyper::Method;
use serde_json::Value;

use super::filter::{self, filter};
use crate::{
    api::{
        search::{CURSOR, LIMIT, Mistakes, QUERY, Query},
        shared::object,
    },
    api_error::{
        ApiError, USER_SEARCH_FILTER_NAME_MUST_BE_STRING, USER_SEARCH_INVALID_CURSOR,
        USER_SEARCH_INVALID_LIMIT, USER_SEARCH_INVALID_OPERATOR, USER_SEARCH_MISSING_FILTER_NAME,
    },
    route::{Access, Call, ResponseBody, Route},
    user::User,
};

static MISTAKES: Mistakes = Mistakes {
    cursor: Some(&USER_SEARCH_INVALID_CURSOR),
    limit: Some(&USER_SEARCH_INVALID_LIMIT),
    operator: Some(&USER_SEARCH_INVALID_OPERATOR),
    missing_name: &USER_SEARCH_MISSING_FILTER_NAME,
    name_not_string: &USER_SEARCH_FILTER_NAME_MUST_BE_STRING,
};

pub(crate) static ROUTE: Route = Route {
    method: Method::POST,
    path: "/v1/users/search",
    parameters: &[CURSOR, LIMIT, QUERY],
    access: Access::Project,
    error_types: &[
        &[
            &USER_SEARCH_INVALID_CURSOR,
            &USER_SEARCH_INVALID_LIMIT,
            &USER_SEARCH_INVALID_OPERATOR,
            &USER_SEARCH_MISSING_FILTER_NAME,
            &USER_SEARCH_FILTER_NAME_MUST_BE_STRING,
        ],
        filter::ERROR_TYPES,
    ],
    handler: search,
};

fn search(call: &Call<'_>) -> Result<ResponseBody, ApiError> {
    let query = Query::of(call, &MISTAKES, filter)?;
    let state = call.app.state();
    let (users, metadata) = query.page(call, &MISTAKES, state.users(), |user| &user.user_id)?;
    let results: Vec<Value> = users.into_iter().map(User::to_json).collect();
    Ok(object([("results", results.into()), ("results_metadata", metadata)]))
}
