//! Exports of other systems, and the meaning of their records.
//!
//! A system is one function that converts a record to the parameters of `migrate`. A field that the function does not
//! take is reported as lost.
//!
//! To add a system:
//!
//! 1. Write its function in a file of `export/`.
//! 2. Add a line to [`SYSTEMS`], with the fields that identify an export of this system.
//! 3. Make an export with the system's own library in `migrate/tests/exports/make.py`.
//! 4. Add a test to `migrate/tests/program/exports.rs` in which every user logs in, and a section to `migrate/README.md`.

mod databases;
mod fields;
mod hash;
mod keycloak;
mod services;
mod user;

use itertools::Itertools;

pub(crate) use self::fields::Fields;
pub(crate) use self::user::User;

/// A system that users can be migrated from.
#[derive(Debug)]
pub(crate) struct System {
    /// Its name on the command line.
    pub(crate) name: &'static str,
    /// Its name in messages.
    pub(crate) title: &'static str,
    /// Fields that all its records have, and that no other system has together.
    pub(crate) signs: &'static [&'static str],
    pub(crate) kind: Kind,
}

/// Whether users of a system can be migrated.
#[derive(Debug)]
pub(crate) enum Kind {
    /// They cannot be migrated. The message says why, and what to do instead.
    Impossible(&'static str),
    /// Converts a record to the parameters of a user of Stytch.
    Convert(fn(&mut Fields, &mut User)),
}

const fn converted(
    name: &'static str,
    title: &'static str,
    signs: &'static [&'static str],
    convert: fn(&mut Fields, &mut User),
) -> System {
    System { name, title, signs, kind: Kind::Convert(convert) }
}

/// Every system. A system with more signs must come before one with fewer.
pub(crate) static SYSTEMS: &[System] = &[
    System {
        name: "firebase",
        title: "Firebase",
        signs: &["localId", "passwordHash"],
        kind: Kind::Impossible(
            "Firebase hashes passwords with its own variant of scrypt, for which Stytch has no hash type, so that no password \
             can be migrated: send your users an email to reset their passwords, or let each log in through Firebase once \
             more and create the password at Stytch then",
        ),
    },
    System {
        name: "cognito",
        title: "Amazon Cognito",
        signs: &["Username", "UserStatus"],
        kind: Kind::Impossible(
            "Amazon Cognito does not export password hashes, so that no password can be migrated: send your users an email \
             to reset their passwords, or let each log in through Cognito once more and create the password at Stytch \
             then",
        ),
    },
    converted("supabase", "Supabase", &["encrypted_password", "raw_user_meta_data"], databases::supabase),
    converted("auth0", "Auth0", &["email", "passwordHash"], services::auth0),
    converted("auth0", "Auth0", &["email", "custom_password_hash"], services::auth0),
    converted("keycloak", "Keycloak", &["username", "credentials"], keycloak::user),
    converted("okta", "Okta", &["profile", "credentials"], services::okta),
    converted("okta", "Okta", &["profile", "status"], services::okta),
    converted("django", "Django", &["model", "fields"], databases::django),
    converted("django", "Django", &["password", "is_superuser"], databases::django),
    converted("wordpress", "WordPress", &["user_pass"], databases::wordpress),
    converted("clerk", "Clerk", &["password_digest", "password_hasher"], services::clerk),
    converted("workos", "WorkOS", &["password_hash", "password_hash_type"], services::workos),
    converted("auth0", "Auth0", &["password_hash", "email_verified"], services::auth0),
    converted("auth0", "Auth0", &["password_hash", "user_id"], services::auth0),
    converted("devise", "Devise (Rails)", &["encrypted_password"], databases::devise),
    converted("laravel", "Laravel", &["password", "remember_token"], databases::laravel),
];

/// The names for the command line.
pub(crate) fn names() -> impl Iterator<Item = &'static str> {
    SYSTEMS.iter().map(|system| system.name).unique()
}

/// Returns the system with this name. Two systems have a second name.
pub(crate) fn find(name: &str) -> Option<&'static System> {
    let name = match name {
        "rails" => "devise",
        "gotrue" => "supabase",
        name => name,
    };
    SYSTEMS.iter().find(|system| system.name == name)
}

/// Returns the system whose records have these fields, if there is one.
pub(crate) fn guess(names: &[&str]) -> Option<&'static System> {
    SYSTEMS.iter().find(|system| system.signs.iter().all(|sign| names.contains(sign)))
}

/// Whether the names can be columns of a system: they contain one of its signs.
pub(crate) fn can_be(system: &System, names: &[&str]) -> bool {
    let of_system = SYSTEMS.iter().filter(|other| other.name == system.name);
    of_system.flat_map(|system| system.signs).any(|sign| names.contains(sign))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_system_is_guessed_by_its_own_signs() {
        for system in SYSTEMS {
            assert_eq!(
                guess(system.signs).map(|guessed| guessed.name),
                Some(system.name),
                "{:?}",
                system.signs
            );
        }
        assert!(guess(&["email", "hash", "hash_type"]).is_none());
    }
}
