//! Recovers the readable fields of a struct with a syntax error, which rustc has reported.

use proc_macro2::{TokenStream, TokenTree};
use syn::parse::discouraged::Speculative;
use syn::parse::{ParseStream, Parser};
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Data, DataStruct, DeriveInput, Field, Fields, FieldsNamed, Generics, Result, Token,
    Visibility, braced,
};

/// Returns the struct with the fields that can be parsed; `None` if the error is somewhere else.
pub(crate) fn readable_part(item: TokenStream) -> Option<DeriveInput> {
    let read = |input: ParseStream<'_>| {
        let attrs = input.call(Attribute::parse_outer)?;
        let vis: Visibility = input.parse()?;
        let struct_token: Token![struct] = input.parse()?;
        let ident = input.parse()?;
        let mut generics: Generics = input.parse()?;
        generics.where_clause = input.parse()?;
        let content;
        let brace_token = braced!(content in input);
        let fields = Fields::Named(FieldsNamed { brace_token, named: readable_fields(&content)? });
        let data = Data::Struct(DataStruct { struct_token, fields, semi_token: None });
        Ok(DeriveInput { attrs, vis, ident, generics, data })
    };
    read.parse2(item).ok()
}

fn readable_fields(input: ParseStream<'_>) -> Result<Punctuated<Field, Token![,]>> {
    let mut fields = Punctuated::new();
    while !input.is_empty() {
        let ahead = input.fork();
        if let Ok(field) = ahead.call(Field::parse_named) {
            input.advance_to(&ahead);
            fields.push(field);
            // If the comma is missing, the next field begins here.
            if input.parse::<Option<Token![,]>>()?.is_none() {
                input.parse::<Option<Token![;]>>()?;
            }
        } else {
            skip_to_field(input)?;
        }
    }
    Ok(fields)
}

/// Skips invalid tokens up to a position where the next field may begin.
fn skip_to_field(input: ParseStream<'_>) -> Result<()> {
    let mut is_first = true;
    while !input.is_empty() {
        let is_start = input.peek(Token![pub]) || input.peek(Token![#]);
        if is_start && !is_first {
            return Ok(());
        }
        is_first = false;
        let token: TokenTree = input.parse()?;
        if matches!(&token, TokenTree::Punct(sign) if matches!(sign.as_char(), ',' | ';')) {
            return Ok(());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(item: &str) -> Vec<String> {
        let item = readable_part(item.parse().unwrap()).unwrap();
        let Data::Struct(data) = item.data else { unreachable!("it was read as a struct") };
        data.fields.iter().map(|field| field.ident.as_ref().unwrap().to_string()).collect()
    }

    #[test]
    fn the_other_fields_are_read() {
        for (fields, expected) in [
            ("a: u8 pub b: u8, c: u8", &["a", "b", "c"][..]),
            ("pub a: u8; pub b: u8;", &["a", "b"]),
            ("user-id: u8, b: u8", &["b"]),
            ("pub a pub b: u8", &["b"]),
            ("a: , b: u8", &["b"]),
            ("a: Option<, b: u8", &["b"]),
            ("a: u8, b", &["a"]),
            ("a: u8, pub", &["a"]),
            ("a: u8, /// doc\n b: u8 /// doc\n c: u8", &["a", "b", "c"]),
            ("let a: u8, b: u8 == 2, c: u8", &["c"]),
            ("#[endpoint(query)] a, #[endpoint(query)] b: u8", &["b"]),
            ("fn a(&self) {}", &[]),
            ("..", &[]),
        ] {
            assert_eq!(names(&format!("struct A {{ {fields} }}")), expected, "{fields}");
        }
    }
}
