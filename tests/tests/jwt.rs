//! Session JWTs verified without a call: what is accepted, what is rejected, and how often keys are fetched.

#[path = "jwt/clock.rs"]
mod clock;
#[path = "jwt/fetches.rs"]
mod fetches;

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};
use stytch_client::{Client, ClientBuilder, Error, ErrorKind, JwtError, JwtProblem, Secret};
use stytch_emulator::{Emulator, Fault};

use self::clock::MovableClock;

const PASSWORD: &str = "correct horse battery staple";
const HOUR: Duration = Duration::from_secs(60 * 60);

struct Logged {
    emulator: Emulator,
    client: Client,
    clock: MovableClock,
    jwt: Secret,
    token: Secret,
    user_id: String,
}

/// A user who has just logged in, for two days.
async fn log_in() -> Logged {
    let emulator = Emulator::builder().strict(true).start().await.unwrap();
    let clock = MovableClock::default();
    let client = builder(&emulator, &clock).build().unwrap();
    let claims = json!({"plan": "pro"}).as_object().unwrap().clone();
    let created = client
        .passwords()
        .create()
        .email("ada@example.com")
        .password(PASSWORD)
        .session_duration_minutes(2 * 24 * 60)
        .session_custom_claims(claims)
        .send()
        .await
        .unwrap();
    let (jwt, token) = (created.session_jwt.unwrap(), created.session_token.unwrap());
    Logged { emulator, client, clock, jwt, token, user_id: created.user_id }
}

fn builder(emulator: &Emulator, clock: &MovableClock) -> ClientBuilder {
    let builder = Client::builder(emulator.project_id(), emulator.secret());
    builder.base_url(emulator.base_url()).timer(clock.clone())
}

impl Logged {
    /// Starts another client of the same project, without keys.
    fn builder(&self) -> ClientBuilder {
        builder(&self.emulator, &self.clock)
    }

    async fn verify(&self, jwt: &str) -> Result<(), JwtProblem> {
        let outcome = self.client.sessions().authenticate_jwt(jwt).send().await;
        outcome.map(drop).map_err(|error| {
            assert!(error.call_error().is_none() && !error.is_timeout(), "{error}");
            assert!(!format!("{error} {error:?}").contains(jwt) || jwt.is_empty(), "{error}");
            error.problem().unwrap()
        })
    }

    /// A check of the JWT whose keys cannot be fetched, and the error of the call for them.
    async fn without_keys(&self, jwt: impl Into<Secret>) -> Error {
        let error = self.client.sessions().authenticate_jwt(jwt).send().await.unwrap_err();
        assert_eq!(error.problem(), None, "{error}");
        let JwtError::Keys(_) = error else { panic!("not an error of the keys: {error}") };
        error.call_error().unwrap().clone()
    }

    fn calls_to(&self, path: &str) -> usize {
        self.emulator.requests().iter().filter(|request| request.path.contains(path)).count()
    }
}

/// The error of a call that was made because the JWT could not be verified without one.
#[track_caller]
fn of_the_api(error: JwtError) -> Error {
    match error {
        JwtError::Api(error) => error,
        other => panic!("the API was not asked: {other}"),
    }
}

/// The JWT with a changed header or payload, and the old signature.
fn forged(jwt: &Secret, part: usize, change: impl FnOnce(&mut Value)) -> String {
    let mut parts: Vec<String> = jwt.secret().split('.').map(str::to_owned).collect();
    let mut value: Value = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(&parts[part]).unwrap()).unwrap();
    change(&mut value);
    parts[part] = URL_SAFE_NO_PAD.encode(value.to_string());
    parts.join(".")
}

#[tokio::test]
async fn a_jwt_is_verified_with_one_fetch_of_the_keys() {
    let logged = log_in().await;
    for _ in 0..3 {
        let verified =
            logged.client.sessions().authenticate_jwt(logged.jwt.clone()).max_age(HOUR).send().await.unwrap();
        assert_eq!(verified.session.user_id, logged.user_id);
        assert_eq!(verified.session.authentication_factors[0].factor_type.as_str(), "password");
        assert_eq!(verified.session.custom_claims.unwrap()["plan"], "pro");
        assert!(verified.session_jwt.is_none() && verified.issued_at.is_some());
    }
    assert_eq!((logged.calls_to("/jwks/"), logged.calls_to("/authenticate")), (1, 0));
}

#[tokio::test]
async fn many_tasks_cause_one_fetch() {
    let logged = log_in().await;
    let calls = (0..50).map(|_| {
        let (client, jwt) = (logged.client.clone(), logged.jwt.clone());
        tokio::spawn(async move { client.sessions().authenticate_jwt(jwt).send().await.map(drop) })
    });
    for call in calls.collect::<Vec<_>>() {
        call.await.unwrap().unwrap();
    }
    assert_eq!(logged.calls_to("/jwks/"), 1);
}

