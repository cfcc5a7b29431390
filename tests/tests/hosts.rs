//! The hosts of calls and their credentials: further hosts, absolute URLs, and calls without credentials.

#[path = "hosts/connections.rs"]
mod connections;

use std::sync::{Arc, Mutex};

use declapi::http::{Request, Response, StatusCode};
use declapi::{
    Auth, Body, Client, ClientBuilder, Credentials, Endpoint, Error, ErrorKind, TransportError, client,
    endpoint, resource,
};

/// Files, on three hosts.
#[client(
    base_url = "https://api.example.com/v1",
    header("x-version" = "3"),
    query("tenant" = "t1"),
    host("uploads" = "https://uploads.example.com/up"),
    host("search" = "https://search.example.com", auth)
)]
struct Files;

/// Calls to the host for uploads.
#[resource(on = &Files, host = "uploads")]
struct Uploads;

/// Calls of administrators.
#[resource(on = &Files, auth = "admin")]
struct Admin;

/// Calls of administrators to the host for searches.
#[resource(on = Admin, host = "search")]
struct Audit;

#[endpoint(get = "/files/{id}", response = String, on = &Files)]
struct Read {
    id: u8,
}

#[endpoint(get = "/health", response = String, on = &Files, auth = none)]
struct Health;

#[endpoint(post = "/files", response = String, on = Uploads)]
struct Upload<'a> {
    name: &'a str,
}

#[endpoint(get = "/find", response = String, on = &Files, host = "search")]
struct Find<'a> {
    q: &'a str,
}

#[endpoint(delete = "/files", response = String, on = Admin)]
struct Purge;

#[endpoint(get = "/version", response = String, on = Admin, auth = none)]
struct Version;

#[endpoint(get = "/log", response = String, on = Audit)]
struct ReadLog;

#[endpoint(get = "/log", response = String, on = Audit, host = "uploads", auth = none)]
struct ReadUploads;

#[endpoint(get = "/other", response = String, on = &Files, host = "other")]
struct Other;

#[endpoint(get = "/other", response = String, on = &Files, auth = "other")]
struct OtherAuth;

#[endpoint(get = "/log", response = String, on = Admin, host = "uploads", name = log_of_uploads)]
struct LogOfUploads;

/// Fetches a file from any URL.
#[endpoint(get = "{url}", response = String, on = Admin)]
struct Fetch<'a> {
    #[endpoint(secret)]
    url: &'a str,
    #[endpoint(header = "range")]
    range: Option<&'a str>,
    #[endpoint(query)]
    part: Option<u8>,
}

/// Stores a file under a presigned URL.
#[endpoint(put = "{url}", response = String, on = &Files)]
struct Store<'a> {
    url: &'a str,
    text: &'a str,
}

type Seen = Arc<Mutex<Vec<String>>>;

/// A client that records the destination of each call, and its headers except the default ones.
fn files() -> (ClientBuilder<Files>, Seen) {
    let seen = Seen::default();
    let noted = Arc::clone(&seen);
    let transport = move |request: Request<Body>| {
        let mut headers: Vec<_> = request.headers().iter().collect();
        headers.retain(|(name, _)| !["user-agent", "accept", "content-type"].contains(&name.as_str()));
        headers.sort_by_key(|(name, _)| name.as_str());
        let headers = headers.iter().map(|(name, value)| format!(" {name}={}", value.to_str().unwrap()));
        let line = format!("{} {}{}", request.method(), request.uri(), headers.collect::<String>());
        noted.lock().unwrap().push(line);
        async { Ok::<_, TransportError>(Response::new(Body::from("\"ok\""))) }
    };
    let builder = Files::builder().transport(transport).bearer_auth("token").secret_header("x-key", "key");
    let builder = builder.secret_query("k", "query-key").header("x-plain", "1");
    (builder.named_auth("admin", Credentials::bearer("admin").with_query("a", "1")), seen)
}

fn seen(seen: &Seen) -> Vec<String> {
    std::mem::take(&mut *seen.lock().unwrap())
}

