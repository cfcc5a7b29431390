//! The emulator's clock. It follows the system's clock, or it is stopped. Tests can move it and set it.

use std::{
    sync::{Mutex, PoisonError},
    time::{Duration, SystemTime},
};

use time::{OffsetDateTime, format_description::well_known::Rfc3339};

/// A point in time: UTC, in whole seconds, as in Stytch's responses.
pub(crate) type Moment = OffsetDateTime;

/// The years of the clock. `time` ends with 9999, so that a later time, such as an expiry, is still in its range.
const YEARS: std::ops::RangeInclusive<i32> = 0..=8999;

#[derive(Debug)]
pub(crate) struct Clock {
    /// The start of a stopped clock. `None` follows the system.
    frozen_at: Option<Moment>,
    moved: Mutex<time::Duration>,
}

impl Clock {
    pub(crate) fn following_the_system() -> Self {
        Self { frozen_at: None, moved: Mutex::default() }
    }

    /// Returns a clock that is stopped; `None` if the time is outside of the years 0 to 8999.
    pub(crate) fn frozen_at(start: SystemTime) -> Option<Self> {
        let start = moment(start)?;
        Some(Self { frozen_at: Some(start), moved: Mutex::default() })
    }

    pub(crate) fn is_frozen(&self) -> bool {
        self.frozen_at.is_some()
    }

    /// Returns the time without the steps of [`advance`](Self::advance) and [`set`](Self::set), in whole seconds.
    pub(crate) fn start(&self) -> Moment {
        self.frozen_at.unwrap_or_else(|| OffsetDateTime::now_utc().truncate_to_second())
    }

    /// Returns the current time, in whole seconds.
    pub(crate) fn now(&self) -> Moment {
        let moved = *self.moved.lock().unwrap_or_else(PoisonError::into_inner);
        let base = self.start();
        base.checked_add(moved).unwrap_or(base).truncate_to_second()
    }

    /// Moves the clock forward. Returns false without a change if the new time would be after the year 8999.
    pub(crate) fn advance(&self, by: Duration) -> bool {
        let mut moved = self.moved.lock().unwrap_or_else(PoisonError::into_inner);
        let total = time::Duration::try_from(by).ok().and_then(|by| moved.checked_add(by));
        let end = total.and_then(|total| self.start().checked_add(total));
        if end.is_none_or(|end| !YEARS.contains(&end.year())) {
            return false;
        }
        *moved = total.unwrap_or_default();
        true
    }

    /// Sets the clock to an earlier or a later time. A clock that follows the system continues from there.
    ///
    /// Returns false without a change if the time is outside of the years 0 to 8999.
    pub(crate) fn set(&self, to: SystemTime) -> bool {
        let Some(to) = moment(to) else { return false };
        *self.moved.lock().unwrap_or_else(PoisonError::into_inner) = to - self.start();
        true
    }

    pub(crate) fn reset(&self) {
        *self.moved.lock().unwrap_or_else(PoisonError::into_inner) = time::Duration::ZERO;
    }
}

/// Returns a time in whole seconds; `None` if it is outside of the years 0 to 8999.
fn moment(time: SystemTime) -> Option<Moment> {
    let since_epoch = match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(after) => time::Duration::try_from(after).ok()?,
        Err(before) => -time::Duration::try_from(before.duration()).ok()?,
    };
    let moment = Moment::UNIX_EPOCH.checked_add(since_epoch)?.truncate_to_second();
    YEARS.contains(&moment.year()).then_some(moment)
}

/// Formats a time as Stytch does: RFC 3339 in UTC, such as `2026-01-02T03:04:05Z`.
pub(crate) fn rfc3339(moment: Moment) -> String {
    // Formatting fails after the year 9999 only. Every time here comes from the clock, which ends in 8999.
    moment.format(&Rfc3339).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frozen_clock_moves_only_when_advanced() {
        let start = SystemTime::UNIX_EPOCH + Duration::from_millis(1_500);
        let clock = Clock::frozen_at(start).expect("a clock");
        assert_eq!(rfc3339(clock.now()), "1970-01-01T00:00:01Z");
        assert!(clock.advance(Duration::from_secs(3_600)));
        assert_eq!(rfc3339(clock.now()), "1970-01-01T01:00:01Z");
        clock.reset();
        assert_eq!(rfc3339(clock.now()), "1970-01-01T00:00:01Z");
    }

    #[test]
    fn a_clock_can_be_set_to_an_earlier_time() {
        let start = SystemTime::UNIX_EPOCH + Duration::from_secs(3_600);
        let clock = Clock::frozen_at(start).expect("a clock");
        assert!(clock.set(SystemTime::UNIX_EPOCH) && clock.advance(Duration::from_secs(60)));
        assert_eq!(rfc3339(clock.now()), "1970-01-01T00:01:00Z");
        assert!(!clock.set(SystemTime::UNIX_EPOCH + 8000 * Duration::from_secs(366 * 24 * 3600)));
        assert_eq!(rfc3339(clock.now()), "1970-01-01T00:01:00Z");
        clock.reset();
        assert_eq!(rfc3339(clock.now()), "1970-01-01T01:00:00Z");

        let clock = Clock::following_the_system();
        assert!(clock.set(SystemTime::UNIX_EPOCH));
        assert!((0..600).contains(&clock.now().unix_timestamp()), "it continues from there");
    }

    #[test]
    fn times_past_the_year_8999_are_rejected() {
        let clock = Clock::frozen_at(SystemTime::UNIX_EPOCH).expect("a clock");
        assert!(!clock.advance(Duration::MAX));
        let year = Duration::from_secs(366 * 24 * 3600);
        for start in [SystemTime::UNIX_EPOCH + 8000 * year, SystemTime::UNIX_EPOCH - 3000 * year] {
            assert!(Clock::frozen_at(start).is_none());
        }
        assert_eq!(rfc3339(clock.now()), "1970-01-01T00:00:00Z");
    }
}
