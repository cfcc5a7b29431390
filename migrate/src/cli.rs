//! The command line.

use std::path::PathBuf;

use clap::Parser;
use encoding_rs::Encoding as Charset;

use crate::encoding::Encoding;
use crate::export;
use crate::input::{FormatName, Wanted};
use crate::row::Naming;

const AFTER_HELP: &str = "\
The project is STYTCH_PROJECT_ID, STYTCH_SECRET and optionally STYTCH_BASE_URL; or --emulator.

A journal next to the input records the outcome of each line. After Ctrl-C, a crash or a power cut,
run the same command again, and it continues.

Exit status:
    0  all migrated, or already there
    1  some lines rejected
    2  the command, the input or the journal cannot be used
    3  stopped before the end; the same command continues
    4  a user given by `--verify` cannot log in; no other user was sent
  130  interrupted; the same command continues";

/// The options that name users to log in.
const KNOWN_USERS: [&str; 2] = ["verify", "verify_file"];

/// Migrates users with their password hashes to Stytch, or to an emulator of Stytch.
///
/// The input is CSV with the names of the columns in its first line, or JSON Lines. Every parameter of `migrate` is a
/// column or key: `email`, `hash`, `hash_type`, `trusted_metadata`, `argon_2_config.salt`, `name.first_name` and so
/// on.
#[derive(Debug, Parser)]
#[command(name = "stytch-migrate", after_help = AFTER_HELP)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of the command line")]
pub(crate) struct Arguments {
    /// The file to read; `-` for standard input
    pub(crate) input: PathBuf,
    /// Read the input and list each line that would be rejected; sends no request
    #[arg(long, conflicts_with_all = KNOWN_USERS)]
    check: bool,
    /// Read the input and report the number of each hash type, the duration, and the fields that would be lost; sends
    /// no request
    #[arg(long, conflicts_with = "check", conflicts_with_all = KNOWN_USERS)]
    pub(crate) dry_run: bool,
    /// Check the whole input first, and send no request if one line would be rejected
    #[arg(long, conflicts_with_all = ["check", "dry_run"])]
    pub(crate) strict: bool,
    /// Migrate this user first, log the user in with a password that the program asks for, and stop if that fails;
    /// may be given several times
    #[arg(long, value_name = "EMAIL")]
    pub(crate) verify: Vec<String>,
    /// Do the same for the users of a file with the columns or keys `email` and `password`
    #[arg(long, value_name = "FILE")]
    pub(crate) verify_file: Option<PathBuf>,
    /// Read the input as an export of this system, and convert it
    #[arg(long, value_name = "SYSTEM", value_parser = system)]
    from: Option<&'static str>,
    /// Use the column or key OLD as the parameter NEW
    #[arg(long, value_name = "OLD=NEW", value_parser = renaming)]
    map: Vec<(String, String)>,
    /// Set this parameter for every line that does not have it
    #[arg(long, value_name = "NAME=VALUE", value_parser = constant)]
    set: Vec<(String, String)>,
    /// Skip a column or key
    #[arg(long, value_name = "NAME")]
    ignore: Vec<String>,
    /// A string that means "no value"; may be given several times [default: `NULL` and `\N`, which are then reported]
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    null: Vec<String>,
    /// The encoding of the hash or salt NAME: hex, base64 or text; the program converts the value for the API
    #[arg(long, value_name = "NAME=ENCODING", value_parser = encoding)]
    encoding: Vec<(String, Encoding)>,
    /// The format of the input; by default detected from its first bytes
    #[arg(long)]
    format: Option<FormatName>,
    /// The separator of the cells of a CSV file: one character, or `tab`; by default detected from the first line
    #[arg(long, value_parser = delimiter)]
    delimiter: Option<u8>,
    /// The character encoding of the input, such as `latin-1`; UTF-8 and UTF-16 are detected
    #[arg(long, value_parser = charset)]
    charset: Option<&'static Charset>,
    /// Read the first N records only; without it, the same command continues after them
    #[arg(long, value_name = "N")]
    limit: Option<u64>,
    /// The maximum number of requests per second; 0 for no limit. Stytch asks for at most 65 and accepts no more than
    /// 100
    #[arg(long, default_value = "65", value_name = "PER SECOND", value_parser = rate)]
    pub(crate) rate: f64,
    /// The number of requests in flight
    #[arg(long, default_value = "64", value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub(crate) concurrency: u16,
    /// For how many seconds a line without a response is retried
    #[arg(long, default_value = "60", value_name = "SECONDS")]
    pub(crate) patience: u32,
    /// The journal [default: the name of the input with `.journal` appended]
    #[arg(long, value_name = "FILE")]
    pub(crate) journal: Option<PathBuf>,
    /// The file for rejected lines [default: the name of the input with `.rejected` before its extension]
    #[arg(long, value_name = "FILE")]
    pub(crate) rejected: Option<PathBuf>,
    /// Send to an emulator inside this program, to try the program out; its users are gone afterwards
    #[arg(long, conflicts_with_all = ["check", "dry_run"])]
    pub(crate) emulator: bool,
}

