"""What a whole API costs to compile: 187 operations, beside the same structs with serde's derives and the official crate."""

import os
import statistics

from measure import compile, declared, generate

ROOT = os.path.join(compile.ROOT, "whole")
OFFICIAL = "stytch"
ROUNDS = 5


def run(rounds=ROUNDS):
    """{rounds: [{contender: {check, build: CPU seconds, check_mib, build_mib}}]}, and what was declared."""
    declarations = declared.Declarations()
    crates = declarations.crates()
    workspace(crates)
    contenders = [*crates, OFFICIAL]
    once(contenders)
    # In turn, the other way round every second time: what the machine does besides falls on all of a round.
    measured = [once(contenders if number % 2 == 0 else contenders[::-1]) for number in range(rounds)]
    items = {"requests": len(declarations.requests), "responses": len(declarations.responses)}
    return {"items": {**items, "response_fields": declarations.fields}, "rounds": measured}


def workspace(crates):
    generate.workspace(ROOT)
    needs = '[dependencies]\nserde.workspace = true\nserde_json.workspace = true\n'
    ours = 'declapi = { path = "../../../../../core" }\n'
    for name, source in {**crates, "with-official": ""}.items():
        directory = os.path.join(ROOT, name)
        os.makedirs(os.path.join(directory, "src"))
        package = f'[package]\nname = "whole-{name}"\nversion.workspace = true\nedition.workspace = true\n\n'
        more = {"with-official": f'{OFFICIAL} = "=11.1.0"\n'}.get(name, "" if name.startswith("serde") else ours)
        generate.put(directory, "Cargo.toml", package + needs + more)
        generate.put(directory, "src/lib.rs", source)


def once(contenders):
    measured = {}
    for contender in contenders:
        measured[contender] = {}
        for command in ("check", "build"):
            seconds, mebibytes = compile.timed(ROOT, command_for(contender, command), incremental=False)
            measured[contender] |= {command: round(seconds, 3), f"{command}_mib": mebibytes}
    return measured


def command_for(contender, command):
    """What compiles it anew, and nothing else."""
    if contender != OFFICIAL:
        os.utime(os.path.join(ROOT, contender, "src", "lib.rs"))
        return [command, "--lib", "--package", f"whole-{contender}"]
    # Sources of others are not touched: cargo takes them for built as long as what it has built is there.
    compile.timed(ROOT, ["clean", "--package", OFFICIAL], incremental=False)
    return [command, "--package", OFFICIAL]


def ratio(results, what, contender="responses", base="serde"):
    """The median of the rounds' own ratios."""
    return statistics.median(each[contender][what] / each[base][what] for each in results["rounds"])
