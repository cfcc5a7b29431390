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

/// The data of the last event of some APIs, which is no JSON.
const DONE: &str = "[DONE]";

/// Server-sent events: what `response = Events<T>` reads, also as the response to a `POST`.
///
/// The data of each event is read as JSON into a `T`, or taken as it is by `Events<Text>`. The stream ends with the body,
/// and with the data `[DONE]`. It is not connected again. The data of one event may have up to
/// [`max_response_bytes`](crate::ClientBuilder::max_response_bytes). Time is limited as that of a [`ByteStream`].
///
/// ```
/// use declapi::{Client, Error, Events, endpoint};
///
/// /// Follows what happens.
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

/// One server-sent event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// The type of the event; empty if the server gives none.
    pub name: String,
    /// The latest id that the server gave; empty if it gave none.
    pub id: String,
    /// How long the server asks to wait before a new connection, if it asks.
    pub retry: Option<Duration>,
    /// The data.
    pub data: T,
}

/// What the data of an event can be read into.
pub trait EventData: Sized {
    /// Reads the data, or ends the stream.
    ///
    /// # Errors
    ///
    /// The data is not what the type takes.
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
    /// Returns the next event; `None` at the end, and after an error.
    ///
    /// # Errors
    ///
    /// The data of an event is not what `T` takes or is too large; or as [`ByteStream::next`].
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
        // An event without the empty line behind it was cut off, and does not count.
        Poll::Ready(None)
    }

    /// The event that an empty line ends; `None` if there is no data.
    fn complete(&mut self) -> Option<Event<String>> {
        // The id stays for the events behind it.
        let next = Event { id: self.arriving.id.clone(), ..Event::default() };
        let event = std::mem::replace(&mut self.arriving, next);
        std::mem::take(&mut self.has_data).then_some(event)
    }

    /// Takes one line of an event.
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
            // A comment, or a field of tomorrow.
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
