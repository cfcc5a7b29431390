//! Finds the parameter of each column or key.

use std::collections::BTreeMap;

use csv::ByteRecord;
use serde_json::Value;

use super::cell;
use super::parameters::{self, PARAMETERS, Parameter};
use super::written::Written;
use crate::encoding::Encoding;
use crate::exit::Stop;
use crate::export::{self, Kind, System};
use crate::input::{Content, Record};
use crate::say;

/// The column or key of a rejected line that contains the reason. It is skipped when the line is read again.
pub(crate) const REASON: &str = "reason";

/// The options of the command line about names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Naming {
    /// The system of the export.
    pub(crate) from: Option<&'static str>,
    /// `old=new` pairs.
    pub(crate) map: Vec<(String, String)>,
    /// Names to skip.
    pub(crate) ignore: Vec<String>,
    /// `name=value` pairs for every line.
    pub(crate) set: Vec<(String, String)>,
    /// The strings that mean "no value". If empty, those of databases.
    pub(crate) nulls: Vec<String>,
    /// `name=encoding` pairs.
    pub(crate) encodings: Vec<(String, Encoding)>,
}

/// The use of a column or key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    Parameter(&'static Parameter),
    /// Not sent.
    Ignored,
    /// Not sent, and the command line does not ignore it.
    Unknown,
}

/// The names of an input, resolved.
#[derive(Debug)]
pub(crate) struct Layout {
    /// The system of the records, if they are an export.
    pub(super) system: Option<&'static System>,
    /// The names of the columns.
    pub(super) names: Vec<String>,
    pub(super) renamed: BTreeMap<String, &'static Parameter>,
    pub(super) ignored: Vec<String>,
    /// The values for every line that does not have them.
    pub(crate) constants: Vec<(&'static Parameter, Value)>,
    /// One for each column of a CSV file.
    pub(crate) columns: Vec<Meaning>,
    /// The names of columns that are not used.
    pub(crate) unknown_columns: Vec<String>,
    pub(super) written: Written,
}

impl Layout {
    /// Finds the parameters of the options, and of the columns if there are any.
    ///
    /// # Errors
    ///
    /// A name on the command line is not a parameter, or the columns are not sufficient for a request.
    pub(crate) fn new(naming: &Naming, header: Option<&Record>) -> Result<Self, Stop> {
        let mut layout = Self {
            system: naming.from.and_then(export::find),
            names: Vec::new(),
            renamed: BTreeMap::new(),
            ignored: naming.ignore.clone(),
            constants: Vec::new(),
            columns: Vec::new(),
            unknown_columns: Vec::new(),
            written: Written::new(&naming.nulls, &naming.encodings)?,
        };
        for (old, new) in &naming.map {
            if layout.renamed.insert(old.clone(), parameters::known(new)?).is_some() {
                return Err(Stop::unusable(format!("`--map` names `{old}` twice")));
            }
        }
        for (name, value) in &naming.set {
            layout.constants.push(constant(name, value)?);
        }
        if let Some(header) = header {
            layout.read_header(naming, header)?;
        }
        Ok(layout)
    }

    /// Returns the use of a column or key with this name.
    pub(crate) fn meaning(&self, name: &str) -> Meaning {
        match self.renamed.get(name) {
            Some(parameter) => Meaning::Parameter(parameter),
            None if name == REASON || self.ignored.iter().any(|ignored| ignored == name) => Meaning::Ignored,
            None => parameters::find(name).map_or(Meaning::Unknown, Meaning::Parameter),
        }
    }

