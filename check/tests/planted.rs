//! Changes of a document that matches the declarations. The check finds each change, and no other difference.

#[path = "planted/api.rs"]
pub mod api;
#[path = "planted/change.rs"]
pub mod change;

use declapi_check::{Check, Difference, openapi};
use serde_json::{Value, json};

use self::api::{ENDPOINTS, Hub};
use self::change::Case;

/// Returns a check of the whole API against the changed document, as OpenAPI 3.1 or 3.0.
fn check(changes: &Value, is_3_1: bool) -> Check {
    openapi(&Case::of(changes.clone()).document(is_3_1)).against(ENDPOINTS).client::<Hub>()
}

/// Returns a difference in one line.
fn line(difference: &Difference) -> String {
    let Difference { operation, part, field, declared, documented, .. } = difference;
    format!("{operation} | {} {field} | {declared} | {documented}", part.as_str())
}

fn found(check: Check) -> Vec<String> {
    check.report().unwrap().differences().iter().map(line).collect()
}

#[test]
fn the_unchanged_document_has_no_difference() {
    for is_3_1 in [true, false] {
        check(&json!({}), is_3_1).complete().assert();
    }
}

#[test]
fn each_planted_change_is_found_alone() {
    let changes: Vec<Value> = serde_json::from_str(include_str!("planted/changes.json")).unwrap();
    assert!(changes.len() > 60);
    for change in changes {
        for is_3_1 in [true, false] {
            assert_eq!(json!(found(check(&change, is_3_1))), change["found"], "3.1: {is_3_1}, {change}");
            if let Some(lacking) = change.get("lacking") {
                let complete = check(&change, is_3_1).complete();
                assert_eq!(json!(found(complete)), *lacking, "complete, 3.1: {is_3_1}, {change}");
            }
        }
    }
}

#[test]
fn allowed_differences_are_not_reported_and_unused_allowances_are() {
    let change = json!({"set": {"/components/schemas/label/properties/name/type": "integer"}});
    let (list, create) = ("GET /repos/{owner}/{repo}/issues", "POST /repos/{owner}/{repo}/issues");
    let one = check(&change, true).allow(list, "[].labels[].name", "a test");
    assert_eq!(
        found(one),
        ["POST /repos/{owner}/{repo}/issues | response labels[].name | a string | an integer"]
    );
    check(&change, true)
        .allow(list, "[].labels[].name", "a test")
        .allow(create, "labels[].name", "a test")
        .assert();
    check(&change, true).allow("*", "*labels[].name", "a test").assert();
    // An allowance for a field does not include the fields inside it.
    let outside = check(&change, true).allow(list, "[].labels[]", "a test").report().unwrap();
    assert_eq!((outside.differences().len(), outside.unused().len()), (2, 1));
    assert_eq!(outside.unused()[0].reason, "a test");

    let unused = check(&json!({}), true).allow("GET /zen", "", "it was once missing").report().unwrap();
    assert!(!unused.is_empty() && unused.differences().is_empty());
    assert_eq!(
        unused.to_string(),
        "there is no difference in `GET /zen` as a whole, but one is allowed because \"it was once missing\": remove the \
         allowance, or correct its operation or field\n"
    );
}

#[test]
fn a_report_is_grouped_by_endpoint() {
    let list = "/paths/~1repos~1{owner}~1{repo}~1issues/get/parameters";
    let changes = json!({
        "set": {format!("{list}/0/required"): true, format!("{list}/1/schema/type"): "string"},
        "remove": ["/paths/~1zen"]
    });
    assert_eq!(
        check(&changes, true).report().unwrap().to_string(),
        "\
GET /repos/{owner}/{repo}/issues (ListIssues)
  query `state`
    declared:   may be left out
    documented: required
  query `page`
    declared:   an integer
    documented: a string
GET /zen (Zen)
  operation
    declared:   an endpoint
    documented: no such path
"
    );
}

#[test]
#[should_panic(expected = "GET /zen (Zen)")]
fn a_difference_fails_the_test() {
    check(&json!({"remove": ["/paths/~1zen"]}), true).assert();
}

#[test]
#[should_panic(expected = "the OpenAPI document cannot be read at `#/paths/~1zen/get/parameters`")]
fn a_document_that_cannot_be_read_fails_the_test() {
    check(&json!({"set": {"/paths/~1zen/get/parameters": {}}}), true).assert();
}
