//! The official crate. It has no nullable optional fields, and its password endpoints have no path parameters.

use behaviour_ground::{Conduct, EMAIL, PASSWORD, Question, Server, print_result};
use stytch::client::{Client, Vertical};
use stytch::consumer::passwords::{AuthenticateRequest, AuthenticateResponse, Passwords};
use stytch::consumer::sessions::{GetRequest, GetResponse, Sessions};

fn main() {
    behaviour_ground::run(async {
        let server = Server::start(Conduct::Respond);
        let forgotten = AuthenticateRequest { email: EMAIL.into(), ..AuthenticateRequest::default() };
        let sent = Passwords::new(client(&server.url())).authenticate(forgotten).await;
        print_result(Question::Forgotten, behaviour_ground::field(&server, sent, "password"));

        let server = Server::start(Conduct::Respond);
        let sent = Passwords::new(client(&server.url())).authenticate(request()).await;
        print_result(Question::Unset, behaviour_ground::field(&server, sent, "session_token"));
        print_result(Question::Debug, behaviour_ground::shown(&request()));
        print_result(Question::Redirect, behaviour_ground::redirected(login).await);
        print_result(Question::LoginAgain, behaviour_ground::again(login).await);
        print_result(Question::ReadAgain, behaviour_ground::again(read).await);
        print_result(Question::Silence, behaviour_ground::patience(login).await);
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
