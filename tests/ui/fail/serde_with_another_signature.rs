use declapi::endpoint;

#[endpoint(post = "/users", response = ())]
pub struct Create {
    #[serde(serialize_with = "seconds")]
    pub age: std::time::Duration,
}

fn seconds(age: std::time::Duration) -> u64 {
    age.as_secs()
}

fn main() {}
