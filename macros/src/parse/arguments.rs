//! Parses the arguments of `#[endpoint(…)]`, `#[object(…)]` and `#[response(…)]`.

use proc_macro2::{Span, TokenStream};
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{
    DeriveInput, Error, GenericArgument, Ident, LitInt, LitStr, Path, PathArguments, PathSegment, Result,
    Token, Type,
};

use super::constants;
use super::defaults::Defaults;
use super::page::Paging;
use super::template::Template;
use super::vocabulary::{ENDPOINT, RENAME_ALL};
use super::{Slot, Vocabulary, body, flag, keys, skip_to_comma, value};
use crate::errors::Errors;
use crate::prepare;

/// The message for a missing `response = …`.
const NO_RESPONSE: &str =
    "`response` is missing: write `response = Type`, the type of a successful response, or `response = ()`";

/// The arguments of `#[endpoint(…)]` on a struct.
pub(crate) struct EndpointArguments {
    /// All methods that were given. More or fewer than one is a mistake. `None` stands for a path that could not be
    /// parsed.
    pub(crate) methods: Vec<(Ident, Option<Template>)>,
    /// An error if it is missing or cannot be parsed. The error is reported in the position of the type.
    pub(crate) response: Result<Type>,
    /// The statuses that are read as `None`.
    pub(crate) none: Vec<LitInt>,
    /// The format of the body; `None` for a JSON object of fields.
    pub(crate) format: Option<Type>,
    pub(crate) paging: Option<Paging>,
    pub(crate) on: Option<On>,
    pub(crate) name: Option<Ident>,
    pub(crate) idempotent: bool,
    pub(crate) timeout: Option<u64>,
    pub(crate) defaults: Defaults,
    pub(crate) runtime: Option<Path>,
    /// Whether a reported mistake may have been meant as the method.
    pub(crate) is_misspelt: bool,
    /// The first argument, where missing arguments are reported.
    pub(crate) start: Span,
}

/// The arguments while they are parsed.
#[derive(Default)]
struct EndpointSlots {
    methods: Vec<(Ident, Option<Template>)>,
    response: Slot<Result<Type>>,
    none: Vec<LitInt>,
    format: Slot<Type>,
    paging: Slot<Paging>,
    on: Slot<On>,
    name: Slot<Ident>,
    idempotent: Slot<()>,
    timeout: Slot<u64>,
    defaults: Defaults,
    runtime: Slot<Path>,
}

impl EndpointArguments {
    pub(crate) fn read(tokens: TokenStream, item: &DeriveInput, errors: &Errors) -> Self {
        let start = tokens.clone().into_iter().next().map_or(item.ident.span(), |first| first.span());
        let mut slots = EndpointSlots::default();
        let known = keys(tokens, &ENDPOINT, errors, |name, key, input| slots.key(name, key, input, errors));
        let missing = || Err(Error::new(start, NO_RESPONSE));
        let response = slots.response.take().unwrap_or_else(missing);
        Self {
            methods: slots.methods,
            response: response.and_then(|response| prepare::response(item, response)),
            none: slots.none,
            format: slots.format.take(),
            paging: slots.paging.take(),
            on: slots.on.take(),
            name: slots.name.take(),
            idempotent: slots.idempotent.is_set(),
            timeout: slots.timeout.take(),
            defaults: slots.defaults,
            runtime: slots.runtime.take(),
            is_misspelt: !known,
            start,
        }
    }
}

impl EndpointSlots {
    fn key(&mut self, name: &str, key: &Ident, input: ParseStream<'_>, errors: &Errors) -> Result<()> {
        match name {
            "response" => {
                let wanted = "the type of a successful response, as in `response = User`, or `()`";
                let response = value(key, wanted, input, errors);
                if response.is_err() {
                    skip_to_comma(input)?;
                }
                let response = response.and_then(success);
                self.response.set(key, response, errors);
            }
            "page" => self.paging.set(key, Paging::read(key, input, errors)?, errors),
            "none" => {
                let status = status(key, input, errors)?;
                if self.none.iter().any(|before| before.base10_digits() == status.base10_digits()) {
                    errors.at(status.span(), format!("{status} is given twice: keep one"));
                } else {
                    self.none.push(status);
                }
            }
            "body" if body::is_format(input) => {
                let format = body::format(key, input, errors)?;
                self.format.set(key, format, errors);
            }
            "on" => {
                let on = On::read(key, input, errors)?;
                self.on.set(key, on, errors);
            }
            "name" => self.name.set(key, method_name(key, input, errors)?, errors),
            "idempotent" => self.idempotent.set(key, flag(key, input)?, errors),
            "timeout" => self.timeout.set(key, constants::timeout(key, input, errors)?, errors),
            "header" | "query" | "body" | "idempotency_key" | "host" | "auth" | "envelope" => {
                self.defaults.read(name, key, input, errors)?;
            }
            "crate" => self.runtime.set(key, renamed(key, input, errors)?, errors),
            method => {
                // Added even if its path is wrong, so that no second error says that there is no method.
                let wanted = format!("the path as a string, as in `{method} = \"/v1/users\"`");
                let path = value::<LitStr>(key, &wanted, input, errors);
                let template = path.as_ref().ok().map(|path| Template::read(path, errors));
                self.methods.push((Ident::new(method, key.span()), template));
                path?;
            }
        }
        Ok(())
    }
}

