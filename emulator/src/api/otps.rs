//! One-time passcodes.

pub(crate) mod authenticate;
pub(crate) mod email;
pub(crate) mod sms;
pub(crate) mod whatsapp;

pub(super) mod checked;
pub(super) mod sent;
