"""Tables in Markdown, for RESULTS.md."""

import statistics

from measure import many as many_calls
from measure import streams as streams_by_kind
from measure import whole as whole_api


def table(headings, rows, figures=True):
    """Prints a table; the first column is text, the others are figures or text."""
    print("| " + " | ".join(headings) + " |")
    print("|---" + ("|--:" if figures else "|---") * (len(headings) - 1) + "|")
    for row in rows:
        print("| " + " | ".join(str(cell) for cell in row) + " |")
    print()


def thousands(number):
    return f"{number:,.0f}".replace(",", " ")


def ratio(figure, base):
    return f"{figure / base:.2f}" if base else "–"


def call(results):
    """Prints one table for each measurement, in which every contender is compared with the official crate."""
    names = sorted({name for measured in results.values() for name in measured})
    for name in names:
        base = results["official"].get(COMPARED.get(name, name))
        print(f"### {name}\n")
        rows = []
        for contender, measured in results.items():
            if figure := measured.get(name):
                instructions, allocations = figure["instructions"], figure["allocations"]
                rows.append([
                    contender,
                    thousands(allocations),
                    thousands(figure["bytes"]) if "bytes" in figure else "–",
                    thousands(instructions),
                    ratio(allocations, base and base["allocations"]),
                    ratio(instructions, base and base["instructions"]),
                ])
        table(["", "allocations", "bytes", "instructions", "allocations ÷ official", "instructions ÷ official"], rows)


# The counterparts of measurements that the official crate does not have under the same name.
COMPARED = {"call-four-fields": "call-authenticate", "decode-four-fields": "decode-authenticate"}


def rates(results):
    for in_flight, contenders in results.items():
        print(f"### {in_flight} in flight\n")
        base = contenders["official"]
        rows = []
        for contender, figure in contenders.items():
            clock, cpu = figure["clock"], figure["cpu"]
            rows.append([contender, f"{base['clock'] / clock:.2f}", cpu, ratio(cpu, base["cpu"])])
        table(["", "calls a second ÷ official", "CPU µs a call", "÷ official"], rows)


def many(results):
    rows = []
    for name, case in results.items():
        for contender in many_calls.CONTENDERS:
            cpu, middle, tail, relative, connections, peak = (
                many_calls.median(case, contender, what)
                for what in ("cpu", "p50", "p99", "tail", "connections", "peak_mib")
            )
            counted = case["instructions"]
            row = [f"{name}, {contender}"]
            if counted:
                row += [thousands(counted[contender]), ratio(counted[contender], counted["official"])]
            else:
                row += ["–", "–"]
            row += [f"{cpu:.1f}", f"{many_calls.ratio(case, 'cpu', contender):.3f}", thousands(middle), thousands(tail)]
            row += [f"{relative:.2f}", f"{many_calls.ratio(case, 'tail', contender):.3f}"]
            rows.append([*row, thousands(connections), f"{peak:.1f}"])
    print("### Many calls at a time over TLS\n")
    headings = ["", "instructions", "÷ official", "CPU µs a call", "÷ official", "p50 µs", "p99 µs", "p99 ÷ p50", "÷ official"]
    table([*headings, "connections", "MiB"], rows)


def streams(results):
    rows = []
    for kind, contenders in results["timed"].items():
        for contender, measured in contenders.items():
            seconds, kib = (statistics.median(each[what] for each in measured) for what in ("seconds", "kib"))
            row = [f"{kind}, {contender}", f"{seconds:.3f}"]
            row += ["" if contender == "ours" else f"{streams_by_kind.ratio(results, kind, 'seconds', contender):.2f}"]
            row += [f"{kib / 1024:.1f}", f"{results['tenth'][kind][contender] / 1024:.1f}"]
            rows.append(row)
    print("### Streams\n")
    table(["", "CPU s", "ours ÷ this", "MiB at most", "MiB for a tenth"], rows)
    rows = []
    for kind, contenders in results["counted"].items():
        ours = contenders["ours"]
        for contender, figure in contenders.items():
            row = [f"{kind}, {contender}"]
            for what, shown in (("instructions", thousands), ("allocations", "{:.2f}".format)):
                row += [shown(figure[what]), "" if contender == "ours" else ratio(ours[what], figure[what])]
            rows.append(row)
    print("### One event and one page\n")
    table(["", "instructions", "ours ÷ this", "allocations", "ours ÷ this"], rows)


def compile(results):
    expanded, counted = results["expanded_bytes"], results.get("rustc_instructions")
    headings, rows = ["", "bytes expanded", "÷ plain"], []
    if counted:
        headings += ["check, M instructions", "÷ plain", "build, M instructions", "÷ plain"]
    for contender, size in expanded.items():
        row = [contender, thousands(size), ratio(size, expanded["plain"])]
        for command in ("check", "build") if counted else ():
            figure = counted.get(contender, {}).get(command)
            row += [f"{figure / 1e6:.1f}", ratio(figure, counted["plain"][command])] if figure else ["–", "–"]
        rows.append(row)
    print("### One endpoint more\n")
    table(headings, rows)
    for command in ("check", "build"):
        seconds(command, results["seconds"])
    sizes = sorted(next(iter(results["seconds"].values())), key=int)
    for what, changed in (("user", "the program that uses the crate"), ("endpoint", "one endpoint")):
        print(f"### Incremental check after a change of {changed}\n")
        measured = results["seconds"].items()
        rows = [[contender, *(f"{by_size[size][what]:.2f}" for size in sizes)] for contender, by_size in measured]
        table(["CPU s", *(f"N = {size}" for size in sizes)], rows)


