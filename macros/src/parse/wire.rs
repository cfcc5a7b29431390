//! Parses serde's attributes on a struct for which the macro generates `Deserialize` or `Serialize`.

use proc_macro2::Span;
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{Attribute, Error, ExprPath, Ident, Lifetime, LitStr, Meta, Result, Token, Type, WherePredicate};

use super::serde::{Case, for_each_key, function, quoted};
use super::{Slot, Vocabulary, flag, keys, value};
use crate::errors::Errors;

/// The value of an attribute for each of the two directions.
#[derive(Clone, Copy, Default)]
pub(crate) struct Both<T> {
    pub(crate) serialize: T,
    pub(crate) deserialize: T,
}

/// The default for a missing value.
pub(crate) enum Default {
    /// The default of the type.
    OfType,
    /// The return value of a function.
    Of(ExprPath),
}

/// The value of `bound` for the parameters.
pub(crate) type Bound = Both<Option<Vec<WherePredicate>>>;

/// serde's attributes on the struct.
#[derive(std::default::Default)]
pub(crate) struct WireStruct {
    rename: Slot<Both<Option<LitStr>>>,
    rename_all: Slot<Both<Option<Case>>>,
    bound: Slot<Bound>,
    pub(crate) default: Slot<Default>,
    pub(crate) denies_unknown: Slot<()>,
    pub(crate) tag: Slot<LitStr>,
    pub(crate) expecting: Slot<LitStr>,
    pub(crate) transparent: Slot<()>,
    pub(crate) from: Slot<Type>,
    pub(crate) try_from: Slot<Type>,
    pub(crate) into: Slot<Type>,
}

const STRUCT: Vocabulary = Vocabulary {
    owner: "serde on a struct",
    keys: &[
        "rename_all",
        "rename",
        "default",
        "deny_unknown_fields",
        "bound",
        "tag",
        "expecting",
        "transparent",
        "from",
        "try_from",
        "into",
    ],
    example: "rename_all = \"camelCase\"",
    synonyms: &[],
    advice: &[
        (
            "crate",
            "write the path of the crate in the macro: `#[response(crate = …)]` or `#[object(crate = …)]`",
        ),
        ("remote", "derive `serde::Deserialize` and `serde::Serialize` for the stand-in of a foreign type"),
        ("content", "only an enum has contents: derive `serde::Deserialize` for one"),
        ("untagged", "only an enum can be untagged: derive `serde::Deserialize` for one"),
        ("rename_all_fields", "the key for a struct is `rename_all`"),
    ],
};

impl WireStruct {
    pub(crate) fn read(attributes: &[Attribute], errors: &Errors) -> Self {
        let mut read = Self::default();
        for_each_key(attributes, &STRUCT, errors, |name, key, input| read.key(name, key, input, errors));
        read
    }

    fn key(&mut self, name: &str, key: &Ident, input: ParseStream<'_>, errors: &Errors) -> Result<()> {
        match name {
            "rename" => self.rename.set(key, both(key, input, errors)?.map(Ok)?, errors),
            "rename_all" => {
                let cases = both(key, input, errors)?.map(|it| Case::read(&it))?;
                self.rename_all.set(key, cases, errors);
            }
            "bound" => self.bound.set(key, bound(key, input, errors)?, errors),
            "default" => self.default.set(key, default(key, input, errors)?, errors),
            "deny_unknown_fields" => self.denies_unknown.set(key, flag(key, input)?, errors),
            "tag" => self.tag.set(key, text(key, input, errors)?, errors),
            "expecting" => self.expecting.set(key, text(key, input, errors)?, errors),
            "transparent" => self.transparent.set(key, flag(key, input)?, errors),
            "from" => self.from.set(key, quoted(key, TYPE, input, errors)?, errors),
            "try_from" => self.try_from.set(key, quoted(key, TYPE, input, errors)?, errors),
            _ => self.into.set(key, quoted(key, TYPE, input, errors)?, errors),
        }
        Ok(())
    }

    /// Returns the names of the struct, for formats that write them.
    pub(crate) fn names(&self, ident: &str) -> Both<String> {
        named(self.rename.get(), || Both { serialize: ident.to_owned(), deserialize: ident.to_owned() })
    }

    /// Returns the bounds for `Serialize`, if the struct declares them.
    pub(crate) fn bound_to_write(&self) -> Option<&[WherePredicate]> {
        self.bound.get()?.serialize.as_deref()
    }

    /// Returns the bounds for `Deserialize`, if the struct declares them.
    pub(crate) fn bound_to_read(&self) -> Option<&[WherePredicate]> {
        self.bound.get()?.deserialize.as_deref()
    }
}

