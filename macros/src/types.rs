//! Reads the tokens of types.

use proc_macro2::{Ident, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{GenericArgument, Lifetime, PathArguments, Type, TypePath};

/// Returns the `T` of an `Option<T>` with any path.
pub(crate) fn option_inner(ty: &Type) -> Option<&Type> {
    only_argument(ty, "Option", &[&["std", "option"], &["core", "option"]])
}

/// Returns the `T` of a `Vec<T>`.
pub(crate) fn vec_element(ty: &Type) -> Option<&Type> {
    only_argument(ty, "Vec", &[&["std", "vec"], &["alloc", "vec"]])
}

/// Returns which of the names a type of the runtime has: `Bytes`, or `declapi::Bytes`.
pub(crate) fn of_runtime(ty: &Type, names: &[&'static str]) -> Option<&'static str> {
    let Type::Path(TypePath { qself: None, path, .. }) = ungrouped(ty) else { return None };
    let last = &path.segments.last()?.ident;
    let is_ours = path.segments.len() == 1 || path.segments.first()?.ident == "declapi";
    names.iter().find(|name| is_ours && last == *name).copied()
}

/// Returns whether a type is `()`.
pub(crate) fn is_unit(ty: &Type) -> bool {
    matches!(ungrouped(ty), Type::Tuple(tuple) if tuple.elems.is_empty())
}

/// Returns whether a type has an empty value: an `Option`, a `()`, or a `Response` of one.
pub(crate) fn may_be_empty(ty: &Type) -> bool {
    let inside = || only_argument(ty, "Response", &[&["declapi"]]);
    is_unit(ty) || option_inner(ty).is_some() || inside().is_some_and(may_be_empty)
}

/// Returns a description of the type if serde writes it as more than one value, as far as its tokens show.
pub(crate) fn several_values(ty: &Type) -> Option<&'static str> {
    match ungrouped(ty) {
        Type::Reference(reference) => several_values(&reference.elem),
        Type::Array(_) => Some("an array"),
        Type::Slice(_) => Some("a list"),
        Type::Tuple(_) => Some("a tuple"),
        Type::Path(path) => several_in_path(ty, path),
        _ => None,
    }
}

fn several_in_path(ty: &Type, TypePath { path, .. }: &TypePath) -> Option<&'static str> {
    const LISTS: [&str; 6] = ["Vec", "VecDeque", "LinkedList", "BinaryHeap", "HashSet", "BTreeSet"];
    const MAPS: [&str; 3] = ["HashMap", "BTreeMap", "JsonObject"];
    const POINTERS: [&str; 5] = ["Box", "Rc", "Arc", "Cow", "Option"];
    let last = path.segments.last()?;
    let is_one_of = |names: &[&str]| names.iter().any(|name| last.ident == name);
    let first = path.segments.first().filter(|_| path.segments.len() > 1);
    // A type with this name in a module of the user may be anything.
    let is_known = first.is_none_or(|first| ["std", "core", "alloc"].iter().any(|home| first.ident == home));
    if is_one_of(&POINTERS) {
        return last_argument(ty).and_then(several_values);
    }
    if !is_known {
        return None;
    }
    is_one_of(&LISTS).then_some("a list").or_else(|| is_one_of(&MAPS).then_some("a map"))
}

/// Returns the last type among the generic arguments of a path.
fn last_argument(ty: &Type) -> Option<&Type> {
    let Type::Path(TypePath { path, .. }) = ungrouped(ty) else { return None };
    let PathArguments::AngleBracketed(arguments) = &path.segments.last()?.arguments else { return None };
    match arguments.args.last()? {
        GenericArgument::Type(inner) => Some(inner),
        _ => None,
    }
}

/// The structure of a type, as far as its tokens show it.
pub(crate) enum Shape<'t> {
    /// Null, or the inner type.
    Nullable(&'t Type),
    /// A list of the inner type.
    List(&'t Type),
    /// Written and read like the inner type.
    Same(&'t Type),
    Other,
}

/// Returns the structure of a type, as far as its tokens show it.
pub(crate) fn shape(ty: &Type) -> Shape<'_> {
    match ungrouped(ty) {
        Type::Reference(reference) => Shape::Same(&reference.elem),
        Type::Slice(slice) => Shape::List(&slice.elem),
        Type::Array(array) => Shape::List(&array.elem),
        ungrouped => {
            let nullable = option_inner(ungrouped).map(Shape::Nullable);
            let list = || vec_element(ungrouped).map(Shape::List);
            let boxed = || {
                only_argument(ungrouped, "Box", &[&["std", "boxed"], &["alloc", "boxed"]]).map(Shape::Same)
            };
            nullable.or_else(list).or_else(boxed).unwrap_or(Shape::Other)
        }
    }
}

/// Returns whether the type is a `Result` of a success and a failure.
pub(crate) fn is_result(ty: &Type) -> bool {
    let Type::Path(TypePath { qself: None, path, .. }) = ungrouped(ty) else { return false };
    path.segments.last().is_some_and(|last| match &last.arguments {
        PathArguments::AngleBracketed(arguments) => last.ident == "Result" && arguments.args.len() == 2,
        _ => false,
    })
}

/// Returns whether a literal like `60` should have this type: with `impl Into<u32>`, it would be an `i32`.
pub(crate) fn is_scalar(ty: &Type) -> bool {
    const SCALARS: [&str; 16] = [
        "bool", "char", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32", "i64", "i128",
        "isize", "f32", "f64",
    ];
    let Type::Path(TypePath { qself: None, path, .. }) = ungrouped(ty) else { return false };
    path.get_ident().is_some_and(|name| SCALARS.contains(&&*name.to_string()))
}

/// Returns whether the type is certainly a single value: a scalar or a string.
pub(crate) fn is_one_value(ty: &Type) -> bool {
    match ungrouped(ty) {
        Type::Reference(reference) => is_one_value(&reference.elem),
        Type::Path(TypePath { qself: None, path, .. }) => {
            is_scalar(ty) || path.get_ident().is_some_and(|name| name == "str" || name == "String")
        }
        _ => false,
    }
}

/// Returns whether the type consists of types of the standard library that serde can read and write, by their names.
pub(crate) fn is_standard(ty: &Type) -> bool {
    match ungrouped(ty) {
        Type::Reference(reference) => {
            let is_static = reference.lifetime.as_ref().is_some_and(|lifetime| lifetime.ident == "static");
            let is_shared = reference.mutability.is_none();
            is_shared
                && !is_static
                && matches!(&*reference.elem, Type::Path(path) if path.path.is_ident("str"))
        }
        Type::Path(TypePath { qself: None, path, .. }) => path.segments.last().is_some_and(|last| {
            let is_one_of = |names: &[&str]| names.iter().any(|name| last.ident == name);
            match &last.arguments {
                PathArguments::None => is_scalar(ty) || is_one_of(&["String", "str"]),
                PathArguments::AngleBracketed(arguments) => {
                    let is_standard_argument = |argument: &GenericArgument| match argument {
                        GenericArgument::Type(ty) => is_standard(ty),
                        GenericArgument::Lifetime(_) => true,
                        _ => false,
                    };
                    is_one_of(&["Option", "Vec", "Cow"]) && arguments.args.iter().all(is_standard_argument)
                }
                PathArguments::Parenthesized(_) => false,
            }
        }),
        _ => false,
    }
}

/// Returns whether the type is a reference, which can be unsized but not converted with `Into`.
pub(crate) fn is_reference(ty: &Type) -> bool {
    matches!(ungrouped(ty), Type::Reference(_))
}

/// Returns the type as a person would write it, on one line, for metadata.
pub(crate) fn text(ty: &Type) -> String {
    let spaced = ty.to_token_stream().to_string().replace('\n', " ");
    let mut text = String::with_capacity(spaced.len());
    let mut characters = spaced.chars().peekable();
    while let Some(character) = characters.next() {
        let next = characters.peek().copied();
        let tight = character == ' '
            && (text.ends_with(['<', '(', '[', '&', ':', '\''])
                || next.is_some_and(|next| "<>,)];:".contains(next)));
        if !tight {
            text.push(character);
        }
    }
    text
}

/// Returns whether a token is this sign.
pub(crate) fn is_sign(token: &TokenTree, sign: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == sign)
}

/// Returns the lifetime that serde borrows from the input without an attribute: that of `&str` and `&[u8]`, also in an
/// `Option`.
pub(crate) fn borrowed_by_itself(ty: &Type) -> Option<Lifetime> {
    let ty = option_inner(ty).unwrap_or(ty);
    let Type::Reference(reference) = ungrouped(ty) else { return None };
    let lends = reference.mutability.is_none() && is_str_or_bytes(&reference.elem).is_some();
    reference.lifetime.clone().filter(|_| lends)
}

/// Returns the function of the runtime that reads a `Cow` without copying.
pub(crate) fn borrowing_reader(ty: &Type) -> Option<&'static str> {
    let Type::Path(TypePath { qself: None, path, .. }) = ungrouped(ty) else { return None };
    let last = path.segments.last().filter(|last| last.ident == "Cow")?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Type(ty) => is_str_or_bytes(ty),
        _ => None,
    })
}

