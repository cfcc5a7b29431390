//! Stored passwords, hashed by the emulator or imported from another system.

mod argon2;
mod bcrypt;
mod blob;
mod cost;
mod import;
mod own;
mod pbkdf2;
mod phpass;
mod salted;
mod scrypt;
mod stored;

pub(crate) use self::{
    import::{ARGON_2, ERROR_TYPES, PBKDF_2, SALTS, SCRYPT, import},
    stored::Stored,
};