/// serde's attributes on a field.
#[derive(std::default::Default)]
pub(crate) struct WireField {
    rename: Slot<Both<Option<LitStr>>>,
    bound: Slot<Bound>,
    pub(crate) aliases: Vec<String>,
    pub(crate) default: Slot<Default>,
    pub(crate) flatten: Slot<()>,
    pub(crate) borrow: Slot<Option<Vec<Lifetime>>>,
    pub(crate) deserialize_with: Slot<ExprPath>,
    pub(crate) serialize_with: Slot<ExprPath>,
    pub(crate) skip_deserializing: Slot<()>,
    pub(crate) skip_serializing: Slot<()>,
    pub(crate) skip_if: Slot<ExprPath>,
}

const FIELD: Vocabulary = Vocabulary {
    owner: "serde on a field",
    keys: &[
        "rename",
        "alias",
        "default",
        "flatten",
        "with",
        "deserialize_with",
        "serialize_with",
        "skip",
        "skip_deserializing",
        "skip_serializing",
        "skip_serializing_if",
        "borrow",
        "bound",
    ],
    example: "rename = \"type\"",
    synonyms: &[],
    advice: &[("getter", "the macro reads the field itself, without a getter: remove it")],
};

impl WireField {
    pub(crate) fn read(attributes: &[Attribute], errors: &Errors) -> Self {
        let mut read = Self::default();
        for_each_key(attributes, &FIELD, errors, |name, key, input| read.key(name, key, input, errors));
        read
    }

    fn key(&mut self, name: &str, key: &Ident, input: ParseStream<'_>, errors: &Errors) -> Result<()> {
        match name {
            "rename" => self.rename.set(key, both(key, input, errors)?.map(Ok)?, errors),
            "alias" => self.aliases.push(text(key, input, errors)?.value()),
            "default" => self.default.set(key, default(key, input, errors)?, errors),
            "flatten" => self.flatten.set(key, flag(key, input)?, errors),
            "with" => {
                let module = function(key, input, errors)?;
                self.deserialize_with.set(key, inside(&module, "deserialize"), errors);
                self.serialize_with.set(key, inside(&module, "serialize"), errors);
            }
            "deserialize_with" => self.deserialize_with.set(key, function(key, input, errors)?, errors),
            "serialize_with" => self.serialize_with.set(key, function(key, input, errors)?, errors),
            "skip" => {
                flag(key, input)?;
                self.skip_deserializing.set(key, (), errors);
                self.skip_serializing.set(key, (), errors);
            }
            "skip_deserializing" => self.skip_deserializing.set(key, flag(key, input)?, errors),
            "skip_serializing" => self.skip_serializing.set(key, flag(key, input)?, errors),
            "skip_serializing_if" => self.skip_if.set(key, function(key, input, errors)?, errors),
            "borrow" => self.borrow.set(key, borrow(key, input, errors)?, errors),
            _ => self.bound.set(key, bound(key, input, errors)?, errors),
        }
        Ok(())
    }

    /// Returns the name of the field for each direction.
    pub(crate) fn names(&self, ident: &str, of: &WireStruct) -> Both<String> {
        named(self.rename.get(), || {
            let cases = of.rename_all.get().copied().unwrap_or_default();
            let name = |case: Option<Case>| case.map_or_else(|| ident.to_owned(), |case| case.apply(ident));
            Both { serialize: name(cases.serialize), deserialize: name(cases.deserialize) }
        })
    }

    /// Returns the bounds for writing the field, if it declares them.
    pub(crate) fn bound_to_write(&self) -> Option<&[WherePredicate]> {
        self.bound.get()?.serialize.as_deref()
    }

    /// Returns the bounds for reading the field, if it declares them.
    pub(crate) fn bound_to_read(&self) -> Option<&[WherePredicate]> {
        self.bound.get()?.deserialize.as_deref()
    }
}

fn named(rename: Option<&Both<Option<LitStr>>>, otherwise: impl FnOnce() -> Both<String>) -> Both<String> {
    let Some(rename) = rename else { return otherwise() };
    let name = |given: &Option<LitStr>| given.as_ref().map(LitStr::value);
    match (name(&rename.serialize), name(&rename.deserialize)) {
        (Some(serialize), Some(deserialize)) => Both { serialize, deserialize },
        (serialize, deserialize) => {
            let names = otherwise();
            Both {
                serialize: serialize.unwrap_or(names.serialize),
                deserialize: deserialize.unwrap_or(names.deserialize),
            }
        }
    }
}

