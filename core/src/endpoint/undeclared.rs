//! Builds requests that no struct declares.

use std::borrow::Cow;
use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use http::HeaderValue;
use serde::Serialize;

use super::absolute::{signatures, whole_url};
use super::body::BodyBuffer;
use super::extras::Extras;
use super::format::{BodyFormat, Formatted};
use super::options::CallOptions;
use super::parts::Rejection;
use super::request::{Request, SecretKind, SecretRange, SecretRanges};
use super::spelling::push_segments;
use super::text::TextSerializer;
use crate::{EndpointInfo, Error, Method};

/// More paths than a program should have. It limits the memory use if a program writes values into paths.
const MAX_PATHS: usize = 256;
/// The path that errors and hooks see after that.
const ANY_PATH: &str = "/…";
/// The path of a request with a whole URL.
const ANY_URL: &str = "{url}";

/// The parts of a request that have been set.
pub(crate) struct Undeclared {
    method: Method,
    path: String,
    idempotent: bool,
    values: Vec<(String, String)>,
    extras: Extras,
    body: Option<Formatted>,
    options: CallOptions,
    /// The first name that cannot be sent, and the reason.
    rejected: Option<(String, String)>,
}

impl Undeclared {
    pub(crate) fn new(method: Method, path: String) -> Self {
        Self {
            method,
            path,
            idempotent: false,
            values: Vec::new(),
            extras: Extras::default(),
            body: None,
            options: CallOptions::default(),
            rejected: None,
        }
    }

    pub(crate) fn idempotent(&mut self) {
        self.idempotent = true;
    }

    pub(crate) fn path<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        let mut text = String::new();
        let mut sink = |_: &str, value: &str| {
            text.push_str(value);
            Ok(())
        };
        if let Err(error) = value.serialize(TextSerializer::one(name, "a path", &mut sink)) {
            // The message of the value's serializer may quote the value.
            let hidden = "its serializer rejected it".to_owned();
            self.reject(name, if error.is_custom() { hidden } else { error.to_string() });
        }
        self.values.push((name.to_owned(), text));
    }

    pub(crate) fn query<T: Serialize + ?Sized>(&mut self, name: &str, value: &T) {
        self.extras.query(name, value);
    }

    pub(crate) fn header(&mut self, name: &str, value: &str) {
        self.extras.header(name, value);
    }

    pub(crate) fn json<T: Serialize + ?Sized>(&mut self, value: &T) {
        let mut json = BodyBuffer::with_capacity(0);
        match value.serialize(&mut serde_json::Serializer::new(&mut json)) {
            Ok(()) => self.body = Some(Formatted::bytes(json.freeze(), None)),
            Err(error) => self.reject(
                "*",
                if error.is_custom() { "its serializer rejected it".to_owned() } else { error.to_string() },
            ),
        }
    }

    pub(crate) fn body(&mut self, media_type: &str, bytes: Bytes) {
        match HeaderValue::from_str(media_type) {
            Ok(kind) => self.body = Some(Formatted::bytes(bytes, Some(kind))),
            Err(_) => self.reject(
                "content-type",
                "this media type contains characters that are not allowed in a header".to_owned(),
            ),
        }
    }

    pub(crate) fn body_as<F: BodyFormat>(&mut self, value: &impl Serialize) {
        match Formatted::of::<F, _>(info(self.method, ANY_PATH, false), value) {
            Ok(body) => self.body = Some(body),
            Err(reason) => self.reject("body", reason),
        }
    }

    pub(crate) fn options(&mut self, options: CallOptions) {
        self.options = std::mem::take(&mut self.options).and(options);
    }

    /// Builds the request.
    pub(crate) fn request(&self) -> Result<Request, Error> {
        let info = info(self.method, &self.path, self.idempotent);
        let reject = |(name, reason): (String, String)| Error::request(info, &name, &reason);
        if let Some(rejected) = self.rejected.clone() {
            return Err(reject(rejected));
        }
        let (path, mut secrets) = self.filled().map_err(reject)?;
        let Formatted { body, format } =
            self.body.clone().unwrap_or_else(|| Formatted::bytes(Bytes::new(), None));
        // No value is marked as secret, so any of them may be one.
        let (kind, end) = match (format.is_none(), &*body) {
            (true, [b'{', .., b'}']) => (SecretKind::Fields, body.len() - 1),
            _ => (SecretKind::Value, body.len()),
        };
        if !body.is_empty() {
            secrets.push(SecretRange { kind, range: 0..end });
        }
        let (path, headers, settings) = (Cow::Owned(path), Vec::new(), None);
        let mut request = Request { info, path, headers, body, format, secrets, settings };
        self.extras.merge(&mut request)?;
        self.options.apply(&mut request)?;
        Ok(request)
    }

    /// Returns the path with its values. The error contains the wrong name and the reason.
    fn filled(&self) -> Result<(String, SecretRanges), (String, String)> {
        let mut used = Vec::new();
        let mut find = |name: &str| {
            used.push(name.to_owned());
            self.values.iter().rfind(|(given, _)| given == name).map(|(_, value)| value.as_str())
        };
        let about_path = |reason: &str| ("path".to_owned(), reason.to_owned());
        let filled = if let Some(name) = whole_placeholder(&self.path) {
            let value = find(name).ok_or_else(|| no_value(name))?;
            let url = whole_url(value).map_err(|reason| (name.to_owned(), reason.to_owned()))?;
            let secrets = signatures(&url).into_iter();
            let secrets = secrets.map(|range| SecretRange { kind: SecretKind::Query, range });
            (String::from(url.as_str()), secrets.collect())
        } else if !self.path.starts_with('/') {
            return Err(about_path(
                "it does not begin with a slash; for a whole URL write `{url}` and `.path(\"url\", …)`",
            ));
        } else {
            (fill(&self.path, &mut find)?, SecretRanges::new())
        };
        match self.values.iter().find(|(name, _)| !used.contains(name)) {
            Some((name, _)) => {
                Err((name.clone(), format!("the path has no placeholder for it: add `{{{name}}}`")))
            }
            None => Ok(filled),
        }
    }

    fn reject(&mut self, name: &str, reason: String) {
        self.rejected.get_or_insert_with(|| (name.escape_debug().to_string(), reason));
    }
}

