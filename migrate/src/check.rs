//! Checks a request without the API: only what the API would surely reject.

mod encoded;
mod foreign;
mod hash;
mod salts;

use email_address::{EmailAddress, Options};
use stytch_client::error_type;
use stytch_client::passwords::Migrate;

pub(crate) use self::foreign::foreign;
pub(crate) use self::salts::salts;
use crate::problem::Problem;

/// What an address may be: `local@domain.tld`, without a name or a comment around it.
fn address() -> Options {
    Options::default().with_required_tld().without_domain_literal().without_display_text()
}

const LONGEST_EXTERNAL_ID: usize = 128;

/// Everything that is wrong with a request.
pub(crate) fn problems(request: &Migrate<'_>) -> Vec<Problem> {
    [email(request), hash::problem(request), phone_number(request), external_id(request)]
        .into_iter()
        .flatten()
        .collect()
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
