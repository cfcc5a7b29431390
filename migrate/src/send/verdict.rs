//! The consequence of an error of the client for a line.

use std::time::Duration;

use stytch_client::{Error, ErrorKind, error_type};

use crate::problem::Problem;

/// What to do after an error.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    /// The address has a password.
    PasswordExists,
    /// This line will never be accepted.
    Rejected(Problem),
    /// The request was not carried out. The API asks for a lower rate, or for a pause.
    SlowDown(Option<Duration>),
    /// A retry may succeed. The field says whether this attempt may have arrived.
    Again { may_have_arrived: bool },
    /// Every other request will get the same response.
    Hopeless,
}

pub(super) fn of(error: &Error) -> Verdict {
    if error.is(error_type::PASSWORD_ALREADY_EXISTS) {
        return Verdict::PasswordExists;
    }
    match (error.kind(), error.status()) {
        (_, Some(429)) => Verdict::SlowDown(error.retry_after()),
        (_, Some(503)) if error.retry_after().is_some() => Verdict::SlowDown(error.retry_after()),
        (ErrorKind::Api, Some(400 | 409 | 413 | 422)) => rejected(error),
        (ErrorKind::Request, _) => Verdict::Rejected(Problem::new("bad_request", error.to_string())),
        // The user was migrated. The next attempt will find that out.
        (ErrorKind::Decode | ErrorKind::TooLarge, Some(200..=299)) => {
            Verdict::Again { may_have_arrived: true }
        }
        _ if error.is_retryable() => Verdict::Again { may_have_arrived: !error.is_connect() },
        _ => Verdict::Hopeless,
    }
}

fn rejected(error: &Error) -> Verdict {
    let (kind, message) = (error.code().unwrap_or_default(), error.message().unwrap_or_default());
    Verdict::Rejected(Problem::from_api(kind, message))
}

#[cfg(test)]
mod tests {
    use stytch_client::passwords::{HashType, Migrate};
    use stytch_client::{Body, Client, RetryPolicy, TransportError, http};

    use super::*;

    async fn error(
        response: impl Fn() -> Result<http::Response<Body>, TransportError> + Send + Sync + 'static,
    ) -> Error {
        let client = Client::builder("project-test-1", "secret-test-1")
            .retries(RetryPolicy::never())
            .transport(move |_: http::Request<Body>| std::future::ready(response()))
            .build()
            .unwrap();
        let request =
            Migrate::builder().email("ada@example.com").hash("h4sh").hash_type(HashType::Md5).build();
        client.send(&request).await.unwrap_err()
    }

    async fn status(status: u16, retry_after: Option<&'static str>, body: &'static str) -> Verdict {
        let response = move || {
            let mut response = http::Response::new(Body::from(body));
            *response.status_mut() = http::StatusCode::from_u16(status).unwrap();
            if let Some(seconds) = retry_after {
                response.headers_mut().insert(http::header::RETRY_AFTER, seconds.parse().unwrap());
            }
            Ok(response)
        };
        of(&error(response).await)
    }

    #[tokio::test]
    async fn responses_of_the_api() {
        let exists = r#"{"error_type":"password_already_exists","error_message":"…"}"#;
        assert_eq!(status(400, None, exists).await, Verdict::PasswordExists);
        let invalid = r#"{"error_type":"invalid_email","error_message":"not an email"}"#;
        let rejected = Problem::from_api("invalid_email", "not an email");
        assert_eq!(rejected.text, "invalid_email: not an email");
        assert_eq!(status(400, None, invalid).await, Verdict::Rejected(rejected));
        let busy = r#"{"error_type":"too_many_requests","error_message":"…"}"#;
        assert_eq!(status(429, Some("7"), busy).await, Verdict::SlowDown(Some(Duration::from_secs(7))));
        assert_eq!(status(429, None, "<html>").await, Verdict::SlowDown(None));
        assert_eq!(status(503, Some("1"), "").await, Verdict::SlowDown(Some(Duration::from_secs(1))));
        for credentials in [401, 403, 404] {
            let body = r#"{"error_type":"unauthorized_credentials","error_message":"…"}"#;
            assert_eq!(status(credentials, None, body).await, Verdict::Hopeless);
        }
    }

    #[tokio::test]
    async fn responses_of_something_else() {
        let unknown = Verdict::Again { may_have_arrived: true };
        for code in [500, 502, 503, 504] {
            assert_eq!(status(code, None, "<html>").await, unknown, "{code}");
        }
        assert_eq!(status(200, None, "<html>").await, unknown);
        for code in [307, 400, 404, 407] {
            assert_eq!(status(code, None, "<html>").await, Verdict::Hopeless, "{code}");
        }
    }

    #[tokio::test]
    async fn no_response() {
        let broken = error(|| Err(TransportError::unknown("cut"))).await;
        assert_eq!(of(&broken), Verdict::Again { may_have_arrived: true });
        let unsent = error(|| Err(TransportError::not_sent("rejected"))).await;
        assert_eq!(of(&unsent), Verdict::Again { may_have_arrived: false });
    }
}
