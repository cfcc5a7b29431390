//! Removes, doubles, swaps and replaces tokens of declarations. A macro never panics, and its expansion can be parsed
//! if the item could.
//!
//! A token with an emoji exists only in rustc: `tests/ui/fail/emoji.rs` has such tokens, and a test in `names` has such
//! names.

use std::str::FromStr;
use std::sync::LazyLock;

use proc_macro2::{Delimiter, Group, Ident, Span, TokenStream, TokenTree};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use quote::quote;
use syn::DeriveInput;

use super::Declaration;
use super::declarations::DECLARATIONS;
use crate::parse::all_keys;

/// The number of changed declarations for each of the four macros. `PROPTEST_CASES` can raise it.
const CASES: u32 = 3000;

/// A change of a token stream.
#[derive(Clone, Debug)]
enum Mutation {
    Drop(usize),
    Double(usize),
    /// Swaps a token with the next one.
    Swap(usize),
    /// Replaces a token by a token of the pool.
    Replace(usize, usize),
    /// Inserts a token of the pool before another one.
    Insert(usize, usize),
    /// Wraps a token in an invisible group, like `macro_rules`, or in brackets.
    Wrap(usize, usize),
}

/// Tokens that occur in declarations besides the keys, and some that do not.
const POOL: &[&str] = &[
    "endpoint",
    "object",
    "resource",
    "client",
    "serde",
    "cfg_attr",
    "cfg",
    "derive",
    "query(comma)",
    "query(deep, brackets)",
    "next = a.b",
    "page(cursor = b)",
    "(number = a, first = 0)",
    "(link)",
    "404",
    "= Form",
    "self",
    "Self",
    "super",
    "_",
    "r#type",
    "move",
    "gen",
    "struct",
    "enum",
    "union",
    "fn",
    "where",
    "pub",
    "impl",
    "dyn",
    "const",
    "Option",
    "Vec",
    "u8",
    "größe",
    "__C",
    "=",
    ",",
    ":",
    "::",
    "<",
    ">",
    "&",
    "#",
    "!",
    ";",
    "->",
    "'a",
    "'_",
    "\"/{\"",
    "\"{url}\"",
    "(\"a\" = \"https://a\", auth)",
    "\"/{}{}\"",
    "\"/a/{b}\"",
    "\"/{b*}/{a?}\"",
    "\"/{path*?}\"",
    "\"/x{id?}*\"",
    "\"\"",
    "\"camelCase\"",
    "\"a::b\"",
    "r#\"/raw\"#",
    "b\"bytes\"",
    "'c'",
    "1",
    "1.5",
    "\"suffixed\"u8",
    "()",
    "{}",
    "[]",
    "(a = 1)",
    "(\"a\" = 1)",
    "-",
    "1e5s",
    "99999999999999999999999999",
    "#[endpoint(secret)]",
    "#[serde(flatten)]",
    "/// doc",
    "{ a: Option<Option<u8>> }",
];

/// Returns the keys of all macros, and the tokens of `POOL`.
fn pool() -> &'static [&'static str] {
    static ALL: LazyLock<Vec<&str>> = LazyLock::new(|| all_keys().chain(POOL.iter().copied()).collect());
    &ALL
}

fn mutations() -> impl Strategy<Value = (usize, Vec<Mutation>)> {
    let at = any::<usize>;
    let mutation = prop_oneof![
        at().prop_map(Mutation::Drop),
        at().prop_map(Mutation::Double),
        at().prop_map(Mutation::Swap),
        (at(), at()).prop_map(|(at, with)| Mutation::Replace(at, with)),
        (at(), at()).prop_map(|(at, with)| Mutation::Insert(at, with)),
        (at(), at()).prop_map(|(at, with)| Mutation::Wrap(at, with)),
    ];
    (at(), prop::collection::vec(mutation, 1..6))
}

impl Mutation {
    /// Applies the change to `arguments` and `item` together.
    fn apply(&self, whole: TokenStream) -> TokenStream {
        let (Self::Drop(at)
        | Self::Double(at)
        | Self::Swap(at)
        | Self::Replace(at, _)
        | Self::Insert(at, _)
        | Self::Wrap(at, _)) = self;
        // The outermost groups, arguments and item, are kept.
        let inside = count(&whole) - 2;
        if inside == 0 {
            return whole;
        }
        self.walk(whole, &mut (at % inside), true)
    }

    /// Counts down to the token, and changes it.
    fn walk(&self, tokens: TokenStream, left: &mut usize, outermost: bool) -> TokenStream {
        let mut walked = Vec::new();
        let mut tokens = tokens.into_iter();
        while let Some(token) = tokens.next() {
            if !outermost {
                if *left == 0 {
                    *left = usize::MAX;
                    walked.extend(self.change(token, tokens.next()));
                    continue;
                }
                *left -= 1;
            }
            walked.push(match token {
                TokenTree::Group(group) => {
                    TokenTree::Group(Group::new(group.delimiter(), self.walk(group.stream(), left, false)))
                }
                token => token,
            });
        }
        walked.into_iter().collect()
    }

