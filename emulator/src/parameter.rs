//! The parameters of a request: the declaration of an endpoint, and the checks that follow from it.

mod check;
mod checked;
mod declared;

pub(crate) use self::{
    check::check,
    checked::Parameters,
    declared::{INTEGER, Kind, Parameter, optional, required},
};
