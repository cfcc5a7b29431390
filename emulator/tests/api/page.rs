//! The web page of the emulator, and the control endpoints that it uses.

use reqwest::{Method, header};
use serde_json::{Value, json};
use stytch_emulator::{Emulator, Fault, Outcome};

use crate::support::{PASSWORD, Peer, control, start, text};

const CREATE: &str = "/v1/passwords";

fn user(name: &str) -> Value {
    json!({ "email": format!("{name}@example.com"), "password": PASSWORD, "session_duration_minutes": 60 })
}

fn addresses(listed: &Value) -> Vec<&str> {
    let users = listed["users"].as_array().expect("a list");
    users.iter().map(|user| user["emails"][0]["email"].as_str().expect("an address")).collect()
}

#[tokio::test]
async fn users_are_listed_with_their_sessions_and_found_by_name() {
    let peer = Peer::with(Emulator::builder().start_at(start())).await;
    for name in ["ada", "bob", "eve"] {
        peer.post(CREATE, user(name)).await.ok();
        peer.emulator.advance(std::time::Duration::from_secs(1));
    }
    let listed = control(&peer, Method::GET, "users", None).await.ok();
    assert_eq!(addresses(&listed), ["ada@example.com", "bob@example.com", "eve@example.com"]);
    let ada = &listed["users"][0];
    assert_eq!(ada["sessions"].as_array().map(Vec::len), Some(1));
    assert_eq!(ada["sessions"][0]["authentication_factors"][0]["type"], "password");
    assert!(ada["password"]["password_id"].is_string() && !listed.to_string().contains("session_token"));

    let newest = control(&peer, Method::GET, "users?limit=2", None).await.ok();
    assert_eq!(
        (addresses(&newest), &newest["total"]),
        (vec!["bob@example.com", "eve@example.com"], &json!(3))
    );
    for search in ["BOB@", text(&listed["users"][1]["user_id"]).as_str()] {
        let found = control(&peer, Method::GET, &format!("users?search={search}"), None).await.ok();
        assert_eq!(addresses(&found), ["bob@example.com"], "{search}");
    }
    let message = control(&peer, Method::GET, "users?limit=0", None).await.rejected(400, "bad_request");
    assert_eq!(message, "`limit` must be an integer from 1 to 10000.");
    let message = control(&peer, Method::GET, "users?limit=all", None).await.rejected(400, "bad_request");
    assert_eq!(message, "`limit` must be an integer, not a string.");
    control(&peer, Method::GET, "users?emial=ada", None).await.rejected(400, "bad_request");
}

#[tokio::test]
async fn either_all_users_of_a_list_are_added_or_none() {
    let peer = Peer::start().await;
    let add = |users: Value| control(&peer, Method::POST, "users", Some(json!({ "users": users })));
    let ada = json!({ "email": "ada@example.com", "user_id": "user-test-ada", "password": "weak", "roles": ["admin"] });
    let added = add(json!([ada, { "email": "bob@example.com" }])).await.ok();
    assert_eq!(added["users"][0]["user_id"], "user-test-ada");
    let login = json!({ "email": "ada@example.com", "password": "weak" });
    let logged_in = peer.post("/v1/passwords/authenticate", login).await.ok();
    assert_eq!(logged_in["user"]["roles"], json!(["admin"]));

    let new = json!({ "email": "new@example.com" });
    for (users, complaint) in [
        (json!([new, { "email": "ADA@example.com" }]), "`users[1]` has the email of a user that exists."),
        (
            json!([new, { "email": "x@y.z", "user_id": "user-test-ada" }]),
            "`users[1]` has the user_id of a user that exists.",
        ),
        (json!([new, new]), "`users[1]` has the email of an earlier user."),
        (json!([new, { "email": "x@y.z", "pasword": "x" }]), "`users[1].pasword` is not a known parameter."),
        (json!([new, 7]), "`users[1]` must be an object, not a number."),
        (json!(new), "`users` must be a list of objects, not an object."),
    ] {
        assert_eq!(add(users).await.rejected(400, "bad_request"), complaint);
    }
    let listed = control(&peer, Method::GET, "users", None).await.ok();
    assert_eq!(listed["total"], 2, "a list with a mistake must add no user");
    control(&peer, Method::POST, "reset", None).await.ok();
    assert_eq!(control(&peer, Method::GET, "users", None).await.ok()["total"], 0);
}

