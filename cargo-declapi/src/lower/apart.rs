//! The differences between the variants of a union.

use declapi_check::document::{Discriminator, Kind, Object, Schema};

use super::Lower;
use crate::model::{Field, Line, Shape, Ty, Variant};

impl<'d> Lower<'d> {
    /// Returns the name of a schema for a comment.
    pub(super) fn said(&self, schema: &'d Schema) -> String {
        let name = self.document.resolve(schema).name.or(schema.title.as_deref());
        name.map_or_else(|| "objects without a name".to_owned(), |name| format!("`{name}`"))
    }

    /// Returns the field that has one value in each of the objects, and these values.
    pub(super) fn tag(&self, objects: &[&'d Schema]) -> Option<(String, Vec<String>)> {
        let described: Vec<&Object> = objects
            .iter()
            .filter_map(|object| match &self.document.resolve(object).schema.kind {
                Kind::Object(object) => Some(object),
                _ => None,
            })
            .collect();
        let value_of = |object: &Object, name: &str| -> Option<String> {
            let field = object.field(name).filter(|field| field.required)?;
            match &self.document.resolve(&field.schema).schema.kind {
                Kind::Enum(values) if values.len() == 1 => values[0].as_str().map(str::to_owned),
                _ => None,
            }
        };
        described.first()?.fields.iter().find_map(|field| {
            let values: Option<Vec<String>> =
                described.iter().map(|object| value_of(object, &field.name)).collect();
            let values = values?;
            let differ = values.iter().enumerate().all(|(at, value)| !values[..at].contains(value));
            differ.then(|| (field.name.clone(), values))
        })
    }

    /// Returns the field of a discriminator and its value for each of the objects, if the mapping has exactly one for each.
    pub(super) fn mapped(
        &self,
        discriminator: &Discriminator,
        objects: &[&'d Schema],
    ) -> Option<(String, Vec<String>)> {
        let value_of = |object: &&'d Schema| {
            let resolved = self.document.resolve(object);
            let names = discriminator.schemas.iter().filter(|(_, name)| Some(name.as_str()) == resolved.name);
            let values: Vec<&String> = names.map(|(value, _)| value).collect();
            let ([value], Kind::Object(object)) = (values.as_slice(), &resolved.schema.kind) else {
                return None;
            };
            // Without the field, the enum could not be read.
            let field = object.field(&discriminator.field).filter(|field| field.required)?;
            let takes_value = match &self.document.resolve(&field.schema).schema.kind {
                Kind::String => true,
                Kind::Enum(values) => values.iter().any(|known| known.as_str() == Some(value)),
                _ => false,
            };
            takes_value.then(|| (*value).clone())
        };
        let values = objects.iter().map(value_of).collect::<Option<_>>()?;
        Some((discriminator.field.clone(), values))
    }

    /// Returns the variants in an order in which each is tried before those that it rejects, or `None` if there is none.
    ///
    /// A variant does not read another one if it requires a field that the other does not have.
    pub(super) fn ordered(&mut self, variants: Vec<(Variant, &'d Object)>) -> Option<Vec<Variant>> {
        let (mut left, mut ordered): (Vec<_>, Vec<Variant>) = (variants, Vec::new());
        let mut required: Vec<(Ty, String)> = Vec::new();
        while left.len() > 1 {
            let rejects = |at: usize| -> Option<Vec<String>> {
                let (variant, object) = &left[at];
                let others = left.iter().enumerate().filter(|(other, _)| *other != at);
                others.map(|(_, (_, other))| self.difference(&variant.ty, object, other)).collect()
            };
            let (at, names) = (0..left.len()).find_map(|at| Some((at, rejects(at)?)))?;
            let (variant, _) = left.remove(at);
            required.extend(names.into_iter().map(|name| (variant.ty.clone(), name)));
            ordered.push(variant);
        }
        ordered.extend(left.into_iter().map(|(variant, _)| variant));
        for (ty, name) in required {
            self.require(&ty, &name);
        }
        Some(ordered)
    }

    /// Returns the name of a field that a type can require and that another object does not have.
    fn difference(&self, ty: &Ty, object: &Object, other: &Object) -> Option<String> {
        let Ty::Named(id) = ty else { return None };
        let Shape::Struct(members) = &self.def(*id)?.shape else { return None };
        let can_be_required = |name: &str| {
            crate::model::fields(members)
                .any(|field| field.wire == name && !matches!(field.ty, Ty::Option(_)))
        };
        let names = object.fields.iter().filter(|field| field.required).map(|field| &field.name);
        let mut names = names.filter(|name| other.field(name).is_none() && can_be_required(name));
        names.next().filter(|_| other.others.is_none()).cloned()
    }

    fn require(&mut self, ty: &Ty, name: &str) {
        let Ty::Named(id) = ty else { return };
        let Some(Shape::Struct(members)) = self.types.get_mut(id.0).map(|def| &mut def.shape) else { return };
        for member in members {
            if let Line::Field(Field { wire, marks, .. }) = member
                && wire == name
                && !marks.contains(&"required".to_owned())
            {
                marks.insert(0, "required".to_owned());
            }
        }
    }
}
