//! Generates the builder: its declaration and its methods.

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt;
use syn::{Attribute, DeriveInput, Type};

use super::builder_type::{Builder, marker_name};
use super::generics::Parameters;
use super::{debug, disabled, hidden, in_anonymous_const, lints, setters};
use crate::model::Field;
use crate::parameters;
use crate::runtime::Runtime;

/// Generates the builder of an object inside a request, its `Debug`, and the other implementations.
pub(super) fn object(
    item: &DeriveInput,
    runtime: &Runtime,
    fields: &[Field<'_>],
    implemented: &TokenStream,
) -> TokenStream {
    let builder = Builder::of_object(item, fields);
    let outside = builder.declaration();
    let inside = builder.implementation(&TokenStream::new());
    let debug = debug::expand(item, fields);
    let hidden = in_anonymous_const(item, runtime, &quote!(#inside #debug #implemented));
    quote!(#outside #hidden)
}

impl Builder<'_, '_> {
    /// Generates the two structs. They are in the module of the user's struct, so that the builder can be named.
    pub(super) fn declaration(&self) -> TokenStream {
        let Self { item, vis, name, values, .. } = self;
        let (declared, clause) = (&self.parameters.declared, self.parameters.clause(&[]));
        let flags = self.flags();
        let client = self.sends.then(|| quote!(client: __Client,));
        let own = Parameters::of(&item.generics);
        let (own_bounded, own_names) = (&own.bounded, &own.names);
        let (needed_cfgs, needed, needed_types) = columns(self.required());
        let (cfgs, others, types) = columns(self.optional());
        let unused = self.unused().map(|types| quote!(__unused: ::core::marker::PhantomData<(#types)>,));
        let doc = format!("The builder of [`{}`], with a setter for each field.", item.ident.unraw());
        let must_use = if self.sends {
            "a builder does nothing until `.send()` or `.build()`"
        } else {
            "a builder does nothing until `.build()`"
        };
        let (allowed, hidden) = (lints::allowed(item), hidden(&item.attrs));
        let markers = self.required().map(|field| marker_name(self.item, field));
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
            struct #values<#(#own_bounded),*> #clause {
                #(#(#needed_cfgs)* #needed: ::core::option::Option<#needed_types>,)*
                #(#(#cfgs)* #others: #types,)*
                #unused
            }
            #(#[doc(hidden)] #vis enum #markers {})*
        }
    }

    /// Uses the parameters that no field uses. rustc should report them at the struct and not in the expansion.
    fn unused(&self) -> Option<TokenStream> {
        let types: Vec<_> = self.fields.iter().map(|field| field.ty).collect();
        Some(parameters::unused_parameters(&self.item.generics, &types)).filter(|unused| !unused.is_empty())
    }

    /// Generates the methods of the builder. Only the builder of an endpoint has those in `sending`.
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
                #setters
                #build
                #sending
            }
            #debug
        }
    }

    /// Generates every setter, except those whose name is not available, for which an error was reported.
    fn setters(&self) -> TokenStream {
        let mut taken: Vec<String> = self.methods.iter().map(|&name| name.to_owned()).collect();
        let all = self.fields.iter().flat_map(|field| setters::expand(self, field));
        let fresh = all.filter(|setter| {
            let is_fresh = !taken.contains(&setter.name);
            taken.push(setter.name.clone());
            is_fresh
        });
        fresh.map(|setter| setter.tokens).collect()
    }

    /// Generates `builder`, the function that creates an empty builder.
    fn start(&self) -> TokenStream {
        let Self { item, name, values, .. } = self;
        let (ident, vis) = (&item.ident, &self.vis);
        let own = Parameters::of(&item.generics);
        let (bounded, names, clause) = (&own.bounded, &own.names, own.clause(&[]));
        let detached = self.fresh(&quote!(()));
        let client = self.sends.then(|| quote!(client: (),));
        let (cfgs, fields, _) = columns(self.fields.iter());
        let unused = self.unused().map(|_| quote!(__unused: __p::PhantomData,));
        let doc = format!("A builder of [`{}`] with no field set.", ident.unraw());
        quote! {
            impl<#(#bounded),*> #ident<#(#names),*> #clause {
                #[doc = #doc]
                #[inline]
                #vis fn builder() -> #detached {
                    #name { #client values: #values { #(#(#cfgs)* #fields: __p::None,)* #unused } }
                }
            }
        }
    }

    /// A field that a `cfg` removes has no setter, and its flag stays unset.
    fn compiled_out(&self, field: &Field<'_>) -> Option<TokenStream> {
        let (marker, cfgs) = (marker_name(self.item, field), field.cfgs());
        let disabled = (!cfgs.is_empty()).then(|| disabled(&cfgs))?;
        Some(quote!(#disabled impl __p::IsSet<#marker> for __p::Flag<false> {}))
    }

    fn build(&self) -> TokenStream {
        let (ident, vis) = (&self.item.ident, &self.vis);
        let names = &Parameters::of(&self.item.generics).names;
        let all_set = &self.all_set;
        let clause = self.required().next().map(|_| quote!(where #all_set));
        let doc = format!("Returns the [`{}`]; compiles if every required field is set.", ident.unraw());
        quote! {
            #[doc = #doc]
            #vis fn build(self) -> #ident<#(#names),*> #clause { self.values.finish() }
        }
    }

    /// Generates the function that turns the values into the struct, for the methods that require every flag.
    fn finish(&self) -> TokenStream {
        let (ident, values) = (&self.item.ident, &self.values);
        let own = Parameters::of(&self.item.generics);
        let (bounded, names, clause) = (&own.bounded, &own.names, own.clause(&[]));
        // rustc reports parameters that no field uses, and cannot infer them.
        let turbofish = self.unused().map(|_| quote!(::<#(#names),*>));
        let (needed_cfgs, needed, _) = columns(self.required());
        let (cfgs, others, _) = columns(self.optional());
        quote! {
            impl<#(#bounded),*> #values<#(#names),*> #clause {
                #[inline]
                fn finish(self) -> #ident<#(#names),*> {
                    #ident #turbofish {
                        #(#(#needed_cfgs)* #needed: __p::set(self.#needed),)*
                        #(#(#cfgs)* #others: self.#others,)*
                    }
                }
            }
        }
    }

    fn debug(&self) -> TokenStream {
        let (bounded, clause) = (&self.parameters.bounded, self.parameters.clause(&[]));
        let (flags, any) = (self.flags(), self.any());
        let shown = format!("{} {{ .. }}", self.name);
        quote! {
            #[automatically_derived]
            impl<#(#bounded,)* #(const #flags: bool),*> __p::fmt::Debug for #any #clause {
                fn fmt(&self, __f: &mut __p::fmt::Formatter<'_>) -> __p::fmt::Result {
                    __f.write_str(#shown)
                }
            }
        }
    }
}

/// Returns the `cfg`s, names and types of fields, for repetitions in `quote!`. A token stream for each field would cost
/// calls into rustc.
fn columns<'m, 'i: 'm>(
    fields: impl Iterator<Item = &'m Field<'i>>,
) -> (Vec<Vec<&'m Attribute>>, Vec<&'i Ident>, Vec<&'i Type>) {
    fields.map(|field| (field.cfgs(), field.ident, field.ty)).collect()
}
