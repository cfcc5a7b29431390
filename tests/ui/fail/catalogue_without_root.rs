declapi::catalogue! {
    /// Every endpoint.
    pub const ENDPOINTS;
}

fn main() {
    for endpoint in ENDPOINTS {
        println!("{}", endpoint.path);
    }
}
