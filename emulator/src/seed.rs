//! Users and other data that exist from the start, with ids that tests can know.

mod factors;
mod m2m_client;
mod user;

use std::collections::BTreeSet;

use serde_json::Value;

pub(crate) use self::user::USER;
use self::{m2m_client::m2m_client, user::user};
use crate::{
    api_error::ApiError,
    clock::Moment,
    error::StartError,
    ids::Ids,
    m2m::M2mClient,
    parameter::Parameters,
    rbac::Policy,
    state::State,
    user::{Identity, User},
};

/// The content of a seed, as JSON.
#[derive(Clone, Default)]
pub(crate) struct Seed {
    written: Vec<Value>,
    policy: Option<Value>,
    m2m_clients: Vec<Value>,
}

impl Seed {
    /// Reads a seed: an object with a list of `users`, and optionally an `rbac_policy` and `m2m_clients`.
    ///
    /// # Errors
    ///
    /// If it is not JSON of that form. [`users`](Self::users) and [`m2m_clients`](Self::m2m_clients) check the
    /// content of the lists.
    pub(crate) fn read(text: &str) -> Result<Self, StartError> {
        let parsed: Value = serde_json::from_str(text).map_err(|error| {
            let position = format!("line {}, column {}", error.line(), error.column());
            StartError::setting("seed", format!("it is not JSON: the error is at {position}"))
        })?;
        let Value::Object(mut fields) = parsed else { return Err(not_a_seed()) };
        let Some(Value::Array(written)) = fields.remove("users") else { return Err(not_a_seed()) };
        let policy = fields.remove("rbac_policy");
        let m2m_clients = match fields.remove("m2m_clients") {
            None => Vec::new(),
            Some(Value::Array(clients)) => clients,
            Some(_) => return Err(StartError::setting("seed", "`m2m_clients` must be a list")),
        };
        match fields.keys().next() {
            Some(unknown) => Err(StartError::setting(
                "seed",
                format!(
                    "`{unknown}` is not a known field; a seed has `users`, `rbac_policy` and `m2m_clients`"
                ),
            )),
            None => Ok(Self { written, policy, m2m_clients }),
        }
    }

    /// Removes the RBAC policy from the seed and returns it.
    ///
    /// # Errors
    ///
    /// The first mistake in it.
    pub(crate) fn take_policy(&mut self) -> Result<Option<Policy>, StartError> {
        let policy = self.policy.take().map(Policy::read).transpose();
        policy.map_err(|error| Self::start_error(error.inside("rbac_policy")))
    }

    /// Returns the seed with these users.
    pub(crate) fn of(written: Vec<Value>) -> Self {
        Self { written, ..Self::default() }
    }

    /// Makes the users, in the order of the seed.
    ///
    /// # Errors
    ///
    /// The first mistake, with the index of the user.
    pub(crate) fn users(&self, ids: &Ids, now: Moment) -> Result<Vec<User>, ApiError> {
        let (mut users, mut taken) = (Vec::new(), BTreeSet::new());
        for (index, written) in self.written.iter().enumerate() {
            let user = user(written, ids, now).map_err(|error| error.inside(&format!("users[{index}]")))?;
            for identity in user.identities() {
                let what = identity.name();
                if !taken.insert(identity) {
                    return Err(clash(index, what, "an earlier user"));
                }
            }
            users.push(user);
        }
        Ok(users)
    }

    /// Makes the M2M clients, in the order of the seed.
    ///
    /// # Errors
    ///
    /// The first mistake, with the index of the client.
    pub(crate) fn m2m_clients(&self) -> Result<Vec<M2mClient>, ApiError> {
        let mut clients: Vec<M2mClient> = Vec::new();
        for (index, written) in self.m2m_clients.iter().enumerate() {
            let place = format!("m2m_clients[{index}]");
            let client = m2m_client(written).map_err(|error| error.inside(&place))?;
            if clients.iter().any(|known| known.client_id == client.client_id) {
                return Err(ApiError::parameter(&place, "has the client_id of an earlier client."));
            }
            clients.push(client);
        }
        Ok(clients)
    }

