//! Formats foreign text for messages of one line.

/// Returns the text without line breaks and other control characters, shortened to at most `limit` characters. The flag
/// says whether it was shortened.
pub(crate) fn one_line(text: &str, limit: usize) -> (String, bool) {
    let breaks = |character: char| character.is_whitespace() || character.is_control() || is_mark(character);
    let (mut line, mut length) = (String::new(), 0);
    for word in text.split(breaks).filter(|word| !word.is_empty()) {
        if length >= limit {
            return (line, true);
        }
        if length > 0 {
            line.push(' ');
            length += 1;
        }
        for character in word.chars() {
            if length >= limit {
                return (line, true);
            }
            line.push(character);
            length += 1;
        }
    }
    (line, false)
}

/// Returns whether a string is already one line. It may return `false` for some that are.
pub(crate) fn is_one_line(text: &str) -> bool {
    // A count, unlike a search, is compiled to instructions that look at many bytes at once.
    let others = text.bytes().filter(|byte| *byte != b' ' && !byte.is_ascii_graphic()).count();
    others == 0 && !text.starts_with(' ') && !text.ends_with(' ') && !text.contains("  ")
}

/// Returns whether a character is invisible but changes how the rest of a line looks. A character that changes the text
/// direction could make a log line read backwards, and one without width could hide a part of it. The joiners of Indian
/// scripts and of emoji are allowed.
fn is_mark(character: char) -> bool {
    let turns = matches!(character, '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{206F}');
    let hides =
        matches!(character, '\u{AD}' | '\u{180E}' | '\u{200B}' | '\u{2060}'..='\u{2065}' | '\u{FEFF}');
    let annotates = matches!(character, '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E007F}');
    turns || hides || annotates
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn is_one_line_and_bounded() {
        let one_line = |text, limit| {
            let (line, is_cut) = one_line(text, limit);
            if is_cut { line + "…" } else { line }
        };
        assert_eq!(one_line(" a\r\n\tb\u{1b}[31m\u{2028}c \u{202E}d\0", 99), "a b [31m c d");
        assert_eq!(
            one_line("a\u{200F}b\u{FEFF}\u{E0041}c \u{1F469}\u{200D}\u{1F52C}", 99),
            "a b c \u{1F469}\u{200D}\u{1F52C}"
        );
        assert_eq!(one_line("abcdef", 6), "abcdef");
        assert_eq!(one_line("abc def", 6), "abc de…");
        assert_eq!(one_line("", 6), "");
    }
}