/// Parses the arguments of `#[object(…)]` and `#[response(…)]`, which accept only the path of the runtime.
pub(crate) fn only_runtime(tokens: TokenStream, owner: &'static str, errors: &Errors) -> Slot<Path> {
    let vocabulary = Vocabulary {
        owner,
        keys: &["crate"],
        example: "crate = api",
        synonyms: &[],
        advice: &[("rename_all", RENAME_ALL)],
    };
    let mut runtime = Slot::default();
    keys(tokens, &vocabulary, errors, |_, key, input| {
        let path = renamed(key, input, errors)?;
        // serde's attributes take the path as a string, in which `$crate` has no meaning.
        if path.segments.first().is_some_and(|first| first.ident == "$crate") {
            let message = format!(
                "`$crate` is not possible here: write the whole path, as in `{key} = ::facade::declapi`"
            );
            return Err(Error::new_spanned(path, message));
        }
        runtime.set(key, path, errors);
        Ok(())
    });
    runtime
}

/// The type in `on = …`.
pub(crate) struct On {
    /// Whether it was written as `on = &Type`. The method then belongs to the type itself and borrows it.
    pub(crate) by_reference: bool,
    pub(crate) path: Path,
    /// The client in `on = Users<&Client>`: the method exists only for the resource over that client.
    pub(crate) client: Option<Path>,
    /// Other generic arguments after the path. They were removed, because the macro adds them.
    pub(crate) excess: Option<PathArguments>,
}

impl On {
    pub(super) fn read(key: &Ident, input: ParseStream<'_>, errors: &Errors) -> Result<Self> {
        let mut on: Self = value(key, "a resource, as in `on = Users`", input, errors)?;
        if !on.by_reference && on.path.segments.last().is_some_and(|last| last.ident == "Client") {
            let message = "a client is not a resource: write `on = &Client`, or leave `on` out for a client of \
                           another crate";
            errors.over(&on.path, message);
            on.by_reference = true;
        }
        Ok(on)
    }
}

impl Parse for On {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let by_reference = input.parse::<Option<Token![&]>>()?.is_some();
        let mut path: Path = input.parse()?;
        let is_type =
            |last: &PathSegment| !["self", "super", "crate", "Self"].iter().any(|word| last.ident == word);
        if !path.segments.last().is_some_and(is_type) {
            return Err(input.error("expected a type"));
        }
        let last = path.segments.last_mut().filter(|last| !last.arguments.is_none());
        let arguments = last.map(|last| std::mem::replace(&mut last.arguments, PathArguments::None));
        let client = arguments.as_ref().filter(|_| !by_reference).and_then(client);
        let excess = arguments.filter(|_| client.is_none());
        Ok(Self { by_reference, path, client, excess })
    }
}

/// Returns the type in `<&Type>`.
fn client(arguments: &PathArguments) -> Option<Path> {
    let PathArguments::AngleBracketed(arguments) = arguments else { return None };
    let mut arguments = arguments.args.iter();
    let (Some(GenericArgument::Type(Type::Reference(reference))), None) =
        (arguments.next(), arguments.next())
    else {
        return None;
    };
    match &*reference.elem {
        Type::Path(ty)
            if reference.lifetime.is_none() && reference.mutability.is_none() && ty.qself.is_none() =>
        {
            Some(ty.path.clone())
        }
        _ => None,
    }
}

/// Checks the type of a successful response. Every `send` adds the `Result`.
fn success(response: Type) -> Result<Type> {
    if crate::types::is_result(&response) {
        let message = "`response` is the type of a successful response: write that type alone, `send` adds the `Result`";
        return Err(Error::new_spanned(response, message));
    }
    Ok(response)
}

/// Parses a status that is not an error.
fn status(key: &Ident, input: ParseStream<'_>, errors: &Errors) -> Result<LitInt> {
    let wanted =
        "a status without content, as in `none = 404`; for two of them, write `none = 404, none = 410`";
    let Status(literal) = value(key, wanted, input, errors)?;
    let complain = |message: String| Err(Error::new(literal.span(), message));
    match literal.base10_parse::<u16>() {
        Ok(200) => complain("a response with the status 200 would never be read: remove this".to_owned()),
        Ok(status @ 201..=599) => Ok(LitInt::new(&status.to_string(), literal.span())),
        _ => complain(format!("`{key}` takes {wanted}")),
    }
}

/// A number without anything after it.
struct Status(LitInt);

impl Parse for Status {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let status = input.parse()?;
        if input.is_empty() || input.peek(Token![,]) {
            Ok(Self(status))
        } else {
            Err(input.error("one status"))
        }
    }
}

pub(super) fn method_name(key: &Ident, input: ParseStream<'_>, errors: &Errors) -> Result<Ident> {
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

/// The path of a module, in the syntax of `use`.
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
    let wanted = "the path of the runtime crate, as in `crate = api`";
    value(key, wanted, input, errors).map(|ModulePath(path)| path)
}
