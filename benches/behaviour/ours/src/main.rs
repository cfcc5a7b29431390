//! This project's client.

use std::borrow::Cow;

use behaviour_ground::{Conduct, EMAIL, PASSWORD, Question, Server, print_result};
use declapi::{endpoint, resource};
use serde::Deserialize;
use stytch_client::{Client, Error};

#[derive(Debug, Deserialize)]
struct Known {
    #[expect(dead_code, reason = "what counts is that it is there")]
    user_id: String,
}

/// Not `Users`, because the client has a method with that name.
#[resource]
struct Accounts;

#[endpoint(post = "/v1/users/login", response = Known, on = Accounts)]
struct Login<'a> {
    email: Cow<'a, str>,
    #[endpoint(secret)]
    password: Cow<'a, str>,
    session_token: Option<Cow<'a, str>>,
    external_id: Option<Option<String>>,
}

#[endpoint(get = "/v1/users/{user_id}", response = Known, on = Accounts, idempotent)]
struct Get<'a> {
    user_id: Cow<'a, str>,
}

fn main() {
    behaviour_ground::run(async {
        let server = Server::start(Conduct::Respond);
        let client = client(&server.url());
        let accounts = client.accounts();
        let sent = accounts.login().email(EMAIL).password(PASSWORD).send().await;
        print_result(Question::Unset, behaviour_ground::field(&server, sent, "session_token"));
        let sent = accounts.login().email(EMAIL).password(PASSWORD).null_external_id().send().await;
        print_result(Question::Null, behaviour_ground::field(&server, sent, "external_id"));
        print_result(
            Question::Debug,
            behaviour_ground::shown(&Login::builder().email(EMAIL).password(PASSWORD).build()),
        );

        let server = Server::start(Conduct::Respond);
        let got = self::client(&server.url()).accounts().get().user_id("..").send().await;
        print_result(Question::Dots, behaviour_ground::path(&server, got));

        print_result(Question::Redirect, behaviour_ground::redirected(login).await);
        print_result(Question::LoginAgain, behaviour_ground::again(login).await);
        print_result(Question::ReadAgain, behaviour_ground::again(read).await);
        print_result(Question::Silence, behaviour_ground::patience(login).await);
    });
}

async fn login(url: &str) -> Result<Known, Error> {
    client(url).accounts().login().email(EMAIL).password(PASSWORD).send().await
}

async fn read(url: &str) -> Result<Known, Error> {
    client(url).accounts().get().user_id("user-test-1").send().await
}

fn client(url: &str) -> Client {
    Client::builder("project-test-1", "secret-test-1").base_url(url).build().expect("a client")
}
