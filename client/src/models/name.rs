//! The name of an end user in a request.

use std::borrow::Cow;

use declapi::object;

/// The name of an end user. Each part is optional.
///
/// ```
/// use stytch_client::models::Name;
///
/// let name = Name::builder().first_name("Ada").last_name("Lovelace").build();
/// assert_eq!(serde_json::to_string(&name)?, r#"{"first_name":"Ada","last_name":"Lovelace"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[object]
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Name<'a> {
    /// The first name or names.
    pub first_name: Option<Cow<'a, str>>,
    /// The middle name or names.
    pub middle_name: Option<Cow<'a, str>>,
    /// The last name or names.
    pub last_name: Option<Cow<'a, str>>,
}
