use declapi::{CallOptions, endpoint};

#[endpoint(post = "/a", response = ())]
pub struct Create {
    pub name: String,
}

fn main() {
    Create::builder().name("a").with_options(CallOptions::new()).build();
}
