//! Parses the input of `catalogue!`: `crate = …;`, `root = "…";`, `pub const NAME;` and `macro_rules! name;`.

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{ParseStream, Parser};
use syn::{Attribute, Ident, LitStr, Path, Result, Token, Visibility};

use crate::errors::Errors;
use crate::parse::{Slot, value};

const WANTED: &str = "`catalogue!` takes `pub const NAME;`, `macro_rules! name;`, or both";

/// A declared constant or macro.
pub(super) struct Declared {
    pub(super) attributes: Vec<Attribute>,
    pub(super) vis: Visibility,
    pub(super) name: Ident,
}

/// The input of `catalogue!`.
#[derive(Default)]
pub(super) struct Arguments {
    /// The path of the runtime crate if it has another name.
    pub(super) runtime: Option<Path>,
    /// The file with the root module, relative to the folder of the manifest.
    pub(super) root: Option<LitStr>,
    pub(super) constant: Option<Declared>,
    pub(super) callback: Option<Declared>,
}

#[derive(Default)]
struct Slots {
    runtime: Slot<Path>,
    root: Slot<LitStr>,
    constant: Slot<Declared>,
    callback: Slot<Declared>,
}

impl Arguments {
    pub(super) fn read(input: TokenStream, errors: &Errors) -> Self {
        let mut slots = Slots::default();
        let is_empty = input.is_empty();
        let walk = |input: ParseStream<'_>| {
            while !input.is_empty() {
                if let Err(error) = slots.statement(input, errors) {
                    errors.push(error);
                    while !input.is_empty() && !input.peek(Token![;]) {
                        input.parse::<TokenTree>()?;
                    }
                }
                if !input.is_empty() && input.parse::<Option<Token![;]>>()?.is_none() {
                    errors.at(input.span(), "expected `;`");
                    input.parse::<TokenTree>()?;
                }
            }
            Ok(())
        };
        if let Err(error) = walk.parse2(input) {
            errors.push(error);
        }
        if is_empty || slots.has_only_keys() {
            errors.at(Span::call_site(), WANTED);
        }
        let Slots { runtime, root, constant, callback } = slots;
        Self {
            runtime: runtime.take(),
            root: root.take(),
            constant: constant.take(),
            callback: callback.take(),
        }
    }
}

impl Slots {
    /// Returns whether the input has keys but neither a constant nor a macro.
    fn has_only_keys(&self) -> bool {
        let has_keys = self.runtime.is_set() || self.root.is_set();
        has_keys && !self.constant.is_set() && !self.callback.is_set()
    }

    /// Parses a statement without its semicolon.
    fn statement(&mut self, input: ParseStream<'_>, errors: &Errors) -> Result<()> {
        let attributes = Attribute::parse_outer(input)?;
        let vis: Visibility = input.parse()?;
        let span = input.span();
        let Ok(key) = input.call(Ident::parse_any) else {
            return Err(syn::Error::new(span, WANTED));
        };
        let is_bare = attributes.is_empty() && matches!(vis, Visibility::Inherited);
        match key.to_string().as_str() {
            "crate" if is_bare => {
                let path = value(&key, "a path, as in `crate = api`", input, errors)?;
                self.runtime.set(&key, path, errors);
            }
            "root" if is_bare => {
                let wanted = "a file in the folder of the manifest, as in `root = \"src/main.rs\"`";
                self.root.set(&key, value(&key, wanted, input, errors)?, errors);
            }
            "const" => {
                let name = input.parse()?;
                reject_definition(input, errors)?;
                self.constant.set(&key, Declared { attributes, vis, name }, errors);
            }
            "macro_rules" => {
                if !matches!(vis, Visibility::Inherited) {
                    errors.over(&vis, "an exported macro has no visibility: write `macro_rules! name;`");
                }
                input.parse::<Token![!]>()?;
                let name = input.parse()?;
                reject_definition(input, errors)?;
                self.callback.set(&key, Declared { attributes, vis: Visibility::Inherited, name }, errors);
            }
            _ => return Err(syn::Error::new(key.span(), WANTED)),
        }
        Ok(())
    }
}

/// Reports a type, a value or a body. The macro generates them itself.
fn reject_definition(input: ParseStream<'_>, errors: &Errors) -> Result<()> {
    let mut given = TokenStream::new();
    while !input.is_empty() && !input.peek(Token![;]) {
        given.extend(input.parse::<TokenTree>()?.into_token_stream());
    }
    if !given.is_empty() {
        errors.over(given, "the macro generates the rest of the item: end with `;` after the name");
    }
    Ok(())
}
