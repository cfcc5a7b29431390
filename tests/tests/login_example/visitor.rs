//! A browser without a screen: it keeps cookies, sends forms, and checks every response.

use std::collections::BTreeMap;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::request::Builder;
use axum::http::{HeaderMap, Request, Response, StatusCode, header};
use axum_extra::extract::cookie::{Cookie, SameSite};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::log;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; \
                      connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

pub(crate) struct Visitor {
    router: Router,
    https: bool,
    pub(crate) cookies: BTreeMap<String, String>,
    /// The secrets that must not be shown: typed passwords, and values of cookies.
    secrets: Vec<String>,
}

pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Visitor {
    pub(crate) fn new(router: Router, https: bool) -> Self {
        log::keep();
        Self { router, https, cookies: BTreeMap::new(), secrets: Vec::new() }
    }

    pub(crate) async fn get(&mut self, path: &str) -> Reply {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    /// Opens a page, and sends the form on it.
    pub(crate) async fn submit(&mut self, path: &str, fields: &[(&str, &str)]) -> Reply {
        let token = self.get(path).await.token();
        self.post(path, &token, fields).await
    }

    /// Sends a form with any token.
    pub(crate) async fn post(&mut self, path: &str, token: &str, fields: &[(&str, &str)]) -> Reply {
        let body = self.fill_in(token, fields);
        self.send(form(path).body(body).unwrap()).await
    }

    /// Sends a form with further headers.
    pub(crate) async fn post_with(
        &mut self,
        path: &str,
        token: &str,
        fields: &[(&str, &str)],
        more: (&str, &str),
    ) -> Reply {
        let body = self.fill_in(token, fields);
        self.send(form(path).header(more.0, more.1).body(body).unwrap()).await
    }

    /// Sends the request of the script while a password is typed.
    pub(crate) async fn ask_strength(&mut self, token: &str, email: &str, password: &str) -> Reply {
        let question = json!({"email": email, "password": password});
        let request = Request::post("/password-strength")
            .header(header::CONTENT_TYPE, "application/json")
            .header("x-csrf-token", token);
        self.send(request.body(Body::from(question.to_string())).unwrap()).await
    }

    pub(crate) fn is_logged_in(&self) -> bool {
        self.cookies.keys().any(|name| name.ends_with("session"))
    }

    fn fill_in(&mut self, token: &str, fields: &[(&str, &str)]) -> Body {
        let passwords = fields.iter().filter(|(name, _)| *name == "password");
        self.secrets.extend(passwords.map(|(_, password)| (*password).to_owned()));
        let mut form = form_urlencoded::Serializer::new(String::new());
        Body::from(form.append_pair("csrf", token).extend_pairs(fields).finish())
    }

    async fn send(&mut self, mut request: Request<Body>) -> Reply {
        let path = request.uri().path().to_owned();
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request.headers_mut().insert(header::COOKIE, cookies.join("; ").parse().unwrap());
        }
        let reply = Reply::read(self.router.clone().oneshot(request).await.unwrap()).await;
        self.keep_cookies(&reply);
        self.suspect(&path, &reply);
        reply
    }

    fn keep_cookies(&mut self, reply: &Reply) {
        for cookie in reply.headers.get_all(header::SET_COOKIE) {
            let cookie = Cookie::parse(cookie.to_str().unwrap()).unwrap();
            assert_eq!((cookie.http_only(), cookie.path()), (Some(true), Some("/")), "{}", cookie.name());
            assert_eq!(cookie.secure().unwrap_or(false), self.https, "{}", cookie.name());
            assert_eq!(cookie.name().starts_with("__Host-"), self.https, "{}", cookie.name());
            assert_eq!(cookie.domain(), None);
            if cookie.max_age().is_some_and(time::SignedDuration::is_zero) {
                self.cookies.remove(cookie.name());
            } else {
                assert_eq!(cookie.same_site(), Some(SameSite::Lax), "{}", cookie.name());
                self.secrets.push(cookie.value().to_owned());
                self.cookies.insert(cookie.name().to_owned(), cookie.value().to_owned());
            }
        }
    }

    /// The checks of every response.
    fn suspect(&self, path: &str, reply: &Reply) {
        let text = |name| reply.headers.get(name).and_then(|value| value.to_str().ok());
        assert_eq!(text("content-security-policy"), Some(POLICY), "{path}");
        assert_eq!(text("x-content-type-options"), Some("nosniff"), "{path}");
        assert_eq!(text("x-frame-options"), Some("DENY"), "{path}");
        assert_eq!(text("referrer-policy"), Some("same-origin"), "{path}");
        let cached = if path.starts_with("/assets/") { "no-cache" } else { "no-store" };
        assert_eq!(text("cache-control"), Some(cached), "{path}");
        assert_eq!(text("strict-transport-security").is_some(), self.https, "{path}");
        assert!(!has_inline_code(&reply.body), "{path}: {}", reply.body);
        for secret in &self.secrets {
            assert!(!log::text().contains(secret), "the log shows a secret after {path}");
            let seen = format!("{} {}", reply.body, text("location").unwrap_or_default());
            // The links in the outbox have tokens that are not in a cookie yet.
            assert!(!seen.contains(secret) || path == "/outbox", "{path} shows a secret");
        }
    }
}

/// Whether the page has an inline script, style or handler, which the policy would block.
fn has_inline_code(page: &str) -> bool {
    let is_handler = |text: &str| {
        text.find('=').is_some_and(|end| text[..end].bytes().all(|byte| byte.is_ascii_lowercase()))
    };
    ["<script>", "<style", " style="].iter().any(|inline| page.contains(inline))
        || page.split(" on").skip(1).any(is_handler)
}

fn form(path: &str) -> Builder {
    Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
}

impl Reply {
    async fn read(response: Response<Body>) -> Self {
        let (parts, body) = response.into_parts();
        let body = to_bytes(body, usize::MAX).await.unwrap();
        Self { status: parts.status, headers: parts.headers, body: String::from_utf8(body.to_vec()).unwrap() }
    }

    #[track_caller]
    pub(crate) fn location(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.body);
        self.headers[header::LOCATION].to_str().unwrap()
    }

    /// The token in the form of the page.
    #[track_caller]
    pub(crate) fn token(&self) -> String {
        let (_, rest) = self.body.split_once("name=\"csrf\" value=\"").expect("a form with a token");
        rest.split_once('"').unwrap().0.to_owned()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap()
    }

    #[track_caller]
    pub(crate) fn says(&self, status: u16, text: &str) {
        assert_eq!(self.status, status, "{}", self.body);
        assert!(self.body.contains(text), "{text:?} is not in {}", self.body);
    }
}
