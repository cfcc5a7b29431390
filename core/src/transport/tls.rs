//! TLS, as the features of the crate choose it.

use crate::Error;

/// Gives the HTTP client its TLS; `needed` is false where the base URL is plain http.
#[cfg(feature = "rustls")]
pub(crate) fn configure(http: reqwest::ClientBuilder, needed: bool) -> Result<reqwest::ClientBuilder, Error> {
    use std::sync::Arc;

    use rustls::ClientConfig;
    use rustls_platform_verifier::Verifier;

    // Without https, too: the HTTP client would panic.
    let Some(provider) = provider() else {
        return Err(Error::config(
            "TLS has no cryptography: enable the feature `ring` or `aws-lc`, or install a default \
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
        // Nothing is trusted where nothing is to be verified, which spares reading the system's certificates.
        config.with_root_certificates(rustls::RootCertStore::empty())
    };
    Ok(http.tls_backend_preconfigured(config.with_no_client_auth()))
}

/// The process's own choice first, then what was compiled in.
#[cfg(feature = "rustls")]
pub(crate) fn provider() -> Option<std::sync::Arc<rustls::crypto::CryptoProvider>> {
    let installed = rustls::crypto::CryptoProvider::get_default().cloned();
    #[cfg(feature = "aws-lc")]
    let compiled = Some(rustls::crypto::aws_lc_rs::default_provider());
    #[cfg(all(feature = "ring", not(feature = "aws-lc")))]
    let compiled = Some(rustls::crypto::ring::default_provider());
    #[cfg(not(any(feature = "ring", feature = "aws-lc")))]
    let compiled = None;
    installed.or_else(|| compiled.map(std::sync::Arc::new))
}

/// Leaves TLS to what the operating system has.
#[cfg(all(feature = "native-tls", not(feature = "rustls")))]
#[expect(clippy::unnecessary_wraps, reason = "it has the shape of the one that can fail")]
pub(crate) fn configure(
    http: reqwest::ClientBuilder,
    _needed: bool,
) -> Result<reqwest::ClientBuilder, Error> {
    Ok(http)
}

/// Without TLS, only loopback and what `allow_plain_http` allows can be reached.
#[cfg(not(any(feature = "rustls", feature = "native-tls")))]
pub(crate) fn configure(http: reqwest::ClientBuilder, needed: bool) -> Result<reqwest::ClientBuilder, Error> {
    if needed {
        return Err(Error::config(
            "this build has no TLS: enable the feature `ring`, `aws-lc`, `rustls` or `native-tls`",
        ));
    }
    Ok(http)
}

#[cfg(all(test, feature = "rustls", not(any(feature = "ring", feature = "aws-lc"))))]
mod tests {
    use crate::{Client, ErrorKind};

    #[test]
    fn no_cryptography_is_an_error_and_no_panic() {
        for url in ["https://api.example.com", "http://127.0.0.1:1"] {
            let error = Client::for_api(url).build().unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Config);
            assert!(error.to_string().contains("CryptoProvider"), "{error}");
        }
    }
}
