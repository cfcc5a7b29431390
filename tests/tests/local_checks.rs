//! Local checks of tokens, and of permissions in the RBAC policy. Each rule has a test. A call is made only if it is
//! necessary.

#[path = "local_checks/idp.rs"]
mod idp;
#[path = "local_checks/m2m.rs"]
mod m2m;
#[path = "local_checks/policy.rs"]
mod policy;
#[path = "local_checks/project.rs"]
mod project;
#[path = "local_checks/sessions.rs"]
mod sessions;
#[path = "local_checks/tokens.rs"]
mod tokens;
