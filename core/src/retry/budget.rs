//! The budget for the retries of all calls of a client.

use std::sync::atomic::{AtomicU32, Ordering};

/// The number of retries that are left, in tenths.
#[derive(Debug)]
pub(crate) struct Budget(AtomicU32);

impl Budget {
    const FULL: u32 = 100;
    const RETRY: u32 = 10;

    pub(crate) fn new() -> Self {
        Self(AtomicU32::new(Self::FULL))
    }

    /// Removes one retry from the budget. Returns whether there was one.
    pub(crate) fn withdraw(&self) -> bool {
        let take = |left: u32| left.checked_sub(Self::RETRY);
        self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, take).is_ok()
    }

    /// Adds a tenth of a retry for a successful call.
    pub(crate) fn deposit(&self) {
        let put = |left: u32| (left < Self::FULL).then_some(left + 1);
        // A full budget does not change.
        let _ = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, put);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_budget_stops_a_storm_and_recovers() {
        let budget = Budget::new();
        assert_eq!((0..100).filter(|_| budget.withdraw()).count(), 10);
        (0..9).for_each(|_| budget.deposit());
        assert!(!budget.withdraw(), "nine successes do not add up to a retry");
        budget.deposit();
        assert!(budget.withdraw());
    }

    #[test]
    fn the_budget_never_overflows() {
        let budget = Budget::new();
        (0..1000).for_each(|_| budget.deposit());
        assert_eq!((0..100).filter(|_| budget.withdraw()).count(), 10);
    }
}
