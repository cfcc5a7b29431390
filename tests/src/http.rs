//! HTTP clients to hand in.

/// The beginning of one with the cryptography it needs, without proxies, and with reqwest's defaults else: it
/// follows redirects.
pub fn client() -> reqwest::ClientBuilder {
    // Whoever comes second finds it installed already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy()
}