fn is_str_or_bytes(ty: &Type) -> Option<&'static str> {
    match ungrouped(ty) {
        Type::Path(TypePath { qself: None, path, .. }) if path.is_ident("str") => Some("borrowed_str"),
        Type::Slice(slice) => match ungrouped(&slice.elem) {
            Type::Path(TypePath { qself: None, path, .. }) if path.is_ident("u8") => Some("borrowed_bytes"),
            _ => None,
        },
        _ => None,
    }
}

/// Returns the first name in a type that is equal to a string: `User` in `Vec<&User>`.
pub(crate) fn find_name<'t>(ty: &'t Type, name: &str) -> Option<&'t Ident> {
    let inside = |argument: &'t GenericArgument| match argument {
        GenericArgument::Type(ty) => find_name(ty, name),
        _ => None,
    };
    match ungrouped(ty) {
        Type::Reference(reference) => find_name(&reference.elem, name),
        Type::Slice(slice) => find_name(&slice.elem, name),
        Type::Array(array) => find_name(&array.elem, name),
        Type::Tuple(tuple) => tuple.elems.iter().find_map(|ty| find_name(ty, name)),
        Type::Path(TypePath { qself: None, path, .. }) => {
            path.segments.iter().find_map(|segment| match &segment.arguments {
                _ if segment.ident == name => Some(&segment.ident),
                PathArguments::AngleBracketed(inner) => inner.args.iter().find_map(inside),
                _ => None,
            })
        }
        _ => None,
    }
}

