use declapi::{endpoint, resource, Client};

#[endpoint(post = "/users/{user_idd}", respons = (), on = Users, on = Users)]
#[derive(Debug)]
pub struct Update<'a> {
    #[endpoint(path)]
    pub user_id: &'a str,
    #[endpoint(secert)]
    pub password: &'a str,
}

#[resource]
pub struct Users;

fn main() {
    let client = Client::builder("https://api.example.com").build().unwrap();
    let _ = client.users().update().user_id("user-1").password("secret").send();
    let request = Update::builder().user_id("user-1").password("secret").build();
    let _ = (client.send(&request), request.password, Update::builder());
}