impl Arguments {
    pub(crate) fn wanted(&self) -> Wanted<'_> {
        Wanted {
            path: &self.input,
            format: self.format,
            delimiter: self.delimiter,
            charset: self.charset,
            limit: self.limit,
        }
    }

    pub(crate) fn naming(&self) -> Naming {
        Naming {
            from: self.from,
            map: self.map.clone(),
            ignore: self.ignore.clone(),
            set: self.set.clone(),
            nulls: self.null.clone(),
            encodings: self.encoding.clone(),
        }
    }

    /// Whether the run sends no requests.
    pub(crate) fn only_reads(&self) -> bool {
        self.check || self.dry_run
    }
}

fn renaming(text: &str) -> Result<(String, String), &'static str> {
    // The name of a column may contain an equals sign. The name of a parameter does not.
    let (old, new) = text.rsplit_once('=').ok_or("write OLD=NEW")?;
    Ok((old.to_owned(), new.to_owned()))
}

fn constant(text: &str) -> Result<(String, String), &'static str> {
    let (name, value) = text.split_once('=').ok_or("write NAME=VALUE")?;
    Ok((name.to_owned(), value.to_owned()))
}

fn system(name: &str) -> Result<&'static str, String> {
    export::find(name)
        .map(|system| system.name)
        .ok_or_else(|| format!("the systems are {}", export::names().collect::<Vec<_>>().join(", ")))
}

fn encoding(text: &str) -> Result<(String, Encoding), &'static str> {
    let (name, encoding) = text.split_once('=').ok_or("write NAME=ENCODING")?;
    Ok((name.to_owned(), encoding.parse()?))
}

fn charset(name: &str) -> Result<&'static Charset, &'static str> {
    let label = if name.eq_ignore_ascii_case("latin-1") { "latin1" } else { name };
    Charset::for_label(label.as_bytes())
        .ok_or("no character set has this name; try `latin-1`, `utf-8` or `utf-16le`")
}

fn delimiter(text: &str) -> Result<u8, &'static str> {
    match text.as_bytes() {
        b"tab" | b"\\t" => Ok(b'\t'),
        [byte] if byte.is_ascii() && !b"\"\r\n".contains(byte) => Ok(*byte),
        _ => Err("one ASCII character, or `tab`"),
    }
}

fn rate(text: &str) -> Result<f64, &'static str> {
    text.parse()
        .ok()
        .filter(|rate: &f64| rate.is_finite() && *rate >= 0.0)
        .ok_or("a number that is not negative")
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn values_are_read() {
        assert_eq!(renaming("a=b=email"), Ok(("a=b".to_owned(), "email".to_owned())));
        assert_eq!(constant("trusted_metadata={\"a\":\"=\"}").unwrap().1, "{\"a\":\"=\"}");
        assert_eq!((delimiter("tab"), delimiter(";")), (Ok(b'\t'), Ok(b';')));
        assert!(delimiter("\"").is_err() && delimiter("é").is_err() && delimiter("").is_err());
        assert!(rate("-1").is_err() && rate("NaN").is_err() && rate("inf").is_err() && rate("0").is_ok());
    }
}
