//! Formats durations for messages.

use std::fmt;
use std::time::Duration;

/// Shows a duration in its largest unit, rounded to one thousandth of a second: `30 s`, `1.5 s`, `50 ms`, `20 µs`.
pub(super) struct Shown(pub(super) Duration);

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let micros = self.0.as_micros();
        let millis = (micros + 500) / 1000;
        if (1..1000).contains(&micros) {
            return write!(f, "{micros} µs");
        }
        if millis < 1000 {
            return write!(f, "{millis} ms");
        }
        let fraction = format!("{:03}", millis % 1000);
        match fraction.trim_end_matches('0') {
            "" => write!(f, "{} s", millis / 1000),
            fraction => write!(f, "{}.{fraction} s", millis / 1000),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_short() {
        for (nanos, shown) in [
            (0, "0 ms"),
            (20_000, "20 µs"),
            (999_990_309, "1 s"),
            (50_000_000, "50 ms"),
            (1_500_000_000, "1.5 s"),
            (30_000_000_000, "30 s"),
            (1_234_000_000, "1.234 s"),
        ] {
            assert_eq!(Shown(Duration::from_nanos(nanos)).to_string(), shown);
        }
    }
}