#[tokio::test]
async fn forgeries_are_rejected() {
    let logged = log_in().await;
    let header = |alg: &'static str| forged(&logged.jwt, 0, |header| header["alg"] = alg.into());
    assert_eq!(logged.verify(&header("none")).await, Err(JwtProblem::Algorithm));
    // A signature with the public key as an HMAC secret is rejected like any other, because HS256 is never accepted.
    assert_eq!(logged.verify(&header("HS256")).await, Err(JwtProblem::Algorithm));
    let unsigned = format!("{}.", header("none").rsplit_once('.').unwrap().0);
    assert_eq!(logged.verify(&unsigned).await, Err(JwtProblem::Algorithm));

    let payload = |change: fn(&mut Value)| forged(&logged.jwt, 1, change);
    for tampered in [
        payload(|claims| claims["sub"] = "user-test-mallory".into()),
        payload(|claims| claims["exp"] = 4_000_000_000_u64.into()),
        payload(|claims| claims["https://stytch.com/session"]["roles"] = json!(["admin"])),
        format!("{}AAAA", logged.jwt.secret()),
        format!("{}.", logged.jwt.secret().rsplit_once('.').unwrap().0),
    ] {
        assert_eq!(logged.verify(&tampered).await, Err(JwtProblem::Signature), "{tampered}");
    }
    for nonsense in ["", "a.b.c", logged.token.secret()] {
        assert_eq!(logged.verify(nonsense).await, Err(JwtProblem::Malformed));
    }
}

#[tokio::test]
async fn the_jwt_of_another_project_is_rejected() {
    let (logged, other) =
        (log_in().await, Emulator::builder().project_id("project-test-other").start().await.unwrap());
    let client =
        Client::builder(other.project_id(), other.secret()).base_url(other.base_url()).build().unwrap();
    let created =
        client.passwords().create().email("eve@example.com").password(PASSWORD).session_duration_minutes(5);
    let theirs = created.send().await.unwrap().session_jwt.unwrap();
    // Both emulators sign with the same development key, so only the claims distinguish them.
    assert_eq!(logged.verify(theirs.secret()).await, Err(JwtProblem::Issuer));
    let check = logged.client.sessions().authenticate_jwt(theirs).issuer("stytch.com/project-test-other");
    assert_eq!(check.send().await.unwrap_err().problem(), Some(JwtProblem::Audience));
}

#[tokio::test]
async fn time_passes() {
    let logged = log_in().await;
    let aged = |seconds| {
        let check = logged.client.sessions().authenticate_jwt(logged.jwt.clone());
        check.max_age(Duration::from_secs(seconds)).send()
    };
    logged.clock.advance(Duration::from_secs(120));
    assert!(aged(200).await.is_ok());
    assert_eq!(aged(60).await.unwrap_err().problem(), Some(JwtProblem::TooOld));
    logged.clock.advance(Duration::from_secs(200));
    assert_eq!(logged.verify(logged.jwt.secret()).await, Err(JwtProblem::Expired));
    let lenient = logged.client.sessions().authenticate_jwt(logged.jwt.clone()).leeway(HOUR);
    assert!(lenient.send().await.is_ok());
    logged.clock.rewind(Duration::from_secs(400));
    assert_eq!(logged.verify(logged.jwt.secret()).await, Err(JwtProblem::NotYetValid));
}

#[tokio::test]
async fn the_api_is_asked_only_if_asked_for() {
    let logged = log_in().await;
    logged.clock.advance(HOUR);
    logged.emulator.advance(HOUR);
    let check = || logged.client.sessions().authenticate_jwt(logged.jwt.clone());
    assert_eq!(check().send().await.unwrap_err().problem(), Some(JwtProblem::Expired));
    assert_eq!(logged.calls_to("/v1/sessions/authenticate"), 0);

    let verified = check().fall_back_to_api().send().await.unwrap();
    assert_eq!(verified.session.user_id, logged.user_id);
    let fresh = verified.session_jwt.unwrap();
    assert_eq!(logged.verify(fresh.secret()).await, Ok(()));

    let forged = forged(&logged.jwt, 0, |header| header["alg"] = "none".into());
    let rejected = logged.client.sessions().authenticate_jwt(forged).fall_back_to_api().send().await;
    assert_eq!(rejected.unwrap_err().problem(), Some(JwtProblem::Algorithm));
    assert_eq!(logged.calls_to("/v1/sessions/authenticate"), 1);

    logged.client.sessions().revoke().session_token(logged.token.secret()).send().await.unwrap();
    let revoked = check().fall_back_to_api().send().await.unwrap_err();
    let revoked = of_the_api(revoked);
    assert_eq!((revoked.status(), revoked.code()), (Some(404), Some("session_not_found")), "{revoked}");
}

