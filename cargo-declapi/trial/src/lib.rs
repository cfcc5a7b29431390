//! Declarations that were written from a document.

#![deny(missing_docs, warnings)]

pub mod api;

declapi::catalogue! {
    /// Every endpoint.
    pub const ENDPOINTS;
}

#[cfg(test)]
mod tests {
    fn check() -> declapi_check::Check {
        let path = std::env::var("DOCUMENT").expect("the path of the document");
        let document = std::fs::read_to_string(path).expect("the document");
        declapi_check::openapi(&document).against(super::ENDPOINTS)
    }

    #[test]
    fn matches_the_document() {
        check().assert();
    }

    #[test]
    fn a_comment_names_each_field_that_is_missing() {
        let report = check().complete().report().expect("the document");
        let comments: Vec<&str> = include_str!("api.rs")
            .lines()
            .filter_map(|line| line.trim_start().strip_prefix("// "))
            .collect();
        let comments = comments.join(" ");
        for difference in report.differences() {
            let name = difference.field.rsplit('.').next().unwrap_or_default();
            let is_said = comments.contains(&format!("`{name}`"));
            // Operations with other tags have no endpoint.
            assert!(difference.endpoint.is_none() || is_said, "{difference}");
        }
    }
}
