//! Reports types that cannot be used, because a lifetime is not declared, or because they have no size or are unknown.
//!
//! rustc would report them in the struct and in each part of the expansion. Here each of them is reported once, and
//! completed or replaced in the item, so that the expansion compiles.

use proc_macro2::{Ident, Span};
use syn::{
    BoundLifetimes, Data, DeriveInput, Error, GenericArgument, GenericParam, Generics, Lifetime,
    LifetimeParam, Path, PathArguments, Result, Type, TypeParamBound, WherePredicate, parse_quote,
};

use crate::errors::Errors;
use crate::types::is_reference;

/// Completes the types of all fields, and declares the lifetimes that they need.
pub(super) fn complete(item: &mut DeriveInput, errors: &Errors) {
    let mut types = Types::of(&item.ident, &item.generics);
    if let Data::Struct(data) = &mut item.data {
        data.fields.iter_mut().for_each(|field| types.complete(&mut field.ty, true));
    }
    // A lifetime that no field uses cannot be declared.
    types.can_declare = false;
    types.complete_generics(&mut item.generics);
    for mistake in types.mistakes {
        errors.push(mistake);
    }
    for name in types.missing.into_iter().rev() {
        let lifetime = Lifetime { apostrophe: name.span(), ident: name };
        item.generics.params.insert(0, GenericParam::Lifetime(LifetimeParam::new(lifetime)));
    }
}

/// Completes the types of the fields of a client, which have no lifetimes: without parameters, it cannot borrow.
pub(super) fn own(item: &mut DeriveInput, errors: &Errors) {
    let nothing_declared = Generics::default();
    let mut types = Types::of(&item.ident, &nothing_declared);
    types.can_declare = false;
    if let Data::Struct(data) = &mut item.data {
        data.fields.iter_mut().for_each(|field| types.complete(&mut field.ty, true));
    }
    if !types.borrows {
        types.mistakes.into_iter().for_each(|mistake| errors.push(mistake));
    } else if let (Some(mistake), true) = (types.mistakes.first(), item.generics.params.is_empty()) {
        // Declared parameters have their own error.
        errors.at(
            mistake.span(),
            "a client cannot borrow: write a type that owns its data, for example `String`",
        );
    }
}

const BORROWED: &str = "a response outlives its input: write a type that owns its data, for example `String`";

/// Checks the type of a response, which cannot borrow.
pub(super) fn check_response(mut ty: Type, item: &DeriveInput) -> Result<Type> {
    let mut types = Types::of(&item.ident, &item.generics);
    types.complete(&mut ty, true);
    match types.mistakes.into_iter().next() {
        Some(mistake) if types.borrows => Err(Error::new(mistake.span(), BORROWED)),
        Some(mistake) => Err(mistake),
        None if is_reference(&ty) => Err(Error::new_spanned(ty, BORROWED)),
        None => Ok(ty),
    }
}

/// The findings in the types of a struct.
struct Types<'i> {
    owner: &'i Ident,
    declared: Vec<Ident>,
    /// The lifetimes that the current type declares in `for<'x>`.
    bound: Vec<Ident>,
    /// The lifetimes to declare.
    missing: Vec<Ident>,
    can_declare: bool,
    /// Whether a lifetime was left out or is not declared.
    borrows: bool,
    mistakes: Vec<Error>,
}

impl<'i> Types<'i> {
    fn of(owner: &'i Ident, generics: &Generics) -> Self {
        let declared = generics.lifetimes().map(|parameter| parameter.lifetime.ident.clone()).collect();
        let (bound, missing, mistakes) = (Vec::new(), Vec::new(), Vec::new());
        Self { owner, declared, bound, missing, can_declare: true, borrows: false, mistakes }
    }

