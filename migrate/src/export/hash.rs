//! Converts hashes of other systems for the API.

use serde_json::Value;
use stytch_client::error_type as kind;

use crate::check;
use crate::encoding::Encoding;
use crate::problem::Problem;

/// A hash with its type and its configuration.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Credential {
    pub(super) hash_type: &'static str,
    pub(super) hash: String,
    pub(super) config: Vec<(&'static str, Value)>,
}

/// What to do about a hash that cannot be migrated.
const INSTEAD: &str = "send this user an email to reset the password, or let the user log in through the old system \
                       once more and create the password at Stytch then";

/// A hash for which the API has no type.
pub(super) fn no_type(what: &str) -> Problem {
    Problem::new("no_hash_type", format!("the API has no hash type for {what}: {INSTEAD}"))
}

fn unreadable() -> Problem {
    Problem::new(kind::INVALID_HASH, "the hash does not have a known form")
}

fn hash(hash_type: &'static str, hash: impl Into<String>) -> Credential {
    Credential { hash_type, hash: hash.into(), config: Vec::new() }
}

/// Standard base64, which the API requires.
fn base64(bytes: Vec<u8>) -> Value {
    Encoding::Base64.encode(bytes).map_or(Value::Null, Value::String)
}

/// Reads a hash of any system that contains its parameters.
pub(super) fn read(string: &str) -> Result<Credential, Problem> {
    let begins = |with: &str| string.starts_with(with);
    // Spring Security writes the name of the algorithm in front.
    if let Some(rest) = ["{bcrypt}", "{argon2}"].iter().find_map(|name| string.strip_prefix(name)) {
        return read(rest);
    }
    if begins("$2a$") || begins("$2b$") || begins("$2y$") {
        return Ok(hash("bcrypt", string));
    }
    if begins("$argon2id$") {
        return Ok(hash("argon_2id", string));
    }
    if begins("$argon2i$") {
        return Ok(hash("argon_2i", string));
    }
    if begins("$scrypt$") {
        return Ok(hash("scrypt", string));
    }
    if begins("$P$") || begins("$H$") {
        return Ok(hash("phpass", string));
    }
    if string.starts_with('{') {
        return ldap(string).unwrap_or_else(|| Err(foreign(string)));
    }
    if let Some(rest) = string.strip_prefix("$pbkdf2-") {
        return passlib_pbkdf_2(rest);
    }
    django(string).or_else(|| werkzeug(string)).unwrap_or_else(|| Err(foreign(string)))
}

/// LDAP: a scheme in braces, and base64 of the digest with the salt after it.
fn ldap(string: &str) -> Option<Result<Credential, Problem>> {
    let (scheme, rest) = string.strip_prefix('{')?.split_once('}')?;
    let (hash_type, length, is_salted) = match scheme.to_uppercase().as_str() {
        "CRYPT" if rest.starts_with("$2") => return Some(read(rest)),
        "MD5" => ("md_5", 16, false),
        "SMD5" => ("md_5", 16, true),
        "SHA" => ("sha_1", 20, false),
        "SSHA" => ("sha_1", 20, true),
        "SHA512" => ("sha_512", 64, false),
        "SSHA512" => ("sha_512", 64, true),
        _ => return None,
    };
    let mut digest = Encoding::Base64.decode(rest).filter(|bytes| bytes.len() >= length)?;
    let salt = digest.split_off(length);
    if salt.is_empty() == is_salted {
        return None;
    }
    Some(salted_bytes(hash_type, digest, Vec::new(), salt))
}

/// Returns the system of a hash that cannot be migrated.
fn foreign(string: &str) -> Problem {
    match check::foreign(string) {
        Some(text) => Problem::new("no_hash_type", text),
        None => unreadable(),
    }
}

