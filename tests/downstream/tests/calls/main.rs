//! Calls the declarations of this crate on the ordinary client, and checks the requests and the responses.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod server;

use stytch::http::StatusCode;
use stytch_client_downstream::{Operand, Query, UsersExt};

use self::server::Server;

/// One import is enough for a resource, the resources on it, and their methods.
mod after_one_use {
    use stytch_client_downstream::MagicLinksExt;

    use crate::Server;

    #[tokio::test]
    async fn a_post_on_a_nested_resource() {
        let server = Server::responding([r#"{"user_id":"user-1","user_created":true,"new_member":[]}"#]);
        let client = server.client();
        let sent = client.links().email().login_or_create().email("ada@example.com").send().await.unwrap();
        assert_eq!((sent.user_id.as_str(), sent.user_created, sent.email_id.as_str()), ("user-1", true, ""));
        let call = server.only_call();
        assert_eq!(call.line, "POST /v1/magic_links/email/login_or_create");
        assert_eq!(call.body, r#"{"email":"ada@example.com"}"#);
        assert_eq!(call.header("content-type"), Some("application/json"));
        assert_eq!(call.header("authorization"), Some("Basic cHJvamVjdC10ZXN0LTE6c2VjcmV0LXRlc3QtMQ=="));
    }
}

#[tokio::test]
async fn a_get_with_a_path_value_and_a_query() {
    let apps = r#"{"connected_apps":[{"connected_app_id":"app-1","name":null,"scopes_granted":"openid"}]}"#;
    let server = Server::responding([apps]);
    let client = server.client();
    let call = client.directory().connected_apps().user_id("user/1").limit(2).scopes(["openid", "a b"]);
    let response = call.send().await.unwrap();
    let [app] = &response.connected_apps[..] else { panic!("{response:?}") };
    assert_eq!((app.connected_app_id.as_str(), app.name.as_str()), ("app-1", ""));
    let call = server.only_call();
    assert_eq!(call.line, "GET /v1/users/user%2F1/connected_apps?limit=2&scope=openid&scope=a%20b");
    assert_eq!((call.body.as_str(), call.header("content-type")), ("", None));
}

#[tokio::test]
async fn a_get_with_a_type_of_the_client() {
    let server = Server::responding([r#"{"user_id":"user-1","status":"active","emails":null}"#]);
    let client = server.client();
    let user = client.directory().get().user_id("user-1").send().await.unwrap();
    assert_eq!((user.user_id.as_str(), user.emails.len()), ("user-1", 0));
    assert_eq!(server.only_call().line, "GET /v1/users/user-1");
}

#[tokio::test]
async fn a_put_with_a_field_that_can_be_null() {
    let response = r#"{"user":{"user_id":"user-1","external_id":null}}"#;
    let server = Server::responding([response; 3]);
    let client = server.client();
    let update = || client.directory().update().user_id("user-1");
    update().send().await.unwrap();
    update().external_id("mine").send().await.unwrap();
    let updated = update().null_external_id().send().await.unwrap();
    assert_eq!(updated.user.unwrap().external_id, None);
    let calls = server.calls();
    assert!(calls.iter().all(|call| call.line == "PUT /v1/users/user-1"));
    let bodies: Vec<&str> = calls.iter().map(|call| call.body.as_str()).collect();
    assert_eq!(bodies, ["{}", r#"{"external_id":"mine"}"#, r#"{"external_id":null}"#]);
}

#[tokio::test]
async fn a_delete_with_an_empty_response() {
    let server = Server::responding([""]);
    let client = server.client();
    let response: () = client.directory().delete().user_id("user-1").send().await.unwrap();
    assert_eq!(response, ());
    let call = server.only_call();
    assert_eq!((call.line.as_str(), call.body.as_str()), ("DELETE /v1/users/user-1", ""));
    assert_eq!(call.header("content-type"), None);
}

#[tokio::test]
async fn a_search_is_followed_from_page_to_page() {
    let server = Server::responding([
        r#"{"results":[{"user_id":"user-1"}],"results_metadata":{"total":2,"next_cursor":"c-1"}}"#,
        r#"{"results":[{"user_id":"user-2"}],"results_metadata":{"total":2,"next_cursor":null}}"#,
    ]);
    let client = server.client();
    let operand = Operand::builder().filter_name("email_address").filter_value(["ada@example.com"]).build();
    let query = Query::builder().operator("OR").operands([operand]).build();
    let (mut found, mut cursor) = (Vec::new(), None);
    loop {
        let search = client.directory().search().limit(1).query(query.clone()).maybe_cursor(cursor);
        let page = search.send().await.unwrap();
        found.extend(page.results.into_iter().map(|user| user.user_id));
        cursor = page.results_metadata.next_cursor;
        if cursor.is_none() {
            break;
        }
    }
    assert_eq!(found, ["user-1", "user-2"]);
    let query = r#""query":{"operator":"OR","operands":[{"filter_name":"email_address","filter_value":["ada@example.com"]}]}"#;
    let bodies: Vec<String> = server.calls().into_iter().map(|call| call.body).collect();
    let expected = [format!(r#"{{"limit":1,{query}}}"#), format!(r#"{{"cursor":"c-1","limit":1,{query}}}"#)];
    assert_eq!(bodies, expected);
}

#[tokio::test]
async fn an_error_response_is_the_error_type_of_the_client() {
    let response =
        r#"{"status_code":404,"request_id":"r-1","error_type":"user_not_found","error_message":"none"}"#;
    let server = Server::rejecting(StatusCode::NOT_FOUND, response);
    let error = server.client().directory().delete().user_id("user-9").send().await.unwrap_err();
    assert!(error.is("user_not_found"));
    assert_eq!((error.request_id(), error.status()), (Some("r-1"), Some(404)));
}

#[test]
fn the_declarations_are_structs_and_attributes() {
    let source = include_str!("../../src/lib.rs");
    for line in source.lines().filter(|line| !line.trim_start().starts_with("//")) {
        for word in ["fn ", "impl ", "impl<", "mod ", "enum ", "macro_rules", " as "] {
            assert!(!line.contains(word), "{line}");
        }
    }
}
