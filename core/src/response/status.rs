//! Provides the HTTP status to deserializers of bodies that also contain it.

use std::cell::Cell;

thread_local! {
    /// The status of the response that this thread is reading.
    static STATUS: Cell<Option<u16>> = const { Cell::new(None) };
}

/// Runs a deserializer while the status is available.
pub(super) fn while_reading<T>(status: u16, read: impl FnOnce() -> T) -> T {
    struct Restored(Option<u16>);

    impl Drop for Restored {
        fn drop(&mut self) {
            STATUS.set(self.0);
        }
    }

    let _before = Restored(STATUS.replace(Some(status)));
    read()
}

/// Returns the HTTP status of the response whose body is being deserialized. Returns `None` at other times.
///
/// Use it in the deserializer of a field that contains the status, so that a body without the field is not an error.
/// There is no status if a body is read without its response, for example a stored body.
pub fn received_status() -> Option<u16> {
    STATUS.get()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_that_of_the_innermost_response() {
        assert_eq!(received_status(), None);
        let inner = while_reading(201, || {
            (received_status(), while_reading(404, received_status), received_status())
        });
        assert_eq!((inner, received_status()), ((Some(201), Some(404), Some(201)), None));
    }
}
