//! Foreign text as part of one line.

/// The text without line breaks and other control characters, cut to `limit` characters.
pub(crate) fn one_line(text: &str, limit: usize) -> String {
    // The marks that turn the direction of text could make the rest of a log line read backwards.
    let is_mark = |letter: char| matches!(letter, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let breaks = |letter: char| letter.is_whitespace() || letter.is_control() || is_mark(letter);
    let (mut line, mut length) = (String::new(), 0);
    for word in text.split(breaks).filter(|word| !word.is_empty()) {
        if length > 0 {
            line.push(' ');
            length += 1;
        }
        for letter in word.chars() {
            if length >= limit {
                line.push('…');
                return line;
            }
            line.push(letter);
            length += 1;
        }
    }
    line
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn is_one_line_and_bounded() {
        assert_eq!(one_line(" a\r\n\tb\u{1b}[31m\u{2028}c \u{202E}d\0", 99), "a b [31m c d");
        assert_eq!(one_line("abcdef", 6), "abcdef");
        assert_eq!(one_line("abc def", 6), "abc de…");
        assert_eq!(one_line("", 6), "");
    }
}