/// Returns the lifetimes in a type.
pub(crate) fn lifetimes(tokens: TokenStream) -> Vec<Lifetime> {
    let (mut found, mut tokens) = (Vec::new(), tokens.into_iter());
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(mark) if mark.as_char() == '\'' => {
                if let Some(TokenTree::Ident(name)) = tokens.next() {
                    found.push(Lifetime { apostrophe: mark.span(), ident: name });
                }
            }
            TokenTree::Group(group) => found.extend(lifetimes(group.stream())),
            _ => {}
        }
    }
    found
}

/// Returns whether the type is a `PhantomData`.
pub(crate) fn is_phantom(ty: &Type) -> bool {
    let Type::Path(TypePath { path, .. }) = ungrouped(ty) else { return false };
    path.segments.last().is_some_and(|last| last.ident == "PhantomData")
}

/// Returns whether a type consists only of names: no reference, no lifetime, no `Self`, no `Cow`.
///
/// Most types do, and then their tokens do not have to be read, each of which costs a call into rustc.
pub(crate) fn is_plain(ty: &Type) -> bool {
    let Type::Path(TypePath { qself: None, path, .. }) = ty else { return false };
    path.segments.iter().all(|segment| {
        let is_special = segment.ident == "Self" || segment.ident == "Cow";
        !is_special
            && match &segment.arguments {
                PathArguments::None => true,
                PathArguments::AngleBracketed(inner) => inner.args.iter().all(is_plain_argument),
                PathArguments::Parenthesized(_) => false,
            }
    })
}

fn is_plain_argument(argument: &GenericArgument) -> bool {
    matches!(argument, GenericArgument::Type(ty) if is_plain(ty))
}

/// Returns the type without invisible groups, which `macro_rules` adds, and without parentheses.
fn ungrouped(ty: &Type) -> &Type {
    match ty {
        Type::Group(group) => ungrouped(&group.elem),
        Type::Paren(paren) => ungrouped(&paren.elem),
        _ => ty,
    }
}

/// Returns the argument of a type with one argument, if it has this name and is in one of the modules.
fn only_argument<'t>(ty: &'t Type, name: &str, modules: &[&[&str]]) -> Option<&'t Type> {
    let Type::Path(TypePath { qself: None, path, .. }) = ungrouped(ty) else { return None };
    let last = path.segments.last()?;
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return None };
    let (1, Some(GenericArgument::Type(inner))) = (arguments.args.len(), arguments.args.first()) else {
        return None;
    };
    let before = || path.segments.iter().take(path.segments.len() - 1).map(|part| &part.ident);
    let is_standard = path.segments.len() == 1 || modules.iter().any(|module| before().eq(module.iter()));
    (is_standard && last.ident == name).then_some(inner)
}

#[cfg(test)]
mod tests {
    use syn::parse_quote;

    use super::*;

    #[test]
    fn options_are_recognized_in_all_forms() {
        for ty in [
            parse_quote!(Option<u8>),
            parse_quote!(std::option::Option<u8>),
            parse_quote!(::core::option::Option<u8>),
        ] {
            assert!(option_inner(&ty).is_some(), "{}", text(&ty));
        }
        assert!(option_inner(&parse_quote!(mine::Option<u8>)).is_none());
        assert!(option_inner(&parse_quote!(Vec<u8>)).is_none());
    }

    #[test]
    fn text_reads_as_written() {
        assert_eq!(text(&parse_quote!(Option<Cow<'a, str>>)), "Option<Cow<'a, str>>");
        assert_eq!(text(&parse_quote!(&'a [serde_json::Value])), "&'a [serde_json::Value]");
        let broken: Type = syn::parse_str("Named<\"a\nb\">").unwrap();
        assert_eq!(text(&broken), "Named<\"a b\">");
    }
}
