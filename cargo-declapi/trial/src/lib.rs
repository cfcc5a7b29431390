//! Declarations that were written from a document.

#![deny(missing_docs, warnings)]

pub mod api;

declapi::catalogue! {
    /// Every endpoint.
    pub const ENDPOINTS;
}

#[cfg(test)]
mod tests {
    #[test]
    fn matches_the_document() {
        let path = std::env::var("DOCUMENT").expect("the path of the document");
        let document = std::fs::read_to_string(path).expect("the document");
        declapi_check::openapi(&document).against(super::ENDPOINTS).assert();
    }
}
