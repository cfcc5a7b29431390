//! What is inside the types that a response can be read into, for descriptions.

use super::{Events, JsonLines, Response};
use crate::{Describe, JsonKind};

impl<T: Describe> Describe for Response<T> {
    const KIND: JsonKind = T::KIND;
}

impl<T: Describe> Describe for JsonLines<T> {
    const KIND: JsonKind = JsonKind::List(&T::KIND);
}

impl<T: Describe> Describe for Events<T> {
    const KIND: JsonKind = JsonKind::List(&T::KIND);
}
