//! The media types of a request, available without a request.

use http::header::CONTENT_TYPE;

use super::BodyFormat;
use crate::info::json::KindOf;
use crate::response::JSON;
use crate::{EndpointInfo, Location};

impl<T: BodyFormat> KindOf<T> {
    /// The media type of a format.
    pub const MEDIA_TYPE: Option<&'static str> = Some(T::CONTENT_TYPE);
}

impl EndpointInfo {
    /// Sets the media type of the format.
    #[doc(hidden)]
    pub const fn format(mut self, media_type: Option<&'static str>) -> Self {
        self.format = media_type;
        self
    }

    /// Returns the media type of the body; `None` for an endpoint without a body.
    ///
    /// It is that of a constant `content-type`, of the format, or of JSON. The constants of the client are not among these.
    /// Without the feature `describe`, formats are not known.
    ///
    /// ```
    /// use declapi::{Endpoint, endpoint};
    ///
    /// /// Creates a note.
    /// #[endpoint(post = "/notes", response = ())]
    /// pub struct CreateNote<'a> {
    ///     /// The text of the note.
    ///     pub text: &'a str,
    /// }
    ///
    /// assert_eq!(CreateNote::INFO.media_type(), Some("application/json"));
    /// ```
    pub fn media_type(&self) -> Option<&'static str> {
        let is_constant = self.constants().any(|constant| constant.location.is_in_body());
        if !is_constant && !self.has_field(|field| field.location.is_in_body()) {
            return None;
        }
        let is_type = |name: &str| name.eq_ignore_ascii_case(CONTENT_TYPE.as_str());
        let constant = self
            .constants()
            .find(|constant| constant.location == Location::Header && is_type(constant.name))
            // A constant of a resource applies only to endpoints without a separate format.
            .filter(|constant| constant.is_own || self.format.is_none());
        constant.map(|constant| constant.value).or(self.format).or(Some(JSON))
    }

    /// Returns the name of the header with the idempotency key that is generated for each call, if there is one.
    pub fn idempotency_header(&self) -> Option<&'static str> {
        self.defaults.nearest_idempotency_key().filter(|key| key.is_generated).map(|key| key.header)
    }
}
