//! Who is connected, and who has to go when there are too many.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::Notify;

/// The connections that there is room for.
pub(super) struct Seats {
    most: usize,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    number: usize,
    /// Counts upwards, so that the smallest key among the idle is the one that has been idle longest.
    clock: u64,
    idle: BTreeMap<u64, Arc<Notify>>,
}

/// A connection's place. It begins idle, and is given up when it is dropped.
pub(super) struct Seat {
    seats: Arc<Seats>,
    state: Mutex<State>,
    /// Told when this connection has to go.
    leave: Arc<Notify>,
}

enum State {
    Idle(u64),
    Busy,
}

impl Seats {
    pub(super) fn new(most: usize) -> Self {
        Self { most, taken: Mutex::default() }
    }

    /// A place for a newcomer, if need be that of the connection which has been idle longest; none when all are busy.
    pub(super) fn take(self: &Arc<Self>) -> Option<Seat> {
        let mut taken = self.taken();
        if taken.number >= self.most && !taken.evict() {
            return None;
        }
        taken.number += 1;
        let leave = Arc::new(Notify::new());
        let since = taken.wait(&leave);
        Some(Seat { seats: Arc::clone(self), state: Mutex::new(State::Idle(since)), leave })
    }

    /// Frees the place of the connection that has been idle longest.
    pub(super) fn evict(&self) {
        self.taken().evict();
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Taken {
    fn evict(&mut self) -> bool {
        let Some((_, leave)) = self.idle.pop_first() else { return false };
        self.number -= 1;
        leave.notify_one();
        true
    }

    fn wait(&mut self, leave: &Arc<Notify>) -> u64 {
        self.clock += 1;
        self.idle.insert(self.clock, Arc::clone(leave));
        self.clock
    }
}

impl Seat {
    /// Returns when this connection has to go.
    pub(super) async fn has_to_go(&self) {
        self.leave.notified().await;
    }

    /// A request has arrived: from now on the place is safe.
    pub(super) fn begin(&self) {
        let mut taken = self.seats.taken();
        let mut state = self.state();
        if let State::Idle(since) = *state
            && taken.idle.remove(&since).is_some()
        {
            *state = State::Busy;
        }
    }

    /// The answer is out: the connection is idle again.
    pub(super) fn end(&self) {
        let mut taken = self.seats.taken();
        let mut state = self.state();
        if matches!(*state, State::Busy) {
            *state = State::Idle(taken.wait(&self.leave));
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        let mut taken = self.seats.taken();
        let held = match *self.state() {
            State::Busy => true,
            // Whoever was evicted is no longer among the idle, and has been counted out.
            State::Idle(since) => taken.idle.remove(&since).is_some(),
        };
        taken.number -= usize::from(held);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_idle_gives_way_and_the_busy_stay() {
        let seats = Arc::new(Seats::new(2));
        let (first, second) = (seats.take().expect("room"), seats.take().expect("room"));
        first.begin();
        let third = seats.take().expect("the second gives way");
        drop(second);
        third.begin();
        assert!(seats.take().is_none(), "both are busy");
        first.end();
        let fourth = seats.take().expect("the first gives way");
        first.begin();
        drop(first);
        assert_eq!(seats.taken().number, 2);
        drop((third, fourth));
        let left = seats.taken();
        assert_eq!((left.number, left.idle.len()), (0, 0));
    }
}
