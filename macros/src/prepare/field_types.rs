//! Field types that no struct can have: rustc would report them in the struct and in each part of the expansion.
//!
//! Each is reported once, and completed or replaced in the item, so that the rest of the expansion compiles.

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::parse::Parse;
use syn::{Data, DeriveInput, GenericArgument, GenericParam, Generics, PathArguments, Type, parse_quote};

use crate::errors::Errors;
use crate::types::{is_plain, is_sign};

/// Completes the types of all fields, and declares the lifetimes that they need.
pub(super) fn complete(item: &mut DeriveInput, errors: &Errors) {
    let mut lifetimes = Lifetimes::of(item, errors);
    if let Data::Struct(data) = &mut item.data {
        for field in &mut data.fields {
            replace(&mut field.ty, true, errors);
            if !is_plain(&field.ty) {
                lifetimes.complete(&mut field.ty);
            }
        }
    }
    // One that no field uses cannot be declared.
    lifetimes.is_in_bounds = true;
    for parameter in item.generics.params.iter_mut().filter(|parameter| has_bounds(parameter)) {
        lifetimes.complete(parameter);
    }
    if let Some(clause) = &mut item.generics.where_clause {
        lifetimes.complete(clause);
    }
    lifetimes.declare(&mut item.generics);
}

fn has_bounds(parameter: &GenericParam) -> bool {
    match parameter {
        GenericParam::Lifetime(parameter) => !parameter.bounds.is_empty(),
        GenericParam::Type(parameter) => !parameter.bounds.is_empty() || parameter.default.is_some(),
        GenericParam::Const(_) => false,
    }
}

