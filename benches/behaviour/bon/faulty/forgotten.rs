//! A login without its password.

use behaviour_ground::EMAIL;
use bon::Builder;

#[derive(Builder, Debug)]
#[builder(on(String, into))]
struct Login {
    email: String,
    password: String,
}

fn main() {
    println!("{:?}", Login::builder().email(EMAIL).build()); // mistake
}
