//! The arguments of `#[endpoint(…)]` and `#[resource(…)]`.

use proc_macro2::{Span, TokenStream};
use syn::parse::{Parse, ParseStream};
use syn::{Ident, LitStr, Path, Result, Token, Type};

use super::{Slot, flag, keys, value};
use crate::errors::Errors;
use crate::suggest::{hint, listed};

/// The HTTP methods an endpoint can have, as the attribute spells them.
pub(crate) const METHODS: [&str; 6] = ["get", "post", "put", "patch", "delete", "head"];
const ENDPOINT_KEYS: [&str; 5] = ["response", "on", "name", "idempotent", "crate"];
const RESOURCE_KEYS: [&str; 3] = ["on", "name", "crate"];

/// What `#[endpoint(…)]` on a struct says.
#[derive(Default)]
pub(crate) struct EndpointArguments {
    /// Every method that was given: one is right, none and several are mistakes.
    pub(crate) methods: Vec<(Ident, LitStr)>,
    pub(crate) response: Slot<Type>,
    pub(crate) on: Slot<Handle>,
    pub(crate) name: Slot<Ident>,
    pub(crate) idempotent: Slot<()>,
    pub(crate) runtime: Slot<Path>,
    /// Whether a key that may have been meant as the method was already reported.
    pub(crate) misspelt: bool,
}

impl EndpointArguments {
    pub(crate) fn read(tokens: TokenStream, errors: &Errors) -> Self {
        let mut read = Self::default();
        keys(tokens, errors, |key, input| read.key(key, input, errors));
        read
    }

    fn key(&mut self, key: &Ident, input: ParseStream<'_>, errors: &Errors) -> Result<()> {
        match key.to_string().as_str() {
            method if METHODS.contains(&method) => {
                // Pushed even when its path is wrong, so that nobody is told that there is no method.
                let path = value(key, "the path as a string, as in `post = \"/v1/users\"`", input);
                let unreadable = || LitStr::new("/", key.span());
                self.methods.push((key.clone(), path.as_ref().cloned().unwrap_or_else(|_| unreadable())));
                path?;
            }
            "response" => self.response.set(key, response(key, input)?, errors),
            "on" => self.on.set(key, value(key, "the resource handle, as in `on = Users`", input)?, errors),
            "name" => self.name.set(key, method_name(key, input)?, errors),
            "idempotent" => self.idempotent.set(key, flag(key, input)?, errors),
            "crate" => self.runtime.set(key, renamed(key, input)?, errors),
            unknown => {
                self.misspelt |= input.peek(Token![=]) && input.peek2(LitStr);
                return Err(unknown_key(key, unknown, &[&METHODS[..], &ENDPOINT_KEYS[..]].concat()));
            }
        }
        Ok(())
    }
}

/// What `#[resource(…)]` says.
#[derive(Default)]
pub(crate) struct ResourceArguments {
    pub(crate) on: Slot<Handle>,
    pub(crate) name: Slot<Ident>,
    pub(crate) runtime: Slot<Path>,
}

impl ResourceArguments {
    pub(crate) fn read(tokens: TokenStream, errors: &Errors) -> Self {
        let mut read = Self::default();
        keys(tokens, errors, |key, input| {
            match key.to_string().as_str() {
                "on" => read.on.set(key, value(key, "a handle, as in `on = Users`", input)?, errors),
                "name" => read.name.set(key, value(key, "a name, as in `name = users`", input)?, errors),
                "crate" => read.runtime.set(key, renamed(key, input)?, errors),
                unknown => return Err(unknown_key(key, unknown, &RESOURCE_KEYS)),
            }
            Ok(())
        });
        read
    }
}

/// Reads the arguments of `#[object(…)]` and `#[response(…)]`: where the run time is, and nothing else.
pub(crate) fn only_runtime(tokens: TokenStream, errors: &Errors) -> Slot<Path> {
    let mut runtime = Slot::default();
    keys(tokens, errors, |key, input| match key.to_string().as_str() {
        "crate" => {
            runtime.set(key, renamed(key, input)?, errors);
            Ok(())
        }
        unknown => Err(unknown_key(key, unknown, &["crate"])),
    });
    runtime
}

/// What an `on = …` names.
pub(crate) struct Handle {
    /// Whether it was written `on = &Type`: a method on the type itself, which lends itself to the handle.
    pub(crate) by_reference: bool,
    pub(crate) path: Path,
}

impl Parse for Handle {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let by_reference = input.parse::<Option<Token![&]>>()?.is_some();
        Ok(Self { by_reference, path: input.parse()? })
    }
}

fn method_name(key: &Ident, input: ParseStream<'_>) -> Result<Ident> {
    value(key, "the method's name, as in `name = create`", input)
}

fn response(key: &Ident, input: ParseStream<'_>) -> Result<Type> {
    value(key, "the type that a success decodes to, as in `response = User`, or `()`", input)
}

fn renamed(key: &Ident, input: ParseStream<'_>) -> Result<Path> {
    if input.peek(Token![=]) && input.peek2(Token![crate]) {
        input.parse::<Token![=]>()?;
        return input.call(Path::parse_mod_style);
    }
    value(key, "the path of the run time crate, as in `crate = stytch`", input)
}

fn unknown_key(key: &Ident, unknown: &str, known: &[&str]) -> syn::Error {
    let hint = hint(unknown, known.iter().copied(), format!(": {} would do", listed(known)));
    syn::Error::new(key.span(), format!("unknown key `{unknown}`{hint}"))
}

/// Where to point when something is missing from the arguments as a whole.
pub(crate) fn arguments_span(arguments: &TokenStream, fallback: Span) -> Span {
    arguments.clone().into_iter().next().map_or(fallback, |first| first.span())
}
