use declapi::endpoint;

const VERSION: &str = "2";

#[endpoint(
    post = "/a",
    response = (),
    header("x-version" = 2),
    header("x-name" = VERSION),
    query("rate" = 1.5),
    query("list" = ["a"]),
    body("key" = b"bytes"),
    body("size" = 10kb),
    body("sign" = -true),
    body("nothing" = null),
    body("more" = 1e999)
)]
pub struct Create;

fn main() {}
