//! Lists all endpoints that the client declares, from their declarations.
//!
//! `cargo run --example endpoints` prints a table. With `-- --json` it prints JSON.

use serde_json::{Value, json};
use stytch_client::{ENDPOINTS, EndpointInfo, FieldInfo};

fn main() {
    if std::env::args().any(|argument| argument == "--json") {
        let endpoints: Vec<Value> = ENDPOINTS.iter().map(|endpoint| as_json(endpoint)).collect();
        println!("{:#}", Value::from(endpoints));
    } else {
        for endpoint in ENDPOINTS {
            print_table(endpoint);
        }
    }
}

fn as_json(endpoint: &EndpointInfo) -> Value {
    let field = |field: FieldInfo| {
        json!({
            "name": field.name, "location": field.location.as_str(), "required": field.required,
            "secret": field.secret, "type": field.ty, "docs": field.docs,
        })
    };
    json!({
        "method": endpoint.method.as_str(), "path": endpoint.path, "idempotent": endpoint.idempotent,
        "docs": endpoint.docs, "fields": endpoint.fields().map(field).collect::<Vec<_>>(),
    })
}

fn print_table(endpoint: &EndpointInfo) {
    println!("{} {}\n  {}", endpoint.method.as_str(), endpoint.path, endpoint.docs);
    for field in endpoint.fields() {
        let star = if field.required { "*" } else { " " };
        let secret = if field.secret { "secret" } else { "" };
        let (name, location, ty) = (field.name, field.location.as_str(), field.ty);
        println!("  {star} {name:<33} {location:<6} {secret:<6} {ty:<32} {}", field.docs);
    }
    println!();
}
