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
    arriving: Event<String>,
    has_data: bool,
    is_first: bool,
    data: PhantomData<fn() -> T>,
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
    fn read(data: String, lines: &mut Lines) -> Result<Self, Error>;
}

impl<T: DeserializeOwned> EventData for T {
    fn read(data: String, lines: &mut Lines) -> Result<Self, Error> {
        lines.json(&data)
    }
}

impl EventData for Text {
    fn read(data: String, _: &mut Lines) -> Result<Self, Error> {
        Ok(Self(data))
    }
}

impl<T: EventData> Events<T> {
    /// Returns the next event. Returns `None` at the end and after an error.
    ///
    /// # Errors
    ///
    /// The data of an event does not match `T` or is too large; or the errors of [`ByteStream::next`].
    pub async fn next(&mut self) -> Option<Result<Event<T>, Error>> {
        poll_fn(|context| self.poll_event(context)).await
    }

    fn poll_event(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Event<T>, Error>>> {
        while let Some(line) = ready!(self.lines.poll_line(context)?) {
            let is_first = std::mem::take(&mut self.is_first);
            let line = line.strip_prefix('\u{FEFF}').filter(|_| is_first).unwrap_or(&line);
            if !line.is_empty() {
                self.field(line)?;
            } else if let Some(event) = self.complete() {
                if event.data == DONE {
                    return Poll::Ready(None);
                }
                let Event { name, id, retry, data } = event;
                let data = T::read(data, &mut self.lines);
                return Poll::Ready(Some(data.map(|data| Event { name, id, retry, data })));
            }
        }
        // An event without the empty line after it is incomplete, so it is ignored.
        Poll::Ready(None)
    }

    /// Returns the event that an empty line ends; `None` if it has no data.
    fn complete(&mut self) -> Option<Event<String>> {
        // The id also applies to the following events.
        let next = Event { id: self.arriving.id.clone(), ..Event::default() };
        let event = std::mem::replace(&mut self.arriving, next);
        std::mem::take(&mut self.has_data).then_some(event)
    }

    /// Processes a line of an event.
    fn field(&mut self, line: &str) -> Result<(), Error> {
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.arriving.name),
            "id" if !value.contains('\0') => value.clone_into(&mut self.arriving.id),
            "retry" if value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.arriving.retry = value.parse().ok().map(Duration::from_millis);
            }
            "data" => {
                let data = &mut self.arriving.data;
                if std::mem::replace(&mut self.has_data, true) {
                    data.push('\n');
                }
                data.push_str(value);
                if data.len() > self.lines.max_bytes() {
                    return Err(self.lines.too_large("the data of an event"));
                }
            }
            // A comment, or a field that is not known yet.
            _ => {}
        }
        Ok(())
    }
}

impl<T: EventData> FromResponse for Events<T> {
    const ACCEPT: &'static str = "text/event-stream";
    const ARRIVAL: Arrival = Arrival::Streamed;

    fn from_response(received: Received<'_>) -> Result<Self, Error> {
        let lines = Lines::new(ByteStream::from_response(received)?, Ends::AtEither);
        Ok(Self { lines, arriving: Event::default(), has_data: false, is_first: true, data: PhantomData })
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
