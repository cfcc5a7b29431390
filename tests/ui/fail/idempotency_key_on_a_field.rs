use declapi::endpoint;

#[endpoint(post = "/a", response = ())]
pub struct InTheBody {
    #[endpoint(idempotency_key)]
    pub key: Option<String>,
}

#[endpoint(post = "/a", response = ())]
pub struct WithName {
    #[endpoint(header = "x-key", idempotency_key = "x-key")]
    pub key: Option<String>,
}

#[endpoint(post = "/a", response = ())]
pub struct Twice {
    #[endpoint(header = "x-one", idempotency_key)]
    pub one: Option<String>,
    #[endpoint(header = "x-two", idempotency_key)]
    pub two: Option<String>,
}

#[endpoint(post = "/a", response = (), idempotent)]
pub struct InAnyCase {
    #[endpoint(header = "x-key", idempotency_key)]
    pub key: Option<String>,
}

#[endpoint(post = "/a", response = (), idempotency_key = "x-key")]
pub struct Generated {
    #[endpoint(header = "x-key", idempotency_key)]
    pub key: Option<String>,
}

#[endpoint(post = "/a", response = ())]
pub struct OtherWord {
    #[endpoint(header = "x-key", idempotent)]
    pub key: Option<String>,
}

fn main() {}