    /// Completes or replaces a type that is unknown or, if it must have a size, unsized.
    fn complete(&mut self, ty: &mut Type, is_sized: bool) {
        let (message, instead): (&str, Type) = match ty {
            Type::Path(path) if is_sized && path.path.is_ident("str") => {
                ("a `str` has no size: write `String`, or `&'a str`", parse_quote!(::std::boxed::Box<#ty>))
            }
            Type::Slice(_) if is_sized => {
                ("a slice has no size: write `Vec<…>`, or `&'a […]`", parse_quote!(::std::boxed::Box<#ty>))
            }
            Type::TraitObject(_) if is_sized => {
                ("a trait object has no size, and serde cannot write it: write a type", parse_quote!(()))
            }
            Type::ImplTrait(_) => {
                ("a field cannot have the type `impl Trait`: write a type parameter", parse_quote!(()))
            }
            Type::Infer(_) => ("the type of a field cannot be inferred: write it", parse_quote!(())),
            _ => return self.complete_inside(ty, is_sized),
        };
        self.mistakes.push(Error::new_spanned(&*ty, message));
        *ty = instead;
    }

    /// The arguments and the result of a function can leave out their lifetimes, and a macro may expand to anything.
    fn complete_inside(&mut self, ty: &mut Type, is_sized: bool) {
        match ty {
            Type::Reference(reference) => {
                match &mut reference.lifetime {
                    Some(lifetime) => self.check(lifetime),
                    None => reference.lifetime = Some(self.left_out(reference.and_token.span, "&", " …")),
                }
                self.complete(&mut reference.elem, false);
            }
            Type::Group(group) => self.complete(&mut group.elem, is_sized),
            Type::Paren(paren) => self.complete(&mut paren.elem, is_sized),
            Type::Array(array) => self.complete(&mut array.elem, true),
            Type::Slice(slice) => self.complete(&mut slice.elem, true),
            Type::Tuple(tuple) => tuple.elems.iter_mut().for_each(|elem| self.complete(elem, true)),
            Type::Ptr(pointer) => self.complete(&mut pointer.elem, false),
            Type::TraitObject(object) => self.complete_bounds(&mut object.bounds),
            Type::Path(path) => {
                if let Some(qself) = &mut path.qself {
                    self.complete(&mut qself.ty, false);
                }
                self.complete_path(&mut path.path);
            }
            _ => {}
        }
    }

    fn complete_path(&mut self, path: &mut Path) {
        for segment in &mut path.segments {
            let PathArguments::AngleBracketed(arguments) = &mut segment.arguments else { continue };
            // A string or a list that `Cow` borrows. Another type may be the parameter of another `Cow`.
            let is_elided = segment.ident == "Cow"
                && match arguments.args.first() {
                    Some(GenericArgument::Type(Type::Slice(_))) => true,
                    Some(GenericArgument::Type(Type::Path(path))) => path.path.is_ident("str"),
                    _ => false,
                };
            if is_elided {
                let lifetime = self.left_out(segment.ident.span(), "Cow<", ", …>");
                arguments.args.insert(0, GenericArgument::Lifetime(lifetime));
            }
            // Other types, for example `Box`, may accept a type without a size.
            let is_sized = segment.ident == "Option" || segment.ident == "Vec";
            for argument in &mut arguments.args {
                match argument {
                    GenericArgument::Lifetime(lifetime) => self.check(lifetime),
                    GenericArgument::Type(argument) => self.complete(argument, is_sized),
                    GenericArgument::AssocType(assigned) => self.complete(&mut assigned.ty, false),
                    // `can_declare` is true for fields. A bound of a type parameter may contain such a bound.
                    GenericArgument::Constraint(constraint) if self.can_declare => {
                        let name = &constraint.ident;
                        let message = format!("the type of a field cannot contain a bound: write `{name}`");
                        self.mistakes.push(Error::new_spanned(&*constraint, message));
                        *argument = GenericArgument::Type(parse_quote!(#name));
                    }
                    GenericArgument::Constraint(constraint) => self.complete_bounds(&mut constraint.bounds),
                    _ => {}
                }
            }
        }
    }

    fn complete_bounds<'b>(&mut self, bounds: impl IntoIterator<Item = &'b mut TypeParamBound>) {
        for bound in bounds {
            match bound {
                TypeParamBound::Lifetime(lifetime) => self.check(lifetime),
                TypeParamBound::Trait(bound) => {
                    self.with_bound(bound.lifetimes.as_ref(), |types| types.complete_path(&mut bound.path));
                }
                _ => {}
            }
        }
    }

    fn complete_generics(&mut self, generics: &mut Generics) {
        for parameter in &mut generics.params {
            match parameter {
                GenericParam::Lifetime(parameter) => {
                    parameter.bounds.iter_mut().for_each(|lifetime| self.check(lifetime));
                }
                GenericParam::Type(parameter) => self.complete_bounds(&mut parameter.bounds),
                GenericParam::Const(_) => {}
            }
        }
        for predicate in generics.where_clause.iter_mut().flat_map(|clause| &mut clause.predicates) {
            match predicate {
                WherePredicate::Lifetime(predicate) => {
                    self.check(&mut predicate.lifetime);
                    predicate.bounds.iter_mut().for_each(|lifetime| self.check(lifetime));
                }
                WherePredicate::Type(predicate) => self.with_bound(predicate.lifetimes.as_ref(), |types| {
                    types.complete(&mut predicate.bounded_ty, false);
                    types.complete_bounds(&mut predicate.bounds);
                }),
                _ => {}
            }
        }
    }

    fn with_bound(&mut self, lifetimes: Option<&BoundLifetimes>, complete: impl FnOnce(&mut Self)) {
        let before = self.bound.len();
        for parameter in lifetimes.into_iter().flat_map(|lifetimes| &lifetimes.lifetimes) {
            if let GenericParam::Lifetime(parameter) = parameter {
                self.bound.push(parameter.lifetime.ident.clone());
            }
        }
        complete(self);
        self.bound.truncate(before);
    }

    /// Reports a lifetime that is left out, and returns one for it.
    fn left_out(&mut self, span: Span, before: &str, after: &str) -> Lifetime {
        self.borrows = true;
        let mut name = self.declared.first().cloned().unwrap_or_else(|| Ident::new("a", span));
        name.set_span(span);
        let mut message = format!("the lifetime is missing: write `{before}'{name}{after}`");
        if self.declared.is_empty() {
            message = format!("{message}, and `struct {}<'{name}>`", self.owner);
        }
        self.mistakes.push(Error::new(span, message));
        self.declare(name)
    }

    /// Reports the first use of a lifetime that is not declared.
    fn check(&mut self, lifetime: &mut Lifetime) {
        let name = &lifetime.ident;
        if name == "_" {
            *lifetime = self.left_out(name.span(), "", "");
            return;
        }
        let known = [&self.declared, &self.bound, &self.missing];
        if name == "static" || known.iter().any(|names| names.contains(name)) {
            return;
        }
        self.borrows = true;
        let message = format!("`'{name}` is not declared: write `struct {}<'{name}>`", self.owner);
        self.mistakes.push(Error::new(name.span(), message));
        *lifetime = self.declare(name.clone());
    }

    /// Returns the lifetime with that name, which is now declared, or `'static` if it cannot be declared.
    fn declare(&mut self, mut name: Ident) -> Lifetime {
        let span = name.span();
        if !self.declared.contains(&name) && !self.missing.contains(&name) {
            if self.can_declare {
                self.missing.push(name.clone());
            } else {
                name = Ident::new("static", span);
            }
        }
        Lifetime { apostrophe: span, ident: name }
    }
}
