//! Responses that differ a little from Stytch's documentation.

#[path = "drift/mutation.rs"]
mod mutation;
#[path = "drift/oddities.rs"]
mod oddities;
#[path = "drift/survival.rs"]
mod survival;

use std::collections::BTreeSet;

use proptest::prelude::{ProptestConfig, any, prop, proptest};
use proptest::test_runner::TestCaseError;
use serde_json::Value;
use stytch_client_tests::calls::{self, Call};

use self::mutation::{Mutation, sites};

fn documented(call: &Call) -> Value {
    serde_json::from_str(call.response).unwrap()
}

/// Reads a mutated response, and checks that all values that are still there are in the result.
fn survives(call: &Call, response: &Value) -> Result<(), String> {
    let text = response.to_string();
    let read = call.read(&text).map_err(|error| format!("{call:?}: {error} in {text}"))?;
    survival::check(&documented(call), response, &read.json)
        .map_err(|lost| format!("{call:?}: {lost}\n  came: {text}\n  read: {}", read.json))?;
    let again = call.read(&read.json.to_string()).map_err(|error| format!("{call:?}, again: {error}"))?;
    if again.json == read.json {
        Ok(())
    } else {
        Err(format!("{call:?}: {} became {}", read.json, again.json))
    }
}

#[test]
fn documented_responses_are_read_without_loss() {
    for call in calls::all() {
        let (read, documented) = (call.read(call.response).unwrap().json, documented(&call));
        let lost = survival::check(&documented, &documented, &read).err().unwrap_or_default();
        assert_eq!(read, documented, "{call:?}: {lost}");
    }
}

/// Each mutation at each location of each response, one at a time. The content of a user or a session is the same in
/// every response, and is tested once.
#[test]
fn every_single_change_is_survived() {
    let (mut changes, mut tried) = (0, BTreeSet::new());
    for call in calls::all() {
        let response = documented(&call);
        let members = response.as_object().unwrap().iter();
        let new: BTreeSet<_> = members
            .filter(|(name, value)| tried.insert(format!("{name}: {value}")))
            .map(|(name, _)| name.as_str())
            .collect();
        let is_new = |site: &String| {
            let mut steps = site.split('/').skip(1);
            let member = steps.next();
            steps.next().is_none() || member.is_some_and(|name| new.contains(name))
        };
        for mutation in Mutation::ALL {
            for site in sites(&response, call.required, mutation).into_iter().filter(is_new) {
                let mut response = documented(&call);
                mutation::apply(&mut response, &site, mutation, &Value::from("made up"));
                survives(&call, &response).unwrap_or_else(|lost| panic!("{mutation:?} at {site}: {lost}"));
                changes += 1;
            }
        }
    }
    assert!(changes > 2000, "only {changes} changes were tried");
}

#[test]
fn missing_required_fields_are_named() {
    for call in calls::all() {
        for required in call.required {
            let mut response = documented(&call);
            response.as_object_mut().unwrap().remove(*required);
            let error = call.read(&response.to_string()).unwrap_err();
            assert!(error.to_string().contains(&format!("missing field `{required}`")), "{call:?}: {error}");
        }
    }
}

/// Returns any JSON, a few levels deep.
fn any_json() -> impl proptest::strategy::Strategy<Value = Value> {
    use proptest::prelude::Strategy;

    let leaf = proptest::prop_oneof![
        proptest::prelude::Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        (-1e9..1e9_f64).prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        proptest::prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(any::<String>(), inner, 0..4)
                .prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Several changes at once, at any locations.
    #[test]
    fn any_changes_are_survived(
        which in any::<prop::sample::Index>(),
        changes in prop::collection::vec(
            (prop::sample::select(&Mutation::ALL[..]), any::<prop::sample::Index>(), any_json()),
            1..12,
        ),
    ) {
        let calls = calls::all();
        let call = which.get(&calls);
        let mut response = documented(call);
        for (mutation, site, value) in changes {
            let sites = sites(&response, call.required, mutation);
            if !sites.is_empty() {
                mutation::apply(&mut response, &sites[site.index(sites.len())], mutation, &value);
            }
        }
        survives(call, &response).map_err(TestCaseError::fail)?;
    }
}
