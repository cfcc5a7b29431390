//! rustify with derive_builder, as in its README.

use std::error::Error;

use behaviour_ground::{Conduct, EMAIL, PASSWORD, Question, Server, print_result};
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
        let server = Server::start(Conduct::Respond);
        let client = Client::default(&server.url());
        let sent = Login::builder().email(EMAIL).build();
        print_result(Question::Forgotten, behaviour_ground::field(&server, sent, "password"));
        let sent = request(&mut Login::builder()).exec(&client).await;
        print_result(Question::Unset, behaviour_ground::field(&server, sent, "session_token"));
        let sent = request(Login::builder().external_id(None)).exec(&client).await;
        print_result(Question::Null, behaviour_ground::field(&server, sent, "external_id"));
        print_result(Question::Debug, behaviour_ground::shown(&request(&mut Login::builder())));

        let got = get("..").exec(&client).await;
        print_result(Question::Dots, behaviour_ground::path(&server, got));

        print_result(Question::Redirect, behaviour_ground::redirected(login).await);
        print_result(Question::LoginAgain, behaviour_ground::again(login).await);
        print_result(Question::ReadAgain, behaviour_ground::again(read).await);
        print_result(Question::Silence, behaviour_ground::patience(login).await);
    });
}

async fn login(url: &str) -> Result<Value, Box<dyn Error>> {
    let response = request(&mut Login::builder()).exec(&Client::default(url)).await?;
    Ok(response.parse()?)
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
