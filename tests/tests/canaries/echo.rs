//! A server that repeats what it was told.

use serde_json::{Value, json};
use stytch_client_tests::canaries::{API_SECRET, MARK};
use stytch_client_tests::server::{Received, answer};

macro_rules! echoes {
    ($($(#[$doc:meta])* $name:ident => $make:expr;)+) => {
        /// Where and how the server repeats it.
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
                $(Echo::$name => |request| { let make: fn(&[String]) -> Vec<u8> = $make; make(&told(request)) },)+
            }
        }
    };
}

/// Every secret in a request: those of the body, and the API's, as it is and as the header has it.
fn told(request: &Received) -> Vec<String> {
    fn collect(value: &Value, told: &mut Vec<String>) {
        match value {
            Value::String(text) if text.contains(MARK) => told.push(text.clone()),
            Value::Array(items) => items.iter().for_each(|item| collect(item, told)),
            Value::Object(members) => members.values().for_each(|member| collect(member, told)),
            _ => {}
        }
    }
    let mut told = vec![API_SECRET.to_owned()];
    let basic = request.head.lines().find_map(|line| line.strip_prefix("authorization: Basic "));
    told.push(basic.expect("credentials are sent at once").to_owned());
    if let Ok(body) = serde_json::from_slice(&request.body) {
        collect(&body, &mut told);
    }
    told
}

fn refusal(body: &Value) -> Vec<u8> {
    answer("400 Bad Request", &["content-type: application/json"], &body.to_string())
}

fn page(text: &str) -> Vec<u8> {
    answer("502 Bad Gateway", &["content-type: text/html"], &format!("<html><h1>502</h1>{text}</html>"))
}

fn success(text: &str) -> Vec<u8> {
    answer("200 OK", &["content-type: application/json"], text)
}

/// A header cannot carry every text.
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
    Message => |told| refusal(&json!({"error_type": "x", "error_message": format!("not {}!", told.join(" nor "))}));
    /// As a type that looks like a sentence.
    Type => |told| refusal(&json!({"error_type": told.join(" "), "error_message": "no"}));
    /// As a type that is nothing else.
    WholeType => |told| refusal(&json!({"error_type": told[0], "error_message": "no"}));
    TypeAround => |told| refusal(&json!({"error_type": format!("no_{}_no", told[told.len() - 1]), "error_message": "no"}));
    Url => |told| refusal(&json!({"error_type": "x", "error_url": format!("https://x.example/?q={}", url(&told.join(" ")))}));
    RawUrl => |told| refusal(&json!({"error_type": "x", "error_url": told.join("/")}));
    RequestId => |told| refusal(&json!({"error_type": "x", "request_id": told[0]}));
    RequestIdAround => |told| refusal(&json!({"error_type": "x", "request_id": format!("id-{}", told[told.len() - 1])}));
    Details => |told| refusal(&json!({"error_type": "x", "error_details": {"you_sent": told}}));
    OAuth => |told| refusal(&json!({"error": told[0], "error_description": told.join(" "), "error_uri": told.join(" ")}));
    OtherJson => |told| refusal(&json!({"you_sent": told}));
    OtherApi => |told| refusal(&json!({"message": told.join(" "), "error": {"message": told.join(" ")}}));
    BrokenJson => |told| answer("500 Internal Server Error", &[], &json!({"you_sent": told}).to_string().replace('}', ""));
    StatusOfJson => |told| refusal(&json!({"status_code": told[0], "error_type": null, "error_message": told}));
    Page => |told| page(&told.join("<br>"));
    EscapedPage => |told| page(&html(&told.join(" ")));
    LinkingPage => |told| page(&format!("<a href='/?{}'>", url(&told.join(" "))));
    JsonInPage => |told| page(&format!("<script>{}</script>", json!(told).to_string().replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026")));
    DumpInPage => |told| page(&format!("<pre>{told:?}</pre>"));
    ContentType => |told| answer("502 Bad Gateway", &[&format!("content-type: {}", for_header(&told[0]))], "x");
    Reason => |told| answer(&format!("502 {}", for_header(&told[0])), &[], "x");
    RetryAfter => |told| answer("404 No", &[&format!("retry-after: {}", for_header(&told[0]))], "x");
    Location => |told| answer("302 Found", &[&format!("location: https://x.example/{}", url(&told.join("/")))], "x");
    LocationOnly => |told| answer("302 Found", &[&format!("location: {}", for_header(&told[0]))], "x");
    SuccessOfText => |told| success(&told.join(" "));
    SuccessOfJson => |told| success(&json!(told.join(" ")).to_string());
    SuccessOfLists => |told| success(&json!({"status_code": told, "request_id": told[0]}).to_string());
    SuccessOfTexts => |told| success(&json!({"status_code": told[told.len() - 1], "request_id": told[0], "user": told[0]}).to_string());
    SuccessOfKeys => |told| success(&format!("{{{}: nul", json!(told[0])));
    SuccessOfDeepKeys => |told| success(&format!("{{\"a\": [1, {{{}: {{{}: tru", json!(told[0]), json!(told[told.len() - 1])));
    HalfASuccess => |told| success(&json!({"user_id": [], "a": told}).to_string()[..30]);
    NumberOfSecrets => |told| success(&format!("{{\"status_code\": [], \"user\": {}}}", json!({"user_id": told})));
}
