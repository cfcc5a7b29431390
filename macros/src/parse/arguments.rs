//! The arguments of `#[endpoint(…)]`, `#[object(…)]`, `#[response(…)]` and `#[resource(…)]`.

use proc_macro2::{Span, TokenStream};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Error, Ident, LitStr, Path, PathArguments, PathSegment, Result, Token, Type};

use super::{Slot, Vocabulary, flag, keys, skip_to_comma, value};
use crate::errors::Errors;

/// The HTTP methods an endpoint can have, as the attribute spells them.
pub(crate) const METHODS: [&str; 6] = ["get", "post", "put", "patch", "delete", "head"];

const RENAME_ALL: &str = "that is serde's to say, as in `#[serde(rename_all = \"camelCase\")]`";

const METHOD_AND_PATH: &str = "the method is the key and the path its value, as in `post = \"/v1/users\"`";

const ENDPOINT: Vocabulary = Vocabulary {
    owner: "`#[endpoint]`",
    keys: &["get", "post", "put", "patch", "delete", "head", "response", "on", "name", "idempotent", "crate"],
    example: "post = \"/v1/users\"",
    advice: &[
        ("method", METHOD_AND_PATH),
        ("path", METHOD_AND_PATH),
        ("url", METHOD_AND_PATH),
        ("uri", METHOD_AND_PATH),
        ("route", METHOD_AND_PATH),
        ("rename_all", RENAME_ALL),
    ],
    synonyms: &[
        ("returns", "response"),
        ("result", "response"),
        ("output", "response"),
        ("handle", "on"),
        ("resource", "on"),
        ("client", "on"),
    ],
};

const RESOURCE: Vocabulary = Vocabulary {
    owner: "`#[resource]`",
    keys: &["on", "name", "crate"],
    example: "on = Users",
    synonyms: &[],
    advice: &[("path", "a resource has no path: each endpoint says its own, whole")],
};

/// What `#[endpoint(…)]` on a struct says.
#[derive(Default)]
pub(crate) struct EndpointArguments {
    /// Every method that was given: one is right, none and several are mistakes. `None` for an unreadable path.
    pub(crate) methods: Vec<(Ident, Option<LitStr>)>,
    /// What stands behind `response =`; an unreadable one is reported in the place of the type.
    pub(crate) response: Slot<Result<Type>>,
    pub(crate) on: Slot<Handle>,
    pub(crate) name: Slot<Ident>,
    pub(crate) idempotent: Slot<()>,
    pub(crate) runtime: Slot<Path>,
    /// Whether something was reported that may have been meant as the method.
    pub(crate) misspelt: bool,
}

impl EndpointArguments {
    pub(crate) fn read(tokens: TokenStream, errors: &Errors) -> Self {
        let mut read = Self::default();
        let known = keys(tokens, &ENDPOINT, errors, |name, key, input| read.key(name, key, input, errors));
        read.misspelt = !known;
        read
    }

