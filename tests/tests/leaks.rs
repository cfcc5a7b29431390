//! Leaks: from clients that are dropped, from calls that are dropped, and from runtimes that end.
#![cfg(target_os = "linux")]

use std::fs;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use stytch_client::passwords::Authenticate;
use stytch_client::{ClientBuilder, Error, ErrorKind, RetryPolicy};
use stytch_client_tests::calls;
use stytch_client_tests::clock::Clock;
use stytch_client_tests::server::{Act, Server, State, response, success};
use tokio::runtime::Runtime;

/// The tests of this file run one after the other, so that none counts the files of another.
static TURN: Mutex<()> = Mutex::new(());

fn builder(server: &Server) -> ClientBuilder {
    calls::client_of(server.url())
}

fn runtime() -> Runtime {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap()
}

fn open_files() -> usize {
    fs::read_dir("/proc/self/fd").unwrap().count()
}

/// Returns the threads of this process, by name.
fn threads(name: &str) -> usize {
    let tasks = fs::read_dir("/proc/self/task").unwrap();
    // A thread may end in the meantime.
    let names = tasks.filter_map(|task| fs::read_to_string(task.unwrap().path().join("comm")).ok());
    names.filter(|thread| thread.trim() == name).count()
}

/// Lets other threads run until a condition is true. The last actions of a thread cannot be observed otherwise.
fn until(what: &str, mut is_so: impl FnMut() -> bool) {
    let is_so = (0..100_000).any(|_| {
        std::thread::yield_now();
        is_so()
    });
    assert!(is_so, "{what}: it never did");
}

#[test]
fn clients_that_come_and_go_leave_no_files() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    runtime().block_on(async {
        let call = calls::named("passwords.authenticate");
        let server = Server::start(vec![Act::Serve(success(call.response))]);
        let mut before = 0;
        for round in 0..200 {
            let client = builder(&server).build().unwrap();
            call.send(&client).await.unwrap();
            drop(client);
            server.until_all_closed().await;
            if round == 10 {
                before = open_files();
            }
        }
        assert_eq!(open_files(), before);
    });
}

#[test]
fn blocking_clients_that_come_and_go_leave_neither_files_nor_threads() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let runtime = Runtime::new().unwrap();
    let call = calls::named("passwords.authenticate");
    let server = runtime.block_on(async { Server::start(vec![Act::Serve(success(call.response))]) });
    let mut before = 0;
    for round in 0..100 {
        let client = builder(&server).build_blocking().unwrap();
        let clone = client.clone();
        call.send_blocking(&client).unwrap();
        drop(client);
        call.send_blocking(&clone).unwrap();
        assert_eq!(threads("declapi"), 1);
        drop(clone);
        runtime.block_on(server.until_all_closed());
        // The thread closes its sockets before it ends, so it is enough to wait for its end.
        until("its thread ends", || threads("declapi") == 0);
        if round == 10 {
            before = open_files();
        }
    }
    until("its files are closed", || open_files() <= before);
    runtime.block_on(async { drop(server) });
}

/// A client outlives the runtime of its connections.
#[test]
fn a_client_moves_from_runtime_to_runtime() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let call = calls::named("passwords.authenticate");
    let servers = Runtime::new().unwrap();
    let server = servers.block_on(async { Server::start(vec![Act::Serve(success(call.response))]) });
    let client = builder(&server).retries(RetryPolicy::never()).build().unwrap();
    for _ in 0..20 {
        runtime().block_on(call.send(&client)).unwrap();
    }
    let blocking = client.inner().to_blocking().unwrap();
    blocking.send(&Authenticate::builder().email("a").password("b").build()).unwrap();
    drop(blocking);
    runtime().block_on(call.send(&client)).unwrap();
    servers.block_on(async { drop(server) });
}

