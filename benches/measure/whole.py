"""The cost to compile a whole API: 187 operations, compared with serde's derives and with the official crate."""

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
    # In turn, and in reverse order every second time, so that other load affects all contenders of a round.
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
    """Makes cargo compile it again, without its dependencies."""
    if contender != OFFICIAL:
        os.utime(os.path.join(ROOT, contender, "src", "lib.rs"))
        return [command, "--lib", "--package", f"whole-{contender}"]
    # Dependencies are not changed, so that cargo does not build them again.
    compile.timed(ROOT, ["clean", "--package", OFFICIAL], incremental=False)
    return [command, "--package", OFFICIAL]


def ratio(results, what, contender="responses", base="serde"):
    """Returns the median of the ratios of all rounds."""
    return statistics.median(each[contender][what] / each[base][what] for each in results["rounds"])
