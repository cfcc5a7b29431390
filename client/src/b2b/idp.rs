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
    /// Asks the API about a token that the project has issued to a connected app.
    ///
    /// It is the same call as in the consumer API. The organization of the member is in the response.
    pub fn introspect_token_network(self) -> IntrospectTokenNetworkBuilder<'c, &'c Client<M>, true> {
        crate::idp::Idp::new(self.client).introspect_token_network()
    }
}

#[cfg(feature = "rustls")]
impl<'c, M> Idp<&'c Client<M>> {
    /// Checks an access token that the project has issued to a connected app, without a call if its key is known.
    ///
    /// [`TokenCheck`](crate::TokenCheck) lists the checks. In addition, the token must contain its organization. A revoked
    /// token is accepted until it expires, because only the API knows about the revocation.
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
    /// The redirect URL for the member: one of those of the app.
    pub redirect_uri: Cow<'a, str>,
    /// The kind of response that the app asks for: `code`.
    pub response_type: Cow<'a, str>,
    /// The scopes that the app asks for.
    pub scopes: Vec<Cow<'a, str>>,
    /// The id of the organization, its slug, or your own id for it. Used together with `member_id`.
    pub organization_id: Option<Cow<'a, str>>,
    /// The id of the member, or your own id for the member.
    pub member_id: Option<Cow<'a, str>>,
    /// The token of a session of the member, instead of the ids.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of a session of the member, instead of the ids.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// The step that the member must see: `consent`.
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
    /// Whether the member must agree.
    pub consent_required: bool,
    /// The requested scopes.
    pub scope_results: Vec<ScopeResult>,
}

/// Ends the authorization of a connected app: the member is to be sent to the URI of the response.
#[endpoint(post = "/v1/b2b/idp/oauth/authorize", response = AuthorizeResponse, on = IdpOauth)]
#[derive(Clone)]
#[non_exhaustive]
pub struct Authorize<'a> {
    /// Whether the member has agreed.
    pub consent_granted: bool,
    /// The scopes that the app asks for.
    pub scopes: Vec<Cow<'a, str>>,
    /// The id of the connected app.
    pub client_id: Cow<'a, str>,
    /// The redirect URL for the member: one of those of the app.
    pub redirect_uri: Cow<'a, str>,
    /// The kind of response that the app asks for: `code`.
    pub response_type: Cow<'a, str>,
    /// The id of the organization, its slug, or your own id for it. Used together with `member_id`.
    pub organization_id: Option<Cow<'a, str>>,
    /// The id of the member, or your own id for the member.
    pub member_id: Option<Cow<'a, str>>,
    /// The token of a session of the member, instead of the ids.
    #[endpoint(secret)]
    pub session_token: Option<Cow<'a, str>>,
    /// The JWT of a session of the member, instead of the ids.
    #[endpoint(secret)]
    pub session_jwt: Option<Cow<'a, str>>,
    /// The step that the member must see: `consent`.
    pub prompt: Option<Cow<'a, str>>,
    /// A value from the app, which is sent back to it.
    pub state: Option<Cow<'a, str>>,
    /// A value that the ID token repeats, so that it cannot be used twice.
    pub nonce: Option<Cow<'a, str>>,
    /// The base64url SHA-256 of the app's verifier (PKCE).
    pub code_challenge: Option<Cow<'a, str>>,
    /// The resources that the access token is for.
    pub resources: Option<Vec<Cow<'a, str>>>,
}
