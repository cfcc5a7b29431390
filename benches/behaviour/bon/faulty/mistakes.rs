//! Four mistakes in one declaration.

use bon::Builder;

#[derive(Builder, Debug)]
#[builder(on(String, into), retries = 3)] // mistake
struct Update {
    #[builder(secrt)] // mistake
    password: String,
    #[builder(default, required)] // mistake
    external_id: String,
    #[builder(name)] // mistake
    email: String,
}

fn main() {}
