//! The module of each type, and the names of all items.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Api, Endpoint, Item, Parent, Shape, Side, Ty, TypeDef, TypeId, fields};
use crate::names::{Taken, camel, shortened, snake};

/// The methods of every client.
const OF_A_CLIENT: [&str; 10] = [
    "send",
    "sendas",
    "request",
    "clone",
    "builder",
    "withtimeout",
    "withretries",
    "baseurl",
    "toasync",
    "inner",
];

/// The name of the module with the types that several others use.
const SHARED: &str = "models";

#[derive(Debug)]
pub(crate) struct Plan {
    /// One for each group, in its order, and one for shared types if there are any.
    pub(crate) modules: Vec<Module>,
    types: BTreeMap<TypeId, Planned>,
    /// The names of the endpoints, by their numbers.
    endpoints: BTreeMap<usize, String>,
}

#[derive(Debug)]
pub(crate) struct Module {
    /// The name; `None` for the root.
    pub(crate) name: Option<String>,
    /// The name of the resource.
    pub(crate) resource: Option<String>,
    /// The name of its method, if it is not that of the resource.
    pub(crate) method: Option<String>,
    /// The names of the endpoints, in their order.
    pub(crate) endpoints: Vec<String>,
    /// The types, in their order.
    pub(crate) types: Vec<TypeId>,
}

#[derive(Clone, Debug)]
pub(crate) struct Planned {
    pub(crate) name: String,
    /// The number of the module.
    pub(crate) module: usize,
    /// Whether it has a lifetime parameter.
    pub(crate) borrows: bool,
}

impl Plan {
    pub(crate) fn of(api: &Api) -> Self {
        let mut reached: Vec<BTreeSet<TypeId>> = Vec::new();
        for group in &api.groups {
            let roots = endpoints(&group.items).flat_map(parts_of).filter_map(Ty::named);
            reached.push(reachable(&api.types, roots));
        }
        let mut modules = modules(api, &reached);
        let uses = |id: &TypeId| reached.iter().filter(|reached| reached.contains(id)).count();
        let all: BTreeSet<TypeId> = reached.iter().flatten().copied().collect();
        let has_shared = all.iter().any(|id| uses(id) > 1);
        let shared = modules.len();
        if has_shared {
            let name = Some(SHARED.to_owned());
            modules.push(Module {
                name,
                resource: None,
                method: None,
                endpoints: Vec::new(),
                types: Vec::new(),
            });
        }
        let borrows = borrowing(&api.types);
        let module_of = |id: &TypeId| match uses(id) {
            1 => reached.iter().position(|reached| reached.contains(id)).unwrap_or(shared),
            _ => shared,
        };
        let homes: BTreeMap<TypeId, usize> = all.iter().map(|id| (*id, module_of(id))).collect();
        let mut naming =
            Naming { api, homes, taken: Vec::new(), names: BTreeMap::new(), endpoints: BTreeMap::new() };
        naming.begin(&modules, has_shared);
        // The shared module first: its names are in scope of the others.
        if has_shared {
            naming.types_of(shared);
            let names: Vec<(TypeId, String)> =
                naming.names.iter().map(|(id, name)| (*id, name.clone())).collect();
            for (module, reached) in reached.iter().enumerate() {
                names
                    .iter()
                    .filter(|(id, _)| reached.contains(id))
                    .for_each(|(_, name)| naming.taken[module].add(name));
            }
        }
        for (at, group) in api.groups.iter().enumerate() {
            naming.named_types_of(at);
            let on_client = modules[at].resource.is_none();
            modules[at].endpoints =
                endpoints(&group.items).map(|endpoint| naming.endpoint(at, endpoint, on_client)).collect();
        }
        for at in 0..api.groups.len() {
            naming.types_of(at);
        }
        let Naming { homes, names, endpoints, .. } = naming;
        for (id, module) in &homes {
            modules[*module].types.push(*id);
        }
        let planned = |(id, name): (TypeId, String)| {
            let planned = Planned { name, module: homes[&id], borrows: borrows.contains(&id) };
            (id, planned)
        };
        Self { modules, types: names.into_iter().map(planned).collect(), endpoints }
    }

    /// Returns the name of the endpoint that a type is a part of.
    pub(crate) fn endpoint_of(&self, def: &TypeDef) -> Option<&str> {
        match def.parent {
            Some(Parent::Endpoint(number)) => self.endpoints.get(&number).map(String::as_str),
            _ => None,
        }
    }