#[tokio::test]
async fn each_call_has_its_host_and_its_credentials() {
    let (builder, noted) = files();
    let client = builder.build().unwrap();
    let all = " authorization=Bearer token x-key=key x-plain=1 x-version=3";
    let none = " x-plain=1 x-version=3";
    let admin = " authorization=Bearer admin x-plain=1 x-version=3";
    let api = "https://api.example.com/v1";
    let search = "https://search.example.com";
    let own = "tenant=t1&k=query-key";

    client.read().id(1).send().await.unwrap();
    assert_eq!(seen(&noted), [format!("GET {api}/files/1?{own}{all}")]);
    client.health().send().await.unwrap();
    assert_eq!(seen(&noted), [format!("GET {api}/health?tenant=t1{none}")]);
    client.uploads().upload().name("a").send().await.unwrap();
    assert_eq!(seen(&noted), [format!("POST https://uploads.example.com/up/files?tenant=t1{none}")]);
    client.find().q("x").send().await.unwrap();
    assert_eq!(seen(&noted), [format!("GET {search}/find?q=x&{own}{all}")]);
    client.admin().purge().send().await.unwrap();
    assert_eq!(seen(&noted), [format!("DELETE {api}/files?tenant=t1&a=1{admin}")]);
    client.admin().version().send().await.unwrap();
    assert_eq!(seen(&noted), [format!("GET {api}/version?tenant=t1{none}")]);
    client.admin().audit().read_log().send().await.unwrap();
    assert_eq!(seen(&noted), [format!("GET {search}/log?tenant=t1&a=1{admin}")]);
    client.admin().audit().read_uploads().send().await.unwrap();
    assert_eq!(seen(&noted), [format!("GET https://uploads.example.com/up/log?tenant=t1{none}")]);
}

#[test]
fn the_description_says_it() {
    let of = |info: &declapi::EndpointInfo| (info.host(), info.auth());
    assert_eq!(of(Read::INFO), (None, None));
    assert_eq!(of(Health::INFO), (None, Some(Auth::None)));
    assert_eq!(of(Upload::INFO), (Some("uploads"), None));
    assert_eq!(of(ReadLog::INFO), (Some("search"), Some(Auth::Named("admin"))));
    assert_eq!(of(ReadUploads::INFO), (Some("uploads"), Some(Auth::None)));
    assert_eq!(of(Fetch::INFO), (None, None));
}

/// A request to an absolute URL has no credentials, no constants and no headers of the client.
#[tokio::test]
async fn a_whole_url_is_sent_alone() {
    let (builder, noted) = files();
    let client = builder.build().unwrap();
    client
        .admin()
        .fetch()
        .url("https://cdn.example.com/a%20b?sig=x%2Fy&e=1#part")
        .range("bytes=0-1")
        .send()
        .await
        .unwrap();
    client.admin().fetch().url("https://cdn.example.com").part(7).send().await.unwrap();
    client.admin().fetch().url("https://cdn.example.com/a?").part(7).send().await.unwrap();
    // The API's own host is not an exception, because the origin of the URL is unknown.
    client.store().url("https://api.example.com/v1/files/1?a=b").text("t").send().await.unwrap();
    client.store().url("http://127.0.0.1:9/files").text("t").send().await.unwrap();
    assert_eq!(
        seen(&noted),
        [
            "GET https://cdn.example.com/a%20b?sig=x%2Fy&e=1 range=bytes=0-1",
            "GET https://cdn.example.com/?part=7",
            "GET https://cdn.example.com/a?&part=7",
            "PUT https://api.example.com/v1/files/1?a=b",
            "PUT http://127.0.0.1:9/files",
        ]
    );
}

#[tokio::test]
async fn unsupported_urls_are_errors() {
    let (builder, noted) = files();
    let client = builder.build().unwrap();
    for (url, words) in [
        ("", "not an absolute URL"),
        ("/files/1?secret", "not an absolute URL"),
        ("secret.example.com/files", "not an absolute URL"),
        ("https://", "not an absolute URL"),
        ("ftp://secret.example.com", "another scheme than https"),
        ("file:///etc/secret", "another scheme than https"),
        ("data:text/plain,secret", "another scheme than https"),
        ("https://user:secret@cdn.example.com/", "contains a user name or a password"),
        ("https://secret@cdn.example.com/", "contains a user name or a password"),
        ("http://cdn.example.com/secret", "unencrypted: use https, or call `allow_plain_http()`"),
        ("http://localhost.example.com/secret", "unencrypted"),
    ] {
        let error = client.store().url(url).text("t").send().await.unwrap_err();
        assert_eq!((error.kind(), error.attempts()), (ErrorKind::Request, 0), "{url}: {error}");
        let shown = format!("{error} {error:?}");
        assert!(shown.contains(words) && shown.contains("PUT {url}"), "{url}: {shown}");
        assert!(!shown.contains("secret"), "{url}: {shown}");
    }
    assert!(seen(&noted).is_empty());

    let (builder, noted) = files();
    let client = builder.allow_plain_http().build().unwrap();
    client.store().url("http://cdn.example.com/file").text("t").send().await.unwrap();
    assert_eq!(seen(&noted), ["PUT http://cdn.example.com/file"]);
}

