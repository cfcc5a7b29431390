//! Finds the end of a CSV row, and checks its quotation marks.
//!
//! The parser accepts rows with wrong marks in some way. But a mark that is not closed makes the following rows a
//! part of the row, and that has to be detected.

/// Reads a row byte by byte.
#[derive(Clone, Copy)]
pub(super) struct Quoting {
    delimiter: u8,
    state: State,
    stray: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    FieldStart,
    Plain,
    Quoted,
    /// After a mark inside quotes, which closes them or is half of a doubled mark.
    Closing,
}

/// The result for a whole row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    InOrder,
    /// Quotes were closed in the middle of a field.
    Stray,
    /// Quotes were open when the input ended.
    Unclosed,
}

impl Quoting {
    pub(super) fn new(delimiter: u8) -> Self {
        Self { delimiter, state: State::FieldStart, stray: false }
    }

    /// Continues with the row, and returns its end if the end is in these bytes: a line break outside of quotes.
    pub(super) fn row_end(&mut self, bytes: &[u8]) -> Option<usize> {
        bytes.iter().position(|byte| self.ends_at(*byte))
    }

    fn ends_at(&mut self, byte: u8) -> bool {
        self.state = match (self.state, byte) {
            (State::Quoted, b'"') => State::Closing,
            (State::FieldStart | State::Closing, b'"') | (State::Quoted, _) => State::Quoted,
            (_, b'\r' | b'\n') => return true,
            (_, byte) if byte == self.delimiter => State::FieldStart,
            (State::Closing, _) => {
                self.stray = true;
                State::Plain
            }
            _ => State::Plain,
        };
        false
    }

    pub(super) fn verdict(self) -> Verdict {
        match self.state {
            State::Quoted => Verdict::Unclosed,
            _ if self.stray => Verdict::Stray,
            _ => Verdict::InOrder,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(text: &str) -> (Option<usize>, Verdict) {
        let mut quoting = Quoting::new(b',');
        (quoting.row_end(text.as_bytes()), quoting.verdict())
    }

    #[test]
    fn rows_in_order() {
        for (text, end) in [
            ("a,b\nc", Some(3)),
            ("a,b\r\nc", Some(3)),
            ("\"a\",\"b\"\r\n", Some(7)),
            ("\"a \"\"b\"\" c\",d", None),
            ("5\" disk,b\n", Some(9)),
            ("\"two\nlines\",b\n", Some(13)),
            ("\"\"", None),
            ("", None),
            ("\n", Some(0)),
        ] {
            assert_eq!(row(text), (end, Verdict::InOrder), "{text}");
        }
    }

    #[test]
    fn rows_out_of_order() {
        for text in ["\"a\"b,c", "a,\"Ada\nb,\"Bob\"\n", "\"a\" ,b"] {
            assert_eq!(row(text).1, Verdict::Stray, "{text}");
        }
        for text in ["\"", "a,\"Ada\nb,c\n", "\"a\"\"", "\"a\"b,\"c"] {
            assert_eq!(row(text).1, Verdict::Unclosed, "{text}");
        }
    }
}
