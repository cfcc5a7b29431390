//! stytch-client-macros
