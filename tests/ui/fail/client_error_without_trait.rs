//! An error type without an `ApiError` implementation.

use declapi::client;

#[client(error = Problem)]
struct Api;

struct Problem;

fn main() {}
