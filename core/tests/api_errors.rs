//! Tests the documented error responses of well-known APIs: the code and the message of each are shown.
//!
//! Over 350 lines: a table of eleven APIs, with the error types that two of them need.

use std::borrow::Cow;
use std::time::Duration;

use declapi::http::{Request, Response};
use declapi::{
    ApiError, Body, Client, Error, ErrorKind, ResponseParts, RetryPolicy, Timestamp, Transport, client,
    endpoint,
};
use serde::Deserialize;

/// Creates a thing.
#[endpoint(post = "/things", response = ())]
struct MakeThing;

/// Reads a thing.
#[endpoint(get = "/things/{id}", response = (), idempotent)]
struct GetThing {
    id: u64,
}

type Headers = &'static [(&'static str, &'static str)];

/// Returns a server that always sends the same response.
fn sending(status: u16, headers: Headers, body: &'static str) -> impl Transport {
    move |_: Request<Body>| async move {
        let mut response = Response::builder().status(status);
        for (name, value) in headers {
            response = response.header(*name, *value);
        }
        Ok(response.body(Body::from(body)).unwrap())
    }
}

/// Returns the error of a client without a declared error type.
async fn undeclared(status: u16, headers: Headers, body: &'static str) -> Error {
    let client = Client::builder("https://api.example.com").transport(sending(status, headers, body));
    let client = client.retries(RetryPolicy::never()).build().unwrap();
    client.get_thing().id(1).send().await.unwrap_err()
}

/// A documented response: the API, and the expected error.
struct Documented {
    of: &'static str,
    status: u16,
    headers: Headers,
    body: &'static str,
    code: Option<&'static str>,
    message: &'static str,
    request_id: Option<&'static str>,
}

const JSON: (&str, &str) = ("content-type", "application/json");

const DOCUMENTED: &[Documented] = &[
    Documented {
        of: "GitHub",
        status: 404,
        headers: &[JSON, ("x-github-request-id", "C0FF:EE:1")],
        body: r#"{"message":"Not Found","documentation_url":"https://docs.github.com/rest","status":"404"}"#,
        code: None,
        message: "Not Found",
        request_id: Some("C0FF:EE:1"),
    },
    Documented {
        of: "GitHub, validation",
        status: 422,
        headers: &[JSON],
        body: r#"{"message":"Validation Failed","errors":[{"resource":"Issue","field":"title","code":"missing_field"}]}"#,
        code: Some("missing_field"),
        message: "Validation Failed",
        request_id: None,
    },
    Documented {
        of: "Stripe",
        status: 402,
        headers: &[JSON, ("request-id", "req_1")],
        body: r#"{"error":{"code":"card_declined","decline_code":"generic_decline","doc_url":"https://stripe.com/docs/error-codes/card-declined","message":"Your card was declined.","param":"","type":"card_error"}}"#,
        code: Some("card_declined"),
        message: "Your card was declined.",
        request_id: Some("req_1"),
    },
    Documented {
        of: "OpenAI",
        status: 401,
        headers: &[JSON, ("x-request-id", "req_2")],
        body: r#"{"error":{"message":"Incorrect API key provided.","type":"invalid_request_error","param":null,"code":"invalid_api_key"}}"#,
        code: Some("invalid_api_key"),
        message: "Incorrect API key provided.",
        request_id: Some("req_2"),
    },
    Documented {
        of: "Cloudflare",
        status: 403,
        headers: &[JSON, ("cf-ray", "8a-FRA")],
        body: r#"{"success":false,"errors":[{"code":10000,"message":"Authentication error"}],"messages":[],"result":null}"#,
        code: Some("10000"),
        message: "Authentication error",
        request_id: Some("8a-FRA"),
    },
    Documented {
        of: "Kubernetes",
        status: 404,
        headers: &[JSON],
        body: r#"{"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure","message":"pods \"web\" not found","reason":"NotFound","details":{"name":"web","kind":"pods"},"code":404}"#,
        code: Some("NotFound"),
        message: "pods \"web\" not found",
        request_id: None,
    },
    Documented {
        of: "Twilio",
        status: 404,
        headers: &[JSON, ("twilio-request-id", "RQ1")],
        body: r#"{"code":20404,"message":"The requested resource was not found","more_info":"https://www.twilio.com/docs/errors/20404","status":404}"#,
        code: Some("20404"),
        message: "The requested resource was not found",
        request_id: Some("RQ1"),
    },
    Documented {
        of: "Elasticsearch",
        status: 404,
        headers: &[JSON],
        body: r#"{"error":{"root_cause":[{"type":"index_not_found_exception","reason":"no such index [x]"}],"type":"index_not_found_exception","reason":"no such index [x]","index":"x"},"status":404}"#,
        code: Some("index_not_found_exception"),
        message: "no such index [x]",
        request_id: None,
    },
    Documented {
        of: "Google",
        status: 403,
        headers: &[JSON],
        body: r#"{"error":{"code":403,"message":"The caller does not have permission","status":"PERMISSION_DENIED","details":[{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"IAM"}]}}"#,
        code: Some("PERMISSION_DENIED"),
        message: "The caller does not have permission",
        request_id: None,
    },
    Documented {
        of: "AWS, JSON",
        status: 400,
        headers: &[("content-type", "application/x-amz-json-1.0"), ("x-amzn-requestid", "aws-1")],
        body: r#"{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException","message":"Requested resource not found"}"#,
        code: Some("ResourceNotFoundException"),
        message: "Requested resource not found",
        request_id: Some("aws-1"),
    },
    Documented {
        of: "AWS, a header",
        status: 400,
        headers: &[JSON, ("x-amzn-errortype", "ValidationException:http://internal.amazon.com/x")],
        body: r#"{"message":"1 validation error detected"}"#,
        code: Some("ValidationException"),
        message: "1 validation error detected",
        request_id: None,
    },
    Documented {
        of: "AWS, XML",
        status: 404,
        headers: &[("content-type", "application/xml"), ("x-amz-request-id", "s3-1")],
        body: "<?xml version=\"1.0\"?>\n<Error><Code>NoSuchKey</Code><Message>The specified key does not exist.</Message><Key>a</Key></Error>",
        code: Some("NoSuchKey"),
        message: "The specified key does not exist.",
        request_id: Some("s3-1"),
    },
    Documented {
        of: "Slack",
        status: 429,
        headers: &[JSON, ("retry-after", "30")],
        body: r#"{"ok":false,"error":"ratelimited"}"#,
        code: Some("ratelimited"),
        message: "",
        request_id: None,
    },
    Documented {
        of: "RFC 9457",
        status: 403,
        headers: &[("content-type", "application/problem+json")],
        body: r#"{"type":"https://example.com/probs/out-of-credit","title":"You do not have enough credit.","detail":"Your current balance is 30, but that costs 50.","instance":"/account/12345/msgs/abc"}"#,
        code: Some("https://example.com/probs/out-of-credit"),
        message: "Your current balance is 30, but that costs 50.",
        request_id: None,
    },
];

