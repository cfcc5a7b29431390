//! A function by hand on reqwest, with bon's builder and serde's attributes in front.

use behaviour_ground::{Conduct, EMAIL, PASSWORD, Question, Server, answer};
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
        let server = Server::start(Conduct::Answer);
        let sent = login(&server.url()).await;
        answer(Question::Unset, behaviour_ground::member(&server, sent, "session_token"));
        answer(Question::Debug, behaviour_ground::shown(&request()));
        answer(Question::Dots, behaviour_ground::path(&server, get(&server.url(), "..").await));
        answer(Question::Redirect, behaviour_ground::redirected(login).await);
        answer(Question::LoginAgain, behaviour_ground::again(login).await);
        answer(Question::ReadAgain, behaviour_ground::again(read).await);
        answer(Question::Silence, behaviour_ground::patience(login).await);
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
