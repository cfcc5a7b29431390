//! SSO connections with SAML.

use std::borrow::Cow;

use declapi::{Timestamp, endpoint, resource, response};

use super::{ConnectionRoleAssignment, GroupRoleAssignment, IdentityProvider, Sso};
use crate::b2b::ActingToken;
use crate::b2b::models::{ConnectionRole, GroupRole};
use crate::{HttpStatus, JsonObject, Secret};

/// SSO connections with SAML, from [`Sso::saml`].
#[resource(on = Sso)]
pub struct Saml;

/// Creates a SAML connection. It is `pending` until an update has set all data of the identity provider.
#[endpoint(post = "/v1/b2b/sso/saml/{organization_id}", response = ConnectionResponse, on = Saml)]
#[derive(Clone)]
#[non_exhaustive]
pub struct CreateConnection<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The name that users see.
    pub display_name: Option<Cow<'a, str>>,
    /// The identity provider, for setup instructions. Default: `generic`.
    pub identity_provider: Option<IdentityProvider>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

/// Changes a SAML connection. Fields that are not set keep their values, and a new certificate is added to the existing
/// ones.
#[endpoint(
    put = "/v1/b2b/sso/saml/{organization_id}/connections/{connection_id}",
    response = ConnectionResponse,
    on = Saml,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct UpdateConnection<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the connection.
    pub connection_id: Cow<'a, str>,
    /// The entity ID of the identity provider: a URL.
    pub idp_entity_id: Option<Cow<'a, str>>,
    /// The name that users see.
    pub display_name: Option<Cow<'a, str>>,
    /// The attributes of the identity provider that contain the data of a member. The keys are `email`, and either
    /// `full_name` or `first_name` and `last_name`.
    pub attribute_mapping: Option<JsonObject>,
    /// A certificate in PEM form, for signatures of the identity provider.
    pub x509_certificate: Option<Cow<'a, str>>,
    /// The URL to which members are sent.
    pub idp_sso_url: Option<Cow<'a, str>>,
    /// Roles for members who log in with the connection. They replace the previous roles.
    pub saml_connection_implicit_role_assignments: Option<Vec<ConnectionRole<'a>>>,
    /// Roles for members who are in a group. They replace the previous roles.
    pub saml_group_implicit_role_assignments: Option<Vec<GroupRole<'a>>>,
    /// An audience that is accepted in addition to the default.
    pub alternative_audience_uri: Option<Cow<'a, str>>,
    /// The identity provider, for setup instructions.
    pub identity_provider: Option<IdentityProvider>,
    /// A private key in PEM form, for signatures of requests.
    #[endpoint(secret)]
    pub signing_private_key: Option<Cow<'a, str>>,
    /// The format of the member's name at the identity provider: a URN.
    pub nameid_format: Option<Cow<'a, str>>,
    /// A URL at which responses are accepted in addition to the default.
    pub alternative_acs_url: Option<Cow<'a, str>>,
    /// Whether logins that start at the identity provider are rejected.
    pub idp_initiated_auth_disabled: Option<bool>,
    /// A private key in PEM form, for the decryption of assertions.
    #[endpoint(secret)]
    pub saml_encryption_private_key: Option<Cow<'a, str>>,
    /// Whether responses through a gateway are accepted.
    pub allow_gateway_callback: Option<bool>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

/// Changes a SAML connection according to the metadata of the identity provider. A new certificate is added to the
/// existing ones.
#[endpoint(
    put = "/v1/b2b/sso/saml/{organization_id}/connections/{connection_id}/url",
    response = ConnectionResponse,
    on = Saml,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct UpdateByUrl<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the connection.
    pub connection_id: Cow<'a, str>,
    /// The URL of the metadata.
    pub metadata_url: Cow<'a, str>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

/// A response with a SAML connection.
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct ConnectionResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The connection.
    pub connection: Option<SamlConnection>,
}

/// Deletes a certificate of the identity provider from a SAML connection. Add the new certificate first.
#[endpoint(
    delete = "/v1/b2b/sso/saml/{organization_id}/connections/{connection_id}/verification_certificates/{certificate_id}",
    response = DeleteVerificationCertificateResponse,
    on = Saml,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct DeleteVerificationCertificate<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the connection.
    pub connection_id: Cow<'a, str>,
    /// The id of the certificate.
    pub certificate_id: Cow<'a, str>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