#[tokio::test]
async fn each_is_shown_with_its_own_code_and_message() {
    for Documented { of, status, headers, body, code, message, request_id } in DOCUMENTED {
        let error = undeclared(*status, headers, body).await;
        assert_eq!(error.kind(), ErrorKind::Api, "{of}: {error}");
        assert_eq!(error.status(), Some(*status), "{of}");
        assert_eq!(error.code(), *code, "{of}: {error}");
        assert_eq!(error.message().unwrap_or_default(), *message, "{of}");
        assert_eq!(error.request_id(), *request_id, "{of}");
        let shown = error.to_string();
        assert!(shown.starts_with(&format!("GET /things/{{id}}: API error {status}")), "{of}: {shown}");
        let message = message.trim_end_matches('.');
        assert!(code.is_none_or(|code| shown.contains(code)) && shown.contains(message), "{of}: {shown}");
        assert!(headers.iter().all(|(name, value)| error.headers().unwrap()[*name] == value), "{of}");
    }
}

/// GitHub's error response.
#[derive(Debug, Deserialize)]
struct GithubError {
    message: String,
    documentation_url: Option<String>,
    #[serde(default)]
    errors: Vec<GithubProblem>,
}

#[derive(Debug, Deserialize)]
struct GithubProblem {
    code: String,
}

impl ApiError for GithubError {
    fn read(response: &ResponseParts<'_>) -> Option<Self> {
        response.json()
    }

    fn code(&self) -> Option<Cow<'_, str>> {
        self.errors.first().map(|problem| problem.code.as_str().into())
    }

    fn message(&self) -> Option<Cow<'_, str>> {
        Some(self.message.as_str().into())
    }

    fn documentation(&self) -> Option<Cow<'_, str>> {
        self.documentation_url.as_deref().map(Cow::Borrowed)
    }

    fn rate_limited(response: &ResponseParts<'_>, now: Timestamp) -> Option<Duration> {
        let is_limited = response.header("x-ratelimit-remaining") == Some("0");
        let reset: i64 = response.header("x-ratelimit-reset").filter(|_| is_limited)?.parse().ok()?;
        Some(Duration::from_secs(u64::try_from(reset - now.as_second()).unwrap_or_default()))
    }
}

/// GitHub.
#[client(base_url = "https://api.github.com", error = GithubError)]
struct Github;

