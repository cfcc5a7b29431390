//! Property test: every endpoint responds in its documented form to every request, without a panic or a 500.

use std::collections::BTreeSet;

use base64::{Engine, engine::general_purpose::STANDARD};
use bytes::Bytes;
use hyper::{
    HeaderMap, Method,
    header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue},
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use proptest::{collection, option, prelude::*, sample};
use serde_json::{Map, Value, json};

use crate::{
    app::{App, Settings},
    clock::Clock,
    credentials::{Credentials, DEFAULT_PROJECT_ID, DEFAULT_SECRET},
    dispatch::respond,
    facts::response_fields,
    http::{Request, Response},
    limits::Limits,
    parameter::{Kind, Parameter},
    rbac::Policy,
    route::{Route, is_control},
    routes::ROUTES,
    seed::Seed,
    strength::{Breaches, FeedbackForm, Strength, StrengthPolicy},
};

/// A part of every password and hash here. It must not appear in messages.
const MARK: &str = "Zq7Secret";
/// The secret of an M2M client.
const SECRET: &str = "Zq7Secret of the client";
/// Strings that no message may contain.
const SECRETS: [&str; 3] = ["Zq7Secret of Ada", SECRET, DEFAULT_SECRET];

fn app(strict: bool) -> App {
    let credentials =
        Credentials::new(DEFAULT_PROJECT_ID.into(), DEFAULT_SECRET.into()).expect("valid credentials");
    let breaches = Breaches::of_the_emulator();
    let seed = json!({
        "users": [
            {
                "email": "ada@example.com", "password": format!("{MARK} of Ada"), "user_id": "user-test-ada",
                "email_id": "email-test-ada", "phone_number": "+12025550162", "external_id": "external-ada",
                "totps": [{ "secret": "JBSWY3DPEHPK3PXP", "totp_id": "totp-test-ada", "recovery_codes": ["one"] }],
            },
            { "email": "bob@example.com", "user_id": "user-test-bob", "pending": true },
        ],
        "m2m_clients": [{ "client_id": "client-1", "client_secret": SECRET, "scopes": ["read", "write"] }],
    });
    let settings = Settings {
        credentials,
        strict,
        seed: Some(1),
        log: None,
        limits: Limits::default(),
        breaches: breaches.clone(),
        state_file: None,
        policy: Policy::default(),
        seeded: Seed::read(&seed.to_string()).expect("a valid seed"),
    };
    let strength = Strength::new(StrengthPolicy::default(), FeedbackForm::default(), true, breaches);
    let clock = Clock::frozen_at(std::time::UNIX_EPOCH).expect("a clock");
    App::new(settings, clock, strength).expect("valid settings")
}

/// Creates the organization `acme` with a member. A seed has none.
fn create_organization(app: &App) {
    for (path, body) in [
        ("/v1/b2b/organizations", json!({ "organization_name": "Acme", "organization_slug": "acme" })),
        (
            "/v1/b2b/organizations/acme/members",
            json!({ "email_address": "ada@example.com", "external_id": "external-ada" }),
        ),
    ] {
        let is_it = |route: &&Route| {
            route.method == Method::POST && route.path.replace("{organization_id}", "acme") == path
        };
        let route = ROUTES.iter().position(is_it).expect("a route");
        let body = body.to_string().into_bytes();
        let response = respond(app, &Parts { route, path: path.to_owned(), query: None, body }.request());
        assert_eq!(response.status, 200, "{:?}", response.body);
    }
}

/// The parts of a request, in a form that a failure can show.
#[derive(Debug, Clone)]
struct Parts {
    route: usize,
    path: String,
    query: Option<String>,
    body: Vec<u8>,
}

impl Parts {
    fn request(self) -> Request {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        let credentials = STANDARD.encode(format!("{DEFAULT_PROJECT_ID}:{DEFAULT_SECRET}"));
        let header = HeaderValue::from_str(&format!("Basic {credentials}"));
        headers.insert(AUTHORIZATION, header.expect("a header"));
        let method = ROUTES[self.route].method.clone();
        Request { method, path: self.path, query: self.query, headers, body: Bytes::from(self.body) }
    }
}

