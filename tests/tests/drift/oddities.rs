//! Responses in Stytch's documentation that differ from its declarations.

use serde_json::{Value, json};
use stytch_client::passwords::{AuthenticateResponse, CreateResponse, StrengthCheckResponse, StrengthPolicy};
use stytch_client::sessions::GetResponse;

fn read<T: serde::de::DeserializeOwned>(response: &Value) -> T {
    serde_json::from_str(&response.to_string()).unwrap_or_else(|error| panic!("{error} in {response}"))
}

#[test]
fn feedback_may_be_null_in_every_part() {
    let checked: StrengthCheckResponse = read(&json!({
        "valid_password": true,
        "score": 4,
        "feedback": {"suggestions": null, "warning": null, "luds_requirements": null},
    }));
    let feedback = checked.feedback.unwrap();
    assert_eq!((feedback.warning.as_str(), feedback.suggestions.len()), ("", 0));
    assert_eq!(feedback.luds(), None);
}

#[test]
fn luds_may_be_next_to_the_warning() {
    let luds = json!({"has_lower_case": true, "has_upper_case": false, "missing_characters": 3});
    let mut beside = luds.clone();
    beside["warning"] = "short".into();
    for feedback in [beside, json!({"warning": "short", "luds_requirements": luds})] {
        let response = json!({"valid_password": false, "strength_policy": "luds", "feedback": feedback});
        let checked: StrengthCheckResponse = read(&response);
        assert_eq!(checked.strength_policy, StrengthPolicy::Luds);
        let feedback = checked.feedback.clone().unwrap();
        let luds = feedback.luds().unwrap();
        assert_eq!(
            (luds.has_lower_case, luds.has_upper_case, luds.has_digit),
            (Some(true), Some(false), None)
        );
        assert_eq!(luds.missing_characters, Some(3));
        let again: StrengthCheckResponse = read(&serde_json::to_value(&checked).unwrap());
        assert_eq!(again, checked);
    }
}

#[test]
fn a_new_policy_keeps_its_name() {
    let checked: StrengthCheckResponse = read(&json!({"valid_password": true, "strength_policy": "entropy"}));
    assert_eq!(checked.strength_policy, StrengthPolicy::Other("entropy".to_owned()));
    assert_eq!(checked.strength_policy.as_str(), "entropy");
}

#[test]
fn a_user_id_is_enough() {
    let created: CreateResponse = read(&json!({"user_id": "user-test-1"}));
    assert_eq!((created.user_id.as_str(), created.user, created.session_token), ("user-test-1", None, None));
    let login: AuthenticateResponse =
        read(&json!({"user_id": "user-test-1", "session_token": "", "session_jwt": "", "session": null}));
    assert_eq!((login.session_token, login.session_jwt, login.session), (None, None, None));
}

#[test]
fn a_session_keeps_unknown_factors() {
    let factor = json!({
        "type": "telepathy",
        "delivery_method": "thought",
        "last_authenticated_at": "",
        "telepathy_factor": {"distance": [1, null]},
    });
    let sessions: GetResponse = read(&json!({"sessions": [{"authentication_factors": [factor]}]}));
    let factor = &sessions.sessions[0].authentication_factors[0];
    assert_eq!((factor.factor_type.as_str(), factor.delivery_method.as_str()), ("telepathy", "thought"));
    assert_eq!(factor.last_authenticated_at, None);
    assert_eq!(factor.details["telepathy_factor"]["distance"], json!([1, null]));
}