    /// Returns whether a declared value must be sent and may be null.
    pub(crate) fn has_nullable(&self, api: &Api) -> bool {
        fn is_nullable(ty: &Ty) -> bool {
            matches!(ty, Ty::Nullable(_)) || ty.inner().is_some_and(is_nullable)
        }
        let all = api.groups.iter().flat_map(|group| endpoints(&group.items)).flat_map(parts_of);
        let of_types = self.types.keys().flat_map(|id| api.types[id.0].shape.parts());
        all.chain(of_types).any(is_nullable)
    }

    /// Returns the name and the module of a type.
    pub(crate) fn planned(&self, id: TypeId) -> Option<&Planned> {
        self.types.get(&id)
    }
}

pub(crate) fn endpoints(items: &[Item]) -> impl Iterator<Item = &Endpoint> {
    items.iter().filter_map(|item| match item {
        Item::Endpoint(endpoint) => Some(endpoint),
        Item::LeftOut(..) => None,
    })
}

fn parts_of(endpoint: &Endpoint) -> impl Iterator<Item = &Ty> {
    fields(&endpoint.members).map(|field| &field.ty).chain([&endpoint.response])
}

fn modules(api: &Api, reached: &[BTreeSet<TypeId>]) -> Vec<Module> {
    let mut taken = Taken::default();
    // A module with the name of a crate would hide it, and the file of `mod` is that of the root.
    for name in [SHARED, "declapi", "serde", "serde_json", "std", "mod"] {
        taken.add(name);
    }
    let mut resources = Taken::in_scope();
    resources.add(&api.name);
    let mut modules = Vec::new();
    for (group, reached) in api.groups.iter().zip(reached) {
        // Users write the names of types, but never those of resources. So the type keeps its name.
        let is_type = |name: &str| {
            let mut named = reached.iter().map(|id| &api.types[id.0]).filter(|def| def.is_named);
            named.any(|def| def.names[0].eq_ignore_ascii_case(name))
        };
        let (name, resource, method) = match &group.tag {
            None => (None, None, None),
            Some(tag) => {
                let (module, wanted) = (taken.claim(&[snake(tag)]), camel(tag));
                let is_method = OF_A_CLIENT.contains(&wanted.to_lowercase().as_str());
                let longer = format!("{wanted}Api");
                let is_taken = is_method || is_type(&wanted);
                let names = if is_taken { vec![longer] } else { vec![wanted.clone(), longer] };
                let resource = resources.claim(&names);
                // The method keeps the name of the tag.
                let method = (resource != wanted && !is_method).then(|| module.clone());
                (Some(module), Some(resource), method)
            }
        };
        modules.push(Module { name, resource, method, endpoints: Vec::new(), types: Vec::new() });
    }
    modules
}

fn reachable(types: &[TypeDef], roots: impl Iterator<Item = TypeId>) -> BTreeSet<TypeId> {
    let (mut reached, mut next): (BTreeSet<TypeId>, Vec<TypeId>) = (BTreeSet::new(), roots.collect());
    while let Some(id) = next.pop() {
        if reached.insert(id) {
            next.extend(types[id.0].shape.parts().into_iter().filter_map(Ty::named));
        }
    }
    reached
}

/// Returns the types of requests that contain a string at any depth.
fn borrowing(types: &[TypeDef]) -> BTreeSet<TypeId> {
    let mut borrowing = BTreeSet::new();
    loop {
        let before = borrowing.len();
        for (at, def) in types.iter().enumerate().filter(|(_, def)| def.side == Side::Request) {
            if def.shape.parts().into_iter().any(|ty| borrows(ty, &borrowing)) {
                borrowing.insert(TypeId(at));
            }
        }
        if borrowing.len() == before {
            return borrowing;
        }
    }
}

fn borrows(ty: &Ty, known: &BTreeSet<TypeId>) -> bool {
    match ty {
        Ty::Text | Ty::Map(_) => true,
        Ty::Named(id) => known.contains(id),
        ty => ty.inner().is_some_and(|inner| borrows(inner, known)),
    }
}

struct Naming<'a> {
    api: &'a Api,
    homes: BTreeMap<TypeId, usize>,
    /// The names of each module that are taken.
    taken: Vec<Taken>,
    names: BTreeMap<TypeId, String>,
    /// The names of the endpoints, by their numbers.
    endpoints: BTreeMap<usize, String>,
}

