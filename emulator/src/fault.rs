//! Faults, produced on request, that a client must handle.

use std::{collections::VecDeque, fmt, time::Duration};

use bytes::Bytes;

use crate::error::ControlError;

/// How many faults can be pending.
const MAX_PENDING: usize = 1000;
/// How large the bodies of the pending faults can be in total.
const MAX_PENDING_BYTES: usize = 16 << 20;

/// A fault of one request, or of several.
///
/// A fault is pending until a request arrives that it applies to. Then it happens, and is used up.
///
/// ```
/// use std::time::Duration;
/// use stytch_emulator::Fault;
///
/// // Twice 503 with `Retry-After: 1`, only for logins.
/// let fault = Fault::status(503).retry_after(1).times(2).on("/v1/passwords/authenticate");
/// // The user is created, but the response never arrives.
/// let lost = Fault::dropped().once_handled();
/// // A correct response that takes three seconds longer.
/// let slow = Fault::latency(Duration::from_secs(3));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Fault {
    pub(crate) effect: Effect,
    pub(crate) delay: Duration,
    pub(crate) path: Option<String>,
    pub(crate) times: u32,
    pub(crate) once_handled: bool,
    pub(crate) retry_after: Option<u64>,
}

/// The effect of the fault.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Only the delay.
    Delay,
    /// A status, with an error body in Stytch's form.
    Status(u16),
    /// A response that Stytch would not send, such as the HTML of a proxy.
    Raw { status: u16, content_type: String, body: Bytes },
    /// The connection is closed without a response.
    Drop,
    /// Half of the response is sent, then the connection is closed.
    CutShort,
}

impl Effect {
    /// The `kind` with which the effect is requested over HTTP.
    pub(crate) fn kind(&self) -> &'static str {
        match self {
            Self::Delay => "latency",
            Self::Status(_) => "status",
            Self::Raw { .. } => "raw",
            Self::Drop => "drop",
            Self::CutShort => "cut_short",
        }
    }
}

impl Fault {
    fn new(effect: Effect) -> Self {
        Self { effect, delay: Duration::ZERO, path: None, times: 1, once_handled: false, retry_after: None }
    }

    /// Returns a fault that responds with this HTTP status and an error body in Stytch's form.
    ///
    /// The `error_type` is `too_many_requests` for 429, `internal_server_error` for 500, and `injected_fault` for any
    /// other status. A status outside of 200 to 599 becomes 500.
    pub fn status(status: u16) -> Self {
        Self::new(Effect::Status(if (200..=599).contains(&status) { status } else { 500 }))
    }

    /// Returns a fault that responds with 429 and `Retry-After`, in whole seconds.
    pub fn rate_limited(retry_after_seconds: u64) -> Self {
        Self::status(429).retry_after(retry_after_seconds)
    }

    /// Returns a fault that delays a correct response.
    pub fn latency(delay: Duration) -> Self {
        Self { delay, ..Self::new(Effect::Delay) }
    }

    /// Returns a fault that closes the connection without a response.
    pub fn dropped() -> Self {
        Self::new(Effect::Drop)
    }

    /// Returns a fault that closes the connection in the middle of the response body.
    pub fn cut_short() -> Self {
        Self::new(Effect::CutShort)
    }

    /// Returns a fault with any status and any body. A status outside of 200 to 599 becomes 500.
    ///
    /// A content type with a line break is omitted.
    pub fn raw(status: u16, content_type: impl Into<String>, body: impl Into<Bytes>) -> Self {
        let status = if (200..=599).contains(&status) { status } else { 500 };
        Self::new(Effect::Raw { status, content_type: content_type.into(), body: body.into() })
    }

    /// Adds `Retry-After` to the response, in whole seconds.
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Adds a delay before the fault happens.
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Limits the fault to a path, such as `/v1/passwords`. By default it applies to the next request to any path of
    /// the API.
    ///
    /// For an endpoint with a placeholder, both forms are accepted: `/v1/sessions/jwks/{project_id}` applies to every
    /// project id, `/v1/sessions/jwks/project-test-1` to this one.
    pub fn on(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Sets how many times the fault happens. The default is once. With zero, it never happens.
    pub fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }

    /// Lets the emulator carry out the request before the fault happens, so that only the response is lost or replaced.
    pub fn once_handled(mut self) -> Self {
        self.once_handled = true;
        self
    }

