//! JSON whose letters are written wrongly, made right.
//!
//! Half of a surrogate pair is what is left where a text was cut in the middle of an emoji; `serde_json` takes it for
//! an error, and with it the whole answer. One such text in a user's metadata would keep that user from logging in.

use std::borrow::Cow;

/// What stands for a letter that cannot be read.
const UNREADABLE: &str = "\\ufffd";

/// The text with letters that can be read, if there was anything to mend in it.
pub(crate) fn mended(json: &str) -> Option<String> {
    // Some servers put a mark in front that says which end of a letter comes first, and means nothing in UTF-8.
    let unmarked = json.trim_start_matches('\u{FEFF}');
    let paired = with_whole_pairs(unmarked);
    (paired.len() != json.len() || matches!(paired, Cow::Owned(_))).then(|| paired.into_owned())
}

fn with_whole_pairs(json: &str) -> Cow<'_, str> {
    let (mut kept, mut copied, mut at) = (String::new(), 0, 0);
    while let Some(found) = json[at..].find('\\') {
        at += found;
        let length = match (escaped(json, at), escaped(json, at + 6)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => 12,
            (Some(0xD800..=0xDFFF), _) => {
                kept.push_str(&json[copied..at]);
                kept.push_str(UNREADABLE);
                copied = at + 6;
                6
            }
            (Some(_), _) => 6,
            // The letter behind may be another backslash.
            (None, _) => 1 + json[at + 1..].chars().next().map_or(0, char::len_utf8),
        };
        at += length;
    }
    if copied == 0 {
        return Cow::Borrowed(json);
    }
    kept.push_str(&json[copied..]);
    Cow::Owned(kept)
}

/// The code in `\u1234`, if that is what stands there.
fn escaped(json: &str, at: usize) -> Option<u16> {
    let digits = json.get(at..at + 6)?.strip_prefix("\\u")?;
    u16::from_str_radix(digits, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::mended;

    #[test]
    fn halves_of_pairs_are_replaced() {
        for (odd, right) in [
            (r#""\ud83d""#, r#""\ufffd""#),
            (r#""\ude00""#, r#""\ufffd""#),
            (r#""\ud83d\ud83d\ude00x""#, r#""\ufffd\ud83d\ude00x""#),
            (r#""\ud83d\n\ude00""#, r#""\ufffd\n\ufffd""#),
            (r#""é\\\uD83D""#, r#""é\\\ufffd""#),
        ] {
            assert_eq!(mended(odd).as_deref(), Some(right), "{odd}");
        }
    }

    #[test]
    fn a_mark_in_front_is_taken_away() {
        assert_eq!(mended("\u{FEFF}{}").as_deref(), Some("{}"));
    }

    #[test]
    fn what_is_right_or_past_help_is_left_alone() {
        for text in
            ["", "{}", r#""\ud83d\ude00 \\ud83d \u00e9""#, "\"\\", "\"\\u", "\"\\ud8", "\"\\é", "\\u+fff"]
        {
            assert_eq!(mended(text), None, "{text}");
        }
    }
}
