//! Generates code for endpoints whose response is a page.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::GenericParam;
use syn::ext::IdentExt;

use super::builder_type::Builder;
use super::generics::Parameters;
use super::{ends_of, span_of};
use crate::location::Location;
use crate::model::{Endpoint, Field};
use crate::parse::page::Kind;
use crate::response::Response;
use crate::types;

/// Generates `impl Paged`.
pub(super) fn implementation(endpoint: &Endpoint<'_>, bounds: &[TokenStream]) -> Option<TokenStream> {
    let paging = endpoint.paging.as_ref()?;
    let field = paging.kind.field().map(|name| name.unraw().to_string());
    let field = endpoint.fields.iter().find(|known| Some(&known.name) == field.as_ref());
    let sent = field.map(|field| {
        let location = match field.location {
            Location::Header(_) => quote!(Header),
            Location::Body => quote!(Body),
            _ => quote!(Query),
        };
        let name = field.name_on_the_wire();
        quote!(__p::Location::#location, #name)
    });
    // A field that does not exist has its own error.
    let made = match (&paging.kind, sent) {
        (Kind::Url, _) => quote!(url()),
        (Kind::Cursor(_), Some(sent)) => quote!(cursor(#sent)),
        (Kind::Number(_, first), Some(sent)) => {
            let first = Literal::u64_unsuffixed(*first);
            quote!(number(#sent, #first))
        }
        (Kind::Offset(_), Some(sent)) => quote!(offset(#sent)),
        (Kind::Link | Kind::Cursor(_) | Kind::Number(..) | Kind::Offset(_), _) => quote!(link()),
    };
    let ident = &endpoint.item.ident;
    let parameters = Parameters::of(&endpoint.item.generics);
    let (bounded, names, clause) = (&parameters.bounded, &parameters.names, parameters.clause(bounds));
    // rustc reports a response that is not a page at this span, the response type.
    let here = Span::call_site();
    let (place, last) = endpoint.response.as_ref().map_or((here, here), ends_of);
    let of = quote_spanned!(last=> Paged);
    let of = quote_spanned!(place=> __p::#of);
    // rustc reports a format that does not allow changes at this span, the format.
    let format = endpoint.format.as_ref().filter(|_| field.is_some_and(Field::is_in_body));
    let inside = format.map(|format| quote_spanned!(span_of(format)=> .inside::<#format>()));
    let paging = quote_spanned!(place=> __p::Paging::of::<Self>(__p::Paging::#made));
    // Evaluated in a constant if possible. With generic types, it is evaluated when the pages are requested.
    let has_types = endpoint.item.generics.params.iter().any(|one| !matches!(one, GenericParam::Lifetime(_)));
    let lifetimes = names.iter().map(|_| quote!('static));
    let now = (!has_types)
        .then(|| quote_spanned!(place=> const _: __p::Paging = __p::paging::<#ident<#(#lifetimes),*>>();));
    Some(quote! {
        #now
        #[automatically_derived]
        impl<#(#bounded),*> #of for #ident<#(#names),*> #clause {
            const PAGING: __p::Paging = #paging #inside;
        }
    })
}

/// Generates `pages` and `items`, which the builder has in addition to `send`.
pub(super) fn methods(
    endpoint: &Endpoint<'_>,
    builder: &Builder<'_, '_>,
    bounds: &[TokenStream],
) -> Option<TokenStream> {
    endpoint.paging.as_ref()?;
    let (vis, all_set) = (&builder.vis, &builder.all_set);
    let (ident, names) = (&endpoint.item.ident, Parameters::of(&endpoint.item.generics).names);
    let clause = quote!(where __Client: __p::PageCaller, #all_set #(#bounds,)*);
    Some(quote! {
        #[doc = "Returns the pages of the list. Each page is requested when it is needed."]
        #vis fn pages(self) -> __p::PagesOf<__Client, #ident<#(#names),*>> #clause {
            __p::PageCaller::pages(self.client, &self.values.finish())
        }
        #[doc = "Returns the items of all pages. Each page is requested when it is needed."]
        #vis fn items(self) -> __p::ItemsOf<__Client, #ident<#(#names),*>> #clause {
            __p::items(self.client, &self.values.finish())
        }
    })
}

/// Generates `impl Page` for a response with a field of items.
pub(super) fn of_response(response: &Response<'_>) -> Option<TokenStream> {
    let items = response.fields.iter().find(|field| field.marks.items.is_set())?;
    let item = types::vec_element(items.ty)?;
    let next = response.fields.iter().find_map(|field| Some((field, field.marks.next.get()?)));
    let says_next = next.is_none().then(|| {
        quote!(
            const SAYS_NEXT: __p::bool = false;
        )
    });
    let next = next.map(|(field, below)| {
        let ident = field.ident;
        let position = if types::option_inner(field.ty).is_some() && !below.is_empty() {
            quote! {
                __p::Option::and_then(__p::Option::as_ref(&self.#ident), |__below| __p::Position::of(&__below #(.#below)*))
            }
        } else {
            quote!(__p::Position::of(&self.#ident #(.#below)*))
        };
        quote! {
            fn next_position(&self) -> __p::Option<__p::Position> { #position }
        }
    });
    let (ident, items) = (&response.item.ident, items.ident);
    let parameters = Parameters::of(&response.item.generics);
    let (bounded, names, clause) = (&parameters.bounded, &parameters.names, parameters.clause(&[]));
    Some(quote! {
        #[automatically_derived]
        impl<#(#bounded),*> __p::Page for #ident<#(#names),*> #clause {
            type Item = #item;
            #says_next
            #next
            fn item_count(&self) -> __p::usize {
                __p::Vec::len(&self.#items)
            }
            fn into_items(self) -> __p::Vec<#item> {
                self.#items
            }
        }
    })
}
