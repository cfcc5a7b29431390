//! The client of Stytch's B2B API.

use std::sync::Arc;

use declapi::Mode;

use super::{ActingSession, MemberClient};
use crate::client::{environment, from_environment};
use crate::connected_app::ConnectedApps;
use crate::debug::Debug;
use crate::fraud::Fraud;
use crate::m2m::M2m;
use crate::project::Project;
use crate::project_state::{Api, InProject, ProjectClient, ProjectState};
use crate::{Error, StytchError};

/// A client of Stytch's B2B API.
///
/// A clone shares connections, retry budget, keys and policies with the original and costs two reference counts. Create
/// one client and clone it wherever you need it. `Debug` shows no credentials. One client can be used from several
/// Tokio runtimes.
///
/// The client has all rights of the project. [`acting_as`](Self::acting_as) returns a client that has the rights of a
/// member.
///
/// ```no_run
/// # async fn example() -> Result<(), stytch_client::Error> {
/// let client = stytch_client::b2b::Client::builder("project-test-…", "secret-test-…").build()?;
/// let response = client.organizations().create().organization_name("Acme").send().await?;
/// println!("{}", response.organization.organization_id);
/// # Ok(())
/// # }
/// ```
#[declapi::client(error = StytchError, host("telemetry" = "https://telemetry.stytch.com", auth))]
pub struct Client {
    project: Arc<ProjectState>,
}

/// Builds a [`Client`].
pub type ClientBuilder = declapi::ClientBuilder<Client>;

impl Client {
    /// Returns a builder for a client with the credentials of a B2B project.
    ///
    /// The credentials, the hosts and the other options are the same as for [`Client::builder`](crate::Client::builder) of
    /// the consumer API.
    pub fn builder(project_id: impl Into<String>, secret: impl Into<String>) -> ClientBuilder {
        let id = project_id.into();
        let project = Arc::new(ProjectState::new(&id, Api::B2b));
        Self::builder_with(project).base_url(environment(&id)).basic_auth(id, secret)
    }

    /// Builds a client from environment variables: `STYTCH_PROJECT_ID`, `STYTCH_SECRET` and, if set, `STYTCH_BASE_URL`
    /// and `STYTCH_TELEMETRY_BASE_URL`.
    ///
    /// # Errors
    ///
    /// One of the first two is not set, or one of the four is not valid Unicode or has an invalid value.
    pub fn from_env() -> Result<Self, Error> {
        from_environment(Self::builder)
    }
}

impl<M> Client<M> {
    /// Returns the id of the client's project.
    pub fn project_id(&self) -> &str {
        self.project.id()
    }

    /// Applications that members connect with their accounts.
    pub fn connected_app(&self) -> ConnectedApps<&Self> {
        ConnectedApps::new(self)
    }

    /// The check of the credentials.
    pub fn debug(&self) -> Debug<&Self> {
        Debug::new(self)
    }

    /// Devices, rules and verdicts.
    pub fn fraud(&self) -> Fraud<&Self> {
        Fraud::new(self)
    }

    /// Machines that call your API.
    pub fn m2m(&self) -> M2m<&Self> {
        M2m::new(self)
    }

    /// The project itself.
    pub fn project(&self) -> Project<&Self> {
        Project::new(self)
    }
}

impl<M: Mode> Client<M> {
    /// Returns a client whose calls are made in the name of a member. The roles of the member must allow them.
    ///
    /// It has only the operations for which Stytch checks roles.
    ///
    /// ```no_run
    /// use stytch_client::b2b::ActingSession;
    ///
    /// # async fn example(client: stytch_client::b2b::Client, cookie: &str) -> Result<(), stytch_client::Error> {
    /// let as_member = client.acting_as(ActingSession::token(cookie));
    /// as_member.organizations().update().organization_id("acme").organization_name("Acme & Co.").send().await?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// ```compile_fail,E0599
    /// # use stytch_client::b2b::{ActingSession, Client};
    /// # fn example(client: Client, cookie: &str) {
    /// // A member cannot create an organization.
    /// client.acting_as(ActingSession::token(cookie)).organizations().create();
    /// # }
    /// ```
    pub fn acting_as(&self, session: impl Into<ActingSession>) -> MemberClient<M> {
        MemberClient::new(self.clone(), session.into())
    }
}

impl<M: Mode> InProject for Client<M> {
    fn project_id(&self) -> &str {
        self.project_id()
    }

    fn in_project(&self) -> ProjectClient {
        ProjectClient::new(self.inner().to_async(), Arc::clone(&self.project))
    }
}