/// Replaces a type that is not known or, where it has to be, not sized.
fn replace(ty: &mut Type, is_sized: bool, errors: &Errors) {
    let (message, instead): (&str, Type) = match ty {
        Type::Path(path) if is_sized && path.path.is_ident("str") => {
            ("a `str` has no size: write `String`, or `&'a str`", parse_quote!(::std::boxed::Box<#ty>))
        }
        Type::Slice(_) if is_sized => {
            ("a slice has no size: write `Vec<…>`, or `&'a […]`", parse_quote!(::std::boxed::Box<#ty>))
        }
        Type::TraitObject(_) if is_sized => {
            ("a trait object has no size, and serde cannot write it: write a type", parse_quote!(()))
        }
        Type::ImplTrait(_) => {
            ("`impl Trait` is no type of a field: write a type parameter", parse_quote!(()))
        }
        Type::Infer(_) => ("the type of a field cannot be inferred: write it", parse_quote!(())),
        _ => return replace_inside(ty, errors),
    };
    errors.over(&*ty, message);
    *ty = instead;
}

fn replace_inside(ty: &mut Type, errors: &Errors) {
    match ty {
        Type::Reference(reference) => replace(&mut reference.elem, false, errors),
        Type::Group(group) => replace(&mut group.elem, true, errors),
        Type::Paren(paren) => replace(&mut paren.elem, true, errors),
        Type::Array(array) => replace(&mut array.elem, true, errors),
        Type::Slice(slice) => replace(&mut slice.elem, true, errors),
        Type::Tuple(tuple) => tuple.elems.iter_mut().for_each(|elem| replace(elem, true, errors)),
        Type::Path(path) => {
            for segment in &mut path.path.segments {
                // Others, such as `Box`, may take a type without a size.
                let is_sized = segment.ident == "Option" || segment.ident == "Vec";
                let PathArguments::AngleBracketed(arguments) = &mut segment.arguments else { continue };
                for argument in &mut arguments.args {
                    if let GenericArgument::Type(argument) = argument {
                        replace(argument, is_sized, errors);
                    }
                }
            }
        }
        _ => {}
    }
}

/// The lifetimes of a struct: what is left out or not declared is reported, and declared in the item.
struct Lifetimes<'e> {
    owner: String,
    declared: Vec<Ident>,
    /// Those that the part at hand declares itself, in `for<'x>`.
    bound: Vec<Ident>,
    /// Those to declare, with the span of their first use.
    missing: Vec<Ident>,
    is_in_bounds: bool,
    errors: &'e Errors,
}

impl<'e> Lifetimes<'e> {
    fn of(item: &DeriveInput, errors: &'e Errors) -> Self {
        let declared = item.generics.lifetimes().map(|parameter| parameter.lifetime.ident.clone()).collect();
        let (bound, missing) = (Vec::new(), Vec::new());
        Self { owner: item.ident.to_string(), declared, bound, missing, is_in_bounds: false, errors }
    }

    fn declare(self, generics: &mut Generics) {
        for name in self.missing.into_iter().rev() {
            let lifetime = syn::Lifetime { apostrophe: name.span(), ident: name };
            generics.params.insert(0, GenericParam::Lifetime(syn::LifetimeParam::new(lifetime)));
        }
    }

    fn complete<T: Parse + ToTokens>(&mut self, part: &mut T) {
        let tokens = part.to_token_stream();
        self.bound = higher_ranked(tokens.clone());
        let mut is_changed = false;
        let completed = self.walk(tokens, &mut is_changed);
        if is_changed {
            if let Ok(completed) = syn::parse2(completed) {
                *part = completed;
            }
        }
    }

    /// The tokens with a lifetime wherever one is left out.
    ///
    /// The arguments and the result of a function may leave theirs out. What comes after the `;` of an array, or in a
    /// macro, is no type.
    fn walk(&mut self, ty: TokenStream, is_changed: &mut bool) -> TokenStream {
        let is_function =
            |token| matches!(token, TokenTree::Ident(word) if FUNCTIONS.iter().any(|one| word == one));
        if ty.clone().into_iter().any(is_function) {
            return ty;
        }
        let (mut walked, mut tokens) = (TokenStream::new(), ty.into_iter().peekable());
        while let Some(token) = tokens.next() {
            match &token {
                TokenTree::Group(group) if group.delimiter() != Delimiter::Brace => {
                    let mut inside = Group::new(group.delimiter(), self.walk(group.stream(), is_changed));
                    inside.set_span(group.span());
                    inside.to_tokens(&mut walked);
                    continue;
                }
                _ => token.to_tokens(&mut walked),
            }
            let left_out = match token {
                TokenTree::Punct(sign) if sign.as_char() == ';' => {
                    walked.extend(tokens);
                    return walked;
                }
                TokenTree::Punct(sign) if sign.as_char() == '!' => {
                    walked.extend(tokens.next());
                    None
                }
                TokenTree::Punct(sign) if sign.as_char() == '&' => {
                    let is_elided = !tokens.peek().is_some_and(|next| is_sign(next, '\''));
                    is_elided.then(|| self.left_out(sign.span(), "&", " …", &quote!()))
                }
                TokenTree::Punct(sign) if sign.as_char() == '\'' => match tokens.next() {
                    Some(TokenTree::Ident(name)) if name == "_" => {
                        let named = self.left_out(name.span(), "", "", &quote!());
                        // The apostrophe is there already.
                        walked.extend(named.into_iter().skip(1));
                        *is_changed = true;
                        None
                    }
                    Some(name) => {
                        let instead = self.used(&name);
                        *is_changed |= instead.is_some();
                        walked.extend([instead.unwrap_or(name)]);
                        None
                    }
                    None => None,
                },
                TokenTree::Ident(cow) if cow == "Cow" => {
                    walked.extend(tokens.next_if(|next| is_sign(next, '<')));
                    let is_elided = tokens.peek().is_some_and(is_unsized);
                    is_elided.then(|| self.left_out(cow.span(), "Cow<", ", …>", &quote!(,)))
                }
                _ => None,
            };
            *is_changed |= left_out.is_some();
            walked.extend(left_out);
        }
        walked
    }

    /// Reports a lifetime that is left out, and returns one for it.
    fn left_out(&mut self, span: Span, before: &str, after: &str, comma: &TokenStream) -> TokenStream {
        let mut name = self.declared.first().cloned().unwrap_or_else(|| Ident::new("a", span));
        name.set_span(span);
        let declare = format!(", and `struct {}<'{name}>`", self.owner);
        let declare = if self.declared.is_empty() { declare } else { String::new() };
        let message = format!("a field names its lifetimes: write `{before}'{name}{after}`{declare}");
        self.errors.at(span, message);
        if self.declared.is_empty() && !self.missing.contains(&name) {
            self.missing.push(name.clone());
        }
        let lifetime = syn::Lifetime { apostrophe: span, ident: name };
        quote!(#lifetime #comma)
    }

    /// Reports the first use of a lifetime that is not declared, and returns what to write instead of one that
    /// cannot be.
    fn used(&mut self, name: &TokenTree) -> Option<TokenTree> {
        let TokenTree::Ident(name) = name else { return None };
        let known = [&self.declared, &self.bound, &self.missing];
        if name == "static" || known.iter().any(|names| names.contains(name)) {
            return None;
        }
        let owner = &self.owner;
        self.errors.at(name.span(), format!("`'{name}` is not declared: write `struct {owner}<'{name}>`"));
        if self.is_in_bounds {
            return Some(Ident::new("static", name.span()).into());
        }
        self.missing.push(name.clone());
        None
    }
}

/// Where a type borrows for a lifetime that is left out or not declared.
pub(super) fn borrow(ty: TokenStream, generics: &Generics) -> Option<Span> {
    let bound = higher_ranked(ty.clone());
    let is_declared = |name: &Ident| {
        let mut declared = generics.lifetimes().map(|parameter| &parameter.lifetime.ident).chain(&bound);
        name == "static" || declared.any(|declared| declared == name)
    };
    let mut tokens = ty.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match (&token, tokens.peek()) {
            (TokenTree::Ident(word), _) if FUNCTIONS.iter().any(|one| word == one) => return None,
            (TokenTree::Group(group), _) => {
                if let Some(span) = borrow(group.stream(), generics) {
                    return Some(span);
                }
            }
            (sign, next) if is_sign(sign, '&') && !next.is_some_and(|next| is_sign(next, '\'')) => {
                return Some(sign.span());
            }
            (sign, Some(TokenTree::Ident(name))) if is_sign(sign, '\'') && !is_declared(name) => {
                return Some(name.span());
            }
            _ => {}
        }
    }
    None
}

const FUNCTIONS: [&str; 4] = ["fn", "Fn", "FnMut", "FnOnce"];

/// A string or a list as `Cow` borrows it; anything else may be the parameter of another `Cow`.
fn is_unsized(token: &TokenTree) -> bool {
    match token {
        TokenTree::Ident(name) => name == "str",
        TokenTree::Group(list) => list.delimiter() == Delimiter::Bracket,
        TokenTree::Punct(_) | TokenTree::Literal(_) => false,
    }
}

/// The lifetimes that a type or a bound declares itself, in `for<'x>`.
fn higher_ranked(tokens: TokenStream) -> Vec<Ident> {
    let (mut names, mut is_inside) = (Vec::new(), false);
    for token in tokens {
        match token {
            TokenTree::Ident(word) if word == "for" => is_inside = true,
            TokenTree::Ident(name) if is_inside => names.push(name),
            TokenTree::Punct(sign) if sign.as_char() == '>' => is_inside = false,
            TokenTree::Group(group) => names.extend(higher_ranked(group.stream())),
            _ => {}
        }
    }
    names
}
