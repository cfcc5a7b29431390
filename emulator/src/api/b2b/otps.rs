//! One-time passcodes to members.

pub(crate) mod email_authenticate;
pub(crate) mod email_discovery_authenticate;
pub(crate) mod email_discovery_send;
pub(crate) mod email_login_or_signup;
pub(crate) mod sms_authenticate;
pub(crate) mod sms_send;
