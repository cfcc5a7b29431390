//! A terminal that changes its width: it wraps the lines that are there anew, so that the bar, which is drawn over the last
//! one, would begin on the wrong row and leave pieces of the last one behind.

use std::io::{self, Write};

use console::Term;

/// The two lines that are on the terminal.
#[derive(Debug, Default)]
pub(crate) struct Drawn {
    /// How wide the terminal was then; 0 where nothing is drawn.
    columns: usize,
    /// How many columns the lines take.
    lines: [usize; 2],
}

impl Drawn {
    /// Remembers what is about to be drawn.
    pub(crate) fn lines(&mut self, position: &str, message: &str) {
        let Some(columns) = columns() else { return };
        // The bar fills what is left of the first line.
        let first = (console::measure_text_width(position) + 1).max(columns);
        *self = Self { columns, lines: [first, console::measure_text_width(message)] };
    }

    /// Puts the cursor where it would be if the width had not changed, and removes the lines.
    pub(crate) fn resize(&mut self) {
        if let Some(columns) = columns()
            && let Some(sequence) = self.sequence(columns)
        {
            let _ = io::stderr().write_all(sequence.as_bytes());
            self.columns = columns;
        }
    }

    /// Moves up to the row on which the lines begin now, clears what follows, and moves down as far as whoever draws
    /// next moves up.
    fn sequence(&self, columns: usize) -> Option<String> {
        let (now, before) = (self.rows(columns), self.rows(self.columns));
        if self.columns == 0 || columns == 0 || now == before {
            return None;
        }
        let up = match now - 1 {
            0 => String::new(),
            rows => format!("\x1b[{rows}A"),
        };
        Some(format!("{up}\r\x1b[J{}", "\n".repeat(before - 1)))
    }

    fn rows(&self, columns: usize) -> usize {
        self.lines.iter().map(|width| width.div_ceil(columns.max(1)).max(1)).sum()
    }
}

fn columns() -> Option<usize> {
    Term::stderr().size_checked().map(|(_, columns)| columns.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cursor_goes_to_where_the_lines_begin_now() {
        let wide = Drawn { columns: 110, lines: [110, 41] };
        // Three rows and one instead of one and one.
        assert_eq!(wide.sequence(50).as_deref(), Some("\x1b[3A\r\x1b[J\n"));
        // The same rows, and a terminal that has only grown.
        assert_eq!(wide.sequence(110), None);
        assert_eq!(wide.sequence(200), None);
        // Two rows and two become one and one.
        let narrow = Drawn { columns: 30, lines: [49, 41] };
        assert_eq!(narrow.sequence(100).as_deref(), Some("\x1b[1A\r\x1b[J\n\n\n"));
        assert_eq!(Drawn::default().sequence(80), None);
    }
}