/// Any JSON, a few levels deep.
fn json_value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        string().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            collection::btree_map(key(), inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

/// Strings that some endpoint knows, and random strings.
fn string() -> impl Strategy<Value = String> {
    let known = sample::select(vec![
        "ada@example.com",
        "bob@example.com",
        "carol@example.com",
        "user-test-ada",
        "user-test-bob",
        "external-ada",
        "email-test-ada",
        "totp-test-ada",
        "client-1",
        SECRET,
        "read write",
        "client_credentials",
        "123456",
        "one",
        "ethereum",
        "Zq7Secret of Ada",
        "bcrypt",
        "md_5",
        "argon_2i",
        "argon_2id",
        "sha_1",
        "sha_512",
        "scrypt",
        "phpass",
        "pbkdf_2",
        "c2FsdHNhbHRzYWx0",
        "sha256",
        "0cc175b9c0f1b6a831c399e269772661",
        "$2b$04$Zq7Secretaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNo",
        "$scrypt$ln=4,r=8,p=1$c2FsdHNhbHQ$aGFzaGhhc2hoYXNo",
        "$P$612345678si5M0DDyPpmRCmcltU/YW/",
        "https://example.com/#a",
        "pt-br",
        "status",
        "a.b.c",
        "acme",
        "stytch_admin",
        "RESTRICTED",
        "example.com",
        "",
        "+12025550162",
    ]);
    prop_oneof![
        known.prop_map(str::to_owned),
        any::<String>(),
        any::<String>().prop_map(|text| format!("{MARK}{text}"))
    ]
}

/// The name of a field. An error message can contain it, so it must not contain a secret.
fn key() -> impl Strategy<Value = String> {
    prop_oneof!["[a-z_]{1,8}", any::<String>(), Just("x".repeat(5000))]
}

/// A value that fits a parameter of this kind.
fn value_of(kind: &'static Kind) -> BoxedStrategy<Value> {
    match kind {
        Kind::String | Kind::Secret => string().prop_map(Value::from).boxed(),
        Kind::OneOf(choices) => sample::select(choices.to_vec()).prop_map(Value::from).boxed(),
        Kind::Integer { least, most } => {
            let low = (*least).max(-2);
            prop_oneof![*least..=*most, low..=(low + 100).min(*most)].prop_map(Value::from).boxed()
        }
        Kind::Bool => any::<bool>().prop_map(Value::from).boxed(),
        Kind::Map => collection::btree_map(key(), json_value(), 0..4)
            .prop_map(|map| Value::Object(map.into_iter().collect()))
            .boxed(),
        Kind::StringList | Kind::SecretList => collection::vec(string(), 0..4).prop_map(Value::from).boxed(),
        Kind::Object(declared) => object(declared).prop_map(Value::Object).boxed(),
        Kind::ObjectList(declared) => {
            collection::vec(object(declared).prop_map(Value::Object), 0..3).prop_map(Value::from).boxed()
        }
    }
}

/// An object with some of the declared parameters. Most have the right type.
fn object(declared: &'static [Parameter]) -> BoxedStrategy<Map<String, Value>> {
    let fields: Vec<_> = declared
        .iter()
        .map(|parameter| {
            let value = prop_oneof![9 => value_of(&parameter.kind), 1 => json_value()];
            let presence = if parameter.required { 0.97 } else { 0.4 };
            option::weighted(presence, value)
                .prop_map(|value| value.map(|value| (parameter.name.to_owned(), value)))
        })
        .collect();
    let unknown = option::weighted(0.05, (key(), json_value()));
    (fields, unknown)
        .prop_map(|(fields, unknown)| fields.into_iter().flatten().chain(unknown).collect())
        .boxed()
}

/// The index of an endpoint. Endpoints that are not emulated are rare, because they all respond alike.
fn route() -> impl Strategy<Value = usize> {
    sample::select((0..ROUTES.len()).filter(|index| ROUTES[*index].is_emulated()).collect::<Vec<_>>())
}

/// A request that is valid for its endpoint, or almost.
fn valid() -> impl Strategy<Value = Parts> {
    route().prop_flat_map(|route| {
        (object(ROUTES[route].parameters), collection::vec(placeholder(), 3)).prop_map(
            move |(parameters, placeholders)| {
                let query = form_urlencoded::Serializer::new(String::new())
                    .extend_pairs(
                        parameters.iter().map(|(name, value)| (name, value.as_str().unwrap_or("1"))),
                    )
                    .finish();
                let body = Value::Object(parameters).to_string().into_bytes();
                Parts { route, path: path_of(ROUTES[route].path, placeholders), query: Some(query), body }
            },
        )
    })
}

/// A value for a placeholder, percent-encoded.
fn placeholder() -> impl Strategy<Value = String> {
    prop_oneof![1 => string(), 1 => Just(DEFAULT_PROJECT_ID.to_owned())]
        .prop_map(|value| utf8_percent_encode(&value, NON_ALPHANUMERIC).to_string())
}

/// Returns a path whose placeholders are replaced by these values.
fn path_of(template: &str, values: Vec<String>) -> String {
    let mut values = values.into_iter();
    let fill = |segment: &str| match segment.strip_prefix('{') {
        Some(_) => values.next().expect("no more than three placeholders"),
        None => segment.to_owned(),
    };
    template.split('/').map(fill).collect::<Vec<_>>().join("/")
}

/// A request with any body.
fn arbitrary() -> impl Strategy<Value = Parts> {
    let body = prop_oneof![
        collection::vec(any::<u8>(), 0..200),
        json_value().prop_map(|value| value.to_string().into_bytes()),
    ];
    (route(), body, option::of(any::<String>())).prop_map(|(route, body, query)| Parts {
        route,
        path: ROUTES[route].path.to_owned(),
        query,
        body,
    })
}

fn check(route: &Route, response: &Response) -> Result<(), TestCaseError> {
    let body: Value = serde_json::from_slice(&response.body).expect("JSON");
    let status = response.status.as_u16();
    prop_assert!(status < 500, "{body}");
    prop_assert_eq!(&body["status_code"], &json!(status));
    prop_assert!(body["request_id"].as_str().is_some_and(|id| id.starts_with("request-id-test-")));
    if status != 200 {
        // An endpoint of OAuth 2 has the error form of OAuth 2.
        let names =
            [["error_type", "error_message", "error_url"], ["error", "error_description", "error_uri"]];
        let fields = names.into_iter().find(|fields| fields.iter().all(|field| body[field].is_string()));
        let [_, message, _] = fields.expect("an error in one of the two forms");
        let message = body[message].as_str().expect("a message");
        prop_assert!(!message.is_empty() && message.len() < 500, "{message}");
        // The message contains the unknown path of a fault. The path is not a secret, even if it looks like one.
        let secrets = if is_control(route.path) { &[][..] } else { &SECRETS[..] };
        for secret in secrets {
            prop_assert!(!message.contains(secret));
        }
    }
    Ok(())
}

/// A success has exactly the fields of the facts.
fn check_fields(route: &Route, response: &Response) -> Result<(), TestCaseError> {
    let Some(expected) = response_fields(route).filter(|_| response.status == 200) else { return Ok(()) };
    let body: Map<String, Value> = serde_json::from_slice(&response.body).expect("an object");
    let names: BTreeSet<&String> = body.keys().collect();
    let common: Vec<String> = ["status_code", "request_id"].map(str::to_owned).into();
    let expected: BTreeSet<&String> = expected.iter().chain(&common).collect();
    prop_assert_eq!(names, expected, "{}", route.path);
    Ok(())
}

/// A small number of cases, because each of them hashes passwords. `PROPTEST_CASES` changes the number.
fn config() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    ProptestConfig { cases: cases.unwrap_or(32), failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config())]

    /// One emulator gets many requests, so that later ones depend on earlier ones.
    #[test]
    fn every_request_gets_a_response(
        strict in any::<bool>(),
        requests in collection::vec(prop_oneof![4 => valid(), 1 => arbitrary()], 1..20),
    ) {
        let app = app(strict);
        create_organization(&app);
        for request in requests {
            let route = ROUTES[request.route];
            let response = respond(&app, &request.request());
            check(route, &response)?;
            check_fields(route, &response)?;
        }
    }
}
