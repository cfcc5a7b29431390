"""The goals, and the measured values."""

import statistics

from measure import many, whole
from measure.report import in_rounds, table


def print_goals(results):
    """Prints one line per goal, without goals that were not measured."""
    rows = []
    for text, figure, limit in GOALS:
        try:
            measured = figure(results)
        except KeyError:
            continue
        verdict = "met" if round(measured, 3) <= limit else "missed"
        shown = f"{measured:g}" if isinstance(limit, int) else f"{measured:.3f}"
        rows.append([text, limit, shown, verdict])
    print("### Goals\n")
    table(["ours ÷ official, where nothing else is said", "at most", "measured", ""], rows)


def against_official(name, what, beside=None):
    """Returns the ratio of ours to the official crate."""

    def figure(results):
        measured = results["call"]
        return measured["ours"][name][what] / measured["official"][beside or name][what]

    return figure


def against_plain(command):
    """Returns the median of the ratios of ours to the plain struct in each round."""

    def figure(results):
        return statistics.median(in_rounds(results["paired"][command]))

    return figure


def instructions(command):
    """Returns the same ratio for rustc's instructions for one further endpoint."""

    def figure(results):
        counted = results["compile"]["rustc_instructions"]
        return counted["ours"][command] / counted["plain"][command]

    return figure


def whole_api(what, *contenders):
    """Returns a ratio of two contenders, by default of the responses to the same structs with serde's derives."""
    return lambda results: whole.ratio(results["whole"]["rounds"], what, *contenders)


def reading(what):
    """Returns the ratio of `#[response]` to serde's derive with the same tolerance."""

    def figure(results):
        read = results["reading"][what]
        return read["response"]["instructions"] / read["tolerant"]["instructions"]

    return figure


def linear(command):
    """Returns the cost of an endpoint between the two largest sizes, divided by that between the two smallest."""

    def figure(results):
        seconds = results["compile"]["seconds"]["ours"]
        small, middle, large = sorted(seconds, key=int)
        slopes = [
            (seconds[more][command] - seconds[less][command]) / (int(more) - int(less))
            for less, more in ((small, middle), (middle, large))
        ]
        return slopes[1] / slopes[0]

    return figure


def many_calls(in_flight, what):
    return lambda results: many.ratio(results["many"][many.case_of(in_flight, "HTTP/2")], what)


def cold(what):
    return lambda results: results["cold"]["ours"][what] / results["cold"]["official"][what]


GOALS = [
    *(
        line
        for endpoint, limit in (("authenticate", 0.72), ("migrate", 0.78))
        for line in (
            (
                f"a request to {endpoint}: allocations, counted",
                lambda results, endpoint=endpoint: results["call"]["ours"][f"build-{endpoint}"]["allocations"],
                5,
            ),
            ("the same, instructions", against_official(f"build-{endpoint}", "instructions"), 0.45),
            (f"a call of {endpoint}, instructions", against_official(f"call-{endpoint}", "instructions"), limit),
            ("the same, allocations", against_official(f"call-{endpoint}", "allocations"), 0.85),
            (f"the response to {endpoint} decoded, instructions", against_official(f"decode-{endpoint}", "instructions"), 0.85),
        )
    ),
    (
        "a call of authenticate for four fields, instructions",
        against_official("call-four-fields", "instructions", "call-authenticate"),
        0.52,
    ),
    ("a client, instructions", against_official("client", "instructions"), 0.50),
    *(
        line
        for command, limit in (("check", 0.95), ("build", 0.70))
        for line in (
            (f"{command} of an endpoint ÷ plain struct, rustc's instructions", instructions(command), limit),
            ("the same, CPU seconds", against_plain(command), limit),
        )
    ),
    ("an endpoint after expansion, bytes, counted", lambda results: results["compile"]["expanded_bytes"]["ours"], 12_801),
    *(
        (f"{command} of a whole API's responses ÷ serde's two derives, {name}", whole_api(what), limit)
        for command in ("check", "build")
        for name, what, limit in (("CPU seconds", command, 0.35), ("memory", f"{command}_mib", 0.5))
    ),
    *(
        (f"{command} of a client with {apis} ÷ the official crate, {name}", whole_api(what, client, "official"), limit)
        for client, apis, limits in (("client", "one API", (0.30, 0.35, 0.30)), ("client-b2b", "both APIs", (0.45, 0.5, 0.45)))
        for (command, name, what), limit in zip(
            (("check", "CPU seconds", "check"), ("check", "memory", "check_mib"), ("build", "CPU seconds", "build")), limits
        )
    ),
    (
        "a program with one call, with both APIs ÷ with one, bytes",
        lambda results: results["cold"]["ours-b2b"]["stripped_bytes"] / results["cold"]["ours"]["stripped_bytes"],
        1.03,
    ),
    *(
        (f"reading {what} ÷ serde's tolerant derive, instructions", reading(what), 1.0)
        for what in ("forty-in-order", "forty-in-any-order", "forty-between-unknown", "thousand-users")
    ),
    *(
        line
        for in_flight in many.IN_FLIGHT
        for line in (
            (f"{in_flight} calls at a time over HTTP/2, CPU seconds", many_calls(in_flight, "cpu"), 0.85),
            ("the same, p99 ÷ p50 of their durations", many_calls(in_flight, "tail"), 1.0),
        )
    ),
    ("check, later endpoints ÷ earlier ones", linear("check"), 1.1),
    ("build, later endpoints ÷ earlier ones", linear("build"), 1.1),
    ("cold build, CPU seconds", cold("cpu_seconds"), 0.75),
    (
        "cold build, crates beyond bare reqwest, counted",
        lambda results: results["cold"]["ours"]["crates"] - results["cold"]["reqwest-ring"]["crates"],
        5,
    ),
]
