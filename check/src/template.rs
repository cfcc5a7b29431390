//! Finds the operation of an endpoint by the shape of its path. The names of placeholders do not matter.

use declapi::EndpointInfo;

use crate::document::{Document, Operation};

/// The operations of a document, by the shapes of their paths.
pub(crate) struct Paths<'d> {
    operations: Vec<(Vec<String>, &'d Operation)>,
    /// The paths of the servers' URLs.
    bases: Vec<&'d str>,
}

impl<'d> Paths<'d> {
    pub(crate) fn of(document: &'d Document) -> Self {
        let operations = document.operations.iter().map(|operation| (shape(&operation.path), operation));
        let base = |url: &'d String| {
            let (_, rest) = url.split_once("://")?;
            let path = &rest[rest.find('/')?..];
            Some(path.trim_end_matches('/')).filter(|path| !path.is_empty())
        };
        Self { operations: operations.collect(), bases: document.servers.iter().filter_map(base).collect() }
    }

    /// Returns the operation of an endpoint, or a description of the documented methods.
    pub(crate) fn find(&self, info: &EndpointInfo) -> Result<&'d Operation, String> {
        let whole = plain(info.path);
        // A declared path may begin with the path of a server's URL.
        let below = self.bases.iter().filter_map(|base| whole.strip_prefix(base));
        let paths: Vec<&str> = std::iter::once(&*whole).chain(below).collect();
        let without = without_optional(info.path);
        let shapes = paths.iter().copied().chain(without.as_deref()).map(shape);
        let mut methods = Vec::new();
        for declared in shapes {
            let same = |fits: fn(&[String], &[String]) -> bool| {
                let operations = self.operations.iter().filter(|(shape, _)| fits(&declared, shape));
                operations.map(|(_, operation)| *operation).collect::<Vec<_>>()
            };
            let operations = [same(|declared, shape| declared == shape), same(fits)].concat();
            let is_method = |operation: &&&Operation| operation.method == info.method.as_str();
            if let Some(operation) = operations.iter().find(is_method) {
                return Ok(operation);
            }
            methods.extend(operations.into_iter().map(|operation| operation.method.as_str()));
        }
        if methods.is_empty() {
            return Err("no such path".to_owned());
        }
        methods.dedup();
        Err(format!("this path has only {}", methods.join(", ")))
    }
}

/// Returns the names of the placeholders that are at the same position in both paths.
pub(crate) fn pairs<'t>(declared: &'t str, documented: &'t str) -> Vec<(&'t str, &'t str)> {
    let segments = |path: &'t str| path.split('/').rev().map(names).collect::<Vec<_>>();
    // From the end, because one of them may begin with the path of a server.
    let both = segments(declared).into_iter().zip(segments(documented));
    let both = both.filter(|(declared, documented)| declared.len() == documented.len());
    both.flat_map(|(declared, documented)| declared.into_iter().zip(documented)).collect()
}

/// Returns the names of the placeholders in a path.
pub(crate) fn names(path: &str) -> Vec<&str> {
    let names = path.split('{').skip(1).filter_map(|rest| rest.split('}').next());
    names.map(|name| name.trim_end_matches(['*', '?'])).collect()
}

/// Returns a declared path as OpenAPI writes it, without the signs of placeholders. A `*` outside of braces is literal.
pub(crate) fn plain(path: &str) -> String {
    let part = |part: &str| match part.split_once('}') {
        Some((name, after)) => format!("{}}}{after}", name.trim_end_matches(['*', '?'])),
        None => part.to_owned(),
    };
    path.split('{').map(part).collect::<Vec<_>>().join("{")
}

/// Returns the path without its optional segments, if there are any.
fn without_optional(path: &str) -> Option<String> {
    let segments = path.split('/').filter(|segment| !(segment.contains('{') && segment.contains('?')));
    path.contains('?').then(|| plain(&segments.collect::<Vec<_>>().join("/")))
}

/// Returns the segments of a path without the names of their placeholders.
fn shape(path: &str) -> Vec<String> {
    let segment = |segment: &str| {
        let mut parts = segment.split('{');
        let first = parts.next().unwrap_or_default().to_owned();
        parts.fold(first, |shape, part| shape + "{}" + part.split_once('}').map_or("", |(_, rest)| rest))
    };
    path.split('/').map(segment).collect()
}

/// Returns whether a declared path has a documented shape. Several placeholders in a segment may be one in the document.
fn fits(declared: &[String], documented: &[String]) -> bool {
    let fits = |(declared, documented): (&String, &String)| {
        declared == documented || (documented == "{}" && declared.contains("{}"))
    };
    declared.len() == documented.len() && declared.iter().zip(documented).all(fits)
}

#[test]
fn shapes_do_not_contain_names() {
    assert_eq!(shape("/a/{b}/{c}...{d}.json"), ["", "a", "{}", "{}...{}.json"]);
    assert!(fits(&shape("/compare/{base}...{head}"), &shape("/compare/{basehead}")));
    assert!(!fits(&shape("/users/me"), &shape("/users/{id}")) && !fits(&shape("/a"), &shape("/a/{b}")));
    assert_eq!(plain("/a/{b*}/{c*?}/{d?}"), "/a/{b}/{c}/{d}");
    assert_eq!(plain("/*/a*b/{c*}*.json"), "/*/a*b/{c}*.json");
    assert_eq!(without_optional("/tags/{tag?}/files").as_deref(), Some("/tags/files"));
    assert_eq!(pairs("/v1/{a}/{b*}", "/{c}/{d}"), [("b", "d"), ("a", "c")]);
}
