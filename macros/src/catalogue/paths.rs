//! Finds paths by which endpoints can be named outside of their modules.

use std::collections::{BTreeMap, VecDeque};

use proc_macro2::{Ident, TokenStream};
use quote::quote;
use syn::ext::IdentExt;

use super::reexport::Reexport;
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
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Target {
    Module(usize),
    Endpoint(Position),
}

/// A step of the search: a module, the path that leads to it, and the conditions of that path.
struct Reached {
    module: usize,
    path: Vec<Ident>,
    cfgs: Vec<TokenStream>,
    /// Whether a `*` leads to it. Then a name in it may mean another item.
    has_star: bool,
}

/// Finds the shortest path to each public endpoint, in the order of the sources. An endpoint has several paths if each of
/// them needs another condition.
pub(super) fn find(tree: &Tree, is_for_others: bool) -> (Vec<Listed>, Vec<Unreachable>) {
    let mut search =
        Search { tree, is_for_others, found: Vec::new(), visited: vec![Vec::new(); tree.modules.len()] };
    search.run();
    declared(tree).for_each(|position| search.list_in_place(position));
    let mut found = search.found;
    found.sort_by_key(|(position, _)| *position);
    keep_apart(&mut found);
    let is_found = |position: &Position| found.iter().any(|(known, _)| known == position);
    let unreachable = declared(tree).filter(|position| !is_found(position));
    let unreachable =
        unreachable.map(|position| Unreachable { path: declared_path(tree, position) }).collect();
    (found.into_iter().map(|(_, listed)| listed).collect(), unreachable)
}

