//! Checks a request without the API. It rejects only requests that the API would certainly reject.

mod encoded;
mod foreign;
mod hash;
mod salts;

use email_address::{EmailAddress, Options};
use stytch_client::passwords::Migrate;
use stytch_client::{JsonObject, error_type};

pub(crate) use self::foreign::foreign;
pub(crate) use self::hash::canonical_bcrypt;
pub(crate) use self::salts::salts;
use crate::problem::Problem;

/// The form of an email address: `local@domain.tld`, without a name or a comment.
fn address() -> Options {
    Options::default().with_required_tld().without_domain_literal().without_display_text()
}

const LONGEST_EXTERNAL_ID: usize = 128;
/// The maximum size of each metadata object in the API.
const MOST_METADATA_KEYS: usize = 20;
const MOST_METADATA_BYTES: usize = 4096;

/// Returns all problems of a request.
pub(crate) fn problems(request: &Migrate<'_>) -> Vec<Problem> {
    let one_each =
        [email(request), hash::problem(request), phone_number(request), external_id(request), roles(request)];
    let metadata = [
        metadata("trusted_metadata", request.trusted_metadata.as_ref()),
        metadata("untrusted_metadata", request.untrusted_metadata.as_ref()),
    ];
    one_each.into_iter().chain(metadata).flatten().collect()
}

fn email(request: &Migrate<'_>) -> Option<Problem> {
    let wrong = EmailAddress::parse_with_options(&request.email, address()).is_err();
    wrong.then(|| Problem::new(error_type::INVALID_EMAIL, "`email` is not an email address"))
}

fn phone_number(request: &Migrate<'_>) -> Option<Problem> {
    let number = request.phone_number.as_deref()?;
    let digits = number.strip_prefix('+').unwrap_or_default();
    let right = (7..=15).contains(&digits.len())
        && digits.bytes().all(|digit| digit.is_ascii_digit())
        && !digits.starts_with('0');
    let text = "`phone_number` is not in E.164 form, such as +12025550162";
    (!right).then(|| Problem::new(error_type::INVALID_PHONE_NUMBER, text))
}

fn external_id(request: &Migrate<'_>) -> Option<Problem> {
    let id = request.external_id.as_deref()?;
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || b"._-|".contains(&byte);
    let right = (1..=LONGEST_EXTERNAL_ID).contains(&id.len()) && id.bytes().all(fits);
    (!right).then(|| Problem::form("external_id", "1 to 128 letters, digits and `. _ - |`"))
}

/// Whether a role has no name. Only the project knows which roles exist.
fn roles(request: &Migrate<'_>) -> Option<Problem> {
    let is_empty = request.roles.as_deref()?.iter().any(|role| role.trim().is_empty());
    is_empty.then(|| Problem::form("roles", "a list of names, and one of them is empty"))
}

fn metadata(name: &str, object: Option<&JsonObject>) -> Option<Problem> {
    let object = object?;
    if object.len() > MOST_METADATA_KEYS {
        let text = format!("`{name}` has {} keys, and the API takes {MOST_METADATA_KEYS}", object.len());
        return Some(Problem::new("metadata_too_many_keys", text));
    }
    // An object of JSON values can always be serialized.
    let bytes = serde_json::to_vec(object).map_or(0, |json| json.len());
    (bytes > MOST_METADATA_BYTES).then(|| {
        let text = format!("`{name}` has {bytes} bytes, and the API takes {MOST_METADATA_BYTES}");
        Problem::new("metadata_too_large", text)
    })
}