    fn read_header(&mut self, naming: &Naming, header: &Record) -> Result<(), Stop> {
        let Content::Cells(cells) = &header.content else {
            return Err(Stop::unusable(
                "the first line, which has to name the columns, cannot be read; `--delimiter` names the separator of the cells",
            ));
        };
        let names = names(cells)?;
        self.names = names.iter().map(|name| (*name).to_owned()).collect();
        self.columns = names.iter().map(|name| self.meaning(name)).collect();
        match self.system {
            // The names are not quoted: if the header is missing, they are data of a user.
            Some(system) if !export::can_be(system, &names) => {
                return Err(Stop::unusable(format!(
                    "the first line does not name the columns of an export of {}: it has to name {}",
                    system.title,
                    system.signs.join(", ")
                )));
            }
            Some(_) => self.no_column_twice()?,
            None => {
                self.no_export(names.iter().copied())?;
                self.require_columns(names.len())?;
            }
        }
        for (old, _) in &naming.map {
            if !names.contains(&old.as_str()) {
                return Err(Stop::unusable(format!("`--map {old}=…`: there is no column `{old}`")));
            }
        }
        for (name, meaning) in names.iter().zip(&self.columns).filter(|_| self.system.is_none()) {
            if *meaning == Meaning::Unknown {
                if parameters::group_of(name).is_some() {
                    let message = format!("the column `{name}` is not a parameter of `migrate`");
                    return Err(Stop::unusable(format!("{message}: correct it, or skip it with `--ignore`")));
                }
                self.unknown_columns.push((*name).to_owned());
            }
        }
        Ok(())
    }

    /// Checks that an export has each column once.
    ///
    /// # Errors
    ///
    /// Two columns have the same name, for example after a join of two tables. Nothing says which of them is the user's.
    fn no_column_twice(&self) -> Result<(), Stop> {
        for (at, name) in self.names.iter().enumerate().filter(|(_, name)| !name.is_empty()) {
            if self.names[..at].contains(name) && self.meaning(name) != Meaning::Ignored {
                let name = say::list(std::slice::from_ref(name));
                return Err(Stop::unusable(format!(
                    "two columns are {name}: rename one of them, or skip both with `--ignore`"
                )));
            }
        }
        Ok(())
    }

    /// Checks that the names of columns or keys are not those of an export.
    ///
    /// # Errors
    ///
    /// They are, and none of them is the hash. The message says what to do.
    fn no_export<'a>(&self, names: impl Iterator<Item = &'a str>) -> Result<(), Stop> {
        let names: Vec<_> = names.collect();
        let is_hash = |meaning| matches!(meaning, Meaning::Parameter(parameter) if parameter.name == "hash");
        if self.system.is_some() || names.iter().any(|name| is_hash(self.meaning(name))) {
            return Ok(());
        }
        let Some(System { name, title, kind, .. }) = export::guess(&names) else { return Ok(()) };
        Err(Stop::unusable(match kind {
            Kind::Impossible(why) => format!("this looks like an export of {title}. {why}"),
            Kind::Convert(_) => format!("this looks like an export of {title}: `--from {name}` reads it"),
        }))
    }

    /// The same check for the first record of a JSON file.
    pub(crate) fn no_export_record(&self, record: &[u8]) -> Result<(), Stop> {
        match serde_json::from_slice::<serde_json::Map<String, Value>>(record) {
            Ok(fields) => self.no_export(fields.keys().map(String::as_str)),
            // Problems of the record are reported when it is sent.
            Err(_) => Ok(()),
        }
    }

    fn require_columns(&self, count: usize) -> Result<(), Stop> {
        for parameter in PARAMETERS {
            let columns =
                self.columns.iter().filter(|meaning| **meaning == Meaning::Parameter(parameter)).count();
            let name = parameter.name;
            if columns > 1 {
                return Err(Stop::unusable(format!(
                    "{columns} columns are `{name}`: skip all but one with `--ignore`"
                )));
            }
            let constant = self.constants.iter().any(|(constant, _)| *constant == parameter);
            if columns == 0 && !constant && ["email", "hash", "hash_type"].contains(&name) {
                // The other names are not quoted: if the header is missing, they are data of a user.
                let one = if count == 1 { "; `--delimiter` names the separator of the cells" } else { "" };
                let all = if name == "hash_type" {
                    ", `--set hash_type=…` gives every line the same"
                } else {
                    ""
                };
                return Err(Stop::unusable(format!(
                    "none of the {count} columns is `{name}`: the first line has to name the columns; `--map \
                     old={name}` renames one{all}{one}"
                )));
            }
        }
        Ok(())
    }
}

