//! Parses `use` items: `self::child::*`, `self::child::{Create, Get as Fetch}`.

use proc_macro2::{Delimiter, Ident, TokenStream, TokenTree};

use crate::types::is_sign;

/// A name that a `use` imports into a module, or all names of another module.
pub(super) struct Reexport {
    pub(super) is_public: bool,
    pub(super) cfgs: Vec<TokenStream>,
    /// The path including the name, or the path before the `*`.
    pub(super) path: Vec<Ident>,
    /// The new name; `None` for `*`.
    pub(super) name: Option<Ident>,
}

/// Parses the part of a `use` item after the keyword, without its semicolon.
pub(super) fn read(tree: &TokenStream, is_public: bool, cfgs: &[TokenStream]) -> Vec<Reexport> {
    let mut found = Vec::new();
    collect(tree, &[], &mut |path, name| {
        found.push(Reexport { is_public, cfgs: cfgs.to_vec(), path, name });
    });
    found
}

/// Calls `found` with each path below `prefix` and its new name.
fn collect(tree: &TokenStream, prefix: &[Ident], found: &mut dyn FnMut(Vec<Ident>, Option<Ident>)) {
    for branch in branches(tree) {
        let (mut path, mut alias, mut is_alias) = (prefix.to_vec(), None, false);
        let mut is_whole = true;
        for token in branch {
            match token {
                TokenTree::Ident(word) if word == "as" => is_alias = true,
                TokenTree::Ident(word) if is_alias => alias = Some(word),
                TokenTree::Ident(word) => path.push(word),
                TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => {
                    collect(&group.stream(), &path, found);
                    is_whole = false;
                }
                token if is_sign(&token, '*') => {
                    found(path.clone(), None);
                    is_whole = false;
                }
                _ => {}
            }
        }
        // `self` in braces is the module before the braces.
        if path.len() > prefix.len().max(1) && path.last().is_some_and(|last| last == "self") {
            path.pop();
        }
        if let (true, Some(name)) = (is_whole, alias.or_else(|| path.last().cloned())) {
            found(path, Some(name));
        }
    }
}

/// Splits tokens at commas.
pub(super) fn branches(tree: &TokenStream) -> Vec<Vec<TokenTree>> {
    let tokens: Vec<TokenTree> = tree.clone().into_iter().collect();
    let branches = tokens.split(|token| is_sign(token, ','));
    branches.filter(|branch| !branch.is_empty()).map(<[TokenTree]>::to_vec).collect()
}