    /// Removes the users whose id or address is in the state file: they exist already.
    ///
    /// # Errors
    ///
    /// The first remaining user with a phone number or external id that another user has.
    pub(crate) fn missing(users: Vec<User>, state: &State) -> Result<Vec<User>, ApiError> {
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

    /// Checks that no user has an id, an address, a phone number or an external id of a user that exists.
    ///
    /// # Errors
    ///
    /// `bad_request` with the index of the first user that does.
    pub(crate) fn check_new(users: &[User], state: &State) -> Result<(), ApiError> {
        for (index, user) in users.iter().enumerate() {
            if let Some(known) = user.identities().find(|identity| state.user_by(identity).is_some()) {
                return Err(clash(index, known.name(), "a user that exists"));
            }
        }
        Ok(())
    }

    /// Turns an error in a seed into the reason why the emulator cannot start.
    pub(crate) fn start_error(error: ApiError) -> StartError {
        StartError::setting("seed", error.into_message())
    }
}

impl std::fmt::Debug for Seed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Seed({} users)", self.written.len())
    }
}

/// Returns the id in a field of a seed, or a new one.
fn id(given: &Parameters, ids: &Ids, name: &str, kind: &str) -> Result<String, ApiError> {
    // Other characters would have a meaning in the path of a URL.
    let fits = |c: char| c.is_ascii_alphanumeric() || "-_.".contains(c);
    match given.string(name) {
        None => Ok(ids.id(kind)),
        Some(id) if !id.is_empty() && id.chars().all(fits) => Ok(id.to_owned()),
        Some(_) => {
            Err(ApiError::parameter(name, "must be 1 or more ASCII letters, digits and `-`, `_`, `.`."))
        }
    }
}

fn not_a_seed() -> StartError {
    StartError::setting("seed", "it must be an object with a list of `users`")
}

fn clash(index: usize, what: &str, whose: &str) -> ApiError {
    ApiError::parameter(&format!("users[{index}]"), format!("has the {what} of {whose}."))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn users(written: &Value) -> Result<Vec<User>, String> {
        let text = json!({ "users": written }).to_string();
        let seed = Seed::read(&text).map_err(|error| error.to_string())?;
        seed.users(&Ids::new("project-test-1", Some(1)), Moment::UNIX_EPOCH).map_err(ApiError::into_message)
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
        assert!(made[0].password.as_ref().expect("a password").stored.verify("weak"));
        assert!(made[1].password.as_ref().expect("a password").stored.verify("a"));
        assert!(made[2].password.is_none());
    }

    #[test]
    fn mistakes_are_reported_with_their_location() {
        for (written, complaint) in [
            (json!([{}]), "`users[0].email` is required."),
            (
                json!([{ "email": "a@b.c" }, { "email": "A@b.c" }]),
                "`users[1]` has the email of an earlier user.",
            ),
            (json!([{ "email": "a@b.c", "nmae": {} }]), "`users[0].nmae` is not a known parameter."),
            (json!([1]), "`users[0]` must be an object."),
            (
                json!([{ "email": "a@b.c", "password": "a", "hash": "b" }]),
                "`users[0].password` must be given alone, or `hash` and `hash_type` together.",
            ),
            (
                json!([{ "email": "a@b.c", "hash": "b", "hash_type": "md_5" }]),
                "`users[0].hash` is not an MD5 hash: 32 hexadecimal digits.",
            ),
            (
                json!([{ "email": "a@b.c", "trusted_metadata": { "a": "x".repeat(4100) } }]),
                "`users[0].trusted_metadata` would have 4108 bytes of JSON. The limit is 4096.",
            ),
        ] {
            assert_eq!(users(&written).err().as_deref(), Some(complaint), "{written}");
        }
    }
}
