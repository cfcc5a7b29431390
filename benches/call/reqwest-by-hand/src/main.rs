//! reqwest and serde by hand, in each of the usual ways, and with each of the usual builders.

mod bon_builder;
mod typed_builder_builder;

use harness::Bench;
use harness::inputs::{AUTHENTICATE, EMAIL, HASH, MIGRATE, MINUTES, PASSWORD, PROJECT_ID, SECRET};
use reqwest::header::{AUTHORIZATION, HeaderMap, HeaderValue};
use reqwest::{Client, RequestBuilder, Url};
use serde::Serialize;
use serde::de::DeserializeOwned;
use types::requests::{Authenticate, Migrate};
use types::{Login, Migrated, full, lean};

fn main() {
    let bench = Bench::from_arguments();
    decode(&bench);
    let api = Api::new();
    build(&bench, &api);
    call(&bench, &api);
}

fn decode(bench: &Bench) {
    fn read<T: DeserializeOwned>(text: &str) -> T {
        serde_json::from_slice(text.as_bytes()).expect("a response")
    }
    bench.plain("lean/decode-authenticate", || read::<lean::AuthenticateResponse>(AUTHENTICATE));
    bench.plain("lean/decode-migrate", || read::<lean::MigrateResponse>(MIGRATE));
    bench.plain("full/decode-authenticate", || read::<full::AuthenticateResponse>(AUTHENTICATE));
    bench.plain("full/decode-migrate", || read::<full::MigrateResponse>(MIGRATE));
    bench.plain("four/decode-authenticate", || read::<Login>(AUTHENTICATE));
    bench.plain("four/decode-migrate", || read::<Migrated>(MIGRATE));
    bench.plain("skip/decode-authenticate", || read::<serde::de::IgnoredAny>(AUTHENTICATE));
    bench.plain("skip/decode-migrate", || read::<serde::de::IgnoredAny>(MIGRATE));
}

fn build(bench: &Bench, api: &Api) {
    bench.plain("format/build-authenticate", || finish(api.formatted("authenticate", &authenticate())));
    bench.plain("format/build-migrate", || finish(api.formatted("migrate", &migrate())));
    bench.plain("cloned/build-authenticate", || finish(api.cloned(&api.authenticate, &authenticate())));
    bench.plain("cloned/build-migrate", || finish(api.cloned(&api.migrate, &migrate())));
    bench.plain("bon/build-authenticate", || {
        finish(api.formatted("authenticate", &bon_builder::authenticate()))
    });
    bench.plain("bon/build-migrate", || finish(api.formatted("migrate", &bon_builder::migrate())));
    let typed = typed_builder_builder::authenticate;
    bench.plain("typed-builder/build-authenticate", || finish(api.formatted("authenticate", &typed())));
    let typed = typed_builder_builder::migrate;
    bench.plain("typed-builder/build-migrate", || finish(api.formatted("migrate", &typed())));
}

fn call(bench: &Bench, api: &Api) {
    use lean::{AuthenticateResponse, MigrateResponse};
    bench.call("format/call-authenticate", async || {
        send::<AuthenticateResponse>(api.formatted("authenticate", &authenticate())).await
    });
    bench.call("format/call-migrate", async || {
        send::<MigrateResponse>(api.formatted("migrate", &migrate())).await
    });
    bench.call("cloned/call-authenticate", async || {
        send::<AuthenticateResponse>(api.cloned(&api.authenticate, &authenticate())).await
    });
    bench.call("cloned/call-migrate", async || {
        send::<MigrateResponse>(api.cloned(&api.migrate, &migrate())).await
    });
    bench.call("full/call-authenticate", async || {
        send::<full::AuthenticateResponse>(api.cloned(&api.authenticate, &authenticate())).await
    });
    bench.call("full/call-migrate", async || {
        send::<full::MigrateResponse>(api.cloned(&api.migrate, &migrate())).await
    });
    bench.call("four/call-authenticate", async || {
        send::<Login>(api.cloned(&api.authenticate, &authenticate())).await
    });
    bench.call("four/call-migrate", async || send::<Migrated>(api.cloned(&api.migrate, &migrate())).await);
    bench.call("bon/call-authenticate", async || {
        send::<AuthenticateResponse>(api.formatted("authenticate", &bon_builder::authenticate())).await
    });
    bench.call("bon/call-migrate", async || {
        send::<MigrateResponse>(api.formatted("migrate", &bon_builder::migrate())).await
    });
    bench.call("typed-builder/call-authenticate", async || {
        send::<AuthenticateResponse>(api.formatted("authenticate", &typed_builder_builder::authenticate()))
            .await
    });
    bench.call("typed-builder/call-migrate", async || {
        send::<MigrateResponse>(api.formatted("migrate", &typed_builder_builder::migrate())).await
    });
}

struct Api {
    client: Client,
    base: String,
    authenticate: Url,
    migrate: Url,
}

impl Api {
    fn new() -> Self {
        let credentials = harness::base64(&format!("{PROJECT_ID}:{SECRET}"));
        let mut authorization = HeaderValue::from_str(&format!("Basic {credentials}")).expect("a header");
        authorization.set_sensitive(true);
        let headers = HeaderMap::from_iter([(AUTHORIZATION, authorization)]);
        let client = Client::builder().user_agent("by-hand/1.0").default_headers(headers);
        let base = Bench::url();
        let url = |path| format!("{base}/v1/passwords/{path}").parse().expect("a URL");
        Self {
            client: client.build().expect("a client"),
            authenticate: url("authenticate"),
            migrate: url("migrate"),
            base,
        }
    }

    fn formatted(&self, path: &str, body: &impl Serialize) -> RequestBuilder {
        self.client.post(format!("{}/v1/passwords/{path}", self.base)).json(body)
    }

    fn cloned(&self, url: &Url, body: &impl Serialize) -> RequestBuilder {
        self.client.post(url.clone()).json(body)
    }
}

fn finish(request: RequestBuilder) -> reqwest::Request {
    request.build().expect("a request")
}

async fn send<T: DeserializeOwned>(request: RequestBuilder) -> T {
    let response = request.send().await.and_then(reqwest::Response::error_for_status);
    response.expect("a response").json().await.expect("a readable response")
}

fn authenticate() -> Authenticate<'static> {
    Authenticate {
        email: EMAIL,
        password: PASSWORD,
        session_duration_minutes: Some(MINUTES),
        ..Authenticate::default()
    }
}

fn migrate() -> Migrate<'static> {
    Migrate { email: EMAIL, hash: HASH, hash_type: "bcrypt", ..Migrate::default() }
}
