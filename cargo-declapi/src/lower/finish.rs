//! Changes of types that need to know all types.

use std::collections::{BTreeMap, BTreeSet};

use super::Lower;
use crate::model::{Group, Item, Line, Note, Reason, Shape, Side, Ty, TypeDef, TypeId, fields};

impl Lower<'_> {
    pub(super) fn finish(&mut self, groups: &mut [Group]) {
        self.box_circles();
        self.tag_unions(groups);
    }

    /// Puts values that contain themselves into a `Box`.
    fn box_circles(&mut self) {
        let direct: Vec<BTreeSet<TypeId>> = self.types.iter().map(directly).collect();
        for at in 0..self.types.len() {
            for part in self.types[at].shape.parts_mut() {
                let Some((id, ty)) = part.directly() else { continue };
                if reaches(&direct, id, TypeId(at)) {
                    *ty = Ty::Boxed(Box::new(ty.clone()));
                }
            }
        }
    }

    /// Removes the tag from the variants of a union, because the enum reads and writes it.
    ///
    /// In a request, a variant that is also sent outside of unions needs its tag. Then the enum does not write it. In a
    /// response, the variant gets a comment instead.
    fn tag_unions(&mut self, groups: &[Group]) {
        let mut outside: BTreeSet<TypeId> = BTreeSet::new();
        for item in groups.iter().flat_map(|group| &group.items) {
            if let Item::Endpoint(endpoint) = item {
                outside.extend(fields(&endpoint.members).filter_map(|field| field.ty.named()));
                outside.extend(endpoint.response.named());
            }
        }
        for def in &self.types {
            let is_tagged = matches!(&def.shape, Shape::Union(union) if union.tag.is_some());
            outside.extend(def.shape.parts().into_iter().filter_map(Ty::named).filter(|_| !is_tagged));
        }
        let mut tags: BTreeMap<TypeId, BTreeSet<String>> = BTreeMap::new();
        for (id, tag) in self.types.iter().filter_map(tagged).flatten() {
            tags.entry(id).or_default().insert(tag);
        }
        // An object needs a field.
        let only_tags: BTreeSet<TypeId> =
            tags.keys().copied().filter(|id| self.field_count(*id) < 2).collect();
        // The variants of a union that is not tagged are outside, too. They can make further unions untagged.
        loop {
            let before = outside.len();
            for def in &mut self.types {
                let side = def.side;
                let Shape::Union(union) = &mut def.shape else { continue };
                let is_shared = |id: &TypeId| {
                    outside.contains(id)
                        || only_tags.contains(id)
                        || tags.get(id).is_some_and(|tags| tags.len() > 1)
                };
                let parts: Vec<TypeId> =
                    union.variants.iter().filter_map(|variant| variant.ty.named()).collect();
                if union.tag.is_some() && side == Side::Request && parts.iter().any(is_shared) {
                    union.tag = None;
                    outside.extend(parts);
                }
            }
            if outside.len() == before {
                break;
            }
        }
        let tagged: Vec<(TypeId, String)> = self.types.iter().filter_map(tagged).flatten().collect();
        for (id, tag) in tagged {
            let Some(Shape::Struct(members)) = self.types.get_mut(id.0).map(|def| &mut def.shape) else {
                continue;
            };
            let is_tag = |member: &Line| matches!(member, Line::Field(field) if field.wire == tag);
            let Some(at) = members.iter().position(is_tag) else { continue };
            if outside.contains(&id) {
                // This response is read without the enum.
                let text = format!("Not declared: `{tag}`. The enum with this variant reads it.");
                members[at] = Line::Note(Note::new(Reason::Tag, text));
            } else {
                members.remove(at);
            }
        }
    }

    fn field_count(&self, id: TypeId) -> usize {
        self.def(id).map_or(0, |def| def.shape.parts().len())
    }
}

/// Returns the types that a type contains without an allocation in between.
fn directly(def: &TypeDef) -> BTreeSet<TypeId> {
    let mut shape = def.shape.clone();
    shape.parts_mut().into_iter().filter_map(|part| part.directly().map(|(id, _)| id)).collect()
}

fn reaches(direct: &[BTreeSet<TypeId>], from: TypeId, to: TypeId) -> bool {
    let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
    while let Some(id) = next.pop() {
        if id == to {
            return true;
        }
        if seen.insert(id) {
            next.extend(direct.get(id.0).into_iter().flatten());
        }
    }
    false
}

/// Returns the variants of a union with a tag, each with the tag.
fn tagged(def: &TypeDef) -> Option<Vec<(TypeId, String)>> {
    let Shape::Union(union) = &def.shape else { return None };
    let tag = union.tag.as_ref()?;
    Some(union.variants.iter().filter_map(|variant| Some((variant.ty.named()?, tag.clone()))).collect())
}
