use declapi::{endpoint, object};

#[endpoint(post = "/users", response = ())]
#[derive(Clone, bon::Builder)]
#[builder(on(String, into))]
pub struct Create {
    #[builder(default)]
    pub name: String,
}

#[object]
#[derive(typed_builder::TypedBuilder)]
pub struct Name {
    #[builder(setter(into))]
    pub first: String,
}

#[endpoint(post = "/users", response = ())]
#[builder]
pub struct Update {
    pub name: String,
}

fn main() {
    let _ = Create::builder().name("Ada").build().clone();
}
