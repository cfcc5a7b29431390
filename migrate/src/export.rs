//! Exports of other systems: what their records mean.
//!
//! A system is one function that turns a record into the parameters of `migrate`. Whatever it does not take from the
//! record is reported as lost, so that nothing is dropped without a word.

mod databases;
mod fields;
mod hash;
mod keycloak;
mod services;
mod user;

use itertools::Itertools;

pub(crate) use self::fields::Fields;
pub(crate) use self::user::User;

/// A system that users come from.
#[derive(Debug)]
pub(crate) struct System {
    /// Its name on the command line.
    pub(crate) name: &'static str,
    /// Its name in a sentence.
    pub(crate) title: &'static str,
    /// Fields that all its records have, and those of no other system.
    pub(crate) signs: &'static [&'static str],
    pub(crate) kind: Kind,
}

/// What can be done with the users of a system.
#[derive(Debug)]
pub(crate) enum Kind {
    /// Nothing, and why, with what people do instead.
    Impossible(&'static str),
    /// Takes from a record what a user of Stytch has.
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

/// Every system. One with more signs stands before one with fewer.
pub(crate) static SYSTEMS: &[System] = &[
    System {
        name: "firebase",
        title: "Firebase",
        signs: &["localId", "passwordHash"],
        kind: Kind::Impossible(
            "Firebase hashes passwords with a scrypt of its own, for which Stytch has no hash type, so that no password \
             can be moved: send your users an email to reset their passwords, or let each log in through Firebase once \
             more and create the password at Stytch then",
        ),
    },
    System {
        name: "cognito",
        title: "Amazon Cognito",
        signs: &["Username", "UserStatus"],
        kind: Kind::Impossible(
            "Amazon Cognito gives no password hashes away, so that no password can be moved: send your users an email \
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

/// The system of a name; two have another name that people know them by.
pub(crate) fn find(name: &str) -> Option<&'static System> {
    let name = match name {
        "rails" => "devise",
        "gotrue" => "supabase",
        name => name,
    };
    SYSTEMS.iter().find(|system| system.name == name)
}

/// The system whose records have these fields, if there is one.
pub(crate) fn guess(names: &[&str]) -> Option<&'static System> {
    SYSTEMS.iter().find(|system| system.signs.iter().all(|sign| names.contains(sign)))
}

/// Whether names can be those of a system's columns: one of its signs is among them.
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
