//! The filters of searches, and the total number of results.

use std::marker::PhantomData;

use declapi::{open_enum, response};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{M2mClient, User};
use crate::JsonObject;

/// The query of a search: all filters must match, or at least one of them.
///
/// A search without a query, or without filters, returns all results.
///
/// ```
/// use stytch_client::models::{SearchQuery, UserFilter};
///
/// let query = SearchQuery::all([
///     UserFilter::email_verified(true),
///     UserFilter::email_address(["ada@example.com", "grace@example.com"]),
/// ]);
/// assert_eq!(query.operands.len(), 2);
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(bound = "")]
#[non_exhaustive]
pub struct SearchQuery<T> {
    /// Whether all filters must match, or at least one of them.
    pub operator: SearchOperator,
    /// The filters.
    pub operands: Vec<Filter<T>>,
}

impl<T> SearchQuery<T> {
    /// Creates a query that matches if all filters match.
    pub fn all(filters: impl IntoIterator<Item = Filter<T>>) -> Self {
        Self { operator: SearchOperator::And, operands: filters.into_iter().collect() }
    }

    /// Creates a query that matches if at least one filter matches. For users, Stytch has deprecated it.
    pub fn any(filters: impl IntoIterator<Item = Filter<T>>) -> Self {
        Self { operator: SearchOperator::Or, operands: filters.into_iter().collect() }
    }
}

open_enum! {
    /// How many of the filters of a search must match.
    pub enum SearchOperator {
        /// At least one.
        Or = "OR",
        /// All of them.
        And = "AND",
    }
}

/// A filter of a search: a [`UserFilter`] or an [`M2mClientFilter`].
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(transparent, bound = "")]
pub struct Filter<T> {
    fields: JsonObject,
    of: PhantomData<fn() -> T>,
}

/// A filter of a search for users.
///
/// Each filter has the type of its values: a string is not accepted for a boolean, and a single id is not accepted for a
/// list.
///
/// ```compile_fail,E0308
/// stytch_client::models::UserFilter::email_verified("true");
/// ```
///
/// ```compile_fail,E0277
/// stytch_client::models::UserFilter::user_id(true);
/// ```
pub type UserFilter = Filter<User>;

/// A filter of a search for M2M clients.
pub type M2mClientFilter = Filter<M2mClient>;

impl<T> Filter<T> {
    /// Creates a filter that this version does not know.
    ///
    /// ```
    /// let filter = stytch_client::models::UserFilter::other("shoe_size", 43);
    /// assert_eq!(serde_json::to_string(&filter)?, r#"{"filter_name":"shoe_size","filter_value":43}"#);
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub fn other(name: impl Into<String>, value: impl Into<Value>) -> Self {
        let name = ("filter_name".to_owned(), Value::String(name.into()));
        JsonObject::from_iter([name, ("filter_value".to_owned(), value.into())]).into()
    }

    /// Creates a filter for one of these strings.
    pub(super) fn any_of(name: &'static str, values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::other(name, values.into_iter().map(Into::into).collect::<Vec<String>>())
    }
}

impl M2mClientFilter {
    /// Matches the clients with these ids.
    pub fn client_id(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("client_id", values)
    }

    /// Matches the clients with these names.
    pub fn client_name(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("client_name", values)
    }

    /// Matches clients with one of these scopes.
    pub fn scopes(values: impl IntoIterator<Item = impl Into<String>>) -> Self {
        Self::any_of("scopes", values)
    }
}

impl<T> From<JsonObject> for Filter<T> {
    /// Creates a filter from the JSON that Stytch documents.
    fn from(fields: JsonObject) -> Self {
        Self { fields, of: PhantomData }
    }
}

/// The total number of results, and the start of the next page.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct ResultsMetadata {
    /// The total number of results on all pages; -1 if Stytch has not counted them.
    pub total: i64,
    /// The start of the next page; `None` on the last page.
    pub next_cursor: Option<String>,
}
