//! `catalogue!` lists every public endpoint of a crate, which it finds in the crate's sources.
//!
//! A macro sees only its own input, so this macro reads the source files: `sources` turns files into a tree of modules,
//! `reexport` parses `use` items, `paths` finds a path by which each endpoint can be named, and `arguments` parses the
//! input of the macro.

mod arguments;
mod items;
mod paths;
mod reexport;
mod sources;

use std::io;
use std::path::{Path, PathBuf};

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote};

use self::arguments::{Arguments, Declared};
use self::paths::{Listed, Unreachable};
use self::sources::Tree;
use crate::errors::Errors;
use crate::runtime::Runtime;

/// Reads a file. Tests pass their own files.
pub(crate) type ReadFile<'r> = &'r dyn Fn(&Path) -> io::Result<String>;

pub(crate) fn expand(input: TokenStream) -> TokenStream {
    let folder = std::env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from);
    expand_with(input, folder.as_deref(), &|path| std::fs::read_to_string(path))
}

/// Expands the macro for a package in `folder`, whose files `read` reads.
pub(crate) fn expand_with(input: TokenStream, folder: Option<&Path>, read: ReadFile<'_>) -> TokenStream {
    let errors = Errors::new();
    let arguments = Arguments::read(input, &errors);
    let is_wanted = arguments.constant.is_some() || arguments.callback.is_some();
    let listed = if is_wanted { listed(&arguments, folder, read, &errors) } else { Vec::new() };
    let runtime = Runtime::new(arguments.runtime);
    let constant = arguments.constant.map(|declared| constant(&declared, &listed, &runtime));
    let callback = arguments.callback.map(|declared| callback(&declared, &listed));
    let reported = errors.into_compile_errors();
    quote!(#constant #callback #reported)
}

/// Returns every public endpoint of the crate, in the order of the sources.
fn listed(arguments: &Arguments, folder: Option<&Path>, read: ReadFile<'_>, errors: &Errors) -> Vec<Listed> {
    let root = arguments.root.as_ref();
    let span = root.map_or_else(Span::call_site, syn::LitStr::span);
    let Some(folder) = folder else {
        errors.at(
            span,
            "`catalogue!` reads the sources of the crate in `CARGO_MANIFEST_DIR`, which is not set: build with \
             cargo, which sets it",
        );
        return Vec::new();
    };
    let root = folder.join(root.map_or_else(|| "src/lib.rs".to_owned(), syn::LitStr::value));
    let mut complain = |path: &Path, problem: &str| {
        let path = path.strip_prefix(folder).unwrap_or(path);
        errors.at(span, format!("`catalogue!` cannot read `{}`: {problem}", path.display()));
    };
    // Other crates use the paths that are passed to a macro. The root of the crate can also name its private modules.
    let is_for_others = arguments.callback.is_some();
    let tree = Tree::read(&root, is_for_others, read, &mut complain);
    let (listed, unreachable) = paths::find(&tree, is_for_others);
    for Unreachable { path } in unreachable {
        let who = if is_for_others { "other crates" } else { "the root of the crate" };
        errors.at(
            span,
            format!(
                "the endpoint `crate::{path}` is `pub`, but {who} cannot name it: re-export it with `pub use`, or \
                 leave it out of the catalogue with `pub(crate)`"
            ),
        );
    }
    listed
}

/// Generates the constant with the metadata of all endpoints.
fn constant(declared: &Declared, listed: &[Listed], runtime: &Runtime) -> TokenStream {
    let Declared { attributes, vis, name } = declared;
    let entries = listed.iter().map(|endpoint| {
        let (conditions, ty) = (endpoint.conditions(), endpoint.ty(&quote!(crate)));
        quote!(#conditions <#ty as #runtime::Endpoint>::INFO,)
    });
    // If a crate forbids a lint, an `allow` for it is an error.
    let deprecated =
        listed.iter().any(|endpoint| endpoint.is_deprecated).then(|| quote!(#[allow(deprecated)]));
    let docs = docs(declared, "The description of every endpoint of this crate.");
    quote! {
        #docs
        #(#attributes)*
        #deprecated
        #vis const #name: &[&#runtime::EndpointInfo] = &[#(#entries)*];
    }
}

/// Generates the macro that passes all types to another macro.
///
/// A `cfg` in its body would be evaluated in the crate that uses the macro. So each `cfg` has a separate macro with two
/// definitions, of which rustc picks one in the crate of the endpoints: it passes all types on, or all but those with the
/// `cfg`. For the order, neighbours with the same `cfg` are a group.
fn callback(declared: &Declared, listed: &[Listed]) -> TokenStream {
    let Declared { attributes, name, .. } = declared;
    let groups: Vec<&[Listed]> = listed.chunk_by(|one, next| same(&one.cfgs, &next.cfgs)).collect();
    let cfgs_of = |group: &[Listed]| group.first().map(|listed| listed.cfgs.clone()).unwrap_or_default();
    let mut conditions: Vec<Vec<TokenStream>> = Vec::new();
    for cfgs in groups.iter().copied().map(cfgs_of).filter(|cfgs| !cfgs.is_empty()) {
        if !conditions.iter().any(|known| same(known, &cfgs)) {
            conditions.push(cfgs);
        }
    }
    let step = |number: usize| format_ident!("__{name}_{number}");
    let pass = |next: usize, groups: &[TokenStream]| {
        let this = step(next);
        if next < conditions.len() {
            quote!($crate::#this! { $($callback)::+ #([#groups])* })
        } else {
            quote!($($callback)::+! { #(#groups)* })
        }
    };
    let types = groups.iter().map(|group| {
        let types = group.iter().map(|endpoint| endpoint.ty(&quote!($crate)));
        quote!(#(#types,)*)
    });
    let first = pass(0, &types.collect::<Vec<_>>());
    let names: Vec<_> = (0..groups.len()).map(|number| format_ident!("group_{number}")).collect();
    let with: Vec<_> = names.iter().map(|group| quote!($($#group)*)).collect();
    let steps = conditions.iter().enumerate().map(|(number, condition)| {
        let left = groups.iter().zip(&with).map(|(group, with)| {
            let is_removed = same(&cfgs_of(group), condition);
            if is_removed { TokenStream::new() } else { with.clone() }
        });
        let (this, next) = (step(number), number + 1);
        let (with, without) = (pass(next, &with), pass(next, &left.collect::<Vec<_>>()));
        quote! {
            #[cfg(all(#(#condition),*))]
            #[doc(hidden)]
            #[macro_export]
            macro_rules! #this { ($($callback:ident)::+ #([$($#names:tt)*])*) => { #with }; }
            #[cfg(not(all(#(#condition),*)))]
            #[doc(hidden)]
            #[macro_export]
            macro_rules! #this { ($($callback:ident)::+ #([$($#names:tt)*])*) => { #without }; }
        }
    });
    let docs = docs(declared, "Passes the types of all endpoints of this crate to a macro.");
    quote! {
        #docs
        #(#attributes)*
        #[macro_export]
        macro_rules! #name { ($($callback:ident)::+) => { #first }; }
        #(#steps)*
    }
}

/// Returns docs for an item that has none, so that a crate can deny the lint `missing_docs`.
fn docs(declared: &Declared, text: &str) -> Option<TokenStream> {
    let has_docs = declared.attributes.iter().any(|attribute| attribute.path().is_ident("doc"));
    (!has_docs).then(|| quote!(#[doc = #text]))
}

/// Returns whether two conditions have the same tokens.
fn same(one: &[TokenStream], other: &[TokenStream]) -> bool {
    let text =
        |condition: &[TokenStream]| -> Vec<String> { condition.iter().map(ToString::to_string).collect() };
    text(one) == text(other)
}
