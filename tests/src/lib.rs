//! stytch-client-tests