/// Django: the algorithm and its parameters, separated by dollar signs.
fn django(string: &str) -> Option<Result<Credential, Problem>> {
    let parts: Vec<&str> = string.split('$').collect();
    Some(match parts[..] {
        ["pbkdf2_sha256", iterations, salt, key] => text_salt_pbkdf_2("sha256", iterations, salt, key),
        ["pbkdf2_sha1", ..] => Err(no_type("PBKDF2 over SHA-1")),
        ["argon2", ..] => read(string.strip_prefix("argon2")?),
        ["bcrypt", ..] => read(string.strip_prefix("bcrypt$")?),
        ["bcrypt_sha256", ..] => Err(no_type("bcrypt over SHA-256")),
        ["scrypt", n, salt, r, p, key] => {
            let key = Encoding::Base64.decode(key);
            scrypt([n, r, p], salt.as_bytes().to_vec(), key)
        }
        ["md5", salt, digest] => Ok(salted("md_5", digest, salt, "")),
        ["sha1", salt, digest] => Ok(salted("sha_1", digest, salt, "")),
        ["unsalted_md5", digest] => Ok(salted("md_5", digest, "", "")),
        _ if string.starts_with('!') => {
            Err(Problem::new("no_password", format!("this user has no usable password: {INSTEAD}")))
        }
        _ => return None,
    })
}

/// Werkzeug, which Flask uses: the method with its parameters, the salt, and the hash in hexadecimal digits.
fn werkzeug(string: &str) -> Option<Result<Credential, Problem>> {
    let (method, rest) = string.split_once('$')?;
    let (salt, digest) = rest.split_once('$')?;
    let method: Vec<&str> = method.split(':').collect();
    let key = Encoding::Hex.decode(digest);
    Some(match method[..] {
        ["scrypt", n, r, p] => scrypt([n, r, p], salt.as_bytes().to_vec(), key),
        ["pbkdf2", algorithm @ ("sha256" | "sha512"), iterations] => {
            let iterations = iterations.parse().ok();
            pbkdf_2(algorithm, iterations, salt.as_bytes().to_vec(), key)
        }
        _ => return None,
    })
}

fn text_salt_pbkdf_2(
    algorithm: &str,
    iterations: &str,
    salt: &str,
    key: &str,
) -> Result<Credential, Problem> {
    let key = Encoding::Base64.decode(key);
    pbkdf_2(algorithm, iterations.parse().ok(), salt.as_bytes().to_vec(), key)
}

/// passlib writes the number of iterations, Auth0 writes `i=…,l=…`. Both write base64 without padding, and passlib
/// writes dots instead of plus signs.
fn passlib_pbkdf_2(string: &str) -> Result<Credential, Problem> {
    let parts: Vec<&str> = string.split('$').collect();
    let [algorithm @ ("sha256" | "sha512"), parameters, salt, key] = parts[..] else {
        return Err(no_type("this kind of PBKDF2"));
    };
    let iterations = parameters
        .split(',')
        .find_map(|parameter| parameter.strip_prefix("i="))
        .unwrap_or(parameters)
        .parse()
        .ok();
    let bytes = |text: &str| Encoding::Base64.decode(&text.replace('.', "+"));
    pbkdf_2(algorithm, iterations, bytes(salt).ok_or_else(unreadable)?, bytes(key))
}

/// PBKDF2 with its salt and its key as bytes.
pub(super) fn pbkdf_2(
    algorithm: &str,
    iterations: Option<u64>,
    salt: Vec<u8>,
    key: Option<Vec<u8>>,
) -> Result<Credential, Problem> {
    let (Some(iterations), Some(key)) = (iterations, key) else { return Err(unreadable()) };
    let key_length = key.len();
    let hash = Encoding::Base64.encode(key).ok_or_else(unreadable)?;
    let mut config = vec![
        ("pbkdf_2_config.salt", base64(salt)),
        ("pbkdf_2_config.iteration_amount", iterations.into()),
        ("pbkdf_2_config.key_length", key_length.into()),
    ];
    if algorithm != "sha256" {
        config.push(("pbkdf_2_config.algorithm", algorithm.into()));
    }
    Ok(Credential { hash_type: "pbkdf_2", hash, config })
}

/// scrypt with N, r and p.
fn scrypt(parameters: [&str; 3], salt: Vec<u8>, key: Option<Vec<u8>>) -> Result<Credential, Problem> {
    let Some(key) = key else { return Err(unreadable()) };
    let number = |text: &str| text.parse::<u32>().map(Value::from).map_err(|_| unreadable());
    let [n, r, p] = parameters;
    let key_length = key.len();
    let config = vec![
        ("scrypt_config.salt", base64(salt)),
        ("scrypt_config.n_parameter", number(n)?),
        ("scrypt_config.r_parameter", number(r)?),
        ("scrypt_config.p_parameter", number(p)?),
        ("scrypt_config.key_length", key_length.into()),
    ];
    let hash = Encoding::Base64.encode(key).ok_or_else(unreadable)?;
    Ok(Credential { hash_type: "scrypt", hash, config })
}