    /// Whether this fault applies to a request to `path`, which the path templates describe.
    fn applies_to(&self, path: &str, templates: &[&str]) -> bool {
        self.path.as_deref().is_none_or(|only| only == path || templates.contains(&only))
    }

    fn bytes(&self) -> usize {
        let effect = match &self.effect {
            Effect::Raw { content_type, body, .. } => content_type.len() + body.len(),
            _ => 0,
        };
        effect + self.path.as_ref().map_or(0, String::len)
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let effect = match &self.effect {
            Effect::Delay => "delay".to_owned(),
            Effect::Status(status) => format!("status {status}"),
            Effect::Raw { status, body, .. } => format!("raw {status}, {} bytes", body.len()),
            Effect::Drop => "dropped".to_owned(),
            Effect::CutShort => "cut short".to_owned(),
        };
        f.debug_struct("Fault")
            .field("effect", &effect)
            .field("delay", &self.delay)
            .field("path", &self.path)
            .field("times", &self.times)
            .finish_non_exhaustive()
    }
}

/// The pending faults, oldest first.
#[derive(Default)]
pub(crate) struct Faults {
    pending: VecDeque<Fault>,
}

impl Faults {
    /// # Errors
    ///
    /// If too many faults are pending.
    pub(crate) fn push(&mut self, fault: Fault) -> Result<(), ControlError> {
        let bytes = fault.bytes() + self.pending.iter().map(Fault::bytes).sum::<usize>();
        if self.pending.len() >= MAX_PENDING || bytes > MAX_PENDING_BYTES {
            return Err(ControlError::TooManyFaults);
        }
        if fault.times > 0 {
            self.pending.push_back(fault);
        }
        Ok(())
    }

    /// Takes the first fault that applies to a request; it happens once less from now on.
    pub(crate) fn take(&mut self, path: &str, templates: &[&str]) -> Option<Fault> {
        let index = self.pending.iter().position(|fault| fault.applies_to(path, templates))?;
        let fault = self.pending.get_mut(index)?;
        fault.times -= 1;
        let taken = fault.clone();
        if fault.times == 0 {
            self.pending.remove(index);
        }
        Some(taken)
    }

    pub(crate) fn all(&self) -> Vec<Fault> {
        self.pending.iter().cloned().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(faults: &mut Faults, path: &str, templates: &[&str]) -> Option<u16> {
        faults.take(path, templates).map(|fault| match fault.effect {
            Effect::Status(status) => status,
            _ => 0,
        })
    }

    #[test]
    fn faults_happen_in_order_on_their_path_and_as_often_as_requested() {
        let mut faults = Faults::default();
        for fault in [Fault::status(500).on("/a").times(2), Fault::dropped(), Fault::status(503).times(0)] {
            faults.push(fault).expect("room");
        }
        let mut next = |path| status(&mut faults, path, &[]);
        assert_eq!(
            [next("/a"), next("/b"), next("/b"), next("/a"), next("/a")],
            [Some(500), Some(0), None, Some(500), None]
        );
    }

    #[test]
    fn a_path_template_applies_to_every_path_that_it_describes() {
        let mut faults = Faults::default();
        faults.push(Fault::status(500).on("/keys/{id}").times(2)).expect("room");
        assert_eq!(status(&mut faults, "/keys/1", &["/keys/{id}"]), Some(500));
        assert_eq!(status(&mut faults, "/other", &["/other"]), None);
        assert_eq!(status(&mut faults, "/keys/2", &["/keys/{id}"]), Some(500));
    }

    #[test]
    fn the_number_and_the_size_of_pending_faults_are_limited() {
        let mut faults = Faults::default();
        for _ in 0..MAX_PENDING {
            faults.push(Fault::dropped()).expect("room");
        }
        assert_eq!(faults.push(Fault::dropped()), Err(ControlError::TooManyFaults));

        let mut faults = Faults::default();
        let half = || Fault::raw(200, "", vec![0; MAX_PENDING_BYTES / 2]);
        faults.push(half()).expect("room");
        faults.push(half()).expect("room");
        assert_eq!(faults.push(Fault::raw(200, "", "x")), Err(ControlError::TooManyFaults));
        faults.take("/", &[]).expect("a fault");
        faults.push(half()).expect("room again");
    }
}
