//! Your project as an identity provider for connected apps of organizations.

use std::borrow::Cow;

use declapi::{Mode, endpoint, resource, response};

use super::Client;
use super::models::{Member, Organization};
use crate::HttpStatus;
use crate::idp::{AuthorizeResponse, IntrospectTokenNetworkBuilder, ScopeResult};
use crate::models::ConnectedAppPublic;

/// Your project as an identity provider.
///
/// From [`Client::idp`].
#[resource(on = &Client)]
pub struct Idp;

impl<'c, M: Mode> Idp<&'c Client<M>> {
    /// Introspects a token that the project of the client has issued to a connected app, with a call of the API.
    ///
    /// The call is the same as in the consumer API. The response contains the organization of the member.
    pub fn introspect_token_network(self) -> IntrospectTokenNetworkBuilder<'c, &'c Client<M>, true> {
        crate::idp::Idp::new(self.client).introspect_token_network()
    }
}

#[cfg(feature = "rustls")]
impl<'c, M> Idp<&'c Client<M>> {
    /// Checks an access token that the project has issued to a connected app. It makes no API call if the key is known.
    ///
    /// See [`TokenCheck`](crate::TokenCheck) for the checks. In addition, the token must contain the organization of
    /// the member. A revoked token is accepted until it expires, because only the API knows that it was revoked.
    ///
    /// ```no_run
    /// # async fn example(client: stytch_client::b2b::Client, bearer: &str) -> Result<(), stytch_client::JwtError> {
    /// let check = client.idp().introspect_token_local(bearer).authorization_check("organization-…", "documents", "read");
    /// println!("{}", check.send().await?.subject);
    /// # Ok(())
    /// # }
    /// ```
    pub fn introspect_token_local(
        self,
        access_token: impl Into<crate::Secret>,
    ) -> crate::TokenCheck<&'c Client<M>, crate::b2b::MemberAccessToken> {
        crate::TokenCheck::new(self.client, access_token.into())
    }
}

/// The authorization of connected apps, from [`Idp::oauth`].
#[resource(on = Idp, name = oauth)]
pub struct IdpOauth;

/// Checks the request of a connected app, and returns the data that the member must see.
#[endpoint(post = "/v1/b2b/idp/oauth/authorize/start", response = AuthorizeStartResponse, on = IdpOauth)]
#[derive(Clone)]
#[non_exhaustive]
pub struct AuthorizeStart<'a> {
    /// The id of the connected app.
    pub client_id: Cow<'a, str>,
    /// The URL to which the member is sent back: one of the redirect URLs of the app.
    pub redirect_uri: Cow<'a, str>,
    /// The response type: `code`.
    pub response_type: Cow<'a, str>,
    /// The scopes that the app requests.
    pub scopes: Vec<Cow<'a, str>>,
    /// The id of the organization, its slug, or your own id for it. Set it together with `member_id`.
    pub organization_id: Option<Cow<'a, str>>,
    /// The id of the member, or your own id for the member.
    pub member_id: Option<Cow<'a, str>>,
    /// The token of a session of the member, as an alternative to the ids.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of a session of the member, as an alternative to the ids.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// The prompt that the member must see: `consent`.
    pub prompt: Option<Cow<'a, str>>,
}

/// The response to [`AuthorizeStart`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct AuthorizeStartResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the member.
    pub member_id: String,
    /// The member.
    pub member: Option<Member>,
    /// The organization.
    pub organization: Option<Organization>,
    /// The app.
    pub client: Option<ConnectedAppPublic>,
    /// Whether the member must give consent.
    pub consent_required: bool,
    /// The requested scopes.
    pub scope_results: Vec<ScopeResult>,
}

/// Completes the authorization of a connected app. Then send the member to the URI in the response.
#[endpoint(post = "/v1/b2b/idp/oauth/authorize", response = AuthorizeResponse, on = IdpOauth)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Authorize<'a> {
    /// Whether the member has given consent.
    pub consent_granted: bool,
    /// The scopes that the app requests.
    pub scopes: Vec<Cow<'a, str>>,
    /// The id of the connected app.
    pub client_id: Cow<'a, str>,
    /// The URL to which the member is sent back: one of the redirect URLs of the app.
    pub redirect_uri: Cow<'a, str>,
    /// The response type: `code`.
    pub response_type: Cow<'a, str>,
    /// The id of the organization, its slug, or your own id for it. Set it together with `member_id`.
    pub organization_id: Option<Cow<'a, str>>,
    /// The id of the member, or your own id for the member.
    pub member_id: Option<Cow<'a, str>>,
    /// The token of a session of the member, as an alternative to the ids.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of a session of the member, as an alternative to the ids.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// The prompt that the member must see: `consent`.
    pub prompt: Option<Cow<'a, str>>,
    /// The state that the app has sent. It is sent back to the app.
    pub state: Option<Cow<'a, str>>,
    /// A value that the ID token contains, so that it cannot be used twice.
    pub nonce: Option<Cow<'a, str>>,
    /// The base64url SHA-256 hash of the app's verifier (PKCE).
    pub code_challenge: Option<Cow<'a, str>>,
    /// The resources for which the access token is valid.
    pub resources: Option<Vec<Cow<'a, str>>>,
}
