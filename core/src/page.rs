//! Responses that are pages of a list.

mod link;
mod paging;

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

pub use self::paging::Paging;
use crate::{Endpoint, FromResponse, Response, WithOptions};

/// A response that is one page of a list.
///
/// `Vec<T>` is a page of its elements. For other types, mark the fields of a `#[response]`, or implement the trait by
/// hand:
///
/// ```
/// use declapi::{Page, Position, response};
///
/// /// A list of the Stripe API.
/// #[response]
/// pub struct List<T> {
///     /// The objects.
///     pub data: Vec<T>,
///     /// Whether there are more objects.
///     pub has_more: bool,
/// }
///
/// /// A customer.
/// #[response]
/// pub struct Customer {
///     /// The id of the customer.
///     pub id: String,
/// }
///
/// impl Page for List<Customer> {
///     type Item = Customer;
///
///     fn next_position(&self) -> Option<Position> {
///         let last = self.data.last().filter(|_| self.has_more)?;
///         Position::of(&last.id)
///     }
///
///     fn item_count(&self) -> usize {
///         self.data.len()
///     }
///
///     fn into_items(self) -> Vec<Customer> {
///         self.data
///     }
/// }
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a page of a list",
    label = "`declapi::Page` is missing here",
    note = "mark its fields with `#[response(items)]` and `#[response(next)]`, or implement `declapi::Page`"
)]
pub trait Page {
    /// The type of the items.
    type Item;

    /// Whether the response says where the next page starts.
    #[doc(hidden)]
    const SAYS_NEXT: bool = true;

    /// Returns the start of the next page; `None` at the end.
    ///
    /// Return only a cursor or a URL from the body here. Default: `None`.
    fn next_position(&self) -> Option<Position> {
        None
    }

    /// Returns the number of items of the page. If pages or items are counted, a page without items is the last one.
    fn item_count(&self) -> usize;

    /// Returns the items.
    fn into_items(self) -> Vec<Self::Item>;
}

impl<T> Page for Vec<T> {
    type Item = T;

    const SAYS_NEXT: bool = false;

    fn item_count(&self) -> usize {
        self.len()
    }

    fn into_items(self) -> Self {
        self
    }
}

/// A page with its headers, which may contain for example the total number of items.
impl<T: Page> Page for Response<T> {
    type Item = T::Item;

    const SAYS_NEXT: bool = T::SAYS_NEXT;

    fn next_position(&self) -> Option<Position> {
        self.value.next_position()
    }

    fn item_count(&self) -> usize {
        self.value.item_count()
    }

    fn into_items(self) -> Vec<T::Item> {
        self.value.into_items()
    }
}

/// The start of a page: a cursor, a number or a URL from the API.
///
/// It is plain data, so a job can store it and continue later: see [`Pages::starting_at`](crate::Pages::starting_at).
///
/// `Debug` does not show the query of a URL, because many servers repeat the credentials of the request in it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Position(Value);

impl Position {
    /// Creates a position from a cursor. Returns `None` for null, `false`, 0 and an empty string, which mean the end of
    /// the list, and for values that JSON cannot represent.
    ///
    /// ```
    /// use declapi::Position;
    ///
    /// assert!(Position::of("cus_4QE").is_some());
    /// assert_eq!(Position::of(&None::<String>), None);
    /// assert_eq!(Position::of(&0), None);
    /// ```
    pub fn of(cursor: &(impl Serialize + ?Sized)) -> Option<Self> {
        match serde_json::to_value(cursor).ok()? {
            Value::Null | Value::Bool(false) => None,
            Value::String(text) if text.is_empty() => None,
            // 0 is the start of the list, never of the next page. It is also the default of a missing number.
            Value::Number(number) if number.as_f64() == Some(0.0) => None,
            value => Some(Self(value)),
        }
    }

    fn number(&self) -> Option<u64> {
        self.0.as_u64().or_else(|| self.0.as_str()?.parse().ok())
    }

    /// Returns the position as a URL, if it is one.
    pub(crate) fn as_url(&self) -> Option<&str> {
        self.0.as_str()
    }

    /// Resolves a URL that is relative to the URL of the response.
    pub(crate) fn relative_to(self, base: Option<&Url>) -> Self {
        let whole = base.zip(self.as_url()).and_then(|(base, url)| base.join(url).ok());
        whole.map_or(self, |url| Self(url.to_string().into()))
    }
}

impl fmt::Debug for Position {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let is_url = self.as_url().is_some_and(|text| text.contains("://"));
        let shown = match self.as_url().and_then(|text| text.split_once('?')) {
            Some((before, _)) if is_url => Value::from(format!("{before}?…")),
            _ => self.0.clone(),
        };
        f.debug_tuple("Position").field(&shown).finish()
    }
}

/// An endpoint whose response is a page. `page(…)` declares it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no pages",
    note = "declare how the next page is requested, for example with `page(cursor = after)`, `page(number = page)` or `page(link)`"
)]
pub trait Paged: Endpoint<Response: Page + FromResponse> {
    /// How the next page is requested.
    const PAGING: Paging;
}

impl<E: Paged> Paged for WithOptions<'_, E> {
    const PAGING: Paging = E::PAGING;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_are_plain_data() {
        assert_eq!(Position::of("").as_ref(), None);
        assert_eq!(Position::of(&None::<u8>), None);
        assert_eq!((Position::of(&0), Position::of(&false)), (None, None));
        for (position, json) in [(Position::of("a"), "\"a\""), (Position::of(&Some(7)), "7")] {
            let position = position.unwrap();
            assert_eq!(serde_json::to_string(&position).unwrap(), json);
            assert_eq!(serde_json::from_str::<Position>(json).unwrap(), position);
        }
    }

    #[test]
    fn the_query_of_a_url_is_not_shown() {
        let shown = |cursor: &str| format!("{:?}", Position::of(cursor).unwrap());
        assert_eq!(
            shown("https://api.example.com/a?key=secret&page=2"),
            r#"Position(String("https://api.example.com/a?…"))"#
        );
        assert_eq!(shown("what?"), r#"Position(String("what?"))"#);
    }
}
