//! OAuth scopes.

use serde::{Deserialize, Serialize};

/// Scopes in a request, separated by spaces.
///
/// ```
/// use stytch_client::models::Scopes;
///
/// let scopes = Scopes::from(["read:documents", "write:documents"]);
/// assert_eq!(scopes.as_str(), "read:documents write:documents");
/// assert_eq!(scopes, Scopes::from("read:documents write:documents"));
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Scopes(String);

impl Scopes {
    /// Returns the scopes, separated by spaces.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    #[expect(clippy::ref_option, reason = "serde passes a reference")]
    pub(crate) fn are_none(scopes: &Option<Self>) -> bool {
        scopes.as_ref().is_none_or(|scopes| scopes.0.is_empty())
    }
}

impl From<&str> for Scopes {
    fn from(scopes: &str) -> Self {
        Self(scopes.to_owned())
    }
}

impl From<String> for Scopes {
    fn from(scopes: String) -> Self {
        Self(scopes)
    }
}

impl<S: AsRef<str>, const N: usize> From<[S; N]> for Scopes {
    fn from(scopes: [S; N]) -> Self {
        scopes.iter().collect()
    }
}

impl<S: AsRef<str>> From<Vec<S>> for Scopes {
    fn from(scopes: Vec<S>) -> Self {
        scopes.iter().collect()
    }
}

impl<S: AsRef<str>> FromIterator<S> for Scopes {
    fn from_iter<I: IntoIterator<Item = S>>(scopes: I) -> Self {
        let mut text = String::new();
        for scope in scopes {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(scope.as_ref());
        }
        Self(text)
    }
}
