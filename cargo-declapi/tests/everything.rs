//! `everything.yaml` has an example of each part of a document. The declarations are pinned, compiled, compared and sent.
//!
//! `BLESS=1 cargo test -p cargo-declapi --test everything` renews the pin: read the difference.

#![deny(missing_docs, deprecated)]

/// The output of the program, in the form of rustfmt without the settings of this repository.
#[rustfmt::skip]
#[allow(clippy::large_enum_variant, reason = "the author of the client decides which variants to box")]
#[path = "snapshots/everything.rs"]
pub mod api;

use std::process::Command;

use declapi::{ApiClient, Endpoint, JsonKind, Request, catalogue, http};
use declapi_test::Stub;
use serde_json::{Value, json};

use self::api::models::Status;
use self::api::parcels::{self, Event};
use self::api::{LabelsFilesCall, Parcels, labels_files};

catalogue! {
    /// Every endpoint.
    pub const ENDPOINTS;
    root = "tests/everything.rs";
}

const DOCUMENT: &str = include_str!("everything.yaml");
const PIN: &str = "tests/snapshots/everything.rs";

#[test]
fn the_output_is_pinned() {
    let program = Command::new(env!("CARGO_BIN_EXE_cargo-declapi"))
        .args(["declapi", "new", "tests/everything.yaml"])
        .output()
        .unwrap();
    assert!(program.status.success(), "{}", String::from_utf8_lossy(&program.stderr));
    let written = String::from_utf8(program.stdout).unwrap();
    if std::env::var_os("BLESS").is_some() {
        std::fs::write(PIN, written).unwrap();
        return;
    }
    let pinned = std::fs::read_to_string(PIN).unwrap();
    let differs = pinned.lines().zip(written.lines()).find(|(pinned, written)| pinned != written);
    assert_eq!(
        differs, None,
        "if this is intended, run the test with BLESS=1, and look at the example in the README"
    );
    assert_eq!(pinned.lines().count(), written.lines().count());
}

#[test]
fn no_line_is_longer_than_100_columns() {
    let pinned = include_str!("snapshots/everything.rs");
    assert_eq!(pinned.lines().find(|line| line.chars().count() > 100), None);
}

#[test]
fn it_matches_the_document() {
    declapi_check::openapi(DOCUMENT).against(ENDPOINTS).client::<Parcels>().assert();
}

/// Looks for the beginning of each comment.
#[test]
fn parts_that_cannot_be_declared_are_comments_with_the_reason() {
    let pinned = include_str!("snapshots/everything.rs");
    let comments: Vec<&str> =
        pinned.lines().filter_map(|line| line.trim_start().strip_prefix("// ")).collect();
    let text = comments.join(" ");
    for wanted in [
        "Further servers: `https://sandbox.parcels.example.com/v1`.",
        "Not declared: the webhooks `delivered`, which the API sends.",
        "Not declared: `zones`. `query(…)` has no style for values with `|` between them.",
        "Not declared: `where`. It is an object or another value",
        "Not declared: `x-where`. A header has one value.",
        "Not declared: `filter`. It is JSON inside a query pair",
        "Not declared: the cookie `session`.",
        "Not declared: `user-agent`. The runtime writes it.",
        "Not declared: the callbacks `moved`, which the API sends to a URL of the caller.",
        "The body may also be `application/xml`.",
        "One of `1`, `2`, `3`. An open enum has only strings.",
        "Not declared: POST /labels/batch. No body format writes `multipart/mixed`.",
        "Not declared: OPTIONS /parcels/{parcel-id}. `#[endpoint]` has no key for OPTIONS.",
        "Not declared: the body. Proxies drop the body of a GET.",
        "One of `job`, `other`, which cannot be distinguished: any object.",
        "Not declared: `event`. The enum with this variant reads it.",
        "The response may also be `application/xml`, if the request accepts it.",
        "A success is a redirect (303). The client does not follow it",
        "Not declared: GET /parcels?archived=true. A path must not have a query or a fragment.",
        "`key` is a secret, but logs contain the path.",
    ] {
        assert!(text.contains(wanted), "{wanted}\n{text}");
    }
}

fn body(request: &Request) -> Value {
    serde_json::from_slice(request.body().unwrap()).unwrap()
}

