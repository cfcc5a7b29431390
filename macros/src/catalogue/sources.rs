//! Reads the modules of a crate from its files, with the rules of rustc.

use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use proc_macro2::{Ident, TokenStream};
use syn::ext::IdentExt;

use super::ReadFile;
use super::items::{self, Endpoint, Item};
use super::reexport::Reexport;

/// The modules of a crate. The first one is the root.
pub(super) struct Tree {
    pub(super) modules: Vec<Module>,
}

/// A module with the items that the catalogue needs.
#[derive(Default)]
pub(super) struct Module {
    /// The parent module and the name of this module; `None` for the root.
    pub(super) parent: Option<(usize, Ident)>,
    pub(super) is_public: bool,
    pub(super) is_deprecated: bool,
    pub(super) cfgs: Vec<TokenStream>,
    pub(super) children: Vec<usize>,
    pub(super) reexports: Vec<Reexport>,
    pub(super) endpoints: Vec<Endpoint>,
}

/// The folders in which the child modules of a module are searched.
#[derive(Clone)]
struct Folders {
    /// For `mod child;`: the folder `a` for the file `a.rs`.
    of_children: PathBuf,
    /// For `#[path = "…"] mod child;`: the folder of the file, or of the inline module.
    of_paths: PathBuf,
}

impl Tree {
    /// Reads the root file and the files of all modules below it. Calls `complain` for each file that cannot be read,
    /// with the reason.
    pub(super) fn read(
        root: &Path,
        is_for_others: bool,
        read: ReadFile<'_>,
        complain: &mut dyn FnMut(&Path, &str),
    ) -> Self {
        let tree = Self { modules: vec![Module::default()] };
        let mut reader = Reader { tree, is_for_others, read, complain, open: Vec::new() };
        let folder = root.parent().unwrap_or(root).to_path_buf();
        match read(root) {
            Ok(text) => {
                let folders = Folders { of_children: folder.clone(), of_paths: folder };
                reader.file(0, root, &text, &folders);
            }
            Err(error) => {
                let otherwise = "name the file with the root of the crate, as in `root = \"src/main.rs\";`";
                (reader.complain)(root, &format!("{error}: {otherwise}"));
            }
        }
        reader.tree
    }
}

struct Reader<'r> {
    tree: Tree,
    is_for_others: bool,
    read: ReadFile<'r>,
    complain: &'r mut dyn FnMut(&Path, &str),
    /// The files around the current module. rustc reports a file that includes itself.
    open: Vec<PathBuf>,
}

impl Reader<'_> {
    fn file(&mut self, module: usize, path: &Path, text: &str, folders: &Folders) {
        if self.open.iter().any(|open| open == path) {
            return;
        }
        self.open.push(path.to_path_buf());
        match TokenStream::from_str(without_first_line(text)) {
            Ok(tokens) => self.module(module, tokens, folders),
            // If the file belongs to the crate, rustc reports this too, with the line.
            Err(error) => (self.complain)(path, &error.to_string()),
        }
        self.open.pop();
    }

    fn module(&mut self, module: usize, tokens: TokenStream, folders: &Folders) {
        let contents = items::read(tokens, self.is_for_others);
        self.tree.modules[module].cfgs.extend(contents.cfgs);
        self.tree.modules[module].is_deprecated |= contents.is_deprecated;
        for item in contents.items {
            match item {
                Item::Endpoints(endpoints) => self.tree.modules[module].endpoints.extend(endpoints),
                Item::Reexports(reexports) => self.tree.modules[module].reexports.extend(reexports),
                Item::Module { name, is_public, is_deprecated, cfgs, path, has_hidden_path, contents } => {
                    let child = self.tree.modules.len();
                    let parent = Some((module, name.clone()));
                    let child_module = Module { parent, is_public, is_deprecated, cfgs, ..Module::default() };
                    self.tree.modules.push(child_module);
                    self.tree.modules[module].children.push(child);
                    match contents {
                        Some(contents) => {
                            let folders = folders.of_inline(&name, path.as_deref());
                            self.module(child, contents, &folders);
                        }
                        None if has_hidden_path => {
                            let file = folders.of_children.join(name.unraw().to_string());
                            (self.complain)(
                                &file,
                                "its path depends on a `cfg_attr`: declare the module once for each `#[cfg]`, with a `#[path]`",
                            );
                        }
                        None => self.child(child, &name, path.as_deref(), folders),
                    }
                }
            }
        }
    }

    /// Reads the file of a module: the one in its `#[path]`, `name.rs`, or `name/mod.rs`.
    fn child(&mut self, module: usize, name: &Ident, path: Option<&str>, folders: &Folders) {
        let name = name.unraw().to_string();
        let inside = folders.of_children.join(&name);
        let candidates = match path {
            Some(path) => {
                let file = folders.of_paths.join(path);
                let folder = file.parent().unwrap_or(&file).to_path_buf();
                vec![(file, folder)]
            }
            None => vec![
                (folders.of_children.join(format!("{name}.rs")), inside.clone()),
                (inside.join("mod.rs"), inside),
            ],
        };
        for (file, folder) in candidates {
            match (self.read)(&file) {
                Ok(text) => {
                    let of_paths = file.parent().unwrap_or(&file).to_path_buf();
                    let folders = Folders { of_children: folder, of_paths };
                    return self.file(module, &file, &text, &folders);
                }
                // rustc reports the missing file, unless a `cfg` removes the module.
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                Err(error) => return (self.complain)(&file, &error.to_string()),
            }
        }
    }
}

impl Folders {
    /// Returns the folders for the modules inside `mod name { … }`.
    fn of_inline(&self, name: &Ident, path: Option<&str>) -> Self {
        let inside = match path {
            Some(path) => self.of_paths.join(path),
            None => self.of_children.join(name.unraw().to_string()),
        };
        Self { of_children: inside.clone(), of_paths: inside }
    }
}

/// Returns the text without a byte order mark and without a `#!` line, which are not tokens.
fn without_first_line(text: &str) -> &str {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.starts_with("#!") && !text[2..].trim_start().starts_with('[') {
        return text.split_once('\n').map_or("", |(_, rest)| rest);
    }
    text
}