    fn key(&mut self, name: &str, key: &Ident, input: ParseStream<'_>, errors: &Errors) -> Result<()> {
        match name {
            "response" => {
                let wanted = "the type that a success decodes to, as in `response = User`, or `()`";
                let response = value(key, wanted, input, errors);
                if response.is_err() {
                    skip_to_comma(input)?;
                }
                let response = response.and_then(success);
                self.response.set(key, response, errors);
            }
            "on" => {
                let handle = value(key, "a resource handle, as in `on = Users`", input, errors)?;
                self.on.set(key, handle, errors);
            }
            "name" => self.name.set(key, method_name(key, input, errors)?, errors),
            "idempotent" => self.idempotent.set(key, flag(key, input)?, errors),
            "crate" => self.runtime.set(key, renamed(key, input, errors)?, errors),
            method => {
                // Pushed even when its path is wrong, so that nobody is told that there is no method.
                let wanted = format!("the path as a string, as in `{method} = \"/v1/users\"`");
                let path = value::<LitStr>(key, &wanted, input, errors);
                self.methods.push((Ident::new(method, key.span()), path.as_ref().ok().cloned()));
                path?;
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
        keys(tokens, &RESOURCE, errors, |name, key, input| {
            match name {
                "on" => {
                    let handle = value(key, "a handle, as in `on = Users`", input, errors)?;
                    read.on.set(key, handle, errors);
                }
                "name" => read.name.set(key, method_name(key, input, errors)?, errors),
                _ => read.runtime.set(key, renamed(key, input, errors)?, errors),
            }
            Ok(())
        });
        read
    }
}

/// Reads the arguments of `#[object(…)]` and `#[response(…)]`: where the run time is, and nothing else.
pub(crate) fn only_runtime(tokens: TokenStream, owner: &'static str, errors: &Errors) -> Slot<Path> {
    let vocabulary = Vocabulary {
        owner,
        keys: &["crate"],
        example: "crate = stytch",
        synonyms: &[],
        advice: &[("rename_all", RENAME_ALL)],
    };
    let mut runtime = Slot::default();
    keys(tokens, &vocabulary, errors, |_, key, input| {
        let path = renamed(key, input, errors)?;
        // serde's attributes take the path as a text, in which `$crate` means nothing.
        if path.segments.first().is_some_and(|first| first.ident == "$crate") {
            let message = format!(
                "`$crate` cannot be followed here: write the whole path, as in `{key} = ::facade::stytch_client`"
            );
            return Err(Error::new_spanned(path, message));
        }
        runtime.set(key, path, errors);
        Ok(())
    });
    runtime
}

/// What an `on = …` names.
pub(crate) struct Handle {
    /// Whether it was written `on = &Type`: a method on the type itself, which lends itself to the handle.
    pub(crate) by_reference: bool,
    pub(crate) path: Path,
    /// Generic arguments behind the path, which were taken off: they are the macro's to add.
    pub(crate) excess: Option<PathArguments>,
}

impl Parse for Handle {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let by_reference = input.parse::<Option<Token![&]>>()?.is_some();
        let mut path: Path = input.parse()?;
        let is_type =
            |last: &PathSegment| !["self", "super", "crate", "Self"].iter().any(|word| last.ident == word);
        if !path.segments.last().is_some_and(is_type) {
            return Err(input.error("expected a type"));
        }
        let last = path.segments.last_mut().filter(|last| !last.arguments.is_none());
        let excess = last.map(|last| std::mem::replace(&mut last.arguments, PathArguments::None));
        Ok(Self { by_reference, path, excess })
    }
}

/// The type of an answer, which every `send` wraps into a `Result` by itself.
fn success(response: Type) -> Result<Type> {
    if crate::types::is_result(&response) {
        let message =
            "`response` is what a success decodes to: write that type alone, a refusal is an `Error`";
        return Err(Error::new_spanned(response, message));
    }
    Ok(response)
}

fn method_name(key: &Ident, input: ParseStream<'_>, errors: &Errors) -> Result<Ident> {
    let keyword = input.peek(Token![=]) && input.peek2(Ident::peek_any) && !input.peek2(Ident);
    if !keyword {
        return value(key, "the method's name, as in `name = create`", input, errors);
    }
    input.parse::<Token![=]>()?;
    let keyword = input.call(Ident::parse_any)?;
    let word = keyword.to_string();
    if matches!(word.as_str(), "self" | "Self" | "super" | "crate" | "_") {
        return Err(Error::new(keyword.span(), format!("`{word}` is a keyword: choose another name")));
    }
    errors.at(keyword.span(), format!("`{word}` is a keyword: write `r#{word}`"));
    Ok(Ident::new_raw(&word, keyword.span()))
}

/// The path of a module, which `use` can take.
struct ModulePath(Path);

impl Parse for ModulePath {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let path = input.call(Path::parse_mod_style)?;
        if path.segments.iter().any(|segment| segment.ident == "Self") {
            return Err(input.error("expected a module"));
        }
        Ok(Self(path))
    }
}

pub(super) fn renamed(key: &Ident, input: ParseStream<'_>, errors: &Errors) -> Result<Path> {
    let wanted = "the path of the run time crate, as in `crate = stytch`";
    value(key, wanted, input, errors).map(|ModulePath(path)| path)
}

/// Where to point when something is missing from the arguments as a whole.
pub(crate) fn arguments_span(arguments: &TokenStream, fallback: Span) -> Span {
    arguments.clone().into_iter().next().map_or(fallback, |first| first.span())
}
