//! The memory of the program.

#![cfg(target_os = "linux")]

use std::{
    io::{Read, Write},
    net::{Shutdown, TcpStream},
    time::{Duration, Instant},
};

use base64::{Engine, engine::general_purpose::STANDARD};
use serde_json::{Value, json};

use crate::support::{Program, directory, http_client};

/// The memory of a process in KiB: `VmRSS` is the current value, `VmHWM` the maximum so far.
fn memory(program: &Program, name: &str) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", program.id())).expect("its status");
    let line = status.lines().find(|line| line.starts_with(name)).expect("its memory");
    line.split_whitespace().nth(1).expect("a number").parse().expect("a number")
}

/// The output of the program is not read here. That must not delay it.
#[tokio::test]
async fn memory_does_not_grow_with_the_number_of_requests() {
    let program = Program::start(&[]);
    let (project_id, secret) = program.credentials.clone();
    let client = http_client();
    let url = format!("{}/v1/passwords/authenticate", program.base_url);
    let send = async |number: usize| {
        let body = match number % 3 {
            0 => json!({ "email": "nobody@example.com", "password": "x".repeat(20_000) }).to_string(),
            1 => "{".repeat(20_000),
            _ => json!({ "email": format!("{number}@example.com") }).to_string(),
        };
        let request = client.post(&url).basic_auth(&project_id, Some(&secret));
        request.header("content-type", "application/json").body(body).send().await.expect("a response");
    };
    // The record of requests fills up first: it keeps a thousand of them.
    for number in 0..1100 {
        send(number).await;
    }
    let before = memory(&program, "VmRSS:");
    for number in 0..2000 {
        send(number).await;
    }
    let after = memory(&program, "VmRSS:");
    // Two thirds of them have 20 kB. The memory that the allocator keeps differs from run to run. With a leak, all of
    // it would stay in use.
    let traffic = 2000 * 2 / 3 * 20_000 / 1024;
    assert!(
        after < before + traffic / 2,
        "it grew from {before} KiB to {after} KiB, and {traffic} KiB were sent"
    );
}

/// The work of an abandoned request cannot be stopped. It still counts as work, so that other requests wait for it.
#[tokio::test]
async fn abandoned_logins_do_not_use_memory_at_the_same_time() {
    const MEGABYTES: u64 = 128;
    const LOGINS: u64 = 20;
    let seed = directory("abandoned").join("users.json");
    let user = json!({
        "email": "ada@example.com", "hash_type": "argon_2id", "hash": "00".repeat(32),
        "argon_2_config": {
            "salt": "some salt text", "iteration_amount": 1, "memory": MEGABYTES << 10, "threads": 1, "key_length": 32,
        },
    });
    std::fs::write(&seed, json!({ "users": [user] }).to_string()).expect("a file");
    let program = Program::start(&["--seed", seed.to_str().expect("a path")]);
    let login = json!({ "email": "ada@example.com", "password": "wrong" });
    for _ in 0..LOGINS {
        abandon(&program, &login);
    }
    // This one waits until a worker is free.
    assert_eq!(program.post("/v1/passwords/authenticate", &login).await.0, 401);
    let workers = std::thread::available_parallelism().map_or(2, |count| count.get().clamp(2, 8)) as u64;
    let (peak, allowed) = (memory(&program, "VmHWM:"), (workers * MEGABYTES + 100) << 10);
    assert!(peak < allowed, "it used {peak} KiB, and {allowed} KiB are enough for {workers} logins");
}

/// The processor time that a process has used, in ticks of 10 ms.
fn ticks(program: &Program) -> u64 {
    let stat = std::fs::read_to_string(format!("/proc/{}/stat", program.id())).expect("its status");
    let (_, fields) = stat.rsplit_once(") ").expect("fields after its name");
    let number = |index| fields.split(' ').nth(index).and_then(|field: &str| field.parse::<u64>().ok());
    number(11).expect("the user time") + number(12).expect("the system time")
}

/// Sends a login, and closes the connection while a password is being hashed.
fn abandon(program: &Program, login: &Value) {
    let address = program.base_url.strip_prefix("http://").expect("an address");
    let mut stream = TcpStream::connect(address).expect("a connection");
    let credentials = STANDARD.encode(format!("{}:{}", program.credentials.0, program.credentials.1));
    let body = login.to_string();
    let headers = format!(
        "POST /v1/passwords/authenticate HTTP/1.1\r\nhost: localhost\r\nauthorization: Basic {credentials}\r\n\
         content-type: application/json\r\nexpect: 100-continue\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(headers.as_bytes()).expect("an open connection");
    let mut interim = [0; 25];
    stream.read_exact(&mut interim).expect("an interim response");
    let (before, limit) = (ticks(program), Instant::now() + Duration::from_secs(60));
    stream.write_all(body.as_bytes()).expect("an open connection");
    while ticks(program) < before + 2 {
        assert!(Instant::now() < limit, "no password is being hashed");
        std::thread::yield_now();
    }
    stream.shutdown(Shutdown::Both).expect("an open connection");
}
