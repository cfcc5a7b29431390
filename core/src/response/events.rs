//! Server-sent events.

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures_core::Stream;
use serde::de::DeserializeOwned;

use super::from_response::{Arrival, FromResponse};
use super::lines::{Ends, Lines};
use super::received::Received;
use super::stream::ByteStream;
use super::whole::Text;
use crate::Error;

/// The data with which some APIs end a stream. It is not JSON.
const DONE: &str = "[DONE]";

/// A stream of server-sent events, for `response = Events<T>`. It also works for a `POST`.
///
/// The data of each event is read as JSON into a `T`; `Events<Text>` reads it as text. The stream ends at the end of
/// the body, or at an event with the data `[DONE]`. It does not reconnect. The data of one event can be at most
/// [`max_response_bytes`](crate::ClientBuilder::max_response_bytes) long. The timeouts are those of a [`ByteStream`].
///
/// ```
/// use declapi::{Client, Error, Events, endpoint};
///
/// /// Follows the events.
/// #[endpoint(get = "/events", response = Events)]
/// pub struct Follow;
///
/// # async fn example(client: Client) -> Result<(), Error> {
/// let mut events = client.follow().send().await?;
/// while let Some(event) = events.next().await {
///     let event = event?;
///     println!("{} {}: {}", event.id, event.name, &*event.data);
/// }
/// # Ok(())
/// # }
/// ```
pub struct Events<T = Text> {
    lines: Lines,
    arriving: Arriving,
    data: PhantomData<fn() -> T>,
}

/// The event that is arriving.
#[derive(Default)]
struct Arriving {
    name: String,
    id: String,
    retry: Option<Duration>,
    data: String,
    has_data: bool,
    /// Whether one of the lines is a field or a comment. `None` if all of them are empty.
    is_stream: Option<bool>,
    /// Whether the stream has begun, so that a byte order mark has no meaning any more.
    has_begun: bool,
}

/// A server-sent event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// The type of the event. Empty if the server does not send one.
    pub name: String,
    /// The last id that the server has sent. Empty if it has not sent one.
    pub id: String,
    /// The delay that the server requests before a new connection.
    pub retry: Option<Duration>,
    /// The data.
    pub data: T,
}

/// A type for the data of an event.
pub trait EventData: Sized {
    /// Reads the data, or ends the stream.
    ///
    /// # Errors
    ///
    /// The data does not match the type.
    fn read(data: &mut String, lines: &mut Lines) -> Result<Self, Error>;
}

impl<T: DeserializeOwned> EventData for T {
    fn read(data: &mut String, lines: &mut Lines) -> Result<Self, Error> {
        lines.json(data).map_err(|error| lines.fail(error))
    }
}

impl EventData for Text {
    fn read(data: &mut String, _: &mut Lines) -> Result<Self, Error> {
        Ok(Self(std::mem::take(data)))
    }
}

impl<T: EventData> Events<T> {
    /// Returns the next event. Returns `None` at the end and after an error.
    ///
    /// # Errors
    ///
    /// The data of an event does not match `T` or is too large; the body is not a stream of events; or the errors of
    /// [`ByteStream::next`].
    pub async fn next(&mut self) -> Option<Result<Event<T>, Error>> {
        poll_fn(|context| self.poll_event(context)).await
    }

    fn poll_event(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Event<T>, Error>>> {
        while let Some(line) = ready!(self.lines.poll_line(context)?) {
            let is_complete = self.arriving.read(self.lines.text(line));
            if self.arriving.data.len() > self.lines.max_bytes() {
                return Poll::Ready(Some(Err(self.lines.too_large("the data of an event"))));
            }
            if is_complete {
                if self.arriving.data == DONE {
                    self.lines.end();
                    return Poll::Ready(None);
                }
                return Poll::Ready(Some(self.complete()));
            }
        }
        // Otherwise a page of a proxy, or an error that the API sends as a success, would be a stream without events.
        if self.arriving.is_stream == Some(false) {
            self.arriving.is_stream = None;
            return Poll::Ready(Some(Err(self.lines.no_events())));
        }
        // An event without the empty line after it is incomplete, so it is ignored.
        Poll::Ready(None)
    }

    /// Returns the event that has arrived.
    fn complete(&mut self) -> Result<Event<T>, Error> {
        let data = T::read(&mut self.arriving.data, &mut self.lines)?;
        let Arriving { name, id, retry, .. } = &self.arriving;
        let event = Event { name: name.clone(), id: id.clone(), retry: *retry, data };
        self.arriving.clear();
        Ok(event)
    }
}

impl Arriving {
    /// Processes a line. Returns whether it completes an event: it is empty, and there is data.
    fn read(&mut self, line: &str) -> bool {
        let is_first = !std::mem::replace(&mut self.has_begun, true);
        let line = if is_first { line.strip_prefix('\u{FEFF}').unwrap_or(line) } else { line };
        if !line.is_empty() {
            self.field(line);
        } else if self.has_data {
            return true;
        } else {
            self.clear();
        }
        false
    }

    /// Processes a field of an event.
    fn field(&mut self, line: &str) {
        // The names of fields are short, so this is faster than `split_once`.
        let colon = line.bytes().position(|byte| byte == b':');
        let (field, value) = colon.map_or((line, ""), |at| (&line[..at], &line[at + 1..]));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.name),
            "id" if !value.contains('\0') => value.clone_into(&mut self.id),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = value.parse().ok().map(Duration::from_millis);
            }
            "data" => {
                if std::mem::replace(&mut self.has_data, true) {
                    self.data.push('\n');
                }
                self.data.push_str(value);
            }
            // A comment.
            "" => {}
            // A field that is not known yet.
            _ => {
                self.is_stream = self.is_stream.or(Some(false));
                return;
            }
        }
        self.is_stream = Some(true);
    }

    /// Begins the next event, which keeps the id.
    fn clear(&mut self) {
        self.name.clear();
        self.data.clear();
        (self.retry, self.has_data) = (None, false);
    }
}

impl<T: EventData> FromResponse for Events<T> {
    const ACCEPT: &'static str = "text/event-stream";
    const ARRIVAL: Arrival = Arrival::Streamed;

    fn from_response(received: Received<'_>) -> Result<Self, Error> {
        let lines = Lines::new(ByteStream::from_response(received)?, Ends::AtEither);
        Ok(Self { lines, arriving: Arriving::default(), data: PhantomData })
    }
}

impl<T: EventData> Stream for Events<T> {
    type Item = Result<Event<T>, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_event(context)
    }
}

impl<T> fmt::Debug for Events<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Events").finish_non_exhaustive()
    }
}
