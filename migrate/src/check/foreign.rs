//! Hashes in the formats of other systems: one string with the algorithm, its parameters, the salt and the hash. The
//! API accepts some of these formats, but none of those that are listed here.

use stytch_client::error_type as kind;
use stytch_client::passwords::HashType;

use crate::encoding::hex_length;
use crate::problem::Problem;

/// The beginning of a string, the system that writes it, and what to do with it.
struct Form {
    begins: &'static str,
    writer: &'static str,
    advice: &'static str,
}

const fn form(begins: &'static str, writer: &'static str, advice: &'static str) -> Form {
    Form { begins, writer, advice }
}

const NO_TYPE: &str = "the API has no hash type for it; send these users an email to reset their password, or let \
                       them log in through the old system once more and create their password then";
const DJANGO: &str = "`--from django` reads an export of Django and converts its hashes";
const REMOVE_BRACES: &str = "remove the part in braces, and the API takes the rest";
const SPLIT_PBKDF_2: &str =
    "split it at `$` into `pbkdf_2_config.iteration_amount`, `pbkdf_2_config.salt` and `hash`";
const SPLIT_SCRYPT: &str = "split it at `$` and `:` into the fields of `scrypt_config` and `hash`; `--encoding scrypt_config.salt=text` and \
     `--encoding hash=hex` name their encodings";
const SPLIT_WERKZEUG: &str = "split it at `$` and `:` into `pbkdf_2_config.algorithm`, `pbkdf_2_config.iteration_amount`, \
     `pbkdf_2_config.salt` and `hash`; `--encoding pbkdf_2_config.salt=text` and `--encoding hash=hex` name their encodings";
const SPLIT_DIGEST: &str =
    "split it at `$`: the salt is `prepend_salt` in the configuration of `md_5` or `sha_1`";
const SPLIT_SALTED: &str =
    "decode the base64: a SHA-1 or MD5 hash, and after it the salt for `append_salt`, if that is text";

/// The order matters: a longer beginning must come before a shorter one.
static FORMS: &[Form] = &[
    form("pbkdf2_sha256$", "Django, with PBKDF2", DJANGO),
    form("pbkdf2_sha1$", "Django, with PBKDF2 over SHA-1", NO_TYPE),
    form("argon2$argon2", "Django, with Argon2", DJANGO),
    form("bcrypt_sha256$", "Django, with bcrypt over SHA-256", NO_TYPE),
    form("bcrypt$$2", "Django, with bcrypt", DJANGO),
    form("scrypt$", "Django, with scrypt", DJANGO),
    form("md5$", "Django or Werkzeug, with MD5", SPLIT_DIGEST),
    form("sha1$", "Django or Werkzeug, with SHA-1", SPLIT_DIGEST),
    form("sha256$", "Werkzeug, with HMAC-SHA-256", NO_TYPE),
    form("sha512$", "Werkzeug, with HMAC-SHA-512", NO_TYPE),
    form("scrypt:", "Werkzeug (Flask), with scrypt", SPLIT_SCRYPT),
    form("pbkdf2:sha1:", "Werkzeug (Flask), with PBKDF2 over SHA-1", NO_TYPE),
    form("pbkdf2:", "Werkzeug (Flask), with PBKDF2", SPLIT_WERKZEUG),
    form("$wp$", "WordPress 6.8 or newer, with bcrypt over SHA-384", NO_TYPE),
    form("$fbscrypt$", "Supabase, with Firebase's scrypt", NO_TYPE),
    form("$pbkdf2$", "passlib, with PBKDF2 over SHA-1", NO_TYPE),
    form("$pbkdf2-", "passlib or Auth0, with PBKDF2", SPLIT_PBKDF_2),
    form("$bcrypt-sha256$", "passlib, with bcrypt over SHA-256", NO_TYPE),
    form("$argon2d$", "Argon2d", NO_TYPE),
    form("$2x$", "an old and faulty bcrypt", NO_TYPE),
    form("$2$", "the first version of bcrypt", NO_TYPE),
    form("$1$", "crypt, with MD5", NO_TYPE),
    form("$5$", "crypt, with SHA-256", NO_TYPE),
    form("$6$", "crypt, with SHA-512", NO_TYPE),
    form("$7$", "crypt, with scrypt", NO_TYPE),
    form("$y$", "crypt, with yescrypt", NO_TYPE),
    form("$gy$", "crypt, with yescrypt", NO_TYPE),
    form("$apr1$", "Apache, with MD5", NO_TYPE),
    form("$sha1$", "crypt, with SHA-1", NO_TYPE),
    form("$S$", "Drupal 7, with SHA-512", NO_TYPE),
    form("U$S$", "Drupal 7, with SHA-512 over MD5", NO_TYPE),
    form("U$P$", "Drupal 7, with phpass over MD5", NO_TYPE),
    form("$B$", "MediaWiki, with MD5", NO_TYPE),
    form(":pbkdf2:", "MediaWiki, with PBKDF2", NO_TYPE),
    form("{bcrypt}", "Spring Security, with bcrypt", REMOVE_BRACES),
    form("{argon2}", "Spring Security, with Argon2", REMOVE_BRACES),
    form("{argon2@SpringSecurity_v5_8}", "Spring Security, with Argon2", REMOVE_BRACES),
    form(
        "{noop}",
        "Spring Security, without a hash",
        "these are passwords in plain text: hash them with bcrypt first",
    ),
    form("{SSHA}", "an LDAP directory, with salted SHA-1", SPLIT_SALTED),
    form("{SMD5}", "an LDAP directory, with salted MD5", SPLIT_SALTED),
    form(
        "{SHA}",
        "an LDAP directory, with SHA-1",
        "remove `{SHA}`; `--encoding hash=base64` names the encoding of the rest",
    ),
    form(
        "{MD5}",
        "an LDAP directory, with MD5",
        "remove `{MD5}`; `--encoding hash=base64` names the encoding of the rest",
    ),
    form("{CRYPT}$2", "an LDAP directory, with bcrypt", REMOVE_BRACES),
    form("{", "Spring Security or an LDAP directory", NO_TYPE),
];

