"""Streams, compared with reqwest by hand: CPU, memory, and the instructions and allocations of an event and of a page."""

import os
import statistics
import subprocess
import tempfile
from concurrent.futures import ThreadPoolExecutor

from measure import call, cargo

PACKAGES = ["streams-server", "streams-ours", "streams-by-hand"]
ROUNDS = 5
OURS = "ours"
# Each kind of stream: the name of ours, the number of bytes, events or pages, and what ours is compared with. `4-kib` to
# `256-kib` are sizes of a `ReaderStream`: its default, which is too slow for 1 GiB, and the last is that of ours.
# `parser` is a parser of events by hand, and `crate` is eventsource-stream.
TIMED = {
    "1 GiB down": ("down", 1 << 30, ["down"]),
    "1 GiB up": ("up", 1 << 30, ["64-kib/up", "256-kib/up"]),
    "128 MiB up": ("up", 1 << 27, ["4-kib/up"]),
    "10 000 events": ("events", 10_000, ["parser/events", "crate/events"]),
    "10 000 pages": ("pages", 10_000, ["pages"]),
}
# The same for one event or page. `live` events arrive one at a time. The server delays each of these, and every page.
COUNTED = {
    "event of several": ("events", 2000, ["parser/events", "crate/events"]),
    "event alone": ("live", 400, ["parser/live", "crate/live"]),
    "page": ("pages", 400, ["pages"]),
}


def build():
    return call.build(PACKAGES)


def run(programs, rounds=ROUNDS):
    """{counted: …, timed: {kind: {contender: [{seconds, kib}, …]}}, tenth: {kind: {contender: KiB}}}."""
    counted_by_kind = counted(programs)
    timed = {kind: {} for kind in TIMED}
    tenth = {kind: {} for kind in TIMED}
    with tempfile.TemporaryDirectory() as room, call.server(programs["streams-server"]) as url:
        for number in range(rounds):
            # In turn, and in reverse order every second time, so that other load affects all contenders of a round.
            for kind, (_, length, _) in TIMED.items():
                in_turn = contenders(TIMED, kind)
                for contender, name in in_turn if number % 2 == 0 else in_turn[::-1]:
                    measured = once(programs, contender, name, length, url, room)
                    timed[kind].setdefault(contender, []).append(measured)
        for kind, (_, length, _) in TIMED.items():
            for contender, name in contenders(TIMED, kind):
                tenth[kind][contender] = once(programs, contender, name, length // 10, url, room)["kib"]
    return {"counted": counted_by_kind, "timed": timed, "tenth": tenth}


def counted(programs):
    """{kind: {contender: {instructions, allocations, bytes}}} of one event or page."""
    jobs = [(kind, *each) for kind in COUNTED for each in contenders(COUNTED, kind)]
    with call.server(programs["streams-server"], RESPONSE_DELAY_MS=call.RESPONSE_DELAY_MS) as url:

        def measure(job):
            kind, contender, name = job
            return call.measure(program(programs, contender), name, url, times=COUNTED[kind][1])

        with ThreadPoolExecutor(2) as pool:
            figures = list(pool.map(measure, jobs))
    results = {}
    for (kind, contender, _), figure in zip(jobs, figures):
        results.setdefault(kind, {})[contender] = figure
    return results


def once(programs, contender, name, length, url, room):
    """Reads or sends one stream; returns the CPU seconds of the client, and its peak of memory."""
    file = sparse_file(room, length) if name.endswith("up") else ""
    command = [program(programs, contender), "once", name, str(length)]
    environment = {**os.environ, "BENCH_URL": url, "BENCH_FILE": file}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    kib = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} failed")
    return {"seconds": round(usage.ru_utime + usage.ru_stime, 4), "kib": int(kib)}


def sparse_file(room, length):
    """Returns the path of a file of this length, which takes no space on the disk."""
    path = os.path.join(room, str(length))
    if not os.path.exists(path):
        with open(path, "xb") as file:
            file.truncate(length)
        # The first program that reads the file also fills the kernel's cache.
        with open(path, "rb") as file:
            while file.read(1 << 20):
                pass
    return path


def contenders(kinds, kind):
    """Returns the contenders of a kind, each with the name of the measurement in its program."""
    name, _, peers = kinds[kind]
    return [(OURS, name), *((peer, peer) for peer in peers)]


def program(programs, contender):
    return programs["streams-ours" if contender == OURS else "streams-by-hand"]


def ratio(results, kind, what, peer=None):
    """Returns the median of the ratios of ours to another contender, in all rounds. Default: the first one."""
    timed = results["timed"][kind]
    peers = timed[peer or TIMED[kind][2][0]]
    return statistics.median(ours[what] / other[what] for ours, other in zip(timed[OURS], peers))


def kept(results):
    """Returns the exact ratios to the first contender of each kind."""
    ratios = {}
    for kind, (_, _, peers) in COUNTED.items():
        for what in ("instructions", "allocations"):
            ours, other = (results[kind][contender][what] for contender in (OURS, peers[0]))
            ratios[f"{kind}, {what} ÷ reqwest by hand"] = round(ours / other, 4)
    return ratios
