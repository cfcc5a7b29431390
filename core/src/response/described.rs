//! The JSON types of the response types.

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
