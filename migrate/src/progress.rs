//! The progress of a run: a bar in a terminal, otherwise a line from time to time.

use std::fmt::Write;
use std::io::IsTerminal;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use indicatif::{HumanCount, HumanDuration, ProgressBar, ProgressStyle};
use tokio::task::JoinHandle;
use tokio::time::{Instant, interval};

use crate::redraw::Drawn;
use crate::say;
use crate::send::Sender;
use crate::tally::{Counts, Seen, Tally};

/// Two lines, so that they fit into a narrow terminal.
const BAR: &str = "{wide_bar} {prefix}\n{msg}";
/// For an input whose end is not known.
const SPINNER: &str = "{spinner} {prefix}\n{msg}";
const BETWEEN_FRAMES: Duration = Duration::from_millis(200);
const BETWEEN_LINES: Duration = Duration::from_secs(10);

/// Shows progress until it is ended.
pub(crate) struct Progress {
    showing: JoinHandle<()>,
    watch: Watch,
}

#[derive(Clone)]
struct Watch {
    tally: Arc<Tally>,
    sender: Arc<Sender>,
    /// The size of the input in bytes, if it is known.
    size: Option<u64>,
    /// The lines of earlier runs, which do not count for the speed of this run.
    before: u64,
    started: Instant,
    /// `None` without a terminal.
    bar: Option<ProgressBar>,
    /// The lines on the terminal.
    drawn: Arc<Mutex<Drawn>>,
}

impl Progress {
    pub(crate) fn start(tally: Arc<Tally>, sender: Arc<Sender>, size: Option<u64>) -> Self {
        let before = tally.counts().settled();
        let bar = std::io::stderr().is_terminal().then(|| bar(size.is_some()));
        let watch =
            Watch { tally, sender, size, before, started: Instant::now(), bar, drawn: Arc::default() };
        let showing = tokio::spawn(watch.clone().show());
        Self { showing, watch }
    }

    /// Prints lines above the bar.
    pub(crate) fn aside(&self) -> impl Fn(&str) + Send + 'static {
        let bar = self.watch.bar.clone();
        move |line| match &bar {
            Some(bar) => bar.suspend(|| say::aside(line)),
            None => say::aside(line),
        }
    }

    /// Shows the last state, and stops.
    pub(crate) fn end(self) {
        self.showing.abort();
        match &self.watch.bar {
            Some(bar) => {
                self.watch.drawn().resize();
                bar.finish_and_clear();
            }
            None => say::aside(&self.watch.line()),
        }
    }
}

fn bar(has_end: bool) -> ProgressBar {
    // The templates are constants. If one were wrong, the default would be used.
    let style = ProgressStyle::with_template(if has_end { BAR } else { SPINNER });
    ProgressBar::new(0).with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

impl Watch {
    async fn show(self) {
        let mut ticks = interval(if self.bar.is_some() { BETWEEN_FRAMES } else { BETWEEN_LINES });
        // The first tick comes at once, when there is no progress yet.
        ticks.tick().await;
        loop {
            ticks.tick().await;
            match &self.bar {
                Some(bar) => self.draw(bar),
                None => say::aside(&self.line()),
            }
        }
    }

    fn draw(&self, bar: &ProgressBar) {
        let counts = self.tally.counts();
        let (position, message) = (self.position(&counts), self.message(&counts));
        self.drawn().resize();
        if let Some(total) = Total::of(self.tally.seen(), self.size) {
            bar.set_length(total.lines.max(counts.settled()));
        }
        bar.set_position(counts.settled());
        self.drawn().lines(&position, &message);
        bar.set_prefix(position);
        bar.set_message(message);
        bar.tick();
    }

    fn drawn(&self) -> std::sync::MutexGuard<'_, Drawn> {
        self.drawn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn line(&self) -> String {
        let counts = self.tally.counts();
        format!("{}: {}", self.position(&counts), self.message(&counts))
    }

    fn position(&self, counts: &Counts) -> String {
        let total = Total::of(self.tally.seen(), self.size);
        let speed = Speed { lines: counts.settled() - self.before, time: self.started.elapsed() };
        position(counts.settled(), total, speed)
    }

    fn message(&self, counts: &Counts) -> String {
        let restraint = self.sender.limiter.restraint();
        counted(counts) + &restraint.map(|words| format!(" ({words})")).unwrap_or_default()
    }
}

/// The lines of this run, and their duration.
#[derive(Clone, Copy)]
struct Speed {
    lines: u64,
    time: Duration,
}

/// Returns the estimated number of lines, from the part that was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Total {
    lines: u64,
    is_known: bool,
}

impl Total {
    fn of(Seen { records, bytes, ended }: Seen, size: Option<u64>) -> Option<Self> {
        if ended {
            return Some(Self { lines: records, is_known: true });
        }
        let estimate = u128::from(records) * u128::from(size?) / u128::from(bytes).max(1);
        let lines = u64::try_from(estimate).ok().filter(|_| bytes > 0)?;
        Some(Self { lines, is_known: false })
    }
}

