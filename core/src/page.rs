//! Responses that come in pages: what a page is, and where the next one starts.

mod link;
mod paging;

use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

pub use self::paging::Paging;
use crate::{Endpoint, FromResponse, WithOptions};

/// A response that is one of several pages.
///
/// `Vec<T>` is a page of its elements. Mark the fields of a `#[response]`, or implement it for an API with a rule of its own:
///
/// ```
/// use declapi::{Page, Position, response};
///
/// /// A list of Stripe.
/// #[response]
/// pub struct List<T> {
///     /// The objects.
///     pub data: Vec<T>,
///     /// Whether there are more.
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
    message = "`{Self}` is no page of a list",
    label = "`declapi::Page` is missing here",
    note = "mark its fields with `#[response(items)]` and `#[response(next)]`, or implement `declapi::Page`"
)]
pub trait Page {
    /// What a page has several of.
    type Item;

    /// Whether it says where the next page starts.
    #[doc(hidden)]
    const SAYS_NEXT: bool = true;

    /// Returns where the next page starts; `None` at the end.
    ///
    /// Only a cursor and a URL in the body come from here. Default: `None`.
    fn next_position(&self) -> Option<Position> {
        None
    }

    /// Returns how many items the page has. A page without any is the last one where pages or items are counted.
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

/// Where a page starts: a cursor, a number, or a URL, as the API gave it.
///
/// It is plain data, so that a job can store it and go on later: see [`Pages::starting_at`](crate::Pages::starting_at).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Position(Value);

impl Position {
    /// Makes a position of a cursor; `None` at the end: for null, `false`, 0 and an empty string, and for what JSON cannot
    /// represent.
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
            // Where a list begins is never where its next page does, and it is what a missing number is read as.
            Value::Number(number) if number.as_f64() == Some(0.0) => None,
            value => Some(Self(value)),
        }
    }

    fn number(&self) -> Option<u64> {
        self.0.as_u64().or_else(|| self.0.as_str()?.parse().ok())
    }

    /// Returns the position as a URL, for one that is.
    pub(crate) fn as_url(&self) -> Option<&str> {
        self.0.as_str()
    }

    /// Returns a URL that a response gives relative to its own.
    pub(crate) fn relative_to(self, base: Option<&Url>) -> Self {
        let whole = base.zip(self.as_url()).and_then(|(base, url)| base.join(url).ok());
        whole.map_or(self, |url| Self(url.to_string().into()))
    }
}

/// An endpoint whose response comes in pages, as `page(…)` declares it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not come in pages",
    note = "declare how the next page is requested, as in `page(cursor = after)`, `page(number = page)` or `page(link)`"
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
}
