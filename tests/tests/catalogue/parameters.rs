//! The parameters of every operation: their names, their types, and whether they are required.

use serde_json::{Value, json};
use stytch_client_tests::calls::{self, Call};
use stytch_client_tests::facts::{Field, Operation};

use super::differences::Differences;

/// Objects whose fields are required by the SDKs but not by the documentation.
const REQUIREDNESS: &[(&str, &str)] = &[
    ("consumer.magic_links.Options.ip_match_required", "each of the two can be asked for alone"),
    ("consumer.magic_links.Options.user_agent_match_required", "each of the two can be asked for alone"),
    ("*.prepend_salt", "a hash has a salt in front, behind, or both"),
    ("*.append_salt", "a hash has a salt in front, behind, or both"),
    ("consumer.passwords.PBKDF2Config.algorithm", "Stytch takes SHA-256 by default"),
];

#[test]
fn required_parameters_are_required() {
    let mut differences = Differences::new(REQUIREDNESS);
    each_field(|call, field| {
        let mut arguments = Value::Object(call.arguments().clone());
        remove(&mut arguments, &field.pointer);
        let is_optional = taken(call, arguments);
        if is_optional != field.optional {
            differences.note(&what(field), if is_optional { "is optional" } else { "is required" });
        }
    });
    differences.check();
}

/// Fields that take more than one type.
const TYPES: &[(&str, &str)] = &[];

/// A setter that accepted a value of another type would send it too.
#[test]
fn a_value_of_another_type_is_rejected() {
    let mut differences = Differences::new(TYPES);
    each_field(|call, field| {
        for wrong in wrong_values(field.ty) {
            let mut arguments = Value::Object(call.arguments().clone());
            *arguments.pointer_mut(&field.pointer).unwrap() = wrong.clone();
            if taken(call, arguments) {
                differences.note(&what(field), &format!("takes {wrong}"));
            }
        }
    });
    differences.check();
}

/// A value arrives as it was set, in every location.
#[test]
fn every_parameter_is_sent_as_it_is() {
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
            if parameter.place == "body" {
                assert_eq!(body[&parameter.name], *value, "{call:?} {}", parameter.name);
            } else {
                let value = value.as_str().unwrap().replace('@', "%40");
                assert!(request.path().contains(&value), "{call:?} {}", parameter.name);
            }
        }
    }
}

fn each_field(mut check: impl FnMut(&Call, &Field)) {
    for call in calls::all() {
        for field in Operation::of(call.info).argument_fields() {
            check(&call, &field);
        }
    }
}

fn what(field: &Field) -> String {
    format!("{}.{}", field.owner, field.name)
}

/// Whether the endpoint accepts the arguments.
fn taken(call: &Call, arguments: Value) -> bool {
    let Value::Object(arguments) = arguments else { unreachable!("arguments are an object") };
    call.request_with(arguments).is_ok_and(|request| request.is_ok())
}

pub(crate) fn remove(value: &mut Value, pointer: &str) {
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    value.pointer_mut(parent).and_then(Value::as_object_mut).unwrap().remove(name);
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
