//! A function by hand on reqwest, with bon's builder and serde's attributes in front.

use behaviour_ground::{Conduct, EMAIL, PASSWORD, Question, Server, print_result};
use bon::Builder;
use serde::Serialize;
use serde_json::Value;

#[derive(Builder, Debug, Serialize)]
#[builder(on(String, into))]
struct Login {
    email: String,
    password: String,
    session_token: Option<String>,
}

fn main() {
    behaviour_ground::run(async {
        let server = Server::start(Conduct::Respond);
        let sent = login(&server.url()).await;
        print_result(Question::Unset, behaviour_ground::field(&server, sent, "session_token"));
        print_result(Question::Debug, behaviour_ground::shown(&request()));
        print_result(Question::Dots, behaviour_ground::path(&server, get(&server.url(), "..").await));
        print_result(Question::Redirect, behaviour_ground::redirected(login).await);
        print_result(Question::LoginAgain, behaviour_ground::again(login).await);
        print_result(Question::ReadAgain, behaviour_ground::again(read).await);
        print_result(Question::Silence, behaviour_ground::patience(login).await);
    });
}

async fn login(url: &str) -> reqwest::Result<Value> {
    let url = format!("{url}/v1/users/login");
    reqwest::Client::new().post(url).json(&request()).send().await?.error_for_status()?.json().await
}

async fn read(url: &str) -> reqwest::Result<Value> {
    get(url, "user-test-1").await
}

async fn get(url: &str, user_id: &str) -> reqwest::Result<Value> {
    reqwest::get(format!("{url}/v1/users/{user_id}")).await?.error_for_status()?.json().await
}

fn request() -> Login {
    Login::builder().email(EMAIL).password(PASSWORD).build()
}
