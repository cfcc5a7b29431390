//! A server that repeats its request.

use serde_json::{Value, json};
use stytch_client_tests::canaries::{API_SECRET, MARK};
use stytch_client_tests::server::{Received, response};

macro_rules! echoes {
    ($($(#[$doc:meta])* $name:ident => $make:expr;)+) => {
        /// The form of the repetition.
        #[derive(Clone, Copy, Debug)]
        pub(crate) enum Echo {
            $($(#[$doc])* $name,)+
        }

        impl Echo {
            pub(crate) fn all() -> impl Iterator<Item = Self> {
                [$(Self::$name),+].into_iter()
            }
        }

        /// The server's part of it.
        pub(crate) fn echo(echo: Echo) -> fn(&Received) -> Vec<u8> {
            match echo {
                $(Echo::$name => |request| { let make: fn(&[String]) -> Vec<u8> = $make; make(&sent_values(request)) },)+
            }
        }
    };
}

/// Returns every secret in a request: those of the body, and the API secret, plain and as in the header.
fn sent_values(request: &Received) -> Vec<String> {
    fn collect(value: &Value, sent: &mut Vec<String>) {
        match value {
            Value::String(text) if text.contains(MARK) => sent.push(text.clone()),
            Value::Array(items) => items.iter().for_each(|item| collect(item, sent)),
            Value::Object(members) => members.values().for_each(|member| collect(member, sent)),
            _ => {}
        }
    }
    let mut sent = vec![API_SECRET.to_owned()];
    let basic = request.headers.lines().find_map(|line| line.strip_prefix("authorization: Basic "));
    sent.push(basic.expect("credentials are sent at once").to_owned());
    if let Ok(body) = serde_json::from_slice(&request.body) {
        collect(&body, &mut sent);
    }
    sent
}

fn rejection(body: &Value) -> Vec<u8> {
    response("400 Bad Request", &["content-type: application/json"], &body.to_string())
}

fn page(text: &str) -> Vec<u8> {
    response("502 Bad Gateway", &["content-type: text/html"], &format!("<html><h1>502</h1>{text}</html>"))
}

fn success(text: &str) -> Vec<u8> {
    response("200 OK", &["content-type: application/json"], text)
}

/// A header cannot contain every string.
fn for_header(text: &str) -> String {
    text.chars().filter(|letter| letter.is_ascii() && !letter.is_ascii_control()).collect()
}

fn html(text: &str) -> String {
    let html = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    html.replace('"', "&#34;").replace('\'', "&#39;")
}

fn url(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let spell = |byte: u8| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    text.bytes().map(spell).collect()
}

echoes! {
    Message => |sent| rejection(&json!({"error_type": "x", "error_message": format!("not {}!", sent.join(" nor "))}));
    /// As a type with spaces.
    Type => |sent| rejection(&json!({"error_type": sent.join(" "), "error_message": "no"}));
    /// As a type that is only the secret.
    WholeType => |sent| rejection(&json!({"error_type": sent[0], "error_message": "no"}));
    TypeAround => |sent| rejection(&json!({"error_type": format!("no_{}_no", sent[sent.len() - 1]), "error_message": "no"}));
    Url => |sent| rejection(&json!({"error_type": "x", "error_url": format!("https://x.example/?q={}", url(&sent.join(" ")))}));
    RawUrl => |sent| rejection(&json!({"error_type": "x", "error_url": sent.join("/")}));
    RequestId => |sent| rejection(&json!({"error_type": "x", "request_id": sent[0]}));
    RequestIdAround => |sent| rejection(&json!({"error_type": "x", "request_id": format!("id-{}", sent[sent.len() - 1])}));
    Details => |sent| rejection(&json!({"error_type": "x", "error_details": {"you_sent": sent}}));
    OAuth => |sent| rejection(&json!({"error": sent[0], "error_description": sent.join(" "), "error_uri": sent.join(" ")}));
    OtherJson => |sent| rejection(&json!({"you_sent": sent}));
    OtherApi => |sent| rejection(&json!({"message": sent.join(" "), "error": {"message": sent.join(" ")}}));
    BrokenJson => |sent| response("500 Internal Server Error", &[], &json!({"you_sent": sent}).to_string().replace('}', ""));
    StatusOfJson => |sent| rejection(&json!({"status_code": sent[0], "error_type": null, "error_message": sent}));
    Page => |sent| page(&sent.join("<br>"));
    EscapedPage => |sent| page(&html(&sent.join(" ")));
    LinkingPage => |sent| page(&format!("<a href='/?{}'>", url(&sent.join(" "))));
    JsonInPage => |sent| page(&format!("<script>{}</script>", json!(sent).to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")));
    DumpInPage => |sent| page(&format!("<pre>{sent:?}</pre>"));
    ContentType => |sent| response("502 Bad Gateway", &[&format!("content-type: {}", for_header(&sent[0]))], "x");
    Reason => |sent| response(&format!("502 {}", for_header(&sent[0])), &[], "x");
    RetryAfter => |sent| response("404 No", &[&format!("retry-after: {}", for_header(&sent[0]))], "x");
    Location => |sent| response("302 Found", &[&format!("location: https://x.example/{}", url(&sent.join("/")))], "x");
    LocationOnly => |sent| response("302 Found", &[&format!("location: {}", for_header(&sent[0]))], "x");
    SuccessOfText => |sent| success(&sent.join(" "));
    SuccessOfJson => |sent| success(&json!(sent.join(" ")).to_string());
    SuccessOfLists => |sent| success(&json!({"status_code": sent, "request_id": sent[0]}).to_string());
    SuccessOfTexts => |sent| success(&json!({"status_code": sent[sent.len() - 1], "request_id": sent[0], "user": sent[0]}).to_string());
    SuccessOfKeys => |sent| success(&format!("{{{}: nul", json!(sent[0])));
    SuccessOfDeepKeys => |sent| success(&format!("{{\"a\": [1, {{{}: {{{}: tru", json!(sent[0]), json!(sent[sent.len() - 1])));
    HalfASuccess => |sent| success(&json!({"user_id": [], "a": sent}).to_string()[..30]);
    NumberOfSecrets => |sent| success(&format!("{{\"status_code\": [], \"user\": {}}}", json!({"user_id": sent})));
}
