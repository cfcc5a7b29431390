//! Users with known passwords. They are migrated and logged in before all others.
//!
//! The API accepts a hash in a wrong encoding, but its user cannot log in. Only a login shows that.

use std::collections::HashSet;
use std::io::{self, BufRead, IsTerminal};
use std::path::Path;
use std::sync::Arc;

use console::Term;
use stytch_client::{Client, RetryPolicy};

use crate::cli::Arguments;
use crate::exit::{Exit, Stop};
use crate::input::{Content, Input, Record, Wanted};
use crate::row::{Layout, Line, Rows};
use crate::say;
use crate::send::{End, Sender};

/// The message about a user whose password may be from another source than the input.
const NO_PROOF: &str = "can log in, but already had a password before this run: unless an earlier run of this file has set \
                        it, the login does not show whether the hashes are right; verify another user";

/// A user with a known password. It has no `Debug`, so that the password cannot be shown by accident.
pub(crate) struct Known {
    email: String,
    password: String,
}

impl Known {
    /// Reads the users of the command line, and asks for the missing passwords.
    ///
    /// # Errors
    ///
    /// A password cannot be read, or the file of known users has no password.
    pub(crate) fn read(arguments: &Arguments) -> Result<Vec<Self>, Stop> {
        let mut known = match &arguments.verify_file {
            Some(path) => from_file(path)?,
            None => Vec::new(),
        };
        for email in &arguments.verify {
            known.push(Self { email: email.clone(), password: ask(email)? });
        }
        if !known.is_empty() && !arguments.wanted().is_regular_file() {
            return Err(Stop::unusable("`--verify` reads the input twice: put it into a file"));
        }
        Ok(known)
    }

    fn is(&self, line: &Line) -> bool {
        let has = |email: &str| {
            email.eq_ignore_ascii_case(&self.email) || email.to_lowercase() == self.email.to_lowercase()
        };
        line.request.as_ref().is_ok_and(|request| has(&request.email))
    }
}

/// Asks for a password, which is not shown while it is typed.
fn ask(email: &str) -> Result<String, Stop> {
    let read = if io::stdin().is_terminal() {
        let terminal = Term::stderr();
        let _ = terminal.write_str(&format!("The password of {email}: "));
        terminal.read_secure_line()
    } else {
        let mut line = String::new();
        let read = io::stdin().lock().read_line(&mut line);
        read.map(|_| line.trim_end_matches(['\r', '\n']).to_owned())
    };
    match read {
        Ok(password) if !password.is_empty() => Ok(password),
        Ok(_) => Err(Stop::unusable(format!(
            "`--verify {email}`: there is no password: type it, write it to standard input, or use `--verify-file`"
        ))),
        Err(error) => {
            Err(Stop::unusable(format!("`--verify {email}`: the password cannot be read: {error}")))
        }
    }
}

/// Reads a file with the columns or keys `email` and `password`.
fn from_file(path: &Path) -> Result<Vec<Known>, Stop> {
    let shown = path.display();
    let mut input = Wanted::file(path).open()?;
    let wrong = || Stop::unusable(format!("{shown} needs an `email` and a `password` for every user"));
    let columns = columns(&input);
    let mut known = Vec::new();
    while let Some(record) = input.next()? {
        let (email, password) = email_and_password(&record, columns).ok_or_else(wrong)?;
        known.push(Known { email, password });
    }
    if known.is_empty() { Err(wrong()) } else { Ok(known) }
}

/// Finds the columns of a CSV file with the address and the password.
fn columns(input: &Input) -> Option<(usize, usize)> {
    let Some(Content::Cells(names)) = input.header.as_ref().map(|header| &header.content) else {
        return None;
    };
    let find = |wanted: &str| names.iter().position(|name| name.trim_ascii() == wanted.as_bytes());
    Some((find("email")?, find("password")?))
}

