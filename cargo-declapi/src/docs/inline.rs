//! The parts of a paragraph: code, links, HTML and addresses.

use super::visible;

/// Tags of HTML for the look of words, each with its Markdown.
const MARKS: [(&str, &str); 5] = [("b", "**"), ("strong", "**"), ("i", "*"), ("em", "*"), ("code", "`")];

/// Tags that end a paragraph.
const BREAKS: [&str; 15] =
    ["br", "p", "div", "ul", "ol", "li", "table", "tr", "h1", "h2", "h3", "h4", "pre", "hr", "blockquote"];

/// Tags that are left out.
const PLAIN: [&str; 14] =
    ["span", "td", "th", "thead", "tbody", "sup", "sub", "u", "a", "img", "font", "small", "dl", "dt"];

/// Returns the paragraphs of Markdown, ready to be broken into lines of `width`.
pub(super) fn inline(text: &str, width: usize) -> Vec<String> {
    let mut reader = Reader { rest: text, width, paragraphs: vec![String::new()], link: None };
    while !reader.rest.is_empty() {
        reader.next();
    }
    let paragraphs = reader.paragraphs.into_iter().map(|paragraph| paragraph.trim().to_owned());
    paragraphs.filter(|paragraph| !paragraph.is_empty()).collect()
}

struct Reader<'t> {
    rest: &'t str,
    width: usize,
    paragraphs: Vec<String>,
    /// The address of the `<a>` that is open.
    link: Option<String>,
}

impl<'t> Reader<'t> {
    fn push(&mut self, text: &str) {
        if let Some(last) = self.paragraphs.last_mut() {
            last.extend(text.chars().map(visible));
        }
    }

    fn take(&mut self, bytes: usize) -> &'t str {
        let (taken, rest) = self.rest.split_at(bytes);
        self.rest = rest;
        taken
    }

    fn next(&mut self) {
        let rest = self.rest;
        let Some(first) = rest.chars().next() else { return };
        match first {
            '\\' if rest[1..].starts_with(|next: char| next.is_ascii_punctuation()) => {
                let escaped = self.take(2);
                self.push(escaped);
            }
            '`' => self.code(),
            '!' if rest.starts_with("![") => {
                self.take(1);
                self.bracket(true);
            }
            '[' => self.bracket(false),
            ']' => self.escaped(),
            '<' => self.angle(),
            'h' if rest.starts_with("https://") || rest.starts_with("http://") => self.address(),
            _ => {
                let taken = self.take(first.len_utf8());
                self.push(taken);
            }
        }
    }

    fn escaped(&mut self) {
        let sign = self.take(1);
        self.push("\\");
        self.push(sign);
    }

    /// Copies a span of code. A backtick without a second one is text.
    fn code(&mut self) {
        let length = self.rest.len() - self.rest.trim_start_matches('`').len();
        let mark = "`".repeat(length);
        let after = &self.rest[length..];
        let end = after.match_indices(&mark).map(|(at, _)| at).find(|at| {
            let around = (after[..*at].ends_with('`'), after[at + length..].starts_with('`'));
            around == (false, false)
        });
        match end {
            Some(end) => {
                let code = self.take(end + 2 * length);
                self.push(code);
            }
            None => (0..length).for_each(|_| self.escaped()),
        }
    }

    /// Keeps a link to a page. Of any other link, it keeps only the text.
    fn bracket(&mut self, is_image: bool) {
        let Some((text, target)) = link(self.rest) else { return self.escaped() };
        let length = text.len() + target.len() + 4;
        self.take(length);
        let address = target.split_whitespace().next().unwrap_or_default().trim_matches(['<', '>']);
        let text: Vec<String> = inline(text, self.width);
        let text = text.join(" ");
        if is_page(address) && !is_image && !text.is_empty() && address.chars().count() + 24 < self.width {
            self.push(&format!("[{text}]({address})"));
        } else {
            self.push(&text);
        }
    }

    fn angle(&mut self) {
        let Some(end) = self.rest.find('>') else { return self.escaped() };
        let inside = &self.rest[1..end];
        if is_page(inside) && !inside.contains(char::is_whitespace) {
            self.take(1);
            self.address();
            self.rest = self.rest.strip_prefix('>').unwrap_or(self.rest);
            return;
        }
        let name =
            inside.trim_matches('/').split(|character: char| !character.is_ascii_alphanumeric()).next();
        let name = name.unwrap_or_default().to_ascii_lowercase();
        let mark = MARKS.iter().find(|(tag, _)| *tag == name).map(|(_, mark)| *mark);
        if let Some(mark) = mark {
            self.push(mark);
        } else if BREAKS.contains(&name.as_str()) {
            self.paragraphs.push(String::new());
        } else if name == "a" {
            self.anchor(inside);
        } else if !PLAIN.contains(&name.as_str()) {
            return self.escaped();
        }
        self.take(end + 1);
    }

    /// `<a href="…">text</a>`
    fn anchor(&mut self, inside: &str) {
        if inside.starts_with('/') {
            if let Some(address) = self.link.take() {
                self.push(&format!("]({address})"));
            }
            return;
        }
        let address = inside.split_once("href=").map(|(_, value)| value.trim_start_matches(['"', '\'']));
        let address = address.and_then(|value| value.split(['"', '\'', ' ']).next());
        if let Some(address) = address.filter(|address| is_page(address) && address.len() + 24 < self.width) {
            self.link = Some(address.to_owned());
            self.push("[");
        }
    }

    /// Reads the address of a page, without the punctuation of the sentence behind it.
    fn address(&mut self) {
        let ends = |character: char| character.is_whitespace() || "<>()[]{}\"`'|\\^".contains(character);
        let length = self.rest.find(ends).unwrap_or(self.rest.len());
        let address = self.rest[..length].trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
        self.take(address.len());
        if address.chars().count() + 8 < self.width {
            self.push(&format!("<{address}>"));
        } else {
            let host = address.split('/').nth(2).unwrap_or_default();
            self.push(&format!("a page of `{host}` whose address is too long for a line"));
        }
    }
}

/// Returns the text and the target of a link that the text begins with.
fn link(text: &str) -> Option<(&str, &str)> {
    let close = closing(text, '[', ']')?;
    let after = text[close + 1..].strip_prefix('(')?;
    let end = closing(&text[close + 1..], '(', ')')?;
    Some((&text[1..close], &after[..end - 1]))
}

/// Returns the position at which the bracket that the text begins with is closed.
fn closing(text: &str, open: char, close: char) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, character) in text.char_indices() {
        if character == open {
            depth += 1;
        } else if character == close {
            depth = depth.checked_sub(1)?;
            if depth == 0 {
                return Some(at);
            }
        }
    }
    None
}

fn is_page(address: &str) -> bool {
    address.starts_with("https://") || address.starts_with("http://")
}
