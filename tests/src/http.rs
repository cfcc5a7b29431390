//! Custom HTTP clients.

/// Returns a reqwest client with the cryptography it needs and without proxies. It has the defaults of reqwest, so
/// that it follows redirects.
pub fn client() -> reqwest::ClientBuilder {
    // It fails if another test has installed it already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy()
}