/// Adds to each further path of an endpoint the condition that the paths before it do not exist.
fn keep_apart(found: &mut [(Position, Listed)]) {
    let mut before: Vec<(Position, Vec<TokenStream>)> = Vec::new();
    for (position, listed) in found {
        let own = listed.cfgs.clone();
        let others = before.iter().filter(|(other, _)| *other == *position);
        listed.cfgs.extend(others.map(|(_, cfgs)| quote!(not(all(#(#cfgs),*)))));
        before.push((*position, own));
    }
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
    /// The conditions with which each module was visited.
    visited: Vec<Vec<Vec<TokenStream>>>,
}

impl Search<'_> {
    /// Visits modules in the order of the length of their paths. A `*` does not make a path longer.
    fn run(&mut self) {
        let root = Reached { module: 0, path: Vec::new(), cfgs: Vec::new(), has_star: false };
        let mut queue = VecDeque::from([root]);
        while let Some(reached) = queue.pop_front() {
            let cfgs = united(around(self.tree, reached.module), &reached.cfgs);
            let visited = &mut self.visited[reached.module];
            if visited.iter().any(|known| is_part(known, &cfgs)) {
                continue;
            }
            visited.push(cfgs);
            self.visit(&reached, &mut queue);
        }
    }

    fn visit(&mut self, reached: &Reached, queue: &mut VecDeque<Reached>) {
        let module = &self.tree.modules[reached.module];
        let is_open = self.is_open(reached.module);
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
            for target in targets(self.tree, reached.module, &reexport.path) {
                match (target, &reexport.name) {
                    (Target::Module(target), None) => {
                        let all = reached.with(target, reached.path.clone(), &reexport.cfgs);
                        queue.push_front(Reached { has_star: true, ..all });
                    }
                    (Target::Module(target), Some(name)) => {
                        let path = [reached.path.clone(), vec![name.clone()]].concat();
                        queue.push_back(reached.with(target, path, &reexport.cfgs));
                    }
                    (Target::Endpoint(position), Some(name)) => {
                        self.list(position, reached, name, &reexport.cfgs);
                    }
                    (Target::Endpoint(_), None) => {}
                }
            }
        }
    }

    /// Returns whether all names in a module can be used. The root can name its own private modules; other crates cannot.
    fn is_open(&self, module: usize) -> bool {
        module == 0 && !self.is_for_others
    }

    /// Adds an endpoint with the path of its declaration, if that is public.
    fn list_in_place(&mut self, (module, number): Position) {
        let tree = self.tree;
        let (mut path, mut at) = (Vec::new(), module);
        while let Some((parent, name)) = &tree.modules[at].parent {
            if !tree.modules[at].is_public && !self.is_open(*parent) {
                return;
            }
            path.insert(0, name.clone());
            at = *parent;
        }
        let name = &tree.modules[module].endpoints[number].name;
        self.list((module, number), &Reached { module, path, cfgs: Vec::new(), has_star: false }, name, &[]);
    }

    /// Adds an endpoint with its name in the module that was reached.
    fn list(&mut self, position: Position, reached: &Reached, name: &Ident, cfgs: &[TokenStream]) {
        let endpoint = &self.tree.modules[position.0].endpoints[position.1];
        if !endpoint.is_public || endpoint.is_generic {
            return;
        }
        let all = [&*reached.cfgs, cfgs, &endpoint.cfgs].concat();
        let all = united(around(self.tree, position.0), &all);
        let path = [reached.path.clone(), vec![name.clone()]].concat();
        let is_known = self.found.iter().any(|(known, it)| *known == position && is_part(&it.cfgs, &all));
        let is_it = || targets(self.tree, 0, &path).contains(&Target::Endpoint(position));
        if is_known || (reached.has_star && !is_it()) {
            return;
        }
        self.found.retain(|(known, it)| *known != position || !is_part(&all, &it.cfgs));
        let is_deprecated = endpoint.is_deprecated || self.tree.modules.iter().any(|it| it.is_deprecated);
        let listed = Listed { path, lifetimes: endpoint.lifetimes, is_deprecated, cfgs: all };
        self.found.push((position, listed));
    }
}

impl Reached {
    fn with(&self, module: usize, path: Vec<Ident>, cfgs: &[TokenStream]) -> Self {
        let cfgs = [self.cfgs.clone(), cfgs.to_vec()].concat();
        Self { module, path, cfgs, has_star: self.has_star }
    }
}

/// Returns the conditions of a module and of the modules around it.
fn around(tree: &Tree, module: usize) -> Vec<TokenStream> {
    let Some((parent, _)) = &tree.modules[module].parent else { return Vec::new() };
    let mut cfgs = around(tree, *parent);
    cfgs.extend(tree.modules[module].cfgs.iter().cloned());
    cfgs
}

/// Returns the conditions of both lists, each of them once.
fn united(mut all: Vec<TokenStream>, more: &[TokenStream]) -> Vec<TokenStream> {
    for cfg in more {
        if !is_part(std::slice::from_ref(cfg), &all) {
            all.push(cfg.clone());
        }
    }
    all
}

/// Returns whether all conditions of the first list are in the second one.
fn is_part(part: &[TokenStream], whole: &[TokenStream]) -> bool {
    part.iter().all(|cfg| whole.iter().any(|known| known.to_string() == cfg.to_string()))
}

/// Returns the items of the crate that a path in a module refers to. There are several if they have different `cfg`s.
fn targets(tree: &Tree, from: usize, path: &[Ident]) -> Vec<Target> {
    Names { tree, known: BTreeMap::new() }.path(from, path)
}

/// Resolves names in modules.
struct Names<'t> {
    tree: &'t Tree,
    /// The targets of each name in each module. Empty during its resolution, because modules can re-export each other.
    known: BTreeMap<(usize, Ident), Vec<Target>>,
}

impl Names<'_> {
    fn path(&mut self, from: usize, path: &[Ident]) -> Vec<Target> {
        let Some((first, rest)) = path.split_first() else { return Vec::new() };
        let mut at = if first == "crate" { vec![Target::Module(0)] } else { self.name(from, first) };
        for name in rest {
            at = at.into_iter().flat_map(|target| self.inside(target, name)).collect();
        }
        at
    }

    fn inside(&mut self, target: Target, name: &Ident) -> Vec<Target> {
        match target {
            Target::Module(module) => self.name(module, name),
            Target::Endpoint(_) => Vec::new(),
        }
    }

    fn name(&mut self, module: usize, name: &Ident) -> Vec<Target> {
        match name.to_string().as_str() {
            "self" => return vec![Target::Module(module)],
            "super" => {
                let around = self.tree.modules[module].parent.iter();
                return around.map(|(parent, _)| Target::Module(*parent)).collect();
            }
            _ => {}
        }
        let key = (module, name.unraw());
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        self.known.insert(key.clone(), Vec::new());
        let mut found = self.declared(module, name);
        found.extend(self.imported(module, name));
        if found.is_empty() {
            found = self.imported_with_all(module, name);
        }
        found.sort_unstable();
        found.dedup();
        self.known.insert(key, found.clone());
        found
    }

    fn declared(&self, module: usize, name: &Ident) -> Vec<Target> {
        let is_it = |other: &Ident| other.unraw() == name.unraw();
        let contents = &self.tree.modules[module];
        let endpoints = contents.endpoints.iter().enumerate().filter(|(_, endpoint)| is_it(&endpoint.name));
        let endpoints = endpoints.map(|(number, _)| Target::Endpoint((module, number)));
        let name_of = |child: usize| self.tree.modules[child].parent.as_ref().map(|(_, name)| name);
        let children = contents.children.iter().filter(|child| name_of(**child).is_some_and(is_it));
        endpoints.chain(children.map(|child| Target::Module(*child))).collect()
    }

    /// Returns what a `use` imports with this name.
    fn imported(&mut self, module: usize, name: &Ident) -> Vec<Target> {
        let tree = self.tree;
        let is_it = |it: &&Reexport| it.name.as_ref().is_some_and(|new| new.unraw() == name.unraw());
        let reexports = tree.modules[module].reexports.iter().filter(is_it);
        reexports.flat_map(|reexport| self.path(module, &reexport.path)).collect()
    }

    /// Returns what a `*` imports with this name. Two different items under the same conditions are ambiguous.
    fn imported_with_all(&mut self, module: usize, name: &Ident) -> Vec<Target> {
        let tree = self.tree;
        let mut found: Vec<(&Reexport, Vec<Target>)> = Vec::new();
        for reexport in tree.modules[module].reexports.iter().filter(|it| it.name.is_none()) {
            let modules = self.path(module, &reexport.path);
            let targets: Vec<Target> =
                modules.into_iter().flat_map(|target| self.inside(target, name)).collect();
            let is_other = |(other, known): &(&Reexport, Vec<Target>)| {
                *known != targets && other.is_public && reexport.is_public && other.overlaps(reexport)
            };
            if targets.is_empty() {
                continue;
            }
            if found.iter().any(is_other) {
                return Vec::new();
            }
            found.push((reexport, targets));
        }
        found.into_iter().flat_map(|(_, targets)| targets).collect()
    }
}

impl Reexport {
    /// Returns whether both exist under the conditions of one of them.
    fn overlaps(&self, other: &Self) -> bool {
        is_part(&self.cfgs, &other.cfgs) || is_part(&other.cfgs, &self.cfgs)
    }
}