impl<T> Both<Option<T>> {
    fn map<U>(self, change: impl Fn(T) -> Result<U>) -> Result<Both<Option<U>>> {
        let Self { serialize, deserialize } = self;
        Ok(Both {
            serialize: serialize.map(&change).transpose()?,
            deserialize: deserialize.map(&change).transpose()?,
        })
    }
}

const TYPE: &str = "a type in a string, as in `\"Other\"`";

const HALVES: Vocabulary = Vocabulary {
    owner: "this",
    keys: &["serialize", "deserialize"],
    example: "serialize = \"…\"",
    synonyms: &[],
    advice: &[],
};

/// Parses `= "text"` for both directions, or `(serialize = "…", deserialize = "…")`.
fn both(key: &Ident, input: ParseStream<'_>, errors: &Errors) -> Result<Both<Option<LitStr>>> {
    if !input.peek(syn::token::Paren) {
        let given = text(key, input, errors)?;
        return Ok(Both { serialize: Some(given.clone()), deserialize: Some(given) });
    }
    let inside;
    syn::parenthesized!(inside in input);
    let (mut serialize, mut deserialize) = (Slot::default(), Slot::default());
    keys(inside.parse()?, &HALVES, errors, |name, half, input| {
        let slot = if name == "serialize" { &mut serialize } else { &mut deserialize };
        slot.set(half, text(half, input, errors)?, errors);
        Ok(())
    });
    Ok(Both { serialize: serialize.take(), deserialize: deserialize.take() })
}

fn text(key: &Ident, input: ParseStream<'_>, errors: &Errors) -> Result<LitStr> {
    value(key, &format!("a string, as in `{key} = \"…\"`"), input, errors)
}

fn default(key: &Ident, input: ParseStream<'_>, errors: &Errors) -> Result<Default> {
    if input.peek(Token![=]) {
        return function(key, input, errors).map(Default::Of);
    }
    flag(key, input).map(|()| Default::OfType)
}

fn bound(key: &Ident, input: ParseStream<'_>, errors: &Errors) -> Result<Bound> {
    both(key, input, errors)?.map(|literal| {
        let predicates = literal.parse_with(Punctuated::<WherePredicate, Token![,]>::parse_terminated);
        let wanted = "predicates in a string, as in `\"T: Clone\"`";
        let predicates =
            predicates.map_err(|_| Error::new(literal.span(), format!("`{key}` takes {wanted}")))?;
        Ok(predicates.into_iter().collect())
    })
}

/// Parses `borrow` for every lifetime of the field's type, or `borrow = "'a + 'b"`.
fn borrow(key: &Ident, input: ParseStream<'_>, errors: &Errors) -> Result<Option<Vec<Lifetime>>> {
    if !input.peek(Token![=]) {
        return flag(key, input).map(|()| None);
    }
    let wanted = "lifetimes in a string, as in `\"'a + 'b\"`";
    let literal: LitStr = value(key, wanted, input, errors)?;
    let lifetimes = literal.parse_with(Punctuated::<Lifetime, Token![+]>::parse_separated_nonempty);
    let lifetimes = lifetimes.map_err(|_| Error::new(literal.span(), format!("`{key}` takes {wanted}")))?;
    Ok(Some(lifetimes.into_iter().collect()))
}

fn inside(module: &ExprPath, function: &str) -> ExprPath {
    let mut path = module.clone();
    let span = path.path.segments.last().map_or_else(Span::call_site, |last| last.ident.span());
    path.path.segments.push(Ident::new(function, span).into());
    path
}

/// Returns whether an item has a `cfg`, which is evaluated before a derive macro runs.
pub(crate) fn is_conditional(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| match &attribute.meta {
        _ if attribute.path().is_ident("cfg") => true,
        Meta::List(list) if attribute.path().is_ident("cfg_attr") => hides_needed_attributes(list),
        _ => false,
    })
}

/// Returns whether a `cfg_attr` hides an attribute that the macro needs.
fn hides_needed_attributes(list: &syn::MetaList) -> bool {
    let inside = |input: ParseStream<'_>| Punctuated::<Meta, Token![,]>::parse_terminated(input);
    let Ok(metas) = inside.parse2(list.tokens.clone()) else { return false };
    metas.iter().skip(1).any(|meta| match meta {
        Meta::List(inner) if meta.path().is_ident("cfg_attr") => hides_needed_attributes(inner),
        _ => ["serde", "cfg", "deprecated"].iter().any(|name| meta.path().is_ident(name)),
    })
}
