//! Users to migrate.

/// The password of every user whose hash is [`HASH`].
pub(crate) const PASSWORD: &str = "correct horse battery staple";
/// Its MD5.
pub(crate) const HASH: &str = "9cc2ae8a1ba7a93da39b46fc1019c481";
/// A valid bcrypt hash with a cost that the emulator does not accept.
const COSTLY: &str = "$2b$20$PxCzaykgdzlLIohSQTUDw.sQIH9RmdvAePtVLd175B9TDdN33RddS";
pub(crate) const HEADER: &str = "email,hash,hash_type,untrusted_metadata\n";

/// A file of users, some of whom cannot be migrated.
#[derive(Debug, Default)]
pub(crate) struct People {
    pub(crate) csv: String,
    /// The addresses of the good lines, and their lines.
    pub(crate) good: Vec<(String, u64)>,
    /// The lines that have to be rejected.
    pub(crate) bad: Vec<u64>,
}

impl People {
    /// Creates this many lines. Every seventh of them is bad, either in a way that the program notices, or in one
    /// that only the API notices.
    pub(crate) fn new(lines: u64) -> Self {
        let mut people = Self { csv: HEADER.to_owned(), ..Self::default() };
        for number in 1..=lines {
            let line = number + 1;
            match number % 14 {
                7 => people.add_bad(line, &format!("user{number}.example.com,{HASH},md_5")),
                0 => people.add_bad(line, &format!("user{number}@example.com,{COSTLY},bcrypt")),
                _ => people.add_good(line, &format!("user{number}@example.com")),
            }
        }
        people
    }

    fn add_good(&mut self, line: u64, email: &str) {
        self.csv += &format!("{email},{HASH},md_5,\"{{\"\"line\"\": {line}}}\"\n");
        self.good.push((email.to_owned(), line));
    }

    fn add_bad(&mut self, line: u64, cells: &str) {
        self.csv += &format!("{cells},\n");
        self.bad.push(line);
    }
}
