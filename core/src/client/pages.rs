//! Requests the pages of a list.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use http::header::LINK;
use url::Url;

use super::{Async, CallerWithOptions, Client, Mode, ResponseFuture};
use crate::call::{Core, Options};
use crate::endpoint::Request;
use crate::page::Paging;
use crate::{CallOptions, Error, ErrorKind, FromResponse, Page, Paged, Position, Reader, Received};

/// The pages of a list. Each page is requested when the previous one has been used.
///
/// On an async client it is a `Stream`, on a blocking one an `Iterator`. Each page is a separate call, with its own
/// timeout and retries. After an error there are no more pages; [`position`](Self::position) returns where you can
/// continue.
///
/// ```no_run
/// use declapi::{Client, Error, endpoint};
///
/// /// Lists names.
/// #[endpoint(get = "/names", response = Vec<String>, page(number = page))]
/// pub struct ListNames {
///     /// The number of the page.
///     pub page: Option<u32>,
/// }
///
/// # async fn example(client: Client) -> Result<(), Error> {
/// let mut pages = client.list_names().pages();
/// while let Some(page) = pages.next().await {
///     println!("{} names, the next page is {:?}", page?.len(), pages.position());
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "pages do nothing until they are polled or iterated"]
pub struct Pages<R, M = Async> {
    pager: Pager<R>,
    #[cfg_attr(
        not(feature = "blocking"),
        expect(dead_code, reason = "only a blocking client uses its mode")
    )]
    mode: M,
}

/// The items of all pages of a list. See [`Pages`].
///
/// ```no_run
/// # use declapi::{Client, Error, endpoint};
/// # /// Lists names.
/// # #[endpoint(get = "/names", response = Vec<String>, page(number = page))]
/// # pub struct ListNames {
/// #     /// The number of the page.
/// #     pub page: Option<u32>,
/// # }
/// # async fn example(client: Client) -> Result<(), Error> {
/// let mut names = client.list_names().items();
/// while let Some(name) = names.next().await {
///     println!("{}", name?);
/// }
/// # Ok(())
/// # }
/// ```
#[must_use = "items do nothing until they are polled or iterated"]
pub struct Items<R: Page, M = Async> {
    pages: Pages<R, M>,
    current: std::vec::IntoIter<R::Item>,
}

// No field is ever pinned.
impl<R: Page, M> Unpin for Items<R, M> {}

/// Requests one page after the other.
struct Pager<R> {
    core: Arc<Core>,
    options: Options,
    paging: Paging,
    /// The request for the first page, from which the requests for the other pages are made. `None` at the end.
    request: Option<Result<Request, Error>>,
    /// The start of the next page; `None` for the first page.
    position: Option<Position>,
    call: Option<ResponseFuture<Fetched<R>>>,
}

/// A page, and the links to the next page from its headers.
struct Fetched<R> {
    page: R,
    link: Option<String>,
    url: Option<Url>,
}

fn fetched<R: FromResponse>(received: Received<'_>) -> Result<Fetched<R>, Error> {
    // A server may send a separate header for each link. Some contain UTF-8, for example in a title.
    let links = received.headers().get_all(LINK).iter();
    let links: Vec<_> = links.map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
    let link = (!links.is_empty()).then(|| links.join(", "));
    let url = received.url();
    Ok(Fetched { page: R::from_response(received)?, link, url })
}

/// A caller that can request pages: a reference to a client of this crate.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot request pages",
    note = "call `pages` on a client of this crate, for example on the client inside of your type"
)]
pub trait PageCaller: Sized {
    /// Whether the pages are async or blocking.
    type Mode: Mode;

    /// Returns the pages of an endpoint, from the first one on.
    fn pages<E: Paged>(self, endpoint: &E) -> Pages<E::Response, Self::Mode>;

    /// Returns the pages of an endpoint. Each page is requested with the options.
    #[doc(hidden)]
    fn pages_with_options<E: Paged>(
        self,
        endpoint: &E,
        options: CallOptions,
    ) -> Pages<E::Response, Self::Mode> {
        self.pages(&endpoint.with_options(options))
    }
}

impl<M: Mode> PageCaller for &Client<M> {
    type Mode = M;

    fn pages<E: Paged>(self, endpoint: &E) -> Pages<E::Response, M> {
        let (request, paging) = (endpoint.request(), E::PAGING);
        let position =
            request.as_ref().ok().and_then(|request| paging.start(|at, name| request.value(at, name)));
        let pager = Pager {
            core: Arc::clone(&self.core),
            options: self.options,
            paging,
            request: Some(request),
            position,
            call: None,
        };
        Pages { pager, mode: self.mode.clone() }
    }
}

impl<C: PageCaller> PageCaller for CallerWithOptions<C> {
    type Mode = C::Mode;

    fn pages<E: Paged>(self, endpoint: &E) -> Pages<E::Response, C::Mode> {
        let (caller, options) = self.into_parts();
        caller.pages_with_options(endpoint, options)
    }

    fn pages_with_options<E: Paged>(self, endpoint: &E, later: CallOptions) -> Pages<E::Response, C::Mode> {
        let (caller, options) = self.into_parts();
        caller.pages_with_options(endpoint, options.and(later))
    }
}

impl<R: Page + FromResponse, M> Pages<R, M> {
    /// Starts at a position that [`position`](Self::position) returned earlier, instead of at the first page.
    pub fn starting_at(mut self, position: Position) -> Self {
        self.pager.position = Some(position);
        self
    }

