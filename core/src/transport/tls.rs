//! TLS settings, which depend on the features of the crate.

use crate::Error;

/// The TLS settings of a client.
pub(crate) struct Tls {
    #[cfg(feature = "rustls")]
    config: rustls::ClientConfig,
}

#[cfg(feature = "rustls")]
impl Tls {
    /// `needed` is false if neither the server nor a proxy uses TLS.
    pub(crate) fn new(needed: bool) -> Result<Self, Error> {
        use std::sync::Arc;

        use rustls::ClientConfig;
        use rustls_platform_verifier::Verifier;

        // The provider is needed even without https, because the HTTP client would panic otherwise.
        let Some(provider) = crypto_provider() else {
            return Err(Error::config(
                "TLS has no cryptography provider: enable the feature `ring` or `aws-lc`, or install a default \
                 `rustls::crypto::CryptoProvider`",
            ));
        };
        let setup = |error: rustls::Error| Error::config("TLS cannot be set up").with_source(error);
        let config =
            ClientConfig::builder_with_provider(Arc::clone(&provider)).with_safe_default_protocol_versions();
        let config = config.map_err(setup)?;
        let config = if needed {
            let verifier = Verifier::new(provider).map_err(setup)?;
            config.dangerous().with_custom_certificate_verifier(Arc::new(verifier))
        } else {
            // If no certificate has to be verified, the certificates of the system do not have to be read.
            config.with_root_certificates(rustls::RootCertStore::empty())
        };
        #[cfg_attr(not(feature = "http2"), allow(unused_mut))]
        let mut config = config.with_no_client_auth();
        #[cfg(feature = "http2")]
        config.alpn_protocols.extend([b"h2".to_vec(), b"http/1.1".to_vec()]);
        Ok(Self { config })
    }

    pub(crate) fn apply(&self, http: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
        http.tls_backend_preconfigured(self.config.clone())
    }
}

/// Returns the cryptography provider for TLS: the default of the process, or else the one that the features select.
#[cfg(feature = "rustls")]
pub fn crypto_provider() -> Option<std::sync::Arc<rustls::crypto::CryptoProvider>> {
    let installed = rustls::crypto::CryptoProvider::get_default().cloned();
    #[cfg(feature = "aws-lc")]
    let compiled = Some(rustls::crypto::aws_lc_rs::default_provider());
    #[cfg(all(feature = "ring", not(feature = "aws-lc")))]
    let compiled = Some(rustls::crypto::ring::default_provider());
    #[cfg(not(any(feature = "ring", feature = "aws-lc")))]
    let compiled = None;
    installed.or_else(|| compiled.map(std::sync::Arc::new))
}

/// TLS by the operating system, or no TLS.
#[cfg(not(feature = "rustls"))]
impl Tls {
    pub(crate) fn new(needed: bool) -> Result<Self, Error> {
        if needed && !cfg!(feature = "native-tls") {
            return Err(Error::config(
                "this build has no TLS: enable the feature `ring`, `aws-lc`, `rustls` or `native-tls`",
            ));
        }
        Ok(Self {})
    }

    #[expect(clippy::unused_self, reason = "it has the same signature as the version for rustls")]
    pub(crate) fn apply(&self, http: reqwest::ClientBuilder) -> reqwest::ClientBuilder {
        http
    }
}

#[cfg(all(test, feature = "rustls", not(any(feature = "ring", feature = "aws-lc"))))]
mod tests {
    use crate::{Client, ErrorKind};

    #[test]
    fn no_cryptography_is_an_error_and_not_a_panic() {
        for url in ["https://api.example.com", "http://127.0.0.1:1"] {
            let error = Client::builder(url).build().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Config);
            assert!(error.to_string().contains("CryptoProvider"), "{error}");
        }
    }
}
