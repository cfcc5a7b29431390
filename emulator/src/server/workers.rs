//! The workers: how many requests are carried out at the same time.

use std::sync::Arc;

use tokio::{sync::Semaphore, task::spawn_blocking};

/// Permits for work that hashes passwords. It takes a processor, and up to 256 MiB.
pub(super) struct Workers {
    permits: Arc<Semaphore>,
}

impl Workers {
    pub(super) fn new(count: usize) -> Self {
        Self { permits: Arc::new(Semaphore::new(count)) }
    }

    /// Returns as many workers as there are processors, 2 to 8.
    pub(super) fn for_this_machine() -> Self {
        Self::new(std::thread::available_parallelism().map_or(2, |count| count.get().clamp(2, 8)))
    }

    /// Waits for a free worker, and runs `work` on a thread that drives no sockets. Returns `None` if it panics.
    ///
    /// The permit belongs to the work: if this future is dropped, work that has started keeps its permit until it ends,
    /// because it cannot be stopped. Work that has not started never starts.
    pub(super) async fn run<T, W>(&self, work: W) -> Option<T>
    where
        T: Send + 'static,
        W: FnOnce() -> T + Send + 'static,
    {
        let permit = Arc::clone(&self.permits).acquire_owned().await.ok()?;
        let running = spawn_blocking(move || {
            let _permit = permit;
            work()
        });
        running.await.ok()
    }
}

#[cfg(test)]
mod tests {
    use std::{future::Future, pin::pin, sync::mpsc, task::Context, time::Duration};

    use tokio::time::timeout;

    use super::*;

    const LONG: Duration = Duration::from_secs(60);

    #[tokio::test]
    async fn abandoned_work_keeps_its_permit_until_it_ends() {
        let workers = Workers::new(1);
        let (started, has_started) = tokio::sync::oneshot::channel();
        let (end, ended) = mpsc::channel::<()>();
        {
            let mut abandoned = pin!(workers.run(move || {
                let _ = started.send(());
                let _ = ended.recv_timeout(LONG);
            }));
            tokio::select! {
                _ = &mut abandoned => panic!("the work waits"),
                started = has_started => started.expect("the work starts"),
            }
        }
        assert_eq!(workers.permits.available_permits(), 0, "the work still runs");
        end.send(()).expect("the work waits");
        assert_eq!(timeout(LONG, workers.run(|| 7)).await, Ok(Some(7)));
    }

    #[tokio::test]
    async fn work_that_has_not_started_never_starts_once_it_is_abandoned() {
        let workers = Workers::new(0);
        {
            let mut waiting = pin!(workers.run(|| panic!("nobody waits for this")));
            let mut context = Context::from_waker(std::task::Waker::noop());
            assert!(waiting.as_mut().poll(&mut context).is_pending());
        }
        workers.permits.add_permits(1);
        assert_eq!(timeout(LONG, workers.run(|| 7)).await, Ok(Some(7)));
    }

    #[tokio::test]
    async fn work_that_panics_gives_its_permit_back() {
        let workers = Workers::new(1);
        assert_eq!(timeout(LONG, workers.run(|| -> u8 { panic!("on purpose") })).await, Ok(None));
        assert_eq!(timeout(LONG, workers.run(|| 7)).await, Ok(Some(7)));
    }
}
