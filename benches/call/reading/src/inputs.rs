//! The JSON inputs.

use serde_json::{Value, json};

pub struct Inputs {
    pub in_order: String,
    pub in_any_order: String,
    /// Eighty fields. Every other one is unknown.
    pub between_unknown: String,
    pub thousand_users: String,
}

impl Inputs {
    pub fn new() -> Self {
        let fields = repository();
        let mut shuffled = fields.clone();
        shuffle(&mut shuffled);
        let mut among_others = Vec::new();
        for (number, field) in shuffled.iter().enumerate() {
            among_others.push((format!("{}_of_tomorrow_{number}", field.0), json!([{"a": 1}, "b"])));
            among_others.push(field.clone());
        }
        Self {
            in_order: object(&fields),
            in_any_order: object(&shuffled),
            between_unknown: object(&among_others),
            thousand_users: json!({"users": (0..1000).map(user).collect::<Vec<_>>()}).to_string(),
        }
    }
}

/// The fields in the order of the struct.
fn repository() -> Vec<(String, Value)> {
    const URLS: [&str; 12] = [
        "url", "archive_url", "branches_url", "commits_url", "compare_url", "contents_url", "events_url", "forks_url",
        "issues_url", "labels_url", "merges_url", "tags_url",
    ];
    const FLAGS: [&str; 6] = ["has_issues", "has_projects", "has_wiki", "has_pages", "archived", "disabled"];
    let mut all = Vec::new();
    let mut one = |name: &str, value: Value| all.push((name.to_owned(), value));
    one("id", json!(1_296_269));
    one("node_id", json!("MDEwOlJlcG9zaXRvcnkxMjk2MjY5"));
    one("name", json!("Hello-World"));
    one("full_name", json!("octocat/Hello-World"));
    one("private", json!(false));
    one("html_url", json!("https://example.com/octocat/Hello-World"));
    one("description", json!("This is my first repository."));
    one("fork", json!(false));
    for url in URLS {
        one(url, json!(format!("https://api.example.com/repositories/octocat/Hello-World/{url}")));
    }
    one("homepage", json!("https://example.com"));
    one("language", Value::Null);
    for (number, name) in ["forks_count", "stargazers_count", "watchers_count", "size"].into_iter().enumerate() {
        one(name, json!(number * 1000));
    }
    one("default_branch", json!("main"));
    one("open_issues_count", json!(17));
    one("is_template", json!(true));
    one("topics", json!(["octocat", "atom", "electron", "api"]));
    for flag in FLAGS {
        one(flag, json!(true));
    }
    one("visibility", json!("public"));
    for name in ["pushed_at", "created_at", "updated_at"] {
        one(name, json!("2026-11-22T10:00:00Z"));
    }
    all
}

fn user(number: usize) -> Value {
    json!({
        "user_id": format!("user-test-{number:08}"),
        "emails": [{"email_id": format!("email-test-{number:08}"), "email": format!("u{number}@example.com"), "verified": true}],
        "status": "active",
        "is_locked": false,
        "roles": ["member", "editor"],
        "name": {"first_name": "Ada", "middle_name": "", "last_name": "Lovelace"},
        "created_at": "2026-11-22T10:00:00Z",
        "external_id": format!("external-{number}"),
    })
}

/// The fields in a shuffled order, which is always the same.
fn shuffle(fields: &mut [(String, Value)]) {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    for last in (1..fields.len()).rev() {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        fields.swap(last, usize::try_from(state % (last as u64 + 1)).expect("it is small"));
    }
}

fn object(fields: &[(String, Value)]) -> String {
    let fields: Vec<String> = fields.iter().map(|(name, value)| format!("{}:{value}", json!(name))).collect();
    format!("{{{}}}", fields.join(","))
}
