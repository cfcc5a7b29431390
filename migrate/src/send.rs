//! Sends the lines: one line, all lines, and their rate.

mod dispatch;
mod limiter;
mod line;
mod pace;
mod stop_sign;
mod verdict;

pub(crate) use self::dispatch::{Dispatcher, Report};
pub(crate) use self::limiter::Limiter;
pub(crate) use self::line::{End, Sender};
pub(crate) use self::stop_sign::StopSign;