/// The formats that the API accepts, by their beginning.
const TAKEN: [(&str, HashType, &str); 8] = [
    ("$2a$", HashType::Bcrypt, "bcrypt"),
    ("$2b$", HashType::Bcrypt, "bcrypt"),
    ("$2y$", HashType::Bcrypt, "bcrypt"),
    ("$argon2i$", HashType::Argon2i, "argon_2i"),
    ("$argon2id$", HashType::Argon2id, "argon_2id"),
    ("$scrypt$", HashType::Scrypt, "scrypt"),
    ("$P$", HashType::Phpass, "phpass"),
    ("$H$", HashType::Phpass, "phpass"),
];

/// Returns the problem with a string of another system, or of another type than `hash_type` names.
pub(super) fn problem(hash: &str, hash_type: &HashType) -> Option<Problem> {
    let text = match TAKEN.iter().find(|(begins, ..)| hash.starts_with(begins)) {
        Some((_, right, _)) if right == hash_type => return None,
        Some((_, _, name)) => format!("`hash` has the type {name}, but `hash_type` names another"),
        None => foreign(hash)?,
    };
    Some(Problem::new(kind_of(hash_type), text))
}

/// Returns the system that wrote the string, and what to do with it.
pub(crate) fn foreign(hash: &str) -> Option<String> {
    if let Some(Form { writer, advice, .. }) = FORMS.iter().find(|form| hash.starts_with(form.begins)) {
        return Some(format!("`hash` has the format of {writer}: {advice}"));
    }
    if is_asp_net(hash) {
        let advice = "its base64 contains the parameters, the salt and the hash of PBKDF2: split it into the fields of \
                      `pbkdf_2_config` and `hash`";
        return Some(format!("`hash` has the format of ASP.NET Core Identity: {advice}"));
    }
    if hash.len() == 41 && hash.strip_prefix('*').and_then(hex_length).is_some() {
        return Some(format!("`hash` has the format of MySQL's PASSWORD(): {NO_TYPE}"));
    }
    let (digest, salt) = hash.split_once(':')?;
    let is_digest = hex_length(digest).is_some_and(|bytes| bytes >= 16);
    let text = "`hash` is a hash, a colon and more, in the format of Joomla and Magento: split it at the colon, and give \
                the salt as `prepend_salt` or `append_salt`";
    (is_digest && !salt.is_empty()).then(|| text.to_owned())
}

/// Returns the API's error type for a wrong hash of a type.
fn kind_of(hash_type: &HashType) -> &'static str {
    match hash_type {
        HashType::Bcrypt => kind::INVALID_BCRYPT_HASH,
        HashType::Md5 => kind::INVALID_MD_5_HASH,
        HashType::Sha1 => kind::INVALID_SHA_1_HASH,
        HashType::Sha512 => "invalid_sha_512_hash",
        HashType::Argon2i | HashType::Argon2id => kind::INVALID_HASH,
        HashType::Scrypt => kind::INVALID_BASE64_SCRYPT_HASH,
        HashType::Pbkdf2 => kind::INVALID_PBKDF_2_HASH,
        HashType::Phpass => kind::INVALID_PHPASS_HASH_PREFIX,
        _ => kind::INVALID_HASH_TYPE,
    }
}

/// Base64 that begins with a format marker of 1 and a pseudo-random function below 3.
fn is_asp_net(hash: &str) -> bool {
    hash.len() >= 64 && ["AQAAAAA", "AQAAAAE", "AQAAAAI"].iter().any(|begins| hash.starts_with(begins))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_form_hides_another() {
        for (at, form) in FORMS.iter().enumerate() {
            let found = FORMS.iter().position(|other| form.begins.starts_with(other.begins));
            assert_eq!(found, Some(at), "{}", form.begins);
        }
        for (begins, ..) in TAKEN {
            assert!(FORMS.iter().all(|form| !begins.starts_with(form.begins)), "{begins}");
        }
    }
}
