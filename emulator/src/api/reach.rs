//! The recipient of a message: an email address or a phone number of a user.

use super::{identity, session_grant};
use crate::{
    api_error::{
        ApiError, DUPLICATE_EMAIL, DUPLICATE_PHONE_NUMBER, EMAIL_NOT_FOUND, ErrorType, INVALID_EMAIL,
        INVALID_PHONE_NUMBER, PHONE_NUMBER_NOT_FOUND, SESSION_NOT_FOUND, TOO_MANY_SESSION_ARGUMENTS,
        TOO_MANY_USER_SELECTION_ARGUMENTS, UNABLE_TO_PARSE_SESSION_JWT, USER_NOT_FOUND,
    },
    proof::Recipient,
    route::Call,
    state::State,
    user::{Email, Identity, PhoneNumber, Status, User, address_key, same_address},
};

/// The error types of [`existing`], besides those of the address itself.
pub(super) static SELECTION_ERROR_TYPES: &[&ErrorType] = &[
    &USER_NOT_FOUND,
    &TOO_MANY_USER_SELECTION_ARGUMENTS,
    &TOO_MANY_SESSION_ARGUMENTS,
    &SESSION_NOT_FOUND,
    &UNABLE_TO_PARSE_SESSION_JWT,
];

/// The error types of [`existing`] with an email address.
pub(super) static EMAIL_ERROR_TYPES: &[&ErrorType] = &[&INVALID_EMAIL, &EMAIL_NOT_FOUND, &DUPLICATE_EMAIL];
/// The error types of [`existing`] with a phone number.
pub(super) static PHONE_ERROR_TYPES: &[&ErrorType] =
    &[&INVALID_PHONE_NUMBER, &PHONE_NUMBER_NOT_FOUND, &DUPLICATE_PHONE_NUMBER];

/// The kind of address that a message goes to. The request has it in the parameter of this kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    Email,
    Phone,
}

/// A user, and the address to which a message goes.
pub(super) struct Target {
    pub(super) user: User,
    pub(super) recipient: Recipient,
    /// Whether the user is new, and has to be stored.
    pub(super) created: bool,
}

impl Reach {
    fn parameter(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "phone_number",
        }
    }

    /// Returns the name of the address's id in a response.
    pub(super) fn id_field(self) -> &'static str {
        match self {
            Self::Email => "email_id",
            Self::Phone => "phone_id",
        }
    }

    fn not_found(self) -> &'static ErrorType {
        match self {
            Self::Email => &EMAIL_NOT_FOUND,
            Self::Phone => &PHONE_NUMBER_NOT_FOUND,
        }
    }

    fn duplicate(self) -> &'static ErrorType {
        match self {
            Self::Email => &DUPLICATE_EMAIL,
            Self::Phone => &DUPLICATE_PHONE_NUMBER,
        }
    }

    fn owner<'a>(self, state: &'a State, address: &str) -> Option<&'a User> {
        state.user_by(&match self {
            Self::Email => Identity::Email(address_key(address)),
            Self::Phone => Identity::PhoneNumber(address.to_owned()),
        })
    }

    /// Returns an address of the user, as the user has it.
    fn known(self, user: &User, address: &str) -> Option<Recipient> {
        let known = |id: &str, address: &str| Recipient {
            id: id.to_owned(),
            address: address.to_owned(),
            is_new: false,
        };
        match self {
            Self::Email => user.email(address).map(|email| known(&email.email_id, &email.email)),
            Self::Phone => {
                let phone = user.phone_numbers.iter().find(|phone| phone.phone_number == address)?;
                Some(known(&phone.phone_id, &phone.phone_number))
            }
        }
    }

    fn new_id(self, call: &Call<'_>) -> String {
        call.app.ids.id(match self {
            Self::Email => "email",
            Self::Phone => "phone-number",
        })
    }

    /// Adds an address to a user.
    fn add(self, user: &mut User, id: String, address: String) {
        match self {
            Self::Email => user.emails.push(Email { email_id: id, email: address, verified: false }),
            Self::Phone => {
                user.phone_numbers.push(PhoneNumber { phone_id: id, phone_number: address, verified: false });
            }
        }
    }

    /// Marks an address as verified.
    fn verify(self, user: &mut User, address: &str) {
        match self {
            Self::Email => {
                for email in user.emails.iter_mut().filter(|email| same_address(&email.email, address)) {
                    email.verified = true;
                }
            }
            Self::Phone => {
                for phone in user.phone_numbers.iter_mut().filter(|phone| phone.phone_number == address) {
                    phone.verified = true;
                }
            }
        }
    }

    /// Returns the address of the request.
    ///
    /// # Errors
    ///
    /// `invalid_email` and `invalid_phone_number`.
    fn given<'a>(self, call: &'a Call<'_>) -> Result<&'a str, ApiError> {
        let address = call.parameters.required(self.parameter())?;
        match self {
            Self::Email => identity::require_email(address)?,
            Self::Phone => identity::require_phone_number(address)?,
        }
        Ok(address)
    }
}

