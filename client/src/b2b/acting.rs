//! Calls in the name of a member. The roles of the member must allow them.

use std::borrow::Cow;
use std::fmt;

use declapi::{
    Async, CallOptions, Caller, EndpointInfo, Mode, PageCaller, Paged, Pages, Paging, Parts, Reader, Request,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, ser};

use super::Client;
use super::magic_links::MagicLinks;
use super::models::LoggedIn;
use super::organizations::Organizations;
use super::passwords::Passwords;
use super::scim::Scim;
use super::sessions::Sessions;
use super::sso::Sso;
use crate::{Endpoint, Error, Secret};

const TOKEN: &str = "x-stytch-member-session";
const JWT: &str = "x-stytch-member-sessionjwt";
const EMPTY: &str =
    "the member's session is empty, and the call would have all rights of the project: set a token or JWT";

/// The token or the JWT of a member's session, for one call.
///
/// An empty string is an error of the call, because a call without a session has all rights of the project. `Debug`
/// does not show the token.
#[derive(Clone, PartialEq, Eq)]
pub struct ActingToken<'a>(Cow<'a, str>);

impl<'a> From<&'a str> for ActingToken<'a> {
    fn from(token: &'a str) -> Self {
        Self(Cow::Borrowed(token))
    }
}

impl From<String> for ActingToken<'_> {
    fn from(token: String) -> Self {
        Self(Cow::Owned(token))
    }
}

impl<'a> From<&'a Secret> for ActingToken<'a> {
    fn from(token: &'a Secret) -> Self {
        token.secret().into()
    }
}

impl Serialize for ActingToken<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        if self.0.is_empty() { Err(ser::Error::custom(EMPTY)) } else { to.serialize_str(&self.0) }
    }
}

impl<'de> Deserialize<'de> for ActingToken<'_> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from).map(Self::from)
    }
}

impl fmt::Debug for ActingToken<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ActingToken(<redacted>)")
    }
}

/// The session of a member, for all calls of a [`MemberClient`].
#[derive(Clone, Debug)]
pub struct ActingSession {
    token: Option<Secret>,
    jwt: Option<Secret>,
}

impl ActingSession {
    /// Identifies the session by its token.
    pub fn token(token: impl Into<Secret>) -> Self {
        Self { token: Some(token.into()), jwt: None }
    }

    /// Identifies the session by its JWT, which is valid for five minutes.
    pub fn jwt(jwt: impl Into<Secret>) -> Self {
        Self { token: None, jwt: Some(jwt.into()) }
    }

    /// Returns the headers of a call.
    fn options(&self) -> Result<CallOptions, Error> {
        let headers = [(TOKEN, &self.token), (JWT, &self.jwt)];
        let mut options = CallOptions::new();
        for (name, value) in headers {
            let Some(value) = value else { continue };
            if value.is_empty() {
                return Err(Error::config(EMPTY));
            }
            options = options.header(name, value.secret());
        }
        Ok(options)
    }
}

impl From<LoggedIn<'_>> for ActingSession {
    /// Uses the token, if there is one, because it is valid longer than the JWT.
    fn from(session: LoggedIn<'_>) -> Self {
        let token = session.session_token.cloned();
        let jwt = session.session_jwt.filter(|_| token.is_none()).cloned();
        Self { token, jwt }
    }
}

/// A client whose calls are made in the name of a member, from [`Client::acting_as`].
///
/// Each call contains the credentials of the project and the session of the member. Stytch checks that the session is
/// active, that it belongs to the organization of the call, and that a role of the member allows the call. The client
/// has only the operations for which Stytch checks roles. A session that is set for a single call replaces the session
/// of the client.
#[derive(Clone)]
pub struct MemberClient<M = Async> {
    client: Client<M>,
    session: ActingSession,
}

impl<M> MemberClient<M> {
    pub(super) fn new(client: Client<M>, session: ActingSession) -> Self {
        Self { client, session }
    }

    /// Organizations and their members.
    pub fn organizations(&self) -> Organizations<&Self> {
        Organizations::new(self)
    }

    /// Invitations with a link in a mail.
    pub fn magic_links(&self) -> MagicLinks<&Self> {
        MagicLinks::new(self)
    }

    /// Passwords that members must replace.
    pub fn passwords(&self) -> Passwords<&Self> {
        Passwords::new(self)
    }

    /// Members and groups that an identity provider synchronizes.
    pub fn scim(&self) -> Scim<&Self> {
        Scim::new(self)
    }

    /// Sessions to revoke.
    pub fn sessions(&self) -> Sessions<&Self> {
        Sessions::new(self)
    }

    /// SSO connections.
    pub fn sso(&self) -> Sso<&Self> {
        Sso::new(self)
    }
}

impl<M: Mode> fmt::Debug for MemberClient<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { client, session } = self;
        f.debug_struct("MemberClient").field("client", client).field("session", session).finish()
    }
}

impl<M: Mode> Caller for &MemberClient<M> {
    type Output<T> = M::Output<T>;

    fn call_with<E: Endpoint, T>(self, endpoint: &E, reader: Reader<T>) -> M::Output<T> {
        self.client.call_with(&AsMember { endpoint, session: &self.session }, reader)
    }
}

impl<M: Mode> PageCaller for &MemberClient<M> {
    type Mode = M;

    fn pages<E: Paged>(self, endpoint: &E) -> Pages<E::Response, M> {
        PageCaller::pages(&self.client, &AsMember { endpoint, session: &self.session })
    }
}

/// A request with the session of a member.
struct AsMember<'c, E> {
    endpoint: &'c E,
    session: &'c ActingSession,
}

impl<E: Endpoint> Endpoint for AsMember<'_, E> {
    type Response = E::Response;

    const READER: Reader<E::Response> = E::READER;
    const INFO: &'static EndpointInfo = E::INFO;

    fn write(&self, to: &mut Parts) {
        self.endpoint.write(to);
    }

    fn request(&self) -> Result<Request, Error> {
        let mut request = self.endpoint.request()?;
        // Two sessions in one request could belong to two members.
        if !request.headers().any(|(name, _)| name == TOKEN || name == JWT) {
            self.session.options()?.apply(&mut request)?;
        }
        Ok(request)
    }
}

impl<E: Paged> Paged for AsMember<'_, E> {
    const PAGING: Paging = E::PAGING;
}
