use declapi::endpoint;

#[endpoint(put = "/labels", response = (), body("stream" = true))]
pub struct SetLabels {
    #[endpoint(whole_body)]
    pub labels: Vec<String>,
}

fn main() {}
