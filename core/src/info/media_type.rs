//! What can be said of the headers of a request without one.

use http::header::CONTENT_TYPE;

use super::json::KindOf;
use super::{EndpointInfo, Location};
use crate::BodyFormat;
use crate::response::JSON;

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
    ///     /// What the note says.
    ///     pub text: &'a str,
    /// }
    ///
    /// assert_eq!(CreateNote::INFO.media_type(), Some("application/json"));
    /// ```
    pub fn media_type(&self) -> Option<&'static str> {
        let locations = self.fields().map(|field| field.location);
        let mut locations = locations.chain(self.constants().map(|constant| constant.location));
        if !locations.any(Location::is_in_body) {
            return None;
        }
        let is_type = |name: &str| name.eq_ignore_ascii_case(CONTENT_TYPE.as_str());
        let constant = self
            .constants()
            .find(|constant| constant.location == Location::Header && is_type(constant.name))
            // That of a resource is for what has no format of its own.
            .filter(|constant| constant.is_own || self.format.is_none());
        constant.map(|constant| constant.value).or(self.format).or(Some(JSON))
    }

    /// Returns the name of the header with the idempotency key that is generated for each call, if there is one.
    pub fn idempotency_header(&self) -> Option<&'static str> {
        self.defaults.nearest_idempotency_key().filter(|key| key.is_generated).map(|key| key.header)
    }
}
