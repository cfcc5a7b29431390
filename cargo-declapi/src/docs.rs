//! Markdown of a document, as the text of doc comments.
//!
//! Text that rustdoc would misunderstand is written in another form: code in fences for a doctest, brackets for a link to
//! an item, angle brackets for HTML.

mod inline;

use self::inline::inline;

/// Returns the lines of a doc comment, without the slashes, each at most `width` characters long.
pub(crate) fn lines(markdown: &str, width: usize) -> Vec<String> {
    let mut page = Page { width, ..Page::default() };
    let mut fence: Option<String> = None;
    for line in markdown.lines() {
        // A wrapped line keeps its meaning only without its indentation.
        let line = line.trim();
        let line = line.strip_prefix('>').map_or(line, str::trim_start);
        match &fence {
            Some(end) if line.starts_with(end.as_str()) => {
                fence = None;
                page.code_ends();
            }
            Some(_) => page.code(line),
            None => match fence_of(line) {
                Some(start) => {
                    fence = Some(start);
                    page.code_begins();
                }
                None => page.text(line),
            },
        }
    }
    if fence.is_some() {
        page.code_ends();
    }
    page.finish()
}

/// Returns the lines of an ordinary comment, without the slashes.
pub(crate) fn comment(text: &str, width: usize) -> Vec<String> {
    wrap(&plain(text), "", width)
}

/// Returns a summary as a sentence: in the third person, with a full stop.
pub(crate) fn sentence(summary: &str) -> String {
    let summary = summary.trim();
    let (first, rest) = summary.split_once(' ').unwrap_or((summary, ""));
    let verb = VERBS.iter().find(|verb| first.eq_ignore_ascii_case(verb));
    let first = verb.map_or_else(|| capital(first), |verb| capital(&third_person(verb)));
    let sentence = if rest.is_empty() { first } else { format!("{first} {rest}") };
    if sentence.ends_with(['.', '!', '?', ':']) || sentence.is_empty() {
        sentence
    } else {
        format!("{sentence}.")
    }
}

/// Returns the text with a capital at its beginning.
pub(crate) fn capital(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

/// Verbs that summaries begin with.
const VERBS: [&str; 65] = [
    "accept", "activate", "add", "approve", "archive", "assign", "attach", "block", "cancel", "check",
    "close", "compare", "complete", "confirm", "convert", "copy", "create", "delete", "disable", "dismiss",
    "download", "edit", "enable", "fetch", "find", "generate", "get", "import", "invite", "list", "lock",
    "mark", "merge", "modify", "move", "publish", "read", "remove", "rename", "render", "replace", "request",
    "restore", "retrieve", "return", "revoke", "run", "search", "send", "set", "show", "start", "stop",
    "submit", "sync", "transfer", "unblock", "unlock", "update", "upload", "use", "validate", "verify",
    "watch", "write",
];

fn third_person(verb: &str) -> String {
    if let Some(stem) = verb.strip_suffix('y').filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u'])) {
        return format!("{stem}ies");
    }
    if verb.ends_with("ch") || verb.ends_with("sh") || verb.ends_with('s') {
        return format!("{verb}es");
    }
    format!("{verb}s")
}

/// Returns the fence that a line of Markdown begins.
fn fence_of(line: &str) -> Option<String> {
    let sign = line.chars().next().filter(|sign| "`~".contains(*sign))?;
    let length = line.chars().take_while(|character| *character == sign).count();
    // Backticks after it belong to a span of code.
    let is_fence = length >= 3 && !line[length..].contains('`');
    is_fence.then(|| sign.to_string().repeat(length))
}

/// Doc comments line by line.
#[derive(Default)]
struct Page {
    width: usize,
    lines: Vec<String>,
    /// The paragraph or the item that is not finished.
    paragraph: String,
    /// The beginning of its first line.
    bullet: &'static str,
    /// The rows of a table that is not finished.
    table: Vec<String>,
}

impl Page {
    fn text(&mut self, line: &str) {
        if line.starts_with('|') {
            self.end_paragraph();
            self.table.push(line.to_owned());
            return;
        }
        self.end_table();
        if line.is_empty() || is_rule(line) {
            self.end_paragraph();
            self.blank();
        } else if let Some(text) = heading(line) {
            self.end_paragraph();
            self.blank();
            self.paragraph = format!("**{}**", text.replace('*', ""));
            self.end_paragraph();
            self.blank();
        } else if let Some(item) = item(line) {
            self.end_paragraph();
            // A list after a paragraph begins after a blank line.
            if self.lines.last().is_some_and(|last| !last.starts_with("- ") && !last.starts_with("  ")) {
                self.blank();
            }
            self.bullet = "- ";
            item.clone_into(&mut self.paragraph);
        } else {
            let line = admonition(line);
            if !self.paragraph.is_empty() {
                self.paragraph.push(' ');
            }
            self.paragraph.push_str(line);
        }
    }

    fn code_begins(&mut self) {
        self.end_table();
        self.end_paragraph();
        self.blank();
        self.lines.push("```text".to_owned());
    }

    fn code(&mut self, line: &str) {
        let characters: Vec<char> = line.chars().map(visible).collect();
        if characters.is_empty() {
            self.lines.push(String::new());
        }
        let pieces = characters.chunks(self.width.max(1)).map(|piece| piece.iter().collect::<String>());
        self.lines.extend(pieces.map(|piece| piece.trim_end().to_owned()));
    }

