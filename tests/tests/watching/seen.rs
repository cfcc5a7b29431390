//! A subscriber that records the spans and events of the client.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::sync::{Arc, Mutex, MutexGuard};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Event, Subscriber};
use tracing_subscriber::Layer;
use tracing_subscriber::layer::{Context, SubscriberExt};
use tracing_subscriber::registry::LookupSpan;

/// A span or an event as text.
pub(crate) type Fields = BTreeMap<String, String>;

/// All spans and events.
#[derive(Clone, Default)]
pub(crate) struct Seen(Arc<Mutex<Said>>);

#[derive(Default)]
struct Said {
    spans: Vec<(Id, Fields)>,
    closed: usize,
    events: Vec<Fields>,
}

impl Seen {
    /// Records on this thread until the guard is dropped.
    pub(crate) fn listen() -> (Self, DefaultGuard) {
        let seen = Self::default();
        let subscriber = tracing_subscriber::registry().with(seen.clone());
        (seen, tracing::subscriber::set_default(subscriber))
    }

    pub(crate) fn spans(&self) -> Vec<Fields> {
        self.said().spans.iter().map(|(_, fields)| fields.clone()).collect()
    }

    pub(crate) fn events(&self) -> Vec<Fields> {
        self.said().events.clone()
    }

    /// Returns the number of open spans.
    pub(crate) fn open(&self) -> usize {
        let said = self.said();
        said.spans.len() - said.closed
    }

    fn said(&self) -> MutexGuard<'_, Said> {
        self.0.lock().unwrap()
    }
}

struct Reader<'f>(&'f mut Fields);

impl Visit for Reader<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.insert(field.name().to_owned(), format!("{value:?}"));
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.0.insert(field.name().to_owned(), value.to_owned());
    }
}

impl<S: Subscriber + for<'s> LookupSpan<'s>> Layer<S> for Seen {
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, _: Context<'_, S>) {
        if attributes.metadata().target() == "declapi" {
            let mut fields = Fields::from([("name".to_owned(), attributes.metadata().name().to_owned())]);
            attributes.record(&mut Reader(&mut fields));
            self.said().spans.push((id.clone(), fields));
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, _: Context<'_, S>) {
        // The id of a closed span can be used again.
        let mut said = self.said();
        if let Some((_, fields)) = said.spans.iter_mut().rev().find(|(known, _)| known == id) {
            values.record(&mut Reader(fields));
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        if event.metadata().target() == "declapi" {
            let mut fields = Fields::new();
            event.record(&mut Reader(&mut fields));
            let span = context.event_span(event).map(|span| span.name().to_owned());
            fields.insert("in".to_owned(), span.unwrap_or_default());
            self.said().events.push(fields);
        }
    }

    fn on_close(&self, id: Id, _: Context<'_, S>) {
        let mut said = self.said();
        if said.spans.iter().any(|(known, _)| *known == id) {
            said.closed += 1;
        }
    }
}
