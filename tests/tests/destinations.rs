//! The destination of calls: the two hosts of Stytch, with and without credentials, and the project in the path.

use std::sync::{Arc, Mutex};

use stytch_client::{Body, Client, ClientBuilder, http};

const PROJECT: &str = "project-live-1";

/// A request of the client.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Sent {
    url: String,
    authorization: Option<String>,
    content_type: Option<String>,
    body: String,
}

/// Records the requests, and responds with all fields that these tests need.
fn noting(builder: ClientBuilder) -> (Client, Arc<Mutex<Vec<Sent>>>) {
    let sent = Arc::<Mutex<Vec<Sent>>>::default();
    let noted = Arc::clone(&sent);
    let transport = move |request: http::Request<Body>| {
        let header = |name: &str| request.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        noted.lock().unwrap().push(Sent {
            url: request.uri().to_string(),
            authorization: header("authorization"),
            content_type: header("content-type"),
            body: String::from_utf8(request.body().as_bytes().unwrap().to_vec()).unwrap(),
        });
        let response =
            r#"{"rules": [], "keys": [], "active": false, "access_token": "t", "token_type": "bearer"}"#;
        async move { Ok(http::Response::new(Body::from(response))) }
    };
    (builder.transport(transport).build().unwrap(), sent)
}

fn last(sent: &Mutex<Vec<Sent>>) -> Sent {
    sent.lock().unwrap().pop().unwrap()
}

#[tokio::test]
async fn fraud_has_a_separate_host_with_credentials() {
    for (project, api) in [(PROJECT, "https://api.stytch.com"), ("project-test-1", "https://test.stytch.com")]
    {
        let (client, sent) = noting(Client::builder(project, "secret"));
        client.fraud().rules().list().send().await.unwrap();
        let fraud = last(&sent);
        assert_eq!(fraud.url, "https://telemetry.stytch.com/v1/rules/list");
        assert!(fraud.authorization.as_ref().is_some_and(|basic| basic.starts_with("Basic ")), "{fraud:?}");

        client.connected_app().clients().search().send().await.unwrap_err();
        let other = last(&sent);
        assert_eq!(other.url, format!("{api}/v1/connected_apps/clients/search"));
        assert_eq!(other.authorization, fraud.authorization);
    }
}

#[tokio::test]
async fn both_hosts_can_be_set() {
    let builder = Client::builder(PROJECT, "secret").base_url("https://login.example.com");
    let (client, sent) = noting(builder.host_with_auth("telemetry", "https://fraud.example.com/proxy"));
    client.fraud().rules().list().send().await.unwrap();
    let fraud = last(&sent);
    assert_eq!(fraud.url, "https://fraud.example.com/proxy/v1/rules/list");
    assert!(fraud.authorization.is_some());
    client.sessions().jwks().project_id(PROJECT).send().await.unwrap();
    assert_eq!(last(&sent).url, "https://login.example.com/v1/sessions/jwks/project-live-1");
}

#[tokio::test]
async fn a_machine_gets_its_token_without_the_credentials_of_the_project() {
    let (client, sent) = noting(Client::builder(PROJECT, "secret"));
    let token = || client.m2m().token().client_id("m2m-client-1").client_secret("a b&c");
    let response = token().scope(["read:documents", "write"]).send().await.unwrap();
    assert_eq!((response.access_token.secret(), &*response.token_type), ("t", "bearer"));
    let expected = Sent {
        url: "https://api.stytch.com/v1/public/project-live-1/oauth2/token".to_owned(),
        authorization: None,
        content_type: Some("application/x-www-form-urlencoded".to_owned()),
        body: "client_id=m2m-client-1&client_secret=a+b%26c&scope=read%3Adocuments+write\
               &grant_type=client_credentials"
            .to_owned(),
    };
    assert_eq!(last(&sent), expected);
    token().scope(Vec::<String>::new()).send().await.unwrap();
    assert!(!last(&sent).body.contains("scope"), "no scopes are all of them");
}

#[tokio::test]
async fn a_token_is_introspected_without_the_credentials_of_the_project() {
    let (client, sent) = noting(Client::builder(PROJECT, "secret"));
    let response = client.idp().introspect_token_network().token("t").client_id("app").send().await.unwrap();
    assert!(!response.active && response.sub.is_none());
    let expected = Sent {
        url: "https://api.stytch.com/v1/public/project-live-1/oauth2/introspect".to_owned(),
        authorization: None,
        content_type: Some("application/x-www-form-urlencoded".to_owned()),
        body: "token=t&client_id=app".to_owned(),
    };
    assert_eq!(last(&sent), expected);
}

#[tokio::test]
async fn keys_are_fetched_without_credentials() {
    let (client, sent) = noting(Client::builder(PROJECT, "secret"));
    client.sessions().jwks().project_id("a/b").send().await.unwrap();
    assert_eq!(
        last(&sent),
        Sent {
            url: "https://api.stytch.com/v1/sessions/jwks/a%2Fb".to_owned(),
            authorization: None,
            content_type: None,
            body: String::new(),
        }
    );
}
