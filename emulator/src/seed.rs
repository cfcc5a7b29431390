//! Users that are there from the start, with ids that tests can know.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::{
    clock::Moment,
    error::StartError,
    ids::Ids,
    parameter::{Kind, Parameter, Parameters, check, optional, required},
    password::{self, ARGON_2, PBKDF_2, SALTS, SCRYPT, Stored},
    phone::is_phone_number,
    refusal::{BAD_REQUEST, Refusal},
    state::State,
    user::{Email, Identity, NAME, Password, PhoneNumber, User, is_email, is_external_id},
};

/// What a seed says of one user.
static DECLARED: &[Parameter] = &[
    required("email", Kind::Text),
    optional("user_id", Kind::Text),
    optional("email_id", Kind::Text),
    optional("email_verified", Kind::Flag),
    optional("password", Kind::Text),
    optional("hash", Kind::Text),
    optional("hash_type", Kind::Text),
    optional("md_5_config", SALTS),
    optional("argon_2_config", ARGON_2),
    optional("sha_1_config", SALTS),
    optional("sha_512_config", SALTS),
    optional("scrypt_config", SCRYPT),
    optional("pbkdf_2_config", PBKDF_2),
    optional("password_requires_reset", Kind::Flag),
    optional("name", NAME),
    optional("phone_number", Kind::Text),
    optional("phone_number_verified", Kind::Flag),
    optional("external_id", Kind::Text),
    optional("roles", Kind::Texts),
    optional("trusted_metadata", Kind::Map),
    optional("untrusted_metadata", Kind::Map),
];

/// The users of a seed, as they were written.
#[derive(Clone, Default)]
pub(crate) struct SeedUsers {
    written: Vec<Value>,
}

impl SeedUsers {
    /// Reads a seed: an object whose `users` is a list.
    ///
    /// # Errors
    ///
    /// When it is not JSON of that form. What a user says is looked at when the users are made.
    pub(crate) fn read(text: &str) -> Result<Self, StartError> {
        let parsed: Value = serde_json::from_str(text).map_err(|error| {
            let place = format!("line {}, column {}", error.line(), error.column());
            StartError::setting("seed", format!("it is not JSON: it breaks off or goes wrong at {place}"))
        })?;
        let Value::Object(mut members) = parsed else { return Err(not_a_seed()) };
        let Some(Value::Array(written)) = members.remove("users") else { return Err(not_a_seed()) };
        match members.keys().next() {
            Some(unknown) => {
                Err(StartError::setting("seed", format!("`{unknown}` is nothing that a seed can have")))
            }
            None => Ok(Self { written }),
        }
    }

    /// Makes the users, in the order in which they were written.
    ///
    /// # Errors
    ///
    /// The first user who is not as users are, by their place in the list.
    pub(crate) fn users(&self, ids: &Ids, now: Moment) -> Result<Vec<User>, Refusal> {
        let (mut users, mut taken) = (Vec::new(), BTreeSet::new());
        for (index, written) in self.written.iter().enumerate() {
            let user =
                user(written, ids, now).map_err(|refusal| refusal.about(&format!("users[{index}]")))?;
            for identity in user.identities() {
                let what = identity.name();
                if !taken.insert(identity) {
                    return Err(clash(index, what, "a user before it"));
                }
            }
            users.push(user);
        }
        Ok(users)
    }

    /// Leaves out the users whose address or id somebody in a state file has: they are there already.
    ///
    /// # Errors
    ///
    /// The first of the others who has something that only one user can have, and that is taken.
    pub(crate) fn missing(users: Vec<User>, state: &State) -> Result<Vec<User>, Refusal> {
        let mut missing = Vec::new();
        for (index, user) in users.into_iter().enumerate() {
            let known = user.identities().find(|identity| state.user_by(identity).is_some());
            match known {
                None => missing.push(user),
                Some(Identity::UserId(_) | Identity::Email(_)) => {}
                Some(other) => return Err(clash(index, other.name(), "another user in the state file")),
            }
        }
        Ok(missing)
    }

    /// A refusal of a seed, told as a reason not to start.
    pub(crate) fn complaint(refusal: Refusal) -> StartError {
        StartError::setting("seed", refusal.into_message())
    }
}

impl std::fmt::Debug for SeedUsers {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SeedUsers({})", self.written.len())
    }
}

fn not_a_seed() -> StartError {
    StartError::setting("seed", "it must be an object with a list of `users`")
}

