//! The emulator's time: the system's, or a frozen one that tests move.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, SystemTime},
};

use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// A moment as the emulator keeps it: UTC, whole seconds, as Stytch prints them.
pub(crate) type Moment = OffsetDateTime;

#[derive(Debug)]
pub(crate) struct Clock {
    /// The moment a frozen clock stands at before it is advanced; none follows the system.
    frozen_at: Option<SystemTime>,
    advanced: Mutex<Duration>,
}

impl Clock {
    pub(crate) fn following_the_system() -> Self {
        Self { frozen_at: None, advanced: Mutex::default() }
    }

    pub(crate) fn frozen_at(start: SystemTime) -> Self {
        Self { frozen_at: Some(start), advanced: Mutex::default() }
    }

    /// What it would be if the clock had never been advanced, cut to whole seconds.
    pub(crate) fn start(&self) -> Moment {
        OffsetDateTime::from(self.frozen_at.unwrap_or_else(SystemTime::now)).truncate_to_second()
    }

    /// Now, cut to whole seconds.
    pub(crate) fn now(&self) -> Moment {
        let advanced = *self.advanced.lock().unwrap_or_else(PoisonError::into_inner);
        let base = self.start();
        let now = time::Duration::try_from(advanced).ok().and_then(|by| base.checked_add(by)).unwrap_or(base);
        now.truncate_to_second()
    }

    /// Moves the clock forward, and says whether the calendar reaches that far.
    pub(crate) fn advance(&self, by: Duration) -> bool {
        let mut advanced = self.advanced.lock().unwrap_or_else(PoisonError::into_inner);
        let base = self.start();
        let Some(total) = advanced.checked_add(by) else { return false };
        // A margin of a thousand years keeps every later addition, such as an expiry, inside the calendar.
        let reach = time::Duration::try_from(total).ok().and_then(|total| base.checked_add(total));
        if reach.is_none_or(|reach| reach.year() > 8999) {
            return false;
        }
        *advanced = total;
        true
    }

    pub(crate) fn reset(&self) {
        *self.advanced.lock().unwrap_or_else(PoisonError::into_inner) = Duration::ZERO;
    }
}

/// A moment as Stytch writes it: RFC 3339 in UTC, such as `2026-01-02T03:04:05Z`.
pub(crate) fn rfc3339(moment: Moment) -> String {
    // The clock refuses years past 8999, and every moment here comes from it.
    moment.format(&Rfc3339).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frozen_clock_moves_only_when_advanced() {
        let clock = Clock::frozen_at(SystemTime::UNIX_EPOCH + Duration::from_millis(1_500));
        assert_eq!(rfc3339(clock.now()), "1970-01-01T00:00:01Z");
        assert!(clock.advance(Duration::from_secs(3_600)));
        assert_eq!(rfc3339(clock.now()), "1970-01-01T01:00:01Z");
        clock.reset();
        assert_eq!(rfc3339(clock.now()), "1970-01-01T00:00:01Z");
    }

    #[test]
    fn the_end_of_the_calendar_is_refused() {
        let clock = Clock::frozen_at(SystemTime::UNIX_EPOCH);
        assert!(!clock.advance(Duration::MAX));
        assert_eq!(rfc3339(clock.now()), "1970-01-01T00:00:00Z");
    }
}
