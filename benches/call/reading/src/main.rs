//! Reads the same structs with `#[response]` and with serde's derive, strict and tolerant.

mod inputs;

use std::hint::black_box;

use harness::Bench;
use serde::de::{Deserialize, DeserializeOwned, Deserializer};

/// A struct with forty fields, and the element type of long lists.
macro_rules! structs {
    ([$($on_struct:tt)*] [$($on_field:tt)*]) => {
        $($on_struct)*
        pub struct Repository {
            $($on_field)* pub id: u64,
            $($on_field)* pub node_id: String,
            $($on_field)* pub name: String,
            $($on_field)* pub full_name: String,
            $($on_field)* pub private: bool,
            $($on_field)* pub html_url: String,
            pub description: Option<String>,
            $($on_field)* pub fork: bool,
            $($on_field)* pub url: String,
            $($on_field)* pub archive_url: String,
            $($on_field)* pub branches_url: String,
            $($on_field)* pub commits_url: String,
            $($on_field)* pub compare_url: String,
            $($on_field)* pub contents_url: String,
            $($on_field)* pub events_url: String,
            $($on_field)* pub forks_url: String,
            $($on_field)* pub issues_url: String,
            $($on_field)* pub labels_url: String,
            $($on_field)* pub merges_url: String,
            $($on_field)* pub tags_url: String,
            pub homepage: Option<String>,
            pub language: Option<String>,
            $($on_field)* pub forks_count: u32,
            $($on_field)* pub stargazers_count: u32,
            $($on_field)* pub watchers_count: u32,
            $($on_field)* pub size: u64,
            $($on_field)* pub default_branch: String,
            $($on_field)* pub open_issues_count: u32,
            $($on_field)* pub is_template: bool,
            $($on_field)* pub topics: Vec<String>,
            $($on_field)* pub has_issues: bool,
            $($on_field)* pub has_projects: bool,
            $($on_field)* pub has_wiki: bool,
            $($on_field)* pub has_pages: bool,
            $($on_field)* pub archived: bool,
            $($on_field)* pub disabled: bool,
            $($on_field)* pub visibility: String,
            pub pushed_at: Option<String>,
            pub created_at: Option<String>,
            pub updated_at: Option<String>,
        }

        $($on_struct)*
        pub struct Users {
            $($on_field)* pub users: Vec<User>,
        }

        $($on_struct)*
        pub struct User {
            $($on_field)* pub user_id: String,
            $($on_field)* pub emails: Vec<Email>,
            $($on_field)* pub status: String,
            $($on_field)* pub is_locked: bool,
            $($on_field)* pub roles: Vec<String>,
            pub name: Option<Name>,
            pub created_at: Option<String>,
            pub external_id: Option<String>,
        }

        $($on_struct)*
        pub struct Email {
            $($on_field)* pub email_id: String,
            $($on_field)* pub email: String,
            $($on_field)* pub verified: bool,
        }

        $($on_struct)*
        pub struct Name {
            $($on_field)* pub first_name: String,
            $($on_field)* pub middle_name: String,
            $($on_field)* pub last_name: String,
        }
    };
}

/// With this project's macro.
mod response {
    structs! { [#[declapi::response]] [] }
}

/// With serde's derive, which accepts only documented values.
mod strict {
    structs! { [#[derive(serde::Deserialize)]] [] }
}

/// With serde's derive, with defaults for null and missing fields.
mod tolerant {
    structs! {
        [#[derive(Default, serde::Deserialize)] #[serde(default)]]
        [#[serde(deserialize_with = "super::null_too")]]
    }
}

fn null_too<'de, D: Deserializer<'de>, T: Deserialize<'de> + Default>(from: D) -> Result<T, D::Error> {
    Option::deserialize(from).map(Option::unwrap_or_default)
}

fn main() {
    let bench = Bench::from_arguments();
    let inputs = inputs::Inputs::new();
    by::<response::Repository, response::Users>(&bench, "response", &inputs);
    by::<strict::Repository, strict::Users>(&bench, "strict", &inputs);
    by::<tolerant::Repository, tolerant::Users>(&bench, "tolerant", &inputs);
}

fn by<Repository: DeserializeOwned, Users: DeserializeOwned>(bench: &Bench, who: &str, inputs: &inputs::Inputs) {
    bench.plain(&format!("{who}/forty-in-order"), || read::<Repository>(&inputs.in_order));
    bench.plain(&format!("{who}/forty-in-any-order"), || read::<Repository>(&inputs.in_any_order));
    bench.plain(&format!("{who}/forty-between-unknown"), || read::<Repository>(&inputs.between_unknown));
    bench.plain(&format!("{who}/thousand-users"), || read::<Users>(&inputs.thousand_users));
}

fn read<T: DeserializeOwned>(response: &str) -> T {
    serde_json::from_str(black_box(response)).expect("a response")
}
