//! `Request::to_curl` in a shell: the arguments of curl are the request without its secrets.

use std::io::Write as _;
use std::process::Command;

use declapi::{
    BodyError, BodyFormat, BodyWriter, Endpoint, JsonObject, Request, Upload, endpoint, object, resource,
};
use serde_json::json;
use stytch_client_tests::server::{Act, Received, Server, success};

/// Characters with a meaning in a shell, in curl or in JSON.
const TRICKY: &str = "'; touch /tmp/x; `id` $(id) $HOME \\ \" \n\t@file {a,b} [1-9] é\u{1}";

#[endpoint(post = "/notes/{id}", response = ())]
struct WriteNote<'a> {
    id: &'a str,
    text: &'a str,
    #[endpoint(secret)]
    pin: u32,
    #[endpoint(query)]
    tag: Option<&'a str>,
    #[endpoint(query, secret)]
    token: Option<&'a str>,
    #[endpoint(header = "x-key")]
    key: Option<&'a str>,
    people: Option<Vec<Person<'a>>>,
    limit: Option<f64>,
    #[serde(flatten)]
    more: Option<JsonObject>,
}

#[object]
struct Person<'a> {
    name: &'a str,
    #[object(secret)]
    code: u32,
}

#[endpoint(head = "/notes/{id}", response = (), header("accept" = "text/plain"))]
struct Check<'a> {
    id: &'a str,
}

#[resource(host = "big-files")]
struct Files;

#[endpoint(delete = "/files", response = (), on = Files)]
struct Purge;

#[endpoint(get = "{url}", response = ())]
struct Fetch<'a> {
    url: &'a str,
}

/// A custom format with a line for each field.
struct Lines;

impl BodyFormat for Lines {
    const CONTENT_TYPE: &'static str = "text/x-lines";

    fn write<T: serde::Serialize + ?Sized>(value: &T, to: &mut BodyWriter) -> Result<(), BodyError> {
        let fields = serde_json::to_value(value)?;
        for (name, value) in fields.as_object().into_iter().flatten() {
            writeln!(to, "{name}={}", value.as_str().unwrap_or_default())?;
        }
        Ok(())
    }
}

#[endpoint(post = "/login", response = (), body = Lines)]
struct Login<'a> {
    name: &'a str,
    #[endpoint(secret)]
    password: &'a str,
}

#[endpoint(put = "/file", response = (), body = declapi::Bytes)]
struct SendFile {
    #[endpoint(whole_body)]
    content: Upload,
}

fn curl(endpoint: &impl Endpoint) -> String {
    let request: Request = endpoint.request().unwrap();
    request.to_curl()
}

/// Returns the arguments that a shell passes to curl.
fn words(command: &str) -> Vec<String> {
    let script = format!("curl() {{ for word; do printf '%s\\0' \"$word\"; done; }}\n{command}");
    let mut shell = Command::new("sh");
    let shell =
        shell.arg("-c").arg(script).env("BASE_URL", "https://a b").env("BIG_FILES_URL", "https://files");
    let output = shell.output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{command}: {output:?}");
    let printed = String::from_utf8(output.stdout).unwrap();
    printed.split_terminator('\0').map(str::to_owned).collect()
}

#[test]
fn every_character_survives_the_shell() {
    let write = WriteNote::builder().id(TRICKY).text(TRICKY).pin(123_456).tag(TRICKY).build();
    let words = words(&curl(&write));
    let request = write.request().unwrap();
    assert_eq!(words[..3], ["-X", "POST", &format!("https://a b{}", request.path())]);
    assert_eq!(words[3..6], ["-H", "content-type: application/json", "--data-raw"]);
    let sent: serde_json::Value = serde_json::from_str(&words[6]).unwrap();
    assert_eq!(sent, json!({"text": TRICKY, "pin": "<redacted>"}));
    assert_eq!(words.len(), 7);
}

#[test]
fn no_secret_is_shown() {
    let more = json!({"extra": "kanarie", "number": 7_654_321});
    let people = [Person::builder().name("kanarie").code(7_654_321).build()];
    let write =
        WriteNote::builder().id("1").text("milk").pin(7_654_321).token("kanarie").key("kanarie").limit(1e3);
    let command = curl(&write.people(people).more(more.as_object().unwrap().clone()).build());
    assert!(!command.contains("kanarie") && !command.contains("7654321"), "{command}");
    let words = words(&command);
    assert_eq!(words[2], "https://a b/notes/1?token=<redacted>");
    assert_eq!(words[3..7], ["-H", "x-key: <redacted>", "-H", "content-type: application/json"]);
    assert_eq!(
        words[8],
        "{\"text\":\"milk\",\"pin\":\"<redacted>\",\"people\":[{\"code\":\"<redacted>\",\"name\":\"<redacted>\"}],\
         \"limit\":1000.0,\"extra\":\"<redacted>\",\"number\":\"<redacted>\"}"
    );
}

#[test]
fn methods_hosts_and_formats() {
    let url = "https://cdn.example.com/a?ids[]=1&ids[]=2&signature=kanarie0123456789";
    let login = Login { name: "O'Hara & co", password: "kanarie" };
    let file = SendFile { content: Upload::bytes(&b"\0\xff"[..]) };
    for (command, expected) in [
        (curl(&Check { id: "7" }), &["--head", "https://a b/notes/7", "-H", "accept: text/plain"][..]),
        (curl(&Purge), &["-X", "DELETE", "https://files/files"]),
        (
            curl(&Fetch { url }),
            &["--globoff", "https://cdn.example.com/a?ids[]=1&ids[]=2&signature=<redacted>"],
        ),
        (
            curl(&login),
            &[
                "-X",
                "POST",
                "https://a b/login",
                "-H",
                "content-type: text/x-lines",
                "--data-raw",
                "name=O'Hara & co\npassword=<redacted>\n",
            ],
        ),
        (
            curl(&file),
            &[
                "-X",
                "PUT",
                "https://a b/file",
                "-H",
                "content-type: application/octet-stream",
                "--data-binary",
                "@body",
            ],
        ),
    ] {
        assert_eq!(words(&command), expected, "{command}");
    }
}

/// If curl is installed, it sends the request that the command describes.
#[tokio::test]
async fn curl_sends_it() {
    if Command::new("curl").arg("--version").output().is_err() {
        eprintln!("skipped: curl is not installed");
        return;
    }
    let echo: fn(&Received) -> Vec<u8> = |request| {
        success(&json!([request.headers.lines().next(), String::from_utf8_lossy(&request.body)]).to_string())
    };
    let server = Server::start(vec![Act::Respond(echo)]);
    let write = WriteNote::builder().id("a/b").text(TRICKY).pin(123_456).token("kanarie").build();
    let (command, url) = (curl(&write), server.url());
    let run = move || {
        Command::new("sh").arg("-c").arg(command + " --silent --noproxy '*'").env("BASE_URL", url).output()
    };
    let output = tokio::task::spawn_blocking(run).await.unwrap().unwrap();
    assert!(output.status.success(), "{output:?}");
    let [line, body]: [String; 2] = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(line, "POST /notes/a%2Fb?token=<redacted> HTTP/1.1");
    assert_eq!(serde_json::from_str::<serde_json::Value>(&body).unwrap()["text"], TRICKY);
}
