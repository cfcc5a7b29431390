//! progenitor with builders, from `users.json`.

use behaviour_ground::{Conduct, EMAIL, PASSWORD, Question, Server, print_result};

progenitor::generate_api!(spec = "users.json", interface = Builder);

fn main() {
    behaviour_ground::run(async {
        let server = Server::start(Conduct::Respond);
        let client = Client::new(&server.url());
        let sent = client.login().body_map(|body| body.email(EMAIL)).send().await;
        print_result(Question::Forgotten, behaviour_ground::field(&server, sent, "password"));
        let sent = client.login().body_map(|body| body.email(EMAIL).password(PASSWORD)).send().await;
        print_result(Question::Unset, behaviour_ground::field(&server, sent, "session_token"));
        let null = None::<String>;
        let sent = client
            .login()
            .body_map(|body| body.email(EMAIL).password(PASSWORD).external_id(null))
            .send()
            .await;
        print_result(Question::Null, behaviour_ground::field(&server, sent, "external_id"));
        let request: types::Login =
            types::Login::builder().email(EMAIL).password(PASSWORD).try_into().expect("all is set");
        print_result(Question::Debug, behaviour_ground::shown(&request));

        let got = client.get().user_id("..").send().await;
        print_result(Question::Dots, behaviour_ground::path(&server, got));

        print_result(Question::Redirect, behaviour_ground::redirected(login).await);
        print_result(Question::LoginAgain, behaviour_ground::again(login).await);
        print_result(Question::ReadAgain, behaviour_ground::again(read).await);
        print_result(Question::Silence, behaviour_ground::patience(login).await);
    });
}

async fn read(url: &str) -> Result<types::Known, Error<()>> {
    Ok(Client::new(url).get().user_id("user-test-1").send().await?.into_inner())
}

async fn login(url: &str) -> Result<types::Known, Error<()>> {
    let login = Client::new(url).login().body_map(|body| body.email(EMAIL).password(PASSWORD)).send().await?;
    Ok(login.into_inner())
}
