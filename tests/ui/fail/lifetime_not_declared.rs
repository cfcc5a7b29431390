use std::borrow::Cow;

use declapi::endpoint;

#[endpoint(post = "/users", response = ())]
pub struct Create {
    pub name: &'a str,
    pub nick: Option<Cow<'a, str>>,
    pub roles: Vec<&'b str>,
}

#[endpoint(post = "/lists", response = ())]
pub struct Search<T: Send + 'b>
where
    T: PartialEq<&'c str>,
{
    pub by: T,
}

fn main() {
    let name = String::from("Ada");
    let _ = Create::builder().name(&name).nick("A").roles(["admin"]).build();
}