#[test]
fn requests_match_the_document() {
    let created =
        parcels::Created::builder().after("2026-01-02T03:04:05Z".parse::<declapi::Timestamp>().unwrap());
    let list =
        parcels::List::builder().status(Status::OnTheWay).ids(["a", "b"]).tag(["x"]).created(created.build());
    let request = list.x_trace_id("t").build().request().unwrap();
    let path = "/parcels?status=on-the-way&ids=a,b&tag%5B%5D=x&created%5Bafter%5D=2026-01-02T03%3A04%3A05Z&format=json";
    assert_eq!(request.path(), path);
    assert!(request.headers().any(|(name, value)| name == "x-trace-id" && value == "t"));

    let to = parcels::AddressInput::builder().street_line("1, Way").country_code("DE").build();
    let book = parcels::Item::Book(parcels::BookItem::builder().pages(3).build());
    let create =
        parcels::Create::builder().to(to).contents([book]).carrier(None).null_note().door_code("1234");
    let create = create.insurance(parcels::Insurance::Number(5)).r#type("large").build();
    assert!(!format!("{create:?}").contains("1234"), "{create:?}");
    let wanted = json!({
        "kind": "parcel", "to": {"street_line": "1, Way", "countryCode": "DE"},
        "contents": [{"type": "book", "pages": 3}], "carrier": null, "note": null, "type": "large",
        "doorCode": "1234", "insurance": 5,
    });
    assert_eq!(body(&create.request().unwrap()), wanted);

    let token = labels_files::CreateToken::builder().client_secret("s").scopes(["a", "b"]).build();
    let sent = String::from_utf8(token.request().unwrap().body().unwrap().to_vec()).unwrap();
    assert_eq!(sent, "clientSecret=s&scopes=a&scopes=b&grant_type=client_credentials");
    assert!(!format!("{token:?}").contains("\"s\""));

    let search = |made| {
        labels_files::SearchLabels::builder()
            .made(made)
            .size(labels_files::Size::builder().width(7).build())
            .api_key("k")
            .build()
    };
    let since = labels_files::MadeObject::builder().gte(5).build();
    for (made, path) in [
        (labels_files::Made::Number(5), "/labels/search?width=7&made=5&apiKey=k"),
        (labels_files::Made::Object(since), "/labels/search?width=7&made%5Bgte%5D=5&apiKey=k"),
    ] {
        assert_eq!(search(made).request().unwrap().path(), path);
    }

    let delete = parcels::Delete::builder().parcel_id("p/1").reason("lost").build().request().unwrap();
    assert_eq!((delete.path(), body(&delete)), ("/parcels/p%2F1", json!({"reason": "lost"})));

    let second = parcels::Step::builder().parcel("b").build();
    let first = parcels::Step::builder().parcel("a").then(second).build();
    let steps = parcels::Move::builder().body([first]).build();
    assert_eq!(body(&steps.request().unwrap()), json!([{"parcel": "a", "then": {"parcel": "b"}}]));
}

#[test]
fn bodies_have_the_documented_format() {
    let guest = labels_files::CreateGuestToken.request().unwrap();
    assert_eq!(guest.body(), Some(&b"grant_type=guest"[..]));

    let related = labels_files::UploadWithData::INFO;
    assert_eq!(related.media_type(), Some("multipart/related"));
    let fields: Vec<_> = related.fields().map(|field| (field.name, field.ty)).collect();
    assert_eq!(fields, [("data", "Data<'a>"), ("image", "Upload")]);

    let mail = parcels::MailContactInput::builder().to("ada@example.com").build();
    let contact =
        parcels::SetContact::builder().parcel_id("p").body(parcels::ContactInput::Mail(mail)).build();
    let request = contact.request().unwrap();
    assert_eq!(body(&request), json!({"kind": "mail", "to": "ada@example.com"}));
    let reply = http::Response::new(json!({"kind": "phone", "to": "112"}).to_string().into());
    let reply = Parcels::read(&contact, reply).unwrap();
    assert!(matches!(&reply, parcels::Contact::Phone(phone) if phone.to == "112"), "{reply:?}");

    // The document has `*/*`.
    let labels = http::Response::new(json!([{"id": 7, "status": "waiting"}]).to_string().into());
    assert_eq!(Parcels::read(&LabelsFilesCall, labels).unwrap()[0].id, 7);
}

#[test]
fn responses_are_read_as_the_document_says() {
    let get = parcels::Get::builder().parcel_id("p1").build();
    let parcel = json!({
        "id": "p1", "object": "parcel", "status": "lost", "to": {"street_line": "1, Way", "countryCode": "DE"},
        "created_at": "yesterday", "history": [{"event": "moved", "to": "Ulm"}, {"event": "sold", "to": "Bob"}],
        "secret": "hidden", "2fa": true, "Option": {"value": [1]}, "new": null,
    });
    let parcel = Parcels::read(&get, http::Response::new(parcel.to_string().into())).unwrap();
    assert_eq!((parcel.id.as_str(), parcel.status.as_str(), parcel.created_at), ("p1", "lost", None));
    assert!(matches!(&parcel.history[..], [Event::Moved(moved), Event::Other] if moved.to == "Ulm"));
    assert!(!format!("{parcel:?}").contains("hidden"));
    assert_eq!(parcel.option.unwrap().value, Some(json!([1])));

    let watched = parcels::IsWatched::builder().parcel_id("p1").build();
    let missing = http::Response::builder().status(404).body("{}".into()).unwrap();
    assert_eq!(Parcels::read(&watched, missing).unwrap(), None);
    let later = http::Response::builder().status(202).body("".into()).unwrap();
    let to = parcels::AddressInput::builder().street_line("1, Way").country_code("DE").build();
    let create = parcels::Create::builder().to(to).contents(Vec::<parcels::Item>::new()).carrier("c").build();
    assert!(Parcels::read(&create, later).unwrap().is_none());
}

#[test]
fn descriptions_contain_the_declared_fields() {
    let label = labels_files::DownloadLabel::INFO;
    assert_eq!((label.path, label.docs), ("/labels/{id}", "Downloads a label."));
    assert!(matches!(parcels::Get::INFO.response, JsonKind::Object(object) if object.fields().len() == 15));
    let declared: Vec<_> = ENDPOINTS.iter().map(|endpoint| endpoint.path).collect();
    assert!(declared.contains(&"/labels/search") && declared.len() == 23, "{declared:?}");
}

#[tokio::test]
async fn the_client_sends_declared_requests() {
    let stub = Stub::new();
    stub.on::<labels_files::SearchLabels<'_>>(|_| true).reply(json!([{"id": 7, "status": "waiting"}]));
    let client = Parcels::builder().transport(stub.clone()).bearer_auth("t").build().unwrap();
    let labels = client.labels_files().search_labels().api_key("k").limit(5).send().await.unwrap();
    assert_eq!((labels[0].id, &labels[0].status), (7, &Status::Waiting));
    assert_eq!(stub.calls::<labels_files::SearchLabels<'_>>().len(), 1);
}
