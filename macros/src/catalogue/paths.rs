//! Finds paths by which endpoints can be named outside of their modules.

use std::collections::{BTreeMap, VecDeque};

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt;

use super::sources::Tree;

/// A public endpoint and its path.
pub(super) struct Listed {
    /// The path from the root of the crate, including the name.
    path: Vec<Ident>,
    lifetimes: usize,
    pub(super) is_deprecated: bool,
    /// The predicates of every `#[cfg]` on the endpoint and on the modules around it.
    pub(super) cfgs: Vec<TokenStream>,
}

/// A public endpoint that cannot be named.
pub(super) struct Unreachable {
    /// The path of its declaration.
    pub(super) path: String,
}

impl Listed {
    /// Returns the type. It has a lifetime argument for each lifetime parameter.
    pub(super) fn ty(&self, root: &TokenStream) -> TokenStream {
        let path = &self.path;
        let lifetimes = (0..self.lifetimes).map(|_| quote!('_));
        let lifetimes = (self.lifetimes > 0).then(|| quote!(<#(#lifetimes),*>));
        quote!(#root #(::#path)* #lifetimes)
    }

    /// Returns a `#[cfg]` for each predicate.
    pub(super) fn conditions(&self) -> TokenStream {
        let cfgs = &self.cfgs;
        quote!(#(#[cfg(#cfgs)])*)
    }
}

/// The position of an endpoint: its module and its index there.
type Position = (usize, usize);

/// The item that a name in a module refers to.
#[derive(Clone, Copy)]
enum Target {
    Module(usize),
    Endpoint(Position),
}

/// A step of the search: a module, the path that leads to it, and the conditions of that path.
struct Reached {
    module: usize,
    path: Vec<Ident>,
    cfgs: Vec<TokenStream>,
}

/// Finds the shortest path to each public endpoint, in the order of the sources.
pub(super) fn find(tree: &Tree, is_for_others: bool) -> (Vec<Listed>, Vec<Unreachable>) {
    let mut search =
        Search { tree, is_for_others, found: Vec::new(), visited: vec![false; tree.modules.len()] };
    search.run();
    let mut found = search.found;
    found.sort_by_key(|(position, _)| *position);
    let is_found = |position: &Position| found.iter().any(|(known, _)| known == position);
    let unreachable = declared(tree).filter(|position| !is_found(position));
    let unreachable =
        unreachable.map(|position| Unreachable { path: declared_path(tree, position) }).collect();
    (found.into_iter().map(|(_, listed)| listed).collect(), unreachable)
}

/// Returns every endpoint that belongs in the catalogue.
fn declared(tree: &Tree) -> impl Iterator<Item = Position> + '_ {
    tree.modules.iter().enumerate().flat_map(|(module, contents)| {
        let numbered = contents.endpoints.iter().enumerate();
        let listed = numbered.filter(|(_, endpoint)| endpoint.is_public && !endpoint.is_generic);
        listed.map(move |(number, _)| (module, number))
    })
}

fn declared_path(tree: &Tree, (module, number): Position) -> String {
    let mut path = vec![tree.modules[module].endpoints[number].name.to_string()];
    let mut around = &tree.modules[module].parent;
    while let Some((parent, name)) = around {
        path.insert(0, name.to_string());
        around = &tree.modules[*parent].parent;
    }
    path.join("::")
}

struct Search<'t> {
    tree: &'t Tree,
    is_for_others: bool,
    found: Vec<(Position, Listed)>,
    visited: Vec<bool>,
}

impl Search<'_> {
    /// Visits modules in the order of the length of their paths. A `*` does not make a path longer.
    fn run(&mut self) {
        let mut queue = VecDeque::from([Reached { module: 0, path: Vec::new(), cfgs: Vec::new() }]);
        while let Some(reached) = queue.pop_front() {
            if std::mem::replace(&mut self.visited[reached.module], true) {
                continue;
            }
            self.visit(&reached, &mut queue);
        }
    }

    fn visit(&mut self, reached: &Reached, queue: &mut VecDeque<Reached>) {
        let module = &self.tree.modules[reached.module];
        // The root can name its own private modules; other crates cannot.
        let is_open = reached.module == 0 && !self.is_for_others;
        for number in 0..module.endpoints.len() {
            let name = &module.endpoints[number].name;
            self.list((reached.module, number), reached, name, &[]);
        }
        for child in module.children.iter().copied() {
            let (contents, path) = (&self.tree.modules[child], reached.path.clone());
            if let (true, Some((_, name))) = (contents.is_public || is_open, &contents.parent) {
                queue.push_back(reached.with(child, [path, vec![name.clone()]].concat(), &contents.cfgs));
            }
        }
        for reexport in module.reexports.iter().filter(|reexport| reexport.is_public || is_open) {
            match (resolve(self.tree, reached.module, &reexport.path), &reexport.name) {
                (Some(Target::Module(target)), None) => {
                    queue.push_front(reached.with(target, reached.path.clone(), &reexport.cfgs));
                }
                (Some(Target::Module(target)), Some(name)) => {
                    let path = [reached.path.clone(), vec![name.clone()]].concat();
                    queue.push_back(reached.with(target, path, &reexport.cfgs));
                }
                (Some(Target::Endpoint(position)), Some(name)) => {
                    self.list(position, reached, name, &reexport.cfgs);
                }
                _ => {}
            }
        }
    }

    /// Adds an endpoint with its name in the module that was reached.
    fn list(&mut self, position: Position, reached: &Reached, name: &Ident, cfgs: &[TokenStream]) {
        let endpoint = &self.tree.modules[position.0].endpoints[position.1];
        let is_known = self.found.iter().any(|(known, _)| *known == position);
        if is_known || !endpoint.is_public || endpoint.is_generic {
            return;
        }
        let mut all = around(self.tree, position.0);
        for cfg in reached.cfgs.iter().chain(cfgs).chain(&endpoint.cfgs) {
            if !all.iter().any(|known| known.to_string() == cfg.to_string()) {
                all.push(cfg.clone());
            }
        }
        let path = [reached.path.clone(), vec![name.clone()]].concat();
        let (lifetimes, is_deprecated) = (endpoint.lifetimes, endpoint.is_deprecated);
        self.found.push((position, Listed { path, lifetimes, is_deprecated, cfgs: all }));
    }
}

impl Reached {
    fn with(&self, module: usize, path: Vec<Ident>, cfgs: &[TokenStream]) -> Self {
        Self { module, path, cfgs: [self.cfgs.clone(), cfgs.to_vec()].concat() }
    }
}

/// Returns the conditions of a module and of the modules around it.
fn around(tree: &Tree, module: usize) -> Vec<TokenStream> {
    let Some((parent, _)) = &tree.modules[module].parent else { return Vec::new() };
    let mut cfgs = around(tree, *parent);
    cfgs.extend(tree.modules[module].cfgs.iter().cloned());
    cfgs
}

/// Returns the item that a path in a module refers to, if it is in the crate.
fn resolve(tree: &Tree, from: usize, path: &[Ident]) -> Option<Target> {
    Names { tree, known: BTreeMap::new() }.path(from, path)
}

/// Resolves names in modules.
struct Names<'t> {
    tree: &'t Tree,
    /// The target of each name in each module. `None` during its resolution, because modules can re-export each other.
    known: BTreeMap<(usize, Ident), Option<Target>>,
}

impl Names<'_> {
    fn path(&mut self, from: usize, path: &[Ident]) -> Option<Target> {
        let (first, rest) = path.split_first()?;
        let mut at = match first.to_string().as_str() {
            "crate" => Target::Module(0),
            _ => self.name(from, first)?,
        };
        for name in rest {
            let Target::Module(module) = at else { return None };
            at = self.name(module, name)?;
        }
        Some(at)
    }

    fn name(&mut self, module: usize, name: &Ident) -> Option<Target> {
        let around = || self.tree.modules[module].parent.as_ref();
        match name.to_string().as_str() {
            "self" => return Some(Target::Module(module)),
            "super" => return around().map(|(parent, _)| Target::Module(*parent)),
            _ => {}
        }
        let key = (module, name.unraw());
        if let Some(known) = self.known.get(&key) {
            return *known;
        }
        self.known.insert(key.clone(), None);
        let found = self.declared(module, name).or_else(|| self.imported(module, name));
        self.known.insert(key, found);
        found
    }

    fn declared(&self, module: usize, name: &Ident) -> Option<Target> {
        let is_it = |other: &Ident| other.unraw() == name.unraw();
        let contents = &self.tree.modules[module];
        if let Some(number) = contents.endpoints.iter().position(|endpoint| is_it(&endpoint.name)) {
            return Some(Target::Endpoint((module, number)));
        }
        let name_of = |child: usize| self.tree.modules[child].parent.as_ref().map(|(_, name)| name);
        let children = &mut contents.children.iter().copied();
        children.find(|child| name_of(*child).is_some_and(is_it)).map(Target::Module)
    }

    fn imported(&mut self, module: usize, name: &Ident) -> Option<Target> {
        let tree = self.tree;
        tree.modules[module].reexports.iter().find_map(|reexport| match &reexport.name {
            Some(new) if new.unraw() == name.unraw() => self.path(module, &reexport.path),
            Some(_) => None,
            None => match self.path(module, &reexport.path)? {
                Target::Module(target) => self.name(target, name),
                Target::Endpoint(_) => None,
            },
        })
    }
}
