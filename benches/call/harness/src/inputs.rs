//! The requests of every contender, and the responses of the server.

/// Credentials of a project.
pub const PROJECT_ID: &str = "project-test-2f9c1b4e-0d3a-4a57-9a63-7be0b5a5a0d1";
pub const SECRET: &str = "secret-test-9Qh0uZ7v3rJmXk5bT2yWcE8nL4pS6dAfGg==";

/// `authenticate`: both required fields, and the requested duration of the session.
pub const EMAIL: &str = "ada.lovelace@example.com";
pub const PASSWORD: &str = "correct horse battery staple";
pub const MINUTES: u32 = 60;

/// `migrate`: the required fields only.
pub const HASH: &str = "$2b$12$C6UzMDM.H6dfI/f/IKcEeO7ZBpYG0uoyGv5W2XZ8q1j0sT8w6ZQ9e";

/// A response with a user, a session with two factors, a device, metadata and claims.
pub const AUTHENTICATE: &str = include_str!("../data/authenticate.json");
/// A response with a user.
pub const MIGRATE: &str = include_str!("../data/migrate.json");