def reading(results):
    rows = []
    for what, by in results.items():
        for who, figure in by.items():
            base = by["tolerant"]["instructions"]
            row = [f"{what}, {who}", thousands(figure["instructions"]), ratio(figure["instructions"], base)]
            rows.append([*row, thousands(figure["allocations"])])
    print("### Reading, compared with serde's derive\n")
    table(["", "instructions", "÷ tolerant derive", "allocations"], rows)


def whole(results):
    items = results["items"]
    print(f"### A whole API: {items['requests']} items of requests, {items['responses']} of responses with")
    print(f"{items['response_fields']} fields; CPU seconds, MiB, and each ÷ serde's two derives\n")
    clients = list(whole_api.CLIENTS)
    macros = [contender for contender in results["rounds"][0] if contender not in clients]
    costs(results["rounds"], macros, ("check", "build"), "serde")
    print("### A whole client; CPU seconds, MiB, and each ÷ the official crate\n")
    costs(results["rounds"], clients, ("check", "build", "doc"), "official")


def costs(rounds, contenders, commands, base):
    rows = []
    for contender in contenders:
        row = [contender]
        for command in commands:
            spent = statistics.median(each[contender][command] for each in rounds)
            memory = statistics.median(each[contender][f"{command}_mib"] for each in rounds)
            ratios = [f"{whole_api.ratio(rounds, what, contender, base):.3f}" for what in (command, f"{command}_mib")]
            row += [f"{spent:.2f}", ratios[0], memory, ratios[1]]
        if "library" in rounds[0][contender]:
            size = rounds[0][contender]["library"]
            row += [f"{size / 1e6:.1f}", f"{whole_api.ratio(rounds, 'library', contender, base):.3f}"]
        rows.append(row)
    headings = [heading for command in commands for heading in (command, f"÷ {base}", "MiB", f"÷ {base}")]
    if "library" in rounds[0][contenders[0]]:
        headings += ["library, MB", f"÷ {base}"]
    table(["", *headings], rows)


def seconds(command, measured):
    """CPU seconds at each size, and milliseconds per endpoint at the largest and between the sizes."""
    print(f"### {command}\n")
    # Keys of JSON are strings, and are sorted as strings.
    sizes = sorted(next(iter(measured.values())), key=int)
    largest = sizes[-1]
    base = measured["plain"][largest][command]
    rows = []
    for contender, by_size in measured.items():
        spent = [by_size[size][command] for size in sizes]
        slopes = [
            1000 * (more - less) / (int(large) - int(small))
            for small, large, less, more in zip(sizes, sizes[1:], spent, spent[1:])
        ]
        row = [contender, *(f"{figure:.2f}" for figure in spent), *(f"{slope:.1f}" for slope in slopes)]
        row += [f"{1000 * spent[-1] / int(largest):.1f}", ratio(spent[-1], base)]
        rows.append([*row, by_size[largest][f"{command}_mib"]])
    headings = ["CPU s", *(f"N = {size}" for size in sizes)]
    headings += [f"ms each, {small} to {large}" for small, large in zip(sizes, sizes[1:])]
    table([*headings, f"ms each at {largest}", "÷ plain", "MiB"], rows)


def in_rounds(pairs):
    """The ratio to the plain struct in each round."""
    return [other / plain for plain, other in pairs]


def paired(results):
    rows = []
    for command, pairs in results.items():
        ratios = in_rounds(pairs)
        rows.append([command, f"{statistics.median(ratios):.3f}", ", ".join(f"{figure:.2f}" for figure in ratios)])
    print("### Ours in turn with the plain struct at the largest N, ÷ plain in CPU seconds\n")
    table(["", "median", "each round"], rows)


def behaviour(results):
    print("### Behaviour of each contender\n")
    # The messages of errors are in results.json.
    short = {program: {name: text.split(":")[0] for name, text in told.items()} for program, told in results.items()}
    rows = [[text, *(told.get(name, "–") for told in short.values())] for name, text in QUESTIONS.items()]
    table(["", *results], rows, figures=False)


QUESTIONS = {
    "Forgotten": "a required field is forgotten",
    "Unset": "an optional field is not set",
    "Null": "an optional field is set to null",
    "Dots": "the path value `..`",
    "Debug": "the password in a request's `Debug`",
    "Redirect": "a redirect of a login to another host",
    "LoginAgain": "a login that fails with 503",
    "ReadAgain": "a read that fails with 503",
    "Silence": "a server that never responds",
    "Mistakes": "mistakes in a declaration, reported at once",
}


def cold(results):
    base = results["official"]
    rows = []
    for program, figure in results.items():
        size = figure["stripped_bytes"]
        row = [program, figure["crates"], figure["cpu_seconds"], ratio(figure["cpu_seconds"], base["cpu_seconds"])]
        rows.append([*row, f"{size / 1e6:.1f}", ratio(size, base["stripped_bytes"])])
    print("### A program of one call, built from nothing\n")
    table(["", "crates", "CPU s", "÷ official", "stripped MB", "÷ official"], rows)
