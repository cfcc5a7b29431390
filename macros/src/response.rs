//! The meaning of a response declaration, after parsing and before code generation.

use syn::ext::IdentExt;
use syn::{Attribute, DeriveInput, Fields, Ident, Type};

use crate::errors::Errors;
use crate::parse::field::{self, FieldAttributes};
use crate::parse::wire::{Both, Default, WireField, WireStruct};
use crate::types;

/// A struct that a response is read into and written from.
pub(crate) struct Response<'i> {
    pub(crate) item: &'i DeriveInput,
    pub(crate) serde: WireStruct,
    pub(crate) fields: Vec<Field<'i>>,
}

/// A field of the struct.
pub(crate) struct Field<'i> {
    pub(crate) ident: &'i Ident,
    pub(crate) ty: &'i Type,
    pub(crate) marks: FieldAttributes,
    pub(crate) serde: WireField,
    pub(crate) names: Both<String>,
    pub(crate) reader: Reader,
    pub(crate) attributes: &'i [Attribute],
}

/// How the value of a field is read.
pub(crate) enum Reader {
    /// The field is not read and keeps its default.
    Skipped,
    /// From the entries that do not belong to another field.
    Flat,
    /// Null is the default value.
    OrDefault,
    /// With the deserializer of its type.
    AsIs,
    /// Null is `None`.
    Option,
    /// A value that cannot be read is `None`.
    Lenient,
    /// The value is required.
    Required,
    /// With a custom function. The flag says whether the field is required.
    With(bool),
    /// A `Cow` that borrows from the input if possible: the function for it, and whether the field is required.
    Borrowed(&'static str, bool),
}

impl Reader {
    fn of(ty: &Type, marks: &FieldAttributes, serde: &WireField, of: &WireStruct) -> Self {
        let (is_option, is_required) = (types::option_inner(ty).is_some(), marks.required.is_set());
        // If the user provides a default, it is for a missing field. The type decides about null.
        let names_default = matches!(serde.default.get(), Some(Default::Of(_))) || of.default.is_set();
        let borrowed = || serde.borrow.is_set().then(|| types::borrowing_reader(ty)).flatten();
        if serde.skip_deserializing.is_set() {
            Self::Skipped
        } else if serde.flatten.is_set() {
            Self::Flat
        } else if serde.deserialize_with.is_set() {
            Self::With(!is_option && !serde.default.is_set() && !of.default.is_set())
        } else if let Some(reader) = borrowed() {
            Self::Borrowed(reader, is_required)
        } else if is_option {
            if marks.lenient.is_set() { Self::Lenient } else { Self::Option }
        } else if is_required {
            Self::Required
        } else if names_default {
            Self::AsIs
        } else {
            Self::OrDefault
        }
    }

    /// Returns whether a response without the field is an error.
    pub(crate) fn is_required(&self) -> bool {
        matches!(self, Self::Required | Self::With(true) | Self::Borrowed(_, true))
    }

    /// Returns whether the field is read from a name.
    pub(crate) fn has_name(&self) -> bool {
        !matches!(self, Self::Skipped | Self::Flat)
    }
}

impl<'i> Response<'i> {
    /// Determines the meaning of a declaration.
    pub(crate) fn of(item: &'i DeriveInput, fields: &'i Fields, errors: &Errors) -> Self {
        let serde = WireStruct::read(&item.attrs, errors);
        // rustc rejects a field with the name `_`.
        let with_idents = fields.iter().filter_map(|field| Some((field.ident.as_ref()?, field)));
        let with_idents = with_idents.filter(|(ident, _)| *ident != "_");
        let fields = with_idents
            .map(|(ident, field)| {
                let marks = FieldAttributes::read(&field.attrs, &field::RESPONSE, errors);
                let own = WireField::read(&field.attrs, errors);
                let reader = Reader::of(&field.ty, &marks, &own, &serde);
                let names = own.names(&ident.unraw().to_string(), &serde);
                Field { ident, ty: &field.ty, marks, serde: own, names, reader, attributes: &field.attrs }
            })
            .collect();
        Self { item, serde, fields }
    }

    /// Returns the only field of a transparent struct.
    pub(crate) fn only_field(&self) -> Option<&Field<'i>> {
        let is_it = |field: &&Field<'_>| {
            !field.serde.skip_deserializing.is_set()
                && !field.serde.default.is_set()
                && !types::is_phantom(field.ty)
        };
        let mut found = self.fields.iter().filter(is_it);
        found.next().filter(|_| found.next().is_none())
    }
}