#[tokio::test]
async fn the_outbox_is_filtered_and_cleared() {
    let directory = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let file = directory.join(format!("outbox-{}.jsonl", std::process::id()));
    let _ = std::fs::remove_file(&file);
    let peer = Peer::with(Emulator::builder().state_file(&file)).await;
    for name in ["ada", "bob"] {
        peer.post(CREATE, user(name)).await.ok();
    }
    for name in ["ada", "bob", "ada"] {
        let body = json!({ "email": format!("{name}@example.com") });
        peer.post("/v1/passwords/email/reset/start", body).await.ok();
    }
    let tokens = |body: &Value| -> Vec<String> {
        body["messages"].as_array().expect("a list").iter().map(|message| text(&message["token"])).collect()
    };
    let all = control(&peer, Method::GET, "outbox", None).await.ok();
    let all_tokens = tokens(&all);
    let [first, second, third] = &all_tokens[..] else { panic!("{all}") };
    let bob = text(&all["messages"][1]["user_id"]);
    for (query, expected) in [
        ("to=ADA@example.com".to_owned(), vec![first, third]),
        (format!("user_id={bob}"), vec![second]),
        (format!("to=ada@example.com&user_id={bob}"), vec![]),
        ("to=ada@example.com&limit=1".to_owned(), vec![third]),
    ] {
        let found = control(&peer, Method::GET, &format!("outbox?{query}"), None).await.ok();
        assert_eq!(tokens(&found).iter().collect::<Vec<_>>(), expected, "{query}");
    }
    control(&peer, Method::DELETE, "outbox", None).await.ok();
    assert!(peer.emulator.outbox().is_empty());
    let reset = json!({ "token": first, "password": "staple battery horse correct" });
    peer.post("/v1/passwords/email/reset", reset).await.ok();
    peer.emulator.shutdown().await;
    let again = Peer::with(Emulator::builder().state_file(&file)).await;
    assert!(again.emulator.outbox().is_empty(), "the outbox must stay empty after a restart");
    let _ = std::fs::remove_file(&file);
}

#[tokio::test]
async fn the_clock_is_shown_moved_and_set() {
    let peer = Peer::with(Emulator::builder().start_at(start())).await;
    let clock = |body: Value| control(&peer, Method::POST, "clock", Some(body));
    let shown = control(&peer, Method::GET, "clock", None).await.ok();
    assert_eq!((&shown["now"], &shown["stands_still"]), (&json!("2026-01-01T00:00:00Z"), &json!(true)));
    assert_eq!(
        clock(json!({ "now": "2027-02-03T05:05:06+01:00" })).await.ok()["now"],
        "2027-02-03T04:05:06Z"
    );
    assert_eq!(clock(json!({ "advance_seconds": 54 })).await.ok()["now"], "2027-02-03T04:06:00Z");
    assert_eq!(clock(json!({ "now": "2020-01-01T00:00:00Z" })).await.ok()["now"], "2020-01-01T00:00:00Z");
    for (body, complaint) in [
        (json!({ "now": "tomorrow" }), "`now` is not a time such as 2026-01-01T00:00:00Z."),
        (json!({ "now": "9000-01-01T00:00:00Z" }), "`now` is past the year 8999."),
        (
            json!({ "now": "2026-01-01T00:00:00Z", "advance_seconds": 1 }),
            "`now` cannot be sent together with `advance_seconds`.",
        ),
    ] {
        assert_eq!(clock(body).await.rejected(400, "bad_request"), complaint);
    }
    assert_eq!(control(&peer, Method::GET, "clock", None).await.ok()["now"], "2020-01-01T00:00:00Z");
    control(&peer, Method::POST, "reset", None).await.ok();
    assert_eq!(control(&peer, Method::GET, "clock", None).await.ok()["now"], "2026-01-01T00:00:00Z");
    let running = control(&Peer::start().await, Method::GET, "clock", None).await.ok();
    assert_eq!(running["stands_still"], false);
}

