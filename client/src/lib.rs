//! stytch-client
