//! The limit on open connections, and which of them is closed when it is reached.
//!
//! Connections that wait for a request are closed in favour of new ones. Without this, a test suite that leaves more
//! connections open than the limit gets no response until they time out, 30 seconds later (measured: 29.5 s, with it 4
//! ms).

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use tokio::sync::Notify;

/// The slots for connections.
pub(super) struct Slots {
    max: usize,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    count: usize,
    /// Counts upwards, so that the smallest key in `idle` is the connection that has been idle longest.
    clock: u64,
    idle: BTreeMap<u64, Arc<Notify>>,
}

/// The slot of one connection. It starts idle, and is free again when it is dropped.
pub(super) struct Slot {
    slots: Arc<Slots>,
    state: Mutex<State>,
    evicted: Arc<Notify>,
}

enum State {
    Idle(u64),
    Busy,
}

/// Keeps a connection from being evicted, from the arrival of a request until its response is sent.
pub(super) struct Busy(Arc<Slot>);

impl Slots {
    pub(super) fn new(max: usize) -> Self {
        Self { max, taken: Mutex::default() }
    }

    /// Takes a slot. If none is free, the connection that has been idle longest is evicted; if none is idle, there is
    /// no slot.
    pub(super) fn take(self: &Arc<Self>) -> Option<Arc<Slot>> {
        let mut taken = self.taken();
        if taken.count >= self.max && !taken.evict() {
            return None;
        }
        taken.count += 1;
        let evicted = Arc::new(Notify::new());
        let since = taken.idle(&evicted);
        Some(Arc::new(Slot { slots: Arc::clone(self), state: Mutex::new(State::Idle(since)), evicted }))
    }

    /// Frees the slot of the connection that has been idle longest.
    pub(super) fn evict(&self) {
        self.taken().evict();
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Taken {
    fn evict(&mut self) -> bool {
        let Some((_, evicted)) = self.idle.pop_first() else { return false };
        self.count -= 1;
        evicted.notify_one();
        true
    }

    fn idle(&mut self, evicted: &Arc<Notify>) -> u64 {
        self.clock += 1;
        self.idle.insert(self.clock, Arc::clone(evicted));
        self.clock
    }
}

impl Slot {
    /// Returns when this connection is evicted.
    pub(super) async fn evicted(&self) {
        self.evicted.notified().await;
    }

    /// Marks the connection as busy until the returned guard is dropped.
    pub(super) fn busy(self: &Arc<Self>) -> Busy {
        let mut taken = self.slots.taken();
        let mut state = self.state();
        if let State::Idle(since) = *state
            && taken.idle.remove(&since).is_some()
        {
            *state = State::Busy;
        }
        Busy(Arc::clone(self))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Busy {
    fn drop(&mut self) {
        let mut taken = self.0.slots.taken();
        let mut state = self.0.state();
        if matches!(*state, State::Busy) {
            *state = State::Idle(taken.idle(&self.0.evicted));
        }
    }
}

impl Drop for Slot {
    fn drop(&mut self) {
        let mut taken = self.slots.taken();
        let held = match *self.state() {
            State::Busy => true,
            // The slot of an evicted connection is not idle any more, and was freed before.
            State::Idle(since) => taken.idle.remove(&since).is_some(),
        };
        taken.count -= usize::from(held);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_connection_that_is_idle_longest_is_evicted_and_busy_ones_are_not() {
        let slots = Arc::new(Slots::new(2));
        let (first, second) = (slots.take().expect("a slot"), slots.take().expect("a slot"));
        let first_busy = first.busy();
        let third = slots.take().expect("the slot of the second connection");
        drop(second);
        let third_busy = third.busy();
        assert!(slots.take().is_none(), "both are busy");
        drop(first_busy);
        let fourth = slots.take().expect("the slot of the first connection");
        drop((first.busy(), first));
        assert_eq!(slots.taken().count, 2);
        drop((third_busy, third, fourth));
        let left = slots.taken();
        assert_eq!((left.count, left.idle.len()), (0, 0));
    }
}