    fn code_ends(&mut self) {
        self.lines.push("```".to_owned());
        self.blank();
    }

    fn end_paragraph(&mut self) {
        let (text, bullet) = (std::mem::take(&mut self.paragraph), std::mem::take(&mut self.bullet));
        // Markup in HTML can hold several paragraphs.
        for (at, part) in inline(&text, self.width).iter().enumerate() {
            let bullet = if at == 0 { bullet } else { "" };
            if at > 0 {
                self.blank();
            }
            self.lines.extend(wrap(part, bullet, self.width));
        }
    }

    /// Ends a table. It stays a table if its rows fit into lines, and becomes a list otherwise.
    fn end_table(&mut self) {
        let rows = std::mem::take(&mut self.table);
        if rows.is_empty() {
            return;
        }
        self.blank();
        let fits = |row: &String| row.chars().count() <= self.width && !row.contains(['<', '[', '`']);
        if rows.iter().all(fits) {
            self.lines.extend(rows);
        } else {
            for row in rows.iter().filter(|row| !row.chars().all(|character| "|-: ".contains(character))) {
                let cells = row.split('|').map(str::trim).filter(|cell| !cell.is_empty());
                self.paragraph = cells.collect::<Vec<_>>().join(": ");
                self.bullet = "- ";
                self.end_paragraph();
            }
        }
        self.blank();
    }

    fn blank(&mut self) {
        if self.lines.last().is_some_and(|last| !last.is_empty()) {
            self.lines.push(String::new());
        }
    }

    fn finish(mut self) -> Vec<String> {
        self.end_table();
        self.end_paragraph();
        while self.lines.last().is_some_and(String::is_empty) {
            self.lines.pop();
        }
        self.lines
    }
}

fn is_rule(line: &str) -> bool {
    let mut signs = line.chars().filter(|character| !character.is_whitespace());
    let first = signs.next();
    line.len() >= 3 && first.is_some_and(|first| "-*_=".contains(first) && signs.all(|sign| sign == first))
}

fn heading(line: &str) -> Option<&str> {
    let text = line.trim_start_matches('#');
    let level = line.len() - text.len();
    ((1..=6).contains(&level) && text.starts_with(' ')).then(|| text.trim_matches(['#', ' ']))
}

/// Returns the text of an item of a list, numbered or not.
fn item(line: &str) -> Option<&str> {
    let bullet = ["- ", "* ", "+ ", "• "].iter().find_map(|bullet| line.strip_prefix(bullet));
    let numbered = || {
        let text = line.trim_start_matches(|character: char| character.is_ascii_digit());
        let is_number = text.len() < line.len() && line.len() - text.len() < 4;
        text.strip_prefix(". ").or_else(|| text.strip_prefix(") ")).filter(|_| is_number)
    };
    bullet.or_else(numbered).map(str::trim)
}

/// Replaces GitHub's mark for a note with a word.
fn admonition(line: &str) -> &str {
    match line {
        "[!NOTE]" => "**Note:**",
        "[!TIP]" => "**Tip:**",
        "[!WARNING]" | "[!CAUTION]" => "**Warning:**",
        "[!IMPORTANT]" => "**Important:**",
        line => line,
    }
}

/// Breaks a paragraph into lines. No line begins with the sign of another block of Markdown.
fn wrap(text: &str, bullet: &str, width: usize) -> Vec<String> {
    let indent = " ".repeat(bullet.len());
    let mut lines: Vec<String> = Vec::new();
    let mut line = String::new();
    let mut pieces =
        text.split_whitespace().flat_map(|word| pieces(word, width.saturating_sub(bullet.len()))).peekable();
    while let Some(mut word) = pieces.next() {
        while let Some(next) = pieces.next_if(|next| is_block(next)) {
            word = format!("{word} {next}");
        }
        let room = width.saturating_sub(bullet.len());
        if !line.is_empty() && line.chars().count() + 1 + word.chars().count() > room {
            lines.push(std::mem::take(&mut line));
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&word);
    }
    if !line.is_empty() {
        lines.push(line);
    }
    let first = |at: usize| if at == 0 { bullet } else { &*indent };
    lines.iter().enumerate().map(|(at, line)| format!("{}{line}", first(at))).collect()
}

/// Splits a word into pieces that fit into a line.
fn pieces(word: &str, width: usize) -> Vec<String> {
    let characters: Vec<char> = word.chars().collect();
    characters.chunks(width.max(1)).map(|piece| piece.iter().collect()).collect()
}

/// Whether a line that begins with the word would begin a list, a heading, a quotation, code, a table or a rule.
fn is_block(word: &str) -> bool {
    let number = word.trim_start_matches(|character: char| character.is_ascii_digit());
    ["-", "*", "+", "•"].contains(&word)
        || word.starts_with('#')
        || word.starts_with(['>', '|', '='])
        || word.starts_with("```")
        || word.starts_with("~~~")
        || word.len() >= 3 && is_rule(word)
        || number.len() < word.len() && [".", ")"].contains(&number)
}

/// Returns the text without characters that a comment cannot have.
fn plain(text: &str) -> String {
    text.chars().map(visible).collect()
}

/// Replaces control characters with spaces, and those that change the direction of text. rustc rejects these in comments.
fn visible(character: char) -> char {
    let changes_direction = matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if character.is_control() || changes_direction { ' ' } else { character }
}

#[cfg(test)]
mod tests;