#[tokio::test]
async fn breached_passwords_are_counted_and_their_list_can_be_restored() {
    let peer = Peer::start().await;
    let body = |email: Option<&str>| match email {
        Some(email) => json!({ "password": PASSWORD, "email": email }),
        None => json!({ "password": PASSWORD }),
    };
    for email in [None, Some("ada@example.com")] {
        control(&peer, Method::POST, "breaches", Some(body(email))).await.ok();
    }
    let counted = control(&peer, Method::GET, "breaches", None).await.ok();
    assert_eq!((&counted["passwords"], &counted["passwords_with_email"]), (&json!(5), &json!(1)));
    assert!(!counted.to_string().contains(PASSWORD));
    control(&peer, Method::DELETE, "breaches", None).await.ok();
    assert_eq!(control(&peer, Method::GET, "breaches", None).await.ok()["passwords"], 4);
    peer.post(CREATE, user("ada")).await.ok();
}

#[tokio::test]
async fn requests_are_listed_with_their_outcome_and_without_secrets() {
    let peer = Peer::start().await;
    let created = peer.post(CREATE, user("ada")).await.ok();
    peer.post(CREATE, user("ada")).await.rejected(400, "duplicate_email");
    peer.emulator.fail_next(Fault::cut_short()).expect("a fault");
    peer.request(Method::POST, CREATE)
        .json(&user("bob"))
        .send()
        .await
        .expect("a status")
        .text()
        .await
        .expect_err("half");
    peer.emulator.fail_next(Fault::dropped()).expect("a fault");
    peer.request(Method::POST, CREATE).json(&user("eve")).send().await.expect_err("no response");

    let listed = control(&peer, Method::GET, "requests", None).await.ok();
    let [first, second, third, fourth] = &listed["requests"].as_array().expect("a list")[..] else {
        panic!("{listed}")
    };
    let of = |request: &Value| {
        (request["status"].clone(), request["error_type"].clone(), text(&request["outcome"]))
    };
    assert_eq!(of(first), (json!(200), json!(null), "responded".to_owned()));
    assert_eq!(of(second), (json!(400), json!("duplicate_email"), "responded".to_owned()));
    assert_eq!(of(third), (json!(200), json!(null), "cut_short".to_owned()));
    assert_eq!(of(fourth), (json!(null), json!(null), "dropped".to_owned()));
    assert!(first["milliseconds"].is_u64() && text(&first["received_at"]).ends_with('Z'), "{first}");
    let numbers: Vec<&Value> = [first, second, third, fourth].map(|request| &request["number"]).into();
    assert_eq!(numbers, [1, 2, 3, 4]);

    let response = &first["response"];
    assert_eq!(response["user_id"], created["user_id"]);
    assert_eq!(response["user"]["emails"][0]["email"], "ada@example.com");
    assert_eq!(
        (&response["session_token"], &response["session_jwt"]),
        (&json!("[redacted]"), &json!("[redacted]"))
    );
    assert_eq!(
        second["response"]["error_message"],
        "A user with the specified email already exists for this project."
    );
    for secret in ["session_token", "session_jwt"] {
        assert!(!listed.to_string().contains(&text(&created[secret])), "{secret}");
    }
    let latest = control(&peer, Method::GET, "requests?limit=1", None).await.ok();
    assert_eq!(latest["requests"][0]["number"], 4);

    let [first, .., last] = &peer.emulator.requests()[..] else { panic!("expected four requests") };
    assert_eq!((first.outcome.status(), last.outcome.clone()), (Some(200), Outcome::Dropped));
}

