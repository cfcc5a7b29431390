//! Parses the content of braces: the name of a field, and signs for its value.

/// A placeholder of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Placeholder {
    /// The name of the field.
    pub(crate) name: String,
    /// `{name*}`: the value keeps its slashes.
    pub(crate) keeps_slashes: bool,
    /// `{name?}`: the segment and its slash are left out if the field is not set.
    pub(crate) is_optional: bool,
}

impl Placeholder {
    /// Parses the content of the braces. An invalid name is reported when it is compared with the fields.
    pub(super) fn read(text: &str) -> Self {
        let (rest, is_optional) = text.strip_suffix('?').map_or((text, false), |rest| (rest, true));
        let (name, keeps_slashes) = rest.strip_suffix('*').map_or((rest, false), |rest| (rest, true));
        if name.ends_with(is_not_in_a_name) {
            return Self { name: text.to_owned(), keeps_slashes: false, is_optional: false };
        }
        Self { name: name.to_owned(), keeps_slashes, is_optional }
    }

    /// Returns the placeholder with its braces.
    pub(crate) fn written(&self) -> String {
        let [star, mark] =
            [(self.keeps_slashes, "*"), (self.is_optional, "?")].map(|(is, sign)| if is { sign } else { "" });
        format!("{{{}{star}{mark}}}", self.name)
    }
}

/// Returns the mistake in the name of a placeholder, given the placeholders before it.
pub(super) fn check_name(name: &str, before: &[Placeholder]) -> Option<String> {
    if name.is_empty() {
        return Some("empty placeholder `{}`: write the name of a field, as in `{user_id}`".into());
    }
    before.iter().any(|other| other.name == name).then(|| {
        format!("`{{{name}}}` occurs twice in the path: declare a second field for the second value")
    })
}

/// Returns whether the template is a single placeholder, for a whole URL.
pub(super) fn is_whole_url(text: &str) -> bool {
    let name = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    name.is_some_and(|name| !name.is_empty() && !name.contains(is_not_in_a_name))
}

/// Returns whether the character cannot be in a name, so it must be a sign of some language.
pub(crate) fn is_not_in_a_name(character: char) -> bool {
    !character.is_alphanumeric() && character != '_'
}

/// Returns the signs of a placeholder in the syntax of another language.
pub(crate) fn signs(text: &str) -> &'static str {
    // `[0-9]+` is a regular expression for one segment.
    let ends_in_many = text.trim_end_matches(['?', ' ']).ends_with(['*', '+']);
    let ends_in_many = ends_in_many && !text.contains('[');
    let keeps_slashes =
        ends_in_many || text.starts_with(['*', '+']) || text.contains("..") || text.ends_with(":path");
    match (keeps_slashes, text.contains('?')) {
        (true, true) => "*?",
        (true, false) => "*",
        // `{id:?}` is a `Debug` format in Rust.
        (false, true) if !text.contains(':') => "?",
        (false, _) => "",
    }
}

/// Returns the mistake in the signs of all placeholders together. Without its optional segment, a path must always
/// differ from other paths.
///
/// `segments` are the segments of the path, with [`VALUE`] or [`OPTIONAL`] instead of each placeholder.
pub(super) fn check_signs(segments: &[&str], placeholders: &[Placeholder]) -> Option<String> {
    let mut optional = placeholders.iter().filter(|placeholder| placeholder.is_optional);
    let first = optional.next()?;
    let name = first.written();
    if segments.iter().any(|segment| segment.contains(OPTIONAL) && segment.chars().count() > 1) {
        return Some(format!(
            "`{name}` is left out together with its slash: write it as a whole segment, `/{name}`, or declare a \
             second endpoint"
        ));
    }
    let several = placeholders.iter().find(|other| other.keeps_slashes && *other != first);
    let other = optional.next().or(several)?.written();
    Some(format!(
        "a server could not distinguish `{name}` from `{other}`: declare a second endpoint for the shorter path"
    ))
}

/// The mark for a value in a segment.
pub(super) const VALUE: char = '\0';
/// The mark for a value that can be left out.
pub(super) const OPTIONAL: char = '\u{1}';
