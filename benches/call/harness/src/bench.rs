//! The measurements of one contender. One run makes one measurement.

use std::cell::Cell;
use std::future::Future;
use std::hint::black_box;
use std::path::PathBuf;
use std::time::Instant;

use futures_util::future::join_all;
use tokio::runtime::{Builder, Runtime};
use tokio::task::unconstrained;

use crate::allocations::count;

/// Warm-up: connections, caches, and buffers that grow once.
const BEFORE: usize = 8;

/// The command line: `<mode> <measurement> <times>`.
///
/// `list` prints the measurements; `heap` prints allocations and bytes of one operation; `plain` only runs, for
/// callgrind to look at [`measured_region`]; `rate` makes calls, `BENCH_IN_FLIGHT` of them at once, and prints the figures
/// of [`Bench::rate`]; `once` runs without a warm-up and prints the peak of memory, in KiB.
pub struct Bench {
    mode: String,
    wanted: String,
    times: usize,
    runtime: Runtime,
}

impl Bench {
    /// Reads the command line.
    pub fn from_arguments() -> Self {
        let mut arguments = std::env::args().skip(1);
        let mode = arguments.next().expect("a mode: list, heap, plain, rate or once");
        let wanted = arguments.next().unwrap_or_default();
        let times = arguments.next().map_or(1, |times| times.parse().expect("times is a number"));
        let runtime = Builder::new_current_thread().enable_all().build().expect("a runtime");
        Self { mode, wanted, times, runtime }
    }

    /// The address of the server, without a slash at the end.
    pub fn url() -> String {
        std::env::var("BENCH_URL").unwrap_or_else(|_| "http://127.0.0.1:9".to_owned())
    }

    /// A file to upload.
    pub fn file() -> PathBuf {
        std::env::var_os("BENCH_FILE").expect("BENCH_FILE").into()
    }

    /// An operation without I/O.
    pub fn plain<R>(&self, name: &str, operation: impl Fn() -> R) {
        if !self.asks_for(name) {
            return;
        }
        let run = |times| (0..times).for_each(|_| drop(black_box(operation())));
        // Some values of a client need a runtime around them.
        let _entered = self.runtime.enter();
        self.measure(&run);
    }

    /// A call over the network.
    pub fn call<F: Future>(&self, name: &str, call: impl Fn() -> F) {
        if !self.asks_for(name) {
            return;
        }
        if self.mode == "rate" {
            return self.rate(&call);
        }
        let run = |times| {
            self.runtime.block_on(async {
                for _ in 0..times {
                    drop(black_box(call().await));
                }
            });
        };
        self.measure(&run);
    }

    /// A stream of as many parts as its argument says: bytes, events or pages. Returns the number of parts it has read.
    pub fn stream<F: Future<Output = usize>>(&self, name: &str, stream: impl Fn(usize) -> F) {
        if !self.asks_for(name) {
            return;
        }
        let run = |times| assert_eq!(self.runtime.block_on(stream(times)), times, "parts");
        if self.mode == "once" {
            run(self.times);
            println!("{}", peak_kib());
        } else {
            self.measure(&run);
        }
    }

    fn asks_for(&self, name: &str) -> bool {
        if self.mode == "list" {
            println!("{name}");
        }
        self.mode != "list" && self.wanted == name
    }

    fn measure(&self, run: &dyn Fn(usize)) {
        run(BEFORE);
        if self.mode == "heap" {
            let counted = count(|| run(self.times));
            let per = |sum: u64| sum as f64 / self.times as f64;
            println!("{} {}", per(counted.times), per(counted.bytes));
        } else {
            measured_region(run, self.times);
        }
    }

    /// Prints the clock time and the CPU time per call, the median and the 99th percentile of the calls' durations, all in
    /// microseconds, and the peak of the program's memory in KiB.
    fn rate<F: Future>(&self, call: &impl Fn() -> F) {
        let in_flight = std::env::var("BENCH_IN_FLIGHT").map_or(1, |n| n.parse().expect("a number"));
        let lane = |times: usize| async move {
            let mut durations = Vec::with_capacity(times);
            for _ in 0..times {
                let started = Instant::now();
                drop(black_box(call().await));
                durations.push(started.elapsed());
            }
            durations
        };
        let run = |times: usize| {
            let lanes = join_all((0..in_flight).map(|_| lane(times / in_flight)));
            // All lanes are one task, so Tokio would interrupt them as soon as one task has done enough.
            self.runtime.block_on(unconstrained(lanes))
        };
        run(in_flight * BEFORE);
        let (started, busy) = (Instant::now(), cpu_micros());
        let durations = Cell::default();
        measured_region(&|times| durations.set(run(times)), self.times);
        let (clock, cpu) = (started.elapsed().as_micros() as f64, cpu_micros() - busy);
        let mut durations = durations.take().concat();
        durations.sort_unstable();
        let per = |micros: f64| micros / durations.len() as f64;
        let percentile = |percent: usize| durations[durations.len() * percent / 100].as_micros();
        println!("{} {} {} {} {}", per(clock), per(cpu), percentile(50), percentile(99), peak_kib());
    }
}

/// The function that callgrind measures: `--toggle-collect='*measured_region*'`.
#[inline(never)]
fn measured_region(run: &dyn Fn(usize), times: usize) {
    run(times);
}

/// User and system time of this process, from `/proc/self/schedstat`, whose first number is nanoseconds on a CPU.
fn cpu_micros() -> f64 {
    let text = std::fs::read_to_string("/proc/self/schedstat").expect("Linux has it");
    let nanos = text.split(' ').next().and_then(|first| first.parse::<f64>().ok());
    nanos.expect("a number") / 1000.0
}

/// The peak of the resident memory of this process, from `/proc/self/status`. `getrusage` would include that of the
/// process that has started this one.
fn peak_kib() -> u64 {
    let text = std::fs::read_to_string("/proc/self/status").expect("Linux has it");
    let line = text.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|rest| rest.split_ascii_whitespace().next()).expect("a number");
    number.parse().expect("a number")
}
