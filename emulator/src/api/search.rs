//! The common parts of searches: pagination, and the operators that combine filters.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use serde_json::{Map, Value, json};

use crate::{
    api_error::{ApiError, ErrorType},
    parameter::{INTEGER, Kind, Parameter, optional},
    route::Call,
};

const DEFAULT_LIMIT: i64 = 100;
const MAX_LIMIT: i64 = 1000;

pub(super) const CURSOR: Parameter = optional("cursor", Kind::String);
pub(super) const LIMIT: Parameter = optional("limit", INTEGER);
/// Its fields are checked by [`Query::of`], because each mistake has a separate error type.
pub(super) const QUERY: Parameter = optional("query", Kind::Map);

/// The error types of one kind of search. `bad_request` stands for a missing one.
pub(super) struct Mistakes {
    pub(super) cursor: Option<&'static ErrorType>,
    pub(super) limit: Option<&'static ErrorType>,
    pub(super) operator: Option<&'static ErrorType>,
    pub(super) missing_name: &'static ErrorType,
    pub(super) name_not_string: &'static ErrorType,
}

/// A test of one item.
pub(super) type Filter<T> = Box<dyn Fn(&T) -> bool>;

/// The function that reads one operand of a query, by the name of the filter.
pub(super) type Reader<T> = fn(&str, &Map<String, Value>) -> Result<Filter<T>, ApiError>;

/// Filters, and how they are combined.
pub(super) struct Query<T> {
    /// Whether one filter is enough.
    any: bool,
    filters: Vec<Filter<T>>,
}

impl<T> Query<T> {
    /// Reads `query`; without it, or without operands, every item matches.
    ///
    /// # Errors
    ///
    /// The error types for the operator and the names of filters, and the ones of `filter`.
    pub(super) fn of(call: &Call<'_>, mistakes: &Mistakes, filter: Reader<T>) -> Result<Self, ApiError> {
        let empty = Map::new();
        let query = call.parameters.map("query").unwrap_or(&empty);
        let any = match query.get("operator").filter(|operator| !operator.is_null()) {
            None => false,
            Some(operator) if operator == "AND" => false,
            Some(operator) if operator == "OR" => true,
            Some(_) => return Err(mistake(mistakes.operator, "query.operator", "must be AND or OR.")),
        };
        let operands = match query.get("operands").filter(|operands| !operands.is_null()) {
            None => &[],
            Some(Value::Array(operands)) => operands.as_slice(),
            Some(_) => return Err(ApiError::parameter("query.operands", "must be a list of objects.")),
        };
        let read = |operand: &Value| {
            let Value::Object(fields) = operand else {
                return Err(ApiError::parameter("query.operands", "must be a list of objects."));
            };
            match fields.get("filter_name").filter(|name| !name.is_null()) {
                None => Err(mistakes.missing_name.into()),
                Some(Value::String(name)) => filter(name, fields),
                Some(_) => Err(mistakes.name_not_string.into()),
            }
        };
        Ok(Self { any, filters: operands.iter().map(read).collect::<Result<_, _>>()? })
    }

    fn matches(&self, item: &T) -> bool {
        if self.any && !self.filters.is_empty() {
            self.filters.iter().any(|filter| filter(item))
        } else {
            self.filters.iter().all(|filter| filter(item))
        }
    }

    /// Returns the items of the page that the request asks for, and the `results_metadata`. The items come in the order
    /// of their keys.
    ///
    /// # Errors
    ///
    /// Those for `cursor` and `limit`.
    pub(super) fn page<'a>(
        &self,
        call: &Call<'_>,
        mistakes: &Mistakes,
        items: impl Iterator<Item = &'a T>,
        key: fn(&T) -> &str,
    ) -> Result<(Vec<&'a T>, Value), ApiError> {
        let limit = call.parameters.integer("limit").unwrap_or(DEFAULT_LIMIT);
        let limit = usize::try_from(limit).ok().filter(|_| (1..=MAX_LIMIT).contains(&limit));
        let limit =
            limit.ok_or_else(|| mistake(mistakes.limit, "limit", "must be an integer from 1 to 1000."))?;
        let after = after(call)
            .ok_or_else(|| mistake(mistakes.cursor, "cursor", "is not the `next_cursor` of a response."))?;
        let matching: Vec<&T> = items.filter(|item| self.matches(item)).collect();
        let total = matching.len();
        let mut rest = matching.into_iter().filter(|item| after.is_empty() || key(item) > after.as_str());
        let page: Vec<&T> = rest.by_ref().take(limit).collect();
        let next = match (rest.next(), page.last()) {
            (Some(_), Some(last)) => URL_SAFE_NO_PAD.encode(key(last)),
            _ => String::new(),
        };
        Ok((page, json!({ "total": total, "next_cursor": next })))
    }
}

/// Returns the key in the cursor of the request: an empty string without a cursor, `None` if it is not one.
fn after(call: &Call<'_>) -> Option<String> {
    let cursor = call.parameters.string("cursor").unwrap_or_default();
    String::from_utf8(URL_SAFE_NO_PAD.decode(cursor).ok()?).ok()
}

fn mistake(error_type: Option<&'static ErrorType>, name: &str, complaint: &str) -> ApiError {
    error_type.map_or_else(|| ApiError::parameter(name, complaint), ApiError::from)
}
