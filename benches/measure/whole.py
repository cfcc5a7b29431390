"""The cost to compile a whole API: 187 operations, declared in several ways, and two clients with all of them."""

import os
import statistics

from measure import cargo, compile, declared, generate, peers

ROOT = os.path.join(compile.ROOT, "whole")
# The contenders differ far more than the rounds, and a round takes ten minutes.
ROUNDS = 1
SERDE = 'serde.workspace = true\nserde_json.workspace = true\n'
DECLAPI = 'declapi = { path = "../../../../../core" }\n'
PROGENITOR = (
    'progenitor = "0.15.1"\nprogenitor-client = "0.15.1"\n'
    'reqwest = { version = "0.13", default-features = false, features = ["json", "stream"] }\n'
)
# Ruma's macros look for these features of the crate that uses them.
RUMA = (
    'ruma-common = { version = "0.20.2", default-features = false, features = ["client", "server", "api"] }\n'
    'http = "1"\n\n[features]\ndefault = ["client"]\nclient = []\nserver = []\n'
)
CLIENT = 'stytch-client = { path = "../../../../../client"'
# Two whole clients. Each is compiled for an empty crate that depends on it.
CLIENTS = {"client": CLIENT + " }\n", "client-b2b": CLIENT + ', features = ["b2b"] }\n', "official": 'stytch = "=11.1.0"\n'}


def run(rounds=ROUNDS):
    """{rounds: [{contender: {check, build: CPU seconds, check_mib, build_mib}}]}, and what was declared."""
    declarations = declared.Declarations()
    contenders = workspace(declarations)
    # In turn, and in reverse order every second time, so that other load affects all contenders of a round.
    measured = [once(contenders if number % 2 == 0 else contenders[::-1]) for number in range(rounds)]
    items = {"requests": len(declarations.requests), "responses": len(declarations.responses)}
    return {"items": {**items, "response_fields": declarations.fields}, "rounds": measured}


def workspace(declarations):
    """Writes a crate for each contender, and returns their names."""
    generate.workspace(ROOT)
    crates = {name: (source, SERDE if name.startswith("serde") else SERDE + DECLAPI) for name, source in declarations.crates().items()}
    crates["ruma"] = (peers.ruma(declarations), SERDE + RUMA)
    crates["progenitor"] = ('progenitor::generate_api!(spec = "api.json", interface = Builder);\n', SERDE + PROGENITOR)
    crates |= {name: ("", needs) for name, needs in CLIENTS.items()}
    for name, (_, needs) in crates.items():
        directory = os.path.join(ROOT, name)
        os.makedirs(os.path.join(directory, "src"))
        package = f'[package]\nname = "whole-{name}"\nversion.workspace = true\nedition.workspace = true\n\n[dependencies]\n'
        generate.put(directory, "Cargo.toml", package + needs)
        generate.put(directory, "src/lib.rs", "")
    # Empty crates are enough to have their dependencies built.
    for command in ("check", "build"):
        for name in crates:
            compile.timed(ROOT, [command, "--lib", "--package", f"whole-{name}"], incremental=False)
    for name, (source, _) in crates.items():
        generate.put(os.path.join(ROOT, name), "src/lib.rs", source)
    generate.put(os.path.join(ROOT, "progenitor"), "api.json", peers.openapi(declarations))
    return list(crates)


def once(contenders):
    measured = {}
    for contender in contenders:
        measured[contender] = {}
        for command in ("check", "build", "doc") if contender in CLIENTS else ("check", "build"):
            seconds, mebibytes = compile.timed(ROOT, command_for(contender, command), incremental=False)
            measured[contender] |= {command: round(seconds, 3), f"{command}_mib": mebibytes}
        if contender not in CLIENTS:
            measured[contender]["library"] = library(contender)
    return measured


def library(contender):
    """Returns the bytes of the library that was built, with the instructions for debuggers."""
    name = f"libwhole_{contender.replace('-', '_')}.rlib"
    return os.path.getsize(os.path.join(cargo.target_directory(), "debug", name))


def command_for(contender, command):
    """Makes cargo compile it again, without its dependencies."""
    if contender not in CLIENTS:
        os.utime(os.path.join(ROOT, contender, "src", "lib.rs"))
        return [command, "--lib", "--package", f"whole-{contender}"]
    package = "stytch" if contender == "official" else "stytch-client"
    compile.timed(ROOT, ["clean", "--package", package], incremental=False)
    # cargo enables the features that the selected crates want, so the empty crate has to be selected too.
    arguments = ["--package", package, "--package", f"whole-{contender}"]
    return [command, "--no-deps", *arguments] if command == "doc" else [command, "--lib", *arguments]


def ratio(rounds, what, contender="responses", base="serde"):
    """Returns the median of the ratios of all rounds."""
    return statistics.median(each[contender][what] / each[base][what] for each in rounds)
