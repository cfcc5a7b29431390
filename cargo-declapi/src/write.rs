//! From declarations to source code.
//!
//! The text is written directly, because printers of syntax trees do not keep comments.

mod attributes;
mod endpoint;
mod scope;
mod types;

use self::scope::Scope;
use crate::docs;
use crate::model::{Api, Item, Note};
use crate::plan::{Module, Plan};

/// The number of columns of a line.
const WIDTH: usize = 100;
/// The columns that a level of nesting takes.
const INDENT: usize = 4;

/// A file that is written.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct File {
    /// The path from the directory.
    pub(crate) path: String,
    pub(crate) text: String,
}

/// Writes everything into one file.
pub(crate) fn one_file(api: &Api) -> String {
    let plan = Plan::of(api);
    let mut lines = Lines::new(WIDTH);
    lines.inner_docs(&api.title);
    lines.blank();
    root(api, &plan, &mut lines);
    for at in order(&plan) {
        let module = &plan.modules[at];
        let Some(name) = &module.name else { continue };
        lines.blank();
        lines.docs(&module_docs(api, at));
        lines.push(format!("pub mod {name} {{"));
        let mut inside = Lines::new(WIDTH - INDENT);
        contents(api, &plan, at, &mut inside);
        lines.nested(inside);
        lines.push("}");
    }
    lines.finish()
}

/// Writes a file for each module, and `mod.rs`.
pub(crate) fn directory(api: &Api) -> Vec<File> {
    let plan = Plan::of(api);
    let mut lines = Lines::new(WIDTH);
    lines.inner_docs(&api.title);
    lines.blank();
    let mut names: Vec<&String> = plan.modules.iter().filter_map(|module| module.name.as_ref()).collect();
    names.sort();
    for name in names {
        lines.push(format!("pub mod {name};"));
    }
    lines.blank();
    root(api, &plan, &mut lines);
    let mut files = vec![File { path: "mod.rs".to_owned(), text: lines.finish() }];
    for (at, module) in plan.modules.iter().enumerate() {
        if let Some(name) = &module.name {
            let mut lines = Lines::new(WIDTH);
            lines.inner_docs(&module_docs(api, at));
            lines.blank();
            contents(api, &plan, at, &mut lines);
            files.push(File { path: format!("{}.rs", name.trim_start_matches("r#")), text: lines.finish() });
        }
    }
    files
}

fn module_docs(api: &Api, at: usize) -> String {
    api.groups
        .get(at)
        .map_or_else(|| "Types that several resources use.".to_owned(), |group| group.docs.clone())
}

/// Returns the modules in the order of the document.
fn order(plan: &Plan) -> impl Iterator<Item = usize> + use<> {
    0..plan.modules.len()
}

/// Writes the client and the endpoints without a tag.
fn root(api: &Api, plan: &Plan, lines: &mut Lines) {
    let mut scope = Scope::new(plan, None);
    let mut body = Lines::new(lines.width);
    body.notes(&api.notes);
    body.docs(&api.docs);
    scope.declapi("client");
    body.push(attributes::client(api, body.width));
    body.push(format!("pub struct {};", api.name));
    if plan.has_nullable(api) {
        body.blank();
        body.docs("A value that must be sent and may be null.");
        body.push("pub type Nullable<T> = Option<T>;");
    }
    for (at, module) in plan.modules.iter().enumerate().filter(|(_, module)| module.name.is_none()) {
        items(api, at, module, &mut scope, &mut body);
    }
    scope.imports(lines);
    lines.blank();
    lines.append(body);
}

/// Writes a module with its imports.
fn contents(api: &Api, plan: &Plan, at: usize, lines: &mut Lines) {
    let module = &plan.modules[at];
    let mut scope = Scope::new(plan, Some(at));
    let mut body = Lines::new(lines.width);
    if let Some(resource) = &module.resource {
        scope.declapi("resource");
        scope.root(&api.name);
        body.docs(&module_docs(api, at));
        let name = module.method.as_ref().map_or_else(String::new, |method| format!(", name = {method}"));
        body.push(format!("#[resource(on = &{}{name})]", api.name));
        body.push(format!("pub struct {resource};"));
    }
    items(api, at, module, &mut scope, &mut body);
    scope.imports(lines);
    lines.blank();
    lines.append(body);
}

fn items(api: &Api, at: usize, module: &Module, scope: &mut Scope<'_>, body: &mut Lines) {
    let on = module.resource.clone().unwrap_or_else(|| format!("&{}", api.name));
    let mut names = module.endpoints.iter();
    for item in api.groups.get(at).iter().flat_map(|group| &group.items) {
        body.blank();
        match item {
            Item::Endpoint(endpoint) => {
                let name = names.next().map(String::as_str).unwrap_or_default();
                endpoint::write(endpoint, name, &on, scope, body);
            }
            Item::LeftOut(operation, note) => {
                body.comment(&format!("Not declared: {operation}. {}", note.text));
            }
        }
    }
    for id in &module.types {
        if let Some(planned) = scope.planned(*id) {
            let name = planned.name.clone();
            let borrows = planned.borrows;
            body.blank();
            types::write(&api.types[id.0], &name, borrows, scope, body);
        }
    }
}

/// Lines of source code.
#[derive(Debug)]
pub(crate) struct Lines {
    pub(crate) width: usize,
    lines: Vec<String>,
}

impl Lines {
    pub(crate) fn new(width: usize) -> Self {
        Self { width, lines: Vec::new() }
    }

    /// Adds a line, or several.
    pub(crate) fn push(&mut self, text: impl AsRef<str>) {
        self.lines.extend(text.as_ref().split('\n').map(str::to_owned));
    }

    /// Adds an empty line, except at the beginning or after another empty line.
    fn blank(&mut self) {
        if self.lines.last().is_some_and(|last| !last.is_empty()) {
            self.lines.push(String::new());
        }
    }

    pub(crate) fn docs(&mut self, markdown: &str) {
        self.prefixed("///", &docs::lines(markdown, self.width - INDENT));
    }

    fn inner_docs(&mut self, markdown: &str) {
        self.prefixed("//!", &docs::lines(markdown, self.width - INDENT));
    }

    fn comment(&mut self, text: &str) {
        self.prefixed("//", &docs::comment(text, self.width - INDENT));
    }

    pub(crate) fn notes(&mut self, notes: &[Note]) {
        for note in notes {
            self.comment(&note.text);
        }
    }

    fn prefixed(&mut self, prefix: &str, lines: &[String]) {
        for line in lines {
            self.lines.push(format!("{prefix} {line}").trim_end().to_owned());
        }
    }

    fn append(&mut self, other: Self) {
        self.lines.extend(other.lines);
    }

    /// Adds lines with one level of indentation. Their width must be less by that.
    pub(crate) fn nested(&mut self, inside: Self) {
        let indent = " ".repeat(INDENT);
        let lines = inside.lines.into_iter();
        self.lines.extend(lines.map(|line| if line.is_empty() { line } else { format!("{indent}{line}") }));
    }

    fn finish(mut self) -> String {
        while self.lines.last().is_some_and(String::is_empty) {
            self.lines.pop();
        }
        self.lines.push(String::new());
        self.lines.join("\n")
    }
}
