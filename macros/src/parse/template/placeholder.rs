//! What stands between braces: the name of a field, and signs for what its value may be.

/// A placeholder of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Placeholder {
    /// The name of the field.
    pub(crate) name: String,
    /// `{name*}`: the value keeps its slashes.
    pub(crate) keeps_slashes: bool,
    /// `{name?}`: the segment is left out, with its slash, if the field is not set.
    pub(crate) is_optional: bool,
}

impl Placeholder {
    /// Reads what is between the braces; what is no name is reported where fields are compared with it.
    pub(super) fn read(text: &str) -> Self {
        let (rest, is_optional) = text.strip_suffix('?').map_or((text, false), |rest| (rest, true));
        let (name, keeps_slashes) = rest.strip_suffix('*').map_or((rest, false), |rest| (rest, true));
        if name.ends_with(is_not_in_a_name) {
            return Self { name: text.to_owned(), keeps_slashes: false, is_optional: false };
        }
        Self { name: name.to_owned(), keeps_slashes, is_optional }
    }

    /// The placeholder as it is written.
    pub(crate) fn written(&self) -> String {
        let [star, mark] =
            [(self.keeps_slashes, "*"), (self.is_optional, "?")].map(|(is, sign)| if is { sign } else { "" });
        format!("{{{}{star}{mark}}}", self.name)
    }
}

/// What is wrong with the name of a placeholder after others.
pub(super) fn check_name(name: &str, before: &[Placeholder]) -> Option<String> {
    if name.is_empty() {
        return Some("empty placeholder `{}`: write the name of a field, as in `{user_id}`".into());
    }
    before
        .iter()
        .any(|other| other.name == name)
        .then(|| format!("`{{{name}}}` is in the path twice: declare a second field for the second value"))
}

/// Whether a template is nothing but a placeholder, for a whole URL.
pub(super) fn is_whole_url(text: &str) -> bool {
    let name = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    name.is_some_and(|name| !name.is_empty() && !name.contains(is_not_in_a_name))
}

/// Whether no name has the character, so that it is a sign of some language.
pub(crate) fn is_not_in_a_name(character: char) -> bool {
    !character.is_alphanumeric() && character != '_'
}

/// The signs that belong behind the name, of a placeholder in the style of another language.
pub(crate) fn signs(text: &str) -> &'static str {
    // `[0-9]+` is a regular expression for one segment.
    let ends_in_many = text.trim_end_matches(['?', ' ']).ends_with(['*', '+']);
    let ends_in_many = ends_in_many && !text.contains('[');
    let keeps_slashes =
        ends_in_many || text.starts_with(['*', '+']) || text.contains("..") || text.ends_with(":path");
    match (keeps_slashes, text.contains('?')) {
        (true, true) => "*?",
        (true, false) => "*",
        // `{id:?}` is how Rust shows a value.
        (false, true) if !text.contains(':') => "?",
        (false, _) => "",
    }
}

/// What is wrong with the signs of all placeholders together: without its optional segment, a path has to be another
/// one for sure.
///
/// `segments` are those of the path, with [`VALUE`] or [`OPTIONAL`] for each placeholder.
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
        "a server could not tell `{name}` from `{other}`: declare a second endpoint for the shorter path"
    ))
}

/// Stands for a value in a segment.
pub(super) const VALUE: char = '\0';
/// Stands for a value that may be left out.
pub(super) const OPTIONAL: char = '\u{1}';