fn position(settled: u64, total: Option<Total>, Speed { lines, time }: Speed) -> String {
    #[expect(clippy::cast_precision_loss, reason = "this is shown to people, in a few digits")]
    let rate = lines as f64 / time.as_secs_f64().max(0.001);
    let Some(total) = total else { return format!("{} lines, {rate:.0}/s", HumanCount(settled)) };
    let about = if total.is_known { "" } else { "~" };
    let mut text =
        format!("{} of {about}{} lines, {rate:.0}/s", HumanCount(settled), HumanCount(total.lines));
    let left = total.lines.saturating_sub(settled);
    if left > 0 && lines > 0 {
        let seconds = u128::from(left) * time.as_millis() / u128::from(lines) / 1000;
        let time_left = Duration::from_secs(u64::try_from(seconds).unwrap_or(u64::MAX));
        let _ = write!(text, ", {} left", HumanDuration(time_left));
    }
    text
}

/// Returns the counts as a sentence.
fn counted(counts: &Counts) -> String {
    let Counts { migrated, already_there, rejected, .. } = counts;
    let [migrated, there, rejected] = [migrated, already_there, rejected].map(|count| HumanCount(*count));
    format!("{migrated} migrated, {there} already there, {rejected} rejected")
}

#[cfg(test)]
mod tests {
    use indicatif::{InMemoryTerm, ProgressDrawTarget};
    use stytch_client::Client;

    use super::*;
    use crate::send::{Limiter, StopSign};
    use crate::tally::Outcome;

    /// A watch on a terminal of this width, after 1300 lines of some 9100 in twenty seconds, and of 650 before them.
    async fn watch_in_a_terminal(columns: u16) -> (Watch, InMemoryTerm) {
        let outcome = Outcome::Migrated { user_id: None };
        let tally = Tally::default();
        tally.add(std::iter::repeat_n(&outcome, 650));
        let terminal = InMemoryTerm::new(5, columns);
        let bar = bar(true);
        bar.set_draw_target(ProgressDrawTarget::term_like(Box::new(terminal.clone())));
        let sender = Sender {
            client: Client::builder("project-test-1", "secret-test-1").build().expect("a client"),
            limiter: Limiter::new(0.0),
            patience: Duration::ZERO,
            stop: StopSign::new(),
        };
        let (before, started) = (tally.counts().settled(), Instant::now());
        tally.saw(Seen { records: 1400, bytes: 100_000, ended: false });
        tally.add(std::iter::repeat_n(&outcome, 1300));
        tokio::time::advance(Duration::from_secs(20)).await;
        let (tally, sender) = (Arc::new(tally), Arc::new(sender));
        (
            Watch {
                tally,
                sender,
                size: Some(650_000),
                before,
                started,
                bar: Some(bar),
                drawn: Arc::default(),
            },
            terminal,
        )
    }

    #[tokio::test(start_paused = true)]
    async fn a_terminal_has_a_bar_and_its_figures() {
        let (watch, terminal) = watch_in_a_terminal(100).await;
        let bar = watch.bar.as_ref().expect("it was set");
        watch.draw(bar);
        let shown = terminal.contents();
        let (above, below) = shown.split_once('\n').expect("two lines");
        let (drawn, position) = above.split_once(' ').expect("a bar, and then words");
        assert_eq!(position, "1,950 of ~9,100 lines, 65/s, 2 minutes left");
        let full = drawn.chars().filter(|piece| *piece == '█').count();
        assert_eq!(full, drawn.chars().count() * 1950 / 9100, "{drawn}");
        assert_eq!(below.trim(), "1,950 migrated, 0 already there, 0 rejected");
    }

    #[tokio::test(start_paused = true)]
    async fn a_narrow_terminal_keeps_the_words() {
        let (watch, terminal) = watch_in_a_terminal(48).await;
        watch.draw(watch.bar.as_ref().expect("it was set"));
        let shown = terminal.contents();
        assert!(shown.contains("1,950 of ~9,100 lines, 65/s, 2 minutes left"), "{shown}");
        assert!(shown.contains("1,950 migrated, 0 already there, 0 rejected"), "{shown}");
    }

    #[tokio::test(start_paused = true)]
    async fn at_the_end_the_bar_is_gone() {
        let (watch, terminal) = watch_in_a_terminal(100).await;
        watch.draw(watch.bar.as_ref().expect("it was set"));
        Progress { showing: tokio::spawn(async {}), watch }.end();
        assert_eq!(terminal.contents(), "");
    }

    #[test]
    fn the_total_is_known_better_and_better() {
        let total = |records, bytes, ended, size| Total::of(Seen { records, bytes, ended }, size);
        let about = |lines| Some(Total { lines, is_known: false });
        assert_eq!(total(0, 0, false, Some(1000)), None);
        assert_eq!(total(5, 100, false, Some(1000)), about(50));
        assert_eq!(total(5, 100, false, None), None);
        assert_eq!(total(42, 1000, true, None), Some(Total { lines: 42, is_known: true }));
    }

    #[test]
    fn a_line_says_how_fast_and_how_long() {
        let speed = Speed { lines: 650, time: Duration::from_secs(10) };
        let total = |lines, is_known| Some(Total { lines, is_known });
        assert_eq!(position(1300, total(9100, true), speed), "1,300 of 9,100 lines, 65/s, 2 minutes left");
        assert_eq!(position(1300, total(1365, false), speed), "1,300 of ~1,365 lines, 65/s, 1 second left");
        assert_eq!(position(1300, None, speed), "1,300 lines, 65/s");
        assert_eq!(position(1300, total(1300, true), speed), "1,300 of 1,300 lines, 65/s");
        let nothing = Speed { lines: 0, time: Duration::ZERO };
        assert_eq!(position(0, total(10, true), nothing), "0 of 10 lines, 0/s");
    }
}
