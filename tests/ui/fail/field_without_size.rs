use declapi::endpoint;

#[endpoint(post = "/users", response = ())]
pub struct Create {
    pub name: str,
    pub bytes: Option<[u8]>,
    pub shown: dyn std::fmt::Debug,
    pub known: impl std::fmt::Debug,
    pub guessed: Vec<_>,
}

fn main() {
    let _ = Create::builder().name("Ada").bytes([1, 2]);
}
