declapi::catalogue! {
    root = main.rs;
    root = "main.rs";
    pub const ENDPOINTS: &[&declapi::EndpointInfo] = &[];
    pub const MORE;
    pub macro_rules! for_each_endpoint;
    static ALL;
}

fn main() {
    for endpoint in ENDPOINTS {
        println!("{}", endpoint.path);
    }
}