/// Everybody who knows a presigned URL can read the file.
#[tokio::test]
async fn a_presigned_url_is_not_shown() {
    const URL: &str =
        "https://cdn.example.com/b/upload-token-0123456789?X-Amz-Signature=signature-0123456789";
    let fetch = Fetch::builder().url(URL).build();
    let request = fetch.request().unwrap();
    let client = Client::builder("https://api.example.com").transport(|request: Request<Body>| {
        let mut response = Response::new(Body::from(format!("no: {}", request.uri())));
        *response.status_mut() = StatusCode::FORBIDDEN;
        async { Ok::<_, TransportError>(response) }
    });
    let error = client.build().unwrap().send(&fetch).await.unwrap_err();
    let shown = format!("{fetch:?} {request:?} {error} {error:?}");
    assert!(shown.contains("GET {url}: 403") && shown.contains("<redacted>"), "{shown}");
    assert!(!shown.contains("0123456789"), "{shown}");
    assert_eq!(request.path(), URL);
}

#[tokio::test]
async fn a_host_is_set_on_the_builder() {
    let (builder, noted) = files();
    let client =
        builder.host("search", "http://127.0.0.1:1/s/").host_with_auth("uploads", "https://up.example.com");
    let client = client.host("other", "https://wrong.example.com").host("other", "https://other.example.com");
    let client = client.build().unwrap();
    client.find().q("x").send().await.unwrap();
    client.uploads().upload().name("a").send().await.unwrap();
    client.other().send().await.unwrap();
    let seen = seen(&noted);
    // Without `host_with_auth`, there are no credentials, whatever is declared.
    assert_eq!(seen[0], "GET http://127.0.0.1:1/s/find?q=x&tenant=t1 x-plain=1 x-version=3");
    assert_eq!(
        seen[1],
        "POST https://up.example.com/files?tenant=t1&k=query-key authorization=Bearer token x-key=key x-plain=1 x-version=3"
    );
    assert!(seen[2].starts_with("GET https://other.example.com/other?"), "{}", seen[2]);
}

#[tokio::test]
async fn a_name_that_the_client_does_not_have_is_an_error() {
    let (builder, noted) = files();
    let client = builder.build().unwrap();
    let error = client.other().send().await.unwrap_err();
    assert!(
        error.to_string().contains("GET /other: the client has no host `other`: declare it on"),
        "{error}"
    );
    let error = client.other_auth().send().await.unwrap_err();
    assert!(
        error.to_string().contains("has no credentials `other`: call `.named_auth(\"other\", …)`"),
        "{error}"
    );
    let error = client.admin().log_of_uploads().send().await.unwrap_err();
    assert!(
        error.to_string().contains("the host `uploads` gets no credentials, so `auth = \"admin\"`"),
        "{error}"
    );
    assert_eq!((error.kind(), error.attempts()), (ErrorKind::Config, 0));
    assert!(seen(&noted).is_empty());
}

/// A header whose name is that of a credential is treated as one, however it was set.
#[tokio::test]
async fn an_authorization_that_is_set_as_a_header_stays_with_the_api() {
    let (builder, noted) = files();
    let client = builder.header("Authorization", "Token t").header("cookie", "session=1").build().unwrap();
    client.read().id(1).send().await.unwrap();
    client.health().send().await.unwrap();
    client.uploads().upload().name("a").send().await.unwrap();
    client.store().url("https://cdn.example.com").text("t").send().await.unwrap();
    let seen = seen(&noted);
    assert!(seen[0].contains("authorization=Token t cookie=session=1"), "{}", seen[0]);
    for line in &seen[1..] {
        assert!(!line.contains("authorization") && !line.contains("cookie"), "{line}");
    }
}

/// The provider is not called for calls without credentials.
#[tokio::test]
async fn a_provider_is_asked_only_where_its_credentials_go() {
    let (builder, noted) = files();
    let asked = Arc::new(Mutex::new(0));
    let count = Arc::clone(&asked);
    let client = builder.auth_provider(move || {
        *count.lock().unwrap() += 1;
        async { Ok::<_, Error>(Credentials::bearer("fetched").with_query("p", "1")) }
    });
    let client = client.build().unwrap();
    client.health().send().await.unwrap();
    client.uploads().upload().name("a").send().await.unwrap();
    client.admin().purge().send().await.unwrap();
    client.store().url("https://cdn.example.com").text("t").send().await.unwrap();
    assert_eq!((*asked.lock().unwrap(), seen(&noted).join("").contains("fetched")), (0, false));
    client.find().q("x").send().await.unwrap();
    assert_eq!(*asked.lock().unwrap(), 1);
    let line = seen(&noted).remove(0);
    assert!(line.starts_with("GET https://search.example.com/find?q=x&tenant=t1&k=query-key&p=1 "), "{line}");
    assert!(line.contains("authorization=Bearer fetched") && line.contains("x-key=key"), "{line}");
}