#[tokio::test]
async fn only_the_default_secret_is_shown() {
    let health = control(&Peer::start().await, Method::GET, "health", None).await.ok();
    assert_eq!(health["secret"], "secret-test-22222222222222222222222222222222=");
    let peer = Peer::with(Emulator::builder().secret("Zq7")).await;
    let health = control(&peer, Method::GET, "health", None).await.ok();
    assert_eq!(health["secret"], Value::Null);
}

#[tokio::test]
async fn the_revision_changes_only_with_changes() {
    let peer = Peer::with(Emulator::builder()).await;
    let revision = || async { text(&control(&peer, Method::GET, "health", None).await.ok()["revision"]) };
    let mut last = revision().await;
    for path in ["users", "outbox", "requests", "faults", "clock", "breaches", "health"] {
        control(&peer, Method::GET, path, None).await.ok();
    }
    assert_eq!(revision().await, last, "a GET request must not change the revision");
    peer.post(CREATE, user("ada")).await.ok();
    for step in 0..8 {
        match step {
            0 => drop(
                peer.post("/v1/passwords/email/reset/start", json!({ "email": "ada@example.com" }))
                    .await
                    .ok(),
            ),
            1 => peer.emulator.fail_next(Fault::dropped()).expect("a fault"),
            2 => peer.emulator.advance(std::time::Duration::from_secs(1)),
            3 => peer.emulator.add_breached_password("a").expect("room"),
            4 => drop(control(&peer, Method::DELETE, "faults", None).await.ok()),
            5 => drop(
                control(&peer, Method::POST, "users", Some(json!({ "users": [{ "email": "a@b.c" }] })))
                    .await
                    .ok(),
            ),
            6 => peer.emulator.reset(),
            _ => drop(control(&peer, Method::DELETE, "outbox", None).await.ok()),
        }
        let now = revision().await;
        assert_ne!(now, last, "step {step}");
        last = now;
    }
    let other = Peer::start().await;
    let of_other = control(&other, Method::GET, "health", None).await.ok();
    assert_ne!(text(&of_other["revision"]).split('-').next(), last.split('-').next());
}

#[tokio::test]
async fn the_page_has_a_strict_policy_and_does_not_count_as_an_api_request() {
    let peer = Peer::start().await;
    peer.emulator.fail_next(Fault::dropped()).expect("a fault");
    for (path, content_type) in [
        ("/", "text/html; charset=utf-8"),
        ("/_emulator/page.css", "text/css; charset=utf-8"),
        ("/_emulator/page.js", "text/javascript; charset=utf-8"),
        ("/_emulator/elements.js", "text/javascript; charset=utf-8"),
        ("/_emulator/entries.js", "text/javascript; charset=utf-8"),
        ("/_emulator/icon.svg", "image/svg+xml"),
        ("/favicon.ico", "image/svg+xml"),
    ] {
        let response = peer.anonymous(Method::GET, path).send().await.expect("a response");
        let header = |name: &str| response.headers()[name].to_str().expect("text").to_owned();
        assert_eq!((response.status().as_u16(), header("content-type").as_str()), (200, content_type));
        let policy = header("content-security-policy");
        for part in
            ["default-src 'none'", "script-src 'self'", "frame-ancestors 'none'", "form-action 'none'"]
        {
            assert!(policy.contains(part), "{policy}");
        }
        assert!(!policy.contains("unsafe") && !policy.contains('*'), "{policy}");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("cross-origin-resource-policy"), "same-origin");
        assert_eq!(header("cross-origin-opener-policy"), "same-origin");
        assert!(!response.text().await.expect("a body").is_empty());
        let head = peer.anonymous(Method::HEAD, path).send().await.expect("a response");
        assert_eq!(head.status(), 200);
    }
    let response = peer.anonymous(Method::GET, "/_emulator/outbox").send().await.expect("a response");
    assert_eq!(response.headers()["cross-origin-resource-policy"], "same-origin");
    assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
    assert!(peer.emulator.requests().is_empty());
    assert_eq!(peer.emulator.pending_faults().len(), 1);
}
