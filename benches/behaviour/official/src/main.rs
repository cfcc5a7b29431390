//! The official crate. It has no fields of three states, and none of its Passwords endpoints has a path parameter.

use behaviour_ground::{Conduct, EMAIL, PASSWORD, Question, Server, answer};
use stytch::client::{Client, Vertical};
use stytch::consumer::passwords::{AuthenticateRequest, AuthenticateResponse, Passwords};
use stytch::consumer::sessions::{GetRequest, GetResponse, Sessions};

fn main() {
    behaviour_ground::run(async {
        let server = Server::start(Conduct::Answer);
        let forgotten = AuthenticateRequest { email: EMAIL.into(), ..AuthenticateRequest::default() };
        let sent = Passwords::new(client(&server.url())).authenticate(forgotten).await;
        answer(Question::Forgotten, behaviour_ground::member(&server, sent, "password"));

        let server = Server::start(Conduct::Answer);
        let sent = Passwords::new(client(&server.url())).authenticate(request()).await;
        answer(Question::Unset, behaviour_ground::member(&server, sent, "session_token"));
        answer(Question::Debug, behaviour_ground::shown(&request()));
        answer(Question::Redirect, behaviour_ground::redirected(login).await);
        answer(Question::LoginAgain, behaviour_ground::again(login).await);
        answer(Question::ReadAgain, behaviour_ground::again(read).await);
        answer(Question::Silence, behaviour_ground::patience(login).await);
    });
}

async fn login(url: &str) -> stytch::Result<AuthenticateResponse> {
    Passwords::new(client(url)).authenticate(request()).await
}

async fn read(url: &str) -> stytch::Result<GetResponse> {
    Sessions::new(client(url)).get(GetRequest { user_id: "user-test-1".into() }).await
}

fn request() -> AuthenticateRequest {
    AuthenticateRequest { email: EMAIL.into(), password: PASSWORD.into(), ..AuthenticateRequest::default() }
}

fn client(url: &str) -> Client {
    let url = format!("{url}/").parse().expect("a URL");
    Client::new_with_base_url("project-test-1", "secret-test-1", url, Vertical::Consumer).expect("a client")
}
