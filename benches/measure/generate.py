"""Writes one crate of N endpoints for each contender.

Every endpoint is `POST /v1/g{k}/{id}/op{i}` with ten fields: `id` (path), `name` and `kind` are required, four strings
and three numbers are optional. A module has twenty endpoints. Each can be called through one function that is not
generic. In ours, the method on the client is that function, and `ours-driven` has a further one.
"""

import os
import shutil

from measure import cargo

REQUIRED = ["id", "name", "kind"]
TEXTS = ["alpha", "beta", "gamma", "delta"]
NUMBERS = ["first", "second", "third"]
OPTIONAL = [(name, "String") for name in TEXTS] + [(name, "i64") for name in NUMBERS]
A_MODULE = 20

WIRE = {"serde": "serde = { workspace = true }", "serde_json": "serde_json = { workspace = true }"}
WIRE |= {"wire": 'wire = { path = "../../wire" }'}
OURS = 'declapi = { path = "../../../../core" }'
SERDE = ["serde", "serde_json", "wire"]
CONTENDERS = {
    "plain": SERDE,
    "ours": ["declapi", "serde"],
    "ours-driven": ["declapi", "serde"],
    "rustify": ["serde", "serde_json", "wire", "rustify", "rustify_derive", "derive_builder"],
    "bon": [*SERDE, "bon"],
    "typed-builder": [*SERDE, "typed-builder"],
}
LINES = WIRE | {
    "declapi": OURS,
    "rustify": 'rustify = "0.7.0"',
    "rustify_derive": 'rustify_derive = "0.5.5"',
    "derive_builder": 'derive_builder = "0.20.2"',
    "bon": 'bon = "3.10.3"',
    "typed-builder": 'typed-builder = "0.23.2"',
}


MANIFEST = """[workspace]
resolver = "3"
members = ["*"]

[workspace.package]
version = "0.0.0"
edition = "2024"
publish = false

[workspace.dependencies]
serde = { version = "1.0.220", features = ["derive"] }
serde_json = "1.0.145"
"""


def workspace(root):
    """Creates a workspace for the generated crates, with the locked versions of the benches."""
    shutil.rmtree(root, ignore_errors=True)
    os.makedirs(root)
    put(root, "Cargo.toml", MANIFEST)
    shutil.copy(os.path.join(cargo.HERE, "Cargo.lock"), root)


def package(contender, count):
    return f"{contender}-{count}"


def crate(root, contender, count):
    """Writes the crate."""
    name = package(contender, count)
    directory = os.path.join(root, name)
    shutil.rmtree(directory, ignore_errors=True)
    os.makedirs(os.path.join(directory, "src"))
    dependencies = "\n".join(LINES[dependency] for dependency in CONTENDERS[contender])
    manifest = (
        f'[package]\nname = "{name}"\nversion.workspace = true\nedition.workspace = true\n'
        f"publish.workspace = true\n\n[dependencies]\n{dependencies}\n"
    )
    put(directory, "Cargo.toml", manifest)
    modules = (count + A_MODULE - 1) // A_MODULE
    declared = "".join(f"pub mod g{k};\n" for k in range(modules))
    put(directory, "src/lib.rs", declared + LIBRARY.get(family(contender), ""))
    for k in range(modules):
        endpoints = range(k * A_MODULE, min(count, (k + 1) * A_MODULE))
        text = HEAD[family(contender)].format(k=k)
        text += "".join(ENDPOINT[contender](k, i) for i in endpoints)
        put(directory, f"src/g{k}.rs", text)
    put(directory, "src/main.rs", USER[family(contender)].replace("CRATE", name.replace("-", "_")))


def put(directory, path, text):
    with open(os.path.join(directory, path), "w", encoding="utf-8") as file:
        file.write(text)


def family(contender):
    return "ours" if contender.startswith("ours") else contender


def fields(required="    pub {name}: String,\n", optional="    pub {name}: Option<{type}>,\n", path=""):
    """Returns the fields of a struct; `path` is the attribute of the path parameter."""
    text = path
    text += "".join(required.format(name=name) for name in REQUIRED)
    return text + "".join(optional.format(name=name, type=kind) for name, kind in OPTIONAL)


SKIP = '    #[serde(skip_serializing_if = "Option::is_none")]\n'


def by_hand(k, i):
    """Returns the function that sends a request whose body serde writes."""
    return f"""
pub async fn op{i}(client: &Client, request: &Op{i}) -> Result<Resp, Error> {{
    let path = format!("/v1/g{k}/{{}}/op{i}", request.id);
    let body = serde_json::to_vec(request)?;
    let response = client.send("POST", path, body).await?;
    Ok(serde_json::from_slice(&response)?)
}}
"""