/// With a single connection, the next call shows whether the dropped one has released it.
#[test]
fn a_call_lets_go_wherever_it_is_given_up() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    runtime().block_on(async {
        let call = calls::named("passwords.authenticate");
        let good = response("200 OK", &["connection: close"], call.response);
        let server = Server::start(vec![Act::Read, Act::Write(good)]);
        let clock = Clock::standing();
        let client = builder(&server).timer(clock.clone()).max_connections(1).build().unwrap();
        let headers = Act::Write(b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{".into());
        let rejection = Act::Write(b"HTTP/1.1 400 No\r\ncontent-length: 9\r\n\r\n{".into());
        let slow_down = Act::Write(response("429 No", &["retry-after: 7", "connection: close"], ""));
        // The number of waits that a call has begun: its timeout, the timeout of an error's body, and the wait for a
        // retry.
        for (script, waits) in [
            (vec![Act::Await, Act::Stall], 1),
            (vec![Act::Read, Act::Stall], 1),
            (vec![Act::Read, headers, Act::Stall], 1),
            (vec![Act::Read, rejection, Act::Stall], 2),
            (vec![Act::Read, slow_down], 3),
        ] {
            let (State { accepted, stalled, requests, .. }, begun) = (server.state(), clock.begun());
            let stalls = matches!(script.last(), Some(Act::Stall));
            server.next(script.clone());
            let first = tokio::spawn(call.send(&client));
            if let [Act::Read, Act::Write(_), ..] = script[..] {
                server.until_responded(requests.len() + 1, &clock).await;
            }
            server.until(|state| state.accepted > accepted && (!stalls || state.stalled > stalled)).await;
            clock.until_begun(begun + waits).await;
            if stalls {
                // A call that waits for its turn is dropped first.
                let queued = tokio::spawn(call.send(&client));
                clock.until_begun(begun + waits + 1).await;
                queued.abort();
                assert!(queued.await.unwrap_err().is_cancelled());
            }
            first.abort();
            assert!(first.await.unwrap_err().is_cancelled(), "{script:?}");
            server.until_all_closed().await;
            assert_eq!(clock.sleepers(), 0, "{script:?}");
            call.send(&client).await.unwrap_or_else(|error| panic!("after {script:?}: {error}"));
            server.until_all_closed().await;
        }
        // A call that is never awaited is not sent.
        let accepted = server.state().accepted;
        drop(call.send(&client));
        call.send(&client).await.unwrap();
        assert_eq!(server.state().accepted, accepted + 1);
    });
}

/// The same during a TLS handshake without a response from the server.
#[test]
fn a_call_lets_go_of_a_handshake() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    runtime().block_on(async {
        let call = calls::named("passwords.authenticate");
        let server = Server::start(vec![Act::Await, Act::Stall]);
        let builder = builder(&server).base_url(format!("https://{}", server.address()));
        let client = builder.timer(Clock::standing()).max_connections(1).build().unwrap();
        for round in 1..=3 {
            let given_up = tokio::spawn(call.send(&client));
            server.until(|state| state.stalled == round).await;
            given_up.abort();
            assert!(given_up.await.unwrap_err().is_cancelled());
            server.until_all_closed().await;
        }
        assert_eq!(server.state().most_open, 1);
    });
}

/// A blocking call that would block a runtime is an error, in every kind of async code. It does not panic.
#[test]
fn a_blocking_call_in_async_code_is_an_error() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    let runtime = Runtime::new().unwrap();
    let call = calls::named("passwords.authenticate");
    let server = runtime.block_on(async { Server::start(vec![Act::Serve(success(call.response))]) });
    let client = builder(&server).build_blocking().unwrap();
    let is_rejected = |outcome: Result<_, Error>| {
        let error = outcome.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Config, "{error}");
        assert!(error.to_string().contains("spawn_blocking"), "{error}");
    };
    runtime.block_on(async {
        is_rejected(call.send_blocking(&client));
        tokio::task::LocalSet::new().run_until(async { is_rejected(call.send_blocking(&client)) }).await;
    });
    // A task without a budget cannot be distinguished from a thread that may block, so the call blocks.
    let waits = client.clone();
    let responded = runtime.spawn(tokio::task::unconstrained(async move {
        calls::named("passwords.authenticate").send_blocking(&waits)
    }));
    runtime.block_on(responded).unwrap().unwrap();
    // An entered runtime that is not running does not matter, and neither does `block_in_place`.
    let entered = runtime.enter();
    call.send_blocking(&client).unwrap();
    drop(entered);
    let waits = client.clone();
    let responded = runtime.spawn(async move {
        let call = calls::named("passwords.authenticate");
        tokio::task::block_in_place(|| call.send_blocking(&waits))
    });
    runtime.block_on(responded).unwrap().unwrap();
    runtime.block_on(async { drop(server) });
}

#[test]
fn limits_of_every_length() {
    let _turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
    runtime().block_on(async {
        let call = calls::named("passwords.authenticate");
        let server = Server::start(vec![Act::Serve(success(call.response))]);
        let longest = RetryPolicy::default()
            .with_max_attempts(u32::MAX)
            .with_delays(Duration::MAX, Duration::MAX)
            .with_max_retry_after(Duration::MAX);
        let client = builder(&server).timeout(Duration::MAX).connect_timeout(Duration::MAX);
        let client = client.retries(longest).max_connections(usize::MAX).max_response_bytes(usize::MAX);
        let client = client.build().unwrap();
        call.send(&client).await.unwrap();

        // The longest timeout cannot be waited for in a test.
        let calls_made = server.state().requests.len();
        let slow_down = response("429 No", &["retry-after: 18446744073709551615", "connection: close"], "");
        let fresh = Server::start(vec![Act::Read, Act::Write(slow_down)]);
        let patient = builder(&fresh).timeout(Duration::MAX).retries(longest).build().unwrap();
        let waiting = tokio::spawn(call.send(&patient));
        fresh.until(|state| state.requests.len() == 1).await;
        fresh.until_all_closed().await;
        waiting.abort();
        assert!(waiting.await.unwrap_err().is_cancelled());
        assert_eq!(server.state().requests.len(), calls_made);
    });
}
