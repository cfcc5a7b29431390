//! How the next page of a list is requested.

use serde_json::Value;

use super::link::next_link;
use super::{Page, Paged, Position};
use crate::endpoint::Extras;
use crate::{BodyFormat, Location};

/// How the next page is requested.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paging(Kind);

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Cursor(Location, &'static str),
    /// Pages have numbers, which start with this one.
    Number(Location, &'static str, u64),
    Offset(Location, &'static str),
    Link,
    Url,
}

impl Paging {
    /// A field of the request is set to a cursor or a token from the response.
    pub const fn cursor(location: Location, name: &'static str) -> Self {
        Self(Kind::Cursor(location, name))
    }

    /// A field of the request is set to the number of the page. The first page has the number `first`.
    pub const fn number(location: Location, name: &'static str, first: u64) -> Self {
        Self(Kind::Number(location, name, first))
    }

    /// A field of the request is set to the number of items before the page.
    pub const fn offset(location: Location, name: &'static str) -> Self {
        Self(Kind::Offset(location, name))
    }

    /// The next URL is in the header `Link` with `rel="next"`.
    pub const fn link() -> Self {
        Self(Kind::Link)
    }

    /// The next URL is in the body of the response.
    pub const fn url() -> Self {
        Self(Kind::Url)
    }

    /// Fails to compile if the response type does not contain the start of the next page. Otherwise the first page
    /// would be treated as the last one.
    #[doc(hidden)]
    #[must_use]
    pub const fn of<E: Paged>(self) -> Self {
        assert!(
            <E::Response as Page>::SAYS_NEXT || !matches!(self.0, Kind::Cursor(..) | Kind::Url),
            "the response type does not contain the start of the next page: write a struct with `#[response]`, and \
             mark the field for it with `#[response(next)]`"
        );
        self
    }

    /// Fails to compile if the field is in a body whose format does not allow changes to a field.
    #[doc(hidden)]
    #[must_use]
    pub const fn inside<F: BodyFormat>(self) -> Self {
        let kind = F::CONTENT_TYPE.as_bytes();
        assert!(
            ends_with(kind, b"application/json")
                || ends_with(kind, b"+json")
                || ends_with(kind, b"-www-form-urlencoded"),
            "the field for the next page cannot be changed in this body format: send the field in the query or a \
             header, or use JSON, `Form` or `NestedForm` for the body"
        );
        self
    }

    /// Returns whether a position is the whole URL of the next request.
    pub(crate) fn is_by_url(self) -> bool {
        matches!(self.0, Kind::Link | Kind::Url)
    }

    /// Returns the changes to the request for the page at a position.
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

    /// Returns the start of the next page. `said` is the position from the response, and `link` its header.
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

    /// Reads the start position from a request that sets its own page number or offset.
    pub(crate) fn start(self, value: impl FnOnce(Location, &str) -> Option<String>) -> Option<Position> {
        match self.0 {
            Kind::Number(location, name, _) | Kind::Offset(location, name) => {
                Some(Position(value(location, name)?.parse::<u64>().ok()?.into()))
            }
            Kind::Cursor(..) | Kind::Link | Kind::Url => None,
        }
    }
}

/// A constant version of `slice::ends_with`.
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
