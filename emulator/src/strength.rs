//! How strong a password is, whether it is breached, and the feedback about it.

mod breaches;
mod luds;
mod policy;
mod verdict;

use std::sync::{Mutex, MutexGuard, PoisonError};

pub use self::policy::{FeedbackForm, StrengthPolicy};
pub(crate) use self::{breaches::Breaches, verdict::Verdict};

/// The project's password settings, and the list of breached passwords.
pub(crate) struct Strength {
    policy: StrengthPolicy,
    form: FeedbackForm,
    detects_breaches: bool,
    breaches: Mutex<Breaches>,
}

impl Strength {
    pub(crate) fn new(
        policy: StrengthPolicy,
        form: FeedbackForm,
        detects_breaches: bool,
        list: Breaches,
    ) -> Self {
        Self { policy, form, detects_breaches, breaches: Mutex::new(list) }
    }

    pub(crate) fn breaches(&self) -> MutexGuard<'_, Breaches> {
        self.breaches.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether a password is on the list, alone or together with the address.
    pub(crate) fn is_breached(&self, password: &str, email: Option<&str>) -> bool {
        self.detects_breaches && self.breaches().contains(password, email)
    }

    /// Checks a password against the policy and the list.
    pub(crate) fn assess(&self, password: &str, email: Option<&str>) -> Verdict {
        let breached = self.is_breached(password, email);
        Verdict::reach(password, email, self.policy, breached)
    }

    /// Returns the response of a strength check.
    pub(crate) fn describe(&self, verdict: &Verdict) -> serde_json::Map<String, serde_json::Value> {
        verdict.describe(self.policy.name(), self.detects_breaches, self.form)
    }

    /// Returns the response of a strength check of the B2B API.
    pub(crate) fn describe_for_member(
        &self,
        verdict: &Verdict,
    ) -> serde_json::Map<String, serde_json::Value> {
        verdict.describe_for_member(self.policy.name(), self.detects_breaches)
    }
}