/// Code that is ported from Stytch's SDKs calls the API each time, with a maximum age of zero.
#[tokio::test]
async fn no_jwt_is_younger_than_zero() {
    let logged = log_in().await;
    let check = |max_age| logged.client.sessions().authenticate_jwt(logged.jwt.clone()).max_age(max_age);
    for max_age in [Duration::ZERO, Duration::from_millis(999)] {
        // Within the leeway, it may be from the future.
        for ahead in [0, 5] {
            logged.clock.rewind(Duration::from_secs(ahead));
            let rejected = check(max_age).send().await.unwrap_err();
            assert_eq!(rejected.problem(), Some(JwtProblem::TooOld), "{max_age:?}");
            let verified = check(max_age).fall_back_to_api().send().await.unwrap();
            assert!(verified.session_jwt.is_some() && verified.issued_at.is_none());
            logged.clock.advance(Duration::from_secs(ahead));
        }
    }
    assert_eq!(logged.calls_to("/v1/sessions/authenticate"), 4);
    assert!(check(HOUR).send().await.is_ok());
}

#[tokio::test]
async fn unknown_keys_cause_a_fetch_a_minute_at_most() {
    let logged = log_in().await;
    assert_eq!(logged.verify(logged.jwt.secret()).await, Ok(()));
    let unknown = |id: u32| forged(&logged.jwt, 0, |header| header["kid"] = format!("key-{id}").into());
    for id in 0..20 {
        assert_eq!(logged.verify(&unknown(id)).await, Err(JwtProblem::UnknownKey));
    }
    assert_eq!(logged.calls_to("/jwks/"), 1);
    logged.clock.advance(Duration::from_secs(61));
    for id in 0..20 {
        assert_eq!(logged.verify(&unknown(id)).await, Err(JwtProblem::UnknownKey));
    }
    assert_eq!(logged.calls_to("/jwks/"), 2);
    let nameless = forged(&logged.jwt, 0, |header| drop(header.as_object_mut().unwrap().remove("kid")));
    assert_eq!(logged.verify(&nameless).await, Err(JwtProblem::UnknownKey));
}

#[tokio::test]
async fn old_keys_are_good_while_a_refresh_fails() {
    let logged = log_in().await;
    let check = || logged.client.sessions().authenticate_jwt(logged.jwt.clone()).leeway(3 * HOUR).send();
    check().await.unwrap();
    logged.clock.advance(HOUR);
    logged.emulator.fail_next(Fault::status(500).times(3)).unwrap();
    check().await.unwrap();
    let after_failure = logged.calls_to("/jwks/");
    assert!(after_failure > 1, "the refresh was tried");
    check().await.unwrap();
    assert_eq!(logged.calls_to("/jwks/"), after_failure, "and not at once again");
    logged.clock.advance(Duration::from_secs(61));
    check().await.unwrap();
    assert_eq!(logged.calls_to("/jwks/"), after_failure + 1);
}

#[tokio::test]
async fn without_keys_the_error_says_why() {
    let logged = log_in().await;
    logged.emulator.fail_next(Fault::status(500).times(3)).unwrap();
    let error = logged.without_keys(logged.jwt.clone()).await;
    assert_eq!((error.kind(), error.status()), (ErrorKind::Api, Some(500)), "{error}");
    assert_eq!(error.endpoint().unwrap().path, "/v1/sessions/jwks/{project_id}");
}

#[test]
fn a_blocking_client_verifies_too() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let logged = runtime.block_on(log_in());
    let client = logged.builder().build_blocking().unwrap();
    let verified = client.sessions().authenticate_jwt(logged.jwt.clone()).send().unwrap();
    assert_eq!(verified.session.user_id, logged.user_id);
    // Its tasks belong to the runtime of the client.
    runtime.block_on(async { drop(logged) });
}

/// During an outage, a valid JWT must not be reported as forged, because programs then log the user out.
#[tokio::test]
async fn without_keys_valid_jwts_are_not_reported_as_forged() {
    let logged = log_in().await;
    logged.emulator.fail_next(Fault::status(500).times(3)).unwrap();
    for attempt in 1..=3 {
        let error = logged.without_keys(logged.jwt.clone()).await;
        assert_eq!((error.kind(), error.status()), (ErrorKind::Api, Some(500)), "{attempt}: {error}");
        assert!(error.is_retryable());
    }
    assert_eq!(logged.calls_to("/jwks/"), 3, "one fetch, with its retries, for all of them");
    logged.clock.advance(Duration::from_secs(3));
    assert_eq!(logged.verify(logged.jwt.secret()).await, Ok(()));

    // The same if other keys are known, because this key may be new.
    logged.clock.advance(Duration::from_secs(61));
    let unknown = forged(&logged.jwt, 0, |header| header["kid"] = "key-1".into());
    logged.emulator.fail_next(Fault::status(500).times(3)).unwrap();
    for _ in 0..2 {
        let error = logged.without_keys(&*unknown).await;
        assert_eq!((error.kind(), error.status()), (ErrorKind::Api, Some(500)), "{error}");
    }
    logged.clock.advance(Duration::from_secs(3));
    assert_eq!(logged.verify(&unknown).await, Err(JwtProblem::UnknownKey));
}