fn user(written: &Value, ids: &Ids, now: Moment) -> Result<User, Refusal> {
    if !written.is_object() {
        return Err(Refusal::new(&BAD_REQUEST, "must be an object."));
    }
    let given = check(written.clone(), DECLARED, true)?;
    let address = given.required("email")?;
    if !is_email(address) {
        return Err(Refusal::parameter("email", "is not an email address."));
    }
    let id = |name: &str, kind: &str| given.text(name).map_or_else(|| ids.id(kind), str::to_owned);
    let email = Email {
        email_id: id("email_id", "email"),
        email: address.to_owned(),
        verified: given.flag("email_verified").unwrap_or(false),
    };
    let mut user = User::new(id("user_id", "user"), email, now);
    user.describe(&given);
    user.roles = given.texts("roles").unwrap_or_default();
    user.phone_numbers = phone_numbers(&given, ids)?;
    user.external_id = external_id(&given)?;
    user.password = password_of(&given, ids)?;
    Ok(user)
}

fn phone_numbers(given: &Parameters, ids: &Ids) -> Result<Vec<PhoneNumber>, Refusal> {
    let Some(number) = given.text("phone_number") else { return Ok(Vec::new()) };
    if !is_phone_number(number) {
        return Err(Refusal::parameter("phone_number", "is not in E.164 form, such as +12025550162."));
    }
    let verified = given.flag("phone_number_verified").unwrap_or(false);
    Ok(vec![PhoneNumber { phone_id: ids.id("phone-number"), phone_number: number.to_owned(), verified }])
}

fn external_id(given: &Parameters) -> Result<Option<String>, Refusal> {
    match given.text("external_id") {
        Some(id) if !is_external_id(id) => Err(Refusal::parameter(
            "external_id",
            "must be 1 to 128 of letters, digits and `.`, `_`, `-`, `|`.",
        )),
        id => Ok(id.map(str::to_owned)),
    }
}

/// The password of a user: given as it is, or as a hash, or not at all. Whether it is strong does not matter here.
fn password_of(given: &Parameters, ids: &Ids) -> Result<Option<Password>, Refusal> {
    let stored: Stored = match (given.text("password"), given.text("hash"), given.text("hash_type")) {
        (None, None, None) => return Ok(None),
        (Some(password), None, None) => password::hash(password, ids.bytes())?,
        (None, Some(hash), Some(hash_type)) => password::take_over(hash, hash_type, given)?,
        _ => return Err(Refusal::parameter("password", "stands alone, or `hash` and `hash_type` together.")),
    };
    let requires_reset = given.flag("password_requires_reset").unwrap_or(false);
    Ok(Some(Password { password_id: ids.id("password"), requires_reset, stored }))
}

fn clash(index: usize, what: &str, whose: &str) -> Refusal {
    Refusal::parameter(&format!("users[{index}]"), format!("has the {what} of {whose}."))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn users(written: &Value) -> Result<Vec<User>, String> {
        let text = json!({ "users": written }).to_string();
        let seed = SeedUsers::read(&text).map_err(|error| error.to_string())?;
        seed.users(&Ids::new("project-test-1", Some(1)), Moment::UNIX_EPOCH).map_err(Refusal::into_message)
    }

    #[test]
    fn fixed_ids_and_hashes() {
        let written = &json!([
            { "email": "ada@example.com", "user_id": "user-test-ada", "email_id": "email-test-ada", "password": "weak" },
            { "email": "bob@example.com", "hash": "0cc175b9c0f1b6a831c399e269772661", "hash_type": "md_5" },
            { "email": "eve@example.com" },
        ]);
        let Ok(made) = users(written) else { panic!("a good seed") };
        assert_eq!(
            (made[0].user_id.as_str(), made[0].emails[0].email_id.as_str()),
            ("user-test-ada", "email-test-ada")
        );
        assert!(password::verify("weak", &made[0].password.as_ref().expect("a password").stored));
        assert!(password::verify("a", &made[1].password.as_ref().expect("a password").stored));
        assert!(made[2].password.is_none());
    }

    #[test]
    fn mistakes_are_told_by_their_place() {
        for (written, complaint) in [
            (json!([{}]), "`users[0].email` is required."),
            (
                json!([{ "email": "a@b.c" }, { "email": "A@b.c" }]),
                "`users[1]` has the email of a user before it.",
            ),
            (json!([{ "email": "a@b.c", "nmae": {} }]), "`users[0].nmae` is not a known parameter."),
            (json!([1]), "`users[0]` must be an object."),
            (
                json!([{ "email": "a@b.c", "password": "a", "hash": "b" }]),
                "`users[0].password` stands alone, or `hash` and `hash_type` together.",
            ),
            (
                json!([{ "email": "a@b.c", "hash": "b", "hash_type": "md_5" }]),
                "`users[0].hash` is not an MD5 hash: 32 hexadecimal digits.",
            ),
        ] {
            assert_eq!(users(&written).err().as_deref(), Some(complaint), "{written}");
        }
    }
}