def plain(k, i):
    inside = fields(optional=SKIP + "    pub {name}: Option<{type}>,\n", path="    #[serde(skip)]\n")
    return f"\n#[derive(Debug, Serialize)]\npub struct Op{i} {{\n{inside}}}\n{by_hand(k, i)}"


def bon(k, i):
    inside = fields(optional=SKIP + "    pub {name}: Option<{type}>,\n", path="    #[serde(skip)]\n")
    derives = "#[derive(Debug, Serialize, bon::Builder)]\n#[builder(on(String, into))]\n"
    return f"\n{derives}pub struct Op{i} {{\n{inside}}}\n{by_hand(k, i)}"


def typed_builder(k, i):
    required = "    #[builder(setter(into))]\n    pub {name}: String,\n"
    text = "    #[builder(default, setter(strip_option, into))]\n"
    inside = fields(required, text + SKIP + "    pub {name}: Option<{type}>,\n", "    #[serde(skip)]\n")
    derives = "#[derive(Debug, Serialize, typed_builder::TypedBuilder)]\n"
    return f"\n{derives}pub struct Op{i} {{\n{inside}}}\n{by_hand(k, i)}"


def rustify(k, i):
    inside = fields(
        optional="    #[builder(default)]\n    pub {name}: Option<{type}>,\n",
        path="    #[endpoint(skip)]\n",
    )
    path = f"v1/g{k}/{{self.id}}/op{i}"
    return f"""
#[derive(Debug, Builder, Endpoint)]
#[endpoint(path = "{path}", method = "POST", response = "Resp", builder = "true")]
#[builder(setter(into, strip_option))]
pub struct Op{i} {{
{inside}}}

pub async fn op{i}(client: &Client, request: &Op{i}) -> Result<Resp, ClientError> {{
    request.exec(client).await?.parse()
}}
"""


def ours(k, i):
    path = f"/v1/g{k}/{{id}}/op{i}"
    attribute = f'#[endpoint(post = "{path}", response = Resp, on = Group{k})]'
    return f"\n{attribute}\npub struct Op{i} {{\n{fields()}}}\n"


def ours_driven(k, i):
    return ours(k, i) + f"""
pub async fn op{i}(client: &Client, request: &Op{i}) -> Result<Resp, Error> {{
    client.send(request).await
}}
"""


ENDPOINT = {
    "plain": plain,
    "ours": ours,
    "ours-driven": ours_driven,
    "rustify": rustify,
    "bon": bon,
    "typed-builder": typed_builder,
}

WIRE_HEAD = "use serde::Serialize;\nuse wire::{{Client, Error, Resp}};\n"
HEAD = {
    "plain": WIRE_HEAD,
    "bon": WIRE_HEAD,
    "typed-builder": WIRE_HEAD,
    "rustify": (
        "use derive_builder::Builder;\nuse rustify::Endpoint as _;\nuse rustify::clients::reqwest::Client;\n"
        "use rustify::errors::ClientError;\nuse rustify_derive::Endpoint;\nuse wire::Resp;\n"
    ),
    "ours": (
        "#[allow(unused_imports)]\nuse declapi::{{Client, Error, endpoint, resource}};\n\nuse crate::Resp;\n\n"
        "#[resource]\npub struct Group{k};\n"
    ),
}

LIBRARY = {
    "ours": """
/// The response to everything.
#[derive(Debug, Clone, serde::Deserialize)]
pub struct Resp {
    pub request_id: String,
    pub status_code: u16,
}
""",
}

CALL = """use CRATE::g0::*;

async fn call(client: &CLIENT) -> Result<String, ERROR> {
    let request = REQUEST;
    Ok(op0(client, &request).await?.request_id)
}

fn main() {
    // Compiled, never awaited.
    let _ = call;
}
"""
NONE = ", ".join(f"{name}: None" for name, _ in OPTIONAL if name != "alpha")
LITERAL = 'Op0 { id: "1".into(), name: "a".into(), kind: "b".into(), alpha: Some("c".into()), ' + NONE + " }"
BUILT = 'Op0::builder().id("1").name("a").kind("b").alpha("c").build()'


def user(client, error, request):
    return CALL.replace("CLIENT", client).replace("ERROR", error).replace("REQUEST", request)


USER = {
    "plain": user("wire::Client", "wire::Error", LITERAL),
    "bon": user("wire::Client", "wire::Error", BUILT),
    "typed-builder": user("wire::Client", "wire::Error", BUILT),
    "rustify": user(
        "rustify::clients::reqwest::Client",
        "rustify::errors::ClientError",
        BUILT + '.expect("all is set")',
    ),
    "ours": """use CRATE::g0::*;

async fn call(client: &declapi::Client) -> Result<String, declapi::Error> {
    Ok(client.group0().op0().id("1").name("a").kind("b").alpha("c").send().await?.request_id)
}

fn main() {
    // Compiled, never awaited.
    let _ = call;
}
""",
}