/// A plain digest in hexadecimal digits, with salts before and after the password.
pub(super) fn salted(hash_type: &'static str, digest: &str, before: &str, after: &str) -> Credential {
    let (prepend, append) = match hash_type {
        "md_5" => ("md_5_config.prepend_salt", "md_5_config.append_salt"),
        "sha_1" => ("sha_1_config.prepend_salt", "sha_1_config.append_salt"),
        _ => ("sha_512_config.prepend_salt", "sha_512_config.append_salt"),
    };
    let salts = [(prepend, before), (append, after)];
    let given = salts.into_iter().filter(|(_, salt)| !salt.is_empty());
    let config = given.map(|(name, salt)| (name, salt.into())).collect();
    Credential { hash_type, hash: digest.to_lowercase(), config }
}

/// A digest and its salt as bytes. A salt that is not text cannot be migrated.
pub(super) fn salted_bytes(
    hash_type: &'static str,
    digest: Vec<u8>,
    before: Vec<u8>,
    after: Vec<u8>,
) -> Result<Credential, Problem> {
    let text = |bytes| String::from_utf8(bytes).map_err(|_| no_type("a salt that is not text"));
    let digest = Encoding::Hex.encode(digest).ok_or_else(unreadable)?;
    Ok(salted(hash_type, &digest, &text(before)?, &text(after)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_of_many_systems_are_read() {
        for (string, hash_type) in [
            ("$2y$10$x", "bcrypt"),
            ("bcrypt$$2b$12$x", "bcrypt"),
            ("{bcrypt}$2a$10$x", "bcrypt"),
            ("argon2$argon2id$v=19$x", "argon_2id"),
            ("$argon2i$v=19$x", "argon_2i"),
            ("$P$Bx", "phpass"),
            ("pbkdf2_sha256$1000$salt$AAAA", "pbkdf_2"),
            ("$pbkdf2-sha512$25000$AA..$AAAA", "pbkdf_2"),
            ("$pbkdf2-sha256$i=600000,l=32$AAAA$AAAA", "pbkdf_2"),
            ("pbkdf2:sha256:1000$salt$00ff", "pbkdf_2"),
            ("scrypt:32768:8:1$salt$00ff", "scrypt"),
            ("scrypt$16384$salt$8$5$AAAA", "scrypt"),
            ("md5$salt$9cc2ae8a1ba7a93da39b46fc1019c481", "md_5"),
            ("sha1$salt$abf7aad6438836dbe526aa231abde2d0eef74d42", "sha_1"),
            ("{SHA}q/eq1kOINtvlJqojGr3i0O73TUI=", "sha_1"),
            // The salt is `salt`.
            ("{ssha}q/eq1kOINtvlJqojGr3i0O73TUJzYWx0", "sha_1"),
        ] {
            assert_eq!(read(string).map(|read| read.hash_type), Ok(hash_type), "{string}");
        }
        for (string, kind) in [
            ("$wp$2y$10$x", "no_hash_type"),
            ("$fbscrypt$v=1,n=14$x", "no_hash_type"),
            ("pbkdf2_sha1$1000$salt$AAAA", "no_hash_type"),
            ("bcrypt_sha256$$2b$12$x", "no_hash_type"),
            // A salt that is not text, and a missing salt that is required.
            ("{SSHA}q/eq1kOINtvlJqojGr3i0O73TUL//w==", "no_hash_type"),
            ("{SSHA}q/eq1kOINtvlJqojGr3i0O73TUI=", "no_hash_type"),
            ("!Ab7x", "no_password"),
            ("plain", "invalid_hash"),
            ("", "invalid_hash"),
        ] {
            assert_eq!(
                read(string).map_err(|problem| problem.kind.into_owned()),
                Err(kind.to_owned()),
                "{string}"
            );
        }
    }

    #[test]
    fn salts_and_keys_become_base64() {
        let hash = read("pbkdf2:sha512:1000$NaClSaltText$00ff10").unwrap();
        assert_eq!(hash.hash, "AP8Q");
        assert!(hash.config.contains(&("pbkdf_2_config.salt", "TmFDbFNhbHRUZXh0".into())), "{hash:?}");
        assert!(hash.config.contains(&("pbkdf_2_config.key_length", 3.into())), "{hash:?}");
        assert!(hash.config.contains(&("pbkdf_2_config.algorithm", "sha512".into())), "{hash:?}");
    }
}
