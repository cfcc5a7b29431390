//! Parses the items of a module that the catalogue needs: modules, re-exports, and structs with an `#[endpoint(…)]`.
//!
//! They are parsed token by token, because the full parser of syn takes long to compile. Items inside other items, for
//! example inside functions, are ignored.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::parse::Parser;
use syn::{Attribute, DeriveInput, GenericParam, LitStr, Meta, Visibility};

use super::reexport::{self, Reexport};
use crate::types::is_sign;

/// An item of a module.
pub(super) enum Item {
    Module {
        name: Ident,
        is_public: bool,
        is_deprecated: bool,
        cfgs: Vec<TokenStream>,
        /// The value of `#[path = "…"]`.
        path: Option<String>,
        /// Whether a `cfg_attr` may set another path.
        has_hidden_path: bool,
        /// The tokens between its braces; `None` for a module in a file.
        contents: Option<TokenStream>,
    },
    Reexports(Vec<Reexport>),
    /// A struct. It has several descriptions if it has several `cfg_attr`s with an `endpoint(…)`.
    Endpoints(Vec<Endpoint>),
}

/// A struct with an `#[endpoint(…)]`.
pub(super) struct Endpoint {
    pub(super) name: Ident,
    pub(super) is_public: bool,
    pub(super) is_deprecated: bool,
    pub(super) cfgs: Vec<TokenStream>,
    /// The number of lifetimes.
    pub(super) lifetimes: usize,
    /// Whether it has generic parameters that the path cannot leave out.
    pub(super) is_generic: bool,
}

/// The content of a module.
pub(super) struct Contents {
    /// The predicates of the `#![cfg]` attributes at its start.
    pub(super) cfgs: Vec<TokenStream>,
    pub(super) is_deprecated: bool,
    /// Its items, except those that exist only in tests.
    pub(super) items: Vec<Item>,
}

/// Parses the content of a module. For other crates, a `pub(crate)` module or import is private.
pub(super) fn read(tokens: TokenStream, is_for_others: bool) -> Contents {
    let mut cursor = Cursor { tokens: tokens.into_iter().collect(), at: 0, is_for_others };
    let inner = cursor.inner_attributes();
    if is_test_only(&inner) {
        return Contents { cfgs: Vec::new(), is_deprecated: false, items: Vec::new() };
    }
    let mut items = Vec::new();
    while cursor.peek().is_some() {
        let start = cursor.at;
        items.extend(cursor.item());
        // Always moves forward, even if the tokens are not an item.
        cursor.at = cursor.at.max(start + 1);
    }
    Contents { cfgs: cfgs(&inner), is_deprecated: is_deprecated(&inner), items }
}

struct Cursor {
    tokens: Vec<TokenTree>,
    at: usize,
    is_for_others: bool,
}

impl Cursor {
    fn peek(&self) -> Option<&TokenTree> {
        self.tokens.get(self.at)
    }

    fn next(&mut self) -> Option<TokenTree> {
        let token = self.peek().cloned();
        self.at += 1;
        token
    }

    fn word(&self) -> Option<&Ident> {
        match self.peek() {
            Some(TokenTree::Ident(word)) => Some(word),
            _ => None,
        }
    }

    fn is_sign(&self, sign: char) -> bool {
        self.peek().is_some_and(|token| is_sign(token, sign))
    }

    /// Parses the inner attributes of the module.
    fn inner_attributes(&mut self) -> Vec<Given> {
        let mut attributes = TokenStream::new();
        while let Some([sign, bang, TokenTree::Group(group)]) = self.tokens.get(self.at..self.at + 3) {
            if !is_sign(sign, '#') || !is_sign(bang, '!') {
                break;
            }
            attributes.extend([sign.clone(), group.clone().into()]);
            self.at += 3;
        }
        parsed(attributes)
    }

    /// Parses the next item, or skips a part of something else.
    fn item(&mut self) -> Option<Item> {
        let start = self.at;
        while self.is_sign('#') {
            self.at += 1;
            self.at += usize::from(matches!(self.peek(), Some(TokenTree::Group(_))));
        }
        let attributes: TokenStream = self.tokens.get(start..self.at)?.iter().cloned().collect();
        let is_public = self.visibility();
        let keyword = self.word()?.to_string();
        match keyword.as_str() {
            "mod" => self.module(is_public, attributes),
            "use" => {
                self.at += 1;
                let tree = self.up_to_semicolon();
                let attributes = parsed(attributes);
                (!is_test_only(&attributes))
                    .then(|| Item::Reexports(reexport::read(&tree, is_public, &cfgs(&attributes))))
            }
            "struct" => self.structure(start, attributes),
            "const" | "static" | "type" if !self.is_function() => {
                self.up_to_semicolon();
                None
            }
            _ => {
                self.rest();
                None
            }
        }
    }

    /// Parses a visibility. Returns whether every user of the catalogue can see the item.
    fn visibility(&mut self) -> bool {
        if self.word().is_none_or(|word| word != "pub") {
            return false;
        }
        self.at += 1;
        let restriction = match self.peek() {
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => group.stream(),
            _ => return true,
        };
        self.at += 1;
        !self.is_for_others && restriction.to_string() == "crate"
    }

    /// Returns whether `const` is the qualifier of a function.
    fn is_function(&self) -> bool {
        let next = self.tokens.get(self.at + 1);
        let is_one = |word: &Ident| ["fn", "unsafe", "async", "extern"].iter().any(|keyword| word == keyword);
        matches!(next, Some(TokenTree::Ident(word)) if is_one(word))
    }

