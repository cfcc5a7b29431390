//! Responses that come in pages: what a page is, and where the next one starts.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

use crate::endpoint::Extras;
use crate::{BodyFormat, Endpoint, FromResponse, Location, WithOptions};

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

/// How the next page is requested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paging(Kind);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Cursor(Location, &'static str),
    /// Pages are counted from this number on.
    Number(Location, &'static str, u64),
    Offset(Location, &'static str),
    Link,
    Url,
}

impl Paging {
    /// By a cursor or a token of the response, in a field of the request.
    pub const fn cursor(location: Location, name: &'static str) -> Self {
        Self(Kind::Cursor(location, name))
    }

    /// By the number of the page, in a field of the request; the first one has number `first`.
    pub const fn number(location: Location, name: &'static str, first: u64) -> Self {
        Self(Kind::Number(location, name, first))
    }

    /// By how many items came before, in a field of the request.
    pub const fn offset(location: Location, name: &'static str) -> Self {
        Self(Kind::Offset(location, name))
    }

    /// By the URL in the header `Link` that has `rel="next"`.
    pub const fn link() -> Self {
        Self(Kind::Link)
    }

    /// By a URL in the response.
    pub const fn url() -> Self {
        Self(Kind::Url)
    }

    /// Rejects, when the endpoint is compiled, a response that does not say what this way needs: the first page would be
    /// taken for the last one.
    #[doc(hidden)]
    #[must_use]
    pub const fn of<E: Paged>(self) -> Self {
        assert!(
            <E::Response as Page>::SAYS_NEXT || !matches!(self.0, Kind::Cursor(..) | Kind::Url),
            "the response does not say where the next page starts: write a struct with `#[response]`, and mark the field \
             that says it with `#[response(next)]`"
        );
        self
    }

    /// Rejects, when the endpoint is compiled, a format of the body in which no field can be changed.
    #[doc(hidden)]
    #[must_use]
    pub const fn inside<F: BodyFormat>(self) -> Self {
        let kind = F::CONTENT_TYPE.as_bytes();
        assert!(
            ends_with(kind, b"application/json")
                || ends_with(kind, b"+json")
                || ends_with(kind, b"-www-form-urlencoded"),
            "in this format of the body, no field can get another value for the next page: send it in the query or a \
             header, or the body as JSON, `Form` or `NestedForm`"
        );
        self
    }

    /// Whether a position is the whole URL of the next request.
    pub(crate) fn is_by_url(self) -> bool {
        matches!(self.0, Kind::Link | Kind::Url)
    }

    /// Returns what a request has in place of its own cursor.
    pub(crate) fn extras(self, position: &Position) -> Extras {
        let mut extras = Extras::default();
        let (Kind::Cursor(location, name) | Kind::Number(location, name, _) | Kind::Offset(location, name)) =
            self.0
        else {
            return extras;
        };
        match location {
            Location::Body => extras.body(name, &position.0),
            Location::Header => extras.header(name, &text(&position.0)),
            _ => extras.query(name, &position.0),
        }
        extras
    }

    /// Returns where the page after one starts; `said` is what the response says, and `link` its header.
    pub(crate) fn next(
        self,
        at: Option<&Position>,
        said: Option<Position>,
        link: Option<&str>,
        items: usize,
    ) -> Option<Position> {
        let counted = |start: u64, step: u64| {
            let at = at.map_or(Some(start), Position::number)?;
            (items > 0).then(|| Position(at.saturating_add(step).into()))
        };
        match self.0 {
            Kind::Cursor(..) | Kind::Url => said,
            Kind::Number(_, _, first) => counted(first, 1),
            Kind::Offset(..) => counted(0, items as u64),
            Kind::Link => Position::of(&next_link(link?)?),
        }
    }

    /// Reads where a request starts that has its own page number or offset.
    pub(crate) fn start(self, value: impl FnOnce(Location, &str) -> Option<String>) -> Option<Position> {
        match self.0 {
            Kind::Number(location, name, _) | Kind::Offset(location, name) => {
                Some(Position(value(location, name)?.parse::<u64>().ok()?.into()))
            }
            Kind::Cursor(..) | Kind::Link | Kind::Url => None,
        }
    }
}

/// What `slice::ends_with` is where it is not constant.
const fn ends_with(text: &[u8], end: &[u8]) -> bool {
    let mut at = 0;
    while at < end.len() && at < text.len() {
        if text[text.len() - 1 - at] != end[end.len() - 1 - at] {
            return false;
        }
        at += 1;
    }
    at == end.len()
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// The target with `rel="next"` in a `Link` header (RFC 8288).
fn next_link(header: &str) -> Option<&str> {
    let mut rest = header;
    while let Some((_, target)) = rest.split_once('<') {
        let (target, parameters) = target.split_once('>')?;
        let end = unquoted(parameters, ',').unwrap_or(parameters.len());
        if is_next(&parameters[..end]) {
            return Some(target.trim());
        }
        rest = &parameters[end..];
    }
    None
}

/// Whether the parameters of a link have `rel="next"`.
fn is_next(mut parameters: &str) -> bool {
    loop {
        let end = unquoted(parameters, ';').unwrap_or(parameters.len());
        let (name, value) = parameters[..end].split_once('=').unwrap_or((&parameters[..end], ""));
        let mut relations = value.trim().trim_matches('"').split_ascii_whitespace();
        if name.trim().eq_ignore_ascii_case("rel") {
            // Of several, the first counts.
            return relations.any(|relation| relation.eq_ignore_ascii_case("next"));
        }
        match parameters.get(end + 1..) {
            Some(rest) => parameters = rest,
            None => return false,
        }
    }
}

/// Where a sign is that is not in a quoted string.
fn unquoted(text: &str, sign: char) -> Option<usize> {
    let (mut is_quoted, mut is_escaped) = (false, false);
    text.char_indices().find_map(|(at, character)| {
        if std::mem::take(&mut is_escaped) {
            return None;
        }
        match character {
            '"' => is_quoted = !is_quoted,
            '\\' => is_escaped = is_quoted,
            _ => return (character == sign && !is_quoted).then_some(at),
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_read_as_the_rfc_says() {
        for (header, next) in [
            (r#"<https://a.example/?page=2>; rel="next""#, Some("https://a.example/?page=2")),
            (r#"</?page=1>; rel="prev", </?page=3>; rel="next", </?page=9>; rel="last""#, Some("/?page=3")),
            (r"</a>;rel=next", Some("/a")),
            (r#"</a,b;c>; title="x, <y>; rel=\"next"; rel="last", </b>; REL="first Next""#, Some("/b")),
            (r#"</a>; rel="prefetch""#, None),
            (r#"</a>; rel="nextish""#, None),
            ("", None),
            ("<", None),
            ("</a", None),
            ("</a>", None),
        ] {
            assert_eq!(next_link(header), next, "{header}");
        }
    }

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