#[tokio::test]
async fn a_declared_type_is_read() {
    let body = r#"{"message":"Not Found","documentation_url":"https://docs.github.com/rest"}"#;
    let github = Github::builder().transport(sending(404, &[JSON], body)).build().unwrap();
    let error = github.get_thing().id(1).send().await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "GET /things/{id}: API error 404: Not Found, see https://docs.github.com/rest"
    );
    let read: GithubError = error.api_error().unwrap();
    assert_eq!(read.message, "Not Found");
}

#[tokio::test]
async fn a_gateway_in_front_of_a_declared_api_is_still_described() {
    for (body, said) in
        [("<html>502 Bad Gateway</html>", "502 Bad Gateway"), (r#"{"error":"no upstream"}"#, "no upstream")]
    {
        let github = Github::builder().transport(sending(502, &[], body));
        let error = github.retries(RetryPolicy::never()).build().unwrap().get_thing().id(1).send().await;
        let error = error.unwrap_err();
        assert!(error.to_string().contains(said), "{error}");
        assert!(error.is_retryable());
        assert!(error.api_error::<GithubError>().is_none());
    }
}

/// GitHub's rate limit has the status 403, and the time of its reset is in a header.
#[tokio::test]
async fn a_declared_rate_limit_is_retryable_after_its_delay() {
    let limited = |remaining: &'static str| {
        let reset = Timestamp::now().as_second() + 3600;
        move |_: Request<Body>| async move {
            let response = Response::builder().status(403);
            let response =
                response.header("x-ratelimit-remaining", remaining).header("x-ratelimit-reset", reset);
            Ok(response.body(Body::from(r#"{"message":"API rate limit exceeded"}"#)).unwrap())
        }
    };
    let github = Github::builder().transport(limited("0")).build().unwrap();
    let error = github.get_thing().id(1).send().await.unwrap_err();
    let wait = error.retry_after().unwrap();
    assert!((3500..=3600).contains(&wait.as_secs()), "{wait:?}");
    // The delay is longer than a call waits, so the caller decides.
    assert!(error.is_retryable());
    assert_eq!((error.status(), error.attempts()), (Some(403), 1));

    let github = Github::builder().transport(limited("17")).build().unwrap();
    let error = github.get_thing().id(1).send().await.unwrap_err();
    assert_eq!((error.is_retryable(), error.retry_after()), (false, None));
}

/// The API has not executed the call, so even an endpoint that is not idempotent is retried.
#[tokio::test]
async fn a_declared_rate_limit_is_retried() {
    const OVER: Headers = &[("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", "0")];
    let mut retries = RetryPolicy::default();
    retries.base_delay = Duration::ZERO;
    for (headers, attempts) in [(OVER, 3), (&OVER[1..], 1)] {
        let github = Github::builder().transport(sending(403, headers, r#"{"message":"slow down"}"#));
        let github = github.retries(retries).build().unwrap();
        assert_eq!(github.make_thing().send().await.unwrap_err().attempts(), attempts);
        assert_eq!(github.get_thing().id(1).send().await.unwrap_err().attempts(), attempts);
    }
}

/// Slack's response for every status.
#[derive(Debug, Deserialize)]
struct SlackError {
    ok: bool,
    error: String,
}

impl ApiError for SlackError {
    fn is_error(response: &ResponseParts<'_>) -> bool {
        Self::read(response).is_some()
    }

    fn read(response: &ResponseParts<'_>) -> Option<Self> {
        response.json::<Self>().filter(|error| !error.ok)
    }

    fn code(&self) -> Option<Cow<'_, str>> {
        Some(self.error.as_str().into())
    }
}

/// Slack.
#[client(base_url = "https://slack.com/api", error = SlackError)]
struct Slack;

#[tokio::test]
async fn an_error_may_have_the_status_200() {
    let body = r#"{"ok":false,"error":"channel_not_found"}"#;
    let slack = Slack::builder().transport(sending(200, &[JSON], body)).build().unwrap();
    let error = slack.get_thing().id(1).send().await.unwrap_err();
    assert_eq!(error.to_string(), "GET /things/{id}: API error 200 channel_not_found");
    assert!(error.is("channel_not_found"));
    assert_eq!((error.kind(), error.attempts(), error.is_retryable()), (ErrorKind::Api, 1, false));

    let slack = Slack::builder().transport(sending(200, &[JSON], r#"{"ok":true}"#)).build().unwrap();
    slack.get_thing().id(1).send().await.unwrap();
}

/// A status other than 2xx is an error even if the `ApiError` says otherwise.
#[tokio::test]
async fn an_error_status_is_always_an_error() {
    let slack =
        Slack::builder().transport(sending(500, &[], "")).retries(RetryPolicy::never()).build().unwrap();
    assert_eq!(slack.get_thing().id(1).send().await.unwrap_err().status(), Some(500));
}
