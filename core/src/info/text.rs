//! Determines JSON types from the text of Rust types, for fields without [`Describe`](super::Describe).

use super::json::JsonKind;

/// Returns the JSON type for the name of a type. The `Option` around an optional field is ignored.
pub(super) fn kind(ty: &str) -> JsonKind {
    match argument(ty, &["Option"]) {
        Some(value) => argument(value, &["Option"]).map_or_else(|| one(value), |inner| nullable(one(inner))),
        None => one(ty),
    }
}

fn one(ty: &str) -> JsonKind {
    let ty = match ty.strip_prefix('&') {
        Some(rest) if rest.starts_with('\'') => rest.split_once(' ').map_or("", |(_, ty)| ty),
        Some(rest) => rest,
        None => ty,
    };
    if let Some(scalar) = scalar(standard(ty)) {
        return scalar;
    }
    if let Some(held) = argument(ty, &["Cow", "Box", "Rc", "Arc"]) {
        return one(held);
    }
    let slice = ty.strip_prefix('[').and_then(|ty| ty.strip_suffix(']'));
    let element = slice.or_else(|| argument(ty, &["Vec", "VecDeque", "BTreeSet", "HashSet"]));
    if let Some(element) = element.map(|element| element.split(';').next().unwrap_or_default()) {
        return list(one(element));
    }
    if standard(ty) == "JsonObject" { JsonKind::Map(&JsonKind::Unknown) } else { JsonKind::Unknown }
}

fn scalar(name: &str) -> Option<JsonKind> {
    Some(match name {
        "String" | "str" | "char" | "Secret" | "Timestamp" => JsonKind::String,
        "bool" => JsonKind::Boolean,
        "f32" | "f64" => JsonKind::Number,
        "u8" | "u16" | "u32" | "u64" | "u128" | "usize" | "i8" | "i16" | "i32" | "i64" | "i128" | "isize" => {
            JsonKind::Integer
        }
        _ => return None,
    })
}

/// Returns the name of a type without the module path of the crates that define these types.
fn standard(ty: &str) -> &str {
    let ty = ty.strip_prefix("::").unwrap_or(ty);
    let is_known = ["std::", "core::", "alloc::", "declapi::"].iter().any(|home| ty.starts_with(home));
    // The path ends before the generic arguments.
    let path = &ty[..ty.find('<').unwrap_or(ty.len())];
    if is_known { path.rfind("::").map_or(ty, |at| &ty[at + 2..]) } else { ty }
}

/// Returns the last argument of a generic type if the type has one of the names.
fn argument<'t>(ty: &'t str, names: &[&str]) -> Option<&'t str> {
    let (name, arguments) = standard(ty).split_once('<')?;
    let arguments = arguments.strip_suffix('>').filter(|_| names.contains(&name))?;
    // The lifetime of a `Cow` comes first.
    let after_lifetime = arguments.starts_with('\'').then(|| arguments.split_once(", ")).flatten();
    Some(after_lifetime.map_or(arguments, |(_, argument)| argument))
}

fn nullable(kind: JsonKind) -> JsonKind {
    use JsonKind::{Boolean, Integer, Nullable, Number, String, Unknown};
    match kind {
        String => Nullable(&String),
        Integer => Nullable(&Integer),
        Number => Nullable(&Number),
        Boolean => Nullable(&Boolean),
        _ => Nullable(&Unknown),
    }
}

fn list(kind: JsonKind) -> JsonKind {
    use JsonKind::{Boolean, Integer, List, Number, String, Unknown};
    match kind {
        String => List(&String),
        Integer => List(&Integer),
        Number => List(&Number),
        Boolean => List(&Boolean),
        _ => List(&Unknown),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_of_the_standard_library_are_known_in_all_forms() {
        use JsonKind::{Boolean, Integer, List, Map, Nullable, Number, String, Unknown};
        for (ty, found) in [
            ("&'a str", String),
            ("Option<Cow<'a, str>>", String),
            ("::std::option::Option<::std::string::String>", String),
            ("Option<Option<u8>>", Nullable(&Integer)),
            ("Vec<Cow<'a, str>>", List(&String)),
            ("&'a [bool]", List(&Boolean)),
            ("[f64; 4]", List(&Number)),
            ("Option<std::vec::Vec<Box<i64>>>", List(&Integer)),
            ("Vec<User>", List(&Unknown)),
            ("declapi::JsonObject", Map(&Unknown)),
            ("User", Unknown),
            ("mine::Option<u8>", Unknown),
            ("mine::String", Unknown),
            ("Vec<(u8, Vec<u8>)>", List(&Unknown)),
            ("HashMap<String, u8>", Unknown),
            ("<T as Trait>::Item", Unknown),
            ("&", Unknown),
            ("", Unknown),
        ] {
            assert_eq!(kind(ty), found, "{ty}");
        }
    }
}