fn names(header: &ByteRecord) -> Result<Vec<&str>, Stop> {
    let name = |cell| std::str::from_utf8(cell).map(str::trim);
    let names: Result<Vec<_>, _> = header.iter().map(name).collect();
    names.map_err(|_| Stop::unusable("the first line, which has to name the columns, is not UTF-8: `--charset` names another character set"))
}

fn constant(name: &str, value: &str) -> Result<(&'static Parameter, Value), Stop> {
    let parameter = parameters::known(name)?;
    if ["email", "hash"].contains(&name) {
        return Err(Stop::unusable(format!("`--set {name}=…` would give every line the same `{name}`")));
    }
    match cell::read(parameter, value.as_bytes()) {
        Ok(Some(value)) => Ok((parameter, value)),
        Ok(None) => Err(Stop::unusable(format!("`--set {name}=` gives no value"))),
        Err(problem) => Err(Stop::unusable(format!("`--set {name}=…`: {}", problem.text))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::input::Place;

    fn layout(naming: &Naming, names: &[&str]) -> Result<Layout, String> {
        let header = Record {
            place: Place { number: 0, line: 1 },
            bytes: Vec::new(),
            length: 0,
            is_cut: false,
            content: Content::Cells(ByteRecord::from(names)),
        };
        Layout::new(naming, Some(&header)).map_err(|stop| stop.to_string())
    }

    fn pair(one: &str, other: &str) -> Vec<(String, String)> {
        vec![(one.to_owned(), other.to_owned())]
    }

    #[test]
    fn columns_are_found_by_name_and_by_map() {
        let naming = Naming {
            map: pair("mail", "email"),
            ignore: vec!["name".to_owned()],
            set: pair("hash_type", "bcrypt"),
            ..Naming::default()
        };
        let layout = layout(&naming, &["reason", " mail ", "hash", "name", "age", "name.last_name"]).unwrap();
        let parameter = |name| Meaning::Parameter(parameters::find(name).unwrap());
        assert_eq!(
            layout.columns,
            [
                Meaning::Ignored,
                parameter("email"),
                parameter("hash"),
                Meaning::Ignored,
                Meaning::Unknown,
                parameter("name.last_name")
            ]
        );
        assert_eq!(layout.unknown_columns, ["age"]);
    }

    #[test]
    fn insufficient_columns_are_rejected_at_once() {
        let good = ["email", "hash", "hash_type"];
        let rejected = |naming: &Naming, names: &[&str]| layout(naming, names).unwrap_err();
        let none = Naming::default();
        let data = ["ada@example.com", "$2b$04$secret", "bcrypt"];
        let error = rejected(&none, &data);
        assert!(error.contains("none of the 3 columns is `email`") && !error.contains("secret"), "{error}");
        // `--set` cannot give it.
        assert!(error.contains("--map") && !error.contains("--set"), "{error}");
        assert!(rejected(&none, &["email", "hash"]).contains("`--set hash_type=…`"));
        assert!(rejected(&none, &["email", "hash", "hash_type", "email"]).contains("2 columns are `email`"));
        assert!(
            rejected(&none, &["email", "hash", "hash_type", "md_5_config.salt"]).contains("md_5_config.salt")
        );
        let naming = |map, set| Naming { map, set, ..Naming::default() };
        assert!(rejected(&naming(pair("mail", "email"), vec![]), &good).contains("no column `mail`"));
        assert!(
            rejected(&naming(pair("email", "e-mail"), vec![]), &good).contains("`e-mail` is not a parameter")
        );
        assert!(
            rejected(&naming(vec![], pair("argon_2_config.memory", "much")), &good).contains("whole number")
        );
        assert!(rejected(&naming(vec![], pair("hash", "x")), &good).contains("every line the same `hash`"));
        assert!(rejected(&naming(vec![], pair("roles", "")), &good).contains("no value"));
    }
}
