//! The notation of values in the input: strings that mean "no value", and encodings of hashes and salts.

use stytch_client::passwords::HashType;

use super::parameters;
use crate::check;
use crate::encoding::Encoding;
use crate::exit::Stop;
use crate::problem::Problem;

/// The strings that databases write for a null.
const NULLS: [&str; 2] = ["NULL", "\\N"];

/// The options of the command line about values.
#[derive(Debug)]
pub(crate) struct Written {
    nulls: Vec<String>,
    /// Whether the command line names these strings. Otherwise they are reported.
    nulls_are_stated: bool,
    encodings: Vec<(String, Encoding)>,
}

/// Whether a string means "no value".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Null {
    No,
    Stated,
    /// It does, and the command line does not name it.
    Assumed,
}

impl Written {
    /// # Errors
    ///
    /// An encoding is given for a parameter that has none.
    pub(super) fn new(stated: &[String], encodings: &[(String, Encoding)]) -> Result<Self, Stop> {
        for (name, _) in encodings {
            let parameter = parameters::known(name)?;
            if !(parameter.name == "hash" || parameter.name.ends_with("salt")) {
                return Err(Stop::unusable(format!(
                    "`--encoding {name}=…`: `{name}` is neither a hash nor a salt"
                )));
            }
        }
        let nulls = if stated.is_empty() { NULLS.map(str::to_owned).to_vec() } else { stated.to_vec() };
        Ok(Self { nulls, nulls_are_stated: !stated.is_empty(), encodings: encodings.to_vec() })
    }

    pub(super) fn null(&self, text: &[u8]) -> Null {
        match self.nulls.iter().any(|null| null.as_bytes() == text) {
            false => Null::No,
            true if self.nulls_are_stated => Null::Stated,
            true => Null::Assumed,
        }
    }

    /// Returns the given encoding of a parameter.
    pub(super) fn encoding(&self, name: &str) -> Option<Encoding> {
        self.encodings.iter().find(|(stated, _)| stated == name).map(|(_, encoding)| *encoding)
    }

    /// Returns a hash, encoded for the API.
    ///
    /// # Errors
    ///
    /// It is not in the given encoding.
    pub(super) fn hash(&self, hash: String, hash_type: &HashType) -> Result<String, Problem> {
        let hash = self.decoded_hash(hash, hash_type)?;
        Ok(if *hash_type == HashType::Bcrypt { check::canonical_bcrypt(hash) } else { hash })
    }

    fn decoded_hash(&self, hash: String, hash_type: &HashType) -> Result<String, Problem> {
        let Some(encoding) = self.encoding("hash").filter(|_| !hash.starts_with('$')) else {
            return Ok(hash);
        };
        let bytes = decode("hash", &hash, encoding)?;
        let taken = match hash_type {
            // The forms that contain their parameters.
            _ if bytes.starts_with(b"$") => Encoding::Text,
            HashType::Scrypt | HashType::Pbkdf2 => Encoding::Base64,
            _ => Encoding::Hex,
        };
        encode("hash", bytes, taken)
    }

    /// Returns a salt, encoded for the API.
    ///
    /// # Errors
    ///
    /// It is not in the given encoding, or cannot be encoded for the API.
    pub(super) fn salt(&self, name: &str, salt: String, taken: Encoding) -> Result<String, Problem> {
        let Some(encoding) = self.encoding(name) else { return Ok(salt) };
        encode(name, decode(name, &salt, encoding)?, taken)
    }
}

fn decode(name: &str, text: &str, encoding: Encoding) -> Result<Vec<u8>, Problem> {
    let message = || format!("`{name}` is not {encoding}, which `--encoding` says it is");
    encoding.decode(text).ok_or_else(|| Problem::new("bad_request", message()))
}

fn encode(name: &str, bytes: Vec<u8>, taken: Encoding) -> Result<String, Problem> {
    let message = || {
        format!("`{name}` is not text when it is decoded, and the API requires text: it cannot be migrated")
    };
    taken.encode(bytes).ok_or_else(|| Problem::new("bad_request", message()))
}