impl Naming<'_> {
    fn begin(&mut self, modules: &[Module], has_shared: bool) {
        for module in modules {
            let mut taken = Taken::in_scope();
            taken.add(&self.api.name);
            module.resource.iter().for_each(|resource| taken.add(resource));
            if module.name.is_none() && has_shared {
                taken.add(SHARED);
            }
            // Endpoints of the root and resources are methods of the client.
            for other in modules.iter().filter(|_| module.name.is_none()) {
                other.resource.iter().for_each(|resource| taken.add(resource));
                other.method.iter().for_each(|method| taken.add(&method.replace('_', "")));
            }
            self.taken.push(taken);
        }
    }

    fn of(&self, module: usize) -> Vec<TypeId> {
        self.homes.iter().filter(|(_, home)| **home == module).map(|(id, _)| *id).collect()
    }

    /// Names the types that have a name in the document. They keep it if possible.
    fn named_types_of(&mut self, module: usize) {
        let mut ids: Vec<TypeId> =
            self.of(module).into_iter().filter(|id| self.api.types[id.0].is_named).collect();
        ids.sort_by_key(|id| (self.api.types[id.0].side == Side::Request, *id));
        for id in ids {
            let def = &self.api.types[id.0];
            let ending = match (&def.shape, def.side) {
                (Shape::Enum(_), _) => "Value",
                (_, Side::Request) => "Input",
                (_, Side::Response) => "Object",
            };
            let longer = def.names.iter().map(|name| format!("{name}{ending}"));
            // A request gets the name of the response and an ending, rather than a longer name.
            let candidates: Vec<String> = match def.names.as_slice() {
                [first, ..] if !self.taken[module].is_free(first) && def.side == Side::Request => {
                    longer.collect()
                }
                names => names.iter().cloned().chain(longer).collect(),
            };
            let name = self.claim(module, &candidates);
            self.names.insert(id, name);
        }
    }

    fn endpoint(&mut self, module: usize, endpoint: &Endpoint, on_client: bool) -> String {
        let is_free = |name: &&String| {
            let lower = name.to_lowercase();
            if on_client { !OF_A_CLIENT.contains(&lower.as_str()) } else { lower != "new" }
        };
        let names: Vec<String> = endpoint.names.iter().filter(is_free).cloned().collect();
        let name = self.claim(module, &names);
        self.endpoints.insert(endpoint.number, name.clone());
        name
    }

    fn types_of(&mut self, module: usize) {
        self.named_types_of_once(module);
        let ids = self.of(module);
        let mut wanted: BTreeMap<&str, usize> = BTreeMap::new();
        for id in ids.iter().filter(|id| !self.names.contains_key(id)) {
            *wanted.entry(&self.api.types[id.0].names[0]).or_default() += 1;
        }
        let wanted: BTreeSet<String> =
            wanted.into_iter().filter(|(_, count)| *count > 1).map(|(name, _)| name.to_owned()).collect();
        for id in ids {
            self.name(id, &wanted);
        }
    }

    fn named_types_of_once(&mut self, module: usize) {
        if self.of(module).iter().all(|id| !self.names.contains_key(id)) {
            self.named_types_of(module);
        }
    }

    /// Names a type. If several types want the same name, each gets the name of its parent as a prefix.
    fn name(&mut self, id: TypeId, wanted_by_several: &BTreeSet<String>) -> String {
        if let Some(name) = self.names.get(&id) {
            return name.clone();
        }
        let def = &self.api.types[id.0];
        let parent = match def.parent {
            Some(Parent::Type(parent)) if self.homes.contains_key(&parent) => {
                Some(self.name(parent, wanted_by_several))
            }
            Some(Parent::Endpoint(at)) => self.endpoints.get(&at).cloned(),
            _ => None,
        };
        let first = &def.names[0];
        let mut candidates: Vec<String> = def.names.clone();
        if wanted_by_several.contains(first) {
            candidates.remove(0);
        }
        candidates.extend(parent.map(|parent| format!("{parent}{first}")));
        if candidates.is_empty() {
            candidates.push(first.clone());
        }
        let name = self.claim(self.homes[&id], &candidates);
        self.names.insert(id, name.clone());
        name
    }

    /// Takes the first free name. A name that is too long loses its first words.
    fn claim(&mut self, module: usize, candidates: &[String]) -> String {
        let candidates: Vec<String> = candidates.iter().map(|name| shortened(name)).collect();
        let taken = &mut self.taken[module];
        // The macros make a builder with this name beside a struct.
        let builder = |name: &String| format!("{name}Builder");
        let free: Vec<String> =
            candidates.iter().filter(|name| taken.is_free(&builder(name))).cloned().collect();
        let name = taken.claim(if free.is_empty() { &candidates } else { &free });
        taken.add(&builder(&name));
        name
    }
}