/// Returns the user who has the address of the request; or the user whom `user_id` or a session selects, who may get the
/// address in this way.
///
/// # Errors
///
/// Those in [`SELECTION_ERROR_TYPES`], and in [`EMAIL_ERROR_TYPES`] or [`PHONE_ERROR_TYPES`].
pub(super) fn existing(call: &Call<'_>, state: &State, reach: Reach) -> Result<Target, ApiError> {
    let address = reach.given(call)?;
    let owner = reach.owner(state, address);
    let Some(user) = selected(call, state)? else {
        let user = owner.ok_or(reach.not_found())?;
        let recipient = reach.known(user, address).ok_or(reach.not_found())?;
        return Ok(Target { user: user.clone(), recipient, created: false });
    };
    let recipient = match owner {
        Some(owner) if owner.user_id != user.user_id => return Err(reach.duplicate().into()),
        _ => reach.known(user, address).unwrap_or_else(|| Recipient {
            id: reach.new_id(call),
            address: address.to_owned(),
            is_new: true,
        }),
    };
    Ok(Target { user: user.clone(), recipient, created: false })
}

/// Returns the user who has the address of the request, or a new one.
///
/// # Errors
///
/// `invalid_email` and `invalid_phone_number`.
pub(super) fn existing_or_new(call: &Call<'_>, state: &State, reach: Reach) -> Result<Target, ApiError> {
    let address = reach.given(call)?;
    if let Some(user) = reach.owner(state, address)
        && let Some(recipient) = reach.known(user, address)
    {
        return Ok(Target { user: user.clone(), recipient, created: false });
    }
    let mut user = User::new(call.app.ids.id("user"), call.now);
    if call.parameters.bool("create_user_as_pending").unwrap_or(false) {
        user.status = Status::Pending;
    }
    let recipient = Recipient { id: reach.new_id(call), address: address.to_owned(), is_new: false };
    reach.add(&mut user, recipient.id.clone(), recipient.address.clone());
    Ok(Target { user, recipient, created: true })
}

/// Returns the user to whom a proof was sent, with the address as verified; `None` if the user or the address is gone.
///
/// # Errors
///
/// `duplicate_email` and `duplicate_phone_number` if another user has got the address in the meantime.
pub(super) fn reached(
    state: &State,
    reach: Reach,
    user_id: &str,
    recipient: &Recipient,
) -> Result<Option<User>, ApiError> {
    let Some(mut user) = state.user(user_id).cloned() else { return Ok(None) };
    if reach.known(&user, &recipient.address).is_none() {
        if !recipient.is_new {
            return Ok(None);
        }
        if reach.owner(state, &recipient.address).is_some() {
            return Err(reach.duplicate().into());
        }
        reach.add(&mut user, recipient.id.clone(), recipient.address.clone());
    }
    reach.verify(&mut user, &recipient.address);
    Ok(Some(user))
}

/// Returns the user whom the request selects, by `user_id` or by a session; `None` if it has neither.
///
/// # Errors
///
/// Those in [`SELECTION_ERROR_TYPES`].
pub(super) fn selected<'a>(call: &Call<'_>, state: &'a State) -> Result<Option<&'a User>, ApiError> {
    let session = session_grant::named(call, state)?;
    match (call.parameters.string("user_id"), session) {
        (None, None) => Ok(None),
        (Some(_), Some(_)) => Err((&TOO_MANY_USER_SELECTION_ARGUMENTS).into()),
        (Some(_), None) => identity::named(call, state).map(Some),
        (None, Some(session)) => Ok(Some(state.user(&session.user_id).ok_or(&SESSION_NOT_FOUND)?)),
    }
}
