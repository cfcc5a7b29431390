//! The client of Stytch's consumer API.

use std::sync::Arc;

use declapi::{ApiClient, Mode};

use crate::project_state::{Api, InProject, ProjectClient, ProjectState};
use crate::{Error, StytchError};

/// A client of Stytch's consumer API.
///
/// A clone shares connections, retry budget and keys with the original and costs two reference counts. Create one
/// client and clone it wherever you need it. `Debug` shows no credentials. One client can be used from several Tokio
/// runtimes.
///
/// ```no_run
/// # async fn example() -> Result<(), stytch_client::Error> {
/// let client = stytch_client::Client::builder("project-test-…", "secret-test-…").build()?;
/// let login = client.passwords().authenticate().email("ada@example.com").password("…").send().await?;
/// println!("{}", login.user_id);
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
    /// Returns a builder for a client with the credentials of a Stytch project.
    ///
    /// They are on the project's page in the Stytch dashboard. A project id that begins with `project-live-` selects
    /// Stytch's live environment; any other id selects the test environment.
    ///
    /// Use [`base_url`](ClientBuilder::base_url) for another server. The operations of [`fraud`](crate::fraud) have a
    /// separate host, which is the same for both environments. Use [`host_with_auth("telemetry",
    /// …)`](ClientBuilder::host_with_auth) to change it.
    pub fn builder(project_id: impl Into<String>, secret: impl Into<String>) -> ClientBuilder {
        let id = project_id.into();
        let project = Arc::new(ProjectState::new(&id, Api::Consumer));
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
}

impl<M: Mode> InProject for Client<M> {
    fn project_id(&self) -> &str {
        self.project_id()
    }

    fn in_project(&self) -> ProjectClient {
        ProjectClient::new(self.inner().to_async(), Arc::clone(&self.project))
    }
}

/// Builds a client of either API from the environment.
pub(crate) fn from_environment<C: ApiClient<In<declapi::Async> = C>>(
    builder: impl FnOnce(String, String) -> declapi::ClientBuilder<C>,
) -> Result<C, Error> {
    let mut builder = builder(variable("STYTCH_PROJECT_ID")?, variable("STYTCH_SECRET")?);
    if std::env::var_os("STYTCH_BASE_URL").is_some() {
        builder = builder.base_url(variable("STYTCH_BASE_URL")?);
    }
    if std::env::var_os("STYTCH_TELEMETRY_BASE_URL").is_some() {
        builder = builder.host_with_auth("telemetry", variable("STYTCH_TELEMETRY_BASE_URL")?);
    }
    builder.build()
}

const LIVE: &str = "https://api.stytch.com";
const TEST: &str = "https://test.stytch.com";

/// Returns the base URL of Stytch's API for a project.
pub(crate) fn environment(project_id: &str) -> &'static str {
    if project_id.starts_with("project-live-") { LIVE } else { TEST }
}

/// Returns whether a base URL belongs to Stytch, and not to the custom domain of a project.
#[cfg(feature = "rustls")]
pub(crate) fn is_own_address(base_url: &str) -> bool {
    base_url == LIVE || base_url == TEST
}

fn variable(name: &str) -> Result<String, Error> {
    let value = std::env::var(name).map_err(|error| {
        // The error of a variable that is not valid Unicode would quote its value.
        Error::config(match error {
            std::env::VarError::NotPresent => {
                format!("the environment variable {name} is not set: set it, or use `Client::builder`")
            }
            std::env::VarError::NotUnicode(_) => {
                format!("the environment variable {name} is not valid Unicode")
            }
        })
    })?;
    if value.is_empty() {
        return Err(Error::config(format!("the environment variable {name} is empty: set it")));
    }
    Ok(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn projects_have_their_environment() {
        assert_eq!(environment("project-live-1"), "https://api.stytch.com");
        for test in ["project-test-1", "project-live", "Project-live-1", ""] {
            assert_eq!(environment(test), "https://test.stytch.com");
        }
    }
}
