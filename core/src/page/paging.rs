//! The ways to the next page of a list.

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
