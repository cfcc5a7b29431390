//! Custom HTTP clients.

/// Starts one with the cryptography it needs and without proxies. The rest is reqwest's default: it follows redirects.
pub fn client() -> reqwest::ClientBuilder {
    // It fails if another test has installed it already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy()
}