/// Fills the placeholders of a path.
fn fill<'v>(
    template: &str,
    find: &mut impl FnMut(&str) -> Option<&'v str>,
) -> Result<String, (String, String)> {
    let about_path = |reason: &str| ("path".to_owned(), reason.to_owned());
    let (mut path, mut rest) = (String::with_capacity(template.len()), template);
    loop {
        let (before, after) =
            rest.split_once('{').map_or((rest, None), |(before, after)| (before, Some(after)));
        if before.contains(['?', '#']) {
            return Err(about_path("it contains a `?` or a `#`: set the query with `.query(…)`"));
        }
        let Some(after) = after else { break };
        let unclosed = || about_path("it contains a `{` that is not closed");
        let (placeholder, after) = after.split_once('}').ok_or_else(unclosed)?;
        let name = placeholder.trim_end_matches(['*', '?']);
        match find(name) {
            Some(value) => {
                path.push_str(before);
                push_segments(&mut path, placeholder, after.is_empty(), value)
                    .map_err(|reason| (name.to_owned(), reason))?;
            }
            None if placeholder.ends_with('?') => path.push_str(before.strip_suffix('/').unwrap_or(before)),
            None => return Err(no_value(name)),
        }
        rest = after;
    }
    path.push_str(rest);
    if path.is_empty() {
        path.push('/');
    }
    Ok(path)
}

fn no_value(name: &str) -> (String, String) {
    (name.to_owned(), format!("it has no value: call `.path(\"{name}\", …)`"))
}

/// Returns the name of the placeholder if the path is a whole URL.
fn whole_placeholder(path: &str) -> Option<&str> {
    path.strip_prefix('{')?.strip_suffix('}').filter(|name| !name.contains(['{', '}']))
}

/// Returns the metadata of a request. Caches it for the next request with the same path.
///
/// Errors, hooks and spans need metadata that lives as long as the program, because that of a declaration does.
fn info(method: Method, path: &str, idempotent: bool) -> &'static EndpointInfo {
    static KNOWN: Mutex<Vec<&'static EndpointInfo>> = Mutex::new(Vec::new());

    let mut known = KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    let mut path = path;
    loop {
        let is_it = |info: &&&'static EndpointInfo| {
            info.method == method && info.idempotent == idempotent && info.path == path
        };
        if let Some(info) = known.iter().find(is_it) {
            return info;
        }
        if known.len() < MAX_PATHS || [ANY_PATH, ANY_URL].contains(&path) {
            let path: &'static str = Box::leak(path.into());
            let info = EndpointInfo::new("undeclared", method, path, idempotent, "", 0, &[]);
            let info: &'static EndpointInfo = Box::leak(Box::new(info));
            known.push(info);
            return info;
        }
        path = if whole_placeholder(path).is_some() { ANY_URL } else { ANY_PATH };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn filled(path: &str, values: &[(&str, &str)]) -> Result<String, String> {
        let mut request = Undeclared::new(Method::Get, path.to_owned());
        for (name, value) in values {
            request.path(name, value);
        }
        request.request().map(|request| request.path().to_owned()).map_err(|error| error.to_string())
    }

    #[test]
    fn paths_are_filled() {
        let values = [("id", "a/b"), ("rest", "x/y z")];
        assert_eq!(filled("/v1/{id}:cancel/{rest*}", &values).unwrap(), "/v1/a%2Fb:cancel/x/y%20z");
        assert_eq!(filled("/v1/{tag?}", &[]).unwrap(), "/v1");
        assert_eq!(filled("/{tag?}", &[]).unwrap(), "/");
        assert_eq!(
            filled("{url}", &[("url", "https://a.example/b?c=d#e")]).unwrap(),
            "https://a.example/b?c=d"
        );
    }

    #[test]
    fn mistakes_in_paths_are_errors() {
        for (path, values, words) in [
            ("v1", &[][..], "`path` cannot be sent: it does not begin with a slash"),
            ("https://a.example/", &[], "for a whole URL write `{url}`"),
            ("/a?b=c", &[], "set the query with `.query(…)`"),
            ("/{id", &[], "not closed"),
            ("/{id}", &[], "`id` cannot be sent: it has no value: call `.path(\"id\", …)`"),
            ("/{id}", &[("id", "..")], "would lead to another route"),
            ("/a", &[("id", "7")], "the path has no placeholder for it: add `{id}`"),
            ("{url}", &[("url", "secret")], "`url` cannot be sent: it is not an absolute URL"),
            ("{url}", &[], "it has no value"),
        ] {
            let error = filled(path, values).unwrap_err();
            assert!(error.contains(words), "{path}: {error}");
        }
    }

    /// A program that writes values into paths uses a limited amount of memory, and its calls still work.
    #[test]
    fn paths_without_end() {
        for number in 0..2 * MAX_PATHS {
            assert_eq!(
                filled(&format!("/without-end/{number}"), &[]).unwrap(),
                format!("/without-end/{number}")
            );
        }
        let last = info(Method::Get, "/without-end/last", false);
        assert_eq!(last.path, ANY_PATH);
        assert!(std::ptr::eq(last, info(Method::Get, "/without-end/other", false)));
        assert_eq!(info(Method::Put, "{file}", true).path, ANY_URL);
    }
}
