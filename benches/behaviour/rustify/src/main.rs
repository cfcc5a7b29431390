//! rustify with derive_builder, as its README has it.

use std::error::Error;

use behaviour_ground::{Conduct, EMAIL, PASSWORD, Question, Server, answer};
use derive_builder::Builder;
use rustify::Endpoint as _;
use rustify::clients::reqwest::Client;
use rustify_derive::Endpoint;
use serde_json::Value;

#[derive(Builder, Debug, Endpoint)]
#[endpoint(path = "v1/users/login", method = "POST", response = "Value", builder = "true")]
#[builder(setter(into, strip_option))]
struct Login {
    email: String,
    password: String,
    #[builder(default)]
    session_token: Option<String>,
    #[builder(default)]
    external_id: Option<Option<String>>,
}

#[derive(Builder, Debug, Endpoint)]
#[endpoint(path = "v1/users/{self.user_id}", method = "GET", response = "Value", builder = "true")]
#[builder(setter(into))]
struct Get {
    #[endpoint(skip)]
    user_id: String,
}

fn main() {
    behaviour_ground::run(async {
        let server = Server::start(Conduct::Answer);
        let client = Client::default(&server.url());
        let sent = Login::builder().email(EMAIL).build();
        answer(Question::Forgotten, behaviour_ground::member(&server, sent, "password"));
        let sent = request(&mut Login::builder()).exec(&client).await;
        answer(Question::Unset, behaviour_ground::member(&server, sent, "session_token"));
        let sent = request(Login::builder().external_id(None)).exec(&client).await;
        answer(Question::Null, behaviour_ground::member(&server, sent, "external_id"));
        answer(Question::Debug, behaviour_ground::shown(&request(&mut Login::builder())));

        let got = get("..").exec(&client).await;
        answer(Question::Dots, behaviour_ground::path(&server, got));

        answer(Question::Redirect, behaviour_ground::redirected(login).await);
        answer(Question::LoginAgain, behaviour_ground::again(login).await);
        answer(Question::ReadAgain, behaviour_ground::again(read).await);
        answer(Question::Silence, behaviour_ground::patience(login).await);
    });
}

async fn login(url: &str) -> Result<Value, Box<dyn Error>> {
    let answer = request(&mut Login::builder()).exec(&Client::default(url)).await?;
    Ok(answer.parse()?)
}

async fn read(url: &str) -> Result<Value, Box<dyn Error>> {
    Ok(get("user-test-1").exec(&Client::default(url)).await?.parse()?)
}

fn get(user_id: &str) -> Get {
    Get::builder().user_id(user_id).build().expect("all is set")
}

fn request(builder: &mut LoginBuilder) -> Login {
    builder.email(EMAIL).password(PASSWORD).build().expect("all is set")
}