fn email_and_password(record: &Record, columns: Option<(usize, usize)>) -> Option<(String, String)> {
    let (email, password) = match &record.content {
        Content::Cells(cells) => {
            let cell = |at| String::from_utf8(cells.get(at)?.to_vec()).ok();
            let (email, password) = columns?;
            (cell(email)?, cell(password)?)
        }
        Content::Json => {
            let object: serde_json::Value = serde_json::from_slice(&record.bytes).ok()?;
            let text = |key: &str| object.get(key)?.as_str().map(str::to_owned);
            (text("email")?, text("password")?)
        }
        Content::Broken(_) => return None,
    };
    (!email.is_empty() && !password.is_empty()).then_some((email, password))
}

/// Migrates the known users, and logs them in. Returns the addresses that were migrated, in lower case.
///
/// # Errors
///
/// One of them is not in the input, cannot be migrated, or cannot log in.
pub(crate) async fn verify(
    known: &[Known],
    (input, layout): (Input, Layout),
    sender: &Sender,
) -> Result<HashSet<String>, Stop> {
    let mut migrated = HashSet::new();
    let lines = find(known, input, layout)?;
    let client = sender.client.with_retries(RetryPolicy::default());
    for (known, line) in known.iter().zip(&lines) {
        let email = known.email.to_lowercase();
        if migrate(known, line, sender).await? {
            migrated.insert(email.clone());
        }
        log_in(known, line, &client).await?;
        let proof = if migrated.contains(&email) { "was migrated and can log in" } else { NO_PROOF };
        say::aside(&format!("{} {proof}", known.email));
    }
    Ok(migrated)
}

/// Finds the lines of the known users.
fn find(known: &[Known], mut input: Input, layout: Layout) -> Result<Vec<Arc<Line>>, Stop> {
    let mut rows = Rows::new(layout);
    let mut lines: Vec<Option<Arc<Line>>> = vec![None; known.len()];
    while lines.iter().any(Option::is_none)
        && let Some(record) = input.next()?
    {
        let line = Arc::new(rows.read(record));
        // The command line and the file can name the same user.
        for (_, found) in known.iter().zip(&mut lines).filter(|(known, _)| known.is(&line)) {
            found.get_or_insert_with(|| Arc::clone(&line));
        }
    }
    let missing = |known: &Known| {
        Stop::unusable(format!(
            "`--verify`: no line that can be sent has the address {}; `--check` names the lines that cannot",
            known.email
        ))
    };
    known.iter().zip(lines).map(|(known, line)| line.ok_or_else(|| missing(known))).collect()
}

/// Migrates a known user. Returns `false` if the user already had a password.
async fn migrate(known: &Known, line: &Line, sender: &Sender) -> Result<bool, Stop> {
    let Ok(request) = &line.request else { return Ok(false) };
    let (email, number) = (&known.email, line.place().line);
    match sender.settle(request, false).await {
        End::Migrated { .. } => Ok(true),
        End::AlreadyThere => Ok(false),
        End::Rejected(problem) => Err(unverified(format!(
            "line {number}, which is {email}, was rejected: {}; no other user was sent",
            problem.text
        ))),
        End::Unsettled(error) | End::Hopeless(error) => {
            Err(Stop::unfinished(format!("line {number}, which is {email}: {error}")))
        }
        End::Stopped => Err(Stop::unfinished("stopped before the first user was sent")),
    }
}

async fn log_in(known: &Known, line: &Line, client: &Client) -> Result<(), Stop> {
    let call = client.passwords().authenticate().email(&known.email).password(&known.password);
    let Err(error) = call.send().await else { return Ok(()) };
    let (email, number) = (&known.email, line.place().line);
    if error.status().is_none_or(|status| status >= 500 || status == 429) {
        return Err(Stop::unfinished(format!("{email} could not be logged in: {error}")));
    }
    Err(unverified(format!(
        "{email} cannot log in with this password, although line {number} was migrated: {error}\n\
         No other user was sent. If the password is right, the hash or the salt is written in another encoding than the \
         API reads (`--encoding`), a parameter of the hash is wrong, or the old system adds a secret to \
         every password. Delete this user in Stytch before the next try, and give it another `--journal`."
    )))
}

fn unverified(message: String) -> Stop {
    Stop::new(Exit::Unverified, message)
}