    /// Returns the start of the next page. It is `None` after the last page, and before the first page unless the
    /// request sets its number or offset. After an error, it is the start of the page that failed.
    pub fn position(&self) -> Option<&Position> {
        self.pager.position.as_ref()
    }

    /// Returns an iterator or a stream of the items of the pages.
    pub fn into_items(self) -> Items<R, M> {
        Items { pages: self, current: Vec::new().into_iter() }
    }
}

impl<R: Page + FromResponse, M> Items<R, M> {
    /// Starts at a position that [`position`](Self::position) returned earlier, instead of at the first page.
    pub fn starting_at(self, position: Position) -> Self {
        Self { pages: self.pages.starting_at(position), ..self }
    }

    /// Returns the start of the next page, like [`Pages::position`]. The remaining items of the current page come
    /// before it.
    pub fn position(&self) -> Option<&Position> {
        self.pages.position()
    }
}

impl<R: Page + FromResponse> Pages<R> {
    /// Requests the next page. Returns `None` at the end and after an error.
    ///
    /// # Errors
    ///
    /// The call for the page fails, or the page names itself as the next page.
    pub async fn next(&mut self) -> Option<Result<R, Error>> {
        std::future::poll_fn(|context| self.pager.poll_page(context)).await
    }
}

impl<R: Page + FromResponse> Items<R> {
    /// Returns the next item and requests a page if necessary. Returns `None` at the end and after an error.
    ///
    /// # Errors
    ///
    /// The same as [`Pages::next`].
    pub async fn next(&mut self) -> Option<Result<R::Item, Error>> {
        std::future::poll_fn(|context| self.poll_item(context)).await
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<R::Item, Error>>> {
        loop {
            if let Some(item) = self.current.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(self.pages.pager.poll_page(context)) {
                Some(page) => self.current = page?.into_items().into_iter(),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<R: Page + FromResponse> Stream for Pages<R> {
    type Item = Result<R, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.pager.poll_page(context)
    }
}

impl<R: Page + FromResponse> Stream for Items<R> {
    type Item = Result<R::Item, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_item(context)
    }
}

#[cfg(feature = "blocking")]
impl<R: Page + FromResponse> Iterator for Pages<R, super::Blocking> {
    type Item = Result<R, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let Self { pager, mode } = self;
        let page = mode.block_on(std::future::poll_fn(|context| pager.poll_page(context)));
        // Blocking in async code is a mistake of the caller, and every further call would fail in the same way.
        page.unwrap_or_else(|error| Some(Err(pager.end(error))))
    }
}

#[cfg(feature = "blocking")]
impl<R: Page + FromResponse> Iterator for Items<R, super::Blocking> {
    type Item = Result<R::Item, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(item) = self.current.next() {
                return Some(Ok(item));
            }
            match self.pages.next()? {
                Ok(page) => self.current = page.into_items().into_iter(),
                Err(error) => return Some(Err(error)),
            }
        }
    }
}

impl<R: Page + FromResponse> Pager<R> {
    fn poll_page(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<R, Error>>> {
        let Self { core, options, paging, request, position, call } = self;
        let call = match (call, request) {
            (Some(call), _) => call,
            (None, None) => return Poll::Ready(None),
            (call, Some(request)) => {
                let request = request.clone().and_then(|request| at(request, *paging, position.as_ref()));
                let reader = Reader::by::<R>(fetched::<R>);
                call.insert(ResponseFuture::new(core, *options, reader, request))
            }
        };
        let fetched = ready!(Pin::new(call).poll(context));
        self.call = None;
        Poll::Ready(Some(match fetched {
            Ok(fetched) => self.advance(fetched),
            Err(error) => Err(self.end(error)),
        }))
    }

    /// Stores the start of the next page.
    fn advance(&mut self, fetched: Fetched<R>) -> Result<R, Error> {
        let Fetched { page, link, url } = fetched;
        let said = page.next_position();
        let next = self.paging.next(self.position.as_ref(), said, link.as_deref(), page.item_count());
        let is_url = self.paging.is_by_url();
        let next = next.map(|next| if is_url { next.relative_to(url.as_ref()) } else { next });
        if next.is_some() && next == self.position {
            let error = Error::new(
                ErrorKind::Decode,
                "the response names its own page as the next one, so the list would never end",
            );
            let info = self.request.as_ref().and_then(|request| Some(request.as_ref().ok()?.info));
            return Err(self.end(match info {
                Some(info) => error.at(info),
                None => error,
            }));
        }
        if next.is_none() {
            self.request = None;
        }
        self.position = next;
        Ok(page)
    }

    fn end(&mut self, error: Error) -> Error {
        (self.request, self.call) = (None, None);
        error
    }
}

/// Returns the request for the page at a position.
fn at(mut request: Request, paging: Paging, position: Option<&Position>) -> Result<Request, Error> {
    let Some(position) = position else { return Ok(request) };
    match position.as_url().filter(|_| paging.is_by_url()) {
        Some(url) => request.set_url(url)?,
        None => paging.extras(position).merge(&mut request)?,
    }
    Ok(request)
}

impl<R, M> fmt::Debug for Pages<R, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages").field("position", &self.pager.position).finish_non_exhaustive()
    }
}

impl<R: Page, M> fmt::Debug for Items<R, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items").field("position", &self.pages.pager.position).finish_non_exhaustive()
    }
}
