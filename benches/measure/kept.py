"""Compares the reproducible ratios with the accepted ones."""

import json
import os

from measure import call, cargo, cold, compile, many, streams

EXPECTED = os.path.join(cargo.HERE, "expected.json")
WORSE = 1.05


def run(accept):
    """Prints every ratio; returns the exit status."""
    measured = ratios()
    if accept:
        with open(EXPECTED, "w", encoding="utf-8") as file:
            json.dump(measured, file, indent=1, sort_keys=True)
            file.write("\n")
        print(f"{len(measured)} ratios accepted")
        return 0
    with open(EXPECTED, encoding="utf-8") as file:
        expected = json.load(file)
    worse = [name for name in expected if name not in measured or measured[name] > expected[name] * WORSE]
    for name, was in expected.items():
        now = measured.get(name)
        shown = "gone" if now is None else f"{now:.3f}"
        print(f"{'WORSE ' if name in worse else 'ok    '} {name:45} {was:.3f} -> {shown}")
    if worse:
        print(f"\n{len(worse)} of {len(expected)} ratios are more than 5 % worse than accepted. If this is intended,")
        print("say why in RESULTS.md and run `benches/run kept --accept`.")
    return int(bool(worse))


def ratios():
    """Returns the cost of ours, divided by that of the official crate, of a plain struct or of reqwest by hand."""
    results = call.run(call.build(["server", "official", "ours", "spans"]))
    official, ours = results["official"], results["ours"]
    measured = {}
    for name, figure in ours.items():
        base = official[BESIDE.get(name, name)]
        for what in ("instructions", "allocations"):
            measured[f"{name}, {what} ÷ official"] = round(figure[what] / base[what], 4)
    for name, figure in results["spans/on"].items():
        without = results["spans/off"][name]
        measured[f"{name} with a subscriber, instructions ÷ without"] = round(figure["instructions"] / without["instructions"], 4)
    at_a_time = many.instructions(many.build(), "HTTP/2", 64)
    measured["64 calls at a time over HTTP/2, instructions ÷ official"] = round(at_a_time["ours"] / at_a_time["official"], 4)
    return measured | streams.kept(streams.counted(streams.build())) | reading() | compiling()


def reading():
    measured = {}
    for what, figures in call.reading(cargo.program("reading")).items():
        for figure in ("instructions", "allocations"):
            ratio = figures["response"][figure] / figures["tolerant"][figure]
            measured[f"reading {what}, {figure} ÷ serde's tolerant derive"] = round(ratio, 4)
    return measured


def compiling():
    contenders = ["plain", "ours"]
    expanded, counted = compile.expanded(contenders), compile.instructions(contenders)
    measured = {"expanded bytes an endpoint ÷ plain struct": round(expanded["ours"] / expanded["plain"], 4)}
    for command in ("check", "build"):
        ratio = counted["ours"][command] / counted["plain"][command]
        measured[f"{command} of an endpoint, rustc's instructions ÷ plain struct"] = round(ratio, 4)
    measured["crates of a program of one call ÷ bare reqwest"] = round(cold.crates("ours") / cold.crates("reqwest-ring"), 4)
    return measured


# A measurement without a counterpart in the official crate is compared with the code that its users would write.
BESIDE = {
    "plain-authenticate": "build-authenticate",
    "plain-migrate": "build-migrate",
    "decode-four-fields": "decode-authenticate",
    "call-four-fields": "call-authenticate",
}
