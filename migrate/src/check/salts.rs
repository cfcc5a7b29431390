//! Salts with two possible encodings.

use stytch_client::passwords::{Migrate, SaltConfig};

use crate::encoding::{Encoding, other_than_base64, other_than_text};
use crate::remarks::Salt;

/// Returns the salts of a request that the API may read in another encoding than they were written in.
pub(crate) fn salts<'a>(request: &'a Migrate<'_>) -> impl Iterator<Item = Salt> + use<'a> {
    let base64 = [
        ("pbkdf_2_config.salt", request.pbkdf_2_config.as_ref().map(|config| &*config.salt)),
        ("scrypt_config.salt", request.scrypt_config.as_ref().map(|config| &*config.salt)),
    ];
    let text = [
        ("argon_2_config.salt", request.argon_2_config.as_ref().map(|config| &*config.salt)),
        ("md_5_config.prepend_salt", prepended(request.md_5_config.as_ref())),
        ("md_5_config.append_salt", appended(request.md_5_config.as_ref())),
        ("sha_1_config.prepend_salt", prepended(request.sha_1_config.as_ref())),
        ("sha_1_config.append_salt", appended(request.sha_1_config.as_ref())),
        ("sha_512_config.prepend_salt", prepended(request.sha_512_config.as_ref())),
        ("sha_512_config.append_salt", appended(request.sha_512_config.as_ref())),
    ];
    let base64 = base64.into_iter().map(|salt| (salt, Encoding::Base64, other_than_base64 as fn(&str) -> _));
    let text = text.into_iter().map(|salt| (salt, Encoding::Text, other_than_text as fn(&str) -> _));
    base64
        .chain(text)
        .filter_map(|((parameter, salt), read, other)| Some(Salt { parameter, read, other: other(salt?)? }))
}

fn prepended<'a>(config: Option<&'a SaltConfig<'_>>) -> Option<&'a str> {
    config?.prepend_salt.as_deref()
}

fn appended<'a>(config: Option<&'a SaltConfig<'_>>) -> Option<&'a str> {
    config?.append_salt.as_deref()
}
