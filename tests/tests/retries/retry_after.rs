//! `Retry-After`, in seconds and as a date.

use super::{Clock, Duration, RetryPolicy, Server, builder, calls, skipping, status};

async fn after(header: &str, limit: Duration) -> (usize, Vec<Duration>, Option<Duration>) {
    let server = Server::start(status("429 Too Many Requests", &[&format!("retry-after: {header}")]));
    let clock = skipping();
    let client = builder(&server.url(), &clock).timeout(limit).build().unwrap();
    let error = calls::named("passwords.create").send(&client).await.unwrap_err();
    (server.state().requests.len(), clock.waits(), error.retry_after())
}

#[tokio::test]
async fn is_waited_for_in_either_form() {
    let seven = Duration::from_secs(7);
    assert_eq!(after("7", super::HOUR).await, (3, vec![seven; 2], Some(seven)));
    // The clock shows 10:00:00 at the first response, and 10:00:07 at the second one.
    for date in
        ["Sun, 22 Nov 2026 10:00:07 GMT", "Sunday, 22-Nov-26 10:00:07 GMT", "Sun Nov 22 10:00:07 2026"]
    {
        let (sent, waits, _) = after(date, super::HOUR).await;
        assert_eq!((sent, waits[0]), (3, seven), "{date}");
        assert!(waits[1] < Duration::from_millis(400), "{date}: {waits:?}");
    }
}

#[tokio::test]
async fn decimals_are_rounded_up() {
    for (header, seconds) in [("6.5", 7), ("7.0", 7), ("0.25", 1), ("19.999", 20), ("20.0", 20)] {
        let wait = Duration::from_secs(seconds);
        assert_eq!(after(header, super::HOUR).await, (3, vec![wait; 2], Some(wait)), "{header}");
    }
    assert_eq!(after("20.1", super::HOUR).await, (1, vec![], Some(Duration::from_secs(21))));
}

/// If a server asks for a wait of zero, the waits are those without the header.
#[tokio::test]
async fn no_wait_is_the_usual_one() {
    for header in ["0", "0.0", "Sun, 22 Nov 2026 09:00:00 GMT", "Thu, 01 Jan 1970 00:00:00 GMT"] {
        let mut longest = [Duration::ZERO; 2];
        for _ in 0..20 {
            let (sent, waits, asked) = after(header, super::HOUR).await;
            assert_eq!((sent, asked), (3, Some(Duration::ZERO)), "{header}");
            assert!(
                waits[0] < Duration::from_millis(200) && waits[1] < Duration::from_millis(400),
                "{waits:?}"
            );
            longest = [longest[0].max(waits[0]), longest[1].max(waits[1])];
        }
        // Twenty random waits are not all in the first quarter of their range.
        assert!(
            longest[0] > Duration::from_millis(50) && longest[1] > Duration::from_millis(100),
            "{longest:?}"
        );
    }
}

#[tokio::test]
async fn the_longest_wait_is_waited() {
    let longest = Duration::from_secs(20);
    assert_eq!(after("20", super::HOUR).await, (3, vec![longest; 2], Some(longest)));
}

#[tokio::test]
async fn too_long_a_wait_is_left_to_the_caller() {
    for seconds in [21, 3600, u64::MAX] {
        let (sent, waits, asked) = after(&seconds.to_string(), super::HOUR).await;
        assert_eq!((sent, waits, asked), (1, vec![], Some(Duration::from_secs(seconds))));
    }
    let (sent, _, asked) = after("99999999999999999999999", super::HOUR).await;
    assert_eq!((sent, asked), (1, Some(Duration::from_secs(u64::MAX))), "too long to be read is long");
    let (sent, _, asked) = after("Fri, 31 Dec 9999 23:59:59 GMT", super::HOUR).await;
    assert!(sent == 1 && asked > Some(1000 * 24 * super::HOUR), "{asked:?}");
}

#[tokio::test]
async fn of_several_the_longest_counts() {
    for headers in
        ["1\r\nretry-after: 7", "7\r\nretry-after: 1", "soon\r\nretry-after: 7", "7\r\nretry-after: -9"]
    {
        let (sent, waits, _) = after(headers, super::HOUR).await;
        assert_eq!((sent, waits), (3, vec![Duration::from_secs(7); 2]), "{headers}");
    }
}

#[tokio::test]
async fn a_wait_longer_than_the_call_has_left_is_not_begun() {
    // Neither wait is skipped, so that the call would hang if it waited.
    for seconds in [18, 19] {
        let server = Server::start(status("429 Too Many Requests", &[&format!("retry-after: {seconds}")]));
        let clock = Clock::standing();
        let client = builder(&server.url(), &clock).timeout(Duration::from_secs(18)).build().unwrap();
        let error = calls::named("passwords.create").send(&client).await.unwrap_err();
        assert_eq!((error.attempts(), error.retry_after()), (1, Some(Duration::from_secs(seconds))));
        assert_eq!((clock.passed(), clock.sleepers()), (Duration::ZERO, 0));
    }
}

#[tokio::test]
async fn invalid_times_are_ignored() {
    for odd in ["soon", "-7", "1.5s", "", "7, 8", "Sun, 99 Nov 2026 10:00:07 GMT"] {
        let (sent, waits, asked) = after(odd, super::HOUR).await;
        assert_eq!((sent, asked), (3, None), "{odd}");
        assert!(waits.iter().all(|wait| *wait < Duration::from_millis(400)), "{odd}: {waits:?}");
    }
}

/// An API's own headers are used if the usual header is missing.
#[tokio::test]
async fn the_reset_of_a_rate_limit_is_waited_for() {
    let seven = Duration::from_secs(7);
    let used_up = "x-ratelimit-remaining: 0";
    for (headers, wait) in [
        (&[used_up, "x-ratelimit-reset: 7"][..], Some(seven)),
        (&[used_up, "x-ratelimit-reset: 1795341607"], Some(seven)),
        (&["ratelimit: \"default\";r=0;t=7"], Some(seven)),
        (&["retry-after-ms: 7000"], Some(seven)),
        (&[used_up, "x-ratelimit-reset: 7", "retry-after: 3"], Some(Duration::from_secs(3))),
        (&["x-ratelimit-remaining: 1", "x-ratelimit-reset: 7"], None),
    ] {
        let server = Server::start(status("429 Too Many Requests", headers));
        let clock = skipping();
        let client = builder(&server.url(), &clock).retries(RetryPolicy::default().with_max_attempts(2));
        let error = calls::named("passwords.create").send(&client.build().unwrap()).await.unwrap_err();
        assert_eq!(error.attempts(), 2, "{headers:?}");
        let waited = clock.waits()[0];
        match wait {
            Some(wait) => assert_eq!(waited, wait, "{headers:?}"),
            None => assert!(waited < Duration::from_millis(200), "{headers:?}: {waited:?}"),
        }
    }
}

/// If a rate limit is reset in an hour, the call does not wait for it.
#[tokio::test]
async fn a_long_reset_is_returned() {
    let headers = ["x-ratelimit-remaining: 0", "x-ratelimit-reset: 3600"];
    let server = Server::start(status("429 Too Many Requests", &headers));
    let client = builder(&server.url(), &skipping()).build().unwrap();
    let error = calls::named("passwords.create").send(&client).await.unwrap_err();
    assert_eq!((error.attempts(), error.retry_after()), (1, Some(Duration::from_secs(3600))));
    let limit = declapi::RateLimit::read(error.headers().unwrap(), declapi::Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!((limit.remaining, limit.reset), (Some(0), Some(Duration::from_secs(3600))));
}
