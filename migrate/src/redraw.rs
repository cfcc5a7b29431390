//! A terminal whose width changes. It wraps the existing lines again. The bar, which is drawn over the last lines,
//! would then begin on the wrong row and leave parts of the last bar behind.

use std::io::{self, Write};

use console::Term;

/// The two lines on the terminal.
#[derive(Debug, Default)]
pub(crate) struct Drawn {
    /// The width of the terminal at that time; 0 if no line is drawn.
    columns: usize,
    /// The number of columns of the lines.
    lines: [usize; 2],
}

impl Drawn {
    /// Remembers the lines that will be drawn.
    pub(crate) fn lines(&mut self, position: &str, message: &str) {
        let Some(columns) = columns() else { return };
        // The bar fills the rest of the first line.
        let first = (console::measure_text_width(position) + 1).max(columns);
        *self = Self { columns, lines: [first, console::measure_text_width(message)] };
    }

    /// Moves the cursor to the position that it would have without the change of width, and removes the lines.
    pub(crate) fn resize(&mut self) {
        if let Some(columns) = columns()
            && let Some(sequence) = self.sequence(columns)
        {
            let _ = io::stderr().write_all(sequence.as_bytes());
            self.columns = columns;
        }
    }

    /// Moves up to the row on which the lines begin now, clears the rows below, and moves down by the number of rows
    /// that the next draw moves up.
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
        // Three rows and one row, instead of one and one.
        assert_eq!(wide.sequence(50).as_deref(), Some("\x1b[3A\r\x1b[J\n"));
        // The same number of rows, in a terminal that has only grown.
        assert_eq!(wide.sequence(110), None);
        assert_eq!(wide.sequence(200), None);
        // Two and two rows become one and one.
        let narrow = Drawn { columns: 30, lines: [49, 41] };
        assert_eq!(narrow.sequence(100).as_deref(), Some("\x1b[1A\r\x1b[J\n\n\n"));
        assert_eq!(Drawn::default().sequence(80), None);
    }
}
