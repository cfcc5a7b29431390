//! How values are written in the input: which texts stand for no value, and how hashes and salts are encoded.

use stytch_client::passwords::HashType;

use super::layout::Naming;
use super::parameters;
use crate::check;
use crate::encoding::Encoding;
use crate::exit::Stop;
use crate::problem::Problem;

/// What databases write for a null.
const NULLS: [&str; 2] = ["NULL", "\\N"];

/// What the command line says about values.
#[derive(Debug)]
pub(crate) struct Written {
    nulls: Vec<String>,
    /// Whether somebody said which texts these are; otherwise they are reported.
    nulls_are_stated: bool,
    encodings: Vec<(String, Encoding)>,
}

/// Whether a text stands for no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Null {
    No,
    Stated,
    /// It does, and nobody said so.
    Assumed,
}

impl Written {
    /// # Errors
    ///
    /// An encoding is stated for a parameter that has none.
    pub(super) fn new(naming: &Naming) -> Result<Self, Stop> {
        for (name, _) in &naming.encodings {
            let parameter = parameters::known(name)?;
            if !(parameter.name == "hash" || parameter.name.ends_with("salt")) {
                return Err(Stop::unusable(format!(
                    "`--encoding {name}=…`: `{name}` is neither a hash nor a salt"
                )));
            }
        }
        let stated = &naming.nulls;
        let nulls = if stated.is_empty() { NULLS.map(str::to_owned).to_vec() } else { stated.clone() };
        Ok(Self { nulls, nulls_are_stated: !stated.is_empty(), encodings: naming.encodings.clone() })
    }

    pub(super) fn null(&self, text: &[u8]) -> Null {
        match self.nulls.iter().any(|null| null.as_bytes() == text) {
            false => Null::No,
            true if self.nulls_are_stated => Null::Stated,
            true => Null::Assumed,
        }
    }

    /// The encoding that is stated for a parameter.
    pub(super) fn encoding(&self, name: &str) -> Option<Encoding> {
        self.encodings.iter().find(|(stated, _)| stated == name).map(|(_, encoding)| *encoding)
    }

    /// A hash as the API takes it.
    ///
    /// # Errors
    ///
    /// It is not written in the encoding that is stated.
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
            // The forms that carry their own parameters.
            _ if bytes.starts_with(b"$") => Encoding::Text,
            HashType::Scrypt | HashType::Pbkdf2 => Encoding::Base64,
            _ => Encoding::Hex,
        };
        encode("hash", bytes, taken)
    }

    /// A salt as the API takes it.
    ///
    /// # Errors
    ///
    /// It is not written in the encoding that is stated, or cannot be written as the API takes it.
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
    let message =
        || format!("`{name}` is no text when it is decoded, and the API takes text here: it cannot be moved");
    taken.encode(bytes).ok_or_else(|| Problem::new("bad_request", message()))
}
