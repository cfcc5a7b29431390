//! The builder: one setter a field, and a flag in its type for every required one.

mod setters;

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::DeriveInput;
use syn::ext::IdentExt;

use super::generics::Parameters;
use super::{debug, derived_name, hidden, in_anonymous_const, lints};
use crate::model::{Field, Presence};
use crate::runtime::Runtime;
use crate::types;

/// What a builder is made from.
pub(super) struct Builder<'m, 'i> {
    pub(super) item: &'i DeriveInput,
    pub(super) fields: &'m [Field<'i>],
    pub(super) name: Ident,
    /// Holds the values; a struct of its own, so that changing a flag moves one field and not all.
    values: Ident,
    /// Whether it holds a client and can send.
    sends: bool,
    parameters: Parameters,
}

/// The builder of an object inside a request, its `Debug`, and what else is implemented for it.
pub(super) fn object(
    item: &DeriveInput,
    runtime: &Runtime,
    fields: &[Field<'_>],
    implemented: &TokenStream,
) -> TokenStream {
    let builder = Builder::new(item, fields, false);
    let outside = builder.declaration();
    let inside = builder.implementation(&TokenStream::new());
    let debug = debug::expand(item, fields);
    let hidden = in_anonymous_const(item, runtime, &quote!(#inside #debug #implemented));
    quote!(#outside #hidden)
}

impl<'m, 'i> Builder<'m, 'i> {
    pub(super) fn new(item: &'i DeriveInput, fields: &'m [Field<'i>], sends: bool) -> Self {
        let mut parameters = Parameters::of(&item.generics);
        if sends {
            parameters.push_client();
        }
        let stem = item.ident.unraw();
        let name = derived_name(&item.ident, &format!("{stem}Builder"));
        let values = derived_name(&item.ident, &format!("__{stem}Values"));
        Self { item, fields, name, values, sends, parameters }
    }

    fn required(&self) -> impl Iterator<Item = &'m Field<'i>> {
        self.fields.iter().filter(|field| field.is_required())
    }

    /// The parameters that say of each required field whether it was set.
    fn flags(&self) -> impl Iterator<Item = &'m Ident> {
        self.required().map(|field| &field.flag)
    }

    /// The type of the builder, whatever was set.
    fn any(&self) -> TokenStream {
        let (name, names, flags) = (&self.name, &self.parameters.names, self.flags());
        quote!(#name<#(#names,)* #(#flags),*>)
    }

    /// The type of the builder once `field` was set.
    fn with(&self, field: &Field<'_>) -> TokenStream {
        let (name, names) = (&self.name, &self.parameters.names);
        let before = self.flags().take_while(|flag| **flag != field.flag);
        let after = self.flags().skip_while(|flag| **flag != field.flag).skip(1);
        quote!(#name<#(#names,)* #(#before,)* true #(, #after)*>)
    }

    /// The type of a builder in which nothing was set, with `client` as its client.
    pub(super) fn fresh(&self, client: &TokenStream) -> TokenStream {
        let names = &Parameters::of(&self.item.generics).names;
        let (name, client) = (&self.name, self.sends.then_some(client));
        quote!(#name<#(#names,)* #client>)
    }

    /// The two structs, beside the user's own so that the builder can be named.
    pub(super) fn declaration(&self) -> TokenStream {
        let Self { item, name, values, .. } = self;
        let vis = &item.vis;
        let (declared, clause) = (&self.parameters.declared, self.parameters.clause(&[]));
        let flags = self.flags();
        let client = self.sends.then(|| quote!(client: __Client,));
        let own = Parameters::of(&item.generics);
        let (own_bounded, own_names) = (&own.bounded, &own.names);
        let slots = self.fields.iter().map(slot);
        let unused = self.unused().map(|types| quote!(__unused: ::core::marker::PhantomData<(#types)>,));
        let doc = format!(
            "The builder of [`{}`]: one setter a field, one flag in its type for each required one.",
            item.ident.unraw()
        );
        let must_use = if self.sends {
            "a request is sent by `.send()`, or made into a value by `.build()`"
        } else {
            "a builder does nothing until `.build()`"
        };
        let (allowed, hidden) = (lints::allowed(item), hidden(&item.attrs));
        let markers = self.required().map(|field| self.marker_name(field));
        quote! {
            #[doc = #doc]
            #hidden
            #allowed
            #[must_use = #must_use]
            #vis struct #name<#(#declared,)* #(const #flags: bool = false),*> #clause {
                #client
                values: #values<#(#own_names),*>,
            }
            #allowed
            struct #values<#(#own_bounded),*> #clause { #(#slots)* #unused }
            #(#[doc(hidden)] #vis enum #markers {})*
        }
    }

    /// Parameters that no field uses are rustc's to report, at the struct and not at what is made from it.
    fn unused(&self) -> Option<TokenStream> {
        let types: Vec<_> = self.fields.iter().map(|field| field.ty).collect();
        Some(types::unused_parameters(&self.item.generics, &types)).filter(|unused| !unused.is_empty())
    }

    /// Everything that can be done with the builder; `sending` is what only an endpoint's builder can do.
    pub(super) fn implementation(&self, sending: &TokenStream) -> TokenStream {
        let (start, finish) = (self.start(), self.finish());
        let compiled_out = self.required().filter_map(|field| self.compiled_out(field));
        let setters = self.setters();
        let build = self.build();
        let debug = self.debug();
        let (bounded, clause) = (&self.parameters.bounded, self.parameters.clause(&[]));
        let (flags, any) = (self.flags(), self.any());
        quote! {
            #start
            #finish
            #(#compiled_out)*
            impl<#(#bounded,)* #(const #flags: bool),*> #any #clause {
                #(#setters)*
                #build
                #sending
            }
            #debug
        }
    }

    /// Every setter; one whose name is taken, which was reported, is left out.
    fn setters(&self) -> Vec<TokenStream> {
        let mut taken = vec!["build".to_owned()];
        if self.sends {
            taken.extend(["send".to_owned(), "send_as".to_owned()]);
        }
        let all = self.fields.iter().flat_map(|field| setters::expand(self, field));
        let fresh = all.filter(|setter| {
            let is_fresh = !taken.contains(&setter.name);
            taken.push(setter.name.clone());
            is_fresh
        });
        fresh.map(|setter| setter.tokens).collect()
    }

    fn start(&self) -> TokenStream {
        let (ident, vis) = (&self.item.ident, &self.item.vis);
        let own = Parameters::of(&self.item.generics);
        let (bounded, names, clause) = (&own.bounded, &own.names, own.clause(&[]));
        let nobody = quote!(());
        let (detached, unset) = (self.fresh(&nobody), self.unset(&nobody));
        let doc = format!("A builder of [`{}`] in which nothing is set yet.", ident.unraw());
        quote! {
            impl<#(#bounded),*> #ident<#(#names),*> #clause {
                #[doc = #doc]
                #vis fn builder() -> #detached { #unset }
            }
        }
    }

    /// The expression for a builder in which nothing is set, with `client` as its client.
    pub(super) fn unset(&self, client: &TokenStream) -> TokenStream {
        let Self { name, values, .. } = self;
        let client = self.sends.then(|| quote!(client: #client,));
        quote!(#name { #client values: #values::unset() })
    }

    /// `where` every required field was set; the spans let rustc's note point at the field.
    pub(super) fn all_set(&self) -> Vec<TokenStream> {
        let bound = |field: &Field<'_>| {
            let (flag, marker) = (&field.flag, self.marker_name(field));
            quote_spanned!(field.ident.span()=> __p::Flag<#flag>: __p::IsSet<#marker>)
        };
        self.required().map(bound).collect()
    }

    /// The type that rustc calls a required field by when it was not set: `Create·email`. Its words are in the run
    /// time, because `#[diagnostic::…]` means nothing in a crate without a prelude.
    ///
    /// With the struct in its name, it is most likely the only one of its kind, and rustc leaves out where it stands,
    /// seen from another crate only if it can be reached there: so it stands beside the builder. The dot is the one
    /// that may stand in a name.
    pub(super) fn marker_name(&self, field: &Field<'_>) -> Ident {
        derived_name(field.ident, &format!("{}·{}", self.item.ident.unraw(), field.name))
    }

    /// With a field compiled out, there is nothing to set and its flag stays down.
    fn compiled_out(&self, field: &Field<'_>) -> Option<TokenStream> {
        let (marker, cfgs) = (self.marker_name(field), field.cfgs());
        let conditions = cfgs.iter().filter_map(|cfg| cfg.meta.require_list().ok()).map(|list| &list.tokens);
        (!cfgs.is_empty()).then(
            || quote!(#[cfg(not(all(#(#conditions),*)))] impl __p::IsSet<#marker> for __p::Flag<false> {}),
        )
    }

    fn build(&self) -> TokenStream {
        let (ident, vis) = (&self.item.ident, &self.item.vis);
        let names = &Parameters::of(&self.item.generics).names;
        let all_set = self.all_set();
        let clause = (!all_set.is_empty()).then(|| quote!(where #(#all_set),*));
        let doc = format!("The [`{}`] as a value; compiles once every required field is set.", ident.unraw());
        quote! {
            #[doc = #doc]
            #vis fn build(self) -> #ident<#(#names),*> #clause { self.values.finish() }
        }
    }

    /// No values, and from values to the struct: reached only through methods that ask for every flag.
    fn finish(&self) -> TokenStream {
        let (ident, values) = (&self.item.ident, &self.values);
        let own = Parameters::of(&self.item.generics);
        let (bounded, names, clause) = (&own.bounded, &own.names, own.clause(&[]));
        let unset = self.fields.iter().map(|field| {
            let (cfgs, ident) = (field.cfgs(), field.ident);
            quote!(#(#cfgs)* #ident: __p::None,)
        });
        let unused = self.unused().map(|_| quote!(__unused: __p::PhantomData,));
        // Parameters that nothing uses are rustc's to report, and cannot be inferred beside that.
        let turbofish = self.unused().map(|_| quote!(::<#(#names),*>));
        let fields = self.fields.iter().map(|field| {
            let (cfgs, ident) = (field.cfgs(), field.ident);
            if field.is_required() {
                quote!(#(#cfgs)* #ident: __p::set(self.#ident),)
            } else {
                quote!(#(#cfgs)* #ident: self.#ident,)
            }
        });
        quote! {
            impl<#(#bounded),*> #values<#(#names),*> #clause {
                fn unset() -> Self { #values { #(#unset)* #unused } }
                fn finish(self) -> #ident<#(#names),*> { #ident #turbofish { #(#fields)* } }
            }
        }
    }

    fn debug(&self) -> TokenStream {
        let (bounded, clause) = (&self.parameters.bounded, self.parameters.clause(&[]));
        let (flags, any) = (self.flags(), self.any());
        let name = self.name.to_string();
        quote! {
            #[automatically_derived]
            impl<#(#bounded,)* #(const #flags: bool),*> __p::fmt::Debug for #any #clause {
                fn fmt(&self, __f: &mut __p::fmt::Formatter<'_>) -> __p::fmt::Result {
                    __p::debug_builder(__f, #name)
                }
            }
        }
    }
}

fn slot(field: &Field<'_>) -> TokenStream {
    let (cfgs, ident, ty) = (field.cfgs(), field.ident, field.ty);
    match field.presence {
        Presence::Required => quote!(#(#cfgs)* #ident: ::core::option::Option<#ty>,),
        Presence::Optional(_) | Presence::Nullable(_) => quote!(#(#cfgs)* #ident: #ty,),
    }
}