/// The response to [`DeleteVerificationCertificate`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct DeleteVerificationCertificateResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the certificate.
    #[response(required)]
    pub certificate_id: String,
}

/// Deletes a private key for the decryption of assertions from a SAML connection.
#[endpoint(
    delete = "/v1/b2b/sso/saml/{organization_id}/connections/{connection_id}/encryption_private_keys/{private_key_id}",
    response = DeleteEncryptionPrivateKeyResponse,
    on = Saml,
    idempotent
)]
#[derive(Clone)]
#[non_exhaustive]
pub struct DeleteEncryptionPrivateKey<'a> {
    /// The id of the organization, its slug, or your own id for it.
    pub organization_id: Cow<'a, str>,
    /// The id of the connection.
    pub connection_id: Cow<'a, str>,
    /// The id of the key.
    pub private_key_id: Cow<'a, str>,
    /// The session token of the member who makes the request. The roles of this member must allow the request.
    #[endpoint(secret, header = "X-Stytch-Member-Session")]
    pub acting_session_token: Option<ActingToken<'a>>,
    /// The session JWT of the member who makes the request, as an alternative to the session token.
    #[endpoint(secret, header = "X-Stytch-Member-SessionJWT")]
    pub acting_session_jwt: Option<ActingToken<'a>>,
}

/// The response to [`DeleteEncryptionPrivateKey`].
#[response]
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct DeleteEncryptionPrivateKeyResponse {
    /// The id of the request. Stytch's support needs it.
    pub request_id: String,
    /// The HTTP status from the body, or from the response if the body has none.
    pub status_code: HttpStatus,
    /// The id of the key.
    #[response(required)]
    pub private_key_id: String,
}

/// An SSO connection with SAML.
#[response]
#[derive(Clone, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct SamlConnection {
    /// The id of the organization.
    pub organization_id: String,
    /// The id of the connection.
    pub connection_id: String,
    /// The status, for example `pending` or `active`.
    pub status: String,
    /// The entity ID of the identity provider: a URL.
    pub idp_entity_id: String,
    /// The name that users see.
    pub display_name: String,
    /// The URL to which members are sent.
    pub idp_sso_url: String,
    /// The URL to which the identity provider must send its responses.
    pub acs_url: String,
    /// The audience of the responses of the identity provider.
    pub audience_uri: String,
    /// The certificates for signatures of requests.
    pub signing_certificates: Vec<X509Certificate>,
    /// The certificates for signatures of the identity provider.
    pub verification_certificates: Vec<X509Certificate>,
    /// The private keys for the decryption of assertions.
    pub encryption_private_keys: Vec<EncryptionPrivateKey>,
    /// Roles for members who log in with the connection.
    pub saml_connection_implicit_role_assignments: Vec<ConnectionRoleAssignment>,
    /// Roles for members who are in a group.
    pub saml_group_implicit_role_assignments: Vec<GroupRoleAssignment>,
    /// An audience that is accepted in addition to the default.
    pub alternative_audience_uri: String,
    /// The identity provider.
    pub identity_provider: IdentityProvider,
    /// The format of the member's name at the identity provider: a URN.
    pub nameid_format: String,
    /// A URL at which responses are accepted in addition to the default.
    pub alternative_acs_url: String,
    /// Whether logins that start at the identity provider are rejected.
    pub idp_initiated_auth_disabled: bool,
    /// Whether responses through a gateway are accepted.
    pub allow_gateway_callback: bool,
    /// The attributes of the identity provider that contain the data of a member.
    pub attribute_mapping: Option<JsonObject>,
}

/// A certificate of a SAML connection.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct X509Certificate {
    /// The id of the certificate.
    pub certificate_id: String,
    /// The certificate, in PEM form.
    pub certificate: String,
    /// The issuer.
    pub issuer: String,
    /// The time when it was created.
    #[response(lenient)]
    pub created_at: Option<Timestamp>,
    /// The time when it expires.
    #[response(lenient)]
    pub expires_at: Option<Timestamp>,
    /// The time of the last change.
    #[response(lenient)]
    pub updated_at: Option<Timestamp>,
}

/// A private key for the decryption of assertions.
#[response]
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct EncryptionPrivateKey {
    /// The id of the key.
    pub private_key_id: String,
    /// The key, in PEM form.
    pub private_key: Secret,
    /// The time when it was created.
    #[response(lenient)]
    pub created_at: Option<Timestamp>,
}