    fn module(&mut self, is_public: bool, attributes: TokenStream) -> Option<Item> {
        self.at += 1;
        let name = self.word()?.clone();
        self.at += 1;
        let contents = match self.next()? {
            TokenTree::Group(group) => Some(group.stream()),
            _semicolon => None,
        };
        let attributes = parsed(attributes);
        if is_test_only(&attributes) {
            return None;
        }
        let paths = || attributes.iter().filter_map(|given| Some((path_of(&given.meta)?, &given.when)));
        Some(Item::Module {
            name,
            is_public,
            is_deprecated: is_deprecated(&attributes),
            cfgs: cfgs(&attributes),
            path: paths().find(|(_, when)| when.is_empty()).map(|(path, _)| path),
            has_hidden_path: paths().any(|(_, when)| !when.is_empty()),
            contents,
        })
    }

    fn structure(&mut self, start: usize, attributes: TokenStream) -> Option<Item> {
        // A brace inside of generic arguments does not begin a body.
        let (mut depth, mut is_arrow) = (0_usize, false);
        loop {
            let token = self.next()?;
            let is_body = matches!(&token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
            if depth == 0 && (is_body || is_sign(&token, ';')) {
                break;
            }
            if is_sign(&token, '<') {
                depth += 1;
            } else if is_sign(&token, '>') && !is_arrow {
                depth = depth.saturating_sub(1);
            }
            is_arrow = is_sign(&token, '-') || is_sign(&token, '=');
        }
        let attributes = parsed(attributes);
        let is_endpoint = |given: &&Given| {
            let last = given.meta.path().segments.last();
            last.is_some_and(|last| last.ident == "endpoint") && matches!(given.meta, Meta::List(_))
        };
        let mut given = attributes.iter().filter(is_endpoint).peekable();
        if given.peek().is_none() || is_test_only(&attributes) {
            return None;
        }
        let item: TokenStream = self.tokens.get(start..self.at)?.iter().cloned().collect();
        // rustc reports a syntax error.
        let item: DeriveInput = syn::parse2(item).ok()?;
        let endpoint = |given: &Given| Endpoint {
            name: item.ident.clone(),
            is_public: matches!(item.vis, Visibility::Public(_)),
            is_deprecated: is_deprecated(&attributes),
            cfgs: [cfgs(&attributes), given.when.clone()].concat(),
            lifetimes: item.generics.lifetimes().count(),
            is_generic: item.generics.params.iter().any(has_no_default),
        };
        Some(Item::Endpoints(given.map(endpoint).collect()))
    }

    fn up_to_semicolon(&mut self) -> TokenStream {
        let mut before = TokenStream::new();
        while let Some(token) = self.next().filter(|token| !is_sign(token, ';')) {
            before.extend([token]);
        }
        before
    }

    /// Skips the rest of an item, which ends with a body or a semicolon.
    fn rest(&mut self) {
        while let Some(token) = self.next() {
            let is_body = matches!(&token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
            if is_body || is_sign(&token, ';') {
                break;
            }
        }
    }
}

fn has_no_default(parameter: &GenericParam) -> bool {
    match parameter {
        GenericParam::Lifetime(_) => false,
        GenericParam::Type(parameter) => parameter.default.is_none(),
        GenericParam::Const(parameter) => parameter.default.is_none(),
    }
}

/// An attribute, and the predicates of the `cfg_attr`s around it.
struct Given {
    when: Vec<TokenStream>,
    meta: Meta,
}

fn parsed(attributes: TokenStream) -> Vec<Given> {
    let mut found = Vec::new();
    for attribute in Attribute::parse_outer.parse2(attributes).unwrap_or_default() {
        collect(attribute.meta, &[], &mut found);
    }
    found
}

/// Adds an attribute, or the attributes inside a `cfg_attr`.
fn collect(meta: Meta, when: &[TokenStream], found: &mut Vec<Given>) {
    let Some(list) = list_of(&meta, "cfg_attr") else {
        found.push(Given { when: when.to_vec(), meta });
        return;
    };
    let mut parts = list.into_iter();
    let when: Vec<TokenStream> = when.iter().cloned().chain(parts.next()).collect();
    for meta in parts.filter_map(|part| syn::parse2(part).ok()) {
        collect(meta, &when, found);
    }
}

/// Returns the parts of `name(part, part)`, if there is one.
fn list_of(meta: &Meta, name: &str) -> Option<Vec<TokenStream>> {
    let Meta::List(list) = meta else { return None };
    let parts = reexport::branches(&list.tokens).into_iter().map(TokenStream::from_iter);
    list.path.is_ident(name).then(|| parts.collect())
}

/// Returns the predicates with which the item exists.
fn cfgs(attributes: &[Given]) -> Vec<TokenStream> {
    let cfg = |given: &Given| {
        let (predicate, when) = (list_of(&given.meta, "cfg")?.into_iter().next()?, &given.when);
        Some(if when.is_empty() { predicate } else { quote!(any(#(not(#when),)* #predicate)) })
    };
    attributes.iter().filter_map(cfg).collect()
}

fn is_deprecated(attributes: &[Given]) -> bool {
    attributes.iter().any(|given| given.meta.path().is_ident("deprecated"))
}

/// Returns whether an item exists only in tests. Other crates cannot use it.
fn is_test_only(attributes: &[Given]) -> bool {
    let is_test = |predicate: &TokenStream| predicate.to_string() == "test";
    cfgs(attributes).into_iter().any(|predicate| {
        let all = syn::parse2(predicate.clone()).ok().and_then(|meta| list_of(&meta, "all"));
        is_test(&predicate) || all.is_some_and(|all| all.iter().any(is_test))
    })
}

/// Returns the value of `path = "…"`.
fn path_of(meta: &Meta) -> Option<String> {
    let Meta::NameValue(path) = meta else { return None };
    let value = path.path.is_ident("path").then(|| path.value.to_token_stream())?;
    syn::parse2::<LitStr>(value).ok().map(|literal| literal.value())
}
