//! Endpoints whose response comes in pages.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;

use super::builder_type::Builder;
use super::generics::Parameters;
use crate::model::{Endpoint, Location};
use crate::parse::page::Kind;
use crate::response::Response;
use crate::types;

/// `impl Paged`.
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
    // A field that does not exist was reported.
    let made = match (&paging.kind, sent) {
        (Kind::Url, _) => quote!(url()),
        (Kind::Cursor(_), Some(sent)) => quote!(cursor(#sent)),
        (Kind::Number(_, first), Some(sent)) => {
            let first = first.as_ref().map_or_else(|| quote!(1), |first| quote!(#first));
            quote!(number(#sent, #first))
        }
        (Kind::Offset(_), Some(sent)) => quote!(offset(#sent)),
        (Kind::Link | Kind::Cursor(_) | Kind::Number(..) | Kind::Offset(_), _) => quote!(link()),
    };
    let ident = &endpoint.item.ident;
    let parameters = Parameters::of(&endpoint.item.generics);
    let (bounded, names, clause) = (&parameters.bounded, &parameters.names, parameters.clause(bounds));
    // With the span of the key, where rustc then reports a response that is no page.
    let place = Span::call_site().located_at(paging.key.span());
    let of = quote_spanned!(place=> __p::Paged);
    Some(quote! {
        #[automatically_derived]
        impl<#(#bounded),*> #of for #ident<#(#names),*> #clause {
            const PAGING: __p::Paging = __p::Paging::#made;
        }
    })
}

/// `pages` and `items`, which the builder has beside `send`.
pub(super) fn methods(
    endpoint: &Endpoint<'_>,
    builder: &Builder<'_, '_>,
    response: &TokenStream,
    bounds: &[TokenStream],
) -> Option<TokenStream> {
    endpoint.paging.as_ref()?;
    let (vis, all_set) = (&endpoint.item.vis, builder.all_set());
    let clause = quote!(where __Client: __p::PageCaller, #(#all_set,)* #(#bounds,)*);
    Some(quote! {
        #[doc = "Requests one page after the other, when it is asked for."]
        #vis fn pages(self) -> __p::Pages<#response, <__Client as __p::PageCaller>::Mode> #clause {
            __p::PageCaller::pages(self.client, &self.values.finish())
        }
        #[doc = "Requests one page after the other, and gives their items."]
        #vis fn items(self) -> __p::Items<#response, <__Client as __p::PageCaller>::Mode> #clause {
            __p::Pages::into_items(__p::PageCaller::pages(self.client, &self.values.finish()))
        }
    })
}

/// `impl Page`, for a response of which a field holds the items.
pub(super) fn of_response(response: &Response<'_>) -> Option<TokenStream> {
    let items = response.fields.iter().find(|field| field.marks.items.is_set())?;
    let item = types::vec_element(items.ty)?;
    let next = response.fields.iter().find_map(|field| Some((field.ident, field.marks.next.get()?)));
    let next = next.map(|(field, below)| {
        quote! {
            fn next_position(&self) -> __p::Option<__p::Position> {
                __p::Position::of(&self.#field #(.#below)*)
            }
        }
    });
    let (ident, items) = (&response.item.ident, items.ident);
    let parameters = Parameters::of(&response.item.generics);
    let (bounded, names, clause) = (&parameters.bounded, &parameters.names, parameters.clause(&[]));
    Some(quote! {
        #[automatically_derived]
        impl<#(#bounded),*> __p::Page for #ident<#(#names),*> #clause {
            type Item = #item;
            #next
            fn item_count(&self) -> usize {
                self.#items.len()
            }
            fn into_items(self) -> __p::Vec<#item> {
                self.#items
            }
        }
    })
}
