//! Faults on request: what a client must be able to stand, made to happen.

use std::{collections::VecDeque, fmt, time::Duration};

use bytes::Bytes;

/// Something that goes wrong with one request, or with several.
///
/// A fault waits in a queue until a request comes that it is meant for; then it happens, and is used up.
///
/// ```
/// use std::time::Duration;
/// use stytch_emulator::Fault;
///
/// // Twice 503 with `Retry-After: 1`, for logins only.
/// let fault = Fault::status(503).retry_after(1).times(2).on("/v1/passwords/authenticate");
/// // The user is created, but the answer never arrives.
/// let lost = Fault::dropped().once_handled();
/// // A slow answer, and otherwise a good one.
/// let slow = Fault::latency(Duration::from_secs(3));
/// ```
#[derive(Clone, PartialEq, Eq)]
pub struct Fault {
    effect: Effect,
    delay: Duration,
    path: Option<String>,
    times: u32,
    once_handled: bool,
    retry_after: Option<u64>,
}

/// What happens in place of the answer.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Nothing but the delay.
    Delay,
    /// A status, with an error body in Stytch's form.
    Status(u16),
    /// An answer that Stytch would not give, such as the HTML of a proxy.
    Raw { status: u16, content_type: String, body: Bytes },
    /// The connection is closed without an answer.
    Drop,
    /// Half of the answer, and then the connection is closed.
    CutShort,
}

impl Fault {
    fn new(effect: Effect) -> Self {
        Self { effect, delay: Duration::ZERO, path: None, times: 1, once_handled: false, retry_after: None }
    }

    /// An answer with this HTTP status and an error body in Stytch's form.
    ///
    /// The `error_type` is the usual one of the status: `too_many_requests` for 429, `internal_server_error` for
    /// 500. A status outside 200 to 599 is taken for 500.
    pub fn status(status: u16) -> Self {
        Self::new(Effect::Status(if (200..=599).contains(&status) { status } else { 500 }))
    }

    /// A 429 with `Retry-After`, in whole seconds.
    pub fn rate_limited(retry_after_seconds: u64) -> Self {
        Self::status(429).retry_after(retry_after_seconds)
    }

    /// A good answer that takes this much longer.
    pub fn latency(delay: Duration) -> Self {
        Self { delay, ..Self::new(Effect::Delay) }
    }

    /// The connection is closed and nothing is answered.
    pub fn dropped() -> Self {
        Self::new(Effect::Drop)
    }

    /// The connection is closed in the middle of the answer's body.
    pub fn cut_short() -> Self {
        Self::new(Effect::CutShort)
    }

    /// An answer that Stytch would not give: any status, any body. A status outside 200 to 599 is taken for 500.
    ///
    /// A content type with a line break is left out.
    pub fn raw(status: u16, content_type: impl Into<String>, body: impl Into<Bytes>) -> Self {
        let status = if (200..=599).contains(&status) { status } else { 500 };
        Self::new(Effect::Raw { status, content_type: content_type.into(), body: body.into() })
    }

    /// Adds `Retry-After`, in whole seconds, to the answer.
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds);
        self
    }

    /// Adds a delay before it happens.
    pub fn after(mut self, delay: Duration) -> Self {
        self.delay = delay;
        self
    }

    /// Meant only for requests to this path, such as `/v1/passwords`; otherwise for the next one to any path of
    /// the API.
    pub fn on(mut self, path: impl Into<String>) -> Self {
        self.path = Some(path.into());
        self
    }

    /// Happens this many times; once unless told otherwise, never when zero.
    pub fn times(mut self, times: u32) -> Self {
        self.times = times;
        self
    }

    /// The request is carried out first, and only its answer is lost or replaced.
    pub fn once_handled(mut self) -> Self {
        self.once_handled = true;
        self
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

/// A fault that is about to happen to one request.
#[derive(Clone)]
pub(crate) struct Strike {
    pub(crate) effect: Effect,
    pub(crate) delay: Duration,
    pub(crate) once_handled: bool,
    pub(crate) retry_after: Option<u64>,
}

/// The faults that wait for their request.
#[derive(Default)]
pub(crate) struct Faults {
    waiting: VecDeque<Fault>,
}

impl Faults {
    pub(crate) fn push(&mut self, fault: Fault) {
        if fault.times > 0 {
            self.waiting.push_back(fault);
        }
    }

    /// The first fault that is meant for a path, one time less.
    pub(crate) fn strike(&mut self, path: &str) -> Option<Strike> {
        let index =
            self.waiting.iter().position(|fault| fault.path.as_deref().is_none_or(|only| only == path))?;
        let fault = self.waiting.get_mut(index)?;
        let strike = Strike {
            effect: fault.effect.clone(),
            delay: fault.delay,
            once_handled: fault.once_handled,
            retry_after: fault.retry_after,
        };
        fault.times -= 1;
        if fault.times == 0 {
            self.waiting.remove(index);
        }
        Some(strike)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_strike_in_order_on_their_path_and_as_often_as_told() {
        let mut faults = Faults::default();
        faults.push(Fault::status(500).on("/a").times(2));
        faults.push(Fault::dropped());
        faults.push(Fault::status(503).times(0));
        let mut next = |path| {
            faults.strike(path).map(|strike| match strike.effect {
                Effect::Status(status) => status,
                _ => 0,
            })
        };
        assert_eq!(
            [next("/a"), next("/b"), next("/b"), next("/a"), next("/a")],
            [Some(500), Some(0), None, Some(500), None]
        );
    }
}
