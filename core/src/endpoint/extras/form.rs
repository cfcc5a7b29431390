//! Adds fields to a body that is an HTML form.

use percent_encoding::percent_decode;
use serde_json::Value;
use zeroize::Zeroizing;

use super::Extras;
use crate::Error;
use crate::endpoint::body::BodyBuffer;
use crate::endpoint::form::{CONTENT_TYPE, encode};
use crate::endpoint::request::Request;

impl Extras {
    /// Sets pairs of the form. Null removes the pairs with the name.
    pub(super) fn merge_form(&self, request: &mut Request) -> Result<(), Error> {
        let mut form = BodyBuffer::with_capacity(request.body.len());
        let is_replaced = |pair: &[u8]| self.body.iter().any(|(name, _)| is_named(pair, name));
        for pair in request.pairs().filter(|pair| !is_replaced(pair)) {
            separate(&mut form);
            form.extend(pair);
        }
        for (name, json) in &self.body {
            let Some(text) = text(json).map_err(|reason| Error::request(request.info, name, reason))? else {
                continue;
            };
            separate(&mut form);
            encode(name, &mut form);
            form.push(b'=');
            encode(&text, &mut form);
            if !self.are_constants {
                request.format.iter_mut().for_each(|format| format.secrets.all.push(text.clone()));
            }
        }
        request.body = form.freeze();
        Ok(())
    }
}

impl Request {
    /// Returns whether the body is a form.
    pub(in crate::endpoint) fn is_form(&self) -> bool {
        self.content_type().is_some_and(|kind| kind == CONTENT_TYPE)
    }

    /// Returns whether the form has a pair with the name.
    pub(in crate::endpoint) fn has_form_pair(&self, name: &str) -> bool {
        self.pairs().any(|pair| is_named(pair, name))
    }

    /// Returns the value of a pair of the form.
    pub(in crate::endpoint) fn form_value(&self, name: &str) -> Option<String> {
        let pair = self.pairs().find(|pair| is_named(pair, name))?;
        let value = pair.split(|byte| *byte == b'=').nth(1)?;
        Some(String::from_utf8_lossy(&decoded(value)).into_owned())
    }

    fn pairs(&self) -> impl Iterator<Item = &[u8]> {
        self.body.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty())
    }
}

fn separate(form: &mut BodyBuffer) {
    if form.len() > 0 {
        form.push(b'&');
    }
}

fn is_named(pair: &[u8], name: &str) -> bool {
    let given = pair.split(|byte| *byte == b'=').next().unwrap_or_default();
    decoded(given) == name.as_bytes()
}

/// Decodes a name or a value.
fn decoded(text: &[u8]) -> Vec<u8> {
    let spaced: Vec<u8> = text.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    percent_decode(&spaced).collect()
}

/// Returns the text of a scalar; `None` for null.
fn text(json: &[u8]) -> Result<Option<Zeroizing<String>>, &'static str> {
    Ok(match serde_json::from_slice(json).unwrap_or_default() {
        Value::Null => None,
        Value::String(text) => Some(Zeroizing::new(text)),
        Value::Bool(value) => Some(Zeroizing::new(value.to_string())),
        Value::Number(number) => Some(Zeroizing::new(number.to_string())),
        Value::Array(_) | Value::Object(_) => {
            return Err(
                "the values of a form are strings: set each value with a separate name, for example `metadata[order]`",
            );
        }
    })
}
