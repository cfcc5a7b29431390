use std::borrow::Cow;

use declapi::endpoint;

#[endpoint(post = "/users", response = ())]
pub struct Create {
    pub name: &str,
    pub tags: Option<Vec<&str>>,
    pub nick: Cow<'_, str>,
    pub text: Cow<str>,
    pub list: Option<Cow<[u8]>>,
    pub check: Option<Nothing<fn(&str) -> &str>>,
}

#[derive(Debug, serde::Serialize)]
pub struct Nothing<T>(std::marker::PhantomData<T>);

fn main() {
    let _ = Create::builder().name("Ada").tags(["a"]).nick("A").text("t").list(&[1][..]).build();
}
