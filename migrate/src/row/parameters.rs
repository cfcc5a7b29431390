//! The parameters of `migrate`: their names in a file, and their types.

use crate::exit::Stop;

/// The type of a parameter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    String,
    /// An integer that is not negative.
    Number,
    Boolean,
    /// A list of strings.
    List,
    /// A JSON object with any content.
    Object,
    /// A JSON object whose fields are separate parameters, `config.field`.
    Group,
}

/// One parameter, with the name of its column or key.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Parameter {
    pub(crate) name: &'static str,
    pub(crate) kind: Kind,
}

const fn parameter(name: &'static str, kind: Kind) -> Parameter {
    Parameter { name, kind }
}

/// Every parameter. The fields of a group follow it.
pub(crate) static PARAMETERS: &[Parameter] = &[
    parameter("email", Kind::String),
    parameter("hash", Kind::String),
    parameter("hash_type", Kind::String),
    parameter("md_5_config", Kind::Group),
    parameter("md_5_config.prepend_salt", Kind::String),
    parameter("md_5_config.append_salt", Kind::String),
    parameter("argon_2_config", Kind::Group),
    parameter("argon_2_config.salt", Kind::String),
    parameter("argon_2_config.iteration_amount", Kind::Number),
    parameter("argon_2_config.memory", Kind::Number),
    parameter("argon_2_config.threads", Kind::Number),
    parameter("argon_2_config.key_length", Kind::Number),
    parameter("sha_1_config", Kind::Group),
    parameter("sha_1_config.prepend_salt", Kind::String),
    parameter("sha_1_config.append_salt", Kind::String),
    parameter("sha_512_config", Kind::Group),
    parameter("sha_512_config.prepend_salt", Kind::String),
    parameter("sha_512_config.append_salt", Kind::String),
    parameter("scrypt_config", Kind::Group),
    parameter("scrypt_config.salt", Kind::String),
    parameter("scrypt_config.n_parameter", Kind::Number),
    parameter("scrypt_config.r_parameter", Kind::Number),
    parameter("scrypt_config.p_parameter", Kind::Number),
    parameter("scrypt_config.key_length", Kind::Number),
    parameter("pbkdf_2_config", Kind::Group),
    parameter("pbkdf_2_config.salt", Kind::String),
    parameter("pbkdf_2_config.iteration_amount", Kind::Number),
    parameter("pbkdf_2_config.key_length", Kind::Number),
    parameter("pbkdf_2_config.algorithm", Kind::String),
    parameter("trusted_metadata", Kind::Object),
    parameter("untrusted_metadata", Kind::Object),
    parameter("set_email_verified", Kind::Boolean),
    parameter("name", Kind::Group),
    parameter("name.first_name", Kind::String),
    parameter("name.middle_name", Kind::String),
    parameter("name.last_name", Kind::String),
    parameter("phone_number", Kind::String),
    parameter("set_phone_number_verified", Kind::Boolean),
    parameter("external_id", Kind::String),
    parameter("roles", Kind::List),
];

/// Returns the parameter with this name.
pub(crate) fn find(name: &str) -> Option<&'static Parameter> {
    PARAMETERS.iter().find(|parameter| parameter.name == name)
}

/// Returns the parameter that the command line names.
///
/// # Errors
///
/// There is no such parameter.
pub(crate) fn known(name: &str) -> Result<&'static Parameter, Stop> {
    find(name).ok_or_else(|| {
        let names: Vec<_> = PARAMETERS.iter().map(|parameter| parameter.name).collect();
        Stop::unusable(format!(
            "`{name}` is not a parameter of `migrate`; the parameters are {}",
            names.join(", ")
        ))
    })
}

/// Returns the group at the beginning of a dotted name, if there is one.
pub(crate) fn group_of(name: &str) -> Option<(&'static Parameter, &str)> {
    let (group, field) = name.split_once('.')?;
    let group = find(group).filter(|parameter| parameter.kind == Kind::Group)?;
    Some((group, field))
}

#[cfg(test)]
mod tests {
    use stytch_client::Endpoint;
    use stytch_client::passwords::Migrate;

    use super::*;

    #[test]
    fn these_are_the_parameters_of_the_endpoint() {
        let ours: Vec<_> =
            PARAMETERS.iter().map(|parameter| parameter.name).filter(|name| !name.contains('.')).collect();
        let declared: Vec<_> = Migrate::INFO.fields().map(|field| field.name).collect();
        assert_eq!(ours, declared);
        for parameter in PARAMETERS.iter().filter(|parameter| parameter.name.contains('.')) {
            assert!(group_of(parameter.name).is_some(), "{}", parameter.name);
        }
    }
}
