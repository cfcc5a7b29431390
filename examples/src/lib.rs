//! stytch-client-examples