    /// Returns the replacement of a token and the one after it.
    fn change(&self, token: TokenTree, next: Option<TokenTree>) -> TokenStream {
        let pooled = |with: &usize| TokenStream::from_str(pool()[with % pool().len()]).unwrap();
        let next = next.map(TokenStream::from).unwrap_or_default();
        let one = TokenStream::from(token);
        let parts = match self {
            Self::Drop(_) => vec![next],
            Self::Double(_) => vec![one.clone(), one, next],
            Self::Swap(_) => vec![next, one],
            Self::Replace(_, with) => vec![pooled(with), next],
            Self::Insert(_, with) => vec![pooled(with), one, next],
            Self::Wrap(_, with) => {
                let delimiters =
                    [Delimiter::None, Delimiter::Parenthesis, Delimiter::Brace, Delimiter::Bracket];
                vec![TokenTree::Group(Group::new(delimiters[with % 4], one)).into(), next]
            }
        };
        parts.into_iter().collect()
    }
}

fn count(tokens: &TokenStream) -> usize {
    let inside = |token| match token {
        TokenTree::Group(group) => 1 + count(&group.stream()),
        _ => 1,
    };
    tokens.clone().into_iter().map(inside).sum()
}

/// Expands a changed declaration.
fn check(declaration: &Declaration, mutations: &[Mutation]) -> Result<(), TestCaseError> {
    let (arguments, item) = declaration.tokens();
    let [arguments, item] =
        [arguments, item].map(|tokens| TokenTree::Group(Group::new(Delimiter::None, tokens)));
    let whole = [arguments, item].into_iter().collect();
    let mut mutated = mutations.iter().fold(whole, |whole, mutation| mutation.apply(whole)).into_iter();
    let mut part = || match mutated.next() {
        Some(TokenTree::Group(group)) => group.stream(),
        _ => TokenStream::new(),
    };
    let (arguments, item) = (part(), part());
    let (shown, readable) = (format!("#[{}({arguments})] {item}", declaration.macro_name), is_read(&item));
    // rustc reports a syntax error, and still calls the macro.
    let has_syntax_error = !readable && is_data(&item);
    let expanded = (declaration.expand)(arguments, item);
    let parsed = syn::parse2::<syn::File>(expanded.clone());
    let reported = expanded.to_string().contains("compile_error");
    let is_returned = !readable && (reported || has_syntax_error);
    prop_assert!(parsed.is_ok() || is_returned, "{shown}\n{:?}\n{expanded}", parsed.err());
    prop_assert!(reported || readable || has_syntax_error, "no complaint about {shown}");
    Ok(())
}

/// Returns whether the macros parse this item at all.
fn is_read(item: &TokenStream) -> bool {
    syn::parse2::<DeriveInput>(item.clone()).is_ok()
}

/// Returns whether the item is a struct, an enum or a union, with or without a syntax error.
fn is_data(item: &TokenStream) -> bool {
    let is_keyword = |word: &Ident| ["struct", "enum", "union"].iter().any(|keyword| word == keyword);
    item.clone().into_iter().any(|token| matches!(token, TokenTree::Ident(word) if is_keyword(&word)))
}

fn never_panics(macro_name: &str) {
    let declarations: Vec<&Declaration> =
        DECLARATIONS.iter().filter(|declaration| declaration.macro_name == macro_name).collect();
    let defaults = Config::default();
    let config = Config { cases: defaults.cases.max(CASES), failure_persistence: None, ..defaults };
    let tested = TestRunner::new(config)
        .run(&mutations(), |(which, mutations)| check(declarations[which % declarations.len()], &mutations));
    tested.unwrap();
}

#[test]
fn endpoint_never_panics() {
    never_panics("endpoint");
}

#[test]
fn object_never_panics() {
    never_panics("object");
}

#[test]
fn response_never_panics() {
    never_panics("response");
}

#[test]
fn resource_never_panics() {
    never_panics("resource");
}

#[test]
fn client_never_panics() {
    never_panics("client");
}

/// Paths, header names, wire names and cases are strings, which changed tokens rarely vary.
#[test]
fn any_string_is_accepted() {
    let config = Config { failure_persistence: None, ..Config::default() };
    let tested = TestRunner::new(config).run(&("[/{}a.:?#%é\\\\ ]{0,12}", any::<String>()), |(path, text)| {
        let shown = format!("{path:?} {text:?}");
        let path = syn::LitStr::new(&path, Span::call_site());
        let arguments = quote!(get = #path, response = ());
        let item = quote! {
            #[serde(rename_all = #text)]
            struct Strings { #[endpoint(header = #text)] a: u8, #[serde(rename = #text, with = #text)] b: u8 }
        };
        let expanded = crate::expand::endpoint(arguments, item);
        prop_assert!(syn::parse2::<syn::File>(expanded).is_ok(), "{shown}");
        Ok(())
    });
    tested.unwrap();
}

#[test]
fn every_unchanged_declaration_expands() {
    for declaration in &DECLARATIONS {
        let (arguments, item) = declaration.tokens();
        if is_read(&item) {
            let expanded = (declaration.expand)(arguments, item);
            assert!(syn::parse2::<syn::File>(expanded).is_ok(), "{}", declaration.name);
        }
    }
}
