//! The metadata of fields in generated code.

use std::iter;

use super::json::JsonKind;
use super::{FieldInfo, Location, QueryStyle, text};

/// The fields of a struct, as the macro describes them.
///
/// All fields are one string. rustc evaluates the metadata each time it checks a crate, and a string costs it the least.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Described {
    /// For each field: `{location}[ required][ secret][ own][ {style}]\n{type}\n{docs}\n{name}`. `own` stands for a
    /// custom serializer. A string that begins with `\n` contains several fields, each after a `\n`. Other strings are
    /// one field, with or without a `cfg`, whose name can contain any character.
    fields: &'static [&'static str],
    /// The JSON type of each field; empty without the feature `describe`.
    pub(super) kinds: &'static [JsonKind],
}

impl Described {
    /// Describes fields. The macro calls this.
    pub const fn new(fields: &'static [&'static str], kinds: &'static [JsonKind]) -> Self {
        Self { fields, kinds }
    }

    /// Returns the fields in the order of their declaration.
    pub(super) fn all(self) -> impl Iterator<Item = FieldInfo> {
        self.fields
            .iter()
            .flat_map(|text| split(text))
            .enumerate()
            .map(move |(at, field)| self.read(at, field))
    }

    fn read(self, at: usize, field: &'static str) -> FieldInfo {
        let mut parts = field.splitn(4, '\n');
        let mut part = || parts.next().unwrap_or_default();
        let (words, ty, docs, name) = (part(), part(), part(), part());
        let mut words = words.split(' ');
        let location = words.next().and_then(location).unwrap_or(Location::Body);
        let kind = self.kinds.get(at).copied().unwrap_or_else(|| text::kind(ty));
        let plain = FieldInfo {
            name,
            location,
            required: false,
            secret: false,
            style: QueryStyle::Repeat,
            ty,
            kind,
            docs,
        };
        words.fold(plain, |field, word| match word {
            "required" => FieldInfo { required: true, ..field },
            "secret" => FieldInfo { secret: true, ..field },
            "own" => FieldInfo { kind: JsonKind::Unknown, ..field },
            "comma" => FieldInfo { style: QueryStyle::Comma, ..field },
            "brackets" => FieldInfo { style: QueryStyle::Brackets, ..field },
            "deep" => FieldInfo { style: QueryStyle::Deep, ..field },
            _ => field,
        })
    }
}

/// Splits a string into the fields that it contains.
fn split(text: &'static str) -> impl Iterator<Item = &'static str> {
    const LINES: usize = 4;
    let several = text.strip_prefix('\n');
    let mut rest = Some(several.unwrap_or(text));
    iter::from_fn(move || {
        let text = rest.take()?;
        let end = several.and_then(|_| text.match_indices('\n').nth(LINES - 1));
        let Some((end, _)) = end else { return Some(text) };
        rest = Some(&text[end + 1..]);
        Some(&text[..end])
    })
}

fn location(word: &str) -> Option<Location> {
    use Location::{Body, Header, Path, Query, WholeBody};
    [Path, Query, Header, Body, WholeBody].into_iter().find(|location| location.as_str() == word)
}
