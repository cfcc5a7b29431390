//! The ways in which a response drifts, and the locations where it can.

use serde_json::{Map, Value};

/// One kind of change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mutation {
    /// An object gets an unknown field.
    Add,
    /// An object loses a field.
    Drop,
    /// A value becomes null.
    Null,
    /// A string becomes another one, as if an enum had a new value.
    Rename,
    /// A string becomes empty.
    Empty,
    /// A list becomes empty.
    Clear,
}

impl Mutation {
    pub(crate) const ALL: [Self; 6] =
        [Self::Add, Self::Drop, Self::Null, Self::Rename, Self::Empty, Self::Clear];

    /// Whether the mutation applies to this value, which is in an object or, if `in_list`, in a list.
    fn befalls(self, value: &Value, in_list: bool) -> bool {
        match self {
            Self::Add => value.is_object(),
            Self::Drop | Self::Null => !in_list,
            Self::Rename | Self::Empty => value.is_string(),
            Self::Clear => value.is_array(),
        }
    }
}

/// Returns the JSON pointers of all values that the mutation applies to. Required values do not change, but fields
/// can be added inside them.
pub(crate) fn sites(response: &Value, required: &[&str], mutation: Mutation) -> Vec<String> {
    let mut found = Vec::new();
    if mutation == Mutation::Add {
        found.push(String::new());
    }
    let members = response.as_object().expect("a response is an object");
    for (name, value) in members {
        let at = format!("/{}", escaped(name));
        if required.contains(&name.as_str()) {
            if value.is_object() && mutation == Mutation::Add {
                found.push(at.clone());
            }
            collect_inside(value, &at, mutation, &mut found);
        } else {
            collect(value, &at, false, mutation, &mut found);
        }
    }
    found
}

fn collect(value: &Value, at: &str, in_list: bool, mutation: Mutation, found: &mut Vec<String>) {
    if mutation.befalls(value, in_list) {
        found.push(at.to_owned());
    }
    collect_inside(value, at, mutation, found);
}

fn collect_inside(value: &Value, at: &str, mutation: Mutation, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                collect(value, &format!("{at}/{}", escaped(name)), false, mutation, found);
            }
        }
        Value::Array(items) => {
            for (index, value) in items.iter().enumerate() {
                collect(value, &format!("{at}/{index}"), true, mutation, found);
            }
        }
        _ => {}
    }
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// Changes the response at one location. `new` is the value that the mutation adds.
pub(crate) fn apply(response: &mut Value, site: &str, mutation: Mutation, new: &Value) {
    match mutation {
        Mutation::Add => {
            let members = object(response, site);
            members.insert(format!("made_up_{}", members.len()), new.clone());
        }
        Mutation::Drop => {
            let (parent, name) = site.rsplit_once('/').expect("the response itself is not dropped");
            let name = name.replace("~1", "/").replace("~0", "~");
            object(response, parent).remove(&name);
        }
        Mutation::Null => *value(response, site) = Value::Null,
        Mutation::Rename => *value(response, site) = new.as_str().unwrap_or("made_up").into(),
        Mutation::Empty => *value(response, site) = "".into(),
        Mutation::Clear => *value(response, site) = Value::Array(Vec::new()),
    }
}

fn value<'a>(response: &'a mut Value, site: &str) -> &'a mut Value {
    response.pointer_mut(site).expect("a site is in its response")
}

fn object<'a>(response: &'a mut Value, site: &str) -> &'a mut Map<String, Value> {
    value(response, site).as_object_mut().expect("the site of an object")
}
