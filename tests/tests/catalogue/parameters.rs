//! The parameters of every operation: the values that are sent, and their types.

use serde_json::{Value, json};
use stytch_client_tests::calls::{self, Call};
use stytch_client_tests::differences::Differences;
use stytch_client_tests::facts::Operation;

/// Fields that accept more than one type.
const TYPES: &[(&str, &str)] = &[];

/// A setter must reject a value of another type. Otherwise, the value would be sent.
#[test]
fn a_value_of_another_type_is_rejected() {
    let mut differences = Differences::new(TYPES);
    for call in calls::all() {
        for field in Operation::of(call.info).argument_fields() {
            for wrong in wrong_values(field.ty) {
                let mut arguments = Value::Object(call.arguments().clone());
                *arguments.pointer_mut(&field.pointer).unwrap() = wrong.clone();
                if taken(&call, arguments) {
                    differences.note(&format!("{}.{}", field.owner, field.name), &format!("takes {wrong}"));
                }
            }
        }
    }
    differences.check();
}

/// A value is sent unchanged, in every location.
#[test]
fn every_parameter_is_sent_unchanged() {
    for call in calls::all() {
        let request = call.request_with(call.arguments().clone()).unwrap().unwrap();
        let body = request.body().map_or(json!({}), |body| {
            // The other bodies are forms.
            serde_json::from_slice(body)
                .unwrap_or_else(|_| form_urlencoded::parse(body).into_owned().collect())
        });
        let operation = Operation::of(call.info);
        for (name, value) in operation.fixed_parameters() {
            assert_eq!(body[name], *value, "{call:?} {name}");
        }
        for parameter in operation.parameters() {
            let value = &call.arguments()[&parameter.name];
            let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let is_sent = match &*parameter.place {
                "body" => body[&parameter.name] == *value,
                "header" => {
                    let mut headers = request.headers();
                    headers.any(|(name, sent)| *name == *parameter.name && sent.as_bytes() == text.as_bytes())
                }
                _ => request.path().contains(&text.replace('@', "%40")),
            };
            assert!(is_sent, "{call:?} {}", parameter.name);
        }
    }
}

/// Returns whether the endpoint accepts the arguments.
fn taken(call: &Call, arguments: Value) -> bool {
    let Value::Object(arguments) = arguments else { unreachable!("arguments are an object") };
    call.request_with(arguments).is_ok_and(|request| request.is_ok())
}

/// Returns values that do not have a type of the facts.
fn wrong_values(ty: &str) -> Vec<Value> {
    match ty {
        "string" => vec![json!(7), json!(true), json!(["a"]), json!({}), json!(null)],
        "integer" => vec![json!("7"), json!(true), json!(0.5), json!(null)],
        "boolean" => vec![json!("true"), json!(1), json!(null)],
        "datetime" => vec![json!(7), json!("yesterday"), json!(null)],
        _ if ty.starts_with("enum ") => vec![json!(7), json!(["a"]), json!(null)],
        _ if ty.starts_with("array<") => vec![json!("a"), json!({}), json!([7]), json!(null)],
        _ => vec![json!("a"), json!(7), json!(true)],
    }
}
